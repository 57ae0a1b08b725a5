"""Charts in a real window, with real mouse, wheel and keys."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QStandardPaths, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

sys.path.insert(0, str(Path(__file__).parents[1] / "charts"))
from people import START, TODAY, result, sessions, share_of

from ketatrack.analysis.estimates import estimates
from ketatrack.charts.export import FileKind
from ketatrack.charts.journey import history_of, journey_of
from ketatrack.charts.session_bars import bars_of_sessions
from ketatrack.models.instruments import instrument
from ketatrack.models.records import Answers
from ketatrack.ui.chart import Chart, current_style, render
from ketatrack.ui.chart_card import ChartCard
from ketatrack.ui.theme import tokens
from ketatrack.ui.theme.stylesheet import apply_theme

RIGHT, LEFT, CONTROL = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier


def no_path(_owner: QWidget, _proposed: str, _kind: FileKind) -> str:
    return ""


@pytest.fixture
def card(qtbot) -> ChartCard:
    made = ChartCard(ask=no_path)
    qtbot.addWidget(made)
    made.show_picture(journey_of(result()), "all of it")
    made.resize(950, 320)
    made.show()
    qtbot.waitExposed(made)
    return made


def place(chart: Chart, words: str) -> QPoint:
    point = next(point for point in chart.points() if words in point.words)
    return QPoint(round(point.x), round(point.y))


def wheel(chart: Chart, at: QPoint, turned: int, modifiers=Qt.KeyboardModifier.NoModifier, sideways: int = 0) -> bool:
    event = QWheelEvent(
        QPointF(at),
        chart.mapToGlobal(QPointF(at)),
        QPoint(),
        QPoint(sideways, turned),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    event.ignore()
    QApplication.sendEvent(chart, event)
    return event.isAccepted()


def test_name_and_spoken_sentence_reach_the_screen_reader(card: ChartCard):
    spoken = QAccessible.queryAccessibleInterface(card.chart)
    assert spoken.text(QAccessible.Text.Name) == "Low mood, day by day"
    assert spoken.text(QAccessible.Text.Description) == card.chart.picture.spoken()
    assert card.more.accessibleName() == "Save, copy or read: Low mood, day by day"


def test_hovering_puts_the_words_in_place_of_the_subtitle(card: ChartCard, qtbot):
    assert card.subtitle.text() == "Shaded: in relief after a session"
    qtbot.mouseMove(card.chart, place(card.chart, "Thu 22 Jan 2026 · low mood"))
    assert card.subtitle.text() == "Thu 22 Jan 2026 · low mood 2 · day 1 after session 2 (IV 55 mg)"
    qtbot.mouseMove(card.chart, QPoint(5, 200))
    assert card.subtitle.text() == "Shaded: in relief after a session"


@pytest.mark.parametrize("width", [480, 950])
def test_in_a_narrow_card_the_words_take_the_room_of_the_title(card: ChartCard, qtbot, width: int):
    card.resize(width, 320)
    qtbot.wait(150)
    card.chart.setFocus()
    qtbot.keyClick(card.chart, RIGHT, CONTROL)
    qtbot.wait(20)
    shown = card.subtitle
    assert shown.text() == "Thu 1 Jan 2026 · session 1 (IV 55 mg) · relief 6–7 days, faded"
    assert shown.fontMetrics().horizontalAdvance(shown.text()) <= shown.width()
    assert card.title.isVisible() is (width == 950)
    qtbot.keyClick(card.chart, Qt.Key.Key_Escape)
    assert card.title.isVisible()


def test_hovering_draws_over_the_kept_picture(card: ChartCard, qtbot):
    plain, kept = card.chart.grab().toImage(), card.chart._image
    qtbot.mouseMove(card.chart, place(card.chart, "Thu 22 Jan 2026 · low mood"))
    assert card.chart.grab().toImage() != plain
    assert card.chart._image is kept
    card.chart.point_at(None)
    assert card.chart.grab().toImage() == plain


def test_arrows_step_through_readings_and_with_ctrl_through_sessions(card: ChartCard, qtbot):
    card.chart.setFocus()
    qtbot.keyClick(card.chart, Qt.Key.Key_Home)
    assert card.subtitle.text().startswith("Thu 25 Dec 2025 · low mood 7")
    qtbot.keyClick(card.chart, RIGHT)
    assert card.subtitle.text().startswith("Fri 26 Dec 2025")
    qtbot.keyClick(card.chart, RIGHT, CONTROL)
    assert card.subtitle.text() == "Thu 1 Jan 2026 · session 1 (IV 55 mg) · relief 6–7 days, faded"
    qtbot.keyClick(card.chart, RIGHT, CONTROL)
    qtbot.keyClick(card.chart, LEFT, CONTROL)
    assert "session 1 " in card.subtitle.text()
    qtbot.keyClick(card.chart, LEFT)
    assert card.subtitle.text().startswith("Wed 31 Dec 2025 · low mood")
    qtbot.keyClick(card.chart, Qt.Key.Key_End)
    end = card.subtitle.text()
    qtbot.keyClick(card.chart, RIGHT)
    assert card.subtitle.text() == end
    qtbot.keyClick(card.chart, Qt.Key.Key_Escape)
    assert card.subtitle.text() == "Shaded: in relief after a session"


def test_enter_and_a_click_open_the_session(card: ChartCard, qtbot):
    attended = card.chart.picture.sessions
    opened = []
    card.session_clicked.connect(opened.append)
    qtbot.keyClick(card.chart, RIGHT, CONTROL)
    qtbot.keyClick(card.chart, Qt.Key.Key_Return)
    mark = place(card.chart, "session 3 (IV 55 mg) ·")
    qtbot.mouseClick(card.chart, Qt.MouseButton.LeftButton, pos=mark)
    qtbot.mouseClick(card.chart, Qt.MouseButton.LeftButton, pos=QPoint(mark.x() + 20, 120))
    assert opened == [attended[0].id, attended[2].id]


def test_a_score_of_the_history_opens_its_answers(qtbot):
    filled = [Answers(instrument="phq9", day=START + timedelta(days=10 * n), total=20 - n) for n in range(9)]
    chart = Chart()
    qtbot.addWidget(chart)
    chart.show_picture(history_of(instrument("phq9"), filled, sessions(2), TODAY))
    chart.resize(900, 250)
    chart.show()
    opened = []
    chart.record_clicked.connect(opened.append)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place(chart, "PHQ-9 17"))
    assert opened == [filled[3].id]


def test_plus_and_minus_zoom_and_the_menu_shows_everything_again(card: ChartCard, qtbot):
    whole = card.chart.picture
    qtbot.keyClick(card.chart, Qt.Key.Key_Plus)
    near = card.chart.picture
    assert (near.last - near.first) < (whole.last - whole.first)
    qtbot.keyClick(card.chart, Qt.Key.Key_Minus)
    assert (card.chart.picture.last - card.chart.picture.first) > (near.last - near.first)
    qtbot.keyClick(card.chart, Qt.Key.Key_Plus)
    card.menu.actions()[-1].trigger()
    assert card.chart.picture == whole


def test_the_wheel_scrolls_the_page_unless_ctrl_is_held_or_the_chart_has_the_focus(card: ChartCard, qtbot):
    whole, at = card.chart.picture, QPoint(300, 120)
    card.more.setFocus()
    assert not wheel(card.chart, at, 120)
    assert card.chart.picture == whole
    day = whole.frame(card.chart.width(), 250, 1).value_at(300)
    assert wheel(card.chart, at, 120, CONTROL)
    near = card.chart.picture
    assert near.frame(card.chart.width(), 250, 1).value_at(300) == pytest.approx(day, abs=1.5)
    card.chart.setFocus()
    assert wheel(card.chart, at, -120)
    assert wheel(card.chart, at, 0, sideways=-120)
    assert card.chart.picture.last >= near.last


def test_dragging_moves_the_period_and_opens_nothing(card: ChartCard, qtbot):
    card.chart.show_picture(card.chart.picture.between(START, START + timedelta(days=60)))
    opened = []
    card.session_clicked.connect(opened.append)
    first = card.chart.picture.first
    mark = place(card.chart, "session 3 (IV 55 mg) ·")
    qtbot.mousePress(card.chart, Qt.MouseButton.LeftButton, pos=mark)
    for step in range(1, 11):
        qtbot.mouseMove(card.chart, QPoint(mark.x() - 20 * step, mark.y()))
    qtbot.mouseRelease(card.chart, Qt.MouseButton.LeftButton, pos=QPoint(mark.x() - 200, mark.y()))
    moved = (card.chart.picture.first - first).days
    per_day = card.chart.picture.frame(card.chart.width(), 250, 1).plot_width / 61
    assert moved == pytest.approx(200 / per_day, abs=2)
    assert opened == []


def test_a_new_size_is_drawn_once_it_has_settled(card: ChartCard, qtbot):
    old = card.chart._image
    for width in (900, 860, 820):
        card.resize(width, 320)
        QApplication.processEvents()
    assert card.chart._image is old
    qtbot.waitUntil(lambda: card.chart._image is not None and card.chart._image is not old, timeout=2000)
    assert card.chart._image.width() == card.chart.width()


def test_a_new_theme_draws_the_chart_anew(card: ChartCard, qapp: QApplication, qtbot):
    apply_theme(qapp, tokens.DARK)
    card.chart.grab()
    assert QColor(card.chart._image.pixel(2, 2)).name().upper() == tokens.DARK.card


def test_the_image_is_as_sharp_as_the_screen():
    image = render(share_of(result(10)), current_style(), _size(436, 244), 2.0)
    assert (image.width(), image.height(), image.devicePixelRatio()) == (872, 488, 2.0)


def _size(width: int, height: int):
    from PySide6.QtCore import QSize

    return QSize(width, height)


@pytest.mark.parametrize("place_in_menu", range(3))
def test_the_menu_saves_each_format(qtbot, tmp_path: Path, place_in_menu: int):
    asked = []

    def answer(_owner: QWidget, proposed: str, kind: FileKind) -> str:
        asked.append((proposed, kind))
        return str(tmp_path / "mine")

    card = ChartCard(ask=answer)
    qtbot.addWidget(card)
    card.show_picture(share_of(result(10)), "all sessions")
    card.menu.actions()[place_in_menu].trigger()
    [(proposed, kind)] = asked
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    assert Path(proposed) == Path(documents) / f"Share of sessions still in relief.{kind}"
    [saved] = tmp_path.iterdir()
    assert saved.name == f"mine.{kind}"
    assert saved.stat().st_size > 5_000
    assert card.subtitle.text() == f"Saved as mine.{kind}: a plain picture, not encrypted."


def test_what_cannot_be_saved_says_why_and_leaves_nothing(qtbot, tmp_path: Path):
    card = ChartCard(ask=lambda *_: str(tmp_path / "gone" / "x.png"))
    qtbot.addWidget(card)
    card.show_picture(share_of(result(10)), "all sessions")
    card.save(FileKind.PNG)
    assert "x.png could not be written: there is no such folder." in card.subtitle.text()
    assert list(tmp_path.iterdir()) == []


def test_thinking_better_of_saving_changes_nothing(card: ChartCard):
    card.save(FileKind.PDF)
    assert card.subtitle.text() == "Shaded: in relief after a session"


def test_copying_the_picture_and_its_words(card: ChartCard):
    card.copy_picture()
    assert QGuiApplication.clipboard().image().width() > 1_000
    card.copy_words()
    assert QGuiApplication.clipboard().text() == card.chart.picture.spoken()


def test_another_picture_replaces_the_first(card: ChartCard):
    other = share_of(result(10))
    card.show_picture(other, "all sessions")
    assert card.title.text() == "Share of sessions still in relief"
    assert card.chart.height() == 244
    card.chart.point_at(3)
    assert card.subtitle.text().startswith("Day 3: 100 % still in relief")


def test_the_numbers_stand_in_the_charts_place(card: ChartCard, qtbot):
    card.chart.setFocus()
    card.as_table.trigger()
    table = card.table
    assert table is not None
    assert table.isVisible()
    assert table.hasFocus()
    assert not card.chart.isVisible()
    assert table.accessibleName() == "Low mood, day by day"
    model = table.model()
    assert model.rowCount() == len(card.chart.picture.numbers().rows)
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in range(2)] == ["Date", "Low mood"]
    card.show_picture(journey_of(result(count=2)), "other")
    assert model.rowCount() == len(journey_of(result(count=2)).numbers().rows)
    card.as_table.trigger()
    assert card.chart.isVisible()
    assert not table.isVisible()
    assert card.chart.hasFocus()


def test_the_numbers_can_be_copied(card: ChartCard):
    card.copy_numbers()
    assert QGuiApplication.clipboard().text() == card.chart.picture.numbers().as_text()


def test_the_menu_explains_only_where_there_is_something_to_explain(card: ChartCard, qtbot):
    words = [action.text() for action in card.menu.actions() if action.isVisible()]
    assert "How was this worked out?" not in words
    card.explains()
    action = next(action for action in card.menu.actions() if action.text() == "How was this worked out?")
    assert action.isVisible()
    with qtbot.waitSignal(card.explain):
        action.trigger()


def test_sessions_out_of_sight_are_dragged_stepped_and_wheeled_in(qtbot):
    found = result(count=11)
    chart = Chart()
    qtbot.addWidget(chart)
    chart.show_picture(bars_of_sessions(found, estimates(found)))
    chart.resize(382, 216)
    chart.show()
    qtbot.waitExposed(chart)
    first = chart.points()[0].session
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    qtbot.keyClick(chart, LEFT)
    assert chart.points()[0].session == found.spans[2].session_ids[-1] != first
    qtbot.keyClick(chart, LEFT)
    qtbot.keyClick(chart, LEFT)
    qtbot.keyClick(chart, LEFT)
    assert chart.points()[0].session == found.spans[0].session_ids[-1]
    assert wheel(chart, QPoint(100, 100), 0, sideways=-1200)
    assert chart.points()[-1].session == found.spans[-1].session_ids[-1]
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=QPoint(60, 100))
    qtbot.mouseMove(chart, QPoint(130, 100))
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=QPoint(130, 100))
    assert chart.points()[-1].session == found.spans[-4].session_ids[-1]
