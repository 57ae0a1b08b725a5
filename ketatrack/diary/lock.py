"""One KetaTrack at a time on a diary: an exclusive lock on NAME.lock, held for the life of the process.

The system lets go of it when the process ends, however it ends, so no stale lock is ever left.
"""

from pathlib import Path

from filelock import FileLock, Timeout

from ketatrack.errors import DiaryInUse, ReadOnlyPlace
from ketatrack.i18n import _


class DiaryLock:
    """Holds NAME.lock beside the diary until `release`."""

    def __init__(self, diary: Path) -> None:
        """Take the lock; raises DiaryInUse where another holds it, ReadOnlyPlace where the folder cannot be written."""
        self.path = diary.with_name(diary.name + ".lock")
        self._lock = FileLock(self.path, timeout=0, mode=0o600, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise DiaryInUse(
                _("The diary {name} is already open in another KetaTrack. Close it there first.").format(
                    name=diary.name
                )
            ) from error
        except OSError as error:
            raise ReadOnlyPlace(
                _(
                    "The folder {parent} cannot be written, so nothing could be saved there. Move the "
                    "diary to a folder of your own, or ask for the right to write in this one."
                ).format(parent=diary.parent)
            ) from error

    def release(self) -> None:
        """Let another process open the diary; harmless when called again."""
        self._lock.release()
