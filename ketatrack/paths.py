"""Where things lie: the person's data, and the resources that come with the program."""

import errno
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def data_folder() -> Path:
    """The folder of the user's own diary, for this system; not created here."""
    import platformdirs

    return Path(platformdirs.user_data_dir("KetaTrack", appauthor=False))


def default_diary() -> Path:
    """The diary that is opened when no other is named."""
    return data_folder() / "diary.ketatrack"


def backup_folder(diary: Path) -> Path:
    """Where the automatic backups of `diary` are kept: beside it, in a folder of its own name."""
    return diary.with_name(diary.stem + " backups")


@cache
def _resources() -> Path:
    """The resources of a source tree (beside the package) or of a wheel or bundle (inside it)."""
    inside = _HERE / "resources"
    return inside if inside.is_dir() else _HERE.parent / "resources"


def resource(name: str) -> Path:
    """The path of one file under resources/, for example `resource("icons/today.svg")`."""
    return _resources() / name


def sync_folder(folder: Path) -> None:
    """Make sure that a rename in `folder` survives a power cut, where the system can be asked to."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_aside(path: Path, content: bytes) -> None:
    """Write a file so that at any moment `path` is either the old one whole or the new one whole.

    Raises OSError where it cannot be written; `path` is then untouched and nothing is left beside it.
    """
    write_all_aside(path.parent, {path.name: content})


def write_all_aside(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files of one folder so that they are never a mixture of old and new ones.

    All are written and flushed beside the old ones before the first takes its place. Raises OSError where one cannot
    be written; the old ones are then untouched and nothing is left beside them.
    """
    asides = {folder / name: folder / f".{name}.part" for name in files}
    for path in asides:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    try:
        for path, aside in asides.items():
            with aside.open("wb") as file:
                file.write(files[path.name])
                file.flush()
                os.fsync(file.fileno())
        for path, aside in asides.items():
            os.replace(aside, path)
    finally:
        for aside in asides.values():
            aside.unlink(missing_ok=True)
    sync_folder(folder)
