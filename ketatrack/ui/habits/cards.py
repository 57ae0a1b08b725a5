"""The cards below the year of a habit: patterns in the notes, the habits chosen beforehand, and early signs."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QGridLayout, QWidget

from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models.records import MOST_HABITS, EarlySign, HabitChoice
from ketatrack.ui.editor import Editor
from ketatrack.ui.habits.load import HabitsContent
from ketatrack.ui.half_typed import HalfTyped
from ketatrack.ui.localised import short_day
from ketatrack.ui.settings.section import clear
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.unsaved import holders
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import check_box, icon_button, secondary
from ketatrack.ui.widgets.cards import Card, divider
from ketatrack.ui.widgets.fields import TextField
from ketatrack.ui.widgets.labels import Paragraph, label
from ketatrack.ui.widgets.layout import ANY_WIDTH, FlowLayout
from ketatrack.ui.widgets.painted import DotRange


class PatternsCard(Card):
    """Up to three habits chosen before looking, each with what its days and weeks went with."""

    def __init__(self, editor: Editor) -> None:
        super().__init__("notice")
        self._editor = editor
        self._content: HabitsContent | None = None
        self.boxes: dict[str, QCheckBox] = {}
        head = hbox(label(_("Patterns in your notes"), "title"), label(_("(not causes)"), "secondary"), Stretch())
        self.body.addLayout(head)
        self.chosen = label("", "secondary", wrap=True)
        self.body.addWidget(self.chosen)
        choices = QWidget()
        self._choices = FlowLayout(choices, gap=16)
        self.body.addWidget(choices)
        self._rows = vbox(gap=8)
        self.body.addLayout(self._rows)
        self.body.addWidget(divider())
        self._last = label("", "secondary", wrap=True)
        self.body.addWidget(self._last)
        self._lines: list[QBoxLayout] = []
        self._stacked = False

    def set_stacked(self, stacked: bool) -> None:
        """Set name, words and line of each pattern below each other, where there is no room beside."""
        self._stacked = stacked
        for line in self._lines:
            _shape(line, stacked)

    def show_result(self, result: HabitsContent) -> None:
        """Show the choice and what it found."""
        from ketatrack.analysis.habit_patterns import not_causes

        if self._content is None or [h.key for h in self._content.habits] != [h.key for h in result.habits]:
            self._make_boxes(result)
        self._content = result
        chosen_keys = result.choice.habits if result.choice else ()
        self._last.setText(f"{result.measured_by} {not_causes(True)}" if chosen_keys else not_causes(False))
        for key, box in self.boxes.items():
            box.setChecked(key in chosen_keys)
            box.setEnabled(key in chosen_keys or len(chosen_keys) < MOST_HABITS)
        if result.choice is None or not chosen_keys:
            self.chosen.setText(
                _("Choose up to three habits to look at. The choice is dated, so that it is made before looking.")
            )
        else:
            day = short_day(result.choice.recorded_at.date())
            self.chosen.setText(_("Chosen on {day}; up to three. A new choice is dated anew.").format(day=day))
        self._show_rows(result)

    def _make_boxes(self, result: HabitsContent) -> None:
        for box in self.boxes.values():
            self._choices.removeWidget(box)
            box.deleteLater()
        self.boxes = {}
        for habit in result.habits:
            box = check_box(habit.name)
            box.setAccessibleName(_("Look for patterns with {name}").format(name=habit.name))
            box.clicked.connect(self._choose)
            self.boxes[habit.key] = box
            self._choices.addWidget(box)

    def _choose(self) -> None:
        chosen = tuple(key for key, box in self.boxes.items() if box.isChecked())
        new = HabitChoice(habits=chosen, recorded_at=self._editor.moment_to_record())
        self._editor.edit(_("Choose habits to look at"), [(None, new)])

    def _show_rows(self, result: HabitsContent) -> None:
        from ketatrack.analysis.habit_patterns import day_words, session_words

        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = []
        for pattern in result.patterns:
            name = pattern.habit.name
            days, sessions = pattern.days, pattern.sessions
            self._rows.addWidget(divider())
            self._add_row(
                _("{name} and the next day").format(name=name),
                day_words(pattern, result.measure),
                _range(days.lower, days.effect, days.upper, _("points lower"), _("points higher")),
            )
            self._rows.addWidget(divider())
            self._add_row(
                _("{name} in days 1–7").format(name=name),
                session_words(pattern),
                _range(sessions.lower, sessions.difference, sessions.upper, _("days shorter"), _("days longer")),
            )

    def _add_row(self, name: str, words: tuple[str, str], dot_range: DotRange | None) -> None:
        widget = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(16))
        title = label(name, "strong", wrap=True)
        title.setMinimumWidth(px(120))
        row.addWidget(title)
        paragraph = Paragraph()
        strong, rest = words
        paragraph.set_words(f" {rest}" if strong and rest else rest, strong)
        row.addWidget(paragraph, 1)
        if dot_range is not None:
            row.addWidget(dot_range)
        _shape(row, self._stacked)
        self._lines.append(row)
        self._rows.addWidget(widget)


def _range(low: float | None, value: float | None, high: float | None, less: str, more: str) -> DotRange | None:
    if low is None or value is None or high is None:
        return None
    return DotRange(low, value, high, (less, more), _("same"))


def _shape(line: QBoxLayout, stacked: bool) -> None:
    """Set the parts of a pattern below or beside each other; a name beside the words has a column of its own."""
    line.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)
    if (first := line.itemAt(0)) is not None and (name := first.widget()) is not None:
        name.setMaximumWidth(ANY_WIDTH if stacked else px(120))


class SignsCard(Card):
    """Early signs, written while well, with what helps; shown again once relief has faded."""

    changed = Signal()

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self._editor = editor
        self._signs: tuple[EarlySign, ...] | None = None
        self.body.addWidget(label(_("Early signs"), "title"))
        self.body.addWidget(
            label(
                _(
                    "What you notice first when relief fades, and what helps you then. Written while you are well; "
                    "shown on Today and Relief once relief has faded."
                ),
                "secondary",
                wrap=True,
            )
        )
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(px(8))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.sign, self.helps = (
            TextField(_("A new early sign"), _("what I notice")),
            TextField(_("What helps with it"), _("what helps")),
        )
        self.unsaved = False
        self._half_typed = HalfTyped(editor, "early sign", {"sign": self.sign, "helps": self.helps})
        self._half_typed.restore()
        self._fields: list[QWidget] = []
        self._add_button = add = secondary(_("Add"), "plus")
        add.clicked.connect(self._add)
        self.sign.returnPressed.connect(self._add)
        self.helps.returnPressed.connect(self._add)
        row = hbox((self.sign, 1), (self.helps, 1), add, gap=8)
        self.body.addLayout(row)

    def commit(self) -> None:
        """Keep the words of a new one that is not added yet."""
        self.unsaved = not self._half_typed.keep()

    def unsaved_words(self) -> str:
        """Return those words, where they could not be kept."""
        return " ".join(filter(None, self._half_typed.texts().values()))

    def show_signs(self, signs: tuple[EarlySign, ...]) -> None:
        """Show the list as it is in the diary."""
        if signs == self._signs or holders(self):  # rows made anew would lose what could not be saved
            return
        self._signs = signs
        clear(self._grid)
        self._fields = []
        for place, early_sign in enumerate(signs):
            sign, helps = (
                TextField(_("Early sign")),
                TextField(_("What helps with {sign}").format(sign=early_sign.sign)),
            )
            sign.value, helps.value = early_sign.sign, early_sign.helps
            sign.changed.connect(
                lambda text, early_sign=early_sign: self._change(early_sign, sign=str(text).strip() or early_sign.sign)
            )
            helps.changed.connect(lambda text, early_sign=early_sign: self._change(early_sign, helps=str(text).strip()))
            delete = icon_button("trash", _("Delete {sign}").format(sign=early_sign.sign), "secondary")
            delete.clicked.connect(
                lambda _on=False, early_sign=early_sign: self._editor.edit(_("Delete early sign"), [(early_sign, None)])
            )
            for column, part in enumerate((sign, helps, delete)):
                self._grid.addWidget(part, place, column)
                self._fields.append(part)

    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops in this card, in order."""
        return (*self._fields, self.sign, self.helps, self._add_button)

    def _change(self, early_sign: EarlySign, **new: str) -> None:
        try:
            after = replace(early_sign, **new)  # type: ignore[arg-type]
        except InvalidValue as error:
            self._editor.refuse(str(error))
            return
        self._editor.edit(_("Change early sign"), [(early_sign, after)])

    def _add(self) -> None:
        words = self.sign.text().strip()
        if not words:
            self.sign.setFocus()
            return
        position = max((sign.position for sign in self._signs or ()), default=-1) + 1
        try:
            new = EarlySign(sign=words, helps=self.helps.text().strip(), position=position)
        except InvalidValue as error:
            self._editor.refuse(str(error))
            return
        if self._editor.edit(_("Add early sign"), [(None, new)]):
            self.sign.value = self.helps.value = ""
            self._half_typed.drop()
            self.sign.setFocus()
