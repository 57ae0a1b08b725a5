"""Buttons of every kind, and the check box: made by functions, light_theme by the application's style sheet."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QPushButton

from ketatrack.ui.theme import icons
from ketatrack.ui.theme.tokens import color, px

_GAP = "\u2009\u2009"  # the gap between icon and words cannot be set in Qt


def primary(text: str, icon: str = "") -> QPushButton:
    """Return the one thing to do here: filled."""
    return _button(text, "primary", icon, "on_fill")


def secondary(text: str, icon: str = "") -> QPushButton:
    """Another thing to do: an edge and no fill."""
    return _button(text, "secondary", icon, "accent")


def quiet(text: str, icon: str = "") -> QPushButton:
    """Something that may be done beside the content: words in the accent colour."""
    return _button(text, "quiet", icon, "accent")


def link(text: str) -> QPushButton:
    """Words in the accent colour without any padding, to stand in a line of text."""
    return _button(text, "link", "", "accent")


def big(text: str, icon: str = "") -> QPushButton:
    """Return the one large button of a page, as wide as its column."""
    return _button(text, "big", icon, "on_fill")


def icon_button(icon: str, accessible_name: str, color_token: str = "text") -> QPushButton:
    """Return a button that shows an icon only; the name is read out and stands in the tool tip."""
    button = _button("", "icon", icon, color_token)
    name_icon(button, accessible_name)
    return button


def name_icon(button: QPushButton, name: str) -> None:
    """Say what a button does that shows an icon only, to those who hear it and in its tool tip."""
    button.setAccessibleName(name)
    button.setToolTip(name)


def check_box(text: str) -> QCheckBox:
    """Return a check box; its whole row can be clicked."""
    return CheckBox(text)


def _button(text: str, kind: str, icon: str, color_token: str) -> QPushButton:
    button = Button(_GAP + text if icon and text else text)
    button.setProperty("kind", kind)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    if kind in ("quiet", "link"):
        button.setProperty("ring_radius", 6)
    if icon:
        button.setIcon(icons.icon(icon, color_token))
        button.setIconSize(QSize(px(20), px(20)))
    return button


class Button(QPushButton):
    """A button that Enter presses too, wherever it stands; Qt alone does that for Space only."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class CheckBox(QCheckBox):
    """A check box that paints its own box and tick, so that both follow the theme at every scale."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAccessibleName(text)
        self.setProperty("ring_radius", 4)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(px(18) + px(10) + words + px(2), max(px(24), self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = px(18)
        box = QRectF(0.5, (self.height() - side) / 2 + 0.5, side - 1, side - 1)
        on = self.isChecked()
        painter.setPen(QPen(color("fill" if on else "control" if self.isEnabled() else "hairline"), 1))
        hovered = self.underMouse() and self.isEnabled()
        painter.setBrush(color("fill" if on else "hover" if hovered else "field"))
        painter.drawRoundedRect(box, px(5), px(5))
        if on:
            icons.paint(painter, "check-bold", box.adjusted(1, 1, -1, -1), "on_fill")
        painter.setPen(color("text" if self.isEnabled() else "disabled"))
        words = self.rect().adjusted(side + px(10), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self.updateGeometry()
            self.update()
