"""What belongs to this computer and not to the diary: geometry, appearance, text size, and where the diary lies."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

APPEARANCES = ("system", "light", "dark")
TEXT_SIZES = (90, 100, 115, 130, 150, 175, 200)


class Preferences:
    """Reads and writes one small file of the system's settings folder; nothing of the diary is in it."""

    def __init__(self) -> None:
        self._settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "KetaTrack", "KetaTrack")

    @property
    def appearance(self) -> str:
        """One of APPEARANCES."""
        stored = str(self._settings.value("appearance", "system"))
        return stored if stored in APPEARANCES else "system"

    @appearance.setter
    def appearance(self, new: str) -> None:
        self._settings.setValue("appearance", new)

    @property
    def text_size(self) -> int:
        """The text size in percent, one of TEXT_SIZES."""
        stored = str(self._settings.value("text_size", "100"))
        return int(stored) if stored.isdigit() and int(stored) in TEXT_SIZES else 100

    @text_size.setter
    def text_size(self, new: int) -> None:
        self._settings.setValue("text_size", str(new))

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window was, as Qt saved it."""
        stored = self._settings.value("geometry")
        return stored if isinstance(stored, QByteArray) else None

    @geometry.setter
    def geometry(self, new: QByteArray) -> None:
        self._settings.setValue("geometry", new)

    @property
    def opened(self) -> tuple[Path, ...]:
        """Where diaries were opened on this computer before."""
        stored = self._settings.value("opened", [])
        return tuple(Path(str(each)) for each in (stored if isinstance(stored, list) else [stored]))

    def remember_opened(self, path: Path) -> None:
        """Keep in mind that there was a diary at `path`."""
        if path not in self.opened:
            self._settings.setValue("opened", [str(each) for each in (*self.opened, path)])

    @property
    def diary(self) -> Path | None:
        """The diary that the person chose with "Open another diary"; None for their own at its usual place."""
        stored = self._settings.value("diary")
        return Path(str(stored)) if stored else None

    @diary.setter
    def diary(self, new: Path) -> None:
        self._settings.setValue("diary", str(new))
