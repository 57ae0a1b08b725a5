"""Starting the window: is there a screen, is this diary open already, then the look, the diary, the window.

Where the passphrase came with the call, the diary is opened while Qt is still being loaded.
"""

import os
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from ketatrack.diary.database import Diary
from ketatrack.errors import KetaTrackError
from ketatrack.paths import default_diary


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
    with ThreadPoolExecutor(max_workers=1) as early:
        path = chosen or default_diary()
        opening = early.submit(_open, path, secret) if secret is not None and path.exists() else None
        return _run(chosen, opening)


def _run(chosen: Path | None, opening: "Future[Diary | KetaTrackError] | None") -> int:
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
    opened = opening.result() if opening is not None else None
    if bring_first_to_front(path):
        # The first window may be locked, and have let go of the file.
        if isinstance(opened, Diary):
            opened.close()
        return 0
    FocusRing(app)
    window = Window(path, lambda: datetime.now().astimezone(), preferences)
    faults.tell(window.say)
    if isinstance(opened, Diary):
        window.open(opened)
    else:
        window.show_gate(str(opened) if opened is not None else "")
    window.show()
    return int(app.exec())


def _open(path: Path, secret: str) -> Diary | KetaTrackError:
    from ketatrack.diary.database import open_diary

    try:
        return open_diary(path, secret)
    except KetaTrackError as error:
        return error


def _has_screen() -> bool:
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
