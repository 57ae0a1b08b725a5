"""The window's apply_theme for every test of the window, and a place to put widgets."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketatrack.ui.theme import tokens
from ketatrack.ui.theme.stylesheet import apply_theme


@pytest.fixture(autouse=True)
def light_theme(qapp):
    """Every test begins with the light theme at 100 %."""
    if tokens.theme() is not tokens.LIGHT or tokens.text_scale() != 1.0 or not qapp.styleSheet():
        apply_theme(qapp, tokens.LIGHT, 1.0)
    return qapp


@pytest.fixture
def stage(qtbot, focus_ring):
    """Shows widgets in a real window, one below the other; returns the window."""

    shown = []

    def show(*widgets: QWidget, width: int = 600) -> QWidget:
        window = QWidget()
        window.setObjectName("page")
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        shown.append(window)
        qtbot.addWidget(window)
        window.resize(width, 400)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return show
