"""Applies a theme to the whole application: its colours, its font and the style sheet."""

from PySide6.QtWidgets import QApplication

from ketatrack.ui.theme import fonts, tokens
from ketatrack.ui.theme.stylesheet import style_sheet


def apply_theme(app: QApplication, theme: tokens.Theme, scale: float = 1.0) -> None:
    """Show the whole application in `theme` at the text size `scale`.

    Colours change at once everywhere. Widths counted with px() are read when a page is built, so a page that is
    open is built again after the text size has changed.
    """
    tokens.set_theme(theme, scale)
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setFont(fonts.font(14))
    app.setPalette(tokens.palette(theme))
    app.setStyleSheet(style_sheet(theme))
