"""The choices on the left of the Share page: which days, on what paper, what goes in, and questions for the visit."""

from dataclasses import replace
from datetime import date
from itertools import chain
from textwrap import wrap

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ketatrack.i18n import _, ngettext
from ketatrack.models import labels
from ketatrack.models.enums import Paper, Period, Section
from ketatrack.models.records import SharingChoices
from ketatrack.ui.localised import short_day
from ketatrack.ui.share.jobs import Preview
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import check_box
from ketatrack.ui.widgets.cards import Card
from ketatrack.ui.widgets.choices import Choice, Segments
from ketatrack.ui.widgets.fields import DateField, FieldGroup
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.note_field import NoteField

LONGEST_QUESTION = 2000
LOCALES = ("en_GB", "en_US", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pt_BR", "sv_SE", "ja_JP")


class PeriodChoice(QWidget):
    """`changed` carries (period, first day, last day); the days are None where the period says them itself."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._today = date.today()
        self.choice = Choice(_("Period"), [(period, labels.period(period)) for period in Period])
        self.first = DateField(_("First day"), lambda: self._today)
        self.last = DateField(_("Last day"), lambda: self._today)
        self._own = FieldGroup()
        days = hbox(self.first, label("–", "secondary"), self.last, Stretch())
        self._own.body.addLayout(days)
        name = label(_("Period"), "strong")
        name.setBuddy(self.choice)
        row = hbox(name, Stretch(), self.choice)
        vbox(row, self._own, gap=8, margins=0, of=self)
        self.choice.changed.connect(self._chosen)
        for field in (self.first, self.last):
            field.changed.connect(self._days_changed)

    def show_choices(self, choices: SharingChoices, today: date) -> None:
        """Show what is chosen; `today` is what words like "yesterday" mean."""
        self._today = today
        self.choice.value = choices.period
        self._own.setVisible(choices.period is Period.OWN)
        if choices.period is Period.OWN:
            self.first.value, self.last.value = choices.from_day, choices.to_day

    def _chosen(self, period: Period) -> None:
        self._own.setVisible(period is Period.OWN)
        if period is Period.OWN:
            self.first.setFocus()
        self._emit()

    def _days_changed(self) -> None:
        first, last = self.first.value, self.last.value
        if first and last and first > last:
            self._own.error_line.say(self.first, _("The first day comes after the last one; change one of them."))
            return
        self._own.error_line.say(self.first, "")
        self._emit()

    def _emit(self) -> None:
        own = self.choice.value is Period.OWN
        days = (self.first.value, self.last.value) if own else (None, None)
        if not (own and days[0] and days[1] and days[0] > days[1]):
            self.changed.emit((self.choice.value, *days))


class PaperCard(Card):
    """Period, paper, colour, name, and whose dates and numbers; `changed` carries the new choices."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self._choices = SharingChoices()
        self.period = PeriodChoice()
        self.covers = label("", "hint", wrap=True)
        self.paper = Segments(_("Paper"), [(Paper.A4, "A4"), (Paper.LETTER, _("Letter"))], optional=False)
        self.dates = Choice(_("Dates and numbers"), [("", _("as on this computer"))])
        self.dates.setMinimumWidth(px(212))
        self.hide_name = check_box(_("Hide my name and date of birth"))
        self.hidden = label(_("Names are taken out of notes too, but notes may still tell."), "hint", wrap=True)
        self.grey = check_box(_("Black and white"))
        self.body.addWidget(self.period)
        self.body.addWidget(self.covers)
        self.body.addLayout(_row(_("Paper"), self.paper))
        self.body.addLayout(_row(_("Dates"), self.dates))
        for part in (self.hide_name, self.hidden, self.grey):
            self.body.addWidget(part)
        self.period.changed.connect(lambda new: self._choose(period=new[0], from_day=new[1], to_day=new[2]))
        self.paper.changed.connect(lambda new: self._choose(paper=new))
        self.dates.changed.connect(lambda new: self._choose(locale=new))
        self.hide_name.clicked.connect(lambda on: self._choose(hide_name=on))
        self.grey.clicked.connect(lambda on: self._choose(grey=on))

    def show_choices(self, choices: SharingChoices, today: date) -> None:
        """Show what is chosen."""
        self._choices = choices
        self.period.show_choices(choices, today)
        self.paper.value = choices.paper
        if self.dates.count() == 1:
            self.dates.set_options([("", _("as on this computer")), *_locales(today)])
        self.dates.value = choices.locale
        self.hide_name.setChecked(choices.hide_name)
        self.hidden.setVisible(choices.hide_name)
        self.grey.setChecked(choices.grey)

    def show_preview(self, preview: Preview, no_visit: bool) -> None:
        """Say how much falls into the period; `no_visit` that there is none that it could begin with."""
        text = ngettext(
            "{n} entry on {days} of {all} days, {a} to {b}.",
            "{n} entries on {days} of {all} days, {a} to {b}.",
            preview.entries,
        )
        first, last = short_day(preview.first), short_day(preview.last)
        covered = text.format(n=preview.entries, days=preview.days_with_entries, all=preview.days, a=first, b=last)
        since = _("No visit is noted under your appointments, so this is everything.") if no_visit else ""
        self.covers.setText(f"{covered} {since}".rstrip())
        self.covers.updateGeometry()

    def _choose(self, **new: object) -> None:
        self.changed.emit(replace(self._choices, **new))  # type: ignore[arg-type]


class ContentsCard(Card):
    """What goes in, with page numbers; `changed` carries the new choices.

    `safety_wanted` and `notes_wanted` carry whether what is asked for each time shall go in.
    """

    changed = Signal(object)
    safety_wanted = Signal(bool)
    notes_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self._choices = SharingChoices()
        self.body.setSpacing(px(4))
        self.body.addWidget(label(_("What goes in"), "strong"))
        self.boxes: dict[Section, QCheckBox] = {}
        self._pages = {section: label("", "hint") for section in Section}
        self._asks = label(_("asks first"), "hint"), label(_("asks first"), "hint")
        self.safety = check_box(_("PHQ-9 question 9"))
        self.notes = check_box(_("My notes"))
        self.attach = check_box(_("Attach the data behind it"))
        for section in Section:
            if section is Section.READINGS:
                self.body.addLayout(_beside(self.safety, self._asks[0]))
                self.body.addLayout(_beside(self.notes, self._asks[1]))
            box = check_box(labels.section(section))
            box.clicked.connect(self._choose)
            self.boxes[section] = box
            self.body.addLayout(_beside(box, self._pages[section]))
        self.body.addLayout(_beside(self.attach, label("", "hint")))
        self.attach.setToolTip(_("As spreadsheets and as FHIR for a clinic’s system, inside the PDF."))
        self.attach.clicked.connect(lambda on: self.changed.emit(replace(self._choices, attach=on)))
        self.safety.clicked.connect(self.safety_wanted)
        self.notes.clicked.connect(self.notes_wanted)

    def show_choices(self, choices: SharingChoices, safety: bool, notes: bool) -> None:
        """Show what is chosen, and what was said yes to this time."""
        self._choices = choices
        for section, box in self.boxes.items():
            box.setChecked(section in choices.sections)
        self.attach.setChecked(choices.attach)
        self.safety.setChecked(safety)
        self.notes.setChecked(notes)
        for hint, on in zip(self._asks, (safety, notes), strict=True):
            hint.setText(_("this time") if on else _("asks first"))

    def show_preview(self, preview: Preview) -> None:
        """Say on which pages each section stands."""
        for section, words in self._pages.items():
            words.setText(_page_words(preview.pages.places.get(section.value)))
            self.boxes[section].setAccessibleDescription(words.text())

    def _choose(self) -> None:
        chosen = tuple(section for section, box in self.boxes.items() if box.isChecked())
        self.changed.emit(replace(self._choices, sections=chosen))


class QuestionsCard(Card):
    """The questions for the visit, a line each; `changed` carries the lines."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.field = NoteField(
            _("My questions for this visit"), _("One question on each line"), lines=4, steps_kept=True
        )
        self.body.addWidget(label(_("My questions for this visit"), "strong"))
        self.body.addWidget(self.field)
        self.field.changed.connect(lambda words: self.changed.emit(lines_of(words)))

    def show_questions(self, lines: tuple[str, ...]) -> None:
        """Show what is written down; what is being typed stays."""
        if not self.field.typing and lines_of(self.field.value) != lines:
            self.field.value = "\n".join(lines)


def lines_of(words: str) -> tuple[str, ...]:
    """Return the questions in a text: its lines that hold more than spaces; one too long to be kept is several."""
    lines = (line.strip() for line in words.splitlines())
    wrapped = ([line] if len(line) <= LONGEST_QUESTION else wrap(line, LONGEST_QUESTION) for line in lines if line)
    return tuple(chain.from_iterable(wrapped))


def _page_words(pages: tuple[int, int] | None) -> str:
    if pages is None:
        return ""
    first, last = pages
    return _("page {n}").format(n=first) if first == last else _("pages {a}–{b}").format(a=first, b=last)


def _locales(day: date) -> list[tuple[str, str]]:
    """Each locale with a day and a number as it writes them."""
    from PySide6.QtCore import QDate, QLocale

    locales = []
    for name in LOCALES:
        locale = QLocale(name)
        written = locale.toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)
        locales.append((name, f"{locale.nativeLanguageName()} · {written} · {locale.toString(1.5, 'f', 1)}"))
    return locales


def _row(words: str, control: QWidget) -> QHBoxLayout:
    name = label(words, "strong")
    name.setBuddy(control)
    return hbox(name, Stretch(), control)


def _beside(box: QWidget, hint: QWidget) -> QVBoxLayout:
    """Return a check box with a hint at the right edge, on rows of one height."""
    row = hbox(box, Stretch(), hint, margins=(0, 2, 0, 2))
    return vbox(row)
