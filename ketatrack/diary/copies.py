"""Encrypted copies of a file: verified before they get their name, apart from what a crash left beside them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ketatrack.atomic import UnsureOnDiskError, sync_folder
from ketatrack.diary.connection import in_words, keyed
from ketatrack.diary.crypto import Key
from ketatrack.errors import DamagedDiary, NotConfirmed, ReadOnlyPlace
from ketatrack.i18n import _, ngettext


def verified_copy(connection: Any, key: Key, target: Path) -> None:
    """Make an encrypted copy of an open diary at `target`, checked page by page before it gets its name.

    Raises DamagedDiary, StorageFull or ReadOnlyPlace; `target` is then as it was. Raises NotConfirmed where the copy is
    there, but the disk did not confirm it.
    """
    aside = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        remove_with_journal(aside)
        with in_words(target):
            _vacuum_into(connection, aside)
            aside.chmod(0o600)
            verify(aside, key)
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(aside, target)
        with confirmed(
            _("The diary itself is untouched, and its copy {target} is written and sound.").format(target=target)
        ):
            sync_folder(target.parent)
    except OSError as error:
        raise ReadOnlyPlace(
            _("The copy {target} could not be written. The diary itself is untouched.").format(target=target)
        ) from error
    finally:
        with suppress(OSError):
            remove_with_journal(aside)


def _vacuum_into(connection: Any, aside: Path) -> None:
    # The folder of a file that has no name yet need not be synced, and a disk that cannot sync folders can have copies.
    connection.execute("PRAGMA synchronous = FULL")
    try:
        connection.execute("VACUUM INTO ?", (str(aside),))
    finally:
        connection.execute("PRAGMA synchronous = EXTRA")


@contextmanager
def confirmed(done: str) -> Iterator[None]:
    """Raise NotConfirmed, which says what is `done`, where the disk does not confirm a rename inside the block."""
    try:
        yield
    except UnsureOnDiskError as error:
        unsure = _(
            "The disk did not confirm it (“{strerror}”), so after a power cut it could be undone. Make a backup on "
            "another disk."
        ).format(strerror=error.strerror)
        raise NotConfirmed(f"{done} {unsure}") from error


def unused_name(folder: Path, stem: str) -> Path:
    """Return a name in `folder` that no file has yet."""
    number = 1
    while (path := folder / f"{stem}{f' {number}' if number > 1 else ''}.ketatrack").exists():
        number += 1
    return path


def verify(path: Path, key: Key, name: str = "") -> None:
    """Raise DamagedDiary unless every page authenticates and the database inside is sound.

    `name` is what the sentence calls the file. Both checks are needed: a cut at a page's edge passes the first,
    trailing junk passes the second.
    """
    connection = keyed(path, key, mode="ro")
    try:
        problems = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        if not problems:
            problems = [row for row in connection.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
        if not problems:
            problems = connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()
    if problems:
        places = ngettext("{n} place", "{n} places", len(problems)).format(n=len(problems))
        raise DamagedDiary(
            _("{value} is damaged ({places}). It was left as it is.").format(value=name or path.name, places=places)
        )


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what a change replaces, until the change is whole."""
    return path.with_name(path.name + "-journal")


def remove_with_journal(path: Path) -> None:
    """Remove a copy and the journal that a crash may have left beside it: it must not meet the next copy."""
    path.unlink(missing_ok=True)
    journal_of(path).unlink(missing_ok=True)
