"""How the phase of each session is told: numbered boosters, and series counted by their runs."""

from datetime import date, timedelta

from ketatrack.models.enums import Phase, Route
from ketatrack.models.records import Session
from ketatrack.ui.sessions import table as say

DAY = date(2026, 4, 14)


def told(*phases):
    """The words for (days after the first, phase, number)."""
    listed = [
        Session(day=DAY + timedelta(days=days), route=Route.ORAL, phase=phase, phase_number=number)
        for days, phase, number in phases
    ]
    found = say.phases_in_words(listed)
    return [found[session.id] for session in listed]


def test_a_series_is_counted_and_boosters_have_their_number():
    series = [(3 * n, Phase.SERIES, n + 1) for n in range(3)]
    assert told(*series, (30, Phase.BOOSTER, 1), (40, None, None), (50, Phase.BOOSTER, None)) == [
        "Series 1, 1 of 3",
        "Series 1, 2 of 3",
        "Series 1, 3 of 3",
        "Booster 1",
        "",
        "Booster",
    ]


def test_a_second_series_begins_after_a_booster_a_gap_or_a_new_one():
    assert told((0, Phase.SERIES, None), (9, Phase.BOOSTER, 1), (12, Phase.SERIES, None)) == [
        "Series 1, 1 of 1",
        "Booster 1",
        "Series 2, 1 of 1",
    ]
    assert told((0, Phase.SERIES, None), (31, Phase.SERIES, None))[1] == "Series 2, 1 of 1"
    assert told((0, Phase.SERIES, 1), (3, Phase.SERIES, 2), (6, Phase.SERIES, 1))[2] == "Series 2, 1 of 1"


def test_a_series_that_was_only_partly_written_down_keeps_its_numbers():
    assert told((0, Phase.SERIES, 5), (3, Phase.SERIES, 6)) == ["Series 1, 5 of 6", "Series 1, 6 of 6"]
