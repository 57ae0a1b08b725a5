"""A session that was typed in but not saved: its fields as JSON, and the line that brings it back."""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from ketatrack.diary import reading
from ketatrack.diary.database import Diary
from ketatrack.i18n import _
from ketatrack.models.record_json import from_draft, to_draft
from ketatrack.models.records import Session
from ketatrack.ui import localised
from ketatrack.ui.widgets.boxes import hbox
from ketatrack.ui.widgets.buttons import link
from ketatrack.ui.widgets.labels import label

KIND = "session"
COPIED = ("route", "drug", "dose_mg", "weight_kg", "phase", "phase_number", "place", "provider", "duration_minutes")
Fields = dict[str, Any]


def fields_of(session: Session) -> Fields:
    """Every field of a session by name."""
    return {spec.name: getattr(session, spec.name) for spec in fields(Session)}


def copied_from(last: Session) -> Fields:
    """Return what a new session takes over from the last one, with the next number."""
    taken = {name: getattr(last, name) for name in COPIED}
    if last.phase_number is not None:
        taken["phase_number"] = last.phase_number + 1
    return taken


def to_json(values: Mapping[str, Any], new: bool) -> str:
    """Return the draft's payload; `new` tells a session that is not in the diary yet."""
    return json.dumps({"new": new, "fields": to_draft(Session, values)}, ensure_ascii=False)


def from_json(payload: str) -> tuple[Fields, bool]:
    """Return the fields of a draft, and whether it is of a new session."""
    data = json.loads(payload)
    return from_draft(Session, data["fields"]), data["new"]


class UnsavedSession(QFrame):
    """Hidden while there is none; `go_on` carries the session that was being edited, or None for a new one."""

    go_on = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("tone", "note")
        self._session: Session | None = None
        self._words = label("", wrap=True)
        self.button = link(_("Go on with it"))
        self.button.clicked.connect(lambda: self.go_on.emit(self._session))
        hbox((self._words, 1), self.button, gap=16, margins=(16, 8, 16, 8), of=self)
        self.hide()

    def refresh(self, diary: Diary) -> None:
        """Look for the latest draft of a session that can still be gone on with."""
        with diary.read() as connection:
            drafts = [record for record in reading.drafts(connection) if record.kind == KIND]
            for draft in reversed(drafts):
                fields, new = from_json(draft.payload)
                self._session = None if new else reading.get(connection, Session, fields["id"])
                if new or self._session is not None:
                    day = fields.get("day")
                    when = _("The session of {day}").format(day=localised.short_day(day)) if day else _("A session")
                    self._words.setText(_("{session} is typed in and not saved yet.").format(session=when))
                    self.show()
                    return
        self.hide()
