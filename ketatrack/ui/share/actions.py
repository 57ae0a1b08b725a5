"""The foot of the choices, always in view: what the file means for privacy, and the buttons that make it.

While something is being made its steps stand here, and Cancel.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QVBoxLayout, QWidget

from ketatrack.i18n import translate
from ketatrack.ui.share.work import FileChoice
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.buttons import primary, quiet, secondary
from ketatrack.ui.widgets.labels import label


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Share", text, n)


def other_files() -> tuple[tuple[FileChoice, str], ...]:
    """What stands in the menu of other files."""
    return (
        (FileChoice.IMAGES, tr("Images of the charts…")),
        (FileChoice.SPREADSHEET, tr("Spreadsheet…")),
        (FileChoice.FHIR, tr("FHIR, for a clinic’s system…")),
        (FileChoice.ARCHIVE, tr("Everything, as an archive…")),
    )


class Actions(QWidget):
    """`wanted` carries which file to make."""

    wanted = Signal(object)
    print_wanted = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.save = primary(tr("Save PDF"))
        self.encrypted, self.print = secondary(tr("Encrypted PDF")), secondary(tr("Print"))
        self.other = secondary(tr("Other…"))
        self.menu = QMenu(self)
        for kind, words in other_files():
            self.menu.addAction(words).triggered.connect(lambda _on=False, each=kind: self.wanted.emit(each))
        self.save.clicked.connect(lambda: self.wanted.emit(FileChoice.PDF))
        self.encrypted.clicked.connect(lambda: self.wanted.emit(FileChoice.ENCRYPTED))
        self.print.clicked.connect(self.print_wanted)
        self.other.clicked.connect(lambda: self.menu.popup(self.other.mapToGlobal(self.other.rect().topLeft())))
        self._began: QWidget | None = None
        self.result = label("", "body", wrap=True)
        self.result.hide()
        self.step = label("", "secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(px(6))
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel = quiet(tr("Cancel"))
        self.cancel.clicked.connect(self.cancelled)
        self._busy = QWidget()
        self._lay_out()
        self.set_idle()

    def show_step(self, done: int, count: int, words: str) -> None:
        """Show what is being done."""
        if self._began is None:
            focused = self.window().focusWidget()
            self._began = focused if focused in (self.save, self.encrypted, self.print, self.other) else self.save
        self.result.hide()
        self.bar.setRange(0, count)
        self.bar.setValue(done)
        self.step.setText(words)
        self._busy.show()
        self.cancel.setFocus()  # before the buttons go, or the focus would leave the page
        self._enable(False)

    def set_idle(self, words: str = "") -> None:
        """Nothing is being made; `words` say what became of the last file and stay until the next one."""
        waited = self.window().focusWidget() is self.cancel
        self._enable(True)
        if self._began is not None and waited:  # before Cancel goes, or the focus would leave the page
            self._began.setFocus()
        self._began = None
        self._busy.hide()
        self.result.setText(words)
        self.result.setVisible(bool(words))
        self.result.updateGeometry()

    def _enable(self, on: bool) -> None:
        for button in (self.save, self.encrypted, self.print, self.other):
            button.setEnabled(on)

    def _lay_out(self) -> None:
        busy = QVBoxLayout(self._busy)
        busy.setContentsMargins(0, 0, 0, 0)
        busy.setSpacing(px(4))
        row = QHBoxLayout()
        row.addWidget(self.step, 1)
        row.addWidget(self.cancel)
        busy.addLayout(row)
        busy.addWidget(self.bar)
        three = QHBoxLayout()
        three.setSpacing(px(8))
        for button in (self.encrypted, self.print, self.other):
            three.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, px(16))
        column.setSpacing(px(8))
        column.addWidget(self._busy)
        column.addWidget(self.result)
        column.addWidget(label(tr("A saved PDF can be read by anyone who has the file."), "hint", wrap=True))
        column.addWidget(self.save)
        column.addLayout(three)
