"""One KetaTrack at a time on a diary: an exclusive lock on NAME.lock, held for the life of the process.

The system lets go of it when the process ends, however it ends, so no stale lock is ever left.
"""

import os
import sys
from pathlib import Path

from ketatrack.errors import DiaryInUse, ReadOnlyPlace
from ketatrack.i18n import _


class DiaryLock:
    """Holds NAME.lock beside the diary until `release`."""

    def __init__(self, diary: Path) -> None:
        """Take the lock; raises DiaryInUse where another holds it, ReadOnlyPlace where the folder cannot be written."""
        self.path = diary.with_name(diary.name + ".lock")
        try:
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise ReadOnlyPlace(
                _(
                    "The folder {parent} cannot be written, so nothing could be saved there. Move the "
                    "diary to a folder of your own, or ask for the right to write in this one."
                ).format(parent=diary.parent)
            ) from error
        if not _lock(self._handle):
            os.close(self._handle)
            raise DiaryInUse(
                _("The diary {name} is already open in another KetaTrack. Close it there first.").format(
                    name=diary.name
                )
            )

    def release(self) -> None:
        """Let another process open the diary; harmless when called again."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
