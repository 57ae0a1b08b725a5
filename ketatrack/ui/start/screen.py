"""What fills the window while no diary is open: first start, unlocking, or trouble. Each asks for the same ways on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget


class StartScreen(QWidget):
    """The window carries out what these signals ask for; `opened` carries an open Diary."""

    opened = Signal(object)
    restore = Signal()
    other_diary = Signal()
    look_around = Signal()
    begin = Signal()
    again = Signal()
    help_now = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def show_error(self, sentence: str) -> None:
        """Say what went wrong; "" takes it away."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Put the focus where one begins."""
        raise NotImplementedError
