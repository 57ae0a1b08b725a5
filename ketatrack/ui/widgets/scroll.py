"""A scroll area that lets the page shine through and takes no focus of its own."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(content: QWidget) -> QScrollArea:
    """`content` in a scroll area that is as wide as its place and scrolls down when it must."""
    area, through = QScrollArea(), QWidget()
    through.setAutoFillBackground(False)
    area.setViewport(through)  # asking for Qt's own makes Python learn every kind of widget first: 20 ms
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setAutoFillBackground(False)
    area.setWidget(content)
    return area
