"""The application: its start, one window a diary, and what happens when KetaTrack itself is at fault."""

import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ketatrack import i18n
from ketatrack.errors import KetaTrackError
from ketatrack.i18n import _
from ketatrack.paths import data_folder, default_diary, resource
from ketatrack.ui import preload

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ketatrack.diary.crypto import Key
    from ketatrack.diary.database import Diary

_log = logging.getLogger("ketatrack")


def open_window(chosen: Path | None, secret: str | None) -> int:
    """Show the window on the diary that was asked for (None: the last one); returns the exit code.

    With `secret`, the passphrase that came with the call, the diary is opened without asking.
    """
    if not _has_screen():
        print(
            "ketatrack: "
            + _(
                "There is no screen to open a window on; without one, use ketatrack new, demo, import, relief, "
                "backup, restore or check (ketatrack --help tells how)."
            ),
            file=sys.stderr,
        )
        return 1
    preload.begin_start()
    with ThreadPoolExecutor(max_workers=1) as early:
        path = chosen or default_diary()
        key = early.submit(_derive, path, secret) if secret is not None and path.exists() else None
        return _run(chosen, secret, key)


def _run(chosen: Path | None, secret: str | None, key: "Future[Key | None] | None") -> int:
    from PySide6.QtCore import QLocale
    from PySide6.QtWidgets import QApplication

    from ketatrack.ui.main_window import Window
    from ketatrack.ui.single_instance import bring_first_to_front
    from ketatrack.ui.theme.focus_ring import FocusRing
    from ketatrack.ui.theme.preferences import Preferences

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("KetaTrack")
    app.setDesktopFileName("ketatrack")
    # Where a system has no such variables, its settings tell the language.
    i18n.install(i18n.load(resource("i18n"), [name.replace("-", "_") for name in QLocale.system().uiLanguages()]))
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
    tell(window.show_message)
    if opened is None or isinstance(opened, KetaTrackError):
        window.show_start_screen(str(opened or ""))
    else:
        window.open(opened)
    window.show()
    app.commitDataRequest.connect(lambda _manager: window.save_all())  # the end of the session may be called off
    end_on_signals(app, window.close)
    preload.end_start()
    return int(app.exec())


def end_on_signals(app: "QApplication", close: Callable[[], object]) -> None:
    """Close the window as its own button does when the system asks the program to stop."""
    from PySide6.QtCore import QSocketNotifier

    read, write = os.pipe()
    os.set_blocking(write, False)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: None)  # what is written to the pipe wakes Qt up
    notifier = QSocketNotifier(read, QSocketNotifier.Type.Read, app)

    def told() -> None:
        os.read(read, 64)
        close()

    notifier.activated.connect(told)


def _derive(path: Path, secret: str) -> "Key | None":
    from ketatrack.diary import crypto

    with suppress(OSError, KetaTrackError):  # `_open` meets them again, and has words for them
        return crypto.derive(secret, crypto.salt_of(path))
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


def tell(say: Callable[[str], None]) -> None:
    """Log an unexpected error from now on, and tell the person through `say`, instead of showing a traceback."""

    def hook(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, where)
            return
        _write(kind, where)
        if isinstance(error, KetaTrackError):
            say(str(error))
            return
        say(
            _(
                "Something went wrong inside KetaTrack. What was saved is safe; if a button does nothing now, lock "
                "and unlock the diary."
            )
        )

    sys.excepthook = hook


def _write(kind: type[BaseException], where: TracebackType | None) -> None:
    from logging.handlers import RotatingFileHandler

    if not _log.handlers:
        try:
            data_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
            rotating_file_handler = RotatingFileHandler(
                data_folder() / "ketatrack.log", maxBytes=200_000, backupCount=1, encoding="utf-8"
            )
        except OSError:
            return
        rotating_file_handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        _log.addHandler(rotating_file_handler)
        _log.propagate = False
    steps = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(where)]
    _log.error("%s at %s", kind.__name__, " < ".join(reversed(steps)))
