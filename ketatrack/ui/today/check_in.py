"""One check-in as a sheet of paper: ratings, habits and a note, saved as one goes and taken back with Ctrl+Z."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models import labels
from ketatrack.models.enums import Kind
from ketatrack.models.fields import KIND_RANGES
from ketatrack.models.records import CheckIn, Tracked, Value
from ketatrack.models.tracked import end_words
from ketatrack.ui import localised
from ketatrack.ui.editor import Editor
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import icon_button, quiet
from ketatrack.ui.widgets.cards import Card, divider
from ketatrack.ui.widgets.choices import Segments
from ketatrack.ui.widgets.fields import FieldGroup, LineField, NumberField, TimeField
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.note_field import NoteField
from ketatrack.ui.widgets.rating import RatingRow


class SummaryRow(Card):
    """Opens the whole sheet when it is asked to."""

    opened = Signal()

    def __init__(self, entry: CheckIn, tracked: Sequence[Tracked]) -> None:
        super().__init__()
        self.set_padding(12)
        clock = localised.clock(entry.local_time) if entry.local_time else _("no time")
        summary_label = label(summary(entry, tracked), "secondary", wrap=True)
        open_it = quiet(_("Open"))
        open_it.setAccessibleName(_("Open the check-in of {time}").format(time=clock))
        open_it.clicked.connect(self.opened)
        row = hbox(label(clock, "strong"), (summary_label, 1), open_it, gap=12)
        self.body.addLayout(row)


def summary(entry: CheckIn, tracked: Sequence[Tracked]) -> str:
    """Return what was rated ("low mood 3 (10 worst), sleep 7.5 h") and the first words of the note."""
    parts = []
    for item in tracked:
        value = entry.value(item.id)
        if value is None:
            continue
        if item.kind is Kind.YES_NO:
            answer = _("yes") if value else _("no")
        else:
            unit = item.unit if item.kind in (Kind.HOURS, Kind.MINUTES) else ""
            answer = f"{KIND_RANGES[item.kind].words(value)} {unit}".rstrip()
        if item.is_measure:
            answer = _("{value} (10 {high})").format(value=answer, high=labels.rating_ends(item.higher_is_better)[1])
        parts.append(f"{labels.in_a_sentence(item.name)} {answer}")
    note = " ".join(entry.note.split())
    if note:
        parts.append(f"“{note[:60]}{'…' if len(note) > 60 else ''}”")
    return ", ".join(parts) or _("no entry")


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
        self.unsaved = False
        self.ratings: dict[UUID, RatingRow] = {}
        self.habits: dict[UUID, NumberField | Segments[int]] = {}
        self.time = TimeField(_("Time of this check-in"), placeholder=_("time"))
        self.time.setProperty("look", "plain")
        self.note = NoteField(_("Note"), _("What you want to remember"), steps_kept=True)
        head = FieldGroup()
        head.body.addLayout(self._head())
        self.body.addWidget(head)
        self.body.addSpacing(-px(4))
        self.body.addWidget(self._question)
        self._add_ratings([t for t in tracked if t.is_measure])
        self._add_habits([t for t in tracked if not t.is_measure])
        self.body.addSpacing(-px(4))
        self.body.addWidget(divider())
        self.body.addWidget(label(_("Note"), "strong"))
        self.body.addWidget(self.note)
        self.note.changed.connect(self._note_changed)
        self.time.changed.connect(self._time_changed)

    @property
    def identity(self) -> UUID:
        """The id of the entry, or the one it will have."""
        return self._entry.id if self._entry else self._new_id

    def _head(self) -> QHBoxLayout:
        self.delete = icon_button("trash", _("Delete this check-in"), "secondary")
        self.delete.clicked.connect(self._delete)
        self.another = quiet(_("Add another"), "plus")
        self.another.clicked.connect(self.add_another)
        row = hbox(label(_("Check-in"), "title"), self.time, Stretch(), self.delete, self.another, gap=4)
        row.addStrut(px(36))  # both come with the first entry: nothing moves down then
        self._question = label("", "secondary")
        return row

    def _add_ratings(self, measures: Sequence[Tracked]) -> None:
        widest = max((self.fontMetrics().horizontalAdvance(measure.name) for measure in measures), default=0)
        width = max(92, round(widest / px(100) * 100) + 12)
        column = vbox(gap=2)
        for measure in measures:
            row = RatingRow(measure.name, *end_words(measure), label_width=min(width, 200))
            row.changed.connect(lambda value, item=measure: self._value_changed(item, value))
            self.ratings[measure.id] = row
            column.addWidget(row)
        self.body.addLayout(column)

    def _add_habits(self, habits: Sequence[Tracked]) -> None:
        if not habits:
            return
        self.body.addSpacing(-px(8))
        self.body.addWidget(divider())
        self.body.addWidget(label(_("Habits"), "strong"))
        group = FieldGroup()
        grid = QGridLayout()
        grid.setVerticalSpacing(px(8))
        grid.setHorizontalSpacing(px(8))
        for place, item in enumerate(habits):
            field = _habit_field(item, width=88 if self._compact else 104)
            name = label(item.name)
            name.setBuddy(field)
            field.changed.connect(lambda value, item=item: self._value_changed(item, value))
            self.habits[item.id] = field
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
        if self.unsaved:  # what could not be saved stays where it was entered
            return
        past, since = _("Over the past 24 hours, on average"), _("Since the last check-in")
        self._question.setText(past if first_of_day else since)
        at = entry.local_time if entry else self._at()
        if gone or self.time.value != at:
            self.time.value = at
        self.delete.setVisible(entry is not None)
        self.another.setVisible(entry is not None)
        values = {value.tracked_id: value.hundredths for value in entry.values} if entry else {}
        for key, row in self.ratings.items():
            row.value = values.get(key)
        for key, field in self.habits.items():
            if gone or field.value != values.get(key):
                field.value = values.get(key)
        note = entry.note if entry else ""
        if self.note.value != note:
            self.note.value = note

    def first_empty_rating(self) -> QWidget | None:
        """Where digits go at once when the page opens."""
        return next((row for row in self.ratings.values() if row.value is None), None)

    def commit(self) -> None:
        """Save what is still being typed, and try again what could not be saved."""
        if self.unsaved:
            self._try_again()
            return
        self.note.commit()
        self.time.commit()
        for row in self.ratings.values():
            row.commit()
        for field in self.habits.values():
            if isinstance(field, NumberField):
                field.commit()

    def unsaved_words(self) -> str:
        """Return the whole entry as text, where it could not be saved."""
        return f"{localised.long_day(self._day)}: {summary(self._as_entered(), self._tracked)}\n{self.note.value}"

    def _as_entered(self) -> CheckIn:
        """Return the entry that the controls show."""
        shown = {key: _entered(control) for key, control in (*self.ratings.items(), *self.habits.items())}
        values = tuple(Value(tracked_id=key, hundredths=int(n)) for key, n in shown.items() if n is not None)
        hidden = tuple(value for value in (self._entry or self._blank()).values if value.tracked_id not in shown)
        entry = replace(self._entry or self._blank(), local_time=self.time.peek())
        return replace(entry, values=(*values, *hidden), note=self.note.value)

    def _try_again(self) -> None:
        """Save all that the sheet shows as one step; then no field of it has anything to save any more."""
        try:
            entered = self._as_entered()
        except InvalidValue as error:  # a note that is too long stays in its field, to be shortened
            self.editor.refuse(str(error))
            return
        self._write(entered, _("Change check-in"), "again")
        if not self.unsaved:
            for field in (self.note, self.time, *self.habits.values()):
                if isinstance(field, NoteField | LineField):
                    field.commit()

    def _value_changed(self, tracked: Tracked, hundredths: Any) -> None:
        entry = self._entry or self._blank()
        others = tuple(value for value in entry.values if value.tracked_id != tracked.id)
        new = () if hundredths is None else (Value(tracked_id=tracked.id, hundredths=int(hundredths)),)
        self._write(replace(entry, values=(*others, *new)), _("Change {name}").format(name=tracked.name), tracked.key)

    def _note_changed(self, text: object) -> None:
        try:
            after = replace(self._entry or self._blank(), note=str(text))
        except InvalidValue as error:
            self.editor.refuse(str(error))  # the words stay in the field, to be shortened
            return
        self._write(after, _("Change note"), "note")

    def _time_changed(self, at: Any) -> None:
        if self._entry is not None:
            self._write(replace(self._entry, local_time=at), _("Change time"), "time")

    def _blank(self) -> CheckIn:
        at = self.time.value
        offset = self.editor.offset_minutes() if at is not None else None
        return CheckIn(id=self._new_id, day=self._day, local_time=at, utc_offset_minutes=offset)

    def _write(self, after: CheckIn, name: str, what: str) -> None:
        before = self._entry
        # A sheet that was emptied again is no check-in: a day without an entry stays one.
        written = after if after.values or after.note.strip() else None
        if before is None and written is None:
            return
        step = _("Log check-in") if before is None else _("Delete check-in") if written is None else name
        merge = f"{self.identity} {what}" if before is not None and written is not None else None
        self.unsaved = not self.editor.edit(step, [(before, written)], merge)

    def _delete(self) -> None:
        if self.unsaved:
            self._try_again()
        if self._entry is not None and not self.unsaved:
            self.editor.edit(_("Delete check-in"), [(self._entry, None)])


def _entered(control: RatingRow | NumberField | Segments[int]) -> Any:
    """Return the value that a control shows, saved or not."""
    return control.peek() if isinstance(control, NumberField) else control.value


def _habit_field(tracked: Tracked, width: int) -> NumberField | Segments[int]:
    if tracked.kind is Kind.YES_NO:
        return Segments(tracked.name, [(100, _("Yes")), (0, _("No"))])
    suffix = {Kind.HOURS: "h", Kind.MINUTES: "min", Kind.RATING: _("of 10")}.get(tracked.kind, tracked.unit)
    return NumberField(tracked.name, replace(KIND_RANGES[tracked.kind], label=tracked.name), suffix, width=width)
