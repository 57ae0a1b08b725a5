"""Locks a diary that nobody uses: a timer that every key and every movement of the mouse winds up again."""

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication

_LOOK_AROUND_MS = 5_000
_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class IdleTimer(QObject):
    """Emits `idle` once nothing has happened for the given minutes.

    Every few seconds it looks which window has the focus, and from then on sees what comes into that window from
    the system: a filter of every event of every widget would slow the whole window down.
    """

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self._pointer: QPoint | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_AROUND_MS)
        self._look.timeout.connect(self._look_around)

    def start(self, minutes: int | None) -> None:
        """Count from now; None never locks."""
        self.stop()
        if minutes is not None:
            self._timer.start(minutes * 60_000)
            self._look.start()

    def stop(self) -> None:
        """Do not count any more."""
        self._timer.stop()
        self._look.stop()

    def _look_around(self) -> None:
        window = QGuiApplication.focusWindow()
        if window is not None:
            window.installEventFilter(self)
        # Moves over another program's window make no event here; the pointer tells of them.
        before, self._pointer = self._pointer, QCursor.pos()
        if before is not None and before != self._pointer:
            self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE and self._timer.isActive():
            self._timer.start()
        return False
