"""Pages read the diary again when a kind of record changes that they show, and only then."""

import re
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from windows import settle

from ketatrack import demo
from ketatrack.models import records
from ketatrack.models.records import RECORD_TYPES, Tracked
from ketatrack.models.row_mapping import CHILDREN, TABLES
from ketatrack.ui.diary_view import PAGES
from ketatrack.ui.sessions.sheet import SessionSheet

RELIEF = {
    records.Tracked,
    records.Session,
    records.CheckIn,
    records.Answers,
    records.Baseline,
    records.Rule,
    records.Settings,
}
SHOWN = {
    "today": RELIEF | {records.Appointment, records.Draft, records.EarlySign},
    "sessions": RELIEF | {records.Draft},
    "scores": {records.Answers, records.Draft, records.Session, records.Contact, records.Settings},
    "relief": RELIEF | {records.EarlySign},
    "habits": RELIEF | {records.Draft, records.EarlySign, records.HabitChoice},
    "share": set(RECORD_TYPES),
    "settings": RELIEF | {records.Draft, records.Profile, records.Contact},
}
KIND_OF = {table: kind for kind, table in TABLES.items()} | {child.table: kind for kind, child in CHILDREN.items()}


@pytest.fixture
def statements(window, monkeypatch):
    """Every statement by which the diary is read, as it runs."""
    diary, run = window.diary_view.editor.diary, []
    raw = diary.raw

    @contextmanager
    def traced():
        with raw() as connection:
            connection.set_trace_callback(run.append)
            yield connection
            connection.set_trace_callback(None)

    monkeypatch.setattr(diary, "raw", traced)
    return run


def kinds_read(statements):
    tables = {table for words in statements for table in re.findall(r"(?:FROM|JOIN) (\w+)", words)}
    return {KIND_OF[table] for table in tables if table in KIND_OF}


def change(window, kind, qtbot):
    window.diary_view.editor.changed.emit(frozenset({kind}))
    settle(qtbot)
    qtbot.wait(350)  # a page may look again when its charts are drawn
    settle(qtbot)


@pytest.mark.parametrize("name", [spec.name for spec in PAGES])
def test_a_page_reads_again_what_it_shows_and_nothing_else(window, statements, qtbot, today, name):
    held = [r for r in demo.records(1, 1, today) if not isinstance(r, Tracked) or r.name == "Piano"]
    window.diary_view.editor.edit("x", [(None, record) for record in held])
    window.diary_view.show_page(name)
    settle(qtbot)
    qtbot.wait(350)
    for kind in RECORD_TYPES:
        statements.clear()
        change(window, kind, qtbot)
        if kind is records.Draft:  # saved while one types: read on the next visit
            assert not kinds_read(statements)
            window.diary_view.show_page(name)
            settle(qtbot)
        assert bool(kinds_read(statements)) == (kind in SHOWN[name]), kind


@pytest.mark.parametrize("name", [spec.name for spec in PAGES])
def test_a_page_declares_every_kind_that_it_reads(window, statements, qtbot, today, name):
    held = [r for r in demo.records(1, 1, today) if not isinstance(r, Tracked) or r.name == "Piano"]
    window.diary_view.editor.edit("x", [(None, record) for record in held])
    settle(qtbot)
    statements.clear()
    window.diary_view.show_page(name)
    window.diary_view.page(name).refresh()
    settle(qtbot)
    read = kinds_read(statements)
    assert read
    assert read <= window.diary_view.page(name).shows


def test_a_session_that_was_typed_and_not_saved_is_offered_once_its_sheet_is_closed(window, qtbot):
    window.diary_view.show_page("sessions")
    window.diary_view.open_session()
    (sheet,) = window.diary_view.findChildren(SessionSheet)
    qtbot.keyClick(sheet.when.day, Qt.Key.Key_Down)
    sheet.close()
    assert window.diary_view.page("sessions").unsaved.isVisible()


def test_a_change_that_a_page_shows_is_read_when_it_is_visited_again(window, statements, qtbot):
    window.diary_view.show_page("relief")
    settle(qtbot)
    window.diary_view.show_page("settings")
    settle(qtbot)
    change(window, records.Contact, qtbot)
    statements.clear()
    window.diary_view.show_page("relief")
    settle(qtbot)
    assert not kinds_read(statements)
    window.diary_view.show_page("settings")
    change(window, records.Rule, qtbot)
    statements.clear()
    window.diary_view.show_page("relief")
    settle(qtbot)
    assert records.Rule in kinds_read(statements)
