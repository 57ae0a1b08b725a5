"""The Sessions page on a real diary: rows, relief, find and filter, sort, open, delete with undo, copy, empty."""

from datetime import date, time, timedelta
from itertools import count

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from windows import settle

from ketatrack import demo
from ketatrack.diary import reading, writing
from ketatrack.models.enums import Drug, Phase, Place, Reason, Route, VitalMoment
from ketatrack.models.records import Draft, Session, Settings, Vital
from ketatrack.ui import jobs
from ketatrack.ui.editor import Editor
from ketatrack.ui.sessions import draft
from ketatrack.ui.sessions.page import SessionsPage
from ketatrack.ui.sessions.sheet import SessionSheet
from ketatrack.ui.sessions.table import (
    DATE_COLUMN,
    DOSE_COLUMN,
    DRUG_COLUMN,
    PHASE_COLUMN,
    PRESSURE_COLUMN,
    RELIEF_COLUMN,
    ROUTE_COLUMN,
    WHY_COLUMN,
)
from ketatrack.ui.theme import tokens
from ketatrack.ui.theme.stylesheet import apply_theme
from ketatrack.ui.widgets.table import RELIEF, ReliefBar

FIRST = Session(
    day=date(2026, 10, 20),
    local_time=time(9, 0),
    route=Route.INTRAVENOUS,
    drug=Drug.KETAMINE,
    dose_mg=4050,
    phase=Phase.SERIES,
    reason=Reason.PLANNED,
    place=Place.CLINIC,
    provider="Dr Larsen",
    vitals=(Vital(moment=VitalMoment.BEFORE, systolic=131, diastolic=84),),
)
SECOND = Session(
    day=date(2026, 10, 23),
    route=Route.INTRAVENOUS,
    dose_mg=5000,
    phase=Phase.SERIES,
    phase_number=2,
    reason=Reason.SYMPTOMS,
    notes="Walked by the river afterwards",
    vitals=(Vital(systolic=153, diastolic=95), Vital(systolic=140, diastolic=99)),
)
THIRD = Session(day=date(2026, 11, 20), route=Route.SUBLINGUAL, dose_mg=15_000, phase=Phase.BOOSTER, phase_number=1)


@pytest.fixture
def editor(qapp, diary, now):
    seconds = count()
    return Editor(diary, lambda: now() + timedelta(seconds=next(seconds)))


@pytest.fixture
def page(qtbot, editor, focus_ring):
    shown = []

    def show(width=992, height=800) -> SessionsPage:
        made = SessionsPage(editor)
        shown.append(made)
        qtbot.addWidget(made)
        made.resize(width, height)
        made.show()
        made.activateWindow()
        made.refresh()
        qtbot.waitUntil(lambda: not jobs.busy())
        qtbot.wait(20)
        return made

    yield show
    jobs.drain()


@pytest.fixture
def three(editor):
    editor.edit("Log", [(None, each) for each in (FIRST, SECOND, THIRD)])


def column(page, which):
    return [page.model.index(row, which).data() for row in range(page.model.rowCount())]


def words(page):
    return [child.text() for child in page.findChildren(QLabel) if child.isVisible()]


def cell(page, row, which):
    return page.table.visualRect(page.model.index(row, which)).center()


def test_each_session_is_one_row_newest_first(page, three):
    made = page()
    assert column(made, DATE_COLUMN) == ["20 Nov 2026", "23 Oct 2026", "20 Oct 2026"]
    assert column(made, PHASE_COLUMN) == ["Booster 1", "Series 1, 2 of 2", "Series 1, 1 of 2"]
    assert column(made, ROUTE_COLUMN) == ["Sublingual", "IV", "IV"]
    assert column(made, DRUG_COLUMN) == ["", "", "ketamine"]
    assert column(made, DOSE_COLUMN) == ["150", "50", "40.5"]
    assert column(made, WHY_COLUMN) == ["–", "Symptoms back", "Planned date"]
    assert column(made, PRESSURE_COLUMN) == ["–", "153/95", "131/84"]


def test_totals_stand_below(page, three, editor):
    made = page()
    assert "3 sessions since 20 October 2026" in words(made)
    assert "2 IV, 1 sublingual" in words(made)
    assert "1 in the last 30 days" in words(made)
    assert "Highest BP 153/95, 23 Oct" in words(made)
    editor.edit("Plan", [(None, Settings(planned_sessions=2))])
    made.refresh()
    assert any(each.startswith("1 session in the last 30 days (plan: 2).") for each in words(made))


def test_more_sessions_than_planned_says_so_neutrally(page, editor, today):
    many = [Session(day=today - timedelta(days=n), route=Route.ORAL) for n in (0, 5, 29)]
    editor.edit("Log", [(None, Settings(planned_sessions=2)), *[(None, each) for each in many]])
    said = "3 sessions in the last 30 days (plan: 2). More sessions than planned – worth telling your prescriber."
    assert said in words(page())


def test_relief_is_told_in_words_and_as_a_bar(qtbot, page, editor, today):
    with editor.diary.read() as connection:
        there = {item.id for item in reading.tracked(connection)}
    made_up = [record for record in demo.records(1, 8, today) if record.id not in there]
    writing.apply(editor.diary, [(None, each) for each in made_up], today)
    made = page(1200)
    qtbot.waitUntil(lambda: any(column(made, RELIEF_COLUMN)))
    told = column(made, RELIEF_COLUMN)
    assert told[0] == "17 d so far"
    assert "part of the course" in told
    bar = made.model.index(0, RELIEF_COLUMN).data(RELIEF)
    assert isinstance(bar, ReliefBar)
    assert (bar.lower, bar.upper, bar.current) == (17, None, True)
    ended = [made.model.index(row, RELIEF_COLUMN).data(RELIEF) for row in range(len(told))]
    assert any(each is not None and each.upper is not None for each in ended)
    row = made.table.viewport().grab().toImage()
    middle = cell(made, 0, RELIEF_COLUMN).y()
    assert tokens.theme().accent in {row.pixelColor(x, middle).name().upper() for x in range(row.width())}


def test_finding_words_in_notes_and_people(qtbot, page, three):
    made = page()
    made.filter.search.setFocus()
    qtbot.keyClicks(made.filter.search, "RIVER walked")
    assert column(made, DATE_COLUMN) == ["23 Oct 2026"]
    assert "1 of 3 sessions" in words(made)
    made.filter.search.selectAll()
    qtbot.keyClicks(made.filter.search, "nobody")
    assert column(made, DATE_COLUMN) == []
    assert "No session is like that. All of them are still here." in words(made)
    made.filter.clear()
    assert len(column(made, DATE_COLUMN)) == 3


@pytest.mark.parametrize(
    ("name", "presses", "left"),
    [
        ("Time", 1, 1),
        ("Time", 2, 3),
        ("Phase", 1, 2),
        ("Phase", 2, 1),
        ("Route", 4, 1),
        ("Reason", 1, 1),
        ("Reason", 5, 1),
    ],
)
def test_filters_by_keys(qtbot, page, three, name, presses, left):
    made = page()
    choice = next(w for w in made.filter.findChildren(QWidget) if w.accessibleName() == name)
    choice.setFocus()
    for _ in range(presses):
        qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert made.model.rowCount() == left


def test_a_click_on_a_head_sorts_and_another_turns_it_round(qtbot, page, three):
    made = page()
    head = made.table.horizontalHeader()
    at = QPoint(head.sectionViewportPosition(DOSE_COLUMN) + 20, 20)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    first = column(made, DOSE_COLUMN)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert sorted([first, column(made, DOSE_COLUMN)]) == [["150", "50", "40.5"], ["40.5", "50", "150"]]
    made.refresh()
    assert column(made, DOSE_COLUMN) != first


@pytest.mark.parametrize("which", range(8))
def test_every_column_sorts(page, three, which):
    made = page()
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        made.table.sortByColumn(which, order)
        assert made.model.rowCount() == 3


def test_what_is_chosen_stays_chosen_when_the_rows_are_sorted(page, three):
    made = page()
    made.table.selectRow(0)
    assert [session.day for session in made.chosen()] == [THIRD.day]
    made.table.sortByColumn(DATE_COLUMN, Qt.SortOrder.AscendingOrder)
    assert column(made, DATE_COLUMN) == ["20 Oct 2026", "23 Oct 2026", "20 Nov 2026"]
    assert [session.day for session in made.chosen()] == [THIRD.day]


def test_sessions_that_sort_as_equal_stand_newest_first(page, three):
    made = page()
    made.table.sortByColumn(ROUTE_COLUMN, Qt.SortOrder.AscendingOrder)
    assert column(made, DATE_COLUMN) == ["23 Oct 2026", "20 Oct 2026", "20 Nov 2026"]
    made.table.sortByColumn(ROUTE_COLUMN, Qt.SortOrder.DescendingOrder)
    assert column(made, DATE_COLUMN) == ["20 Nov 2026", "23 Oct 2026", "20 Oct 2026"]


def test_enter_and_double_click_open_a_session(qtbot, page, three):
    made = page()
    opened = []
    made.open_session.connect(opened.append)
    qtbot.mouseClick(made.table.viewport(), Qt.MouseButton.LeftButton, pos=cell(made, 1, DATE_COLUMN))
    qtbot.mouseDClick(made.table.viewport(), Qt.MouseButton.LeftButton, pos=cell(made, 1, DATE_COLUMN))
    made.table.setFocus()
    made.table.selectRow(2)
    qtbot.keyClick(made.table, Qt.Key.Key_Return)
    assert [each.day for each in opened] == [SECOND.day, FIRST.day]


def test_delete_is_one_step_that_can_be_taken_back(qtbot, page, three, editor):
    made = page()
    assert not made.delete_button.isVisible()
    made.table.setFocus()
    made.table.selectRow(0)
    assert made.delete_button.isVisible()
    qtbot.keyClick(made.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(made.table, Qt.Key.Key_Delete)
    with editor.diary.read() as connection:
        assert reading.sessions(connection) == (FIRST,)
    assert editor.undo_stack.undoText() == "Delete 2 sessions"
    editor.undo_stack.undo()
    made.refresh()
    assert made.model.rowCount() == 3


def test_rows_copy_as_tab_separated_text(qtbot, page, three):
    made = page()
    made.table.setFocus()
    made.table.selectRow(1)
    qtbot.keyClick(made.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    heads, cells = QApplication.clipboard().text().split("\n")
    assert heads.split("\t")[:5] == ["Date", "Phase", "Route", "Drug", "Dose, mg"]
    assert cells.split("\t")[:5] == ["23 Oct 2026", "Series 1, 2 of 2", "IV", "", "50"]


def test_duplicating_the_last_one_opens_a_sheet_that_begins_like_it(qtbot, window):
    window.diary_view.editor.edit("Log", [(None, THIRD)])
    window.diary_view.show_page("sessions")
    settle(qtbot)
    qtbot.mouseClick(window.diary_view.page("sessions").duplicate_button, Qt.MouseButton.LeftButton)
    (sheet,) = window.diary_view.findChildren(SessionSheet)
    assert sheet.isVisible()
    assert sheet.treatment.route.value == Route.SUBLINGUAL
    sheet.close()


def test_a_session_that_was_typed_and_not_saved_is_offered_again(qtbot, page, three, editor):
    made = page()
    asked = []
    made.open_session.connect(asked.append)
    assert not made.unsaved.isVisible()
    sheet = SessionSheet(editor, made)
    sheet.show()
    qtbot.keyClick(sheet.when.day, Qt.Key.Key_Down)
    sheet.close()
    made.refresh()
    assert made.unsaved.isVisible()
    assert "The session of 22 Nov 2026 is typed in and not saved yet." in words(made)
    qtbot.mouseClick(made.unsaved.button, Qt.MouseButton.LeftButton)
    editing = SessionSheet(editor, made, SECOND)
    editing.show()
    qtbot.keyClick(editing.when.day, Qt.Key.Key_Down)
    editing.close()
    made.refresh()
    qtbot.mouseClick(made.unsaved.button, Qt.MouseButton.LeftButton)
    assert asked == [None, SECOND]
    editor.edit("Delete session", [(SECOND, None)])
    made.refresh()
    assert "The session of 22 Nov 2026 is typed in and not saved yet." in words(made)


def test_an_empty_diary_says_what_will_be_here_and_has_two_ways_to_begin(qtbot, page, editor):
    made = page()
    asked = []
    made.open_session.connect(asked.append)
    made.import_notes.connect(lambda: asked.append("older notes"))
    assert "No sessions yet" in words(made)
    assert not made.table.isVisible()
    qtbot.mouseClick(made.empty.log_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(made.empty.bring_button, Qt.MouseButton.LeftButton)
    assert asked == [None, "older notes"]
    editor.edit("Log session", [(None, FIRST)])
    made.refresh()
    assert made.table.isVisible()
    assert not made.empty.isVisible()


def test_many_sessions_scroll_below_the_head_with_the_totals_in_view(page, editor, today):
    many = [Session(day=today - timedelta(days=4 * n), route=Route.NASAL) for n in range(150)]
    editor.edit("Log", [(None, each) for each in many])
    made = page(984, 640)
    assert made.area.verticalScrollBar().maximum() == 0
    assert made.table.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize(("width", "scale", "hidden"), [(1200, 1.0, 0), (960, 1.0, 1), (1200, 2.0, 4)])
def test_columns_give_way_where_there_is_no_room(qapp, page, three, width, scale, hidden):
    apply_theme(qapp, tokens.LIGHT, scale)
    made = page(width)
    assert sum(made.table.isColumnHidden(each) for each in range(8)) == hidden
    assert not made.table.isColumnHidden(RELIEF_COLUMN)
    assert made.table.horizontalScrollBar().maximum() == 0


def test_every_control_has_a_name(page, three):
    made = page()
    focusable = [w for w in made.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [w for w in focusable if not w.accessibleName()] == []


def test_what_was_typed_into_a_deleted_session_goes_and_comes_back_with_it(qtbot, page, three, editor, now):
    payload = draft.to_json(draft.fields_of(FIRST), new=False)
    editor.write_quietly([(None, Draft(kind=draft.KIND, payload=payload, saved_at=now()))])
    made = page()
    made.table.selectRow(2)
    assert made.chosen() == [FIRST]
    made.delete_chosen()
    with editor.diary.read() as connection:
        assert reading.drafts(connection) == ()
    editor.undo_stack.undo()
    with editor.diary.read() as connection:
        assert len(reading.drafts(connection)) == 1
        assert FIRST in reading.sessions(connection)
