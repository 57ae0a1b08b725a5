"""Fields by real keys: what cannot be taken is refused on leaving, with a sentence, and the old value stands."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from ketatrack.errors import InvalidValue
from ketatrack.models.enums import Kind
from ketatrack.models.fields import KIND_RANGES, Range, range_of
from ketatrack.models.records import Session, Vital
from ketatrack.ui import localised
from ketatrack.ui.widgets.fields import DateField, FieldGroup, NumberField, TextField, TimeField
from ketatrack.ui.widgets.note_field import NoteField

DOSE = range_of(Session, "dose_mg")
TODAY = date(2026, 11, 23)
RANGES = [DOSE, range_of(Session, "duration_minutes"), range_of(Vital, "systolic"), *KIND_RANGES.values()]


def placed(stage, field):
    group = FieldGroup()
    group.body.addWidget(field)
    stage(group)
    field.setFocus()
    heard = []
    field.changed.connect(heard.append)
    return group, heard


def retype(qtbot, field, typed):
    field.selectAll()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_out_of_range_is_refused_with_the_range_and_the_old_value_stands(qtbot, stage):
    field = NumberField("Dose", DOSE, "mg")
    field.value = 4200
    group, heard = placed(stage, field)
    retype(qtbot, field, "20000")
    assert field.value == 4200
    assert heard == []
    assert field.refusal == (
        "Dose must be from 0.01 to 10,000 mg; 20,000 mg is outside. The old value, 42 mg, still stands."
    )
    assert group.error_line.isVisible()
    assert group.error_line.accessibleName() == field.refusal
    assert field.text() == "20000"
    retype(qtbot, field, "40")
    assert (field.value, field.text(), heard) == (4000, "40 mg", [4000])
    assert not group.error_line.isVisible()


def test_nothing_is_judged_while_typing(qtbot, stage):
    field = NumberField("Dose", DOSE, "mg")
    group, heard = placed(stage, field)
    qtbot.keyClicks(field, "abc")
    assert (field.refusal, heard) == ("", [])
    field.clearFocus()
    assert field.refusal == "Dose: “abc” is not a number. Nothing was saved for it."
    assert group.error_line.isVisible()


def test_escape_brings_the_old_value_back(qtbot, stage):
    field = NumberField("Dose", DOSE, "mg")
    field.value = 4200
    placed(stage, field)
    retype(qtbot, field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), field.refusal) == ("42 mg", "")


def test_an_emptied_field_is_none_and_never_0(qtbot, stage):
    field = NumberField("Sleep", KIND_RANGES[Kind.HOURS], "h")
    field.value = 750
    _group, heard = placed(stage, field)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value is None
    assert heard == [None]
    assert field.placeholderText() == "no entry"
    retype(qtbot, field, "0")
    assert field.value == 0


def test_arrows_step_by_one_unit_inside_the_range(qtbot, stage):
    field = NumberField("Sleep", KIND_RANGES[Kind.HOURS], "h")
    field.value = 2350
    _group, heard = placed(stage, field)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert heard == [2400, 2300]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("7.5", 750),
        ("7,5", 750),
        ("7.5 h", 750),
        ("7:30", 750),
        ("7:20", 733),
        ("0", 0),
        ("24", 2400),
        (" 8h ", 800),
        (".5", 50),
        ("7.", 700),
        ("٧.٥", 750),
    ],
)
def test_hours_are_read_as_people_write_them(typed, stored):
    assert localised.parse_number(typed, KIND_RANGES[Kind.HOURS], "h") == stored


@pytest.mark.parametrize("typed", ["7.555", "nan", "inf", "1e999999", "--1", "1,2,3", "½", "7:75"])
def test_what_is_no_number_of_two_decimals_is_refused(typed):
    with pytest.raises(InvalidValue):
        localised.parse_number(typed, KIND_RANGES[Kind.HOURS], "h")


def test_a_number_larger_than_any_is_said_to_be():
    with pytest.raises(InvalidValue, match="“12345678901234567” is too large a number"):
        localised.parse_number("12345678901234567", KIND_RANGES[Kind.HOURS], "h")


@given(st.sampled_from(RANGES).flatmap(lambda r: st.tuples(st.just(r), st.integers(r.low, r.high))))
def test_every_stored_number_survives_being_written_and_read(pair):
    which, stored = pair
    assert localised.parse_number(which.words(stored), which) == stored
    assert localised.parse_number(f"{which.words(stored)} {which.unit}".strip(), which, which.unit) == stored


@given(st.sampled_from(RANGES), st.text(max_size=12))
def test_whatever_is_typed_is_a_value_in_range_or_refused(which: Range, typed):
    try:
        read = localised.parse_number(typed, which, which.unit)
    except InvalidValue:
        return
    assert which.low <= read <= which.high


@given(st.dates(date(1900, 1, 1), date(9999, 12, 31)))
def test_every_day_survives_being_written_and_read(day):
    assert localised.parse_day(localised.short_day(day), TODAY) == day
    assert localised.parse_day(day.isoformat(), TODAY) == day
    assert localised.parse_day(day.strftime("%d.%m.%Y").rjust(10, "0"), TODAY) == day


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0)))
def test_every_time_survives_being_written_and_read(moment):
    assert localised.parse_time(localised.clock(moment)) == moment


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", TODAY),
        ("Yesterday", TODAY - timedelta(days=1)),
        ("6 nov", date(2026, 11, 6)),
        ("24 Nov", date(2026, 11, 24)),
        ("25 November", date(2025, 11, 25)),
        ("6.11.26", date(2026, 11, 6)),
        ("6.11.71", date(1971, 11, 6)),
        ("٦.١١.٢٠٢٦", date(2026, 11, 6)),
        ("Nov 6, 2026", date(2026, 11, 6)),
        ("29 Feb", date(2024, 2, 29)),
    ],
)
def test_days_are_read_as_people_write_them(typed, day):
    assert localised.parse_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("tomorrow", TODAY + timedelta(days=1)),
        ("5 Jan", date(2027, 1, 5)),
        ("23 Nov", TODAY),
        ("24 Dec", date(2026, 12, 24)),
        ("29 Feb", date(2028, 2, 29)),
        ("5 Jan 2026", date(2026, 1, 5)),
    ],
)
def test_days_still_coming_are_the_next_such_days(typed, day):
    assert localised.parse_day(typed, TODAY, coming=True) == day


@pytest.mark.parametrize(
    "typed", ["31.2.2026", "soon", "2026-13-01", "1.1", "1.1.²", "1.1.6", "9" * 5000, "99 Nov 2026"]
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(InvalidValue, match="is not a date"):
        localised.parse_day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [("10:30", time(10, 30)), ("1030", time(10, 30)), ("9", time(9)), ("2:15 pm", time(14, 15)), ("12 am", time(0))],
)
def test_times_are_read_as_people_write_them(typed, moment):
    assert localised.parse_time(typed) == moment


def test_a_time_that_is_none_says_so_and_the_old_one_stands(qtbot, stage):
    field = TimeField("Time")
    field.value = time(10, 30)
    placed(stage, field)
    retype(qtbot, field, "26:00")
    assert field.refusal == "“26:00” is not a time of day. The old value, 10:30, still stands."
    assert field.value == time(10, 30)


def test_a_time_steps_by_minutes_around_the_clock(qtbot, stage):
    field = TimeField("Time")
    field.value = time(23, 59)
    _group, heard = placed(stage, field)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert heard == [time(0, 0), time(23, 59)]


def test_a_field_outside_any_group_says_in_its_tool_tip_what_was_wrong(qtbot, stage):
    field = NumberField("Dose", DOSE, "mg")
    stage(field)
    retype(qtbot, field, "0")
    assert field.toolTip().startswith("Dose must be from 0.01 to 10,000 mg; 0 mg is outside.")


def test_a_day_further_ahead_than_allowed_is_refused(qtbot, stage):
    field = DateField("Date", lambda: TODAY, ahead=1)
    _group, heard = placed(stage, field)
    retype(qtbot, field, "25.11.2026")
    assert "must not be later than tomorrow" in field.refusal
    retype(qtbot, field, "24.11.2026")
    assert heard == [date(2026, 11, 24)]


def test_a_date_field_understands_yesterday_and_steps_by_days(qtbot, stage):
    field = DateField("Date", lambda: TODAY)
    _group, heard = placed(stage, field)
    retype(qtbot, field, "yesterday")
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert heard == [date(2026, 11, 22), TODAY]
    assert field.text() == "23 Nov 2026"


def test_a_text_field_tells_once_on_leaving(qtbot, stage):
    field = TextField("Provider")
    _group, heard = placed(stage, field)
    qtbot.keyClicks(field, " Dr Larsen ")
    field.clearFocus()
    assert heard == ["Dr Larsen"]


@pytest.mark.parametrize("make", [lambda: TextField("Words"), lambda: NoteField("Note")])
def test_ctrl_z_goes_to_the_window_when_the_field_has_nothing_to_take_back(qtbot, stage, make):
    field = make()
    window = stage(field)
    window_undo = QShortcut(QKeySequence.StandardKey.Undo, window)
    undone = []
    window_undo.activated.connect(lambda: undone.append(1))
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]
    qtbot.keyClicks(field, "a")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.value == ""
    assert undone == [1]


def test_a_note_is_told_after_a_pause_and_on_leaving(qtbot, stage):
    note = NoteField("Note")
    stage(note)
    heard = []
    note.changed.connect(heard.append)
    note.setFocus()
    qtbot.keyClicks(note, "Slept")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["Slept"], timeout=3000)
    qtbot.keyClicks(note, " well")
    note.clearFocus()
    assert heard == ["Slept", "Slept well"]


def test_a_note_grows_with_its_words(qtbot, stage):
    note = NoteField("Note")
    stage(note)
    small = note.height()
    note.value = "\n".join("line" for _ in range(8))
    qtbot.waitUntil(lambda: note.height() > small + 60)
    note.value = "\n".join("line" for _ in range(80))
    qtbot.wait(20)
    assert note.height() < 400
