"""The four steps of a first start: the passphrase, what to track, the baseline, and whom to call."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from ketatrack.diary.crypto import check_passphrase
from ketatrack.diary.writing import Pair
from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models.enums import BaselineSource
from ketatrack.models.fields import Range
from ketatrack.models.instruments import instrument
from ketatrack.models.records import Baseline, Contact, Settings
from ketatrack.models.tracked import built_in
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, vbox
from ketatrack.ui.widgets.buttons import check_box
from ketatrack.ui.widgets.cards import Note
from ketatrack.ui.widgets.fields import FieldGroup, NumberField, TextField
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.passphrase import SecretField, StrengthMeter, strength


class Step(QWidget):
    """One step: a heading, a sentence, and what is asked."""

    ready_changed = Signal()

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self._number = label("", "heading")
        self.column = vbox(
            Stretch(),
            self._number,
            label(title, "headline", wrap=True),
            label(words, "secondary", wrap=True),
            16,
            gap=8,
            of=self,
        )

    def set_number(self, number: int, of: int) -> None:
        """Say which step this is."""
        self._number.setText(_("Step {number} of {of}").format(number=number, of=of))

    def is_ready(self) -> bool:
        """Whether this step may be left with Continue."""
        return True

    def takes(self) -> bool:
        """Take what is typed; False, with the reason shown, where something of it cannot be."""
        return True

    def pairs(self) -> list[Pair]:
        """Return what this step writes into the new diary."""
        return []

    def forget(self) -> None:
        """Take back what was typed here: the step was skipped."""

    def focus_first(self) -> None:
        """Put the cursor where one begins."""


class PassphraseStep(Step):
    """The passphrase, twice, with its strength and the plain warning."""

    def __init__(self) -> None:
        super().__init__(
            _("Choose a passphrase"),
            _(
                "It locks the file that holds your diary. Four or more unrelated words are easy to keep in mind "
                "and hard to guess."
            ),
        )
        self.first = SecretField(_("Passphrase"))
        self.again = SecretField(_("The same again"))
        self.meter = StrengthMeter()
        self._match = label("", "hint")
        self._error = Note()
        for name, field, below in (
            (_("Passphrase"), self.first, self.meter),
            (_("The same again"), self.again, self._match),
        ):
            words = label(name, "medium")
            words.setBuddy(field)
            self.column.addWidget(words)
            self.column.addWidget(field)
            self.column.addWidget(below)
            field.textChanged.connect(self._changed)
        self.column.addWidget(self._error)
        warning = Note(
            _("Write it on paper and keep it somewhere safe."),
            _("If you forget it, nobody can open the diary, not even the people who made KetaTrack."),
        )
        self.column.addSpacing(px(8))
        self.column.addWidget(warning)
        self.column.addStretch(2)
        self._changed()

    def text(self) -> str:
        """Return the passphrase."""
        return self.first.text()

    def is_ready(self) -> bool:
        try:
            check_passphrase(self.first.text())
        except InvalidValue:
            return False
        return self.first.text() == self.again.text()

    def forget(self) -> None:
        self.first.clear()
        self.again.clear()

    def focus_first(self) -> None:
        self.first.setFocus()

    def show_error(self, sentence: str) -> None:
        """Say why the diary could not be made."""
        self._error.set_words(sentence)

    def _changed(self) -> None:
        self.meter.set_strength(*strength(self.first.text()))
        typed, again = self.first.text(), self.again.text()
        if not again:
            text = _("So that a slip of the finger does not lock you out.")
        elif typed == again:
            text = _("Both are the same.")
        elif typed.startswith(again):
            text = _("Keep typing, so far it matches.")
        else:
            text = _("This is not the same as above.")
        self._match.setText(text)
        self._error.set_words("")
        self.ready_changed.emit()


class TrackStep(Step):
    """Which measures, questionnaires and habits Today asks about; all can be changed later."""

    def __init__(self) -> None:
        super().__init__(
            _("What would you like to keep track of?"),
            _("Today asks about these. You can change this at any time in Settings; nothing is lost by it."),
        )
        self.boxes: dict[str, QCheckBox] = {}
        tracked = {item.key: item for item in built_in()}
        self._group(_("How you feel, each day"), [(k, t.name) for k, t in tracked.items() if t.is_measure])
        forms = [(key, instrument(key)) for key in ("phq9", "gad7", "peg")]
        topics = {"phq9": _("low mood"), "gad7": _("anxiety"), "peg": _("pain")}
        self._group(_("Once a week"), [(key, f"{form.name} ({topics[key]})") for key, form in forms])
        self._group(_("Habits"), [(k, t.name) for k, t in tracked.items() if not t.is_measure])
        self.boxes["gad7"].setChecked(False)
        self.boxes["peg"].setChecked(False)
        self.column.addStretch(2)

    def _group(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        self.column.addWidget(label(title, "strong"))
        grid = QGridLayout()
        grid.setVerticalSpacing(px(4))
        for place, (key, name) in enumerate(rows):
            box = check_box(name)
            box.setChecked(True)
            self.boxes[key] = box
            grid.addWidget(box, place // 2, place % 2)
        self.column.addLayout(grid)
        self.column.addSpacing(px(12))

    def chosen_measures(self) -> tuple[str, ...]:
        """Return the measures and questionnaires that are ticked; those can have a baseline."""
        measures = [item.key for item in built_in() if item.is_measure and not item.higher_is_better]
        return tuple(key for key in ("phq9", "gad7", "peg", *measures) if self.boxes[key].isChecked())

    def pairs(self) -> list[Pair]:
        archived: list[Pair] = [
            (item, replace(item, archived=True)) for item in built_in() if not self.boxes[item.key].isChecked()
        ]
        forms = tuple(key for key in ("phq9", "gad7", "peg") if self.boxes[key].isChecked())
        return [*archived, (None, Settings(instruments=forms))]

    def forget(self) -> None:
        for key, box in self.boxes.items():
            box.setChecked(key not in ("gad7", "peg"))

    def focus_first(self) -> None:
        self.boxes["low_mood"].setFocus()


class BaselineStep(Step):
    """How bad it was before treatment, where that is known."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(
            _("How was it before treatment?"),
            _(
                "Relief is measured against this baseline. If you do not know it, leave it empty: KetaTrack can "
                "work it out from what you write down before the first session."
            ),
        )
        self._now = now
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(px(8))
        group = FieldGroup()
        group.body.addLayout(self._grid)
        self.column.addWidget(group)
        self.column.addStretch(2)
        self.fields: dict[str, NumberField] = {}
        for row, key in enumerate(("phq9", "gad7", "peg", "low_mood", "anxiety", "pain")):
            name, limits, hint = _baseline_question(key)
            field = NumberField(_("{name} before treatment").format(name=name), limits, placeholder=_("not known"))
            self.fields[key] = field
            words = label(name, "medium")
            words.setBuddy(field)
            for place, part in enumerate((words, field, label(hint, "hint", wrap=True))):
                self._grid.addWidget(part, row, place, Qt.AlignmentFlag.AlignVCenter)
        self._grid.setColumnStretch(2, 1)

    def ask_for(self, keys: Sequence[str]) -> None:
        """Show only the measures that are tracked."""
        for row, key in enumerate(self.fields):
            for place in range(3):
                item = self._grid.itemAtPosition(row, place)
                widget = item.widget() if item else None
                if widget is not None:
                    widget.setVisible(key in keys)

    def takes(self) -> bool:
        # Each is asked, so that all that is wrong shows at once.
        taken = [field.commit() for field in self.fields.values() if not field.isHidden()]
        return all(taken)

    def pairs(self) -> list[Pair]:
        pairs: list[Pair] = []
        for key, field in self.fields.items():
            field.commit()
            if field.value is not None and not field.isHidden():
                value = baseline_value(key, field.value)
                typed = BaselineSource.TYPED
                pairs.append((None, Baseline(measure=key, value=value, source=typed, recorded_at=self._now())))
        return pairs

    def forget(self) -> None:
        for field in self.fields.values():
            field.value = None

    def focus_first(self) -> None:
        next((field for field in self.fields.values() if not field.isHidden()), self).setFocus()


def baseline_range(key: str) -> Range:
    """Return what a typed-in baseline of a measure may be, as a person writes it (PEG: its mean with decimals)."""
    return _baseline_question(key)[1]


def baseline_value(key: str, stored: int) -> Fraction:
    """Return a typed-in baseline on the measure's stored scale (PEG: the sum of its three answers)."""
    if key == "peg":
        return Fraction(stored, 100) * instrument("peg").items_per_point
    return Fraction(stored, baseline_range(key).scale)


def _baseline_question(key: str) -> tuple[str, Range, str]:
    if key in ("phq9", "gad7"):
        form = instrument(key)
        return form.name, Range(form.name, 0, form.maximum), _("a total from 0 to {n}").format(n=form.maximum)
    if key == "peg":
        return "PEG", Range("PEG", 0, 1000, scale=100), _("the mean of three answers, 0 to 10")
    name = next((item.name for item in built_in() if item.key == key), key)
    return name, Range(name, 0, 1000, scale=100), _("0 none to 10 worst, on an average day")


class ContactStep(Step):
    """Whom to call; shown on the card behind "Help now"."""

    def __init__(self) -> None:
        super().__init__(
            _("Whom could you call?"),
            _("Your treatment team, a friend. Their names stand behind “Help now”, and only there."),
        )
        self.fields: list[tuple[TextField, TextField]] = []
        for name, phone in (
            (_("Treatment team"), _("Treatment team, phone")),
            (_("Someone close"), _("Someone close, phone")),
        ):
            self.column.addWidget(label(name, "medium"))
            grid = QGridLayout()
            pair = (TextField(name, _("name")), TextField(phone, _("phone number")))
            grid.addWidget(pair[0], 0, 0)
            grid.addWidget(pair[1], 0, 1)
            self.column.addLayout(grid)
            self.column.addSpacing(px(8))
            self.fields.append(pair)
        self.column.addStretch(2)

    def pairs(self) -> list[Pair]:
        pairs: list[Pair] = []
        for position, (name, phone) in enumerate(self.fields):
            name.commit()
            phone.commit()
            if name.value.strip():
                pairs.append(
                    (
                        None,
                        Contact(
                            name=name.value.strip(),
                            phone=phone.value.strip(),
                            treatment_team=position == 0,
                            position=position,
                        ),
                    )
                )
        return pairs

    def forget(self) -> None:
        for pair in self.fields:
            for field in pair:
                field.value = ""

    def focus_first(self) -> None:
        self.fields[0][0].setFocus()
