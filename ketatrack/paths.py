"""Where things lie: the person's data, and the resources that come with the program."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def data_folder() -> Path:
    """Return the folder of the user's own diary, for this system; not created here."""
    import platformdirs

    return Path(platformdirs.user_data_dir("KetaTrack", appauthor=False))


def default_diary() -> Path:
    """Return the diary that is opened when no other is named."""
    return data_folder() / "diary.ketatrack"


def backup_folder(diary: Path) -> Path:
    """Where the automatic backups of `diary` are kept: beside it, in a folder of its own name."""
    return diary.with_name(diary.stem + " backups")


@cache
def _resources() -> Path:
    """Return the resources of a source tree (beside the package) or of a wheel or bundle (inside it)."""
    inside = _HERE / "resources"
    return inside if inside.is_dir() else _HERE.parent / "resources"


def resource(name: str) -> Path:
    """Return the path of one file under resources/, for example `resource("icons/today.svg")`."""
    return _resources() / name
