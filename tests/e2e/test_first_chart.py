"""From the first start to the first chart, by keys and clicks in the real window, on a real encrypted file."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from windows import settle

from ketatrack.diary import reading
from ketatrack.formats.foreign import mapping
from ketatrack.models.enums import Route
from ketatrack.models.records import Answers, CheckIn, Value, built_in_id
from ketatrack.ui.importing.dialog import ImportDialog
from ketatrack.ui.sessions.sheet import SessionSheet

SECRET = "four unrelated words here"
ESM = Path(__file__).resolve().parents[1] / "data" / "esm" / "ESMdata.csv"
MAPPING = Path(__file__).resolve().parents[1] / "data" / "esm_mapping.json"


@pytest.fixture
def started(make_window, tmp_path, qtbot):
    """The window after a first start in which nothing but the passphrase was given."""
    window = make_window(tmp_path / "mine" / "diary.ketatrack")
    window.show_start_screen()
    start = window.centralWidget()
    for field in (start.passphrase.first, start.passphrase.again):
        QTest.keyClicks(field, SECRET)
    QTest.keyClick(start.passphrase.again, Qt.Key.Key_Tab)
    qtbot.mouseClick(start.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(start.track.isVisible, timeout=10_000)
    for _ in range(3):
        qtbot.mouseClick(start.skip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.diary_view is not None)
    settle(qtbot)
    return window


def rate(window, qtbot, day: date, value: int) -> None:
    """Go to a day on Today and type a low-mood rating."""
    page = window.diary_view.page("today")
    page.show_day(day)
    slider = page.sheet.ratings[built_in_id("low_mood")].slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key(Qt.Key.Key_0 + value))


def log_session(window, qtbot, day: date) -> None:
    """Ctrl+N, a date and a route, Save."""
    QTest.keyClick(window.diary_view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SessionSheet))
    sheet = QApplication.activeModalWidget()
    sheet.when.day.selectAll()
    QTest.keyClicks(sheet.when.day, day.isoformat())
    QTest.keyClick(sheet.when.day, Qt.Key.Key_Tab)
    sheet.treatment.route.value = Route.INTRAVENOUS
    sheet.treatment.route.changed.emit(Route.INTRAVENOUS)
    qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_from_first_start_to_first_chart(started, today, qtbot):
    window, session_day = started, today - timedelta(days=12)
    for back in range(18, 12, -1):
        rate(window, qtbot, today - timedelta(days=back), 8)
    log_session(window, qtbot, session_day)
    for back in range(11, 0, -1):
        rate(window, qtbot, today - timedelta(days=back), 2 if back > 3 else 7)
    QTest.keyClick(window.diary_view, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot)
    page = window.diary_view.page("relief")
    body = page.cards()
    qtbot.mouseClick(body.offer.accept, Qt.MouseButton.LeftButton)
    settle(qtbot)
    picture = body.journey.chart.picture
    assert [session.day for session in picture.sessions] == [session_day]
    assert len(picture.scores) == 17
    (span,) = page.relief_content.relief.spans
    assert (span.lower, span.upper) == (8, 9)
    assert page.relief_content.relief.estimate.followed == 1
    assert picture.relief_line == 4
    drawn = body.journey.chart.grab().toImage()
    assert len({drawn.pixel(x, y) for x in range(0, drawn.width(), 7) for y in range(0, drawn.height(), 7)}) > 3
    with window.diary_view.editor.diary.read() as connection:
        assert len(reading.check_ins(connection)) == 17


def test_a_real_diary_comes_in_and_its_relapse_shows(started, tmp_path, qtbot):
    window = started
    window.diary_view.show_page("settings")
    window.diary_view.import_notes()
    dialog = next(child for child in window.diary_view.findChildren(ImportDialog))
    dialog.open_file(ESM)
    dialog.show_mapping(mapping.load(MAPPING))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=20_000)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    settle(qtbot)
    window.diary_view.show_page("relief")
    settle(qtbot)
    page = window.diary_view.page("relief")
    page.controls.period.value = None
    page.controls.period.changed.emit(None)
    settle(qtbot)
    journey = page.cards().journey.chart.picture
    days = {score.day for score in journey.visible}
    assert (min(days), max(days)) == (date(2012, 8, 13), date(2013, 4, 8))
    assert len(days) == 238
    assert (journey.first, journey.last) == (min(days), max(days))
    relapse = date(2012, 12, 20)
    before = [score.value for score in journey.visible if score.day < relapse]
    after = [score.value for score in journey.visible if score.day >= relapse]
    assert sum(after) / len(after) > sum(before) / len(before) + 0.3
    window.diary_view.editor.undo_stack.undo()
    settle(qtbot)
    with window.diary_view.editor.diary.read() as connection:
        assert reading.check_ins(connection) == ()


def test_nothing_of_the_diary_is_written_unencrypted(started, tmp_path, today, now, qtbot):
    window, secret = started, "Zaubernuss"
    editor = window.diary_view.editor
    before = set(Path(tempfile.gettempdir()).iterdir())
    note = window.diary_view.page("today").sheet.note
    note.setFocus()
    QTest.keyClicks(note, secret * 3)
    window.diary_view.page("today").sheet.commit()
    answers = Answers(instrument="phq9", day=today, items=(1,) * 9, total=9, note=secret)
    value = Value(tracked_id=built_in_id("low_mood"), hundredths=400)
    editor.edit("x", [(None, answers), (None, CheckIn(day=today, note=secret, values=(value,)))])
    for name in ("sessions", "scores", "relief", "settings", "today"):
        window.diary_view.show_page(name)
        settle(qtbot)
    window.lock()
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    written += [path for path in set(Path(tempfile.gettempdir()).iterdir()) - before if path.is_file()]
    assert any(path.suffix == ".ketatrack" for path in written)
    for path in written:
        content = path.read_bytes()
        for word in (secret, "low_mood", "check_in", "SQLite format 3"):
            assert word.encode() not in content, path
            assert word.encode("utf-16-le") not in content, path
