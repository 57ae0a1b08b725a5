"""The encrypted file: making one, opening one, and the connections and transactions on it.

SQLCipher 4 defaults, so that any SQLCipher 4 tool opens the person's own file with their passphrase.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from ketatrack.atomic import sync_folder
from ketatrack.diary import crypto, migrations, own_files, reading
from ketatrack.diary.connection import connect, fault, in_words, keyed
from ketatrack.diary.copies import confirmed, remove_with_journal, unused_name, verified_copy
from ketatrack.diary.crypto import Key
from ketatrack.diary.lock import DiaryLock
from ketatrack.errors import (
    DamagedDiary,
    DiaryError,
    DiaryInUse,
    NewerDiary,
    NotADiary,
    NotConfirmed,
    ReadOnlyPlace,
    WrongPassphrase,
)
from ketatrack.i18n import _
from ketatrack.paths import backup_folder

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

APPLICATION_ID = 0x4B657461  # "Keta"


class Diary:
    """An open diary. One process holds it; connections are made with the raw key."""

    def __init__(self, path: Path, key: Key, lock: DiaryLock) -> None:
        self.path = path
        own_files.remember(path)
        self.key = key
        self._lock = lock
        self._writing, self._swapping = RLock(), Lock()
        self._idle: list[Any] = []
        self._writer: Engine | None = None
        self._said_unconfirmed = False
        self.damage: DamagedDiary | None = None
        self.when_damaged: Callable[[str], object] | None = None

    def _connect(self) -> Any:
        with self._swapping:
            if self.closed:
                raise DiaryError(_("The diary is closed."))
            return connect(self.path, self.key)

    def _engine(self) -> "Engine":
        """Return what writes go through; made for the first one, so that a start does not wait for SQLAlchemy."""
        from sqlalchemy import create_engine, event
        from sqlalchemy.pool import QueuePool

        if self._writer is None:
            self._writer = create_engine(
                "sqlite://",
                module=dbapi2,
                creator=self._connect,
                poolclass=QueuePool,
                pool_size=1,
                hide_parameters=True,  # else an error's text quotes the diary
            )
            event.listen(self._writer, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        return self._writer

    @contextmanager
    def read(self) -> Iterator[Any]:
        """Return a connection that sees one unchanging state of the diary until the block ends."""
        with self.raw() as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def write(self) -> Iterator["Connection"]:
        """SQLAlchemy's connection in one transaction: committed when the block ends, rolled back when it raises.

        The block counts its change. Raises NotConfirmed where the change is saved, but the disk did not confirm it.
        """
        if self.damage is not None:
            raise DamagedDiary(str(self.damage))
        with (
            self._writing,
            self._noticing_damage(),
            in_words(self.path),
            self._engine().connect() as connection,
        ):
            transaction = connection.begin()
            try:
                yield connection
                counted = reading.change_count(connection.connection.driver_connection)
            except BaseException:
                transaction.rollback()
                raise
            try:
                transaction.commit()
            except Exception as error:
                self._after_failed_commit(counted, error)

    def _after_failed_commit(self, counted: int, error: Exception) -> None:
        """Say only what is known: SQLite reports a failure also where the change stands (the folder's sync failed)."""
        self._engine().dispose()
        try:
            connection = connect(self.path, self.key)
            try:
                saved = reading.change_count(connection) == counted
            finally:
                connection.close()
        except dbapi2.Error:
            raise DiaryError(
                _(
                    "The disk that holds {name} failed while this change was being saved, and whether it "
                    "was is not known. Look at it again before you repeat it."
                ).format(name=self.path.name)
            ) from error
        if not saved:
            raise error
        # On a disk that can confirm nothing every save would say so; once is enough.
        if not self._said_unconfirmed:
            self._said_unconfirmed = True
            raise NotConfirmed(
                _(
                    "This change is saved, but the disk that holds {name} did not confirm it: after a "
                    "power cut it could be gone. Make a backup on another disk."
                ).format(name=self.path.name)
            ) from error

    @contextmanager
    def nothing_written(self) -> Iterator[None]:
        """Return holds back every `write` of other threads until the block ends."""
        with self._writing:
            yield

    def replace_file(self, aside: Path, key: Key) -> None:
        """Put the file `aside`, whose key is `key`, in this diary's place and go on with it, still locked.

        Raises UnsureOnDiskError where that is done but the disk did not confirm it, any other OSError where it cannot
        be; the diary is then as it was.
        """
        with self._swapping:
            self._let_connections_go()
            os.replace(aside, self.path)
            self.key = key
        sync_folder(self.path.parent)

    @contextmanager
    def raw(self) -> Iterator[Any]:
        """SQLite's own connection, outside any transaction, for VACUUM INTO and the like."""
        with self._noticing_damage(), in_words(self.path):
            with self._swapping:
                if self.closed:
                    raise DiaryError(_("The diary is closed."))
                key = self.key
                connection = self._idle.pop() if self._idle else connect(self.path, key)
            try:
                yield connection
            finally:
                connection.rollback()
                with self._swapping:
                    # The file may have been replaced, or the diary closed, while this one was lent.
                    self._idle.append(connection) if self.key is key else connection.close()

    @contextmanager
    def _noticing_damage(self) -> Iterator[None]:
        """From the first damage on that is met nothing is written any more; `when_damaged` is told of it, once."""
        try:
            yield
        except DamagedDiary as error:
            if self.damage is None:
                self.damage = error
                if self.when_damaged is not None:
                    self.when_damaged(str(error))
            raise

    def _let_connections_go(self) -> None:
        while self._idle:
            self._idle.pop().close()
        if self._writer is not None:
            self._writer.dispose()

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return not self.key.secret

    def close(self) -> None:
        """Close every connection, forget the key and let go of the lock; harmless when called again."""
        self._let_connections_go()
        self.key = Key(b"", b"")
        self._lock.release()


def create(path: Path, passphrase: str) -> Diary:
    """Make a new, empty diary and open it.

    It is made aside and put in place whole. Raises NotADiary where something is there already, ReadOnlyPlace
    or StorageFull where it cannot be written, InvalidValue for an unusable passphrase.
    """
    path = path.resolve()  # a link is followed once: lock, journal and replacing are all about the file itself
    refuse_existing(path)
    crypto.check_passphrase(passphrase)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ReadOnlyPlace(
            _("The folder {parent} cannot be made. Choose a folder of your own.").format(parent=path.parent)
        ) from error
    lock = DiaryLock(path)
    aside = path.with_name(path.name + ".new")
    try:
        remove_with_journal(aside)
        key = crypto.derive(passphrase, crypto.new_salt())
        with in_words(path):
            _build(aside, key)
        _put_in_place(aside, path)
        with confirmed(_("The diary is made at {path} and can be opened.").format(path=path)):
            sync_folder(path.parent)
    except FileExistsError as error:
        lock.release()
        raise NotADiary(_("{path} is there already; a new diary never overwrites a file.").format(path=path)) from error
    except BaseException:
        lock.release()
        raise
    finally:
        with suppress(OSError):
            remove_with_journal(aside)
    return Diary(path, key, lock)


def refuse_existing(path: Path) -> None:
    """Raise NotADiary where a new diary would overwrite something."""
    if path.exists():
        raise NotADiary(
            _("{path} is there already; a new diary never overwrites a file. Choose another name.").format(path=path)
        )


def _put_in_place(aside: Path, path: Path) -> None:
    """Without overwriting: a link to `aside`, or, on a disk that knows no links (FAT), its new name."""
    try:
        os.link(aside, path)
    except FileExistsError:
        raise
    except OSError:
        refuse_existing(path)
        os.rename(aside, path)


def _build(path: Path, key: Key) -> None:
    connection = connect(path, key, mode="rwc")
    try:
        path.chmod(0o600)
        connection.execute("PRAGMA synchronous = FULL")  # as in copies: the folder is synced once the file has its name
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrations.migrate(connection)
        connection.execute("COMMIT")
    finally:
        connection.close()


def open_diary(path: Path, passphrase: str, key: Key | None = None) -> Diary:
    """Open a diary, bringing an older one up to date (after a verified encrypted copy of it).

    `key` spares deriving it, where that was done before for this passphrase and this file.

    Raises, each with its own sentence: NotADiary (missing, empty, foreign), WrongPassphrase, DamagedDiary,
    NewerDiary, DiaryInUse, ReadOnlyPlace.
    """
    path = path.resolve()
    check_file(path)
    lock = DiaryLock(path)
    try:
        salt = crypto.salt_of(path)
        if key is None or key.salt != salt:
            key = crypto.derive(passphrase, salt)
        with in_words(path):
            version = probe(path, key)
        if version < migrations.VERSION:
            _upgrade(path, key, version)
        diary = Diary(path, key, lock)
        try:
            _check_writable(diary)
        except BaseException:
            diary.close()
            raise
    except BaseException:
        lock.release()
        raise
    return diary


def check_file(path: Path) -> None:
    """Raise NotADiary for a file that is missing, empty, or plainly something else."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise NotADiary(_("{path} is a folder, not a diary.").format(path=path))
        start = crypto.salt_of(path)
    except FileNotFoundError as error:
        raise NotADiary(_("There is no diary at {path}.").format(path=path)) from error
    except PermissionError as error:
        raise ReadOnlyPlace(
            _("{path} may not be read by you. Ask whoever owns it for the right to.").format(path=path)
        ) from error
    if size == 0:
        raise NotADiary(
            _("{name} is empty (0 bytes), so it is not a diary. A backup may still hold yours.").format(name=path.name)
        )
    if start == b"SQLite format 3\x00":
        raise NotADiary(
            _("{name} is a database that was not made by KetaTrack. It was left as it is.").format(name=path.name)
        )


def probe(path: Path, key: Key, name: str = "") -> int:
    """Return the schema version of a file, after making sure that the key opens it and that it is a diary.

    `name` is what the sentences call a file that is not the diary itself. Raises WrongPassphrase, DamagedDiary,
    NotADiary or NewerDiary.
    """
    wrong = _("That is not the passphrase. Check capitals and the keyboard.")
    if name:
        wrong = _("That is not the passphrase of {name}. Check capitals and the keyboard.").format(name=name)
    name = name or path.name
    connection = keyed(path, key)
    try:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.DatabaseError as error:
            raise _why_not(connection, path, name, error) or WrongPassphrase(wrong) from error
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    finally:
        connection.close()
    if application != APPLICATION_ID:
        raise NotADiary(
            _("{name} is an encrypted file that was not made by KetaTrack. It was left as it is.").format(name=name)
        )
    if version > migrations.VERSION:
        raise NewerDiary(
            _(
                "{name} was written by a newer KetaTrack (version {version} of the file; this one "
                "knows up to {version2}). Install the newer KetaTrack to open it. Nothing was "
                "changed."
            ).format(name=name, version=version, version2=migrations.VERSION)
        )
    return int(version)


def _why_not(connection: Any, path: Path, name: str, error: dbapi2.Error) -> DiaryError | None:
    """Return what is wrong with the file; None where it may be the passphrase.

    Some pages fail: damage. All fail: another key, or a damaged salt, which cannot be told apart.
    """
    worded = fault(error, path)
    if isinstance(worded, DiaryInUse):
        return DiaryInUse(_("Another program is using {name}. Close it there first, then try again.").format(name=name))
    if worded is not None and not isinstance(worded, DamagedDiary):
        return DiaryError(
            _(
                "{name} cannot be read: the disk that holds it fails. Nothing was changed; try again when it works."
            ).format(name=name)
        )
    pages, rest = divmod(path.stat().st_size, 4096)
    if rest:
        return DamagedDiary(
            _(
                "{name} is not a whole diary: it was cut short, or is something else. It was left as it is; "
                "restore the latest backup."
            ).format(name=name)
        )
    failed = len(connection.execute("PRAGMA cipher_integrity_check").fetchall())
    if failed < pages:
        return DamagedDiary(
            _(
                "{name} is damaged: some of its pages are not what was written. It was left as it is; "
                "restore the latest backup."
            ).format(name=name)
        )
    return None


def _upgrade(path: Path, key: Key, version: int) -> None:
    connection = connect(path, key)
    try:
        with suppress(NotConfirmed):  # the copy is there
            copy = unused_name(backup_folder(path), f"{path.stem} before upgrade from {version}")
            verified_copy(connection, key, copy)
        with in_words(path):
            try:
                connection.execute("BEGIN IMMEDIATE")
                migrations.migrate(connection)
                connection.execute("COMMIT")
            except dbapi2.Error:
                connection.rollback()
                # It may stand all the same; a power cut would bring the old version back whole.
                if probe(path, key) < migrations.VERSION:
                    raise
    finally:
        connection.close()


def _check_writable(diary: Diary) -> None:
    """SQLite opens a read-only file without a word; find out now, not at the first save."""
    with diary.raw() as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("UPDATE meta SET value = value")
        finally:
            connection.execute("ROLLBACK")
