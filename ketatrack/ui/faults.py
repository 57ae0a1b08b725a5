"""What happens when KetaTrack itself is at fault: a calm sentence for the person, and a log without their words.

The log names files, lines and the kind of error; never values or messages, which could hold what someone wrote.
"""

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from ketatrack.i18n import translate
from ketatrack.paths import data_folder

_log = logging.getLogger("ketatrack")


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Faults", text, n)


def tell(say: Callable[[str], None]) -> None:
    """From now on an error nobody expected is logged, and told through `say`, instead of shown as a traceback."""

    def hook(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, where)
            return
        _write(kind, where)
        say(
            tr("Something went wrong inside KetaTrack. What was saved is safe; if a button does nothing now, lock "
               "and unlock the diary.")
        )  # fmt: skip

    sys.excepthook = hook


def _write(kind: type[BaseException], where: TracebackType | None) -> None:
    from logging.handlers import RotatingFileHandler

    if not _log.handlers:
        try:
            data_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
            kept = RotatingFileHandler(
                data_folder() / "ketatrack.log", maxBytes=200_000, backupCount=1, encoding="utf-8"
            )
        except OSError:
            return
        kept.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        _log.addHandler(kept)
        _log.propagate = False
    steps = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(where)]
    _log.error("%s at %s", kind.__name__, " < ".join(reversed(steps)))
