"""The whole window: first start, unlock, pages, lock, help, and what ties them together."""

import resource
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QScrollArea, QWidget
from windows import button, settle, words_on

from ketatrack.diary import database, reading, writing
from ketatrack.models.enums import AppointmentKind, Route
from ketatrack.models.records import (
    Answers,
    Appointment,
    CheckIn,
    Contact,
    Draft,
    Session,
    Settings,
    Value,
    built_in_id,
)
from ketatrack.paths import backup_folder
from ketatrack.ui.main_window import Window
from ketatrack.ui.settings.security import SecuritySection
from ketatrack.ui.single_instance import bring_first_to_front
from ketatrack.ui.start.unlock import UnlockScreen
from ketatrack.ui.widgets.fields import ErrorLine


def entries(window):
    with window.diary_view.editor.diary.read() as connection:
        return reading.check_ins(connection)


def today_page(window):
    return window.diary_view.page("today")


# First start and unlock


def test_from_the_first_start_to_today_by_keyboard(make_window, tmp_path, qtbot):
    window = make_window(tmp_path / "new" / "diary.ketatrack")
    window.show_start_screen()
    start = window.centralWidget()
    assert not start.next.isEnabled()
    QTest.keyClicks(start.passphrase.first, "four unrelated words here")
    assert not start.next.isEnabled()
    QTest.keyClicks(start.passphrase.again, "four unrelated words here")
    assert start.next.isEnabled()
    qtbot.mouseClick(start.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(start.track.isVisible, timeout=10_000)
    assert start.passphrase.first.text() == ""
    start.track.boxes["pain"].click()
    start.track.boxes["gad7"].click()
    qtbot.mouseClick(start.next, Qt.MouseButton.LeftButton)
    assert start.baseline.fields["pain"].isHidden()
    QTest.keyClicks(start.baseline.fields["phq9"], "18")
    QTest.keyClicks(start.baseline.fields["low_mood"], "6.5")
    qtbot.mouseClick(start.next, Qt.MouseButton.LeftButton)
    name, phone = start.contact.fields[0]
    QTest.keyClicks(name, "Dr Larsen")
    QTest.keyClicks(phone, "555 0142")
    qtbot.mouseClick(start.next, Qt.MouseButton.LeftButton)
    settle(qtbot)
    assert window.diary_view is not None
    with window.diary_view.editor.diary.read() as connection:
        tracked = {item.key: item for item in reading.tracked(connection)}
        baselines = {baseline.measure: baseline.value for baseline in reading.baselines(connection)}
        (contact,) = reading.contacts(connection)
        settings = reading.settings(connection)
    assert tracked["pain"].archived
    assert not tracked["low_mood"].archived
    assert baselines["phq9"] == 18
    assert float(baselines["low_mood"]) == 6.5
    assert (contact.name, contact.phone, contact.treatment_team) == ("Dr Larsen", "555 0142", True)
    assert settings.instruments == ("phq9", "gad7")
    names = [row.accessibleName() for row in today_page(window).sheet.findChildren(QWidget) if row.accessibleName()]
    assert "Low mood" in names
    assert "Pain" not in names


def in_sight(widget, inside):
    """Whether all of `widget` is seen, through every scroll area between it and `inside`."""
    place = QRect(widget.mapTo(inside, QPoint(0, 0)), widget.size())
    return (
        widget.isVisible() and inside.rect().contains(place) and widget.visibleRegion().boundingRect() == widget.rect()
    )


def first_start(window):
    window.show_start_screen()
    return window.centralWidget()


def test_enter_goes_on_on_every_step_of_the_first_start(make_window, tmp_path, qtbot):
    window = make_window(tmp_path / "diary.ketatrack")
    start = first_start(window)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is start.passphrase.first)
    QTest.keyClicks(QApplication.focusWidget(), "four unrelated words here")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert start.passphrase.isVisible()
    QTest.keyClicks(QApplication.focusWidget(), "four unrelated words here")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(start.track.isVisible, timeout=10_000)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert start.baseline.isVisible()
    assert start.track.boxes["low_mood"].isChecked()
    QTest.keyClicks(QApplication.focusWidget(), "40")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert start.baseline.isVisible()  # 40 is no PHQ-9 total
    start.baseline.fields["phq9"].selectAll()
    QTest.keyClicks(start.baseline.fields["phq9"], "18")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert start.contact.isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle(qtbot)
    assert window.diary_view is not None


@pytest.mark.parametrize("size", [(960, 640), (1280, 670), (1366, 700)])
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_first_start_keeps_continue_and_help_in_sight(make_window, tmp_path, preferences, qtbot, size, percent):
    preferences.text_size = percent
    window = make_window(tmp_path / "diary.ketatrack")
    window.apply_theme()
    window.resize(*size)
    start = first_start(window)
    qtbot.wait(50)
    for index in range(4):
        start._show_step(index)
        qtbot.wait(20)
        helps = [b for b in start.findChildren(QPushButton) if b.text().strip() == "Help now" and b.isVisible()]
        assert all(in_sight(button, start) for button in (*helps, start.next))
        assert len(helps) == 1


def test_the_window_opens_within_the_screen(diary_path, preferences, now, qtbot):
    window = Window(diary_path, now, preferences)
    qtbot.addWidget(window)
    free = window.screen().availableGeometry()
    assert free.contains(window.geometry())
    assert window.width() > 0.9 * min(1200, free.width())
    window.close()


@pytest.mark.parametrize("size", [(960, 640), (1200, 800), (1366, 700)])
def test_every_button_stays_in_sight_after_a_wrong_passphrase(make_window, diary_path, qtbot, size):
    window = make_window(diary_path)
    window.resize(*size)
    screen = first_start(window)
    for nth in (1, 2, 3):
        QTest.keyClicks(screen.passphrase, "no")
        QTest.keyClick(screen.passphrase, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not screen.button.isEnabled())
        qtbot.waitUntil(screen.button.isEnabled, timeout=10_000)
        qtbot.wait(20)
        assert ("backup" in screen.note.words()) is (nth == 3)
        buttons = screen.findChildren(QPushButton)
        assert len(buttons) == 5
        assert [b.text() for b in buttons if not in_sight(b, screen)] == []
        assert in_sight(screen.note, screen)
    card = screen.button.parentWidget()
    middle = card.mapTo(screen, card.rect().center())
    assert abs(middle.x() - screen.rect().center().x()) < 3
    assert abs(middle.y() - screen.rect().center().y()) < screen.height() / 8


def test_every_step_but_the_passphrase_can_be_skipped(make_window, tmp_path, qtbot):
    window = make_window(tmp_path / "diary.ketatrack")
    window.show_start_screen()
    start = window.centralWidget()
    for field in (start.passphrase.first, start.passphrase.again):
        QTest.keyClicks(field, "four unrelated words here")
    start.next.click()
    qtbot.waitUntil(start.track.isVisible, timeout=10_000)
    start.track.boxes["low_mood"].click()
    for _ in range(3):
        start.skip.click()
    settle(qtbot)
    with window.diary_view.editor.diary.read() as connection:
        assert not any(item.archived for item in reading.tracked(connection))
        assert reading.baselines(connection) == ()


def test_a_first_start_in_a_place_that_cannot_be_written_says_so(make_window, tmp_path, qtbot):
    (tmp_path / "file").touch()
    window = make_window(tmp_path / "file" / "diary.ketatrack")
    window.show_start_screen()
    start = window.centralWidget()
    for field in (start.passphrase.first, start.passphrase.again):
        QTest.keyClicks(field, "four unrelated words here")
    start.next.click()
    qtbot.waitUntil(lambda: "cannot be made" in words_on(start.passphrase), timeout=10_000)
    assert start.passphrase.text() == "four unrelated words here"


def test_unlocking_with_a_wrong_and_then_the_right_passphrase(make_window, diary_path, passphrase, qtbot):
    window = make_window(diary_path)
    window.show_start_screen()
    screen = window.centralWidget()
    assert isinstance(screen, UnlockScreen)
    QTest.keyClicks(screen.passphrase, "not it")
    QTest.keyClick(screen.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(screen.note.isVisible, timeout=10_000)
    assert screen.note.words() == "That is not the passphrase. Check capitals and the keyboard."
    screen.passphrase.selectAll()
    QTest.keyClicks(screen.passphrase, passphrase)
    QTest.keyClick(screen.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.diary_view is not None, timeout=10_000)
    settle(qtbot)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(lambda b: b"", "empty"), (lambda b: b[:-4096], "damaged"), (lambda b: b"SQLite format 3\x00" + b, "not made by")],
)
def test_a_file_that_does_not_open_gets_its_own_sentence(make_window, diary_path, passphrase, qtbot, spoil, words):
    diary_path.write_bytes(spoil(diary_path.read_bytes()))
    window = make_window(diary_path)
    window.show_start_screen()
    screen = window.centralWidget()
    QTest.keyClicks(screen.passphrase, passphrase)
    screen.button.click()
    qtbot.waitUntil(screen.note.isVisible, timeout=10_000)
    assert words in screen.note.words()


# Locking


def test_lock_keeps_what_was_typed_and_closes_everything(window, diary_path, passphrase, qtbot):
    page = today_page(window)
    page.sheet.note.setFocus()
    QTest.keyClicks(page.sheet.note, "half a sentence")
    window.diary_view.open_session()
    settle(qtbot)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    if window.diary_view is not None:
        window.lock()
    assert window.diary_view is None
    assert isinstance(window.centralWidget(), UnlockScreen)
    qtbot.waitUntil(lambda: not [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()])
    diary = database.open_diary(diary_path, passphrase)
    with diary.read() as connection:
        assert [entry.note for entry in reading.check_ins(connection)] == ["half a sentence"]
    diary.close()


def test_ctrl_l_locks(window, qtbot):
    QTest.keyClick(window.diary_view, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.diary_view is None)


def test_it_locks_when_nobody_is_there(window, qtbot, monkeypatch):
    window._idle._timer.start(50)
    qtbot.waitUntil(lambda: window.diary_view is None, timeout=3000)


def test_a_key_winds_the_idle_timer_up_again(window, qtbot):
    window._idle._timer.setTimerType(Qt.TimerType.PreciseTimer)
    window._idle._timer.start(60_000)
    qtbot.wait(50)
    before = window._idle._timer.remainingTime()
    window.activateWindow()
    window._idle._look_around()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert window._idle._timer.remainingTime() > before


def test_never_locking_by_itself_is_a_choice(window):
    before = window.diary_view.editor.settings
    window.diary_view.editor.edit("x", [(None, Settings(lock_after_minutes=None))])
    assert before.lock_after_minutes == 10
    assert not window._idle._timer.isActive()


# What all pages share


def test_ctrl_and_digits_open_the_pages(window, qtbot):
    for key, name in (
        (Qt.Key.Key_2, "sessions"),
        (Qt.Key.Key_3, "scores"),
        (Qt.Key.Key_4, "relief"),
        (Qt.Key.Key_1, "today"),
    ):
        QTest.keyClick(window.diary_view, key, Qt.KeyboardModifier.ControlModifier)
        assert window.diary_view.page_name == name
        settle(qtbot)
    QTest.keyClick(window.diary_view, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.diary_view.page_name == "settings"


def test_undo_works_across_pages_and_says_what(window, today, qtbot):
    session = Session(day=today, route=Route.ORAL)
    window.diary_view.editor.edit("Log session", [(None, session)])
    window.diary_view.show_page("relief")
    settle(qtbot)
    QTest.keyClick(window.diary_view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    with window.diary_view.editor.diary.read() as connection:
        assert reading.sessions(connection) == ()
    assert "Log session" in window.diary_view.notice.accessibleName()
    QTest.keyClick(
        window.diary_view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    with window.diary_view.editor.diary.read() as connection:
        assert reading.sessions(connection) == (session,)
    settle(qtbot)


def test_help_now_is_there_locked_and_unlocked(window, today, qtbot):
    window.diary_view.editor.edit(
        "Add contact", [(None, Contact(name="Dr Larsen", phone="555 0142", treatment_team=True))]
    )
    window.help_now()
    dialog = next(w for w in window.findChildren(QDialog) if w.isVisible())
    said = " ".join(label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text"))
    assert "988" in said
    assert "Dr Larsen" in said
    dialog.close()
    window.lock()
    window.help_now()
    dialog = next(w for w in window.findChildren(QDialog) if w.isVisible())
    said = " ".join(label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text"))
    assert "116 123" in said
    assert "Dr Larsen" not in said
    dialog.close()


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_second_start_brings_the_first_window_to_the_front(window, diary_path, tmp_path, qtbot):
    window.showMinimized()
    assert bring_first_to_front(diary_path)
    qtbot.waitUntil(lambda: not window.isMinimized())
    assert not bring_first_to_front(tmp_path / "another")


def test_a_backup_is_made_once_something_changed(make_window, diary_path, passphrase, today, qtbot):
    diary = database.open_diary(diary_path, passphrase)
    writing.apply(diary, [(None, CheckIn(day=today, note="one"))], today)
    diary.close()
    window = make_window(diary_path)
    window.open(database.open_diary(diary_path, passphrase))
    settle(qtbot)
    assert [path.name for path in backup_folder(diary_path).iterdir()] == [f"diary {today.isoformat()}.ketatrack"]


def test_the_made_up_diary_opens(make_window, tmp_path, qtbot, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    window = make_window(tmp_path / "none.ketatrack")
    window.show_start_screen()
    window.look_around()
    qtbot.waitUntil(lambda: window.diary_view is not None, timeout=20_000)
    settle(qtbot)
    assert window.diary_view.editor.diary.path.name == "made-up diary.ketatrack"
    assert len(entries(window)) > 300


# Today


def test_digits_work_at_once_and_are_saved_as_one_goes(window, today, qtbot):
    page = today_page(window)
    qtbot.waitUntil(
        lambda: QApplication.focusWidget() is not None and page.sheet.isAncestorOf(QApplication.focusWidget())
    )
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_7)
    (entry,) = entries(window)
    assert entry.value(built_in_id("low_mood")) == 700
    assert (entry.day, entry.local_time.hour, entry.local_time.minute, entry.utc_offset_minutes) == (today, 8, 10, 60)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert entries(window) == ()
    window.diary_view.editor.undo_stack.undo()
    assert entries(window) == (entry,)
    window.diary_view.editor.undo_stack.undo()
    assert entries(window) == ()
    assert page.sheet.ratings[built_in_id("low_mood")].value is None
    settle(qtbot)


def test_habits_and_note_belong_to_the_same_check_in(window, qtbot):
    page = today_page(window)
    sleep = page.sheet.habits[built_in_id("sleep_hours")]
    sleep.setFocus()
    QTest.keyClicks(sleep, "7.5")
    QTest.keyClick(sleep, Qt.Key.Key_Tab)
    page.sheet.note.setFocus()
    QTest.keyClicks(page.sheet.note, "Slept through.")
    page.sheet.commit()
    (entry,) = entries(window)
    assert entry.value(built_in_id("sleep_hours")) == 750
    assert entry.note == "Slept through."
    settle(qtbot)


def test_a_value_out_of_range_keeps_the_old_one_and_says_the_range(window, qtbot):
    sheet = today_page(window).sheet
    sleep = sheet.habits[built_in_id("sleep_hours")]
    sleep.setFocus()
    QTest.keyClicks(sleep, "30")
    QTest.keyClick(sleep, Qt.Key.Key_Tab)
    assert "from 0 to 24 h" in sleep.refusal
    assert entries(window) == ()
    settle(qtbot)


def test_every_refused_value_says_so_by_name_until_it_is_put_right_or_its_check_in_goes(window, qtbot):
    page = today_page(window)
    sheet = page.sheet
    quality, exercise = (sheet.habits[built_in_id(key)] for key in ("sleep_quality", "exercise"))

    def said():
        lines = [line for line in sheet.findChildren(ErrorLine) if line.isVisible()]
        return lines[0].accessibleName().split("\n") if lines else []

    QTest.keyClicks(next(iter(sheet.ratings.values())).slider, "4")
    for field, typed in ((quality, "11"), (exercise, "1h")):
        field.setFocus()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Tab)
    first, second = said()
    assert first.startswith("Sleep quality must be from 0 to 10")
    assert second == "Exercise: “1h” is not a number. Nothing was saved for it."
    exercise.setFocus()
    exercise.selectAll()
    QTest.keyClicks(exercise, "60")
    QTest.keyClick(exercise, Qt.Key.Key_Tab)
    assert said() == [first]
    qtbot.mouseClick(sheet.delete, Qt.MouseButton.LeftButton)
    assert entries(window) == ()
    assert (page.sheet.habits[built_in_id("sleep_quality")].text(), said()) == ("", [])
    settle(qtbot)


@pytest.mark.parametrize("size", [(960, 640), (1200, 800)])
def test_nothing_moves_when_the_first_rating_is_saved(window, qtbot, size):
    window.resize(*size)
    settle(qtbot)
    sheet = today_page(window).sheet

    def places():
        parts = [sheet, sheet.time, sheet.note, *sheet.ratings.values(), *sheet.habits.values()]
        return [QRect(part.mapTo(window, QPoint(0, 0)), part.size()) for part in parts]

    def at_rest():
        now = places()
        qtbot.wait(60)
        return places() == now

    qtbot.waitUntil(at_rest)
    before = places()
    QTest.keyClicks(next(iter(sheet.ratings.values())).slider, "4")
    settle(qtbot)
    assert sheet.delete.isVisible()
    assert places() == before


def test_several_check_ins_a_day(window, qtbot):
    page = today_page(window)
    page.sheet.ratings[built_in_id("pain")].slider.setFocus()
    QTest.keyClick(page.sheet.ratings[built_in_id("pain")].slider, Qt.Key.Key_4)
    first = page.sheet
    assert "24 hours" in words_on(first)
    first.another.click()
    assert page.sheet is not first
    assert "Since the last check-in" in words_on(page.sheet)
    QTest.keyClick(page.sheet.ratings[built_in_id("pain")].slider, Qt.Key.Key_2)
    assert [
        entry.value(built_in_id("pain")) for entry in sorted(entries(window), key=lambda e: -e.values[0].hundredths)
    ] == [400, 200]
    settle(qtbot)


def test_any_past_day_but_no_future_one(window, today, qtbot):
    page = today_page(window)
    page.show_day(today - timedelta(days=3))
    QTest.keyClick(page.sheet.ratings[built_in_id("pain")].slider, Qt.Key.Key_4)
    (entry,) = entries(window)
    assert (entry.day, entry.local_time) == (today - timedelta(days=3), None)
    page.show_day(today + timedelta(days=5))
    assert page.day == today
    assert not page.forward.isEnabled()
    settle(qtbot)


def test_after_midnight_it_is_still_the_diary_day_of_yesterday(window, now, qtbot):
    window.diary_view.editor.now = lambda: now().replace(hour=2)
    page = today_page(window)
    page._look_at_the_clock()
    assert page.day == now().date() - timedelta(days=1)
    settle(qtbot)


@pytest.mark.parametrize("by_key", [False, True])
def test_today_leads_to_today_from_whichever_day_is_shown(window, today, qtbot, by_key):
    page = today_page(window)
    page.show_day(today - timedelta(days=5))
    window.diary_view.show_page("sessions")
    settle(qtbot)
    if by_key:
        QTest.keyClick(window.diary_view, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    else:
        qtbot.mouseClick(button(window.diary_view.sidebar, "Today"), Qt.MouseButton.LeftButton)
    assert (page.day, page.title.text()) == (today, "Today")
    assert page.back_to_today.isHidden()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_7)
    assert [entry.day for entry in entries(window)] == [today]
    settle(qtbot)


def test_another_day_says_that_it_is_not_today_and_leads_back(window, today, qtbot):
    page = today_page(window)
    usual = page.title.palette().color(page.title.foregroundRole())
    page.show_day(today - timedelta(days=5))
    assert page.title.text() == "18 November, 5 days ago"
    assert page.title.palette().color(page.title.foregroundRole()) != usual
    assert page.back_to_today.isVisible()
    page.show_day(today - timedelta(days=1))
    assert page.title.text() == "22 November, yesterday"
    qtbot.mouseClick(page.back_to_today, Qt.MouseButton.LeftButton)
    assert (page.day, page.title.text()) == (today, "Today")
    assert page.title.palette().color(page.title.foregroundRole()) == usual
    assert page.sheet.isAncestorOf(QApplication.focusWidget())


def test_a_new_day_moves_the_open_page_on_and_what_stands_beside_it(window, today, now, qtbot):
    window.diary_view.editor.edit("x", [(None, Session(day=today - timedelta(days=7), route=Route.ORAL))])
    settle(qtbot)
    page = today_page(window)
    assert page.since.days.text() == "Day 7"
    window.diary_view.editor.now = lambda: now() + timedelta(days=1)
    window.diary_view.look_at_the_clock()
    settle(qtbot)
    assert (page.day, page.title.text()) == (today + timedelta(days=1), "Today")
    assert page.since.days.text() == "Day 8"


def test_scores_leads_from_an_old_result_to_the_overview(window, today, qtbot):
    old = Answers(instrument="gad7", day=today - timedelta(days=9), items=(1,) * 7, total=7)
    window.diary_view.editor.edit("x", [(None, old)])
    window.diary_view.show_page("scores")
    settle(qtbot)
    scores = window.diary_view.page("scores")
    scores.open_answers(old.id)
    assert scores.overview.isHidden()
    QTest.keyClick(window.diary_view, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot)
    assert scores.overview.isVisible()
    assert scores.title.text() == "Scores"


def test_the_cards_beside(window, today, qtbot):
    plan = Appointment(kind=AppointmentKind.VISIT, day=today + timedelta(days=10), provider="Dr Larsen")
    session = Session(day=today - timedelta(days=17), route=Route.INTRAVENOUS)
    window.diary_view.editor.edit("x", [(None, plan), (None, session)])
    settle(qtbot)
    page = today_page(window)
    assert page.since.days.text() == "Day 17"
    assert "Dr Larsen" in words_on(page.appointment)
    assert page.week.isVisible()
    assert "PHQ-9, not filled in yet" in words_on(page.week)
    button(page.week, "Start PHQ-9").click()
    assert window.diary_view.page_name == "scores"
    settle(qtbot)


def test_an_appointment_is_written_down_changed_and_deleted(window, today, qtbot):
    page = today_page(window)
    page.appointment.button.click()
    dialog = next(w for w in window.findChildren(QDialog) if w.isVisible())
    button(dialog, "Save").click()
    assert "needs a date" in words_on(dialog)
    dialog.day.value = today + timedelta(days=3)
    QTest.keyClicks(dialog.place, "Clinic")
    button(dialog, "Save").click()
    with window.diary_view.editor.diary.read() as connection:
        (plan,) = reading.appointments(connection)
    assert (plan.day, plan.place) == (today + timedelta(days=3), "Clinic")
    page.appointment.button.click()
    dialog = next(w for w in window.findChildren(QDialog) if w.isVisible())
    button(dialog, "Delete").click()
    with window.diary_view.editor.diary.read() as connection:
        assert reading.appointments(connection) == ()
    settle(qtbot)


# For everyone


PAGES = ("today", "sessions", "scores", "relief", "habits", "settings")


def focusable(root):
    return [
        w
        for w in root.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisibleTo(root) and not w.objectName().startswith("qt_")
    ]


@pytest.mark.parametrize("filled", [False, True])
def test_every_control_of_every_page_has_a_name(window, today, qtbot, filled):
    if filled:
        from ketatrack import demo

        window.diary_view.editor.edit(
            "x",
            [
                (None, r)
                for r in demo.records(1, 3, today)
                if not hasattr(r, "is_measure") and not isinstance(r, CheckIn)
            ],
        )
    unnamed = []
    for name in PAGES:
        window.diary_view.show_page(name)
        settle(qtbot)
        for widget in focusable(window):
            if not (widget.accessibleName() or getattr(widget, "text", lambda: "")()):
                unnamed.append((name, type(widget).__name__, widget.objectName()))
    assert unnamed == []


def test_every_control_of_every_dialog_has_a_name(window, diary_path, now, qtbot):
    from ketatrack.ui.importing.dialog import ImportDialog
    from ketatrack.ui.sessions.sheet import SessionSheet
    from ketatrack.ui.start.restore import RestoreDialog
    from ketatrack.ui.today.appointment import AppointmentDialog

    editor = window.diary_view.editor
    for dialog in (
        SessionSheet(editor, window),
        AppointmentDialog(editor, None, window),
        ImportDialog(editor, window),
        RestoreDialog(diary_path, now, window),
    ):
        dialog.show()
        unnamed = [
            (type(dialog).__name__, type(w).__name__)
            for w in focusable(dialog)
            if not (w.accessibleName() or getattr(w, "text", lambda: "")())
        ]
        assert unnamed == []
        dialog.close()
    settle(qtbot)


@pytest.mark.parametrize("size", [(960, 640), (1200, 800), (2400, 1400)])
def test_no_page_is_cut_off_sideways(window, qtbot, size):
    window.resize(*size)
    for name in PAGES:
        window.diary_view.show_page(name)
        settle(qtbot)
        area = window.diary_view.page(name).area
        assert area.horizontalScrollBar().maximum() == 0, name


@pytest.mark.parametrize(
    ("size", "percent"), [((960, 640), 150), ((1200, 800), 175), ((960, 640), 200), ((660, 600), 100)]
)
def test_another_day_is_not_cut_off_sideways(window, today, qtbot, size, percent):
    window._preferences.text_size = percent
    window.apply_theme()
    window.resize(*size)
    page = today_page(window)
    page.show_day(today - timedelta(days=400))
    settle(qtbot)
    assert page.area.horizontalScrollBar().maximum() == 0
    assert page.back_to_today.isVisible()


@pytest.mark.parametrize("page", ["today", "sessions", "settings"])
@pytest.mark.parametrize("size", [(960, 640), (1200, 800)])
def test_no_page_is_cut_off_sideways_at_twice_the_text_size(window, qtbot, page, size):
    window._preferences.text_size = 200
    window.apply_theme()
    window.resize(*size)
    window.diary_view.show_page(page)
    settle(qtbot)
    assert window.diary_view.page(page).area.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("size", [(960, 640), (1200, 800)])
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_locked_screen_fits_and_keeps_help_in_sight(make_window, diary_path, preferences, qtbot, size, percent):
    preferences.text_size = percent
    window = make_window(diary_path)
    window.apply_theme()
    window.resize(*size)
    window.show_start_screen()
    qtbot.wait(50)
    screen = window.centralWidget()
    assert screen.findChild(QScrollArea).horizontalScrollBar().maximum() == 0
    (shown,) = [b for b in screen.findChildren(QPushButton) if b.text().strip() == "Help now"]
    assert screen.rect().contains(QRect(shown.mapTo(screen, QPoint(0, 0)), shown.size()))


@pytest.mark.parametrize("page", ["relief", "habits", "share"])
def test_charts_and_reports_are_not_cut_off_at_twice_the_text_size(window, today, qtbot, page):
    day = today - timedelta(days=40)
    held = [Value(tracked_id=built_in_id(key), hundredths=200) for key in ("low_mood", "sleep_hours")]
    entries = [CheckIn(day=day + timedelta(days=n), values=held) for n in range(40)]
    lived = [Session(day=day, route=Route.INTRAVENOUS), *entries]
    writing.apply(window.diary_view.editor.diary, [(None, each) for each in lived], today)
    window._preferences.text_size = 200
    window.apply_theme()
    window.resize(960, 640)
    window.diary_view.show_page(page)
    settle(qtbot)
    assert window.diary_view.page(page).area.horizontalScrollBar().maximum() == 0


def test_drafts_do_not_disturb_a_page(window, now, qtbot):
    page = today_page(window)
    sheet = page.sheet
    window.diary_view.editor.write_quietly([(None, Draft(kind="session", payload="{}", saved_at=now()))])
    assert page.sheet is sheet


def test_locking_while_the_passphrase_changes_leaves_nothing_open(window, diary_path, passphrase, qtbot):
    window.diary_view.show_page("settings")
    settle(qtbot)  # what the page itself reads in the background is done
    section = window.diary_view.page("settings").findChild(SecuritySection)
    for field, words in ((section.old, passphrase), (section.new, "a new one"), (section.again, "a new one")):
        QTest.keyClicks(field, words)
    section.change.click()  # begun or not: what was asked for is done before the diary is closed
    window.lock()
    qtbot.wait(50)
    database.open_diary(diary_path, "a new one").close()


def test_opening_another_diary_closes_the_one_that_is_open(window, diary_path, passphrase, tmp_path):
    window.open(database.create(tmp_path / "other.ketatrack", passphrase))
    database.open_diary(diary_path, passphrase).close()
    assert window.diary_view.editor.diary.path == tmp_path / "other.ketatrack"


def test_locking_the_made_up_diary_leads_back_to_ones_own(
    make_window, diary_path, passphrase, tmp_path, qtbot, monkeypatch
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    window = make_window(diary_path)
    window.show_start_screen()
    window.look_around()
    qtbot.waitUntil(lambda: window.diary_view is not None, timeout=60_000)
    settle(qtbot)
    assert window.diary_view.editor.diary.path.stem == "made-up diary"
    window.lock()
    QTest.keyClicks(window.centralWidget().passphrase, passphrase)
    window.centralWidget().button.click()
    qtbot.waitUntil(lambda: window.diary_view is not None, timeout=10_000)
    assert window.diary_view.editor.diary.path == diary_path


def test_a_rating_typed_just_before_a_lock_is_kept(window, diary_path, passphrase):
    row = next(iter(today_page(window).sheet.ratings.values()))
    QTest.keyClicks(row.slider, "1")
    window.lock()
    diary = database.open_diary(diary_path, passphrase)
    with diary.read() as connection:
        (entry,) = reading.check_ins(connection)
    diary.close()
    assert [value.hundredths for value in entry.values] == [100]


def test_a_note_that_cannot_be_saved_is_told_and_stays_in_its_field(window, qtbot):
    sheet = today_page(window).sheet
    sheet.note.setPlainText("x" * 1_000_001)
    sheet.note.commit()
    assert "up to 1,000,000 characters" in window.diary_view.notice.accessibleName()
    assert len(sheet.note.toPlainText()) == 1_000_001
    sheet.note.setPlainText("a\x00b")
    sheet.note.commit()
    assert [entry.note for entry in entries(window)] == ["ab"]


@pytest.mark.parametrize("width", [960, 1200])
def test_a_notice_never_covers_help_now(window, width):
    window.resize(width, 640)
    window.diary_view.notice.show_message("Something was said. " * 12)
    covered = window.diary_view.notice.geometry()
    assert not covered.intersects(window.diary_view.sidebar.geometry())
    assert window.diary_view.rect().contains(covered)


def test_the_sheet_says_what_became_of_the_session_and_today_tells_of_it(window, today, qtbot):
    page, notice = today_page(window), window.diary_view.notice
    assert not page.unsaved.isVisible()
    window.diary_view.open_session()
    sheet = QApplication.activeModalWidget()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not notice.isVisible()  # nothing was typed
    window.diary_view.open_session()
    sheet = QApplication.activeModalWidget()
    QTest.keyClicks(sheet.treatment.dose, "42")
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert notice.isVisible()
    assert notice.accessibleName() == "Kept, not saved yet."
    assert page.unsaved.isVisible()
    settle(qtbot)
    qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    sheet = QApplication.activeModalWidget()
    assert sheet.treatment.dose.value == 4200
    sheet.treatment.route.value = Route.INTRAVENOUS
    qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    assert notice.accessibleName() == "Session of 23 Nov saved."
    assert not notice.button.isVisible()
    assert not page.unsaved.isVisible()
    settle(qtbot)


def test_today_offers_to_go_on_with_a_questionnaire_that_was_begun(window, qtbot):
    window.diary_view.start_questionnaire("phq9")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    qtbot.mouseClick(button(window.diary_view.sidebar, "Today"), Qt.MouseButton.LeftButton)
    settle(qtbot)
    assert button(today_page(window).week, "Go on with PHQ-9").isVisible()


def test_a_session_logged_on_a_past_day_is_of_that_day(window, today, qtbot):
    page = window.diary_view.page("today")
    page.show_day(today - timedelta(days=3))
    settle(qtbot)
    qtbot.mouseClick(page.log, Qt.MouseButton.LeftButton)
    sheet = QApplication.activeModalWidget()
    assert sheet.when.day.value == today - timedelta(days=3)
    sheet.close()


def test_a_time_that_is_none_is_said_beside_the_check_in(window, qtbot):
    sheet = window.diary_view.page("today").sheet
    sheet.time.setText("25:99")
    sheet.time.commit()
    said = [line for line in sheet.findChildren(ErrorLine) if line.isVisible()]
    assert [line.accessibleName() for line in said] == [sheet.time.refusal]
    assert "“25:99” is not a time of day." in sheet.time.refusal


def test_typing_is_taken_back_pause_by_pause(window, qtbot):
    note = today_page(window).sheet.note
    note.setFocus()
    QTest.keyClicks(note, "Slept well.")
    note.commit()
    later = window.diary_view.editor.now() + timedelta(seconds=5)
    window.diary_view.editor.now = lambda: later
    QTest.keyClicks(note, " Walked.")
    note.commit()
    assert [entry.note for entry in entries(window)] == ["Slept well. Walked."]
    QTest.keyClick(note, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [entry.note for entry in entries(window)] == ["Slept well."]
    assert note.toPlainText() == "Slept well."


def test_a_first_start_without_room_says_so_and_keeps_what_was_typed(make_window, tmp_path, qtbot):
    window = make_window(tmp_path / "new" / "diary.ketatrack")
    window.show_start_screen()
    start = window.centralWidget()
    for field in (start.passphrase.first, start.passphrase.again):
        QTest.keyClicks(field, "four unrelated words here")
    qtbot.mouseClick(start.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(start.track.isVisible, timeout=10_000)
    start.track.boxes["pain"].click()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        for _step in range(3):
            start.next.click()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "What you typed here is still in its fields" in start.refusal.accessibleName()
    with qtbot.waitSignal(start.opened):
        start.next.click()
    settle(qtbot)
    assert window.diary_view is not None
