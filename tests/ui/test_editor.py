"""Every change is a named step that can be taken back, across kinds of records; refusals leave no step behind."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ketatrack.diary import reading
from ketatrack.models.enums import AppointmentKind, Route
from ketatrack.models.records import Appointment, CheckIn, Draft, HabitChoice, Session, Settings
from ketatrack.ui.editor import Editor


class Clock:
    def __init__(self, start: datetime) -> None:
        self.time = start

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock(now):
    return Clock(now())


@pytest.fixture
def editor(qapp, diary, clock):
    return Editor(diary, clock)


def held(editor):
    with editor.diary.read() as connection:
        return reading.check_ins(connection)


def test_named_undo_and_redo(editor, today, qtbot):
    entry = CheckIn(day=today, note="one")
    with qtbot.waitSignal(editor.changed) as told:
        assert editor.edit("Log check-in", [(None, entry)])
    assert told.args == [frozenset({CheckIn})]
    assert editor.undo_stack.undoText() == "Log check-in"
    editor.undo_stack.undo()
    assert held(editor) == ()
    editor.undo_stack.redo()
    assert held(editor) == (entry,)


def test_an_older_step_stays_valid_after_a_deletion_is_undone(editor, today):
    first = Session(day=today, route=Route.ORAL)
    second = Session(id=first.id, day=today, route=Route.NASAL)
    editor.edit("Log session", [(None, first)])
    editor.edit("Edit session", [(first, second)])
    editor.edit("Delete session", [(second, None)])
    for _ in range(3):
        editor.undo_stack.undo()
    for _ in range(3):
        editor.undo_stack.redo()
    with editor.diary.read() as connection:
        assert reading.sessions(connection) == ()
    editor.undo_stack.undo()
    with editor.diary.read() as connection:
        assert reading.sessions(connection) == (second,)


def test_nothing_to_do_is_no_step(editor, today):
    entry = CheckIn(day=today)
    assert editor.edit("Nothing", [(entry, entry)])
    assert editor.undo_stack.count() == 0


def test_a_refused_change_leaves_no_step_and_is_told(editor, today, qtbot):
    with qtbot.waitSignal(editor.refused) as told:
        assert not editor.edit("Log session", [(None, Session(day=today + timedelta(days=9), route=Route.ORAL))])
    assert "not be later than tomorrow" in told.args[0]
    assert editor.undo_stack.count() == 0


def test_typing_without_a_pause_is_one_step(editor, today, clock):
    versions = [CheckIn(day=today, note=text) for text in ("", "a", "ab", "abc", "abcd")]
    entries = [CheckIn(id=versions[0].id, day=today, note=v.note) for v in versions]
    editor.edit("Log check-in", [(None, entries[0])])
    for before, after, pause in zip(entries[:-1], entries[1:], (1, 1, 3, 1), strict=True):
        clock.time += timedelta(seconds=pause)
        editor.edit("Edit note", [(before, after)], merge=f"note {after.id}")
    assert editor.undo_stack.count() == 3
    editor.undo_stack.undo()
    assert held(editor) == (entries[2],)
    editor.undo_stack.undo()
    assert held(editor) == (entries[0],)


def test_typing_back_to_the_start_leaves_no_step(editor, today):
    first = CheckIn(day=today, note="")
    second = CheckIn(id=first.id, day=today, note="x")
    editor.edit("Log check-in", [(None, first)])
    editor.edit("Edit note", [(first, second)], merge="note")
    editor.edit("Edit note", [(second, first)], merge="note")
    assert editor.undo_stack.count() == 1
    assert held(editor) == (first,)


def test_drafts_are_no_step(editor, today):
    plan = Appointment(kind=AppointmentKind.VISIT, day=today)
    assert editor.write_quietly([(None, plan)])
    assert editor.undo_stack.count() == 0


@pytest.mark.parametrize(("hour", "start", "back"), [(3, 240, 1), (4, 240, 0), (3, 0, 0), (5, 360, 1)])
def test_the_day_begins_when_the_setting_says(editor, clock, hour, start, back):
    clock.time = clock.time.replace(hour=hour, minute=0)
    editor.edit("Change day start", [(None, Settings(day_start_minutes=start))])
    assert editor.today() == clock.time.date() - timedelta(days=back)


def limit_pages(editor, more: int) -> None:
    """Let the file grow by so many pages and no further, as a full disk does."""
    with editor.diary.write() as connection:
        held = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {held + more}")


def test_a_step_that_finds_no_room_stays_to_be_tried_again(editor, today, clock, qtbot):
    entry = CheckIn(day=today, note="x" * 200_000)
    editor.edit("Log check-in", [(None, entry)])
    editor.edit("Delete check-in", [(entry, None)])
    # A draft takes the room that the deletion left.
    editor.write_quietly([(None, Draft(kind="session", payload="y" * 200_000, saved_at=clock()))])
    limit_pages(editor, 0)
    with qtbot.waitSignal(editor.refused, check_params_cb=lambda said: "full" in said):
        assert not editor.step(back=True)
    assert held(editor) == ()
    assert editor.undo_stack.undoText() == "Delete check-in"
    assert not editor.undo_stack.canRedo()
    limit_pages(editor, 1000)
    assert editor.step(back=True)
    assert held(editor) == (entry,)
    assert editor.step(back=False)
    assert held(editor) == ()


def test_typing_elsewhere_is_a_step_of_its_own(editor, today):
    first, second = CheckIn(day=today), CheckIn(day=today)
    editor.edit("Log check-ins", [(None, first), (None, second)])
    editor.edit("Edit note", [(first, replace(first, note="a"))], merge="note")
    editor.edit("Edit note", [(second, replace(second, note="b"))], merge="note")
    editor.edit("Edit time", [(replace(second, note="b"), replace(second, note="c"))], merge="time")
    assert editor.undo_stack.count() == 4
    editor.undo_stack.undo()
    editor.undo_stack.undo()
    assert {entry.note for entry in held(editor)} == {"a", ""}


def test_what_is_recorded_comes_after_all_there_is_though_the_clock_was_set_back(editor, clock):
    assert editor.moment_to_record() == clock.time
    later = clock.time + timedelta(days=1)
    editor.edit("Choose habits", [(None, HabitChoice(recorded_at=later))])
    assert editor.moment_to_record() == later + timedelta(microseconds=1)


def test_an_entry_has_the_offset_of_the_clock(editor, clock):
    assert editor.offset_minutes() == 60
    clock.time = clock.time.replace(tzinfo=None)
    assert editor.offset_minutes() is None


def test_an_error_that_nobody_foresaw_is_a_refusal_too(editor, today, qtbot):
    with editor.diary.raw() as connection:
        connection.execute("DROP TABLE check_in")
    with qtbot.capture_exceptions() as raised, qtbot.waitSignal(editor.refused) as refused:
        assert not editor.edit("Log check-in", [(None, CheckIn(day=today, note="one"))])
    assert "Something went wrong inside KetaTrack" in refused.args[0]
    assert raised
    assert not editor.undo_stack.canUndo()


def test_a_deletion_can_be_taken_back_with_the_clock_set_back(editor, today):
    entry = CheckIn(day=today, note="one")
    editor.edit("Log check-in", [(None, entry)])
    editor.edit("Delete check-in", [(entry, None)])
    now = editor.now()
    editor.now = lambda: now - timedelta(days=400)
    assert editor.step(back=True)
    with editor.diary.read() as connection:
        assert reading.check_ins(connection) == (entry,)
    assert editor.step(back=False)
    assert editor.step(back=True)
