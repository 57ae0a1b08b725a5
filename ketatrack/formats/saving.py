"""Puts what was made where the person wants it: whole or not at all, and says in words why not.

An older file of the same name stays as it was until the new one is complete on the disk.
"""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ketatrack.atomic import UnsureOnDiskError, write_all_aside, write_aside
from ketatrack.diary.own_files import refuse_own_files
from ketatrack.errors import NotConfirmed, NotSaved
from ketatrack.i18n import N_, _

_NO_ROOM = N_("there is no room left there. Make some, or choose another place.")
_NOT_ALLOWED = N_("you may not write there. Choose another place.")
_NO_FOLDER = N_("a file stands where a folder is needed. Choose another place.")
_REASONS = {
    errno.ENOSPC: _NO_ROOM,
    errno.EFBIG: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: _NOT_ALLOWED,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.ENOENT: N_("there is no such folder. Make it first, or choose another."),
    errno.EISDIR: N_("a folder of that name is there. Choose another name."),
    errno.ENODEV: N_("that is a device and no file. Choose another name."),
}


def save(path: Path, content: bytes) -> None:
    """Write one file; its folder must be there. Raises NotSaved, or NotConfirmed where it is written.

    Everything that leaves a diary goes through here or `save_all`, so that nothing is written over one.
    """
    with _in_words(path):
        refuse_own_files(path)
        write_aside(path, content)


def save_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files into a folder, which is made where it is missing: all of them or none.

    Raises NotSaved, or NotConfirmed where they are written.
    """
    with _in_words(folder):
        for name in files:
            refuse_own_files(folder / name)
        folder.mkdir(parents=True, exist_ok=True)
        write_all_aside(folder, files)


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except UnsureOnDiskError as error:
        raise NotConfirmed(
            _(
                "{name} is written, but the disk did not confirm it (“{strerror}”): after a power "
                "cut it could be gone. Keep another copy of it."
            ).format(name=path.name, strerror=error.strerror)
        ) from error
    except OSError as error:
        raise NotSaved(
            _("{name} could not be written: {reason} Older files there are as they were.").format(
                name=path.name, reason=_reason(error)
            )
        ) from error


def _reason(error: OSError) -> str:
    known = _REASONS.get(error.errno or 0)
    if known:
        return _(known)
    return _("the disk says “{reason}”. Choose another place.").format(reason=error.strerror)
