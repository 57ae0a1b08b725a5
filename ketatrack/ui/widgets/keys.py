"""Keys that several controls understand alike."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def is_delete(event: QKeyEvent) -> bool:
    """Delete or Backspace: take the answer back."""
    return event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
