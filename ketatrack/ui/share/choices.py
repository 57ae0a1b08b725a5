"""The choices on the left of the Share page: which days, on what paper, what goes in, and questions for the visit."""

from dataclasses import replace
from datetime import date
from itertools import chain
from textwrap import wrap

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ketatrack.i18n import translate
from ketatrack.models import labels
from ketatrack.models.records import SharingChoices
from ketatrack.models.values import Paper, Section
from ketatrack.ui.share.period import PeriodChoice
from ketatrack.ui.share.work import Preview
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.buttons import check_box
from ketatrack.ui.widgets.card import Card
from ketatrack.ui.widgets.choice import Choice
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.note_field import NoteField
from ketatrack.ui.widgets.segments import Segments
from ketatrack.ui.words import short_day

LONGEST_QUESTION = 2000
LOCALES = ("en_GB", "en_US", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pt_BR", "sv_SE", "ja_JP")


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Share", text, n)


class PaperCard(Card):
    """Period, paper, colour, name, and whose dates and numbers; `changed` carries the new choices."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self._choices = SharingChoices()
        self.period = PeriodChoice()
        self.covers = label("", "hint", wrap=True)
        self.paper = Segments(tr("Paper"), [(Paper.A4, "A4"), (Paper.LETTER, "Letter")], optional=False)
        self.dates = Choice(tr("Dates and numbers"), [("", tr("as on this computer"))])
        self.dates.setFixedWidth(px(212))
        self.hide_name = check_box(tr("Hide my name and date of birth"))
        self.hidden = label(tr("Names are taken out of notes too, but notes may still tell."), "hint", wrap=True)
        self.grey = check_box(tr("Black and white"))
        self.body.addWidget(self.period)
        self.body.addWidget(self.covers)
        self.body.addLayout(_row(tr("Paper"), self.paper))
        self.body.addLayout(_row(tr("Dates"), self.dates))
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
            self.dates.set_options([("", tr("as on this computer")), *_locales(today)])
        self.dates.value = choices.locale
        self.hide_name.setChecked(choices.hide_name)
        self.hidden.setVisible(choices.hide_name)
        self.grey.setChecked(choices.grey)

    def show_preview(self, preview: Preview, no_visit: bool) -> None:
        """Say how much falls into the period; `no_visit` that there is none that it could begin with."""
        entries = tr("1 entry") if preview.entries == 1 else tr("{n} entries").format(n=preview.entries)
        said = tr("{entries} on {days} of {all} days, {a} to {b}.")
        first, last = short_day(preview.first), short_day(preview.last)
        covered = said.format(entries=entries, days=preview.days_with_entries, all=preview.days, a=first, b=last)
        since = tr("No visit is noted under your appointments, so this is everything.") if no_visit else ""
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
        self.body.addWidget(label(tr("What goes in"), "strong"))
        self.boxes: dict[Section, QCheckBox] = {}
        self._pages = {each: label("", "hint") for each in Section}
        self._asks = label(tr("asks first"), "hint"), label(tr("asks first"), "hint")
        self.safety = check_box(tr("PHQ-9 question 9"))
        self.notes = check_box(tr("My notes"))
        self.attach = check_box(tr("Attach the data behind it"))
        for section in Section:
            if section is Section.READINGS:
                self.body.addLayout(_beside(self.safety, self._asks[0]))
                self.body.addLayout(_beside(self.notes, self._asks[1]))
            box = check_box(labels.section(section))
            box.clicked.connect(self._choose)
            self.boxes[section] = box
            self.body.addLayout(_beside(box, self._pages[section]))
        self.body.addLayout(_beside(self.attach, label("", "hint")))
        self.attach.setToolTip(tr("As spreadsheets and as FHIR for a clinic’s system, inside the PDF."))
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
            hint.setText(tr("this time") if on else tr("asks first"))

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
            tr("My questions for this visit"), tr("One question on each line"), lines=4, steps_kept=True
        )
        self.body.addWidget(label(tr("My questions for this visit"), "strong"))
        self.body.addWidget(self.field)
        self.field.changed.connect(lambda words: self.changed.emit(lines_of(words)))

    def show_questions(self, lines: tuple[str, ...]) -> None:
        """Show what is written down; what is being typed stays."""
        if not self.field.typing and lines_of(self.field.value) != lines:
            self.field.value = "\n".join(lines)


def lines_of(words: str) -> tuple[str, ...]:
    """The questions in a text: its lines that hold more than spaces; one too long to be kept is several."""
    lines = (line.strip() for line in words.splitlines())
    kept = ([line] if len(line) <= LONGEST_QUESTION else wrap(line, LONGEST_QUESTION) for line in lines if line)
    return tuple(chain.from_iterable(kept))


def _page_words(pages: tuple[int, int] | None) -> str:
    if pages is None:
        return ""
    first, last = pages
    return tr("page {n}").format(n=first) if first == last else tr("pages {a}–{b}").format(a=first, b=last)


def _locales(day: date) -> list[tuple[str, str]]:
    """Each locale with a day and a number as it writes them."""
    from PySide6.QtCore import QDate, QLocale

    said = []
    for name in LOCALES:
        locale = QLocale(name)
        written = locale.toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)
        said.append((name, f"{locale.nativeLanguageName()} · {written} · {locale.toString(1.5, 'f', 1)}"))
    return said


def _row(words: str, control: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    name = label(words, "strong")
    name.setBuddy(control)
    row.addWidget(name)
    row.addStretch(1)
    row.addWidget(control)
    return row


def _beside(box: QWidget, hint: QWidget) -> QVBoxLayout:
    """A check box with a hint at the right edge, on rows of one height."""
    row = QHBoxLayout()
    row.setContentsMargins(0, px(2), 0, px(2))
    row.addWidget(box)
    row.addStretch(1)
    row.addWidget(hint)
    column = QVBoxLayout()
    column.addLayout(row)
    return column
