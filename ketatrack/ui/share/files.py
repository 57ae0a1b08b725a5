"""Files from the Share page: the buttons, what a file means for privacy, making it in the background, printing."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QMenu, QProgressBar, QWidget

from ketatrack.errors import KetaTrackError
from ketatrack.i18n import _, ngettext
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.enums import Paper
from ketatrack.ui import jobs
from ketatrack.ui.share.jobs import Cancelled, ExportCache, FileChoice, Steps, Wanted, make, pages, steps_of
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import hbox, vbox
from ketatrack.ui.widgets.buttons import primary, quiet, secondary
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import wrapped_row

_SIZES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}
PRINT_PPI = 220.0


def preview_dialog(owner: QWidget, pages: tuple[bytes, ...], paper: Paper, title: str) -> QPrintPreviewDialog:
    """Return the system's preview, from which one prints; `pages` are PNG files of whole pages."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(_SIZES[paper]))
    printer.setPageMargins(printer.pageLayout().minimumMargins(), QPageLayout.Unit.Point)
    printer.setFullPage(True)
    printer.setDocName(title)
    printer.setFromTo(1, len(pages))
    dialog = QPrintPreviewDialog(printer, owner)
    dialog.setWindowTitle(title)
    preview = dialog.findChild(QPrintPreviewWidget)
    if preview is not None:
        preview.fitToWidth()
    dialog.resize(owner.window().size())
    dialog.paintRequested.connect(lambda target: paint(target, pages))
    dialog.printer_kept = printer  # type: ignore[attr-defined]  # the dialog does not own it
    return dialog


def paint(printer: QPrinter, pages: tuple[bytes, ...]) -> None:
    """Put each page that was asked for on a sheet of its own, one decoded at a time."""
    first, last = printer.fromPage() or 1, printer.toPage() or len(pages)
    painter = QPainter(printer)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)  # a preview shows it much smaller
    try:
        for number, page in enumerate(pages[first - 1 : last]):
            if number:
                printer.newPage()
            image = QImage.fromData(page)
            sheet = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
            painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), image)
    finally:
        painter.end()


class Making(QObject):
    """`stepped` carries (steps done, of how many, words), `ended` a sentence ("" where it was cancelled).

    `saved` is emitted once a file is where it belongs.
    """

    stepped = Signal(int, int, str)
    ended = Signal(str)
    saved = Signal()

    def __init__(self, cache: ExportCache, parent: QObject) -> None:
        super().__init__(parent)
        self._cache = cache
        self._steps: Steps | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being made."""
        return self._steps is not None

    def cancel(self) -> None:
        """Stop what is being made before its next step; nothing is written then."""
        if self._steps is not None:
            self._steps.cancel()

    def save(self, kind: FileChoice, data: DiaryData, wanted: Wanted, target: Path, answer: str) -> None:
        """Make a file and write it to `target`, a folder for images; `answer` is the password or the images' format."""
        steps = self._begin(steps_of(kind, wanted.choices.attach))

        def work() -> str:
            content, note = make(kind, data, self._cache, wanted, answer, steps)
            steps.next(_("Saving…"))
            return f"{_put(target, content, kind)} {note}".strip()

        jobs.run(self, work, self._finish, self._fail)

    def draw_pages(self, data: DiaryData, wanted: Wanted, done: Callable[[tuple[bytes, ...]], None]) -> None:
        """Draw every page for a printer and hand them to `done`."""
        steps = self._begin(2)

        def deliver(drawn: tuple[bytes, ...]) -> None:
            self._steps = None
            self.ended.emit("")
            done(drawn)

        jobs.run(self, lambda: pages(data, self._cache, wanted, PRINT_PPI, steps), deliver, self._fail)

    def _begin(self, count: int) -> Steps:
        self._steps = Steps(count, self.stepped.emit)
        self.stepped.emit(0, count, _("Beginning…"))
        return self._steps

    def _finish(self, words: str) -> None:
        self._steps = None
        self.ended.emit(words)
        self.saved.emit()

    def _fail(self, error: Exception) -> None:
        self._steps = None
        if isinstance(error, Cancelled):
            self.ended.emit("")
        elif isinstance(error, KetaTrackError):
            self.ended.emit(str(error))
        else:
            self.ended.emit(_("Something went wrong while making the file; nothing was written."))
            raise error


def _put(target: Path, content: bytes | dict[str, bytes], kind: FileChoice) -> str:
    from ketatrack.formats.saving import save, save_all

    if isinstance(content, dict):
        save_all(target, content)
        words = ngettext(
            "{n} image is in {place}; it is not encrypted.",
            "{n} images are in {place}; they are not encrypted.",
            len(content),
        )
        return words.format(n=len(content), place=target)
    save(target, content)
    if kind is FileChoice.ENCRYPTED:
        return _("Saved as {name}, encrypted with its password.").format(name=target)
    return _("Saved as {name}. It is not encrypted: anyone who has the file can read it.").format(name=target)


def other_files() -> tuple[tuple[FileChoice, str], ...]:
    """Return what stands in the menu of other files."""
    return (
        (FileChoice.IMAGES, _("Images of the charts…")),
        (FileChoice.SPREADSHEET, _("Spreadsheet…")),
        (FileChoice.FHIR, _("FHIR, for a clinic’s system…")),
        (FileChoice.ARCHIVE, _("Everything, as an archive…")),
    )


class Actions(QWidget):
    """`wanted` carries which file to make."""

    wanted = Signal(object)
    print_wanted = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.save = primary(_("Save PDF"))
        self.encrypted, self.print = secondary(_("Encrypted PDF")), secondary(_("Print"))
        self.other = secondary(_("Other…"))
        self.menu = QMenu(self)
        for kind, words in other_files():
            self.menu.addAction(words).triggered.connect(lambda _on=False, chosen=kind: self.wanted.emit(chosen))
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
        self.bar.setAccessibleName(_("Progress"))
        self.cancel = quiet(_("Cancel"))
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
        row = hbox((self.step, 1), self.cancel)
        vbox(row, self.bar, gap=4, margins=0, of=self._busy)
        vbox(
            self._busy,
            self.result,
            label(_("A saved PDF can be read by anyone who has the file."), "hint", wrap=True),
            self.save,
            wrapped_row(self.encrypted, self.print, self.other),
            gap=8,
            margins=(0, 8, 0, 16),
            of=self,
        )
