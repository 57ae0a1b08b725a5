"""Random valid records of every kind, for property tests."""

from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from ketatrack.models import enums, fields, records
from ketatrack.models.instruments import instrument
from ketatrack.models.tracked import built_in

MEASURES = [tracked for tracked in built_in() if tracked.is_measure]
days = st.dates(date(1900, 1, 1), date(2026, 11, 24))
times = st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
offsets = st.none() | st.integers(-840, 840)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
notes = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
names = notes.filter(lambda text: text.strip() != "")


def _ranged(kind: Any, name: str) -> st.SearchStrategy[int | None]:
    limits = fields.range_of(kind, name)
    return st.none() | st.integers(limits.low, limits.high)


def _maybe(kind: type) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(kind)  # type: ignore[arg-type]


@st.composite
def vitals(draw: st.DrawFn) -> records.Vital:
    diastolic = draw(st.none() | st.integers(20, 200))
    systolic = draw(st.none() | st.integers(max(40, (diastolic or 39) + 1), 300))
    return records.Vital(
        moment=draw(st.sampled_from(enums.VitalMoment)),
        local_time=draw(times),
        systolic=systolic,
        diastolic=diastolic,
        pulse=draw(_ranged(records.Vital, "pulse")),
        spo2=draw(_ranged(records.Vital, "spo2")),
    )


ranged_session = ("duration_minutes", "dose_mg", "weight_kg", "phase_number", "detached", "sleepy", "nausea")
sessions = st.builds(
    records.Session,
    id=st.uuids(),
    day=days,
    local_time=times,
    utc_offset_minutes=offsets,
    route=st.sampled_from(enums.Route),
    drug=_maybe(enums.Drug),
    phase=_maybe(enums.Phase),
    reason=st.sampled_from(enums.Reason),
    place=_maybe(enums.Place),
    provider=notes,
    vitals=st.lists(vitals(), max_size=4).map(tuple),
    mood_before=_ranged(records.Session, "mood_before"),
    mood_after=_ranged(records.Session, "mood_after"),
    side_effects=st.lists(st.sampled_from(enums.SideEffect), max_size=3).map(tuple),
    other_side_effects=st.lists(names, max_size=3).map(tuple),
    medicines=st.lists(st.sampled_from(enums.Medicine), max_size=3).map(tuple),
    other_medicines=st.lists(names, max_size=3).map(tuple),
    intention=notes,
    notes=notes,
    taken_home=st.none() | st.booleans(),
    taken_home_by=notes,
    talked_through=st.none() | st.booleans(),
    psychotherapy=st.none() | st.booleans(),
    **{name: _ranged(records.Session, name) for name in ranged_session},
)
check_ins = st.builds(
    records.CheckIn,
    id=st.uuids(),
    day=days,
    local_time=times,
    utc_offset_minutes=offsets,
    note=notes,
    values=st.dictionaries(st.sampled_from([t.id for t in MEASURES]), st.integers(0, 1000)).map(
        lambda held: tuple(records.Value(tracked_id=key, hundredths=number) for key, number in held.items())
    ),
)


@st.composite
def answers(draw: st.DrawFn) -> records.Answers:
    form = instrument(draw(st.sampled_from(["phq9", "gad7", "peg"])))
    items = tuple(draw(st.sampled_from([o.score for o in item.options])) for item in form.items)
    typed = draw(st.booleans())
    return records.Answers(
        id=draw(st.uuids()),
        instrument=form.key,
        day=draw(days),
        local_time=draw(times),
        utc_offset_minutes=draw(offsets),
        items=None if typed else items,
        unscored=draw(st.none() | st.integers(0, 3)) if form.unscored else None,
        total=sum(items),
        note=draw(notes),
    )


of_kind: dict[type[records.Record], st.SearchStrategy[Any]] = {
    records.Tracked: st.builds(
        records.Tracked,
        id=st.uuids(),
        key=st.uuids().map(str),
        name=names,
        kind=st.sampled_from(enums.Kind),
        unit=notes,
        is_measure=st.just(False),
        higher_is_better=st.booleans(),
        archived=st.booleans(),
        position=st.integers(0, 99),
    ),
    records.Baseline: st.builds(
        records.Baseline,
        id=st.uuids(),
        measure=st.just("phq9"),
        value=st.fractions(0, 27).map(lambda f: Fraction(f).limit_denominator(1000)),
        source=st.sampled_from(enums.BaselineSource),
        recorded_at=moments,
        from_day=st.none() | days,
        to_day=st.none() | days,
        readings=st.none() | st.integers(0, 99),
    ),
    records.Rule: st.builds(
        records.Rule,
        id=st.uuids(),
        measure=st.just("low_mood"),
        kind=st.just(enums.RuleKind.AT_MOST),
        value=st.integers(0, 1000),
        recorded_at=moments,
    ),
    records.Appointment: st.builds(
        records.Appointment,
        id=st.uuids(),
        kind=st.sampled_from(enums.AppointmentKind),
        day=st.dates(date(1900, 1, 1), date(2036, 11, 20)),
        local_time=times,
        utc_offset_minutes=offsets,
        place=notes,
        provider=notes,
        note=notes,
    ),
    records.Profile: st.builds(records.Profile, name=notes, birth_date=st.none() | days),
    records.Contact: st.builds(
        records.Contact,
        id=st.uuids(),
        name=names,
        phone=notes,
        treatment_team=st.booleans(),
        position=st.integers(0, 99),
    ),
    records.Settings: st.builds(
        records.Settings,
        day_start_minutes=st.integers(0, 720),
        lock_after_minutes=st.none() | st.integers(1, 1440),
        planned_sessions=_ranged(records.Settings, "planned_sessions"),
        instruments=st.lists(st.sampled_from(["phq9", "gad7", "peg"]), unique=True).map(tuple),
    ),
    records.Draft: st.builds(records.Draft, id=st.uuids(), kind=st.just("session"), payload=notes, saved_at=moments),
    records.HabitChoice: st.builds(
        records.HabitChoice,
        id=st.uuids(),
        habits=st.lists(st.sampled_from(["meals", "exercise", "mindfulness"]), unique=True, max_size=3).map(tuple),
        recorded_at=moments,
    ),
    records.EarlySign: st.builds(
        records.EarlySign, id=st.uuids(), sign=names, helps=notes, position=st.integers(0, 99)
    ),
    records.VisitQuestion: st.builds(records.VisitQuestion, id=st.uuids(), words=names, position=st.integers(0, 99)),
    records.SharingChoices: st.builds(
        records.SharingChoices,
        period=st.sampled_from(enums.Period),
        from_day=st.none() | st.dates(date(1900, 1, 1), date(2000, 1, 1)),
        to_day=st.none() | st.dates(date(2000, 1, 1), date(2026, 11, 24)),
        paper=st.sampled_from(enums.Paper),
        hide_name=st.booleans(),
        grey=st.booleans(),
        attach=st.booleans(),
        locale=st.sampled_from(["", "de_DE"]),
        sections=st.lists(st.sampled_from(enums.Section)).map(tuple),
    ),
    records.CardShown: st.builds(records.CardShown, id=st.uuids(), shown_at=moments, answers_id=st.none() | st.uuids()),
}
any_record = st.one_of(sessions, check_ins, answers(), *of_kind.values())
