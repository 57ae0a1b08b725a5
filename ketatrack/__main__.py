"""Where KetaTrack starts: arguments, then either one command without a window, or the window.

The order of a start: arguments, application and look, the diary (unlocked or asked for), the window.
"""

import sys
from collections.abc import Sequence

from ketatrack import cli, i18n
from ketatrack.errors import WrongUsage
from ketatrack.paths import resource


def main(argv: Sequence[str] | None = None) -> int:
    """Run KetaTrack and return its exit code."""
    i18n.install(i18n.load(resource("i18n")))
    try:
        arguments = cli.parser().parse_args(argv)
    except WrongUsage as error:
        print(f"ketatrack: {error}", file=sys.stderr)
        return 2
    if arguments.command:
        return cli.main(arguments)
    from ketatrack.ui.app import open_window

    try:
        return open_window(getattr(arguments, "diary", None), cli.passphrase_given(arguments))
    except WrongUsage as error:
        print(f"ketatrack: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
