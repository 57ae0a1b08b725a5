"""The Relief page in a real window, on a real diary, with real keys and clicks."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ketatrack import demo
from ketatrack.analysis.sentences import not_a_forecast
from ketatrack.diary import database, reading, writing
from ketatrack.diary.database import Diary
from ketatrack.models.enums import BaselineSource, Reason, Route, RuleKind
from ketatrack.models.records import Baseline, CheckIn, Rule, Session, Value
from ketatrack.models.tracked import built_in
from ketatrack.ui import jobs
from ketatrack.ui.editor import Editor
from ketatrack.ui.relief.page import ReliefPage
from ketatrack.ui.theme import tokens
from ketatrack.ui.theme.stylesheet import apply_theme

TODAY = date(2026, 11, 23)
MOOD, ENERGY = built_in()[0], built_in()[3]
Show = Callable[..., ReliefPage]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up person's two years, as a file."""
    path = tmp_path_factory.mktemp("lived") / "d.ketatrack"
    made = database.create(path, "a few unrelated words")
    demo.fill(made, demo.YEARS, demo.SEED, TODAY)
    made.close()
    return path


@pytest.fixture
def two_years(lived: Path, tmp_path: Path) -> Iterator[Diary]:
    copy = tmp_path / "two_years.ketatrack"
    copy.write_bytes(lived.read_bytes())
    opened = database.open_diary(copy, "a few unrelated words")
    yield opened
    jobs.drain()
    opened.close()


@pytest.fixture
def show(qtbot: QtBot, now: Callable[[], datetime]) -> Show:
    """Put the page into a window of its own and wait for its numbers."""

    seconds = count()

    def shown(diary: Diary, width: int = 992, height: int = 800) -> ReliefPage:
        page = ReliefPage(Editor(diary, lambda: now() + timedelta(seconds=next(seconds))))
        page.editor.changed.connect(page.refresh)
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        qtbot.waitExposed(page)
        page.refresh()
        qtbot.waitUntil(lambda: page.relief_content is not None)
        QApplication.processEvents()
        return page

    return shown


def after(qtbot: QtBot, page: ReliefPage, act: Callable[[], object]) -> None:
    """Do something and wait until new numbers are shown."""
    before = page.relief_content
    act()
    qtbot.waitUntil(lambda: page.relief_content is not before)


def rated(day: date, value: int, key: str = "low_mood") -> CheckIn:
    identity = next(item.id for item in built_in() if item.key == key)
    return CheckIn(day=day, values=(Value(tracked_id=identity, hundredths=100 * value),))


def one_session(diary: Diary) -> Session:
    """Five bad days, one session, eight good days; no baseline stored."""
    session = Session(day=TODAY - timedelta(days=9), route=Route.NASAL, dose_mg=8_400, reason=Reason.PLANNED)
    entries = [rated(TODAY - timedelta(days=n), 7 if n > 9 else 2) for n in range(1, 15)]
    writing.apply(diary, [(None, each) for each in (session, *entries)], TODAY)
    return session


def test_the_page_says_everything_the_result_says(show: Show, two_years: Diary) -> None:
    page = show(two_years)
    assert page.headline.sentence.accessibleName().startswith("After the sessions recorded here, relief lasted about ")
    assert "<span style=" in page.headline.sentence.text()
    assert page.headline.now.text().startswith("Day 17 since your last session. In your sessions so far")
    assert page.headline.counts.text() == "23 followed, 16 ends"
    assert page.foot.text() == not_a_forecast()
    assert page.foot.isVisible()
    cards = page.cards()
    assert cards.journey.chart.accessibleDescription().startswith("Low mood from 24 Nov 2025 to 23 Nov 2026")
    assert "Half had faded by day" in cards.share.chart.accessibleDescription()
    assert not cards.nothing.isVisible()


def test_the_table_has_a_row_for_each_course_newest_first(show: Show, two_years: Diary) -> None:
    page = show(two_years)
    table, result = page.cards().spans.table, page.relief_content.relief if page.relief_content else None
    assert result is not None
    model = table.model()
    rows = [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]
    assert len(rows) == len(result.spans)
    assert rows[0] == ["6 Nov 2026", "IM 70 mg", "17 d so far", "in relief so far", ""]
    assert rows[-1][1] == "IV 40 mg, last of 6"
    assert {row[3] for row in rows} >= {"faded", "no response", "in relief so far"}
    assert {row[4] for row in rows} >= {"Symptoms back", "Planned date"}
    assert all(model.index(row, 2).data(Qt.ItemDataRole.ToolTipRole) for row in range(len(rows)))
    assert rows[[row[3] for row in rows].index("no response")][2] == "–"


def test_enter_in_the_table_opens_the_session(show: Show, two_years: Diary, qtbot: QtBot) -> None:
    page = show(two_years)
    spans = page.cards().spans
    page.area.ensureWidgetVisible(spans)
    spans.table.selectRow(1)
    with qtbot.waitSignal(page.open_session) as opened:
        qtbot.keyClick(spans.table, Qt.Key.Key_Return)
    assert opened.args == [spans.model.rows[1].session_ids[-1]]


def test_the_table_copies_as_tab_separated_text(show: Show, two_years: Diary, qtbot: QtBot) -> None:
    page = show(two_years)
    table = page.cards().spans.table
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, row = QGuiApplication.clipboard().text().split("\n")
    assert head == "Session\tTreatment\tRelief\tHow it ended\tNext session because"
    assert row.startswith("6 Nov 2026\tIM 70 mg\t17 d so far\tin relief so far")


def test_a_click_on_a_sessions_mark_opens_it(show: Show, two_years: Diary, qtbot: QtBot) -> None:
    page = show(two_years)
    chart = page.cards().journey.chart
    mark = next(point for point in reversed(chart.points()) if point.stop)
    with qtbot.waitSignal(page.open_session) as opened:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(mark.x), round(mark.y)))
    assert opened.args == [mark.session]


def test_the_period_narrows_the_journey_and_nothing_else(show: Show, two_years: Diary, qtbot: QtBot) -> None:
    page = show(two_years)
    found, chart, share = page.relief_content, page.cards().journey.chart, page.cards().share.chart
    before = share.picture
    lengths = []
    buttons = {child.accessibleName(): child for child in page.controls.period.findChildren(QAbstractButton)}
    for words in ("3 months", "6 months", "12 months", "Everything"):
        qtbot.mouseClick(buttons[f"Period: {words}"], Qt.MouseButton.LeftButton)
        lengths.append((chart.picture.last - chart.picture.first).days)  # type: ignore[union-attr]
    assert lengths == [91, 183, 364, 730]
    assert page.relief_content is found
    assert share.picture is before


def test_another_measure_is_shown_with_its_own_rules(show: Show, two_years: Diary, qtbot: QtBot) -> None:
    page = show(two_years)
    assert [page.controls.measure.itemText(n) for n in range(page.controls.measure.count())] == [
        "Low mood, daily",
        "Anxiety, daily",
        "Pain, daily",
        "Energy, daily",
        "PHQ-9",
        "GAD-7",
        "PEG",
    ]
    after(qtbot, page, lambda: choose(qtbot, page.controls.measure, "PHQ-9"))
    assert page.relief_content is not None
    assert page.relief_content.relief.measure.key == "phq9"
    assert page.controls.rule.findText("below 5 (remission)") >= 0
    assert "weekly scores alone" in page.cards().cautions.words()
    assert page.headline.sentence.accessibleName().startswith("After the sessions recorded here, relief lasted")
    assert page.relief_content.share.boxes is not None


def choose(qtbot: QtBot, combo: QComboBox, words: str) -> None:
    """Choose by keys, as a person does without a mouse."""
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(combo.findText(words)):
        qtbot.keyClick(combo, Qt.Key.Key_Down)


def test_the_rule_is_changed_through_the_diary_and_can_be_taken_back(
    show: Show, two_years: Diary, qtbot: QtBot
) -> None:
    page = show(two_years)
    after(qtbot, page, lambda: choose(qtbot, page.controls.rule, "at least 30 % below baseline"))
    with two_years.read() as connection:
        (rule,) = reading.rules(connection)
    assert (rule.measure, rule.kind, rule.value) == ("low_mood", RuleKind.THIRTY_PERCENT, None)
    assert page.editor.undo_stack.undoText() == "Change when it counts as relief"
    after(qtbot, page, page.editor.undo_stack.undo)
    with two_years.read() as connection:
        assert reading.rules(connection) == ()
    assert page.controls.rule.currentText() == "at most half of baseline"


def test_a_limit_of_ones_own_begins_at_the_relief_line(show: Show, two_years: Diary, qtbot: QtBot) -> None:
    page = show(two_years)
    page.controls.rule.value = RuleKind.AT_MOST
    after(qtbot, page, lambda: page.controls.rule.changed.emit(RuleKind.AT_MOST))
    field = page.controls.limit
    assert field is not None
    assert field.isVisible()
    assert field.value == 320
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "2.5")
    after(qtbot, page, lambda: qtbot.keyClick(field, Qt.Key.Key_Return))
    with two_years.read() as connection:
        assert reading.rules(connection)[-1].value == 250
    assert "In relief at 2.5 or lower" in page.cards().origin.words()


def test_the_limit_of_peg_is_written_as_its_mean(show: Show, two_years: Diary, qtbot: QtBot) -> None:
    page = show(two_years)
    after(qtbot, page, lambda: page.show_measure("peg"))
    after(qtbot, page, lambda: page.controls.rule_changed.emit(RuleKind.AT_MOST, 1200))
    assert page.controls.limit is not None
    assert page.controls.limit.value == 400
    page.controls.limit.setText("4.5")
    after(qtbot, page, page.controls.limit.commit)
    with two_years.read() as connection:
        assert reading.rules(connection)[-1].value == 1350


def test_a_refused_rule_leaves_the_page_as_it_was(show: Show, two_years: Diary, qtbot: QtBot) -> None:
    page = show(two_years)
    with two_years.write() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with qtbot.waitSignal(page.editor.refused):
        choose(qtbot, page.controls.rule, "at least 30 % below baseline")
    assert page.controls.rule.currentText() == "at most half of baseline"


def test_a_computed_baseline_is_in_use_marked_until_it_is_accepted(show: Show, diary: Diary, qtbot: QtBot) -> None:
    one_session(diary)
    page = show(diary)
    offer, origin = page.cards().offer, page.cards().origin
    assert "these numbers use 7, from your 5 entries of 7 Nov 2026 to 13 Nov 2026." in offer.words.text()
    assert page.cards().spans.model.index(0, 2).data() == "8 d so far"
    assert offer.accept.text() == "Use 7 as your baseline"
    after(qtbot, page, lambda: qtbot.mouseClick(offer.accept, Qt.MouseButton.LeftButton))
    with diary.read() as connection:
        (baseline,) = reading.baselines(connection)
    assert (baseline.value, baseline.source, baseline.readings) == (Fraction(7), BaselineSource.COMPUTED, 5)
    assert page.editor.undo_stack.undoText() == "Accept baseline"
    assert not offer.isVisible()
    assert "Baseline 7, computed from 5 readings, 7 Nov 2026 to 13 Nov 2026." in origin.words()
    assert page.cards().spans.model.index(0, 2).data() == "8 d so far"
    jobs.drain()


def test_one_session_says_what_is_missing(show: Show, diary: Diary) -> None:
    one_session(diary)
    page = show(diary)
    assert page.headline.sentence.accessibleName() == (
        "Not enough sessions yet to say how long relief lasts for you: 1 followed, 0 ends seen; 3 and 2 are needed."
    )
    assert page.cards().share.chart.accessibleDescription().endswith("1 of 5 sessions followed, 0 of 3 ends seen")


def test_too_few_readings_for_a_baseline_point_to_settings(show: Show, diary: Diary) -> None:
    session = Session(day=TODAY - timedelta(days=9), route=Route.ORAL)
    writing.apply(diary, [(None, session), (None, rated(TODAY, 3))], TODAY)
    page = show(diary)
    assert page.cards().offer.isVisible()
    assert "You can type one in under Settings." in page.cards().offer.words.text()
    assert not page.cards().offer.accept.isVisible()


def test_an_empty_diary_says_how_to_begin(show: Show, diary: Diary, qtbot: QtBot) -> None:
    page = show(diary)
    cards = page.cards()
    assert cards.nothing.isVisible()
    assert page.title.isVisible()
    for hidden in (
        cards.journey,
        cards.overlaid,
        cards.share,
        cards.origin,
        cards.spans,
        page.controls,
        page.headline,
        page.foot,
    ):
        assert not hidden.isVisible()
    with qtbot.waitSignal(page.open_session) as opened:
        qtbot.mouseClick(cards.nothing.log, Qt.MouseButton.LeftButton)
    assert opened.args == [None]


def test_notes_from_long_ago_without_any_session_are_shown_whole(show: Show, diary: Diary) -> None:
    entries = [rated(date(2013, 1, 1) + timedelta(days=n), n % 10) for n in range(239)]
    writing.apply(diary, [(None, entry) for entry in entries], TODAY)
    page = show(diary)
    picture = page.cards().journey.chart.picture
    assert picture is not None
    assert (picture.first, picture.last) == (date(2013, 1, 1), date(2013, 8, 27))  # type: ignore[attr-defined]
    assert len(picture.visible) == 239  # type: ignore[attr-defined]
    assert page.headline.now.text() == ""


def test_the_first_measure_with_entries_is_shown(show: Show, diary: Diary) -> None:
    writing.apply(diary, [(None, rated(TODAY, 6, "energy"))], TODAY)
    page = show(diary)
    assert page.key == "energy"
    assert page.controls.rule.itemText(2) == "at least a number you choose"


def test_a_late_answer_is_dropped(show: Show, two_years: Diary, qtbot: QtBot) -> None:
    page = show(two_years)
    shown: list[str] = []
    original = page._show
    page._show = lambda found: (shown.append(found.relief.measure.key), original(found))  # type: ignore[method-assign,assignment]
    page.show_measure("anxiety")
    page.show_measure("pain")
    qtbot.waitUntil(lambda: shown == ["pain"])


def test_what_cannot_be_read_is_said_in_the_headline(show: Show, two_years: Diary, qtbot: QtBot) -> None:
    page = show(two_years)
    two_years.path.write_bytes(b"\x00" * two_years.path.stat().st_size)
    two_years._let_connections_go()
    page.refresh()
    qtbot.waitUntil(lambda: not page.headline.counts.isVisible())
    assert page.headline.sentence.accessibleName()
    assert "Traceback" not in page.headline.sentence.accessibleName()


def test_how_was_this_worked_out_brings_the_card_into_view(show: Show, two_years: Diary, qtbot: QtBot) -> None:
    page = show(two_years, width=736, height=640)
    assert page.area.verticalScrollBar().value() == 0
    qtbot.mouseClick(page.headline.link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.area.verticalScrollBar().value() > 0)
    origin = page.cards().origin
    top = origin.mapTo(page.area.viewport(), QPoint(0, 0)).y()
    assert 0 <= top < page.area.viewport().height()


@pytest.mark.parametrize(("width", "beside"), [(992, True), (736, False)])
def test_the_two_cards_stand_side_by_side_where_there_is_room(
    show: Show, two_years: Diary, width: int, beside: bool
) -> None:
    page = show(two_years, width=width)
    cards = page.cards()
    QApplication.processEvents()
    assert (cards.overlaid.y() == cards.share.y()) == beside
    assert page.area.horizontalScrollBar().maximum() == 0


def test_a_click_on_a_bar_opens_its_session(show: Show, two_years: Diary, qtbot: QtBot) -> None:
    page = show(two_years)
    chart = page.cards().session_bars.chart
    last = chart.points()[-1]
    assert chart.accessibleDescription().startswith("Days of relief after each session. The headline says about ")
    with qtbot.waitSignal(page.open_session) as opened:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(last.x), round(last.y) + 3))
    assert opened.args[0] == last.session


def test_groups_stand_side_by_side_as_chosen(show: Show, two_years: Diary, qtbot: QtBot) -> None:
    page = show(two_years)
    card = page.cards().sides
    qtbot.waitUntil(card.isVisible)
    assert card.by.value == "Route"
    warning = "Different sessions differ in more than the route. This comparison cannot show which route works better."
    assert card.chart.accessibleDescription().endswith(warning)
    offered = [side.by for side in page.relief_content.sides] if page.relief_content else []
    assert "Dose" in offered
    card.by.setFocus()
    qtbot.keyClick(card.by, Qt.Key.Key_End)
    assert card.by.value == offered[-1]
    assert card.chart.accessibleDescription().startswith(f"Side by side, {offered[-1]}")
    after(qtbot, page, lambda: page.show_measure("anxiety"))
    assert card.by.value == offered[-1]


def test_colours_follow_the_theme(show: Show, two_years: Diary, qapp: QApplication) -> None:
    page = show(two_years)
    apply_theme(qapp, tokens.DARK)
    QApplication.processEvents()
    assert tokens.DARK.text in page.headline.sentence.text()
    assert tokens.LIGHT.text not in page.headline.sentence.text()


def test_every_control_has_a_name(show: Show, two_years: Diary) -> None:
    page = show(two_years)
    focusable = [
        child
        for child in page.findChildren(QWidget)
        if child.focusPolicy() != Qt.FocusPolicy.NoFocus
        and child.isVisibleTo(page)
        and not isinstance(child, QLineEdit)
    ]
    nameless = [
        each for each in focusable if not each.accessibleName() and each.objectName() != "qt_scrollarea_viewport"
    ]
    assert len(focusable) > 8
    assert [type(each).__name__ for each in nameless] == []
    names = {button.accessibleName() for button in page.controls.period.findChildren(QAbstractButton)}
    assert names == {"Period: 3 months", "Period: 6 months", "Period: 12 months", "Period: Everything"}


def test_matplotlib_arrives_with_the_first_visit_only(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = "import sys, ketatrack.ui.relief.page; print('matplotlib' in sys.modules, 'numpy' in sys.modules)"
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout == "False False\n"


def test_baselines_that_are_too_low_show_raw_scores(show: Show, diary: Diary, now: Callable[[], datetime]) -> None:
    one_session(diary)
    low = Baseline(measure="low_mood", value=Fraction(3), source=BaselineSource.TYPED, recorded_at=now())
    writing.apply(diary, [(None, low)], TODAY)
    page = show(diary)
    assert "too low for a percentage" in page.cards().cautions.words()
    assert page.cards().journey.chart.picture.relief_line is None  # type: ignore[union-attr]


def test_a_rule_without_baseline_counts_at_once(show: Show, diary: Diary, now: Callable[[], datetime]) -> None:
    one_session(diary)
    rule = Rule(measure="low_mood", kind=RuleKind.AT_MOST, value=300, recorded_at=now())
    writing.apply(diary, [(None, rule)], TODAY)
    page = show(diary)
    assert page.cards().spans.model.index(0, 2).data() == "8 d so far"


def test_what_did_not_change_keeps_its_zoom(show: Show, two_years: Diary, qtbot: QtBot) -> None:
    page = show(two_years)
    chart = page.cards().journey.chart
    whole = chart.picture
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    zoomed = chart.picture
    assert zoomed != whole
    after(qtbot, page, page.refresh)
    assert chart.picture is zoomed
    entry = rated(TODAY - timedelta(days=1), 9)
    after(qtbot, page, lambda: page.editor.edit("Check in", [(None, entry)]))
    assert chart.picture not in (zoomed, whole)
