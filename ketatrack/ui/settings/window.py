"""How the window looks on this computer: light or dark, and the size of its text."""

from PySide6.QtCore import Signal

from ketatrack.i18n import translate
from ketatrack.ui.editor import Editor
from ketatrack.ui.preferences import TEXT_SIZES, Preferences
from ketatrack.ui.settings.section import Section
from ketatrack.ui.widgets.choice import Choice
from ketatrack.ui.widgets.segments import Segments


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Settings", text, n)


class WindowSection(Section):
    """`dress` asks the window to look as the preferences say now."""

    dress = Signal()

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor, tr("This window"))
        self._preferences = Preferences()
        looks = [("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))]
        self.look = Segments(tr("Appearance"), looks, optional=False)
        self.look.value = self._preferences.appearance
        self.look.changed.connect(self._set_look)
        self.text_size = Choice(tr("Text size"), [(size, f"{size} %") for size in TEXT_SIZES])
        self.text_size.value = self._preferences.text_size
        self.text_size.changed.connect(self._set_size)
        self.add_row(tr("Appearance"), self.look)
        self.add_row(tr("Text size"), self.text_size)

    def _set_look(self, value: object) -> None:
        self._preferences.appearance = str(value)
        self.dress.emit()

    def _set_size(self, value: object) -> None:
        if isinstance(value, int):
            self._preferences.text_size = value
            self.dress.emit()
