"""Settings: everything is written as it is changed, and undone like any other step."""

from datetime import time
from fractions import Fraction

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from windows import button

from ketatrack.diary import database, reading
from ketatrack.models.enums import BaselineSource, Kind, RuleKind
from ketatrack.models.records import Baseline, CheckIn, Contact, Value, built_in_id
from ketatrack.ui import jobs
from ketatrack.ui.editor import Editor
from ketatrack.ui.settings.page import SettingsPage
from ketatrack.ui.theme import tokens
from ketatrack.ui.theme.preferences import Preferences
from ketatrack.ui.widgets.fields import TextField


@pytest.fixture
def editor(qapp, diary, now):
    yield Editor(diary, now)
    jobs.drain()


@pytest.fixture
def page(editor, qtbot, tmp_path, focus_ring):
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    made = SettingsPage(editor)
    qtbot.addWidget(made)
    editor.changed.connect(lambda _kinds: made.refresh())
    made.resize(1000, 800)
    made.refresh()
    made.show()
    qtbot.waitExposed(made)
    return made


def tracked(editor):
    with editor.diary.read() as connection:
        return {item.key: item for item in reading.tracked(connection)}


def test_hiding_a_habit_keeps_its_data(page, editor, today):
    entry = CheckIn(day=today, values=(Value(tracked_id=built_in_id("meals"), hundredths=500),))
    editor.edit("Log check-in", [(None, entry)])
    page.tracking.boxes["meals"].click()
    assert tracked(editor)["meals"].archived
    with editor.diary.read() as connection:
        assert reading.check_ins(connection) == (entry,)
    editor.undo_stack.undo()
    assert not tracked(editor)["meals"].archived
    assert page.tracking.boxes["meals"].isChecked()


def test_a_habit_of_ones_own(page, editor):
    QTest.keyClicks(page.tracking.name, "Piano")
    page.tracking.kind.value = Kind.MINUTES
    QTest.keyClick(page.tracking.name, Qt.Key.Key_Return)
    own = next(item for item in tracked(editor).values() if item.name == "Piano")
    assert (own.kind, own.unit, own.is_measure, own.key) == (Kind.MINUTES, "min", False, str(own.id))
    assert own.position > tracked(editor)["integration"].position


def test_a_measure_of_ones_own(page, editor):
    QTest.keyClicks(page.tracking.name, "Tinnitus")
    page.tracking.kind.value = None
    page.tracking.better.setChecked(False)
    QTest.keyClick(page.tracking.name, Qt.Key.Key_Return)
    own = next(item for item in tracked(editor).values() if item.name == "Tinnitus")
    assert (own.kind, own.is_measure, own.higher_is_better) == (Kind.RATING, True, False)


def retype(field, words):
    field.setFocus()
    field.selectAll()
    field.insert(words)
    field.commit()


def test_renaming_and_moving(page, editor, qtbot):
    retype(page.tracking.names["anxiety"], "Worry")
    assert tracked(editor)["anxiety"].name == "Worry"
    with qtbot.waitSignal(editor.refused) as told:
        retype(page.tracking.names["anxiety"], "  ")
    assert "needs a name" in told.args[0]
    assert page.tracking.names["anxiety"].text() == "Worry"
    button(page.tracking, "Move Worry up").click()
    assert tracked(editor)["anxiety"].position < tracked(editor)["low_mood"].position


def test_a_name_that_is_too_long_stays_to_be_shortened(page, editor, qtbot):
    for field in (page.tracking.names["pain"], page.people.name):
        with qtbot.waitSignal(editor.refused):
            retype(field, "x" * 5000)
        page.refresh()
        assert field.text() == "x" * 5000
        assert field.unsaved
        retype(field, "Short")
        assert not field.unsaved
    assert tracked(editor)["pain"].name == "Short"


def test_questionnaires_are_chosen(page, editor):
    page.tracking.forms["peg"].click()
    assert editor.settings.instruments == ("phq9", "peg")
    editor.undo_stack.undo()
    assert editor.settings.instruments == ("phq9",)
    assert not page.tracking.forms["peg"].isChecked()


@pytest.mark.parametrize(
    ("measure", "typed", "value"),
    [("phq9", "18", Fraction(18)), ("peg", "6.4", Fraction(96, 5)), ("low_mood", "6.5", Fraction(13, 2))],
)
def test_a_baseline_is_typed_in_on_the_scale_one_knows(page, editor, measure, typed, value):
    field = page.relief.baselines[measure]
    QTest.keyClicks(field, typed)
    field.commit()
    with editor.diary.read() as connection:
        (baseline,) = reading.baselines(connection)
    assert (baseline.measure, baseline.value) == (measure, value)
    assert page.relief.baselines[measure].value == round(Fraction(typed) * 100)


def test_a_new_baseline_keeps_the_old_one_in_the_history(page, editor):
    for typed in ("18", "20"):
        field = page.relief.baselines["phq9"]
        field.selectAll()
        QTest.keyClicks(field, typed)
        field.commit()
    with editor.diary.read() as connection:
        assert [baseline.value for baseline in reading.baselines(connection)] == [18, 20]


def test_a_rule_and_its_limit(page, editor):
    page.relief.rules["phq9"].value = RuleKind.AT_MOST
    page.relief.rules["phq9"].changed.emit(RuleKind.AT_MOST)
    limit = page.relief.limits["phq9"]
    assert not limit.isHidden()
    limit.selectAll()
    QTest.keyClicks(limit, "7")
    limit.commit()
    with editor.diary.read() as connection:
        rules = reading.rules(connection)
    assert (rules[-1].kind, rules[-1].value) == (RuleKind.AT_MOST, 700)
    page.relief.rules["phq9"].changed.emit(RuleKind.REMISSION)
    with editor.diary.read() as connection:
        assert reading.rules(connection)[-1].kind is RuleKind.REMISSION
    assert page.relief.limits["phq9"].isHidden()


def test_what_relief_is_measured_by_is_chosen_and_taken_back(page, editor, qtbot):
    choice = page.relief.measured_by
    qtbot.waitUntil(lambda: choice.currentText() == "Automatic: Low mood")
    choice.setFocus()
    while choice.currentText() != "GAD-7":
        QTest.keyClick(choice, Qt.Key.Key_Down)
    assert editor.settings.relief_measure == "gad7"
    assert editor.undo_stack.undoText() == "Change what relief is measured by"
    while editor.undo_stack.canUndo():
        editor.undo_stack.undo()
    assert editor.settings.relief_measure is None
    qtbot.waitUntil(lambda: choice.currentText() == "Automatic: Low mood")


def test_names_that_are_too_long_are_refused_in_words(page, editor, qtbot):
    with qtbot.waitSignal(editor.refused) as told:
        page.people.name.changed.emit("x" * 201)
    assert "up to 200 characters" in told.args[0]
    page.tracking.name.setText("x" * 201)
    with qtbot.waitSignal(editor.refused) as told:
        page.tracking.name.returnPressed.emit()
    assert "up to 200 characters" in told.args[0]


def test_the_first_limit_where_more_is_better_means_relief_and_not_its_absence(page, editor):
    editor.edit(
        "Set baseline",
        [(None, Baseline(measure="energy", value=Fraction(3), source=BaselineSource.TYPED, recorded_at=editor.now()))],
    )
    page.refresh()
    page.relief.rules["energy"].changed.emit(RuleKind.AT_MOST)
    with editor.diary.read() as connection:
        assert reading.rules(connection)[-1].value == 650


def test_the_start_of_the_day_and_the_plan(page, editor, qtbot):
    page.day.start.changed.emit(time(5, 30))
    assert editor.settings.day_start_minutes == 330
    with qtbot.waitSignal(editor.refused) as told:
        page.day.start.changed.emit(time(18, 0))
    assert "from 0 to 720" in told.args[0]
    assert page.day.start.value == time(5, 30)
    QTest.keyClicks(page.day.planned, "2")
    page.day.planned.commit()
    assert editor.settings.planned_sessions == 2


def test_profile_and_contacts(page, editor, qtbot):
    QTest.keyClicks(page.people.name, "Ada")
    page.people.name.commit()
    page.people.add.click()
    qtbot.wait(50)  # the new row comes into sight
    with editor.diary.read() as connection:
        (contact,) = reading.contacts(connection)
        profile = reading.profile(connection)
    assert profile.name == "Ada"
    retype(next(f for f in page.people.findChildren(TextField) if f.accessibleName() == "Name of contact"), "Dr Larsen")
    button(page.people, "Dr Larsen is of the treatment team").click()
    with editor.diary.read() as connection:
        (contact,) = reading.contacts(connection)
    assert (contact.name, contact.treatment_team) == ("Dr Larsen", True)
    editor.edit("Delete contact", [(contact, None)])
    assert page.people._grid.count() == 0
    assert isinstance(contact, Contact)


def test_when_it_locks(page, editor):
    page.security.minutes.changed.emit(None)
    assert editor.settings.lock_after_minutes is None
    page.security.minutes.changed.emit(5)
    assert editor.settings.lock_after_minutes == 5


def test_changing_the_passphrase(page, editor, diary_path, passphrase, today, qtbot):
    editor.edit("Log check-in", [(None, CheckIn(day=today, note="kept"))])
    security = page.security
    QTest.keyClicks(security.old, "not it")
    QTest.keyClicks(security.new, "another four words here")
    assert not security.change.isEnabled()
    QTest.keyClicks(security.again, "another four words here")
    security.change.click()
    qtbot.waitUntil(lambda: "not right" in security.note.words(), timeout=10_000)
    security.old.clear()
    QTest.keyClicks(security.old, passphrase)
    with qtbot.waitSignal(page.show_message, timeout=10_000):
        security.change.click()
    assert security.new.text() == ""
    editor.undo_stack.undo()
    with editor.diary.read() as connection:
        assert reading.check_ins(connection) == ()
    editor.undo_stack.redo()
    jobs.drain()
    editor.diary.close()
    opened = database.open_diary(diary_path, "another four words here")
    with opened.read() as connection:
        assert [entry.note for entry in reading.check_ins(connection)] == ["kept"]
    opened.close()


def test_a_backup_by_hand(page, qtbot):
    assert page.backups.summary.text() == "No backup yet."
    with qtbot.waitSignal(page.show_message, timeout=10_000) as told:
        page.backups.now.click()
    assert "by hand 2026-11-23 0810" in told.args[0]
    assert page.backups.summary.text().startswith("1 backup, ")


def test_appearance_and_text_size_stay_with_this_computer(page, qtbot):
    with qtbot.waitSignal(page.apply_theme):
        page.look.look.changed.emit("dark")
    with qtbot.waitSignal(page.apply_theme):
        page.look.text_size.changed.emit(150)
    assert (Preferences().appearance, Preferences().text_size) == ("dark", 150)


def test_the_application_looks_as_chosen(page, qapp):
    from ketatrack.ui.main_window import Appearance

    preferences = Preferences()
    preferences.appearance, preferences.text_size = "dark", 150
    Appearance(QApplication.instance(), preferences).apply()
    assert (tokens.theme(), tokens.text_scale()) == (tokens.DARK, 1.5)


def test_typing_goes_on_in_the_next_field_after_one_was_saved(page, editor, qtbot):
    new = Contact(name="New contact")
    editor.edit("Add contact", [(None, new)])
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    name = page.people._rows[new.id][0]
    qtbot.waitUntil(name.isVisible)
    name.setFocus()
    name.selectAll()
    QTest.keyClicks(name, "Mum")
    QTest.keyClick(name, Qt.Key.Key_Tab)
    phone = QApplication.focusWidget()
    QTest.keyClicks(phone, "555 0100")
    QTest.keyClick(phone, Qt.Key.Key_Tab)
    with editor.diary.read() as connection:
        (contact,) = reading.contacts(connection)
    assert (contact.name, contact.phone) == ("Mum", "555 0100")
