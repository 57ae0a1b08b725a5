"""One keyed connection of SQLite's own to an encrypted file, with the settings every one of them has."""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from ketatrack.diary.keys import Key


def connect(path: Path, key: Key, mode: str = "rw") -> Any:
    """A new keyed connection; `mode` is SQLite's: "rw" never creates a file, "ro" never writes one."""
    connection = keyed(path, key, mode)
    for pragma in ("synchronous = EXTRA", "foreign_keys = ON", "temp_store = MEMORY", "busy_timeout = 5000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def keyed(path: Path, key: Key, mode: str = "rw") -> Any:
    """A connection that has the key but has read nothing yet: a wrong key shows at the first query; see `connect`."""
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    # Without this SQLCipher writes what it finds to stderr.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f'PRAGMA key = "{key.pragma}"')
    return connection
