"""Questionnaires question by question, and the table of every rating and total of the period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from ketatrack.i18n import _, ngettext
from ketatrack.models import labels
from ketatrack.models.instruments import KEYS, Instrument, Item, instrument
from ketatrack.models.records import Answers, Tracked
from ketatrack.report.context import PaperColumn, PaperTable, ReportContext
from ketatrack.report.formatting import Formats
from ketatrack.report.method import WITHHELD

MOST_COLUMNS = 8
_Moment = tuple[date, time, int]


@dataclass(frozen=True, slots=True)
class Form:
    """One questionnaire: its questions, what the numbers mean, the answers by date, and its notice."""

    title: str
    lead: str
    questions: tuple[str, ...]
    options: str
    withheld: str
    table: PaperTable
    copyright: str


@dataclass(frozen=True, slots=True)
class Items:
    """The section: a form for each questionnaire that was filled in."""

    title: str
    forms: tuple[Form, ...]
    empty: str


def items(basis: ReportContext) -> Items:
    """Return the questionnaires of the period, newest first."""
    answers = sorted(
        basis.shared.diary.answers, key=lambda entry: (entry.day, entry.local_time or time.min), reverse=True
    )
    by_key = {key: [entry for entry in answers if entry.instrument == key] for key in KEYS}
    forms = tuple(_form(basis, instrument(key), entries) for key, entries in by_key.items() if entries)
    empty = "" if forms else _("0 questionnaires are filled in in this period.")
    return Items(_("Questionnaires, answer by answer"), forms, empty)


def _form(basis: ReportContext, form: Instrument, answers: Sequence[Answers]) -> Form:
    closed = bool(form.safety_item) and not basis.shared.consent.safety_answers
    open_items = form.items if not closed and any(entry.items for entry in answers) else ()
    questions = tuple(open_item.text for open_item in open_items)
    unscored = form.unscored if open_items and any(entry.unscored is not None for entry in answers) else None
    not_scored = [_("{question} (not in the score)").format(question=unscored.text)] if unscored else []
    rows = tuple(_row(basis, form, entry, len(open_items), unscored) for entry in answers)
    columns = [PaperColumn(_("Date")), *(PaperColumn(str(n), True) for n in range(1, len(open_items) + 1))]
    columns += [PaperColumn(str(len(open_items) + 1), True)] if unscored else []
    columns += [PaperColumn(_("Score"), True), PaperColumn("", share=1)]
    return Form(
        title=ngettext("{name}: {n} time", "{name}: {n} times", len(answers)).format(name=form.name, n=len(answers)),
        lead=form.lead if questions else "",
        questions=(
            *questions,
            *not_scored,
        ),
        options=_options(open_items, unscored),
        withheld=_(WITHHELD) if closed else "",
        table=PaperTable(tuple(columns), rows),
        copyright=form.copyright,
    )


def _row(
    basis: ReportContext, form: Instrument, answers: Answers, count: int, unscored: Item | None
) -> tuple[str, ...]:
    scores = [str(answer) for answer in answers.items] if answers.items else ["–"] * count
    extra = [] if unscored is None else ["–" if answers.unscored is None else str(answers.unscored)]
    band = form.band(answers.total)
    remarks = [band.name] if band is not None else []
    remarks += [_("total typed in")] if count and not answers.items else []
    score = basis.formats.number(float(form.value(answers.total)))
    return (basis.formats.day(answers.day), *scores[:count], *extra, score, ", ".join(remarks))


def _options(open_items: Sequence[Item], unscored: Item | None) -> str:
    """Return what each number means; a long scale by its ends."""
    if not open_items:
        return ""
    sentences = [_scale(open_items[0])]
    if unscored is not None:
        sentences.append(_("Question {n}: {scale}").format(n=len(open_items) + 1, scale=_scale(unscored)))
    return " ".join(f"{item}." for item in sentences)


def _scale(item: Item) -> str:
    options = item.options if len(item.options) <= 5 else (item.options[0], item.options[-1])
    return ", ".join(f"{option.score} {option.text}" for option in options)


@dataclass(frozen=True, slots=True)
class Readings:
    """The section: as many tables as its columns need, each with all days."""

    title: str
    about: str
    tables: tuple[PaperTable, ...]


def readings(basis: ReportContext) -> Readings:
    """All entries of the period, newest first; those of one moment share a row."""
    result = _rows(basis)
    used = {key for cells in result.values() for key in cells}
    tracked = [item for item in basis.shared.diary.tracked if str(item.id) in used]
    scores = [(str(item.id), _name(item)) for item in tracked if item.is_measure]
    scores += [(key, instrument(key).name) for key in KEYS if key in used]
    habits = [(str(item.id), _name(item)) for item in tracked if not item.is_measure]
    chunks = [heads[at : at + MOST_COLUMNS] for heads in (scores, habits) for at in range(0, len(heads), MOST_COLUMNS)]
    return Readings(
        title=_("Table of all readings"),
        about=ngettext(
            "{n} entry. An empty place was not rated; it is not 0.",
            "{n} entries, newest first. An empty place was not rated; it is not 0.",
            len(result),
        ).format(n=len(result)),
        tables=tuple(_table(basis.formats, result, chunk) for chunk in chunks),
    )


def _rows(basis: ReportContext) -> dict[_Moment, dict[str, str]]:
    """By day, time and a number that tells two entries of the same thing apart: what was entered, newest first."""
    diary, formats = basis.shared.diary, basis.formats
    entered: list[tuple[date, time | None, dict[str, str]]] = [
        (
            check_in.day,
            check_in.local_time,
            {str(v.tracked_id): formats.hundredths(v.hundredths) for v in check_in.values},
        )
        for check_in in diary.check_ins
    ]
    for answers in diary.answers:
        score = formats.number(float(instrument(answers.instrument).value(answers.total)))
        entered.append((answers.day, answers.local_time, {answers.instrument: score}))
    result: dict[_Moment, dict[str, str]] = {}
    for day, at, cells in entered:
        nth = 0
        while result.get((day, at or time.min, nth), {}).keys() & cells.keys():
            nth += 1
        result.setdefault((day, at or time.min, nth), {}).update(cells)
    return dict(sorted(result.items(), reverse=True))


def _name(tracked: Tracked) -> str:
    unit = labels.paper_unit(tracked)
    return f"{tracked.name},\n{unit}" if unit else tracked.name


def _table(
    formats: Formats, cells_by_moment: Mapping[_Moment, dict[str, str]], heads: Sequence[tuple[str, str]]
) -> PaperTable:
    columns = (PaperColumn(_("Date")), PaperColumn(_("Time")), *(PaperColumn(name, True, 1) for _unused, name in heads))
    rows = tuple(
        (formats.day(day), formats.clock(at) if at != time.min else "", *(cells.get(key, "") for key, _unused in heads))
        for (day, at, _unused), cells in cells_by_moment.items()
        if any(key in cells for key, _unused in heads)
    )
    return PaperTable(columns, rows)
