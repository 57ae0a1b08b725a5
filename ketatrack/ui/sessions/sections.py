"""The groups of the session sheet, from when it was to what came afterwards, and the index beside them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, cast

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QScrollArea, QWidget

from ketatrack.i18n import _, pgettext
from ketatrack.models import labels, safety
from ketatrack.models.enums import Drug, Medicine, Phase, Place, Reason, Route, SideEffect
from ketatrack.models.fields import range_of
from ketatrack.models.records import Session
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import hbox, vbox
from ketatrack.ui.widgets.buttons import CheckBox
from ketatrack.ui.widgets.cards import Note
from ketatrack.ui.widgets.choices import Chips, Choice, Segments
from ketatrack.ui.widgets.fields import DateField, FieldGroup, LineField, NumberField, TextField, TimeField, ValueField
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import LABEL_WIDTH, FormRow, wrapped_row
from ketatrack.ui.widgets.note_field import NoteField
from ketatrack.ui.widgets.rating import RatingRow


class SectionIndex(QWidget):
    """One button for each (title, widget) on `page`, which scrolls in `area`."""

    def __init__(self, area: QScrollArea, page: QWidget, sections: Sequence[tuple[str, QWidget]], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("tone", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._area, self._page = area, page
        self._sections = [widget for _title, widget in sections]
        self._group = QButtonGroup(self)
        self._jumped: int | None = None
        column = vbox(gap=2, margins=(12, 14, 12, 12), of=self)
        for index, (title, _widget) in enumerate(sections):
            button = QPushButton(title)
            button.setProperty("kind", "nav")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(title)
            button.clicked.connect(lambda _on=False, at=index: self.go_to(at))
            self._group.addButton(button, index)
            column.addWidget(button)
        column.addStretch(1)
        self._group.button(0).setChecked(True)
        area.verticalScrollBar().valueChanged.connect(self._follow)

    def current(self) -> int:
        """Return the group that is shown as being read."""
        return self._group.checkedId()

    def go_to(self, index: int) -> None:
        """Scroll to a group."""
        bar = self._area.verticalScrollBar()
        self._jumped = index
        bar.setValue(self._top(index) - px(16))
        self._group.button(index).setChecked(True)
        self._jumped = None

    def _top(self, index: int) -> int:
        return self._sections[index].mapTo(self._page, QPoint(0, 0)).y()

    def _follow(self, value: int) -> None:
        """Return the last group whose head has reached the top; at the very end the last one."""
        if self._jumped is not None:
            return
        line = value + px(48)
        passed = [index for index in range(len(self._sections)) if self._top(index) <= line]
        at_end = value == self._area.verticalScrollBar().maximum()
        self._group.button(len(self._sections) - 1 if at_end else (passed or [0])[-1]).setChecked(True)


class _Control(Protocol):
    value: Any
    changed: Any


class FormSection(QWidget):
    """Controls bound to fields; `edited` tells of every change, also while a person is still typing."""

    edited = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self._bound: dict[str, QWidget] = {}
        self.head = hbox((label(title, "title"), 1))
        self._group = FieldGroup()
        self.rows = self._group.body
        self.notes = vbox(gap=8)
        vbox(self.head, self._group, self.notes, gap=8, margins=0, of=self)
        self.error_line = self._group.error_line

    def bind(self, name: str, control: QWidget) -> QWidget:
        """Let `control` show and hold the session's field `name`; returns it."""
        self._bound[name] = control
        self.watch(control)
        return control

    def watch(self, control: QWidget) -> None:
        """Tell of what changes in `control`."""
        cast(_Control, control).changed.connect(lambda _value: self.edited.emit())
        if isinstance(control, LineField | NoteField):
            control.edited.connect(self.edited)

    def add(self, words: str, content: QWidget, strong: bool = False) -> FormRow:
        """Add a row."""
        row = FormRow(words, content, strong)
        self.rows.addWidget(row)
        return row

    def show_fields(self, values: Mapping[str, Any]) -> None:
        """Show these fields; fields that are absent are left alone."""
        for name, control in self._bound.items():
            if name in values:
                cast(_Control, control).value = values[name]

    def fields(self) -> dict[str, Any]:
        """Return what the controls say now; of a field that is being typed in, what would be taken."""
        return {name: _now(control) for name, control in self._bound.items()}


def _now(control: QWidget) -> Any:
    return control.peek() if isinstance(control, ValueField) else cast(_Control, control).value


def number(name: str, words: str, suffix: str = "", width: int = 60) -> NumberField:
    """Return a field for one number of a session, in its range."""
    return NumberField(words, range_of(Session, name), suffix, "–", width)


class WhenAndWhy(FormSection):
    """Date, time, length, and the question that decides how relief is counted."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(_("When and why"))
        self.day = DateField(_("Date"), today, ahead=1)
        self.bind("day", self.day)
        self.clock = TimeField(_("Time"))
        self.bind("local_time", self.clock)
        length = self.bind("duration_minutes", number("duration_minutes", _("Duration"), "min", 100))
        self.add(
            _("Date"),
            wrapped_row(self.day, pgettext("time of day", "at"), self.clock, pgettext("duration", "for"), length),
            strong=True,
        )
        why = Segments(_("Why this session"), [(reason, labels.short_reason(reason)) for reason in Reason], False)
        self.add(_("Why this session"), self.bind("reason", why))


class Treatment(FormSection):
    """Route, drug, phase, dose and place; mg/kg is reckoned at once, and home has its note."""

    def __init__(self) -> None:
        super().__init__(_("Treatment"))
        self.route = Choice(_("Route"), [(route, labels.route(route)) for route in Route], _("choose"))
        self.bind("route", self.route)
        drug = Choice(_("Drug"), [(None, _("not said")), *[(option, labels.drug(option)) for option in Drug]])
        self.add(_("Route"), wrapped_row(self.route, _("Drug"), self.bind("drug", drug)), strong=True)
        phase = self.bind("phase", Segments(_("Phase"), [(option, labels.phase(option)) for option in Phase]))
        its_number = self.bind("phase_number", number("phase_number", _("The session's number in its phase"), width=56))
        self.add(_("Phase"), wrapped_row(phase, _("number"), its_number))
        self.dose = number("dose_mg", _("Dose"), "mg", 116)
        self._weight = number("weight_kg", _("Body weight"), "kg", 80)
        self._per_kg = label("", "strong")
        self._per_kg.setMinimumHeight(px(36))
        self.bind("dose_mg", self.dose)
        self.bind("weight_kg", self._weight)
        self.add(_("Dose"), wrapped_row(self.dose, _("Weight"), self._weight, self._per_kg))
        self._place = Segments(_("Place"), [(place, labels.place(place)) for place in Place])
        self.bind("place", self._place)
        provider = self.bind("provider", TextField(_("Provider"), width=168))
        self.add(_("Place"), wrapped_row(self._place, _("with"), provider))
        self._home = Note()
        self.notes.addWidget(self._home)
        self.edited.connect(self._reckon)

    def show_fields(self, values: Mapping[str, Any]) -> None:
        super().show_fields(values)
        self._reckon()

    def _reckon(self) -> None:
        dose, weight = self.dose.peek(), self._weight.peek()
        self._per_kg.setText(f"= {dose / weight:.2f} mg/kg" if dose and weight else "")
        self._home.set_words(safety.home_use_note(self._place.value))


class _WithChips(FormSection):
    """A section with chips, whose codes and whose own words are two fields of the session."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._chips: dict[str, Chips] = {}

    def bind_chips(self, name: str, chips: Chips) -> Chips:
        """Let `chips` show and hold the codes of the field `name` and the words of "other_" and its name."""
        self._chips[name] = chips
        self.watch(chips)
        return chips

    def show_fields(self, values: Mapping[str, Any]) -> None:
        super().show_fields(values)
        for name, chips in self._chips.items():
            if name in values:
                chips.value = (*values[name], *values.get(f"other_{name}", ()))

    def fields(self) -> dict[str, Any]:
        result = super().fields()
        for name, chips in self._chips.items():
            result[name] = tuple(chip for chip in chips.value if isinstance(chip, StrEnum))
            result[f"other_{name}"] = tuple(chip for chip in chips.value if not isinstance(chip, StrEnum))
        return result


class Experience(_WithChips):
    """How the session was."""

    def __init__(self) -> None:
        super().__init__(_("Experience"))
        for name, words, low, high in (
            ("detached", _("Detached"), _("not at all"), _("completely")),
            ("sleepy", _("Sleepy"), _("wide awake"), _("could not stay awake")),
            ("nausea", _("Nausea"), pgettext("end of a scale", "none"), _("worst I can imagine")),
        ):
            self.rows.addWidget(self.bind(name, RatingRow(words, low, high, LABEL_WIDTH)))
        effects = Chips(_("Side effects"), SideEffect, labels.side_effect)
        self.add(_("Side effects"), self.bind_chips("side_effects", effects))
        before = self.bind("mood_before", number("mood_before", _("Mood before, 0 worst, 10 best"), width=56))
        after = self.bind("mood_after", number("mood_after", _("Mood after, 0 worst, 10 best"), width=56))
        self.add(_("Mood"), wrapped_row(_("before"), before, _("after"), after, _("0 worst, 10 best")))
        opposite = label(_("On Today it is the other way round: there 10 is the worst low mood."), "hint", wrap=True)
        self.add("", opposite)
        self.add(_("Intention"), self.bind("intention", NoteField(_("Intention"))))
        notes = NoteField(_("Notes"), _("What you want to remember"), lines=3)
        self.add(_("Notes"), self.bind("notes", notes))


class Afterwards(_WithChips):
    """The way home, support, other medicines of that day, and the note about driving."""

    def __init__(self) -> None:
        super().__init__(_("Afterwards"))
        taken = self.bind("taken_home", Segments(_("Someone took me home"), [(True, _("Yes")), (False, _("No"))]))
        companion = self.bind("taken_home_by", TextField(_("Who took me home"), _("who"), 168))
        self.add(_("Took me home"), wrapped_row(taken, companion))
        talked = self.bind("talked_through", _AnswerBox(_("Talked it through (integration)")))
        therapy = self.bind("psychotherapy", _AnswerBox(_("Psychotherapy this week")))
        self.add(_("Support"), _below_each_other(talked, therapy))
        medicines = Chips(_("Taken that day"), Medicine, labels.medicine)
        self.add(_("Taken that day"), self.bind_chips("medicines", medicines))
        self._driving = Note(safety.driving_note())
        self.notes.addWidget(self._driving)

    def show_driving_note(self, recent: bool) -> None:
        """Say what holds until tomorrow, of a session that can be of the last 24 hours only."""
        self._driving.set_words(safety.driving_note() if recent else "")


class _AnswerBox(CheckBox):
    """A check box whose answer may be missing: None until it was clicked once."""

    changed = Signal(object)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._value: bool | None = None
        self.clicked.connect(self._answer)

    @property
    def value(self) -> bool | None:
        """Yes, no, or not said."""
        return self._value

    @value.setter
    def value(self, new: bool | None) -> None:
        self._value = new
        self.setChecked(bool(new))

    def _answer(self, on: bool) -> None:
        self._value = on
        self.changed.emit(on)


def _below_each_other(*parts: QWidget) -> QWidget:
    holder = QWidget()
    vbox(*parts, gap=8, margins=(0, 6, 0, 4), of=holder)
    return holder
