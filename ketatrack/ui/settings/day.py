"""How the diary counts: when a day begins, and how many sessions are planned."""

from dataclasses import replace
from datetime import time
from typing import Any

from ketatrack.diary import queries
from ketatrack.errors import InvalidValue
from ketatrack.i18n import translate
from ketatrack.models.records import Settings
from ketatrack.models.values import range_of
from ketatrack.ui.editor import Editor
from ketatrack.ui.settings.section import Section
from ketatrack.ui.widgets.fields import NumberField, TimeField


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Settings", text, n)


def change_settings(editor: Editor, step: str, **changed: Any) -> bool:
    """Write changed fields of the one Settings record, as a step that can be undone."""
    with editor.diary.read() as connection:
        before = queries.kept_settings(connection)
    try:
        after = replace(before or Settings(), **changed)
    except InvalidValue as error:
        editor.refused.emit(str(error))
        return False
    return editor.edit(step, [(before, after)])


class DaySection(Section):
    """The start of the day, and the plan the person has agreed on."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor, tr("The diary day"))
        self.start = TimeField(tr("A day begins at"))
        self.start.changed.connect(self._set_start)
        self.planned = NumberField(tr("Sessions planned per 30 days"), range_of(Settings, "planned_sessions"))
        self.planned.changed.connect(
            lambda value: change_settings(editor, tr("Change planned sessions"), planned_sessions=value)
        )
        self.add_row(
            tr("A day begins at"),
            self.start,
            tr("What you write after midnight still belongs to the evening. Entries that are there keep their day."),
        )
        self.add_row(
            tr("Sessions planned per 30 days"),
            self.planned,
            tr("Your own plan with your clinic; it stands beside the number of sessions. Leave it empty to hide it."),
        )

    def refresh(self) -> None:
        settings = self.editor.settings
        self.start.value = time(*divmod(settings.day_start_minutes, 60))
        self.planned.value = settings.planned_sessions

    def _set_start(self, at: object) -> None:
        if isinstance(at, time):
            minutes = at.hour * 60 + at.minute
            change_settings(self.editor, tr("Change the start of the day"), day_start_minutes=minutes)
        self.refresh()
