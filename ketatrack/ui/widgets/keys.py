"""Keys that several controls understand alike, and the order in which Tab goes through them."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


def is_delete(event: QKeyEvent) -> bool:
    """Delete or Backspace: take the answer back."""
    return event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


def in_order(*stops: QWidget) -> None:
    """Let Tab go from each control to the next one, in whatever order they were made."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
