"""The focus ring: drawn 2 px outside the control that has the focus, the same for every control and window.

It is a child of the scrolled page (or of the window), so that it scrolls along and no parent cuts it off.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from ketatrack.ui.theme.tokens import color, px

_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.EnabledChange}


class FocusRing(QObject):
    """Follows the focus through all windows of `app`: after keys and shortcuts, in text fields and ratings always.

    A control may say with the property `ring` how the ring lies around it ("wide" for rows: 10 px over both ends;
    "inside" for what fills its place; "none" for what shows its focus itself), and with `ring_radius` (design px)
    how round it is.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._target: QWidget | None = None
        self._ring: _Ring | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._follow)

    def ring(self) -> QWidget | None:
        """Return the ring that is shown now; None when there is none."""
        return self._ring if self._ring is not None and isValid(self._ring) and self._ring.isVisible() else None

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._let_go()
        if new is None or not _wants_ring(new):
            return
        self._target = new
        parent = _ring_parent(new)
        above: QWidget | None = new
        while above is not None and above is not parent:
            above.installEventFilter(self)
            self._watched.append(above)
            above = above.parentWidget()
        self._ring = _Ring(parent)
        self._place()

    def _let_go(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        self._target = None
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        if self._target is None or self._ring is None or not isValid(self._target) or not isValid(self._ring):
            return
        if self._target.isVisible():
            self._ring.surround(self._target)
        else:
            self._ring.hide()


class _Ring(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self._radius = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def surround(self, target: QWidget) -> None:
        wide, radius = target.property("ring") == "wide", target.property("ring_radius")
        self._radius = px(8 if radius is None else float(radius)) + (0 if wide else px(3))
        aside, above = {"wide": (px(10), 0), "inside": (0, 0)}.get(target.property("ring"), (px(4), px(4)))
        corner = target.mapTo(self._page, QPoint(0, 0))
        self.setGeometry(QRect(corner, target.size()).adjusted(-aside, -above, aside, above))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = px(2)
        painter.setPen(QPen(color("accent"), line))
        box = QRectF(self.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2)
        painter.drawRoundedRect(box, self._radius, self._radius)
        painter.end()


def _wants_ring(widget: QWidget) -> bool:
    if widget.property("ring") == "none":
        return False
    always = isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) or widget.property("ring") == "wide"
    return always or QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton


def _ring_parent(widget: QWidget) -> QWidget:
    above = widget.parentWidget()
    while above is not None and above.objectName() != "page" and not above.isWindow():
        above = above.parentWidget()
    return above or widget.window()
