"""The line on the Sessions page that brings back a session which was typed in but not saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ketatrack.diary import queries
from ketatrack.diary.database import Diary
from ketatrack.i18n import translate
from ketatrack.models.records import Session
from ketatrack.ui import words
from ketatrack.ui.dialogs import session_fields
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.buttons import link
from ketatrack.ui.widgets.labels import label


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Sessions", text, n)


class UnsavedSession(QFrame):
    """Hidden while there is none; `go_on` carries the session that was being edited, or None for a new one."""

    go_on = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("tone", "note")
        self._session: Session | None = None
        self._words = label("", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(8), px(16), px(8))
        row.setSpacing(px(16))
        row.addWidget(self._words, 1)
        self.button = link(tr("Go on with it"))
        self.button.clicked.connect(lambda: self.go_on.emit(self._session))
        row.addWidget(self.button)
        self.hide()

    def refresh(self, diary: Diary) -> None:
        """Look for the latest draft of a session that can still be gone on with."""
        with diary.read() as connection:
            drafts = [each for each in queries.drafts(connection) if each.kind == session_fields.KIND]
            for draft in reversed(drafts):
                fields, new = session_fields.from_json(draft.payload)
                self._session = None if new else queries.get(connection, Session, fields["id"])
                if new or self._session is not None:
                    day = fields.get("day")
                    when = tr("The session of {day}").format(day=words.short_day(day)) if day else tr("A session")
                    self._words.setText(tr("{session} is typed in and not saved yet.").format(session=when))
                    self.show()
                    return
        self.hide()
