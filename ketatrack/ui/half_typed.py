"""What stands in fields that only a button saves: kept as a draft when one goes away, and offered again."""

import json
from collections.abc import Mapping
from dataclasses import replace

from ketatrack.diary import reading
from ketatrack.models.records import Draft
from ketatrack.ui.editor import Editor
from ketatrack.ui.widgets.fields import LineField
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
        except ValueError:  # an archive that was brought in may hold anything
            return False
        for name, field in self._fields.items():
            text = kept.get(name) if isinstance(kept, dict) else None
            if isinstance(text, str):
                field.setPlainText(text) if isinstance(field, NoteField) else field.setText(text)
        return True

    def keep(self) -> bool:
        """Keep what stands there, if it is not what stood there at first; False where the diary refuses it."""
        texts = self.texts()
        if texts == self._at_first:
            return self.drop()
        payload = json.dumps(texts, ensure_ascii=False)
        if self._draft is not None and self._draft.payload == payload:
            return True
        new = Draft(kind=self._kind, payload=payload, saved_at=self._editor.now())
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


def _text(field: LineField | NoteField) -> str:
    return field.value if isinstance(field, NoteField) else field.text()
