"""What a new diary tracks, and the words at both ends of a rating and beside its numbers."""

from ketatrack.models import labels
from ketatrack.models.enums import Kind
from ketatrack.models.tracked import built_in, end_words


def test_the_ends_of_a_rating_say_which_is_better():
    ends = {item.key: end_words(item) for item in built_in() if item.kind is Kind.RATING}
    assert ends["low_mood"] == ("none", "worst I can imagine")
    assert ends["energy"] == ("none", "plenty")
    assert ends["sleep_quality"] == ("very poor", "very good")


def test_a_unit_stands_beside_numbers_that_have_one():
    units = {item.key: (labels.kind_a_day(item.kind), labels.paper_unit(item)) for item in built_in()}
    assert units["low_mood"] == ("0 to 10", "0 none, 10 worst")
    assert units["sleep_hours"] == ("hours a day", "h")
    assert units["mindfulness"] == ("minutes a day", "min")
    assert (labels.kind_a_day(Kind.COUNT), labels.kind_a_day(Kind.YES_NO)) == ("", "")
