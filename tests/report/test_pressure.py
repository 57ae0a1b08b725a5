"""The arithmetic of blood pressure that a doctor reads, worked out by hand."""

from datetime import date, timedelta

import pytest

from ketatrack.models.enums import Route, VitalMoment
from ketatrack.models.records import Session, Vital
from ketatrack.report.safety import above_before, at, highest, largest_rise, middle, peak, rise_written, written

BEFORE, FORTY, LEAVING = VitalMoment.BEFORE, VitalMoment.FORTY_MINUTES, VitalMoment.BEFORE_LEAVING
DAY = date(2026, 11, 1)


def session(*readings: tuple[VitalMoment, int | None, int | None], days: int = 0) -> Session:
    vitals = tuple(Vital(moment=moment, systolic=high, diastolic=low) for moment, high, low in readings)
    return Session(day=DAY + timedelta(days=days), route=Route.INTRAVENOUS, vitals=vitals)


def test_the_peak_is_the_highest_reading_after_the_session_began():
    one = session((BEFORE, 128, 80), (FORTY, 162, 99), (LEAVING, 139, 86))
    top = peak(one)
    assert top is not None
    assert (top.moment, top.pressure, top.rise) == (FORTY, (162, 99), (34, 19))


def test_a_reading_before_the_session_is_no_peak_even_where_it_is_the_highest():
    top = peak(session((BEFORE, 150, 95), (FORTY, 141, 90)))
    assert top is not None
    assert (top.moment, top.pressure, top.rise) == (FORTY, (141, 90), (-9, -5))


def test_a_reading_before_alone_is_shown_without_a_rise():
    top = peak(session((BEFORE, 150, 95)))
    assert top is not None
    assert (top.moment, top.pressure, top.rise) == (BEFORE, (150, 95), None)


def test_half_a_reading_counts_for_nothing():
    one = session((BEFORE, 128, None), (FORTY, None, 90), (LEAVING, 139, 86))
    top = peak(one)
    assert top is not None
    assert (top.pressure, top.rise) == ((139, 86), None)
    assert at(one, BEFORE) is None
    assert peak(session((FORTY, 140, None))) is None
    assert peak(session()) is None


def test_the_highest_of_all_sessions_counts_readings_before_too():
    calm, high = session((BEFORE, 120, 78), (FORTY, 158, 96)), session((BEFORE, 171, 101), (FORTY, 150, 90), days=7)
    top = highest([calm, high])
    assert top is not None
    assert (top.session, top.moment, top.pressure, top.rise) == (high, BEFORE, (171, 101), None)
    later = highest([calm])
    assert later is not None
    assert (later.pressure, later.rise) == ((158, 96), (38, 18))
    assert highest([session()]) is None


def test_the_largest_rise_need_not_be_at_the_highest_reading():
    high, risen = session((BEFORE, 150, 90), (FORTY, 170, 100)), session((BEFORE, 110, 70), (FORTY, 145, 85), days=7)
    top = largest_rise([high, risen, session((FORTY, 199, 110), days=9)])
    assert top is not None
    assert (top.session, top.rise) == (risen, (35, 15))
    assert largest_rise([session((FORTY, 199, 110))]) is None


@pytest.mark.parametrize(
    ("pressures", "expected"),
    [
        ([], None),
        ([(131, 82)], (131, 82)),
        ([(120, 80), (131, 91)], (126, 86)),  # 125.5 and 85.5, halves up
        ([(120, 95), (150, 70), (140, 80)], (140, 80)),  # each number's own median
    ],
)
def test_the_middle_is_the_median_of_each_number(pressures, expected):
    assert middle(pressures) == expected


def test_sessions_begun_above_140_or_90_are_counted():
    begun = [(139, 89), (140, 89), (141, 80), (120, 90), (120, 91), (160, 100)]
    held = [session((BEFORE, high, low), days=day) for day, (high, low) in enumerate(begun)]
    assert above_before([*held, session((FORTY, 190, 120), days=9)]) == 3  # 141, 91 and 160


def test_how_they_are_written():
    assert written((148, 90)) == "148/90"
    assert rise_written((34, -2)) == "+34/−2"
