"""The 0-10 rating row: name, slider and value, made for the keyboard. No rating is not 0.

Digits type the value, "1" waits for a "0", Delete goes back to no rating, the wheel does nothing.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from ketatrack.i18n import _
from ketatrack.models.fields import RATING
from ketatrack.ui.theme.fonts import font
from ketatrack.ui.theme.tokens import color, px
from ketatrack.ui.widgets.boxes import hbox

TEN_WAIT_MS = 600
_LINE, _WORDS = 18, 40  # centre of label, handle and value; centre of the end words (design px from the top)


class RatingRow(QWidget):
    """One rating. `value` is in hundredths or None; `changed` tells of a person's change only."""

    changed = Signal(object)

    def __init__(self, name: str, low_words: str, high_words: str, label_width: int = 92) -> None:
        super().__init__()
        self.slider = _Slider(name, (low_words, high_words), label_width)
        self.slider.committed.connect(self.changed)
        self.setFocusProxy(self.slider)
        hbox(self.slider, margins=0, of=self)

    @property
    def value(self) -> int | None:
        """The rating in hundredths (700 is 7); None where there is none."""
        return self.slider.hundredths

    @value.setter
    def value(self, hundredths: int | None) -> None:
        self.slider.show_value(hundredths)

    def commit(self) -> None:
        """Take what is being typed now, without waiting."""
        self.slider.commit()


class _Slider(QSlider):
    """The whole row as one slider, so that a screen reader meets one control with one value."""

    committed = Signal(object)

    def __init__(self, name: str, ends: tuple[str, str], label_width: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, 10)
        self.setPageStep(2)
        self.setAccessibleName(name)
        self.setProperty("ring", "wide")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name, self._ends, self._label_width = name, ends, label_width
        self.hundredths: int | None = None
        self._dragging = False
        self._stood: int | None = None  # what stood before a drag or a typed 1
        self._one = QTimer(self)
        self._one.setSingleShot(True)
        self._one.setInterval(TEN_WAIT_MS)
        self._one.timeout.connect(self._commit_one)
        self.show_value(None)

    def sizeHint(self) -> QSize:
        return QSize(px(440), px(56))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(320), px(56))

    def show_value(self, hundredths: int | None) -> None:
        """Show a value without telling anyone."""
        self._one.stop()
        self._show(hundredths)

    def _show(self, hundredths: int | None) -> None:
        self.hundredths = hundredths
        self.setValue(0 if hundredths is None else round(hundredths / 100))
        low, high = self._ends
        ends = (
            _("0 is {low}, 10 is {high}.") if hundredths is not None else _("No rating yet. 0 is {low}, 10 is {high}.")
        )
        self.setAccessibleDescription(ends.format(low=low, high=high))
        self.update()

    def _commit(self, hundredths: int | None) -> None:
        before = self._stood if self._one.isActive() else self.hundredths
        self._one.stop()
        self._show(hundredths)
        if before != hundredths:
            self.committed.emit(hundredths)

    def _commit_one(self) -> None:
        """Let a typed 1, or the 10 it became, stand."""
        self._one.stop()
        if self.hundredths != self._stood:
            self.committed.emit(self.hundredths)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed, now = event.text(), self.hundredths
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if plain and typed and typed in "0123456789":
            self._type(int(typed))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._commit(None)
        elif event.key() in _STEPS:
            step = _STEPS[event.key()]
            self._commit(0 if now is None else max(0, min(1000, (now // 100 + step) * 100)))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._commit(0 if event.key() == Qt.Key.Key_Home else 1000)
        else:
            event.ignore()

    def commit(self) -> None:
        """Take a typed 1 now, without waiting for a 0."""
        if self._one.isActive():
            self._commit_one()

    def _type(self, digit: int) -> None:
        if digit == 0 and self._one.isActive():
            self._show(1000)
            self._commit_one()
        elif digit == 1:
            self._stood = self._stood if self._one.isActive() else self.hundredths
            self._show(100)
            self._one.start()
        else:
            self._commit(digit * 100)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit()
        super().focusOutEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        start, stop = self._scale()
        if event.button() == Qt.MouseButton.LeftButton and start - px(12) <= event.position().x() <= stop + px(12):
            self._one.stop()
            self._dragging, self._stood = True, self.hundredths
            self._drag(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._drag(event.position().x())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._dragging:
            self._dragging = False
            if self.hundredths != self._stood:
                self.committed.emit(self.hundredths)

    def _drag(self, x: float) -> None:
        start, stop = self._scale()
        self._show(max(0, min(10, round((x - start) / (stop - start) * 10))) * 100)

    def _scale(self) -> tuple[float, float]:
        """Where the centre of the handle lies at 0 and at 10."""
        left = px(self._label_width) + px(12)
        right = max(left + px(60), self.width() - px(88))
        return left + px(10), right - px(10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter)
        if self.hundredths is None:
            self._paint_open(painter)
        else:
            self._paint_slider(painter, self.hundredths)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        centre, left = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft
        start, stop = self._scale()
        focused = self.hasFocus()
        painter.setFont(font(14, 500))
        painter.setPen(color("text" if self.isEnabled() else "disabled"))
        width = painter.fontMetrics().horizontalAdvance(self._name)
        if width <= px(self._label_width) or focused:
            elided = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, px(self._label_width))
            painter.drawText(_line(0, px(self._label_width), px(_LINE)), centre | left, elided)
        else:
            box = QRectF(0, px(_LINE) - px(10), px(self._label_width), px(46))
            painter.drawText(box, left | Qt.TextFlag.TextWordWrap, self._name)
        self._paint_value(painter)
        painter.setFont(font(12))
        painter.setPen(color("secondary"))
        ends, half = px(_WORDS), (stop - start) / 2
        painter.drawText(_line(start - px(10), half * 2, ends), centre | left, self._ends[0])
        metrics = painter.fontMetrics()
        room = round(stop - start + px(20)) - metrics.horizontalAdvance(self._ends[0]) - px(8)
        high = metrics.elidedText(self._ends[1], Qt.TextElideMode.ElideRight, room)  # spoken whole all the same
        painter.drawText(_line(start + px(10), half * 2, ends), centre | Qt.AlignmentFlag.AlignRight, high)
        if focused:
            painter.setPen(color("accent"))
            painter.drawText(_line(0, px(self._label_width), px(41)), centre | left, _("type 0–10"))

    def _paint_value(self, painter: QPainter) -> None:
        box = _line(self.width() - px(86), px(86), px(_LINE))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        if self.hundredths is None:
            painter.setFont(font(12))
            painter.setPen(color("secondary"))
            painter.drawText(box, flags, _("no rating yet"))
            return
        painter.setFont(font(18, QFont.Weight.Medium.value, tabular=True))
        painter.drawText(box, flags, RATING.words(self.hundredths))

    def _paint_open(self, painter: QPainter) -> None:
        start, stop = self._scale()
        painter.setPen(QPen(color("control"), px(1.2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for step in range(11):
            centre = QPointF(start + (stop - start) * step / 10, px(_LINE))
            painter.drawEllipse(centre, 3.25 * px(4) / 4, 3.25 * px(4) / 4)

    def _paint_slider(self, painter: QPainter, hundredths: int) -> None:
        start, stop = self._scale()
        y, at = px(_LINE), start + (stop - start) * hundredths / 1000
        painter.setPen(Qt.PenStyle.NoPen)
        thick = px(4)
        for token, first, last in (("groove", start, stop), ("accent", start, at)):
            painter.setBrush(color(token))
            painter.drawRoundedRect(QRectF(first - 2, y - thick / 2, last - first + 4, thick), thick / 2, thick / 2)
        painter.setBrush(color("control"))
        for step in range(11):
            x = start + (stop - start) * step / 10
            if x > at:
                painter.drawEllipse(QPointF(x, y), px(3) / 2, px(3) / 2)
        ring = px(3)
        painter.setPen(QPen(color("accent"), ring))
        painter.setBrush(color("card"))
        painter.drawEllipse(QPointF(at, y), px(10) - ring / 2, px(10) - ring / 2)
        if self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            painter.drawEllipse(QPointF(at, y), px(4), px(4))


_STEPS: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageDown: -2,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageUp: 2,
}


def _line(x: float, width: float, centre: float) -> QRectF:
    return QRectF(x, centre - px(12), width, px(24))
