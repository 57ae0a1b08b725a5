"""What a record refuses, each with its sentence."""

from datetime import UTC, datetime

import pytest

from ketatrack.errors import InvalidValue
from ketatrack.models.records import EarlySign, HabitChoice, VisitQuestion

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def test_up_to_three_different_habits():
    assert HabitChoice(habits=("a", "b", "c"), recorded_at=NOON).habits == ("a", "b", "c")
    for habits in (("a", "b", "c", "d"), ("a", "a")):
        with pytest.raises(InvalidValue, match=r"^Up to 3 different habits can be chosen\.$"):
            HabitChoice(habits=habits, recorded_at=NOON)


def test_a_sign_and_a_question_need_words():
    with pytest.raises(InvalidValue, match=r"^An early sign needs words\.$"):
        EarlySign(sign="  ")
    with pytest.raises(InvalidValue, match=r"^A question needs words\.$"):
        VisitQuestion(words="\n")
