"""The commands without a window, for people and scripts: they share the code of the window.

Exit code 0: done; 2: wrong usage; 1: anything else, with one sentence on stderr.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from traceback import extract_tb

from ketatrack.cli import files, import_export, relief
from ketatrack.cli.arguments import parser
from ketatrack.cli.common import passphrase_given
from ketatrack.errors import KetaTrackError, WrongUsage
from ketatrack.i18n import _
from ketatrack.paths import default_diary

__all__ = ["main", "parser", "passphrase_given"]


def main(arguments: argparse.Namespace) -> int:
    """Carry out one parsed command and return its exit code; what went wrong goes to stderr in one sentence."""
    try:
        return _run(arguments)
    except BrokenPipeError:
        # The reader has gone, as `| head` does; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (Exception, KeyboardInterrupt) as error:
        print(f"ketatrack: {_sentence(error)}", file=sys.stderr)
        return 2 if isinstance(error, WrongUsage) else 1


def _sentence(error: BaseException) -> str:
    if isinstance(error, KetaTrackError):
        return str(error)
    if isinstance(error, KeyboardInterrupt):
        return _("Stopped.")
    if isinstance(error, OSError):
        why, what = error.strerror or _("The system refused"), error.filename or _("a file")
        return f"{why}: {what}."
    # Our own mistake. Its text may quote the diary, so only its kind and place are told.
    where = extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__}, {Path(where.filename).name} line {where.lineno}"
    return _("Something went wrong inside KetaTrack ({place}); the diary is as it was.").format(place=place)


def _run(arguments: argparse.Namespace) -> int:
    bodies: dict[str, Callable[[argparse.Namespace], int]] = {
        "new": files.new,
        "demo": files.demo,
        "import": import_export.import_notes,
        "export": import_export.export,
        "relief": relief.relief,
        "charts": relief.charts,
        "report": import_export.report,
        "backup": files.backup,
        "restore": files.restore,
        "check": files.check,
    }
    arguments.diary = getattr(arguments, "diary", None) or default_diary()
    return bodies[arguments.command](arguments)
