"""What stands in fields that only a button saves: kept as a draft when one goes away, and offered again."""

import json
from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QDialog, QWidget

from ketatrack.diary import reading
from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models.records import Draft
from ketatrack.ui.editor import Editor
from ketatrack.ui.unsaved import typed_in
from ketatrack.ui.widgets.boxes import Stretch, hbox
from ketatrack.ui.widgets.buttons import link
from ketatrack.ui.widgets.fields import LineField
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.note_field import NoteField

KIND = "typed"


class HalfTyped:
    """The texts of `fields`, by a name that stays the same; `what` tells these fields from others in the diary."""

    def __init__(self, editor: Editor, what: str, fields: Mapping[str, LineField | NoteField]) -> None:
        self._editor, self._kind, self._fields = editor, f"{KIND} {what}", fields
        self._at_first = self.texts()
        with editor.diary.read() as connection:
            self._draft = next((draft for draft in reading.drafts(connection) if draft.kind == self._kind), None)

    def texts(self) -> dict[str, str]:
        """Return what stands in each field now."""
        return {name: _text(field) for name, field in self._fields.items()}

    def restore(self) -> bool:
        """Put back what was kept; whether there was anything."""
        if self._draft is None:
            return False
        try:
            kept = json.loads(self._draft.payload)
        except (ValueError, RecursionError):  # an archive that was brought in may hold anything
            return False
        texts = kept if isinstance(kept, dict) else {}
        self._show({name: text for name, text in texts.items() if isinstance(text, str)})
        return True

    def start_again(self) -> None:
        """Show what stood there at first."""
        self._show(self._at_first)
        self.drop()

    def _show(self, texts: Mapping[str, str]) -> None:
        for name, field in self._fields.items():
            if name in texts:
                field.setPlainText(texts[name]) if isinstance(field, NoteField) else field.setText(texts[name])

    def keep(self) -> bool:
        """Keep what stands there, if it is not what stood there at first; False where the diary refuses it."""
        texts = self.texts()
        if texts == self._at_first:
            return self.drop()
        payload = json.dumps(texts)  # escaped: half a character that was pasted can be kept too
        if self._draft is not None and self._draft.payload == payload:
            return True
        try:
            new = Draft(kind=self._kind, payload=payload, saved_at=self._editor.now())
        except InvalidValue as error:
            return self._editor.refuse(str(error))
        if self._draft is not None:
            new = replace(self._draft, payload=payload, saved_at=new.saved_at)
        if not self._editor.write_quietly([(self._draft, new)]):
            return False
        self._draft = new
        return True

    def drop(self) -> bool:
        """Forget what was kept: it is saved, or is not wanted any more."""
        if self._draft is not None:
            if not self._editor.write_quietly([(self._draft, None)]):
                return False
            self._draft = None
        return True


class HalfTypedDialog(QDialog):
    """A dialog whose fields only a button saves. Cancel, Esc, its own close button and a lock keep what is typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # `losing`: the person said that what cannot be kept may go.
        self.unsaved = self.losing = False
        self._half_typed: HalfTyped | None = None
        self.draft_row = QWidget()
        again = link(_("Start again"))
        again.clicked.connect(self._start_again)
        words = label(_("This is what you typed and did not save."), "hint")
        hbox(words, again, Stretch(), margins=0, of=self.draft_row)
        self.draft_row.hide()

    def offer_again(self, half_typed: HalfTyped) -> None:
        """Put back what was typed before, and keep what is typed from now on."""
        self._half_typed = half_typed
        self.draft_row.setVisible(half_typed.restore())

    def _start_again(self) -> None:
        if self._half_typed is not None:
            self._half_typed.start_again()
        self.draft_row.hide()

    def commit(self) -> None:
        """Keep what is typed, to be offered again."""
        self.unsaved = self._half_typed is not None and not self._half_typed.keep()

    def unsaved_words(self) -> str:
        """Return what is typed, where it could not be kept."""
        return typed_in(self)

    def reject(self) -> None:
        """Close and keep what is typed; where it cannot be kept, stay open."""
        self.commit()
        if not self.unsaved or self.losing:
            super().reject()

    def done(self, answer: int) -> None:
        """Forget what was typed once it is saved."""
        if answer == QDialog.DialogCode.Accepted and self._half_typed is not None:
            self._half_typed.drop()
        super().done(answer)


def _text(field: LineField | NoteField) -> str:
    return field.value if isinstance(field, NoteField) else field.text()
