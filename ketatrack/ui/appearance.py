"""Light or dark, by the system or by the person's own choice, and the text size."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from ketatrack.ui import tokens
from ketatrack.ui.preferences import Preferences


class Appearance(QObject):
    """Dresses the application and follows the system while the person has not chosen otherwise."""

    def __init__(self, app: QApplication, preferences: Preferences) -> None:
        super().__init__(app)
        self._app = app
        self._preferences = preferences
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: self.apply())

    def apply(self) -> None:
        """Dress the application as the preferences and the system say now."""
        theme, scale = self._theme(), self._preferences.text_size / 100
        if (tokens.theme(), tokens.text_scale()) != (theme, scale) or not self._app.styleSheet():
            tokens.apply(self._app, theme, scale)

    def _theme(self) -> tokens.Theme:
        chosen = self._preferences.appearance
        if chosen == "system":
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return tokens.DARK if dark else tokens.LIGHT
        return tokens.DARK if chosen == "dark" else tokens.LIGHT
