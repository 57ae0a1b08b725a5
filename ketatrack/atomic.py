"""Files written whole or not at all: aside, flushed, renamed, the folder flushed too."""

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from time import time

# What a file system says that cannot be asked to sync a folder at all.
_NO_SUCH_SYNC = (errno.EINVAL, errno.ENOTSUP)
_ASIDE, _LEFT_BEHIND_AFTER_S = ".ketatrack-", 3600


class UnsureOnDiskError(OSError):
    """Files have their new content, but whether they keep it after a power cut the disk did not confirm."""


def sync_folder(folder: Path) -> None:
    """Make sure that a rename in `folder` survives a power cut, where the system can be asked to.

    Raises UnsureOnDiskError where the disk fails to; the rename itself stands.
    """
    if os.name != "posix":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NO_SUCH_SYNC:
            raise UnsureOnDiskError(error.errno, error.strerror, str(folder)) from error


def write_aside(path: Path, content: bytes) -> None:
    """Write a file so that at any moment `path` is either the old one whole or the new one whole.

    A link stays one: the file that it leads to is written. Raises UnsureOnDiskError where it is written but the disk
    did not confirm that, any other OSError where it is not; `path` is then untouched and nothing is left beside it.
    """
    path = path.resolve()
    write_all_aside(path.parent, {path.name: content})


def write_all_aside(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files of one folder so that they are never a mixture of old and new ones.

    All are written and flushed beside the old ones before the first takes its place. Raises UnsureOnDiskError where
    all are written but the disk did not confirm that, any other OSError where one cannot be written; the old ones are
    then as they were and nothing is left beside them.
    """
    _remove_left_behind(folder)
    # A name that nobody can know beforehand: another account that may write here could have put a link there.
    asides = {folder / name: folder / f"{_ASIDE}{token_hex(12)}.part" for name in files}
    for path in asides:
        # A name in a folder can be given to another file; a device or a pipe of that name would be gone then.
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(path))
    try:
        for path, aside in asides.items():
            _write(aside, files[path.name])
        _put_in_place(asides)
    finally:
        for aside in asides.values():
            aside.unlink(missing_ok=True)
    sync_folder(folder)


def _remove_left_behind(folder: Path) -> None:
    """Remove what a program that was killed left here: it is plain, and has a name that nobody will look for."""
    for path in folder.glob(f"{_ASIDE}*.part"):
        with suppress(OSError):  # of another account, or gone meanwhile
            if path.lstat().st_mtime < time() - _LEFT_BEHIND_AFTER_S:
                path.unlink()


def _write(path: Path, content: bytes) -> None:
    # What leaves the diary is plain: on a computer with several accounts only this one may read it.
    new = os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    with open(path, "wb", opener=lambda name, flags: os.open(name, flags | new, 0o600)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(asides: Mapping[Path, Path]) -> None:
    """Give each file its name; where one cannot have it (a program holds the old one open), none has."""
    *several, last = asides.items()
    replaced: dict[Path, bytes | None] = {}
    try:
        for path, aside in several:
            old = path.read_bytes() if path.exists() else None
            os.replace(aside, path)
            replaced[path] = old
        os.replace(last[1], last[0])
    except OSError:
        for path, old in replaced.items():
            if old is None:
                path.unlink()
            else:
                with suppress(UnsureOnDiskError):
                    write_aside(path, old)
        raise
