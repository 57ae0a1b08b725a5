"""Locks a diary that nobody uses: a timer that every key and every movement of the mouse winds up again."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCursor

_LOOK_AT_POINTER_MS = 5_000
_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class IdleTimer(QObject):
    """Filters the application's events and emits `idle` once nothing has happened for the given minutes."""

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        # Moves over widgets that do not follow the mouse make no event; so the pointer is looked at now and then.
        self._pointer = QCursor.pos()
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_AT_POINTER_MS)
        self._look.timeout.connect(self._look_at_pointer)

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

    def _look_at_pointer(self) -> None:
        if QCursor.pos() != self._pointer:
            self._pointer = QCursor.pos()
            self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE and self._timer.isActive():
            self._timer.start()
        return False
