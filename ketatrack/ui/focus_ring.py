"""The focus ring: one transparent widget for a whole window, drawn 2 px outside the control that has the focus.

It is a child of the scrolled page (or of the window), so that it scrolls along and no parent cuts it off.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from ketatrack.ui.tokens import color, px

_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.EnabledChange}


class FocusRing(QWidget):
    """Follows the focus inside `window`; shown after keys and shortcuts, in text fields and ratings always.

    A control may say with the property `ring` how far the ring hangs over it ("wide" for rows, "none" for a
    control that paints its own focus), and with `ring_radius` (design px) how round it is.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or new.window() is not self._window or not _wants_ring(new):
            self._let_go()
            return
        self._let_go()
        self._target = new
        parent = _ring_parent(new)
        self.setParent(parent)
        above: QWidget | None = new
        while above is not None and above is not parent:
            above.installEventFilter(self)
            self._watched.append(above)
            above = above.parentWidget()
        self._place()

    def _let_go(self) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._watched.clear()
        self._target = None
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        target, parent = self._target, self.parentWidget()
        if target is None or parent is None or not target.isVisible():
            self.hide()
            return
        wide = target.property("ring") == "wide"
        gap = px(10) if wide else px(4)
        corner = target.mapTo(parent, QPoint(0, 0))
        rect = QRect(corner, target.size()).adjusted(-gap, 0 if wide else -gap, gap, 0 if wide else gap)
        self.setGeometry(rect)
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        target = self._target
        if target is None:
            return
        radius = target.property("ring_radius")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = px(2)
        painter.setPen(QPen(color("accent"), line))
        round_by = px(8 if radius is None else float(radius)) + (0 if target.property("ring") == "wide" else px(3))
        box = QRectF(self.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2)
        painter.drawRoundedRect(box, round_by, round_by)
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
