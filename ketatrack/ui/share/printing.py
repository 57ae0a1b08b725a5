"""Prints the report's pages through the system's own dialog, with its preview.

The pages are pictures at the resolution of a good office printer.
"""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QWidget

from ketatrack.models.values import Paper

_SIZES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}


def preview_dialog(owner: QWidget, pages: tuple[bytes, ...], paper: Paper, title: str) -> QPrintPreviewDialog:
    """The system's preview, from which one prints; `pages` are PNG files of whole pages."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(_SIZES[paper]))
    printer.setPageMargins(printer.pageLayout().minimumMargins(), QPageLayout.Unit.Point)
    printer.setFullPage(True)
    printer.setDocName(title)
    printer.setFromTo(1, len(pages))
    dialog = QPrintPreviewDialog(printer, owner)
    dialog.setWindowTitle(title)
    shown = dialog.findChild(QPrintPreviewWidget)
    if shown is not None:
        shown.fitToWidth()
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
