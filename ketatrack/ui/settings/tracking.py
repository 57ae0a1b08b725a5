"""What Today asks about: measures and habits, the person's own among them; archiving never deletes what was noted."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QWidget

from ketatrack.diary import reading
from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models import labels
from ketatrack.models.enums import Kind
from ketatrack.models.instruments import instrument
from ketatrack.models.records import Tracked
from ketatrack.ui.editor import Editor
from ketatrack.ui.half_typed import HalfTyped
from ketatrack.ui.settings.section import SettingsSection, clear
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.unsaved import holders
from ketatrack.ui.widgets.boxes import hbox
from ketatrack.ui.widgets.buttons import check_box, icon_button, name_icon, secondary
from ketatrack.ui.widgets.choices import Choice
from ketatrack.ui.widgets.fields import TextField
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import wrapped_row

FORMS = ("phq9", "gad7", "peg")


class TrackingSection(SettingsSection):
    """One row for everything that is tracked, in the order in which Today asks."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(
            editor,
            _("What you track"),
            _("Today asks about what is ticked. Unticking hides a row; what you noted before stays in the diary."),
        )
        self._tracked: tuple[Tracked, ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        self.names: dict[str, TextField] = {}
        self._ups: dict[str, QPushButton] = {}
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(px(4))
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setColumnStretch(4, 1)
        self.body.addLayout(self._grid)
        self.body.addWidget(self._new_row())
        self.unsaved = False
        self._half_typed = HalfTyped(editor, "own measure", {"name": self.name})
        self._half_typed.restore()
        self.body.addSpacing(px(8))
        self.body.addWidget(label(_("Questionnaires, once a week"), "strong"))
        self.forms: dict[str, QCheckBox] = {}
        row = hbox(gap=24)
        for key in FORMS:
            box = check_box(instrument(key).name)
            box.clicked.connect(self._choose_forms)
            self.forms[key] = box
            row.addWidget(box)
        row.addStretch(1)
        self.body.addLayout(row)

    def _new_row(self) -> QWidget:
        self.name = TextField(_("Name of your own measure or habit"), _("your own, for example Piano"), width=220)
        kinds: Sequence[tuple[Kind | None, str]] = [
            (None, _("how you feel, 0 to 10")),
            *((kind, _("habit, {kind}").format(kind=labels.kind(kind))) for kind in Kind),
        ]
        self.kind = Choice(_("How it is counted"), kinds)
        self.kind.value = Kind.MINUTES
        self.better = check_box(_("more is better"))
        self.better.setChecked(True)
        add = secondary(_("Add"), "plus")
        add.clicked.connect(self._add)
        self.name.returnPressed.connect(self._add)
        return wrapped_row(self.name, self.kind, self.better, add)

    def refresh(self) -> None:
        if holders(self):  # rows that are made anew would lose what could not be saved
            return
        with self.editor.diary.read() as connection:
            tracked = reading.tracked(connection)
        chosen = self.editor.settings.instruments
        for key, box in self.forms.items():
            box.setChecked(key in chosen)
        if tracked == self._tracked:
            return
        same = [item.id for item in tracked] == [before.id for before in self._tracked]
        self._tracked = tracked
        if same:
            for item in tracked:
                self.boxes[item.key].setChecked(not item.archived)
                self.names[item.key].value = item.name
                self._name_row(item)
            return
        clear(self._grid)
        self.boxes, self.names, self._ups = {}, {}, {}
        ordered = [*(t for t in tracked if t.is_measure), *(t for t in tracked if not t.is_measure)]
        for place, item in enumerate(ordered):
            self.put_row(self._grid, place, self._row(item, ordered, place))

    def commit(self) -> None:
        """Keep the name of a new one that is not added yet."""
        self.unsaved = not self._half_typed.keep()

    def unsaved_words(self) -> str:
        """Return that name, where it could not be kept."""
        return self.name.text()

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self.narrow:
            self._tracked = ()
        super().set_narrow(narrow)

    def _row(self, item: Tracked, ordered: Sequence[Tracked], place: int) -> list[QWidget]:
        box = check_box("")
        box.setChecked(not item.archived)
        box.clicked.connect(lambda on: self._archive(self._now(item), not on))
        self.boxes[item.key] = box
        name = TextField("", width=220)
        name.value = item.name
        name.changed.connect(lambda text: self._rename(self._now(item), str(text)))
        self.names[item.key] = name
        kind = label(_("how you feel") if item.is_measure else labels.kind(item.kind), "secondary")
        up = self._ups[item.key] = icon_button("chevron-up", "", "secondary")
        self._name_row(item)
        above = ordered[place - 1] if place else None
        up.setEnabled(above is not None and above.is_measure == item.is_measure)
        if above is not None:
            up.clicked.connect(lambda: self._swap(self._now(item), self._now(above)))
        return [box, name, kind, up]

    def _name_row(self, item: Tracked) -> None:
        """Name the controls of a row after what it is called now."""
        self.boxes[item.key].setAccessibleName(_("Track {name}").format(name=item.name))
        self.names[item.key].setAccessibleName(_("Name of {name}").format(name=item.name))
        name_icon(self._ups[item.key], _("Move {name} up").format(name=item.name))

    def _now(self, item: Tracked) -> Tracked:
        """Return a measure or habit as the diary holds it now."""
        return next(t for t in self._tracked if t.id == item.id)

    def _archive(self, item: Tracked, archived: bool) -> None:
        step = _("Hide {name}") if archived else _("Track {name}")
        self.editor.edit(step.format(name=item.name), [(item, replace(item, archived=archived))])

    def _rename(self, item: Tracked, new: str) -> None:
        try:
            after = replace(item, name=new.strip())
        except InvalidValue as error:
            self.editor.refuse(str(error))
            return
        self.editor.edit(_("Rename {name}").format(name=item.name), [(item, after)])

    def _swap(self, one: Tracked, other: Tracked) -> None:
        pairs = [(one, replace(one, position=other.position)), (other, replace(other, position=one.position))]
        if self.editor.edit(_("Move {name}").format(name=one.name), pairs):
            self.boxes[one.key].setFocus()

    def _add(self) -> None:
        name = self.name.value.strip() or self.name.text().strip()
        if not name:
            self.name.setFocus()
            return
        chosen = self.kind.value
        kind = Kind.RATING if chosen is None else chosen
        identity = uuid4()
        unit = {Kind.MINUTES: "min", Kind.HOURS: "h"}.get(kind, "")
        position = max((t.position for t in self._tracked), default=0) + 1
        try:
            own = Tracked(
                id=identity,
                key=str(identity),
                name=name,
                kind=kind,
                unit=unit,
                is_measure=chosen is None,
                higher_is_better=self.better.isChecked(),
                position=position,
            )
        except InvalidValue as error:
            self.editor.refused.emit(str(error))
            return
        if self.editor.edit(_("Add {name}").format(name=name), [(None, own)]):
            self.name.value = ""
            self._half_typed.drop()

    def _choose_forms(self) -> None:
        with self.editor.diary.read() as connection:
            before = reading.stored_settings(connection)
        chosen = tuple(key for key, box in self.forms.items() if box.isChecked())
        after = replace(self.editor.settings, instruments=chosen)
        self.editor.edit(_("Choose questionnaires"), [(before, after)])
