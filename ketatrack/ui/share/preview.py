"""The report's own pages on the right of the Share page: one at a time, whole or as wide as there is room.

What is shown is what is saved; the old page stays until the new one is there.
"""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ketatrack.i18n import _
from ketatrack.ui.share.jobs import PagePicture, Preview
from ketatrack.ui.theme.tokens import color, px
from ketatrack.ui.widgets.boxes import hbox, vbox
from ketatrack.ui.widgets.buttons import icon_button
from ketatrack.ui.widgets.choices import Segments
from ketatrack.ui.widgets.labels import label

WHOLE, WIDTH = "whole", "width"
LEAST_PPI, MOST_PPI = 40.0, 300.0
ZOOM_STEP, LEAST_ZOOM, MOST_ZOOM = 1.25, 0.25, 4.0
POINTS_PER_INCH = 72.0
FINER = 2
ANOTHER_PAPER = 0.1  # inches


class PreviewPane(QWidget):
    """`picture_wanted` is emitted when another page, or another size of it, is to be drawn."""

    picture_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._preview: Preview | None = None
        self.number = 1
        self.sheet = PageSheet()
        self.where = label("", "strong")
        self._notice, self._short = "", False
        self.note = label(_("a live preview of exactly what is saved"), "secondary", wrap=True)
        self.back = icon_button("chevron-left", _("Previous page"))
        self.forward = icon_button("chevron-right", _("Next page"))
        self.back.clicked.connect(lambda: self.turn(-1))
        self.forward.clicked.connect(lambda: self.turn(1))
        self.zoom = Segments(_("Zoom"), [(WHOLE, _("Whole page")), (WIDTH, _("Width"))], optional=True)
        self.zoom.value = WHOLE
        self.zoom.setMinimumWidth(self.zoom.sizeHint().width())
        self.zoom.changed.connect(self._fit)
        self.area = PageArea(self.sheet)
        self.area.turned.connect(self.turn)
        self.area.zoomed.connect(self._zoom_by)
        self.area.resized.connect(self._fit)
        head = hbox(self.where, (self.note, 1), self.back, self.forward, self.zoom, gap=8)
        self._column = vbox(head, (self.area, 1), gap=8, of=self)
        self.set_beside(True)
        self._say_where()

    @property
    def shown(self) -> Preview | None:
        """The report that is shown; None until there is one."""
        return self._preview

    @property
    def empty(self) -> bool:
        """Whether no page is shown yet."""
        return self._preview is None

    @property
    def pixels_per_inch(self) -> float:
        """The resolution to draw the page at: twice the device pixels it is shown in, as thin strokes get lost else."""
        paper = self.sheet.inches
        wide = FINER * self.sheet.width() * self.devicePixelRatioF()
        result = wide / paper[0] if paper and wide > 1 else 110.0
        return min(MOST_PPI, max(LEAST_PPI, result))

    def show_preview(self, preview: Preview) -> None:
        """Show another report; the page that was looked at stays in view where it is still there."""
        self._preview = preview
        self.number = min(self.number, preview.pages.count)
        self.show_picture(preview.picture)
        self._fit()
        if preview.picture.number != self.number:  # turned to while the report was being made
            self.picture_wanted.emit()

    def show_picture(self, picture: PagePicture) -> None:
        """Show a page that was drawn; one that was turned away from meanwhile is passed over."""
        if picture.number == self.number:
            self.sheet.show_picture(picture)
            self._say_where()

    def show_page(self, number: int) -> None:
        """Go to a page, counted from 1; its picture follows."""
        if self._preview is not None and number != self.number and 1 <= number <= self._preview.pages.count:
            self.number = number
            self._say_where()
            self.area.verticalScrollBar().setValue(0)
            self.picture_wanted.emit()

    def turn(self, by: int) -> None:
        """Go `by` pages on, or back where it is negative; never beyond the first or the last."""
        count = self._preview.pages.count if self._preview else 0
        self.show_page(min(max(self.number + by, 1), count))

    def close_page(self) -> None:
        """Forget the pages."""
        self._preview, self.number = None, 1
        self.sheet.clear()
        self._say_where()

    def show_notice(self, words: str) -> None:
        """Quiet words beside the page's number instead of the usual ones; "" for those."""
        self._notice = words
        self._show_note()
        self._say_where()

    def set_short(self, short: bool) -> None:
        """Leave out the usual words beside the number where there is no room; what has to be said stays."""
        self._short = short
        self._show_note()

    def _show_note(self) -> None:
        self.note.setText(self._notice or _("a live preview of exactly what is saved"))
        self.note.setVisible(bool(self._notice) or not self._short)

    def set_beside(self, beside: bool) -> None:
        """Keep the page's margins where the pane stands beside the choices; below them it has none of its own."""
        self._column.setContentsMargins(*(px(8), px(20), px(24), px(16)) if beside else (0, 0, 0, 0))

    def _say_where(self) -> None:
        count = self._preview.pages.count if self._preview else 0
        if count:
            where, spoken = _("Page {n} of {count}"), _("Report, page {n} of {count}")
        else:
            where, spoken = "" if self._notice else _("Making the pages…"), _("Report")
        self.where.setText(where.format(n=self.number, count=count))
        self.sheet.setAccessibleName(spoken.format(n=self.number, count=count))
        self.back.setEnabled(self.number > 1)
        self.forward.setEnabled(self.number < count)

    def _fit(self) -> None:
        """Give the page the size that the zoom asks for."""
        paper, room = self.sheet.inches, self.area.viewport().size()
        if paper is None or self.zoom.value is None:
            return
        wide = room.width() - px(2)
        if self.zoom.value == WHOLE:
            wide = min(wide, int((room.height() - px(2)) * paper[0] / paper[1]))
        self._resize(max(px(80), wide))

    def _zoom_by(self, factor: float) -> None:
        paper = self.sheet.inches
        if paper is None:
            return
        self.zoom.value = None
        full = paper[0] * POINTS_PER_INCH * px(100) / 100
        self._resize(round(min(MOST_ZOOM * full, max(LEAST_ZOOM * full, self.sheet.width() * factor))))

    def _resize(self, wide: int) -> None:
        paper = self.sheet.inches
        if paper is None:
            return
        size = QSize(wide, round(wide * paper[1] / paper[0]))
        if size != self.sheet.size():
            self.sheet.setFixedSize(size)
            self.picture_wanted.emit()


class PageSheet(QWidget):
    """One page as a picture with a hairline around it; scaled while a sharper one is being drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._scaled: QImage | None = None
        self.inches: tuple[float, float] | None = None

    def show_picture(self, picture: PagePicture) -> None:
        """Show a page."""
        self._image, self._scaled = QImage.fromData(picture.content), None
        wide, high = (pixels / picture.pixels_per_inch for pixels in (self._image.width(), self._image.height()))
        # Another paper, not a pixel more or less of the same one, which would ask for other pixels again and again.
        if self.inches is None or abs(wide - self.inches[0]) + abs(high - self.inches[1]) > ANOTHER_PAPER:
            self.inches = wide, high
        self.update()

    def _at_size(self, image: QImage) -> QImage:
        """Return the page in this widget's own pixels, scaled down once and smoothly."""
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() * ratio), round(self.height() * ratio))
        if self._scaled is None or self._scaled.size() != size:
            keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._scaled = image.scaled(size, keep, smooth)
            self._scaled.setDevicePixelRatio(ratio)
        return self._scaled

    def clear(self) -> None:
        """Show nothing."""
        self._image, self._scaled, self.inches = None, None, None
        self.setFixedSize(0, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image is None:
            return
        painter = QPainter(self)
        painter.drawImage(QPointF(0, 0), self._at_size(self._image))
        painter.setPen(QPen(color("hairline"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class PageArea(QScrollArea):
    """Scrolls one page; Page Up and Page Down turn at its ends, + and - and Ctrl with the wheel zoom."""

    turned = Signal(int)
    zoomed = Signal(float)
    resized = Signal()

    def __init__(self, sheet: PageSheet) -> None:
        super().__init__()
        self.setWidget(sheet)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName(_("Pages of the report"))
        self.viewport().setAutoFillBackground(False)
        self.setMinimumSize(px(120), px(160))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, key = self.verticalScrollBar(), event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoomed.emit(1 / ZOOM_STEP if key == Qt.Key.Key_Minus else ZOOM_STEP)
        elif key == Qt.Key.Key_PageDown and bar.value() == bar.maximum():
            self.turned.emit(1)
        elif key == Qt.Key.Key_PageUp and bar.value() == bar.minimum():
            self.turned.emit(-1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.turned.emit(-10_000 if key == Qt.Key.Key_Home else 10_000)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(ZOOM_STEP ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
