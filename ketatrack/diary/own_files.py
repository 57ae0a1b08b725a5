"""Which files are a diary or belong to one: nothing that leaves a diary is ever written over them."""

from collections.abc import Iterator
from pathlib import Path

from ketatrack.errors import NotSaved
from ketatrack.i18n import _
from ketatrack.paths import backup_folder

_BESIDE = ("-journal", ".lock", ".rekeyed", ".restored")
_opened: set[Path] = set()


def remember(diary: Path) -> None:
    """Keep in mind that a file is a diary, whatever its name: it was opened in this process."""
    _opened.add(diary.resolve())


def refuse_own_files(target: Path) -> None:
    """Raise NotSaved where `target`, links followed, is a diary, a file that a diary needs, or one of its backups.

    Known by their name, whatever the name by the file itself (a hard link) where the diary was opened in this process.
    """
    if is_own_file(target):
        raise NotSaved(
            _("{name} belongs to a diary, so nothing was written there. Choose another name.").format(name=target.name)
        )


def is_own_file(target: Path) -> bool:
    """Whether a path, links followed, is a diary or belongs to one; a new name may be one that a diary will need."""
    target = target.resolve()
    name = target.name.casefold()
    if any(name.endswith(f".ketatrack{ending}") for ending in ("", *_BESIDE)):
        return True
    if target.is_file() and target.with_name(target.name + ".lock").exists():
        return True
    return any(_same(target, own) for diary in _opened for own in _files_of(diary))


def _files_of(diary: Path) -> Iterator[Path]:
    yield diary
    yield from (diary.with_name(diary.name + ending) for ending in _BESIDE)
    folder = backup_folder(diary)
    if folder.is_dir():
        yield from folder.iterdir()


def _same(one: Path, other: Path) -> bool:
    try:
        return one == other or one.samefile(other)
    except OSError:  # one of them is not there, or cannot be looked at
        return False
