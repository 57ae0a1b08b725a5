"""The one write path: whole or not at all, undone exactly, and never silently over a change it did not see."""

import os
import resource
import signal
import subprocess
import sys
import textwrap
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from another_user import needs_root, open_the_way, run_as_nobody
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.exc import IntegrityError
from strategies import any_record, sessions

from ketatrack.diary import database, reading, writing
from ketatrack.errors import DiaryChanged, InvalidValue, StorageFull
from ketatrack.models import records
from ketatrack.models.enums import AppointmentKind, Route
from ketatrack.models.records import Appointment, CheckIn, Session, Value, built_in_id

ROOT = Path(__file__).resolve().parents[2]


def everything(diary) -> dict[UUID, records.Record]:
    with diary.read() as connection:
        return {r.id: r for kind in records.RECORD_TYPES for r in reading.load(connection, kind)}


def test_one_transaction_or_nothing(diary, today):
    good, bad = CheckIn(day=today), CheckIn(day=today, values=(Value(tracked_id=UUID(int=7), hundredths=1),))
    before = everything(diary)
    with pytest.raises(InvalidValue, match="does not track"):
        writing.apply(diary, [(None, good), (None, bad)], today)
    assert everything(diary) == before


def test_a_stale_edit_is_refused(diary, today):
    first = CheckIn(day=today, note="a")
    second = CheckIn(id=first.id, day=today, note="b")
    third = CheckIn(id=first.id, day=today, note="c")
    writing.apply(diary, [(None, first)], today)
    writing.apply(diary, [(first, second)], today)
    with pytest.raises(DiaryChanged):
        writing.apply(diary, [(first, third)], today)
    with pytest.raises(DiaryChanged):
        writing.apply(diary, [(first, None)], today)
    with pytest.raises(DiaryChanged):
        writing.apply(diary, [(None, third)], today)
    assert everything(diary)[first.id] == second


def test_nothing_to_do_writes_nothing(diary, today):
    entry = CheckIn(day=today)
    writing.apply(diary, [(None, entry)], today)
    with diary.read() as connection:
        count = reading.change_count(connection)
    writing.apply(diary, [(entry, entry), (None, None)], today)
    with diary.read() as connection:
        assert reading.change_count(connection) == count


@pytest.mark.parametrize(("ahead", "allowed"), [(0, True), (1, True), (2, False)])
def test_dates_up_to_tomorrow(diary, today, ahead, allowed):
    session = Session(day=today + timedelta(days=ahead), route=Route.ORAL)
    if allowed:
        writing.apply(diary, [(None, session)], today)
    else:
        with pytest.raises(InvalidValue, match="not be later than tomorrow"):
            writing.apply(diary, [(None, session)], today)


def test_appointments_up_to_ten_years(diary, today):
    for ahead, allowed in ((3653, True), (3654, False)):
        plan = Appointment(kind=AppointmentKind.VISIT, day=today + timedelta(days=ahead))
        if allowed:
            writing.apply(diary, [(None, plan)], today)
        else:
            with pytest.raises(InvalidValue):
                writing.apply(diary, [(None, plan)], today)


@pytest.mark.parametrize(("key", "hundredths"), [("low_mood", 1001), ("sleep_hours", 2401), ("exercise", 144_001)])
def test_values_must_fit_what_is_tracked(diary, today, key, hundredths):
    limit = CheckIn(day=today, values=(Value(tracked_id=built_in_id(key), hundredths=hundredths - 1),))
    writing.apply(diary, [(None, limit)], today)
    over = CheckIn(day=today, values=(Value(tracked_id=built_in_id(key), hundredths=hundredths),))
    with pytest.raises(InvalidValue, match="must be from 0 to"):
        writing.apply(diary, [(None, over)], today)


def test_a_tracked_habit_in_use_cannot_be_deleted(diary, today):
    entry = CheckIn(day=today, values=(Value(tracked_id=built_in_id("pain"), hundredths=300),))
    writing.apply(diary, [(None, entry)], today)
    pain = everything(diary)[built_in_id("pain")]
    with pytest.raises(IntegrityError):
        writing.apply(diary, [(pain, None)], today)
    assert everything(diary)[pain.id] == pain


class Undo(RuleBasedStateMachine):
    """Add, edit, delete, undo and redo in any order, against a plain dictionary."""

    diary: database.Diary
    today = None

    @initialize()
    def start(self) -> None:
        self.model = dict(everything(self.diary))
        self.first = dict(self.model)
        self.done: list[tuple[writing.Pair, ...]] = []
        self.undone: list[tuple[writing.Pair, ...]] = []

    def _do(self, pairs: tuple[writing.Pair, ...]) -> None:
        writing.apply(self.diary, pairs, self.today)
        for before, after in pairs:
            self.model.pop((before or after).id, None)
            if after is not None:
                self.model[after.id] = after

    @rule(record=any_record)
    def add(self, record) -> None:
        if record.id in self.model:
            return
        pairs = ((None, record),)
        self._do(pairs)
        self.done.append(pairs)
        self.undone.clear()

    @rule(data=st.data())
    def edit(self, data) -> None:
        held = [r for r in self.model.values() if isinstance(r, Session)]
        if not held:
            return
        before = data.draw(st.sampled_from(held))
        new = data.draw(sessions)
        after = Session(**{name: getattr(new, name) for name in Session.__slots__ if name != "id"}, id=before.id)
        if after != before:
            pairs = ((before, after),)
            self._do(pairs)
            self.done.append(pairs)
            self.undone.clear()

    @rule(data=st.data())
    def delete(self, data) -> None:
        held = [r for r in self.model.values() if not isinstance(r, records.Tracked)]
        if held:
            pairs = ((data.draw(st.sampled_from(held)), None),)
            self._do(pairs)
            self.done.append(pairs)
            self.undone.clear()

    @rule()
    def undo(self) -> None:
        if self.done:
            pairs = self.done.pop()
            self._do(writing.inverse(pairs))
            self.undone.append(pairs)

    @rule()
    def redo(self) -> None:
        if self.undone:
            pairs = self.undone.pop()
            self._do(pairs)
            self.done.append(pairs)

    @invariant()
    def the_diary_says_the_same(self) -> None:
        assert everything(self.diary) == self.model

    def teardown(self) -> None:
        while self.done:
            self._do(writing.inverse(self.done.pop()))
        assert everything(self.diary) == self.first


def test_any_order_of_changes_undoes_to_the_start(diary, today):
    Undo.diary, Undo.today = diary, today
    settings_ = settings(
        max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
    )
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(Undo, settings=settings_)


def test_a_full_disk_loses_nothing(diary, today):
    kept = CheckIn(day=today, note="kept")
    writing.apply(diary, [(None, kept)], today)
    with diary.write() as connection:
        (pages,) = connection.exec_driver_sql("PRAGMA page_count").one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    before = everything(diary)
    with pytest.raises(StorageFull, match="full or failing"):
        writing.apply(diary, [(None, CheckIn(day=today, note="x" * 50_000))], today)
    assert everything(diary) == before


def test_a_file_that_may_not_grow_loses_nothing(diary_path, passphrase, today):
    code = f"""
        import resource
        from datetime import date
        from pathlib import Path
        from ketatrack.diary import database, reading, writing
        from ketatrack.errors import StorageFull
        from ketatrack.models.records import CheckIn
        path, today = Path({str(diary_path)!r}), date.fromisoformat({today.isoformat()!r})
        diary = database.open_diary(path, {passphrase!r})
        writing.apply(diary, [(None, CheckIn(day=today, note="kept"))], today)
        size = path.stat().st_size + 8192
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        try:
            writing.apply(diary, [(None, CheckIn(day=today, note="x" * 200_000))], today)
        except StorageFull as error:
            print(error)
        diary.close()
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert "full or failing" in done.stdout
    diary = database.open_diary(diary_path, passphrase)
    with diary.read() as connection:
        assert [entry.note for entry in reading.check_ins(connection)] == ["kept"]
    diary.close()
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


@needs_root
def test_a_folder_that_turns_read_only_loses_nothing(tmp_path, diary_path, passphrase, today):
    open_the_way(tmp_path)
    os.chown(diary_path.parent, 65534, 65534)
    os.chown(diary_path, 65534, 65534)
    printed = run_as_nobody(
        f"""
        from datetime import date
        from ketatrack.models.records import CheckIn
        today = date.fromisoformat({today.isoformat()!r})
        diary = database.open_diary(Path({str(diary_path)!r}), {passphrase!r})
        writing.apply(diary, [(None, CheckIn(day=today, note="kept"))], today)
        os.chmod({str(diary_path.parent)!r}, 0o555)
        try:
            writing.apply(diary, [(None, CheckIn(day=today, note="lost?"))], today)
        except KetaTrackError as error:
            print(type(error).__name__)
        """
    )
    assert "ReadOnlyPlace" in printed
    diary_path.parent.chmod(0o755)
    diary = database.open_diary(diary_path, passphrase)
    with diary.read() as connection:
        assert [entry.note for entry in reading.check_ins(connection)] == ["kept"]
    diary.close()


def _writer(path: Path, passphrase: str, today) -> subprocess.Popen[str]:
    """A process that writes check-ins numbered from 0 and says each number once it is acknowledged."""
    code = f"""
        import sys
        from datetime import date
        from pathlib import Path
        from ketatrack.diary import database, writing
        from ketatrack.models.records import CheckIn
        today = date.fromisoformat({today.isoformat()!r})
        diary = database.open_diary(Path({str(path)!r}), {passphrase!r})
        for number in range(200):
            writing.apply(diary, [(None, CheckIn(day=today, note=str(number)))], today)
            print(number, flush=True)
    """
    # Nothing is measured in a process that is killed: half a file of coverage would be left.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    call = [sys.executable, "-c", textwrap.dedent(code)]
    return subprocess.Popen(call, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)


@pytest.mark.parametrize("kill_after", [1, 7, 40, 90, 150, 199])
def test_kill_9_loses_no_acknowledged_write(diary_path, passphrase, today, kill_after):
    writer = _writer(diary_path, passphrase, today)
    assert writer.stdout is not None
    acknowledged = -1
    for line in writer.stdout:
        acknowledged = int(line)
        if acknowledged >= kill_after:
            # A little later than the acknowledgement, to hit the middle of the next write.
            time.sleep(0.0003 * (kill_after % 5))
            writer.send_signal(signal.SIGKILL)
            break
    acknowledged = max([acknowledged, *(int(line) for line in writer.stdout if line.strip().isdigit())])
    writer.stdout.close()
    writer.wait()
    diary = database.open_diary(diary_path, passphrase)
    with diary.read() as connection:
        found = {int(entry.note) for entry in reading.check_ins(connection)}
    diary.close()
    assert set(range(acknowledged + 1)) <= found <= set(range(acknowledged + 2))
    assert os.path.getsize(diary_path) > 0


def test_a_change_keeps_the_kind_and_the_identity(diary, today):
    first = CheckIn(day=today, note="one")
    writing.apply(diary, [(None, first)], today)
    for other in (CheckIn(day=today, note="two"), records.Session(id=first.id, day=today, route=Route.ORAL)):
        with pytest.raises(InvalidValue, match="keeps the kind and the identity"):
            writing.apply(diary, [(first, other)], today)
    assert everything(diary)[first.id] == first
