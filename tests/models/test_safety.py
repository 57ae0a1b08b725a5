"""When each safety sentence is said, and that it is said word for word."""

from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest

from ketatrack.models import safety
from ketatrack.models.enums import Place

GOLDEN = Path(__file__).parents[1] / "golden" / "safety_card.txt"
ABOVE = "This is above the level at which clinics often wait. Tell the person treating you before the session."
URGENT = "Seek emergency care now. Also with chest pain, severe headache, weakness or confusion."


def test_the_card_is_word_for_word_that_of_the_golden_file():
    card = safety.card()
    lines = " · ".join(f"{line.label} {line.number}" for line in safety.crisis_lines() if line.on_card)
    text = [
        card.opening,
        f"{card.urgent} {card.emergency_numbers}",
        f"{card.talk} {lines}.",
        card.team,
        f"[{card.show_contacts}] [{card.go_on}]",
    ]
    assert text == GOLDEN.read_text("utf-8").splitlines()


def test_the_lines_are_all_there_and_the_check_is_dated():
    lines = safety.crisis_lines()
    on_card = [line.number for line in lines if line.on_card]
    assert on_card == ["988", "116 123", "13 11 14", "findahelpline.com"]
    assert {"1737", "0800 111 0 111", "3114", "024", "14416"} == {line.number for line in lines} - set(on_card)
    assert lines[-1].label == "other countries"
    assert safety.crisis_lines_checked_on() >= date(2026, 11, 23)


@pytest.mark.parametrize(
    ("systolic", "diastolic", "before", "words"),
    [
        (140, 90, True, ""),
        (141, 90, True, ABOVE),
        (140, 91, True, ABOVE),
        (141, 91, False, ""),
        (179, 119, False, ""),
        (179, 119, True, ABOVE),
        (180, 100, False, URGENT),
        (170, 120, False, URGENT),
        (180, 120, True, URGENT),
        (141, None, True, ABOVE),
        (None, None, True, ""),
    ],
)
def test_blood_pressure(systolic: int | None, diastolic: int | None, before: bool, words: str):
    assert safety.pressure_note(systolic, diastolic, before) == words


@pytest.mark.parametrize(
    ("systolic", "diastolic", "before", "words"),
    [
        (190, 100, False, "This was at or above 180/120; mention it at your next visit."),
        (180, None, True, "This was at or above 180/120; mention it at your next visit."),
        (150, 95, True, "This was above 140/90; mention it at your next visit."),
        (150, 95, False, ""),
        (130, 80, True, ""),
    ],
)
def test_blood_pressure_of_an_earlier_day_says_nothing_to_do_now(
    systolic: int, diastolic: int | None, before: bool, words: str
):
    assert safety.pressure_note(systolic, diastolic, before, recent=False) == words


@pytest.mark.parametrize(
    ("day", "clock", "recent"),
    [
        (date(2026, 11, 23), time(8, 0), True),
        (date(2026, 11, 22), time(8, 10), True),
        (date(2026, 11, 22), time(8, 9), False),
        (date(2026, 11, 22), None, True),
        (date(2026, 11, 21), None, False),
        (None, None, True),
        (date(2026, 11, 24), None, True),
    ],
)
def test_a_reading_is_recent_for_24_hours(day: date | None, clock: time | None, recent: bool):
    now = datetime(2026, 11, 23, 8, 10, tzinfo=timezone(timedelta(hours=1)))
    assert safety.is_recent(day, clock, now) is recent


def test_sessions_beside_the_persons_own_plan():
    assert safety.frequency_note(3, None) == ""
    assert safety.frequency_note(2, 2) == "2 sessions in the last 30 days (plan: 2)."
    assert safety.frequency_note(3, 2) == (
        "3 sessions in the last 30 days (plan: 2). More sessions than planned – worth telling your prescriber."
    )


def test_home_use_and_driving():
    home = "Ketamine without monitoring carries risks of heavy sedation, breathing problems and high blood pressure."
    assert safety.home_use_note(Place.HOME) == home
    assert (safety.home_use_note(Place.CLINIC), safety.home_use_note(None)) == ("", "")
    assert safety.driving_note().startswith("Do not drive, cycle or use machinery until tomorrow")
