"""The icons of the window, drawn in the colours of the theme, and the logo."""

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from ketatrack.paths import resource
from ketatrack.ui.theme.tokens import color, px, theme

_PLACEHOLDER = b"#000000"


def icon(name: str, color: str = "accent", chosen: str = "") -> QIcon:
    """Return the icon resources/icons/NAME.svg in a token's colour; `chosen` is the token for a checked button."""
    return QIcon(_TokenEngine(name, color, chosen or color))


def paint(painter: QPainter, name: str, rect: QRectF, color: str) -> None:
    """Draw the icon `name` into `rect` in the colour of the token `color`."""
    _renderer(name, getattr(theme(), color)).render(painter, rect)


class _TokenEngine(QIconEngine):
    """Paints one icon in the colour that its token has at that moment."""

    def __init__(self, name: str, color: str, chosen: str) -> None:
        super().__init__()
        self._parts = (name, color, chosen)

    def clone(self) -> QIconEngine:
        return _TokenEngine(*self._parts)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint(painter, self._parts[0], QRectF(rect), self._token(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _pixmap(self._parts[0], getattr(theme(), self._token(mode, state)), size.width(), size.height())

    def _token(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return "disabled"
        return self._parts[2] if state == QIcon.State.On else self._parts[1]


@cache
def _renderer(name: str, hex_color: str) -> QSvgRenderer:
    drawing = resource(f"icons/{name}.svg").read_bytes().replace(_PLACEHOLDER, hex_color.encode())
    return QSvgRenderer(QByteArray(drawing))


@cache
def _pixmap(name: str, hex_color: str, width: int, height: int) -> QPixmap:
    picture = QPixmap(width, height)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, hex_color).render(painter, QRectF(0, 0, width, height))
    painter.end()
    return picture


class Logo(QWidget):
    """The logo at `size` design pixels."""

    def __init__(self, size: float = 22) -> None:
        super().__init__()
        self.setFixedSize(QSize(px(size), px(size)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_logo(painter, QRectF(self.rect()))
        painter.end()


def paint_logo(painter: QPainter, box: QRectF) -> None:
    """Draw the logo into `box` in the colours of the theme."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    unit = box.width() / 22
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("accent"))
    painter.drawRoundedRect(box, 5.5 * unit, 5.5 * unit)
    curve = QPainterPath(QPointF(4.6, 7.2))
    curve.cubicTo(QPointF(10.6, 7.2), QPointF(10, 15), QPointF(17.4, 15))
    painter.translate(box.topLeft())
    painter.scale(unit, unit)
    pen = QPen(color("window" if theme().is_dark else "on_fill"), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(curve)
    painter.restore()


def window_icon() -> QIcon:
    """Return the logo as the icon of windows and the task bar."""
    q_icon = QIcon()
    for side in (16, 32, 64, 128):
        drawing = QPixmap(side, side)
        drawing.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawing)
        paint_logo(painter, QRectF(0, 0, side, side))
        painter.end()
        q_icon.addPixmap(drawing)
    return q_icon
