"""The pieces of FHIR: what is not valid is refused without a word of the diary, and times are never made up."""

import traceback
from datetime import date, time

import pytest
from hypothesis import given
from strategies import days, offsets, times

from ketatrack.formats.fhir import parts
from ketatrack.formats.fhir.parts import Calendar, Part, check, context, identity
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.records import CheckIn, Settings


def entry(day, clock, offset):
    return CheckIn(day=day, local_time=clock, utc_offset_minutes=offset)


def test_what_is_not_valid_is_refused_without_quoting_the_diary():
    secret = "".join(["A", "da"])
    with pytest.raises(ValueError, match=r"not valid FHIR: Observation .*surname") as refused:
        check({"resourceType": "Observation", "status": "final", "code": {"text": "x"}, "surname": secret})
    assert secret not in "".join(traceback.format_exception(refused.value))


def test_a_piece_is_checked_when_it_is_made():
    with pytest.raises(ValueError, match="not valid FHIR: Quantity"):
        Part("Quantity", {"value": "many"})


def test_a_resource_with_a_checked_piece_is_still_checked():
    code = Part("CodeableConcept", {"text": "Pain"})
    assert check({"resourceType": "Observation", "status": "final", "code": code})["code"] == {"text": "Pain"}
    with pytest.raises(ValueError, match="not valid FHIR: Observation"):
        check({"resourceType": "Observation", "status": "final", "code": Part("Quantity", {"value": 1})})


def test_an_id_is_the_same_for_the_same_names_only():
    assert identity("a", 1) == identity("a", 1) != identity("a", 2)


@pytest.mark.parametrize(
    ("clock", "offset", "written"),
    [
        (time(10, 30), 120, "2026-10-09T10:30:00+02:00"),
        (time(10, 30, 15), -570, "2026-10-09T10:30:15-09:30"),
        (time(4, 0), 0, "2026-10-09T04:00:00+00:00"),
        (time(3, 59), 0, "2026-10-09"),
        (time(10, 30), None, "2026-10-09"),
        (None, 120, "2026-10-09"),
    ],
)
def test_when(clock, offset, written):
    assert Calendar(time(4)).entry(entry(date(2026, 10, 9), clock, offset)) == written


@pytest.mark.parametrize(("day_start", "sure"), [(360, False), (300, True), (0, True)])
def test_a_clock_time_before_the_diarys_day_begins_is_of_either_date(day_start, sure):
    """At 05:30 a day that begins at 06:00 is still the day before."""
    diary = DiaryData(settings=(Settings(day_start_minutes=day_start),))
    found = context({"id": "x"}, diary).calendar.entry(entry(date(2026, 10, 9), time(5, 30), 60))
    assert found == ("2026-10-09T05:30:00+01:00" if sure else "2026-10-09")


@given(day=days, clock=times, offset=offsets)
def test_any_moment_is_a_fhir_date_time(day, clock, offset):
    written = Calendar(time(4)).entry(entry(day, clock, offset))
    assert written.startswith(day.isoformat())
    check({"resourceType": "Observation", "status": "final", "code": {"text": "x"}, "effectiveDateTime": written})


def test_text_that_fhir_and_xml_cannot_hold():
    assert parts.fhir_text("a\x01b\ud800\ufffe\tc\n") == "a\ufffdb\ufffd\ufffd\tc\n"
    assert parts.fhir_text(" \u00a0\n") == ""


def test_a_table_leaves_out_columns_without_a_word():
    assert parts.rows(("A", "B"), [("1", ""), ("<2>", "")]) == (
        "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr><tr><td>&lt;2&gt;</td></tr></tbody></table>"
    )
    assert parts.rows(("A",), []) == ""
