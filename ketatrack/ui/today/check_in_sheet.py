"""One check-in as a sheet of paper: ratings, habits and a note, saved as one goes and taken back with Ctrl+Z."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ketatrack.errors import InvalidValue
from ketatrack.i18n import translate
from ketatrack.models.records import CheckIn, Tracked, Value
from ketatrack.models.tracked import end_words
from ketatrack.models.values import KIND_RANGES, Kind
from ketatrack.ui.editor import Editor
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.buttons import icon_button, quiet
from ketatrack.ui.widgets.card import Card, divider
from ketatrack.ui.widgets.fields import FieldGroup, NumberField, TimeField
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.note_field import NoteField
from ketatrack.ui.widgets.rating import RatingRow
from ketatrack.ui.widgets.segments import Segments


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Today", text, n)


class CheckInSheet(Card):
    """Shows one check-in, or an empty sheet that becomes one with the first thing that is entered."""

    add_another = Signal()

    def __init__(
        self,
        editor: Editor,
        tracked: Sequence[Tracked],
        day: date,
        at: Callable[[], time | None],
        compact: bool,
        narrow: bool = False,
    ) -> None:
        """`at` gives the time of day for a new entry (None on a day that is past)."""
        super().__init__()
        self.shape = self._compact, self._narrow = compact, narrow
        side = px(16 if narrow else 20 if compact else 24)
        self.body.setContentsMargins(side, px(16), side, px(20))
        self.editor = editor
        self._day, self._at = day, at
        self._entry: CheckIn | None = None
        self._new_id = uuid4()
        self._tracked = tuple(tracked)
        self.ratings: dict[UUID, RatingRow] = {}
        self.habits: dict[UUID, NumberField | Segments] = {}
        self.time = TimeField(tr("Time of this check-in"), placeholder=tr("time"))
        self.time.setProperty("look", "plain")
        self.note = NoteField(tr("Note"), tr("What you want to remember"), steps_kept=True)
        head = FieldGroup()
        head.body.addLayout(self._head())
        self.body.addWidget(head)
        self.body.addSpacing(-px(4))
        self.body.addWidget(self._question)
        self._add_ratings([t for t in tracked if t.is_measure])
        self._add_habits([t for t in tracked if not t.is_measure])
        self.body.addSpacing(-px(4))
        self.body.addWidget(divider())
        self.body.addWidget(label(tr("Note"), "strong"))
        self.body.addWidget(self.note)
        self.note.changed.connect(self._note_changed)
        self.time.changed.connect(self._time_changed)

    @property
    def identity(self) -> UUID:
        """The id of the entry, or the one it will have."""
        return self._entry.id if self._entry else self._new_id

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(4))
        row.addWidget(label(tr("Check-in"), "title"))
        row.addWidget(self.time)
        row.addStretch(1)
        self.delete = icon_button("trash", tr("Delete this check-in"), "secondary")
        self.delete.clicked.connect(self._delete)
        self.another = quiet(tr("Add another"), "plus")
        self.another.clicked.connect(self.add_another)
        row.addWidget(self.delete)
        row.addWidget(self.another)
        row.addStrut(px(36))  # both come with the first entry: nothing moves down then
        self._question = label("", "secondary")
        return row

    def _add_ratings(self, measures: Sequence[Tracked]) -> None:
        widest = max((self.fontMetrics().horizontalAdvance(each.name) for each in measures), default=0)
        width = max(92, round(widest / px(100) * 100) + 12)
        column = QVBoxLayout()
        column.setSpacing(px(2))
        for each in measures:
            row = RatingRow(each.name, *end_words(each), label_width=min(width, 200))
            row.changed.connect(lambda value, each=each: self._value_changed(each, value))
            self.ratings[each.id] = row
            column.addWidget(row)
        self.body.addLayout(column)

    def _add_habits(self, habits: Sequence[Tracked]) -> None:
        if not habits:
            return
        self.body.addSpacing(-px(8))
        self.body.addWidget(divider())
        self.body.addWidget(label(tr("Habits"), "strong"))
        group = FieldGroup()
        grid = QGridLayout()
        grid.setVerticalSpacing(px(8))
        grid.setHorizontalSpacing(px(8))
        for place, each in enumerate(habits):
            field = _habit_field(each, width=88 if self._compact else 104)
            name = label(each.name)
            name.setBuddy(field)
            field.changed.connect(lambda value, each=each: self._value_changed(each, value))
            self.habits[each.id] = field
            line, side = divmod(place, 1 if self._narrow else 2)
            grid.addWidget(name, line, side * 3)
            grid.addWidget(field, line, side * 3 + 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(3, 0 if self._narrow else 1)
        grid.setColumnMinimumWidth(2, 0 if self._narrow else px(16 if self._compact else 32))
        group.body.addLayout(grid)
        self.body.addWidget(group)

    def show_entry(self, entry: CheckIn | None, first_of_day: bool) -> None:
        """Show an entry (None: nothing entered yet) without touching what has not changed.

        Where the entry has gone, what was refused of it goes too.
        """
        gone = self._entry is not None and entry is None
        self._entry = entry
        past, since = tr("Over the past 24 hours, on average"), tr("Since the last check-in")
        self._question.setText(past if first_of_day else since)
        at = entry.local_time if entry else self._at()
        if gone or self.time.value != at:
            self.time.value = at
        self.delete.setVisible(entry is not None)
        self.another.setVisible(entry is not None)
        held = {value.tracked_id: value.hundredths for value in entry.values} if entry else {}
        for key, row in self.ratings.items():
            row.value = held.get(key)
        for key, field in self.habits.items():
            if gone or field.value != held.get(key):
                field.value = held.get(key)
        note = entry.note if entry else ""
        if self.note.value != note:
            self.note.value = note

    def first_empty_rating(self) -> QWidget | None:
        """Where digits go at once when the page opens."""
        return next((row for row in self.ratings.values() if row.value is None), None)

    def commit(self) -> None:
        """Save what is still being typed."""
        self.note.commit()
        for row in self.ratings.values():
            row.commit()
        for field in self.habits.values():
            if isinstance(field, NumberField):
                field.commit()

    def _value_changed(self, tracked: Tracked, hundredths: Any) -> None:
        entry = self._entry or self._blank()
        others = tuple(value for value in entry.values if value.tracked_id != tracked.id)
        new = () if hundredths is None else (Value(tracked_id=tracked.id, hundredths=int(hundredths)),)
        self._write(replace(entry, values=(*others, *new)), tr("Change {name}").format(name=tracked.name), tracked.key)

    def _note_changed(self, text: object) -> None:
        try:
            after = replace(self._entry or self._blank(), note=str(text))
        except InvalidValue as error:
            self.editor.refused.emit(str(error))  # the words stay in the field, to be shortened
            return
        self._write(after, tr("Change note"), "note")

    def _time_changed(self, at: Any) -> None:
        if self._entry is not None:
            self._write(replace(self._entry, local_time=at), tr("Change time"), "time")

    def _blank(self) -> CheckIn:
        at = self.time.value
        offset = self.editor.offset_minutes() if at is not None else None
        return CheckIn(id=self._new_id, day=self._day, local_time=at, utc_offset_minutes=offset)

    def _write(self, after: CheckIn, name: str, what: str) -> None:
        before = self._entry
        # A sheet that was emptied again is no check-in: a day without an entry stays one.
        kept = after if after.values or after.note.strip() else None
        if before is None and kept is None:
            return
        step = tr("Log check-in") if before is None else tr("Delete check-in") if kept is None else name
        merge = f"{self.identity} {what}" if before is not None and kept is not None else None
        if not self.editor.edit(step, [(before, kept)], merge):
            self.show_entry(before, first_of_day=self._question.text() != tr("Since the last check-in"))

    def _delete(self) -> None:
        if self._entry is not None:
            self.editor.edit(tr("Delete check-in"), [(self._entry, None)])


def _habit_field(tracked: Tracked, width: int) -> NumberField | Segments:
    if tracked.kind is Kind.YES_NO:
        return Segments(tracked.name, [(100, tr("Yes")), (0, tr("No"))])
    suffix = {Kind.HOURS: "h", Kind.MINUTES: "min", Kind.RATING: tr("of 10")}.get(tracked.kind, tracked.unit)
    return NumberField(tracked.name, replace(KIND_RANGES[tracked.kind], label=tracked.name), suffix, width=width)
