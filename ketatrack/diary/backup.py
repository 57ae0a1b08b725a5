"""Copies of the diary: made once a day, verified, thinned out, looked into, and put back.

Every copy is encrypted with the passphrase the diary had when it was made.
"""

import os
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlcipher3 import dbapi2

from ketatrack.atomic import sync_folder
from ketatrack.diary import crypto, reading
from ketatrack.diary.connection import connect, in_words
from ketatrack.diary.copies import confirmed, journal_of, remove_with_journal, unused_name, verified_copy, verify
from ketatrack.diary.crypto import Key
from ketatrack.diary.database import Diary, check_file, open_diary, probe
from ketatrack.diary.lock import DiaryLock
from ketatrack.diary.own_files import refuse_own_files
from ketatrack.errors import BackupError, KetaTrackError
from ketatrack.i18n import _
from ketatrack.models import records
from ketatrack.paths import backup_folder

DAILY, MONTHLY = 10, 12
_DATED = re.compile(r" (\d{4}-\d{2}-\d{2})(?: \d+)?\.ketatrack$")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a diary or a backup holds, as it is shown before anything is replaced."""

    path: Path
    version: int
    counts: dict[str, int]
    first_day: date | None
    last_day: date | None
    modified: datetime


@dataclass(frozen=True, slots=True)
class Daily:
    """An automatic backup: the day in its name, and how many changes the diary had seen by then."""

    path: Path
    day: str
    changes: int


def make(diary: Diary, target: Path) -> None:
    """Make a verified encrypted copy at `target`, which must not exist yet.

    Raises BackupError where it does, DamagedDiary, StorageFull or ReadOnlyPlace.
    """
    if target.exists():
        raise BackupError(
            _("{target} is there already. A backup never overwrites a file; choose another name.").format(target=target)
        )
    if target.suffix != ".ketatrack":
        refuse_own_files(target)
    with diary.raw() as connection:
        verified_copy(connection, diary.key, target)


def make_daily(diary: Diary, today: date) -> Path | None:
    """Today's automatic backup, if there is none yet and something changed since the newest; then thin them out.

    Which is the newest is told by the count of changes, never by the clock alone: that may have been wrong.
    """
    folder, stem = backup_folder(diary.path), diary.path.stem
    with diary.read() as connection:
        changes = reading.change_count(connection)
    before = own_dailies(diary)
    if before and (before[-1].changes == changes or before[-1].day == today.isoformat()):
        return None
    target = unused_name(folder, f"{stem} {today.isoformat()}")
    make(diary, target)
    for daily in superfluous([*before, Daily(target, today.isoformat(), changes)]):
        daily.path.unlink()
    return target


def dated(folder: Path, stem: str) -> list[Path]:
    """Return the automatic backups beside a diary, oldest day first; another diary of its name may have made some."""
    result = [path for path in folder.glob("*.ketatrack") if _DATED.search(path.name)]
    return sorted((path for path in result if _DATED.sub("", path.name) == stem), key=day_of)


def own_dailies(diary: Diary) -> list[Daily]:
    """Return the automatic backups that are surely of this diary, the one with the fewest changes first."""
    with diary.read() as connection:
        identity = reading.diary_id(connection)
    return _dailies(diary.path, diary.key, identity)


def _dailies(diary: Path, key: Key, identity: str | None) -> list[Daily]:
    result = []
    for path in dated(backup_folder(diary), diary.stem):
        known = _identity_and_changes(path, key)
        if known is not None and known[0] == identity:
            result.append(Daily(path, day_of(path), known[1]))
    return sorted(result, key=lambda daily: (daily.changes, daily.day))


def superfluous(dailies: Iterable[Daily]) -> list[Daily]:
    """Which automatic backups to remove: all but the newest 10, and the last of each of the newest 12 months."""
    ordered = sorted(dailies, key=lambda daily: (daily.changes, daily.day))
    last_of_month: dict[str, Daily] = {}
    for daily in reversed(ordered):
        last_of_month.setdefault(daily.day[:7], daily)
    needed = {*ordered[-DAILY:], *list(last_of_month.values())[:MONTHLY]}
    return [daily for daily in ordered if daily not in needed]


def day_of(path: Path) -> str:
    """Return the day in the name of an automatic backup, as 2026-11-23; "" where there is none."""
    match = _DATED.search(path.name)
    return match[1] if match else ""


def _identity_and_changes(path: Path, key: Key) -> tuple[str | None, int] | None:
    """Return a backup's id and count of changes; None where this key does not open it, or it cannot be read."""
    try:
        connection = connect(path, key, mode="ro")
        try:
            return reading.diary_id(connection), reading.change_count(connection)
        finally:
            connection.close()
    except dbapi2.Error:
        return None


def inspect(path: Path, passphrase: str) -> Contents:
    """Return what a backup holds, after both integrity checks, worked out on a copy so that the backup stays untouched.

    Raises WrongPassphrase, DamagedDiary, NotADiary or NewerDiary; ReadOnlyPlace where no copy can be made.
    """
    check_file(path)
    modified = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    try:
        # Not beside the backup: that may lie on a disk that cannot be written.
        with TemporaryDirectory(prefix="ketatrack-") as folder:
            copy = Path(folder) / "look"
            _copy_with_journal(path, copy)
            key = crypto.derive(passphrase, crypto.salt_of(copy))
            with in_words(path):
                version = probe(copy, key, path.name)
                verify(copy, key, path.name)
                connection = connect(copy, key, mode="ro")
                try:
                    counted, first, last = _look(connection)
                finally:
                    connection.close()
    except OSError as error:
        raise BackupError(
            _("No room to look into {name}: a copy of it could not be made. Nothing was changed.").format(
                name=path.name
            )
        ) from error
    return Contents(path, version, counted, first, last, modified)


def _look(connection: dbapi2.Connection) -> tuple[dict[str, int], date | None, date | None]:
    """Return counts and period in SQL that every version of the schema understands."""
    kinds = {"sessions": "session", "check-ins": "check_in", "questionnaires": "answers"}
    counted = {name: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for name, table in kinds.items()}
    union = " UNION ALL ".join(f"SELECT day FROM {table}" for table in kinds.values())
    first, last = connection.execute(f"SELECT min(day), max(day) FROM ({union})").fetchone()
    return counted, date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None


def restore(backup: Path, live: Path, passphrase: str, now: datetime) -> tuple[Diary, Path | None]:
    """Put a backup in the place of the live diary and open it; also where the live one does not open any more.

    The live file (and its journal) is kept byte by byte in the backup folder; where that is, is returned.
    The diary must not be open in this process. Raises as `inspect` and `open_diary` do, DiaryInUse included, and
    NotConfirmed where the backup is in place, but the disk did not confirm it.
    """
    inspect(backup, passphrase)
    live = live.resolve()
    live.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = DiaryLock(live)
    aside = live.with_name(live.name + ".restored")
    try:
        remove_with_journal(aside)
        _copy_with_journal(backup, aside)
        with in_words(aside):
            key = crypto.derive(passphrase, crypto.salt_of(aside))
            probe(aside, key, backup.name)  # this also takes back what a journal beside the backup left half done
            verify(aside, key, backup.name)
            _count_on(aside, key, live)
        previous = _keep(live, now)
        os.replace(aside, live)
        with confirmed(_("The backup is in place at {live}.").format(live=live)):
            sync_folder(live.parent)
    finally:
        with suppress(OSError):
            remove_with_journal(aside)
        lock.release()
    return open_diary(live, passphrase), previous


def _count_on(aside: Path, key: Key, live: Path) -> None:
    """Count changes on from the highest count in its backups: what comes after a restore is newer than all of them."""
    connection = connect(aside, key)
    try:
        connection.execute("PRAGMA synchronous = FULL")  # as in copies: the folder is synced once the file has its name
        identity, changes = reading.diary_id(connection), reading.change_count(connection)
        highest = max([changes, *(daily.changes for daily in _dailies(live, key, identity))])
        connection.execute("UPDATE meta SET value = ? WHERE key = 'changes'", (str(highest + 1),))
    finally:
        connection.close()


def _keep(live: Path, now: datetime) -> Path | None:
    """Return byte copy of the live file, if there is one. A journal left by a crash must not meet the restored file."""
    previous = None
    if live.exists():
        folder = backup_folder(live)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        previous = unused_name(folder, f"{live.stem} before restore {now:%Y-%m-%d %H%M}")
        _copy_with_journal(live, previous)
    journal_of(live).unlink(missing_ok=True)
    return previous


def _copy_with_journal(source: Path, target: Path) -> None:
    """Byte for byte; with the journal of a change that a crash cut short, without which the file is not whole."""
    _copy_bytes(source, target)
    if journal_of(source).exists():
        _copy_bytes(journal_of(source), journal_of(target))


def _copy_bytes(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
        target.chmod(0o600)
        with target.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        target.unlink(missing_ok=True)
        raise BackupError(
            _("The copy {target} could not be written; the disk may be full. {name} is untouched.").format(
                target=target, name=source.name
            )
        ) from error


def check(diary: Diary) -> list[str]:
    """Everything that is wrong with an open diary, in sentences; empty when all is well.

    Runs both integrity checks, then loads every record, which validates it.
    """
    problems: list[str] = []
    try:
        verify(diary.path, diary.key)
    except KetaTrackError as error:
        problems.append(str(error))
    try:
        with diary.read() as connection:
            for kind in records.RECORD_TYPES:
                problems += _problems_of(connection, kind)
    except KetaTrackError as error:  # a damaged page, past which nothing can be read
        problems.append(str(error))
    return problems


def _problems_of(connection: dbapi2.Connection, kind: type[records.Record]) -> list[str]:
    try:
        reading.load(connection, kind)
    except (KetaTrackError, ValueError, TypeError) as error:
        reason = str(error) if isinstance(error, KetaTrackError) else _("it cannot be read")
        return [_("A {kind} record is not valid: {reason}").format(kind=kind.__name__, reason=reason)]
    return []
