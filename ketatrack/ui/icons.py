"""The icons: own SVG files with one placeholder colour, drawn in a token of the theme that is shown.

The engine reads the token when it paints, so icons are sharp at every scale and right after a theme change.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ketatrack.paths import resource
from ketatrack.ui.tokens import theme

_PLACEHOLDER = b"#000000"


def icon(name: str, color: str = "accent", chosen: str = "") -> QIcon:
    """The icon resources/icons/NAME.svg in a token's colour; `chosen` is the token for a checked button."""
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
    made = QPixmap(width, height)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, hex_color).render(painter, QRectF(0, 0, width, height))
    painter.end()
    return made
