"""Words that cannot be saved stay where they were typed, are tried again, and are asked about before they go.

The disk is full for the program while RLIMIT_FSIZE is low: a real diary in a real file, whose writes fail.
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from windows import button, settle, words_on

from ketatrack.diary import database, reading
from ketatrack.models.enums import Route
from ketatrack.models.records import Answers, CheckIn, Contact, Draft, EarlySign, Session, built_in_id
from ketatrack.ui.half_typed import HalfTyped
from ketatrack.ui.scores.clinic_total import ClinicTotal
from ketatrack.ui.start.restore import RestoreDialog
from ketatrack.ui.today.appointment import AppointmentDialog
from ketatrack.ui.unsaved import UnsavedQuestion, holders, words_of
from ketatrack.ui.widgets.fields import LineField, NumberField, TextField, TimeField
from ketatrack.ui.widgets.note_field import NoteField


@contextmanager
def full_disk() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def question(window) -> UnsavedQuestion:
    (asked,) = (each for each in window.findChildren(UnsavedQuestion) if each.isVisible())
    return asked


def notes(diary_path, passphrase) -> list[str]:
    diary = database.open_diary(diary_path, passphrase)
    with diary.read() as connection:
        found = [entry.note for entry in reading.check_ins(connection)]
    diary.close()
    return found


@pytest.fixture
def sheet(window):
    return window.diary_view.page("today").sheet


def test_a_refused_note_stays_marked_and_is_saved_once_there_is_room(window, sheet, qtbot):
    with full_disk():
        QTest.keyClicks(sheet.note, "A long night")
        qtbot.waitUntil(lambda: sheet.note.unsaved, timeout=5_000)
        settle(qtbot)
        assert sheet.note.value == "A long night"
        assert "Not saved yet" in sheet.note.accessibleDescription()
        qtbot.waitUntil(lambda: "Not saved yet" in words_on(window.diary_view.sidebar))
        QTest.keyClicks(sheet.note, ", and a walk")
        window.diary_view.show_page("sessions")
        window.diary_view.show_page("today")
        settle(qtbot)
        assert window.diary_view.page("today").sheet.note.value == "A long night, and a walk"
    qtbot.waitUntil(lambda: not holders(window.diary_view), timeout=10_000)
    with window.diary_view.editor.diary.read() as connection:
        assert [entry.note for entry in reading.check_ins(connection)] == ["A long night, and a walk"]
    assert "Not saved yet" not in words_on(window.diary_view.sidebar)
    assert sheet.note.accessibleDescription() == ""


def test_a_refused_rating_and_habit_stay_and_are_saved_together(window, sheet, qtbot):
    mood, sleep = built_in_id("low_mood"), built_in_id("sleep_hours")
    with full_disk():
        QTest.keyClicks(sheet.ratings[mood].slider, "4")
        qtbot.waitUntil(lambda: sheet.unsaved, timeout=5_000)
        field = sheet.habits[sleep]
        QTest.keyClicks(field, "7.5")
        field.commit()
        settle(qtbot)
        assert (sheet.ratings[mood].value, field.value or field.peek()) == (400, 750)
        window.diary_view.page("today").show_day(date(2026, 11, 20))
        assert window.diary_view.page("today").day == date(2026, 11, 23)
        assert "low mood 4" in sheet.unsaved_words()
    window.diary_view.trying_again.try_again()
    with window.diary_view.editor.diary.read() as connection:
        (entry,) = reading.check_ins(connection)
    assert (entry.value(mood), entry.value(sleep)) == (400, 750)
    assert not holders(window.diary_view)


def test_a_lock_asks_and_esc_goes_back_to_the_words(window, sheet, qtbot, diary_path, passphrase):
    with full_disk():
        QTest.keyClicks(sheet.note, "Not to be lost")
        window.lock()
        asked = question(window)
        assert "could not be saved" in asked.accessibleDescription()
        button(asked, "Copy the words").click()
        assert "Not to be lost" in QGuiApplication.clipboard().text()
        QTest.keyClick(asked, Qt.Key.Key_Escape)
        assert window.diary_view is not None
        assert sheet.note.value == "Not to be lost"
    window.lock()
    assert window.diary_view is None
    assert notes(diary_path, passphrase) == ["Not to be lost"]


def test_a_close_asks_too_and_goes_on_by_itself_once_it_is_saved(window, sheet, qtbot, diary_path, passphrase):
    with full_disk():
        QTest.keyClicks(sheet.note, "Not to be lost")
        assert not window.close()
        assert question(window).isVisible()
    qtbot.waitUntil(lambda: window.diary_view is None, timeout=10_000)
    assert notes(diary_path, passphrase) == ["Not to be lost"]


def test_they_go_only_when_that_is_said(window, sheet, qtbot, diary_path, passphrase):
    with full_disk():
        QTest.keyClicks(sheet.note, "May go")
        window.lock()
        button(question(window), "Lock and lose it").click()
        assert window.diary_view is None
    assert notes(diary_path, passphrase) == []


def test_nobody_sees_the_diary_while_an_idle_lock_waits(window, sheet, qtbot, passphrase):
    with full_disk():
        QTest.keyClicks(sheet.note, "Mine alone")
        window.lock(idle=True)
        asked = question(window)
        assert not window.diary_view.isVisible()
        assert "Copy the words" not in words_on(asked)
        QTest.keyClick(asked, Qt.Key.Key_Escape)
        for wrong in ("", "wrong", "a\x00b"):
            asked.passphrase.setText(wrong)
            button(asked, "Go back").click()
            assert asked.isVisible()
            assert not window.diary_view.isVisible()
            assert "That is not the passphrase" in words_on(asked)
        asked.passphrase.setText(passphrase)
        button(asked, "Go back").click()
        assert window.diary_view.isVisible()
        assert sheet.note.value == "Mine alone"
    window.lock()
    assert window.diary_view is None


def test_a_session_that_cannot_be_kept_stays_open(window, qtbot):
    window.diary_view.open_session()
    (sheet,) = (each for each in window.findChildren(QDialog) if each.isVisible())
    dose = next(field for field in sheet.findChildren(NumberField) if field.accessibleName() == "Dose")
    with full_disk():
        QTest.keyClicks(dose, "40")
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        assert sheet.isVisible()
        assert "cannot be kept" in words_on(sheet)
        window.lock()
        QTest.keyClick(question(window), Qt.Key.Key_Escape)
        assert dose.value == 4000
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    settle(qtbot)


def test_answers_that_cannot_be_kept_are_told_and_kept_later(window, qtbot):
    window.diary_view.start_questionnaire("phq9")
    page = window.diary_view.page("scores")
    with full_disk():
        QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_2)
        assert page.unsaved
        assert page.unsaved_words() == "PHQ-9 (1: 2)"
        window.lock()
        QTest.keyClick(question(window), Qt.Key.Key_Escape)
    window.diary_view.trying_again.try_again()
    assert not page.unsaved
    with window.diary_view.editor.diary.read() as connection:
        assert len(reading.drafts(connection)) == 1
    settle(qtbot)


def test_somebody_who_types_without_a_pause_is_saved_within_a_second(window, sheet, qtbot):
    sheet.note.setFocus()
    for letter in "never a pause at all":
        QTest.keyClicks(sheet.note, letter)
        qtbot.wait(100)
    with window.diary_view.editor.diary.read() as connection:
        (entry,) = reading.check_ins(connection)
    assert len("never a pause at all") - len(entry.note) <= 10


# What only a button saves


def kept_drafts(editor) -> int:
    with editor.diary.read() as connection:
        return len(reading.drafts(connection))


@pytest.mark.parametrize("way", ["lock", "close", "idle"])
def test_a_half_typed_appointment_is_offered_again(window, qtbot, diary_path, passphrase, way):
    window.diary_view.page("today").appointment.button.click()
    (dialog,) = window.findChildren(AppointmentDialog)
    QTest.keyClicks(dialog.place, "Clinic by the river")
    dialog.note.setPlainText("Ask for the blue room")
    leave(window, way)
    window.open(database.open_diary(diary_path, passphrase))
    settle(qtbot)
    window.diary_view.page("today").appointment.button.click()
    (again,) = (each for each in window.findChildren(AppointmentDialog) if each.isVisible())
    assert (again.place.text(), again.note.value) == ("Clinic by the river", "Ask for the blue room")
    assert "did not save" in words_on(again)
    again.day.setText("1 March 2027")
    button(again, "Save").click()
    editor = window.diary_view.editor
    with editor.diary.read() as connection:
        assert reading.appointments(connection)[0].place == "Clinic by the river"
    assert kept_drafts(editor) == 0
    settle(qtbot)


def test_a_half_typed_appointment_is_begun_again_and_a_full_disk_holds_it(window, qtbot):
    window.diary_view.page("today").appointment.button.click()
    (dialog,) = window.findChildren(AppointmentDialog)
    with full_disk():
        QTest.keyClicks(dialog.place, "Clinic")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        assert "Place: Clinic" in dialog.unsaved_words()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert kept_drafts(window.diary_view.editor) == 1
    window.diary_view.page("today").appointment.button.click()
    again = next(each for each in window.findChildren(AppointmentDialog) if each.isVisible())
    button(again, "Cancel").click()
    assert kept_drafts(window.diary_view.editor) == 1
    window.diary_view.page("today").appointment.button.click()
    again = next(each for each in window.findChildren(AppointmentDialog) if each.isVisible())
    button(again, "Start again").click()
    assert again.place.text() == ""
    button(again, "Cancel").click()
    assert kept_drafts(window.diary_view.editor) == 0
    settle(qtbot)


@pytest.mark.parametrize(
    ("name", "field"), [("settings", "Name of your own measure or habit"), ("habits", "A new early sign")]
)
def test_a_half_typed_name_comes_back(window, qtbot, diary_path, passphrase, name, field):
    def find() -> QWidget:
        page = show(window, name, qtbot)
        return next(each for each in page.findChildren(TextField) if each.accessibleName() == field)

    fill(window, date(2026, 11, 23), qtbot)
    QTest.keyClicks(find(), "Piano")
    window.lock()
    window.open(database.open_diary(diary_path, passphrase))
    assert find().text() == "Piano"
    QTest.keyClick(find(), Qt.Key.Key_Return)
    settle(qtbot)
    assert kept_drafts(window.diary_view.editor) == 0
    settle(qtbot)


def test_a_half_typed_total_of_the_clinic_is_kept_by_a_lock(window, qtbot, diary_path, passphrase):
    def type_and_lock() -> None:
        (dialog,) = window.findChildren(ClinicTotal)
        QTest.keyClicks(dialog.total, "34")
        dialog.note.setPlainText("by Dr Larsen")
        window.lock()

    page = show(window, "scores_overview", qtbot)
    QTimer.singleShot(200, type_and_lock)
    page.type_total("madrs")
    assert window.diary_view is None
    window.open(database.open_diary(diary_path, passphrase))
    seen = []

    def look_and_save() -> None:
        (dialog,) = (each for each in window.findChildren(ClinicTotal) if each.isVisible())
        seen.append((dialog.total.text(), dialog.note.value))
        with full_disk():
            dialog.save.click()
            assert "the diary refuses it" in words_on(dialog)
        dialog.save.click()

    page = show(window, "scores_overview", qtbot)
    QTimer.singleShot(200, look_and_save)
    page.type_total("madrs")
    assert seen == [("34", "by Dr Larsen")]
    with window.diary_view.editor.diary.read() as connection:
        assert [answers.total for answers in reading.answers(connection)] == [34]
    assert kept_drafts(window.diary_view.editor) == 0
    settle(qtbot)


# Every field of every page and dialog, through every way out


def fill(window, today, qtbot) -> None:
    pairs = [
        Contact(name="Mum", phone="555"),
        EarlySign(sign="I stop cooking", helps="A walk"),
        Answers(instrument="madrs", day=today, total=20),
        Session(day=today, route=Route.ORAL),
        CheckIn(day=today, note="Here already"),
    ]
    window.diary_view.editor.edit("x", [(None, each) for each in pairs])
    settle(qtbot)


PAGES = ("today", "relief", "habits", "share", "settings", "scores")


def show(window, name: str, qtbot) -> QWidget:
    """Go to a page; on Scores to a result, whose date, total and note can be changed."""
    view = window.diary_view
    view.show_page(name.partition("_")[0])
    settle(qtbot)
    page = view.page(name.partition("_")[0])
    if name == "scores":
        with view.editor.diary.read() as connection:
            (answers,) = reading.latest_answers(connection)
        page.open_answers(answers.id)
        settle(qtbot)
    return page


def writing_fields(root: QWidget) -> list[QWidget]:
    """Every field whose words go into the diary when one leaves it."""
    fields = [each for each in root.findChildren(QWidget) if isinstance(each, LineField | NoteField)]
    return [each for each in fields if each.receivers("2changed(PyObject)") and each.isEnabled()]


def another(field: QWidget, number: int) -> str:
    """Words that this field takes, different each time."""
    if isinstance(field, TimeField):
        return f"{number % 6:02}:{number:02}"
    if isinstance(field, TextField | NoteField):
        return f"Zaubernuss {number}"
    return str(number % 9 + 1) if isinstance(field, NumberField) else f"{number % 27 + 1} March 2026"


def stored(diary) -> frozenset[object]:
    from ketatrack.models.records import RECORD_TYPES

    with diary.read() as connection:
        return frozenset(each for kind in RECORD_TYPES for each in reading.load(connection, kind))


# How many fields each page has at least; relief and Share show theirs on request.
LEAST = {"today": 8, "relief": 0, "habits": 2, "share": 1, "settings": 20, "scores": 3}
WAYS_OUT = ("lock", "key", "close", "page", "idle")


def leave(window, way: str) -> None:
    if way == "lock":
        window.lock()
    elif way == "key":
        QTest.keyClick(window.diary_view, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    elif way == "close":
        window.close()
    elif way == "idle":
        window.lock(idle=True)
    else:
        other = "sessions" if window.diary_view.page_name != "sessions" else "habits"
        window.diary_view.show_page(other)


@pytest.mark.parametrize("way", WAYS_OUT)
@pytest.mark.parametrize("name", PAGES)
def test_every_field_is_saved_on_every_way_out(window, today, qtbot, diary_path, passphrase, name, way):
    """What is typed and not left yet is in the file afterwards; no late write reaches a closed diary."""
    fill(window, today, qtbot)
    count = len([field for field in writing_fields(show(window, name, qtbot)) if field.isVisible()])
    assert count >= LEAST[name]
    lost = []
    for number in range(count):
        field = [field for field in writing_fields(show(window, name, qtbot)) if field.isVisible()][number]
        label, before = field.accessibleName(), stored(window.diary_view.editor.diary)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, another(field, number))
        leave(window, way)
        diary = window.diary_view.editor.diary if window.diary_view else database.open_diary(diary_path, passphrase)
        if stored(diary) == before:
            lost.append(label)
        if window.diary_view is None:
            window.open(diary)
            window.show()
    settle(qtbot)
    assert not lost, lost


# What else stands in the way


@pytest.mark.parametrize("what", ["deleted", "replaced", "folder renamed"])
def test_a_diary_that_goes_away_under_ones_hands(window, sheet, qtbot, diary_path, what):
    QTest.keyClicks(sheet.note, "Before")
    sheet.note.commit()
    settle(qtbot)
    content = diary_path.read_bytes()
    if what == "deleted":
        diary_path.unlink()
    elif what == "replaced":  # as a program does that keeps folders alike
        other = diary_path.with_name("newer")
        other.write_bytes(content)
        other.replace(diary_path)
    else:
        diary_path.parent.rename(diary_path.parent.with_name("renamed"))
    QTest.keyClicks(sheet.note, ", and after")
    qtbot.waitUntil(lambda: bool(holders(window.diary_view)), timeout=10_000)
    assert sheet.note.value == "Before, and after"
    window.lock()
    assert "could not be saved" in question(window).accessibleDescription()
    assert "Before, and after" in words_of(holders(window.diary_view))
    if what == "folder renamed":
        diary_path.parent.with_name("renamed").rename(diary_path.parent)
    button(question(window), "Lock and lose it").click()
    assert window.diary_view is None


def test_trying_again_says_nothing_new_each_time(window, sheet, qtbot):
    with full_disk():
        QTest.keyClicks(sheet.note, "Not yet")
        qtbot.waitUntil(lambda: sheet.note.unsaved, timeout=5_000)
        window.diary_view.notice.hide()
        window.diary_view.trying_again.try_again()
        assert not window.diary_view.notice.isVisible()
    window.diary_view.trying_again.try_again()
    assert "Saved now." in words_on(window.diary_view.notice)


def test_a_restore_asks_first_too(window, sheet, qtbot):
    with full_disk():
        QTest.keyClicks(sheet.note, "Not yet")
        window.ask_restore()
        assert not window.findChildren(RestoreDialog)
        QTest.keyClick(question(window), Qt.Key.Key_Escape)
    window.ask_restore()
    assert window.diary_view is None
    (dialog,) = window.findChildren(RestoreDialog)
    dialog.reject()


def test_what_save_cannot_save_is_said_where_one_looks(window, today, qtbot):
    window.diary_view.open_session()
    (sheet,) = (each for each in window.findChildren(QDialog) if each.isVisible())
    sheet.treatment.route.value = Route.ORAL
    with full_disk():
        sheet.save_button.click()
        assert "the diary refuses it" in words_on(sheet)
    sheet.save_button.click()
    assert not sheet.isVisible()
    window.diary_view.page("today").appointment.button.click()
    dialog = next(each for each in window.findChildren(AppointmentDialog) if each.isVisible())
    dialog.day.value = today
    with full_disk():
        button(dialog, "Save").click()
        assert "the diary refuses it" in words_on(dialog)
    button(dialog, "Save").click()
    assert not dialog.isVisible()
    settle(qtbot)


def test_a_draft_with_nonsense_in_it_is_passed_over(window, now, qtbot):
    nonsense = Draft(kind="typed appointment", payload="no JSON", saved_at=now())
    window.diary_view.editor.write_quietly([(None, nonsense)])
    window.diary_view.page("today").appointment.button.click()
    (dialog,) = window.findChildren(AppointmentDialog)
    assert dialog.place.text() == ""
    dialog.reject()
    settle(qtbot)


def test_a_name_and_a_start_of_the_day_that_are_refused_stay_whatever_the_page_reads(window, qtbot):
    page = show(window, "settings", qtbot)
    fields = {field.accessibleName(): field for field in page.findChildren(LineField)}
    name, start = fields["Your name"], fields["A day begins at"]
    with full_disk():
        for field, words in ((name, "Ada"), (start, "03:00")):
            field.setFocus()
            field.selectAll()
            QTest.keyClicks(field, words)
            field.commit()
        page.refresh()
        assert (name.text(), start.text()) == ("Ada", "03:00")
        assert {"Your name: Ada", "A day begins at: 03:00"} <= set(words_of(holders(page)).split("\n\n"))
        start.value = None  # what the diary holds is not shown over it
        assert start.text() == "03:00"
    window.diary_view.trying_again.try_again()
    assert not holders(page)
    with window.diary_view.editor.diary.read() as connection:
        assert reading.profile(connection).name == "Ada"
        assert reading.settings(connection).day_start_minutes == 180


def test_a_total_that_cannot_be_kept_keeps_its_dialog_open(window, qtbot):
    editor = window.diary_view.editor
    dialog = ClinicTotal("madrs", editor.today, window)
    qtbot.addWidget(dialog)
    dialog.offer_again(HalfTyped(editor, "clinic total madrs", {"total": dialog.total, "note": dialog.note}))
    dialog.show()
    QTest.keyClicks(dialog.total, "34")
    dialog.note.setPlainText("by Dr Larsen")
    with full_disk():
        dialog.reject()
        assert dialog.isVisible()
        assert {"Questionnaire: MADRS", "Total: 34", "Note: by Dr Larsen"} <= set(dialog.unsaved_words().split("\n"))
        dialog.losing = True
        dialog.reject()
        assert not dialog.isVisible()


def test_a_whole_check_in_that_was_refused_is_one_step_and_can_be_deleted(window, sheet, qtbot):
    mood, sleep = built_in_id("low_mood"), built_in_id("sleep_hours")
    with full_disk():
        QTest.keyClicks(sheet.ratings[mood].slider, "4")
        qtbot.waitUntil(lambda: sheet.unsaved, timeout=5_000)
        for field, words in ((sheet.habits[sleep], "7.5"), (sheet.time, "07:15")):
            field.setFocus()
            field.selectAll()
            QTest.keyClicks(field, words)
            field.commit()
        window.diary_view.trying_again.try_again()
        assert "sleep 7.5 h" in sheet.unsaved_words()
        sheet.delete.click()  # nothing that is not saved is deleted
        assert sheet.unsaved
    window.diary_view.trying_again.try_again()
    editor = window.diary_view.editor
    with editor.diary.read() as connection:
        (entry,) = reading.check_ins(connection)
    assert (entry.value(mood), entry.value(sleep), str(entry.local_time)) == (400, 750, "07:15:00")
    assert editor.undo_stack.count() == 1
    assert not holders(window.diary_view)
    assert not sheet.habits[sleep].refusal
    sheet.delete.click()
    with editor.diary.read() as connection:
        assert reading.check_ins(connection) == ()


def test_a_session_is_copied_out_as_a_person_reads_it(window, qtbot):
    window.diary_view.open_session()
    (opened,) = (each for each in window.findChildren(QDialog) if each.isVisible())
    dose = next(field for field in opened.findChildren(NumberField) if field.accessibleName() == "Dose")
    with full_disk():
        QTest.keyClicks(dose, "40")
        dose.commit()
        opened.commit()
        assert "Dose: 40 mg" in opened.unsaved_words()
    opened.commit()
    opened.reject()
    settle(qtbot)


def test_the_text_keeps_its_size_until_everything_is_saved(window, sheet, qtbot, preferences):
    with full_disk():
        QTest.keyClicks(sheet.note, "Not yet")
        preferences.text_size = 150
        window.apply_theme()
        assert "keeps its size" in words_on(window.diary_view.notice)
        assert window.diary_view.page("today").sheet.note.value == "Not yet"
    window.apply_theme()
    assert window.diary_view.page("today").sheet.note.value == "Not yet"
    settle(qtbot)


def test_the_end_of_the_systems_session_saves(window, sheet, qtbot):
    QTest.keyClicks(sheet.note, "Before the end")
    window.save_all()
    with window.diary_view.editor.diary.read() as connection:
        assert [entry.note for entry in reading.check_ins(connection)] == ["Before the end"]


def test_what_no_field_can_hold_is_asked_about_too(window, sheet, qtbot):
    sheet.note.setPlainText("word\n" * 200_001)
    sheet.note.commit()
    assert sheet.note.unsaved
    window.lock()
    QTest.keyClick(question(window), Qt.Key.Key_Escape)
    sheet.note.setPlainText("Short")
    sheet.note.commit()
    window.lock()
    assert window.diary_view is None


@pytest.mark.parametrize("words", ["x" * 3000, "half \ud800 a character", "null \x00 inside"])
def test_odd_words_in_what_only_a_button_saves(window, qtbot, words):
    window.diary_view.page("today").appointment.button.click()
    (dialog,) = window.findChildren(AppointmentDialog)
    dialog.place.setText(words)
    dialog.day.setText("1 March 2027")
    button(dialog, "Save").click()
    if dialog.isVisible():
        assert words_on(dialog).count("\n") > 3
        assert any(len(line) > 20 for line in words_on(dialog).splitlines())
    window.lock()
    assert window.diary_view is None


def test_an_early_sign_that_is_too_long_stays_to_be_shortened(window, today, qtbot):
    fill(window, today, qtbot)
    page = show(window, "habits", qtbot)
    with qtbot.waitSignal(window.diary_view.editor.refused):
        page.signs.sign.setText("x" * 5000)
        QTest.keyClick(page.signs.sign, Qt.Key.Key_Return)
    assert page.signs.sign.text() == "x" * 5000
    (held, *_rest) = writing_fields(page.signs)
    held.setText("y" * 5000)
    held.commit()
    assert held.unsaved
    held.setText("I stop cooking for myself")
    held.commit()
    assert not held.unsaved
    settle(qtbot)
