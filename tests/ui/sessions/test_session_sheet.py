"""The session sheet by real keys and clicks: what it saves, refuses, says about blood pressure, and never loses."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from windows import words_on

from ketatrack.diary import reading
from ketatrack.models import safety
from ketatrack.models.enums import Drug, Medicine, Phase, Place, Reason, Route, SideEffect, VitalMoment
from ketatrack.models.records import Session, Vital
from ketatrack.ui.editor import Editor
from ketatrack.ui.sessions import draft as session_fields
from ketatrack.ui.sessions.sheet import SessionSheet
from ketatrack.ui.theme import tokens
from ketatrack.ui.theme.stylesheet import apply_theme
from ketatrack.ui.widgets.cards import Note
from ketatrack.ui.widgets.note_field import NoteField
from ketatrack.ui.widgets.question import Question

WHOLE = Session(
    day=date(2026, 11, 6),
    local_time=time(10, 30),
    utc_offset_minutes=60,
    duration_minutes=45,
    route=Route.INTRAVENOUS,
    drug=Drug.KETAMINE,
    dose_mg=4250,
    weight_kg=7000,
    phase=Phase.BOOSTER,
    phase_number=8,
    reason=Reason.SYMPTOMS,
    place=Place.CLINIC,
    provider="Dr Larsen",
    vitals=(
        Vital(moment=VitalMoment.BEFORE, local_time=time(10, 25), systolic=130, diastolic=85, pulse=78, spo2=98),
        Vital(moment=VitalMoment.FORTY_MINUTES, systolic=152, diastolic=94),
        Vital(moment=VitalMoment.OTHER, local_time=time(13, 0), pulse=70),
    ),
    detached=600,
    sleepy=300,
    nausea=0,
    mood_before=300,
    mood_after=650,
    side_effects=(SideEffect.DIZZY,),
    other_side_effects=("Metal taste",),
    medicines=(Medicine.STIMULANT,),
    other_medicines=("Lorazepam",),
    intention="Let go.",
    notes="Music first.",
    taken_home=True,
    taken_home_by="Jonas",
    talked_through=True,
    psychotherapy=False,
)


@pytest.fixture
def editor(qapp, diary, now):
    return Editor(diary, now)


@pytest.fixture
def sheet(qtbot, editor, focus_ring):
    opened = []

    def show(session=None, **more) -> SessionSheet:
        made = SessionSheet(editor, None, session, **more)
        opened.append(made)
        qtbot.addWidget(made)
        made.resize(820, 760)
        made.show()
        made.activateWindow()
        qtbot.waitExposed(made)
        qtbot.waitUntil(made.isActiveWindow)
        return made

    return show


def kept(editor):
    with editor.diary.read() as connection:
        return reading.sessions(connection)


def drafts(editor):
    with editor.diary.read() as connection:
        return reading.drafts(connection)


def control(sheet, name):
    return next(w for w in sheet.findChildren(QWidget) if w.accessibleName() == name)


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def button(sheet, words):
    return next(b for b in sheet.findChildren(QPushButton) if b.text().strip("\u2009 ") == words)


def type_in(qtbot, field, typed):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Tab)


def choose_route(qtbot, sheet, presses=1):
    sheet.treatment.route.setFocus()
    for _ in range(presses):
        qtbot.keyClick(sheet.treatment.route, Qt.Key.Key_Down)


def notes_shown(sheet):
    return [note.words() for note in sheet.findChildren(Note) if note.isVisible()]


def hint(sheet):
    return sheet._hint.text()


def test_the_date_and_the_route_are_enough(qtbot, sheet, editor, today):
    made = sheet()
    assert QApplication.focusWidget() is made.when.day
    choose_route(qtbot, made)
    click(qtbot, made.save_button)
    (session,) = kept(editor)
    assert (session.day, session.route, session.reason) == (today, Route.INTRAVENOUS, Reason.NOT_SAID)
    assert session.utc_offset_minutes == 60
    assert session == Session(id=session.id, day=today, route=Route.INTRAVENOUS, utc_offset_minutes=60)
    assert editor.undo_stack.undoText() == "Log session"
    assert not made.isVisible()
    editor.undo_stack.undo()
    assert kept(editor) == ()


def test_without_a_route_nothing_is_saved_and_the_way_there_is_shown(qtbot, sheet, editor):
    made = sheet()
    click(qtbot, made.save_button)
    assert kept(editor) == ()
    assert made.isVisible()
    assert hint(made) == "Not saved yet: the route is needed."
    assert QApplication.focusWidget() is made.treatment.route


def test_without_a_date_nothing_is_saved(qtbot, sheet, editor):
    made = sheet()
    choose_route(qtbot, made)
    made.when.day.setFocus()
    made.when.day.selectAll()
    qtbot.keyClick(made.when.day, Qt.Key.Key_Delete)
    click(qtbot, made.save_button)
    assert hint(made) == "Not saved yet: the date is needed."
    assert kept(editor) == ()


def test_a_day_after_tomorrow_is_refused(qtbot, sheet, editor, today):
    made = sheet()
    choose_route(qtbot, made)
    type_in(qtbot, made.when.day, (today + timedelta(days=2)).isoformat())
    click(qtbot, made.save_button)
    assert "must not be later than tomorrow" in hint(made)
    type_in(qtbot, made.when.day, (today + timedelta(days=1)).isoformat())
    click(qtbot, made.save_button)
    assert len(kept(editor)) == 1


def test_every_field_comes_back_as_it_was(qtbot, sheet, editor):
    editor.edit("Log session", [(None, WHOLE)])
    made = sheet(WHOLE)
    click(qtbot, made.save_button)
    assert kept(editor) == (WHOLE,)
    assert editor.undo_stack.count() == 1  # nothing changed, so there is no second step


def test_editing_is_one_named_step(qtbot, sheet, editor):
    editor.edit("Log session", [(None, WHOLE)])
    made = sheet(WHOLE)
    type_in(qtbot, control(made, "Dose"), "40")
    click(qtbot, made.save_button)
    assert kept(editor)[0].dose_mg == 4000
    assert editor.undo_stack.undoText() == "Edit session"
    editor.undo_stack.undo()
    assert kept(editor) == (WHOLE,)


def test_mg_per_kg_is_reckoned_while_typing(qtbot, sheet):
    made = sheet()
    control(made, "Dose").setFocus()
    qtbot.keyClicks(control(made, "Dose"), "42")
    control(made, "Body weight").setFocus()
    qtbot.keyClicks(control(made, "Body weight"), "70")
    assert "= 0.60 mg/kg" in [child.text() for child in made.findChildren(QLabel)]


def test_a_value_out_of_range_is_refused_with_its_range_and_stops_the_saving(qtbot, sheet, editor):
    editor.edit("Log session", [(None, WHOLE)])
    made = sheet(WHOLE)
    type_in(qtbot, control(made, "Before: Pulse"), "500")
    assert control(made, "Before: Pulse").refusal.startswith("Before: Pulse must be from 20 to 300 per minute; 500")
    click(qtbot, made.save_button)
    assert hint(made).startswith("Not saved yet: Before: Pulse must be from 20 to 300")
    assert kept(editor) == (WHOLE,)


def test_a_pressure_the_wrong_way_round_is_refused(qtbot, sheet, editor):
    made = sheet()
    choose_route(qtbot, made)
    type_in(qtbot, control(made, "40 min: Systolic blood pressure"), "80")
    type_in(qtbot, control(made, "40 min: Diastolic blood pressure"), "120")
    assert made.vitals.error_line.isVisible()
    click(qtbot, made.save_button)
    assert "80/120 is not" in hint(made)
    assert made.vitals.error_line.accessibleName().startswith("40 min: ")
    assert kept(editor) == ()


@pytest.mark.parametrize(
    ("row", "upper", "lower", "words"),
    [
        ("Before", 140, 90, ""),
        ("Before", 146, 92, safety.pressure_note(146, 92, True)),
        ("Before", 120, 91, safety.pressure_note(120, 91, True)),
        ("40 min", 160, 100, ""),
        ("40 min", 185, 100, safety.pressure_note(185, 100, False)),
        ("Before leaving", 150, 121, safety.pressure_note(150, 121, False)),
    ],
)
def test_a_high_pressure_has_its_calm_words_and_blocks_nothing(qtbot, sheet, editor, row, upper, lower, words):
    made = sheet()
    choose_route(qtbot, made)
    before = notes_shown(made)
    type_in(qtbot, control(made, f"{row}: Systolic blood pressure"), str(upper))
    type_in(qtbot, control(made, f"{row}: Diastolic blood pressure"), str(lower))
    added = [note for note in notes_shown(made) if note not in before]
    assert added == ([f"{upper}/{lower}. {words}"] if words else [])
    click(qtbot, made.save_button)
    assert kept(editor)[0].peak_pressure == (upper, lower)


@pytest.mark.parametrize("size", [(820, 760), (820, 580)])
def test_the_note_about_a_reading_is_in_sight_at_once(qtbot, sheet, size):
    made = sheet()
    made.resize(*size)
    field = control(made, "Before leaving: Systolic blood pressure")
    field.setFocus()
    qtbot.keyClicks(field, "190")

    def in_sight(widget):
        seen = QRect(QPoint(0, 0), made.area.viewport().size())
        return seen.contains(QRect(widget.mapTo(made.area.viewport(), QPoint(0, 0)), widget.size()))

    qtbot.waitUntil(lambda: made.vitals.note.isVisible() and in_sight(made.vitals.note) and in_sight(field))


def test_an_earlier_session_has_no_urgent_words(qtbot, sheet, today):
    made = sheet(day=today - timedelta(days=22))
    type_in(qtbot, control(made, "40 min: Systolic blood pressure"), "190")
    type_in(qtbot, control(made, "40 min: Diastolic blood pressure"), "100")
    assert notes_shown(made) == ["190/100. This was at or above 180/120; mention it at your next visit."]
    type_in(qtbot, made.when.day, "today")
    assert notes_shown(made) == [f"190/100. {safety.pressure_note(190, 100, False)}", safety.driving_note()]


def test_a_reading_after_midnight_belongs_to_the_session_of_the_evening_before(qtbot, sheet, today, now):
    made = sheet(day=today - timedelta(days=1))
    type_in(qtbot, made.when.clock, "23:30")
    type_in(qtbot, control(made, "40 min: time"), "00:10")
    type_in(qtbot, control(made, "40 min: Systolic blood pressure"), "190")
    assert any(safety.pressure_note(190, None, False) in note for note in notes_shown(made))


@pytest.mark.parametrize("typed", ["140/92", "140 / 92"])
def test_a_pressure_typed_as_one_fills_both_fields(qtbot, sheet, editor, typed):
    made = sheet()
    choose_route(qtbot, made)
    control(made, "Before: Systolic blood pressure").setFocus()
    for key in typed:
        qtbot.keyClicks(QApplication.focusWidget(), key)
    click(qtbot, made.save_button)
    assert kept(editor)[0].vitals == (Vital(moment=VitalMoment.BEFORE, systolic=140, diastolic=92),)


def test_a_pressure_pasted_as_one_fills_both_fields(qtbot, sheet, editor):
    made = sheet()
    choose_route(qtbot, made)
    upper = control(made, "Before: Systolic blood pressure")
    upper.setFocus()
    upper.insert("140/92")
    upper.textEdited.emit(upper.text())
    assert control(made, "Before: Diastolic blood pressure").text() == "92"
    click(qtbot, made.save_button)
    assert kept(editor)[0].peak_pressure == (140, 92)


def test_a_dose_that_may_be_a_slip_is_asked_about_and_shown_whole(qtbot, sheet, editor):
    made = sheet()
    made.treatment.route.value = Route.INTRAVENOUS
    dose = control(made, "Dose")
    type_in(qtbot, dose, "5000")
    assert dose.text() == "5,000 mg"
    assert dose.fontMetrics().horizontalAdvance("10,000 mg") < dose.width() - 2 * dose.textMargins().left() - 24
    click(qtbot, made.save_button)
    question = made.findChild(Question)
    assert question.accessibleDescription() == "5,000 mg, IV: is that what you took?"
    assert kept(editor) == ()
    click(qtbot, question.no)
    assert QApplication.focusWidget() is dose
    click(qtbot, made.save_button)
    click(qtbot, next(child for child in made.findChildren(Question) if child.isVisible()).yes)
    assert kept(editor)[0].dose_mg == 500_000


def test_a_dose_that_is_stored_already_is_not_asked_about_again(qtbot, sheet, editor):
    held = Session(day=date(2026, 11, 6), route=Route.INTRAVENOUS, dose_mg=500_000)
    editor.edit("Log session", [(None, held)])
    made = sheet(held)
    type_in(qtbot, control(made, "Duration"), "45")
    click(qtbot, made.save_button)
    assert kept(editor)[0].duration_minutes == 45


def test_home_has_its_note_and_driving_always(qtbot, sheet):
    made = sheet()
    assert notes_shown(made) == [safety.driving_note()]
    click(qtbot, button(made, "Home"))
    assert safety.home_use_note(Place.HOME) in notes_shown(made)
    click(qtbot, button(made, "Clinic"))
    assert notes_shown(made) == [safety.driving_note()]


def test_mood_says_which_end_is_which_and_that_today_counts_the_other_way(sheet):
    said = [child.text() for child in sheet().findChildren(QLabel)]
    assert "0 worst, 10 best" in said
    assert "On Today it is the other way round: there 10 is the worst low mood." in said


def test_another_reading_can_be_added(qtbot, sheet, editor):
    made = sheet()
    choose_route(qtbot, made)
    click(qtbot, button(made, "Add a reading"))
    assert QApplication.focusWidget().accessibleName() == "Reading: time"
    qtbot.keyClicks(QApplication.focusWidget(), "14:20")
    type_in(qtbot, control(made, "Reading: Pulse"), "66")
    click(qtbot, made.save_button)
    assert kept(editor)[0].vitals == (Vital(moment=VitalMoment.OTHER, local_time=time(14, 20), pulse=66),)


def test_experience_by_keys_and_clicks(qtbot, sheet, editor):
    made = sheet()
    choose_route(qtbot, made)
    detached = control(made, "Detached")
    detached.setFocus()
    qtbot.keyClicks(detached, "6")
    click(qtbot, button(made, "Dizzy"))
    click(qtbot, button(made, "Other sleep aid"))
    click(qtbot, control(made, "Talked it through (integration)"))
    intention = control(made, "Intention")
    intention.setFocus()
    qtbot.keyClicks(intention, "Let go")
    click(qtbot, made.save_button)
    (session,) = kept(editor)
    assert (session.detached, session.nausea) == (600, None)
    assert (session.side_effects, session.medicines) == ((SideEffect.DIZZY,), (Medicine.OTHER_SLEEP_AID,))
    assert (session.talked_through, session.psychotherapy) == (True, None)
    assert session.intention == "Let go"


def test_what_is_typed_is_kept_within_a_second_and_offered_again(qtbot, sheet, editor):
    made = sheet()
    notes = control(made, "Notes")
    notes.setFocus()
    qtbot.keyClicks(notes, "Half a thought")
    qtbot.waitUntil(lambda: len(drafts(editor)) == 1, timeout=1000)
    assert kept(editor) == ()
    assert editor.undo_stack.count() == 0
    again = sheet()
    assert control(again, "Notes").value == "Half a thought"
    assert "and did not save." in words_on(again)


def test_esc_keeps_even_what_was_typed_a_moment_ago(qtbot, sheet, editor):
    made = sheet()
    qtbot.keyClicks(control(made, "Dose"), "42")
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert not made.isVisible()
    assert session_fields.from_json(drafts(editor)[0].payload)[0]["dose_mg"] == 4200


def test_a_lock_closes_the_sheet_and_keeps_it(qtbot, sheet, editor):
    made = sheet()
    qtbot.keyClicks(control(made, "Dose"), "42")
    made.close()
    assert len(drafts(editor)) == 1


def test_saving_leaves_no_draft_and_cancel_keeps_it_for_an_empty_sheet_to_drop(qtbot, sheet, editor):
    made = sheet()
    choose_route(qtbot, made)
    qtbot.waitUntil(lambda: len(drafts(editor)) == 1, timeout=1000)
    click(qtbot, made.save_button)
    assert drafts(editor) == ()
    other = sheet()
    qtbot.keyClicks(control(other, "Dose"), "42")
    qtbot.waitUntil(lambda: len(drafts(editor)) == 1, timeout=1000)
    click(qtbot, button(other, "Cancel"))
    assert len(drafts(editor)) == 1
    assert not other.isVisible()
    again = sheet()
    click(qtbot, button(again, "Start with an empty sheet"))
    assert drafts(editor) == ()


def test_notes_that_are_too_long_are_refused_in_words_and_kept_as_typed(qtbot, sheet, editor):
    made = sheet(WHOLE)
    notes = next(field for field in made.findChildren(NoteField) if field.value == WHOLE.notes)
    notes.setPlainText("word\n" * 200_001)
    made.save_button.click()
    assert "up to 1,000,000 characters" in words_on(made)
    assert kept(editor) == ()
    made.reject()
    with editor.diary.read() as connection:
        (draft,) = reading.drafts(connection)
    assert session_fields.from_json(draft.payload)[0]["notes"] == "word\n" * 200_001


def test_the_draft_of_one_session_is_not_offered_for_another(qtbot, sheet, editor):
    other = Session(day=date(2026, 10, 1), route=Route.ORAL)
    editor.edit("Log", [(None, WHOLE), (None, other)])
    made = sheet(WHOLE)
    type_in(qtbot, control(made, "Dose"), "40")
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert "did not save" not in words_on(sheet(other))
    assert "did not save" not in words_on(sheet())
    back = sheet(WHOLE)
    assert "did not save" in words_on(back)
    assert control(back, "Dose").value == 4000
    click(qtbot, button(back, "Show what is saved"))
    assert control(back, "Dose").value == 4250
    assert drafts(editor) == ()


def test_copying_the_last_session_takes_the_treatment_and_not_the_day(qtbot, sheet, editor, today):
    editor.edit("Log", [(None, WHOLE)])
    made = sheet()
    click(qtbot, button(made, "Copy from the last session"))
    click(qtbot, made.save_button)
    copy = kept(editor)[-1]
    assert copy.id != WHOLE.id
    assert (copy.day, copy.local_time, copy.vitals, copy.notes, copy.detached) == (today, None, (), "", None)
    assert (copy.route, copy.dose_mg, copy.provider) == (WHOLE.route, WHOLE.dose_mg, WHOLE.provider)
    assert (copy.phase, copy.phase_number) == (Phase.BOOSTER, 9)


def test_the_sheet_can_begin_as_a_copy(qtbot, sheet, editor):
    editor.edit("Log", [(None, WHOLE)])
    made = sheet(copy_last=True)
    assert made.treatment.route.value == Route.INTRAVENOUS


def test_the_index_jumps_and_follows(qtbot, sheet):
    made = sheet()
    bar = made.area.verticalScrollBar()
    click(qtbot, button(made, "Experience"))
    assert bar.value() > 0
    assert made.index.current() == 3
    bar.setValue(0)
    assert made.index.current() == 0
    bar.setValue(bar.maximum())
    assert made.index.current() == 4


def test_every_control_has_a_name(sheet):
    made = sheet(WHOLE)
    focusable = [w for w in made.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(focusable) > 40
    assert [w for w in focusable if not w.accessibleName()] == []


def test_the_keyboard_reaches_everything_in_order(qtbot, sheet):
    sheet()
    met = []
    for _ in range(70):
        met.append(QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    wanted = ["Date", "Time", "Duration", "Route", "Drug", "Dose", "Body weight", "Detached", "Notes", "Save session"]
    assert [name for name in met if name in wanted][: len(wanted)] == wanted


@pytest.mark.parametrize(("size", "scale"), [((620, 600), 1.0), ((920, 580), 2.0), ((820, 760), 1.0)])
def test_nothing_is_cut_off_at_the_side(qapp, qtbot, editor, size, scale):
    apply_theme(qapp, tokens.LIGHT, scale)
    made = SessionSheet(editor, None, WHOLE)
    qtbot.addWidget(made)
    editor.edit("Log", [(None, WHOLE)])
    made.show()
    made.resize(*size)
    qtbot.wait(20)
    area = next(child for child in made.findChildren(QScrollArea) if child is made.area)
    assert area.horizontalScrollBar().maximum() == 0


vitals = st.builds(
    Vital,
    moment=st.sampled_from(VitalMoment),
    local_time=st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    pulse=st.none() | st.integers(20, 300),
)
sessions = st.builds(
    Session,
    day=st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    local_time=st.none() | st.times(),
    route=st.sampled_from(Route),
    drug=st.none() | st.sampled_from(Drug),
    phase=st.none() | st.sampled_from(Phase),
    reason=st.sampled_from(Reason),
    place=st.none() | st.sampled_from(Place),
    dose_mg=st.none() | st.integers(1, 1_000_000),
    vitals=st.lists(vitals, max_size=4).map(tuple),
    side_effects=st.lists(st.sampled_from(SideEffect), max_size=3).map(tuple),
    other_side_effects=st.lists(st.text(max_size=10), max_size=3).map(tuple),
    notes=st.text(max_size=40).filter(lambda words: "\x00" not in words),
    taken_home=st.none() | st.booleans(),
)


@given(sessions, st.booleans())
def test_a_draft_holds_every_field(session, new):
    fields, was_new = session_fields.from_json(session_fields.to_json(session_fields.fields_of(session), new))
    assert was_new is new
    assert Session(**fields) == session


def test_an_empty_sheet_is_empty(qtbot, sheet, editor):
    first = sheet()
    type_in(qtbot, control(first, "Dose"), "40")
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    first = sheet()
    click(qtbot, button(first, "Start with an empty sheet"))
    typed = first._typed()
    blank = session_fields.fields_of(Session(day=editor.today(), route=Route.ORAL)) | {"route": None}
    assert {name: typed[name] for name in blank if name != "id"} == {
        name: blank[name] for name in blank if name != "id"
    }
    first.reject()


def test_enter_in_a_short_field_does_not_save_but_ctrl_enter_does(sheet, editor, qtbot):
    shown = sheet()
    shown.treatment.route.value = Route.NASAL
    shown.treatment.route.changed.emit(Route.NASAL)
    qtbot.keyClick(shown.when.day, Qt.Key.Key_Return)
    assert kept(editor) == ()
    qtbot.keyClick(shown.when.day, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [each.route for each in kept(editor)] == [Route.NASAL]
