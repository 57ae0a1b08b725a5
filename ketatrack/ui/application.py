"""Starting the window: is there a screen, is this diary open already, then the look, the diary, the window.

Where the passphrase came with the call, its key is derived beside the loading of everything else.
"""

import gc
import os
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ketatrack.errors import KetaTrackError
from ketatrack.paths import default_diary

if TYPE_CHECKING:
    from ketatrack.diary.database import Diary
    from ketatrack.diary.keys import Key


def open_window(chosen: Path | None, secret: str | None) -> int:
    """Show the window on the diary that was asked for (None: the last one); returns the exit code.

    With `secret`, the passphrase that came with the call, the diary is opened without asking.
    """
    if not _has_screen():
        print(
            "ketatrack: There is no screen to open a window on; without one, use ketatrack new, demo, import, relief, "
            "backup, restore or check (ketatrack --help tells how).",
            file=sys.stderr,
        )
        return 1
    # Nothing is thrown away on the way to the first window; looking for it would only take time.
    gc.disable()
    with ThreadPoolExecutor(max_workers=1) as early:
        path = chosen or default_diary()
        key = early.submit(_derive, path, secret) if secret is not None and path.exists() else None
        return _run(chosen, secret, key)


def _run(chosen: Path | None, secret: str | None, key: "Future[Key | None] | None") -> int:
    from PySide6.QtWidgets import QApplication

    from ketatrack.ui import faults
    from ketatrack.ui.focus_ring import FocusRing
    from ketatrack.ui.preferences import Preferences
    from ketatrack.ui.single import bring_first_to_front
    from ketatrack.ui.window import Window

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("KetaTrack")
    app.setDesktopFileName("ketatrack")
    preferences = Preferences()
    path = chosen or preferences.diary or default_diary()
    opened = None if secret is None or key is None else _open(path, secret, key.result())
    if bring_first_to_front(path):
        # The first window may be locked, and have let go of the file.
        if opened is not None and not isinstance(opened, KetaTrackError):
            opened.close()
        return 0
    FocusRing(app)
    window = Window(path, lambda: datetime.now().astimezone(), preferences)
    faults.tell(window.say)
    if opened is None or isinstance(opened, KetaTrackError):
        window.show_gate(str(opened or ""))
    else:
        window.open(opened)
    window.show()
    gc.freeze()
    gc.enable()
    return int(app.exec())


def _derive(path: Path, secret: str) -> "Key | None":
    from ketatrack.diary import keys

    with suppress(OSError, KetaTrackError):  # `_open` meets them again, and has words for them
        return keys.derive(secret, keys.salt_of(path))
    return None


def _open(path: Path, secret: str, key: "Key | None") -> "Diary | KetaTrackError":
    from ketatrack.diary.database import open_diary

    try:
        return open_diary(path, secret, key)
    except KetaTrackError as error:
        return error


def _has_screen() -> bool:
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
