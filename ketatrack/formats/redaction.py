"""Filters from one whole diary to another: a period, what is withheld, and the names taken out.

An exporter is given what is left; it cannot leak what it never saw.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date
from itertools import chain
from string import punctuation
from typing import Any, TypeVar

from ketatrack.models import records
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.enums import AppointmentKind, Period
from ketatrack.models.instruments import instrument
from ketatrack.models.periods import months_before

HIDDEN = "[hidden]"
_MONTHS = {Period.MONTHS_3: 3, Period.MONTHS_6: 6, Period.MONTHS_12: 12}
_TITLES = frozenset({"dr", "prof", "mr", "mrs", "ms", "st", "the", "and", "clinic"})
# Particles and initials hide nothing. A part of two letters does in its own capitals alone: "An" is a name, "an" none.
_PARTICLES = frozenset({"al", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "van", "von"})
_SHORTEST_PART = 2
# Keys that point at other records or name a questionnaire; nobody typed them.
_NOT_WORDS = frozenset({"key", "instrument", "measure", "habits", "instruments", "kind", "relief_measure"})

Dated = TypeVar("Dated", records.Session, records.CheckIn, records.Answers, records.Appointment)


def days(data: DiaryData, choices: records.SharingChoices, today: date) -> tuple[date, date]:
    """Return the first and last diary day that the chosen period covers, both included.

    "Since the last visit" begins on the day of the latest visit before today, and where none was written down it
    is everything. A period never begins before the first entry, so that its days can be counted.
    """
    entries = entry_days(data)
    begin, last = min(entries, default=today), max(today, max(entries, default=today))
    if choices.period is Period.OWN:
        # A day of the person's own may lie outside all entries; a period has one day at the least all the same.
        first = choices.from_day or min(begin, choices.to_day or begin)
        return first, choices.to_day or max(last, first)
    if choices.period in _MONTHS:
        return max(begin, months_before(last, _MONTHS[choices.period])), last
    visits = [
        appointment.day
        for appointment in data.appointments
        if appointment.kind is AppointmentKind.VISIT and appointment.day < today
    ]
    if choices.period is Period.SINCE_VISIT and visits:
        return max(begin, min(last, max(visits))), last
    return begin, last


def entry_days(data: DiaryData) -> frozenset[date]:
    """Return the diary days that have any session, check-in or questionnaire."""
    sessions = (session.day for session in data.sessions)
    return frozenset(
        chain(sessions, (check_in.day for check_in in data.check_ins), (filled.day for filled in data.answers))
    )


def within(data: DiaryData, first: date, last: date) -> DiaryData:
    """Only the entries of these diary days, both included; what describes the person stays."""

    def some(dateds: tuple[Dated, ...]) -> tuple[Dated, ...]:
        return tuple(dated for dated in dateds if first <= dated.day <= last)

    return replace(
        data,
        sessions=some(data.sessions),
        check_ins=some(data.check_ins),
        answers=some(data.answers),
        appointments=some(data.appointments),
        cards_shown=tuple(dated for dated in data.cards_shown if first <= dated.shown_at.date() <= last),
    )


def without_safety_answers(data: DiaryData) -> DiaryData:
    """No answer to a question about self-harm, nor anything from which it could be worked out.

    The other answers of that questionnaire go too, because the total, which stays, minus them would tell; and so
    do unfinished sheets and the record that the safety card was shown.
    """
    return replace(
        data,
        drafts=(),
        cards_shown=(),
        answers=tuple(
            replace(filled, items=None, unscored=None) if instrument(filled.instrument).safety_item else filled
            for filled in data.answers
        ),
    )


def without_notes(data: DiaryData) -> DiaryData:
    """None of the person's notes: from inside sessions, intentions included, of days, or beside a questionnaire.

    Unfinished sheets, which hold some, go too.
    """
    return replace(
        data,
        drafts=(),
        sessions=tuple(replace(session, notes="", intention="") for session in data.sessions),
        check_ins=tuple(replace(check_in, note="") if check_in.note else check_in for check_in in data.check_ins),
        answers=tuple(replace(filled, note="") if filled.note else filled for filled in data.answers),
    )


def without_names(data: DiaryData) -> DiaryData:
    """No name, birth date, provider or contact; where they stand inside other words, "[hidden]" stands instead.

    Unfinished sheets go: they hold names under other guises. Notes may still tell in ways no program can find.
    """
    hide = _hider(data)
    hidden = {
        spec.name: tuple(_hide_words(record, hide) for record in getattr(data, spec.name)) for spec in fields(data)
    }
    hidden |= {"profiles": (), "contacts": (), "drafts": ()}
    cleared = DiaryData(**hidden)
    return replace(
        cleared,
        sessions=tuple(replace(session, provider="", taken_home_by="") for session in cleared.sessions),
        appointments=tuple(replace(appointment, provider="", place="") for appointment in cleared.appointments),
    )


def names_in(data: DiaryData) -> frozenset[str]:
    """Everything that hiding takes out: whole names and numbers, and the parts of a name that can stand alone."""
    return _whole_names(data) | _telling_parts(data)


def _people(data: DiaryData) -> set[str]:
    people = {data.profile.name, *(contact.name for contact in data.contacts)}
    people |= {session.provider for session in data.sessions} | {session.taken_home_by for session in data.sessions}
    return people | {appointment.provider for appointment in data.appointments}


def _whole_names(data: DiaryData) -> frozenset[str]:
    names = {name.strip() for name in (*_people(data), *(contact.phone for contact in data.contacts))}
    # A "." or "?" typed in the place of a name tells of nobody, and stands in every sentence.
    return frozenset(name for name in names if name.strip(punctuation + " "))


def _telling_parts(data: DiaryData) -> frozenset[str]:
    parts = {part for name in _people(data) for part in re.split(r"[\s,.;/()-]+", name)}
    return frozenset(
        part for part in parts if len(part) >= _SHORTEST_PART and part.casefold() not in _TITLES | _PARTICLES
    )


def _hider(data: DiaryData) -> Callable[[str], str]:
    names, wholes = names_in(data), _whole_names(data)
    if not names:
        return lambda words: words
    # The longest first, or "Ada" would leave the rest of "Ada Byron" standing.
    ordered = sorted(names, key=len, reverse=True)
    pattern = re.compile("|".join(_bounded(name, name in wholes or len(name) > _SHORTEST_PART) for name in ordered))
    return lambda words: pattern.sub(HIDDEN, words)


def _bounded(name: str, any_case: bool) -> str:
    """Return a pattern for `name` as a word of its own; anywhere in scripts that run words together."""
    before = r"(?<!\w)" if name[0].lower() != name[0].upper() or name[0].isdigit() else ""
    after = r"(?!\w)" if name[-1].lower() != name[-1].upper() or name[-1].isdigit() else ""
    return f"{before}(?{'i' if any_case else ''}:{re.escape(name)}){after}"


def _hide_words(record: Any, hide: Callable[[str], str]) -> Any:
    """Return the record with `hide` applied to all words that a person typed."""
    changed: dict[str, str | tuple[str, ...]] = {}
    for spec in fields(record):
        value = getattr(record, spec.name)
        if spec.name in _NOT_WORDS:
            continue
        if type(value) is str:
            changed[spec.name] = hide(value)
        elif isinstance(value, tuple) and value and all(type(item) is str for item in value):
            changed[spec.name] = tuple(_unique(hide(item) for item in value))
    return replace(record, **changed) if changed else record


def _unique(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
