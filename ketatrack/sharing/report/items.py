"""Questionnaires answer by answer; where that is withheld, the totals and the sentence that says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from ketatrack.models.instruments import KEYS, Instrument, Item, instrument
from ketatrack.models.records import Answers
from ketatrack.sharing.report.basis import Basis
from ketatrack.sharing.report.left_out import WITHHELD
from ketatrack.sharing.report.parts import Column, Table
from ketatrack.sharing.report.words import counted, filled, tr


@dataclass(frozen=True, slots=True)
class Form:
    """One questionnaire: its questions, what the numbers mean, the answers by date, and its notice."""

    title: str
    lead: str
    questions: tuple[str, ...]
    options: str
    withheld: str
    table: Table
    copyright: str


@dataclass(frozen=True, slots=True)
class Items:
    """The section: a form for each questionnaire that was filled in."""

    title: str
    forms: tuple[Form, ...]
    empty: str


def items(basis: Basis) -> Items:
    """The questionnaires of the period, newest first."""
    answers = sorted(basis.shared.diary.answers, key=lambda each: (each.day, each.local_time or time.min), reverse=True)
    held = {key: [each for each in answers if each.instrument == key] for key in KEYS}
    forms = tuple(_form(basis, instrument(key), given) for key, given in held.items() if given)
    empty = "" if forms else tr("0 questionnaires are filled in in this period.")
    return Items(tr("Questionnaires, answer by answer"), forms, empty)


def _form(basis: Basis, form: Instrument, answers: Sequence[Answers]) -> Form:
    closed = bool(form.safety_item) and not basis.shared.asked.safety_answers
    open_items = form.items if not closed and any(each.items for each in answers) else ()
    questions = tuple(each.text for each in open_items)
    unscored = form.unscored if open_items and any(each.unscored is not None for each in answers) else None
    rows = tuple(_row(basis, form, each, len(open_items), unscored) for each in answers)
    columns = [Column(tr("Date")), *(Column(str(n), True) for n in range(1, len(open_items) + 1))]
    columns += [Column(str(len(open_items) + 1), True)] if unscored else []
    columns += [Column(tr("Score"), True), Column("", share=1)]
    return Form(
        title=f"{form.name}: {counted(len(answers), 'time', 'times')}",
        lead=form.lead if questions else "",
        questions=(*questions, *((f"{unscored.text} {tr('(not in the score)')}",) if unscored else ())),
        options=_options(open_items, unscored),
        withheld=f"{tr(WITHHELD).capitalize()}." if closed else "",
        table=Table(tuple(columns), rows),
        copyright=form.copyright,
    )


def _row(basis: Basis, form: Instrument, each: Answers, count: int, unscored: Item | None) -> tuple[str, ...]:
    given = [str(answer) for answer in each.items] if each.items else ["–"] * count
    extra = [] if unscored is None else ["–" if each.unscored is None else str(each.unscored)]
    band = form.band(each.total)
    said = [band.name] if band is not None else []
    said += [tr("total typed in")] if count and not each.items else []
    score = basis.formats.number(float(form.value(each.total)))
    return (basis.formats.day(each.day), *given[:count], *extra, score, ", ".join(said))


def _options(open_items: Sequence[Item], unscored: Item | None) -> str:
    """What each number means; a long scale by its ends."""
    if not open_items:
        return ""
    said = [_scale(open_items[0])]
    if unscored is not None:
        said.append(filled("Question {n}: {scale}", n=len(open_items) + 1, scale=_scale(unscored)))
    return " ".join(f"{each}." for each in said)


def _scale(item: Item) -> str:
    options = item.options if len(item.options) <= 5 else (item.options[0], item.options[-1])
    return ", ".join(f"{option.score} {option.text}" for option in options)
