"""A keyed connection to the file, and SQLite's error codes as sentences a patient can read."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from ketatrack.diary.crypto import Key
from ketatrack.errors import DamagedDiary, DiaryError, DiaryInUse, ReadOnlyPlace, StorageFull
from ketatrack.i18n import _


def connect(path: Path, key: Key, mode: str = "rw") -> Any:
    """Return a new keyed connection; `mode` is SQLite's: "rw" never creates a file, "ro" never writes one."""
    connection = keyed(path, key, mode)
    for pragma in ("synchronous = EXTRA", "foreign_keys = ON", "temp_store = MEMORY", "busy_timeout = 5000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def keyed(path: Path, key: Key, mode: str = "rw") -> Any:
    """Return a connection with the key that has read nothing yet: a wrong key shows at the first query."""
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    # Without this SQLCipher writes what it finds to stderr.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f'PRAGMA key = "{key.pragma}"')
    return connection


def fault(error: dbapi2.Error, path: Path) -> DiaryError | None:
    """Return the sentence for one of SQLite's errors; None for what is our own mistake (a wrong statement)."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return StorageFull(
            _(
                "This change could not be saved: the disk that holds {name} is full or failing. What was there before "
                "is untouched. Make room on it, then try again."
            ).format(name=path.name)
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
        return ReadOnlyPlace(
            _("{path} cannot be written, so this change was not saved. What was there before is untouched.").format(
                path=path
            )
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DiaryInUse(
            _(
                "Another program is using {name}, so this change was not saved. What was there before is untouched."
            ).format(name=path.name)
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DamagedDiary(
            _("{name} is damaged. Restore the latest backup; the damaged file is kept beside it.").format(
                name=path.name
            )
        )
    return None


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn the database's errors inside the block into a DiaryError about `path`."""
    try:
        yield
    except Exception as error:
        cause = getattr(error, "orig", error)  # where SQLAlchemy keeps the database's own error
        worded = fault(cause, path) if isinstance(cause, dbapi2.Error) else None
        if worded is None:
            raise
        raise worded from error
