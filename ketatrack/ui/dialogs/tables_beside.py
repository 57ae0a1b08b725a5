"""The question which other tables of an export, in the same folder as the one that was chosen, are wanted too."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketatrack.i18n import translate
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.buttons import CheckBox
from ketatrack.ui.widgets.flow import FlowLayout
from ketatrack.ui.widgets.labels import label


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("ImportCsv", text, n)


class TablesBeside(QWidget):
    """One box for each other table, none of them ticked; hidden where there is none."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[Path, CheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(label(tr("Other tables of KetaTrack lie in the same folder. Bring these in too?"), "strong"))
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder)
        column.addWidget(self._holder)
        self.hide()

    def show_files(self, files: Iterable[Path]) -> None:
        """Ask for these files; those of an earlier question go."""
        for box in self.boxes.values():
            self._flow.removeWidget(box)
            box.deleteLater()
        self.boxes = {each: CheckBox(each.name) for each in files}
        for box in self.boxes.values():
            box.clicked.connect(self.chosen)
            self._flow.addWidget(box)
        self.setVisible(bool(self.boxes))

    def files(self) -> tuple[Path, ...]:
        """Those that are wanted."""
        return tuple(path for path, box in self.boxes.items() if box.isChecked())
