"""A screen that can be watched from outside: Xvfb keeps its pixels in a file, which is compared over and over.

Nothing is asked of the process that draws, so watching costs it nothing.
"""

import ctypes
import mmap
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtGui import QImage

WIDTH, HEIGHT = 1280, 900
EVERY = 0.004


class Screen:
    """`display` is its name for DISPLAY; `changes` are the moments (time.monotonic) at which pixels were new."""

    def __init__(self, folder: Path, number: int) -> None:
        self.display = f":{number}"
        self.changes: list[float] = []
        self._folder = folder
        self._process = subprocess.Popen(
            [
                "Xvfb",
                self.display,
                "-screen",
                "0",
                f"{WIDTH}x{HEIGHT}x24",
                "-fbdir",
                str(folder),
                "-nolisten",
                "tcp",
                "-noreset",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._pixels = self._mapped()
        self._watching = True
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _mapped(self) -> mmap.mmap:
        path, socket = self._folder / "Xvfb_screen0", Path(f"/tmp/.X11-unix/X{self.display[1:]}")
        for _ in range(500):
            if path.exists() and path.stat().st_size > WIDTH * HEIGHT * 4 and socket.exists():
                with path.open("rb+") as file:
                    return mmap.mmap(file.fileno(), 0)
            time.sleep(0.02)
        raise RuntimeError("Xvfb did not start; is it installed (sh requirements/system.sh xvfb)?")

    def _watch(self) -> None:
        # memcmp looks at 5 MB in a third of a millisecond and leaves Python free meanwhile.
        differ, size = ctypes.CDLL(None).memcmp, ctypes.c_size_t(len(self._pixels))
        before = bytearray(self._pixels)
        shown, kept = (ctypes.c_char.from_buffer(each) for each in (self._pixels, before))
        while self._watching:
            at = time.monotonic()
            if differ(ctypes.byref(shown), ctypes.byref(kept), size):
                self.changes.append(at)
                before[:] = self._pixels
            time.sleep(EVERY)

    def wait_until_quiet(self, since: float, quiet: float, most: float = 20.0) -> float:
        """Return the moment of the last change after `since`, once `quiet` seconds have passed without another."""
        while time.monotonic() - since < most:
            time.sleep(0.05)
            last = self.last_change(since)
            if last is not None and time.monotonic() - last >= quiet:
                return last
        raise RuntimeError("The screen never came to rest.")

    def last_change(self, since: float, until: float = float("inf")) -> float | None:
        """Return the last change between two moments; None where nothing changed."""
        return max((at for at in self.changes if since < at < until), default=None)

    def environment(self) -> dict[str, str]:
        """Return the surroundings of a process that draws here: this screen, and settings of nobody."""
        fresh = self._folder / f"home {time.monotonic_ns()}"
        fresh.mkdir()
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "XDG_", "WAYLAND_"))}
        homes = {f"XDG_{name}_HOME": str(fresh / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
        return kept | homes | {"DISPLAY": self.display, "XDG_RUNTIME_DIR": str(fresh), "QT_QPA_PLATFORM": "xcb"}

    def save(self, path: Path) -> None:
        """Keep what is on the screen now as a picture."""
        header = int.from_bytes(self._pixels[:4], "big") + 12 * int.from_bytes(self._pixels[76:80], "big")
        QImage(self._pixels[header:], WIDTH, HEIGHT, QImage.Format.Format_RGB32).save(str(path))

    def close(self) -> None:
        """Stop watching and end Xvfb."""
        self._watching = False
        self._thread.join()
        self._process.terminate()
        self._process.wait()


@contextmanager
def screen(folder: Path) -> Iterator[Screen]:
    """Return a screen with a number of its own, gone when the block ends."""
    number = next(n for n in range(70, 1000) if not Path(f"/tmp/.X11-unix/X{n}").exists())
    made = Screen(folder, number)
    try:
        yield made
    finally:
        made.close()


def stop(process: "subprocess.Popen[str]") -> None:
    """End a process of a window and wait until it is gone."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    process.kill()
    process.wait()


def python(*arguments: str) -> list[str]:
    """Return the call of this Python with `arguments`."""
    return [sys.executable, *arguments]
