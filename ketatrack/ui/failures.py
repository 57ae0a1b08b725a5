"""What went wrong in the background, as one sentence for the screen that waits for it."""

import sys

from ketatrack.errors import KetaTrackError
from ketatrack.i18n import _


def sentence_of(error: Exception) -> str:
    """Return the sentence of an error; one that nobody has foreseen is written to the log, without what it quotes."""
    if isinstance(error, KetaTrackError):
        return str(error)
    if isinstance(error, OSError):
        return _("The disk says “{reason}”. Look whether it works and has room, then try again.").format(
            reason=error.strerror or type(error).__name__
        )
    sys.excepthook(type(error), error, error.__traceback__)
    return _("Something went wrong inside KetaTrack. Try again; the diary that was there is still there.")
