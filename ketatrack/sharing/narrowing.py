"""Filters from one whole diary to another: a period, what is withheld, and the names taken out.

An exporter is given what is left; it cannot leak what it never saw.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date
from itertools import chain
from typing import Any, TypeVar

from ketatrack.models import records
from ketatrack.models.instruments import instrument
from ketatrack.models.periods import months_before
from ketatrack.models.values import AppointmentKind, Period
from ketatrack.models.whole import WholeDiary

HIDDEN = "[hidden]"
_MONTHS = {Period.MONTHS_3: 3, Period.MONTHS_6: 6, Period.MONTHS_12: 12}
_TITLES = frozenset({"dr", "prof", "mr", "mrs", "ms", "st", "the", "and", "clinic"})
# Particles and initials hide nothing. A part of two letters does in its own capitals alone: "An" is a name, "an" none.
_PARTICLES = frozenset({"al", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "van", "von"})
_SHORTEST_PART = 2
# Keys that point at other records or name a questionnaire; nobody typed them.
_NOT_WORDS = frozenset({"key", "instrument", "measure", "habits", "instruments", "kind", "relief_measure"})

Dated = TypeVar("Dated", records.Session, records.CheckIn, records.Answers, records.Appointment)


def days(whole: WholeDiary, choices: records.SharingChoices, today: date) -> tuple[date, date]:
    """The first and last diary day that the chosen period covers, both included.

    "Since the last visit" begins on the day of the latest visit before today, and where none was written down it
    is everything. A period never begins before the first entry, so that its days can be counted.
    """
    entries = entry_days(whole)
    begin, last = min(entries, default=today), max(today, max(entries, default=today))
    if choices.period is Period.OWN:
        # A day of the person's own may lie outside all entries; a period has one day at the least all the same.
        first = choices.from_day or min(begin, choices.to_day or begin)
        return first, choices.to_day or max(last, first)
    if choices.period in _MONTHS:
        return max(begin, months_before(last, _MONTHS[choices.period])), last
    visits = [each.day for each in whole.appointments if each.kind is AppointmentKind.VISIT and each.day < today]
    if choices.period is Period.SINCE_VISIT and visits:
        return max(begin, min(last, max(visits))), last
    return begin, last


def entry_days(whole: WholeDiary) -> frozenset[date]:
    """The diary days that have any session, check-in or questionnaire."""
    sessions = (each.day for each in whole.sessions)
    return frozenset(chain(sessions, (each.day for each in whole.check_ins), (each.day for each in whole.answers)))


def within(whole: WholeDiary, first: date, last: date) -> WholeDiary:
    """Only the entries of these diary days, both included; what describes the person stays."""

    def some(found: tuple[Dated, ...]) -> tuple[Dated, ...]:
        return tuple(each for each in found if first <= each.day <= last)

    return replace(
        whole, sessions=some(whole.sessions), check_ins=some(whole.check_ins), answers=some(whole.answers),
        appointments=some(whole.appointments),
        cards_shown=tuple(each for each in whole.cards_shown if first <= each.shown_at.date() <= last),
    )  # fmt: skip


def without_safety_answers(whole: WholeDiary) -> WholeDiary:
    """No answer to a question about self-harm, nor anything from which it could be worked out.

    The other answers of that questionnaire go too, because the total, which stays, minus them would tell; and so
    do unfinished sheets and the record that the safety card was shown.
    """
    return replace(
        whole, drafts=(), cards_shown=(),
        answers=tuple(
            replace(each, items=None, unscored=None) if instrument(each.instrument).safety_item else each
            for each in whole.answers
        ),
    )  # fmt: skip


def without_notes(whole: WholeDiary) -> WholeDiary:
    """None of the person's notes: from inside sessions, intentions included, of days, or beside a questionnaire.

    Unfinished sheets, which hold some, go too.
    """
    return replace(
        whole, drafts=(), sessions=tuple(replace(each, notes="", intention="") for each in whole.sessions),
        check_ins=tuple(replace(each, note="") if each.note else each for each in whole.check_ins),
        answers=tuple(replace(each, note="") if each.note else each for each in whole.answers),
    )  # fmt: skip


def without_names(whole: WholeDiary) -> WholeDiary:
    """No name, birth date, provider or contact; where they stand inside other words, "[hidden]" stands instead.

    Unfinished sheets go: they hold names under other guises. Notes may still tell in ways no program can find.
    """
    hide = _hider(whole)
    hidden = {
        each.name: tuple(_hide_words(record, hide) for record in getattr(whole, each.name)) for each in fields(whole)
    }
    hidden |= {"profiles": (), "contacts": (), "drafts": ()}
    cleared = WholeDiary(**hidden)
    return replace(
        cleared,
        sessions=tuple(replace(each, provider="", taken_home_by="") for each in cleared.sessions),
        appointments=tuple(replace(each, provider="", place="") for each in cleared.appointments),
    )


def names_in(whole: WholeDiary) -> frozenset[str]:
    """Everything that hiding takes out: whole names and numbers, and the parts of a name that can stand alone."""
    return _whole_names(whole) | _telling_parts(whole)


def _people(whole: WholeDiary) -> set[str]:
    people = {whole.profile.name, *(each.name for each in whole.contacts)}
    people |= {each.provider for each in whole.sessions} | {each.taken_home_by for each in whole.sessions}
    return people | {each.provider for each in whole.appointments}


def _whole_names(whole: WholeDiary) -> frozenset[str]:
    names = {name.strip() for name in (*_people(whole), *(each.phone for each in whole.contacts))}
    return frozenset(names - {""})


def _telling_parts(whole: WholeDiary) -> frozenset[str]:
    parts = {part for name in _people(whole) for part in re.split(r"[\s,.;/()-]+", name)}
    return frozenset(
        part for part in parts if len(part) >= _SHORTEST_PART and part.casefold() not in _TITLES | _PARTICLES
    )


def _hider(whole: WholeDiary) -> Callable[[str], str]:
    names, wholes = names_in(whole), _whole_names(whole)
    if not names:
        return lambda words: words
    # The longest first, or "Ada" would leave the rest of "Ada Byron" standing.
    ordered = sorted(names, key=len, reverse=True)
    pattern = re.compile("|".join(_bounded(each, each in wholes or len(each) > _SHORTEST_PART) for each in ordered))
    return lambda words: pattern.sub(HIDDEN, words)


def _bounded(name: str, any_case: bool) -> str:
    """A pattern for `name` as a word of its own; scripts without letter case run words together, so anywhere there."""
    before = r"(?<!\w)" if name[0].lower() != name[0].upper() or name[0].isdigit() else ""
    after = r"(?!\w)" if name[-1].lower() != name[-1].upper() or name[-1].isdigit() else ""
    return f"{before}(?{'i' if any_case else ''}:{re.escape(name)}){after}"


def _hide_words(record: Any, hide: Callable[[str], str]) -> Any:
    """The record with `hide` applied to all words that a person typed."""
    changed: dict[str, str | tuple[str, ...]] = {}
    for each in fields(record):
        held = getattr(record, each.name)
        if each.name in _NOT_WORDS:
            continue
        if type(held) is str:
            changed[each.name] = hide(held)
        elif isinstance(held, tuple) and held and all(type(item) is str for item in held):
            changed[each.name] = tuple(_unique(hide(item) for item in held))
    return replace(record, **changed) if changed else record


def _unique(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
