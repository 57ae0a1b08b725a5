"""Bringing in older notes from another program's CSV."""

from PySide6.QtCore import Signal

from ketatrack.i18n import translate
from ketatrack.ui.editor import Editor
from ketatrack.ui.settings.section import Section
from ketatrack.ui.widgets.buttons import secondary


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Settings", text, n)


class NotesSection(Section):
    """`bring_in` asks for the dialog that maps columns and shows what would come in."""

    bring_in = Signal()

    def __init__(self, editor: Editor) -> None:
        super().__init__(
            editor,
            tr("Older notes"),
            tr("A table (CSV) from another diary comes in as check-ins; you say which column is what. An archive or "
               "tables that KetaTrack exported come in whole. You see the result before anything is written; one "
               "Ctrl+Z takes it back."),
        )  # fmt: skip
        button = secondary(tr("Bring in older notes …"), "import")
        button.clicked.connect(self.bring_in)
        self.add_row("", button)
