"""The groups of the session sheet, from when it was to what came afterwards (vitals: vitals_rows.py)."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketatrack.i18n import translate
from ketatrack.models import labels, safety_words
from ketatrack.models.records import Session
from ketatrack.models.values import Drug, Medicine, Phase, Place, Reason, Route, SideEffect, range_of
from ketatrack.ui.dialogs.session_section import Section
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.buttons import CheckBox
from ketatrack.ui.widgets.card import Note
from ketatrack.ui.widgets.chips import Chips
from ketatrack.ui.widgets.choice import Choice
from ketatrack.ui.widgets.fields import DateField, NumberField, TextField, TimeField
from ketatrack.ui.widgets.form import LABEL_WIDTH, side_by_side
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.note_field import NoteField
from ketatrack.ui.widgets.rating import RatingRow
from ketatrack.ui.widgets.segments import Segments


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("SessionSheet", text, n)


def number(name: str, words: str, suffix: str = "", width: int = 60) -> NumberField:
    """A field for one number of a session, in its range."""
    return NumberField(words, range_of(Session, name), suffix, "–", width)


class WhenAndWhy(Section):
    """Date, time, length, and the question that decides how relief is counted."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(tr("When and why"))
        self.day = DateField(tr("Date"), today, ahead=1)
        self.bind("day", self.day)
        self.clock = TimeField(tr("Time"))
        self.bind("local_time", self.clock)
        length = self.bind("duration_minutes", number("duration_minutes", tr("Duration"), "min", 100))
        self.add(tr("Date"), side_by_side(self.day, tr("at"), self.clock, tr("for"), length), strong=True)
        why = Segments(tr("Why this session"), [(reason, labels.short_reason(reason)) for reason in Reason], False)
        self.add(tr("Why this session"), self.bind("reason", why))


class Treatment(Section):
    """Route, drug, phase, dose and place; mg/kg is reckoned at once, and home has its note."""

    def __init__(self) -> None:
        super().__init__(tr("Treatment"))
        self.route = Choice(tr("Route"), [(route, labels.route(route)) for route in Route], tr("choose"))
        self.bind("route", self.route)
        drug = Choice(tr("Drug"), [(None, tr("not said")), *[(each, labels.drug(each)) for each in Drug]])
        self.add(tr("Route"), side_by_side(self.route, tr("Drug"), self.bind("drug", drug)), strong=True)
        phase = self.bind("phase", Segments(tr("Phase"), [(each, labels.phase(each)) for each in Phase]))
        its_number = self.bind(
            "phase_number", number("phase_number", tr("The session's number in its phase"), width=56)
        )
        self.add(tr("Phase"), side_by_side(phase, tr("number"), its_number))
        self.dose = number("dose_mg", tr("Dose"), "mg", 116)
        self._weight = number("weight_kg", tr("Body weight"), "kg", 80)
        self._per_kg = label("", "strong")
        self._per_kg.setMinimumHeight(px(36))
        self.bind("dose_mg", self.dose)
        self.bind("weight_kg", self._weight)
        self.add(tr("Dose"), side_by_side(self.dose, tr("Weight"), self._weight, self._per_kg))
        self._place = Segments(tr("Place"), [(place, labels.place(place)) for place in Place])
        self.bind("place", self._place)
        provider = self.bind("provider", TextField(tr("Provider"), width=168))
        self.add(tr("Place"), side_by_side(self._place, tr("with"), provider))
        self._home = Note()
        self.notes.addWidget(self._home)
        self.edited.connect(self._reckon)

    def show_fields(self, values: Mapping[str, Any]) -> None:
        super().show_fields(values)
        self._reckon()

    def _reckon(self) -> None:
        dose, weight = self.dose.peek(), self._weight.peek()
        self._per_kg.setText(f"= {dose / weight:.2f} mg/kg" if dose and weight else "")
        place = self._place.value
        self._home.set_words(safety_words.home_use_note(place if isinstance(place, Place) else None))


class _WithChips(Section):
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
        made = super().fields()
        for name, chips in self._chips.items():
            made[name] = tuple(each for each in chips.value if isinstance(each, StrEnum))
            made[f"other_{name}"] = tuple(each for each in chips.value if not isinstance(each, StrEnum))
        return made


class Experience(_WithChips):
    """How the session was."""

    def __init__(self) -> None:
        super().__init__(tr("Experience"))
        for name, words, low, high in (
            ("detached", tr("Detached"), tr("not at all"), tr("completely")),
            ("sleepy", tr("Sleepy"), tr("wide awake"), tr("could not stay awake")),
            ("nausea", tr("Nausea"), tr("none"), tr("worst I can imagine")),
        ):
            self.rows.addWidget(self.bind(name, RatingRow(words, low, high, LABEL_WIDTH)))
        effects = Chips(tr("Side effects"), SideEffect, labels.side_effect)
        self.add(tr("Side effects"), self.bind_chips("side_effects", effects))
        before = self.bind("mood_before", number("mood_before", tr("Mood before, 0 worst, 10 best"), width=56))
        after = self.bind("mood_after", number("mood_after", tr("Mood after, 0 worst, 10 best"), width=56))
        self.add(tr("Mood"), side_by_side(tr("before"), before, tr("after"), after, tr("0 worst, 10 best")))
        opposite = label(tr("On Today it is the other way round: there 10 is the worst low mood."), "hint", wrap=True)
        self.add("", opposite)
        self.add(tr("Intention"), self.bind("intention", NoteField(tr("Intention"))))
        notes = NoteField(tr("Notes"), tr("What you want to remember"), lines=3)
        self.add(tr("Notes"), self.bind("notes", notes))


class Afterwards(_WithChips):
    """The way home, support, other medicines of that day, and the note about driving."""

    def __init__(self) -> None:
        super().__init__(tr("Afterwards"))
        taken = self.bind("taken_home", Segments(tr("Someone took me home"), [(True, tr("Yes")), (False, tr("No"))]))
        companion = self.bind("taken_home_by", TextField(tr("Who took me home"), tr("who"), 168))
        self.add(tr("Took me home"), side_by_side(taken, companion))
        talked = self.bind("talked_through", _AnswerBox(tr("Talked it through (integration)")))
        therapy = self.bind("psychotherapy", _AnswerBox(tr("Psychotherapy this week")))
        self.add(tr("Support"), _below_each_other(talked, therapy))
        medicines = Chips(tr("Taken that day"), Medicine, labels.medicine)
        self.add(tr("Taken that day"), self.bind_chips("medicines", medicines))
        self._driving = Note(safety_words.driving_note())
        self.notes.addWidget(self._driving)

    def show_driving_note(self, recent: bool) -> None:
        """Say what holds until tomorrow, of a session that can be of the last 24 hours only."""
        self._driving.set_words(safety_words.driving_note() if recent else "")


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
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, px(6), 0, px(4))
    column.setSpacing(px(8))
    for part in parts:
        column.addWidget(part)
    return holder
