"""Random whole diaries whose records fit together, for everything that shares or brings in a whole diary.

`whole_diaries()` may hold anything a diary can hold; `full_diaries()` are dense enough for relief to have results.
"""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import strategies as kinds
from hypothesis import strategies as st

from ketatrack.models import enums, records
from ketatrack.models import fields as values
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.instruments import instrument
from ketatrack.models.tracked import built_in

TODAY = date(2026, 11, 23)
_ORDER = ("position", "day", "local_time", "recorded_at", "saved_at", "shown_at", "id")


def in_order(whole: DiaryData) -> DiaryData:
    """The diary as it is read back from its file: each kind oldest first, entries without a time first on their day."""
    return DiaryData(**{spec.name: tuple(sorted(getattr(whole, spec.name), key=_place)) for spec in fields(whole)})


def _place(record: records.Record) -> tuple[tuple[bool, Any], ...]:
    held = ((getattr(record, name, None), name) for name in _ORDER if hasattr(record, name))
    return tuple((value is not None, str(value) if name == "id" else value) for value, name in held)


@st.composite
def tracked(draw: st.DrawFn) -> tuple[records.Tracked, ...]:
    """The built-in measures and habits, some renamed or put away, and up to four of the person's own."""
    rows = [
        replace(item, name=draw(st.just(item.name) | kinds.names), archived=draw(st.booleans())) for item in built_in()
    ]
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(enums.Kind))
        rows.append(
            records.Tracked(
                id=draw(st.uuids()),
                key=str(draw(st.uuids())),
                name=draw(kinds.names),
                kind=kind,
                unit=draw(kinds.notes),
                is_measure=kind is enums.Kind.RATING and draw(st.booleans()),
                higher_is_better=draw(st.booleans()),
                archived=draw(st.booleans()),
                position=len(rows) + number,
            )
        )
    return tuple(rows)


def _one_of_each(found: list[Any]) -> tuple[Any, ...]:
    return tuple({each.id: each for each in found}.values())


@st.composite
def _check_in(draw: st.DrawFn, rows: tuple[records.Tracked, ...], days: st.SearchStrategy[date]) -> records.CheckIn:
    rated = draw(st.lists(st.sampled_from(rows), max_size=6, unique_by=lambda each: each.id))
    held = []
    for each in rated:
        limits = values.KIND_RANGES[each.kind]
        yes_no = st.sampled_from([0, 100])
        number = yes_no if each.kind is enums.Kind.YES_NO else st.integers(limits.low, limits.high)
        held.append(records.Value(tracked_id=each.id, hundredths=draw(number)))
    return replace(draw(kinds.check_ins), day=draw(days), values=tuple(held))


@st.composite
def _total(draw: st.DrawFn) -> records.Answers:
    form = instrument(draw(st.sampled_from(["madrs", "qids_sr16"])))
    return replace(
        records.Answers(instrument=form.key, day=TODAY, total=draw(st.integers(0, form.maximum))), id=draw(st.uuids())
    )


@st.composite
def whole_diaries(
    draw: st.DrawFn, days: st.SearchStrategy[date] = kinds.days, most: int = 6, names: bool = True
) -> DiaryData:
    """A diary that could be read from a file: ids unique, values of what is tracked, everything in order.

    Args:
        draw: given by Hypothesis.
        days: on which days there may be entries.
        most: how many records of each kind there are at most.
        names: whether it may hold a profile, contacts and drafts.
    """
    rows = draw(tracked())

    def some(kind: st.SearchStrategy[Any], most: int = most) -> tuple[Any, ...]:
        return _one_of_each(draw(st.lists(kind, max_size=most)))

    def dated(kind: st.SearchStrategy[Any]) -> tuple[Any, ...]:
        return tuple(replace(each, day=draw(days)) for each in some(kind))

    def of(kind: type[Any]) -> st.SearchStrategy[Any]:
        return kinds.of_kind[kind]

    people: dict[str, Any] = {}
    if names:
        people = {
            "profiles": some(of(records.Profile), 1),
            "contacts": some(of(records.Contact)),
            "drafts": some(of(records.Draft), 2),
        }
    return in_order(
        DiaryData(
            tracked=rows,
            sessions=dated(kinds.sessions),
            check_ins=some(_check_in(rows, days)),
            answers=dated(kinds.answers() | _total()),
            baselines=some(of(records.Baseline), 3),
            rules=some(of(records.Rule), 3),
            appointments=some(of(records.Appointment), 3),
            settings=some(of(records.Settings), 1),
            cards_shown=some(of(records.CardShown), 2),
            habit_choices=some(of(records.HabitChoice), 2),
            early_signs=some(of(records.EarlySign), 3),
            visit_questions=some(of(records.VisitQuestion), 3),
            sharing_choices=some(of(records.SharingChoices), 1),
            **people,
        )
    )


@st.composite
def full_diaries(draw: st.DrawFn) -> DiaryData:
    """Sessions every few weeks up to today and a rating of low mood on most days: relief has results."""
    base = draw(whole_diaries(days=st.dates(TODAY - timedelta(days=200), TODAY)))
    mood = next(item.id for item in base.tracked if item.key == "low_mood")
    first = TODAY - timedelta(days=180)
    gaps = draw(st.lists(st.integers(9, 40), min_size=3, max_size=8))
    sessions = [first + timedelta(days=14 + sum(gaps[:number])) for number in range(len(gaps))]
    rated = draw(st.lists(st.none() | st.integers(0, 1000), min_size=181, max_size=181))
    return in_order(
        replace(
            base,
            tracked=tuple(replace(item, archived=False) if item.id == mood else item for item in base.tracked),
            sessions=base.sessions
            + tuple(
                replace(each, day=day)
                for each, day in zip(
                    draw(st.lists(kinds.sessions, min_size=len(gaps), max_size=len(gaps), unique_by=_identity)),
                    sessions,
                    strict=True,
                )
                if day <= TODAY
            ),
            check_ins=base.check_ins
            + tuple(
                records.CheckIn(
                    id=UUID(int=number),
                    day=first + timedelta(days=number),
                    values=(records.Value(tracked_id=mood, hundredths=value),),
                )
                for number, value in enumerate(rated)
                if value is not None
            ),
        )
    )


def _identity(record: records.Record) -> UUID:
    return record.id
