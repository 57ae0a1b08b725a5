"""What is read of a diary: spans of days, the newest of each kind, counts and ids."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ketatrack.diary import reading, writing
from ketatrack.models import records
from ketatrack.models.enums import Route


@pytest.fixture
def entries(diary, today):
    """Three days with a check-in and a questionnaire each, and one session."""
    days = [today - timedelta(days=back) for back in (2, 1, 0)]
    check_ins = [records.CheckIn(day=day, note=day.isoformat()) for day in days]
    answers = [records.Answers(instrument="peg", day=day, items=(1, 2, 3), total=6) for day in days]
    session = records.Session(day=days[0], route=Route.ORAL)
    writing.apply(diary, [(None, entry) for entry in (*check_ins, *answers, session)], today)
    return check_ins, answers, session


def test_an_empty_diary_has_no_period(diary):
    with diary.read() as connection:
        assert reading.period(connection) is None
        assert set(reading.counts(connection).values()) == {0}
        assert reading.latest_answers(connection) == ()


def test_the_period_and_the_counts_are_of_all_entries(diary, entries, today):
    with diary.read() as connection:
        assert reading.period(connection) == (today - timedelta(days=2), today)
        assert reading.counts(connection) == {"sessions": 1, "check-ins": 3, "questionnaires": 3}


def test_check_ins_of_a_span_of_days(diary, entries, today):
    check_ins, _answers, _session = entries
    yesterday = today - timedelta(days=1)
    with diary.read() as connection:
        assert reading.check_ins(connection) == tuple(check_ins)
        assert reading.check_ins(connection, yesterday) == tuple(check_ins[1:])
        assert reading.check_ins(connection, None, yesterday) == tuple(check_ins[:2])
        assert reading.check_ins(connection, yesterday, yesterday) == (check_ins[1],)


def test_questionnaires_of_one_kind_and_the_newest(diary, entries):
    _check_ins, answers, _session = entries
    with diary.read() as connection:
        assert reading.answers(connection) == reading.answers(connection, "peg") == tuple(answers)
        assert reading.answers(connection, "phq9") == ()
        assert reading.latest_answers(connection) == (answers[-1],)


def test_which_ids_are_there(diary, entries):
    check_ins, _answers, session = entries
    with diary.read() as connection:
        assert reading.ids(connection, records.CheckIn) == {entry.id for entry in check_ins}
        some = [session.id, *(uuid4() for _ in range(600))]
        assert reading.existing_ids(connection, records.Session, some) == {session.id}
