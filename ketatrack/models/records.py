"""What a patient records, as frozen dataclasses that can only hold valid values.

These cross between the rooms of the program; rows of the database never do.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar
from uuid import UUID, uuid4, uuid5

from ketatrack.errors import InvalidValue
from ketatrack.i18n import N_, _
from ketatrack.models.enums import (
    AppointmentKind,
    BaselineSource,
    Drug,
    Kind,
    Medicine,
    Paper,
    Period,
    Phase,
    Place,
    Reason,
    Route,
    RuleKind,
    Section,
    SideEffect,
    VitalMoment,
)
from ketatrack.models.fields import NAME_LENGTH, Range, check_day, check_fields, check_offset, ranged, rating, text
from ketatrack.models.instruments import instrument

E = TypeVar("E", bound=StrEnum)
NAMESPACE = UUID("5f2d9a0e-6c1b-4e0c-9a53-4b1d5a0c7e11")
DEFAULT_DAY_START_MINUTES = 240
MOST_HABITS = 3


def built_in_id(key: str) -> UUID:
    """Return the id of a record that every diary has once (a built-in habit, the settings)."""
    return uuid5(NAMESPACE, key)


PROFILE_ID = built_in_id("profile")
SETTINGS_ID = built_in_id("settings")
SHARING_ID = built_in_id("sharing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vital:
    """One timed reading of blood pressure (mmHg), pulse (per minute) and SpO2 (%)."""

    moment: VitalMoment = VitalMoment.OTHER
    local_time: time | None = None
    systolic: int | None = ranged(N_("Systolic blood pressure"), 40, 300, "mmHg")
    diastolic: int | None = ranged(N_("Diastolic blood pressure"), 20, 200, "mmHg")
    pulse: int | None = ranged(N_("Pulse"), 20, 300, N_("per minute"))
    spo2: int | None = ranged(N_("SpO2"), 40, 100, "%")

    def __post_init__(self) -> None:
        check_fields(self)
        if self.systolic is not None and self.diastolic is not None and self.systolic <= self.diastolic:
            raise InvalidValue(
                _("The first number of a blood pressure is the higher one; {systolic}/{diastolic} is not.").format(
                    systolic=self.systolic, diastolic=self.diastolic
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One ketamine session. Only the day and the route are required; mood is 10 = best."""

    # Dose, weight and ratings are held as integer hundredths of their unit.
    id: UUID = field(default_factory=uuid4)
    day: date
    local_time: time | None = None
    utc_offset_minutes: int | None = None
    duration_minutes: int | None = ranged(N_("Duration"), 0, 10_080, "min")
    route: Route
    drug: Drug | None = None
    dose_mg: int | None = ranged(N_("Dose"), 1, 1_000_000, "mg", 100)
    weight_kg: int | None = ranged(N_("Body weight"), 2_000, 40_000, "kg", 100)
    phase: Phase | None = None
    phase_number: int | None = ranged(N_("The session's number"), 1, 10_000)
    reason: Reason = Reason.NOT_SAID
    place: Place | None = None
    provider: str = text(N_("The provider"), NAME_LENGTH)
    vitals: tuple[Vital, ...] = ()
    detached: int | None = rating(N_("Detached"))
    sleepy: int | None = rating(N_("Sleepy"))
    nausea: int | None = rating(N_("Nausea"))
    mood_before: int | None = rating(N_("Mood before"))
    mood_after: int | None = rating(N_("Mood after"))
    side_effects: tuple[SideEffect, ...] = ()
    other_side_effects: tuple[str, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    other_medicines: tuple[str, ...] = ()
    intention: str = text(N_("The intention"))
    notes: str = text(N_("The notes"))
    taken_home: bool | None = None
    taken_home_by: str = text(N_("Who took you home"), NAME_LENGTH)
    talked_through: bool | None = None
    psychotherapy: bool | None = None

    def __post_init__(self) -> None:
        check_day(self.day)
        check_offset(self.utc_offset_minutes)
        check_fields(self)
        object.__setattr__(self, "side_effects", _in_order(SideEffect, self.side_effects))
        object.__setattr__(self, "medicines", _in_order(Medicine, self.medicines))

    @property
    def ends_on(self) -> date:
        """The diary day on which the session ended.

        Days are cut at 04:00 here whatever the setting is now, so that changing it never moves old numbers.
        """
        if self.local_time is None or self.duration_minutes is None:
            return self.day
        start = self.local_time.hour * 60 + self.local_time.minute
        into_day = (start - DEFAULT_DAY_START_MINUTES) % 1440 + self.duration_minutes
        return self.day + timedelta(days=into_day // 1440)

    @property
    def mg_per_kg(self) -> Fraction | None:
        """Dose by body weight in mg/kg, if both are known."""
        return Fraction(self.dose_mg, self.weight_kg) if self.dose_mg and self.weight_kg else None

    @property
    def peak_pressure(self) -> tuple[int, int] | None:
        """The reading with the highest systolic pressure, as (systolic, diastolic)."""
        pairs = [(v.systolic, v.diastolic) for v in self.vitals if v.systolic is not None and v.diastolic is not None]
        return max(pairs) if pairs else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a check-in says of one tracked measure or habit, in the unit of that."""

    tracked_id: UUID
    hundredths: int = field(metadata={"range": Range(N_("A value"), 0, 1_000_000, "", 100), "archived_as": "value"})

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One check-in: ratings, habits and a note. What was not rated is absent, never 0."""

    id: UUID = field(default_factory=uuid4)
    day: date
    local_time: time | None = None
    utc_offset_minutes: int | None = None
    note: str = text(N_("The note"))
    values: tuple[Value, ...] = ()

    def __post_init__(self) -> None:
        check_day(self.day)
        check_offset(self.utc_offset_minutes)
        check_fields(self)
        if len({value.tracked_id for value in self.values}) != len(self.values):
            raise InvalidValue(_("A check-in has one value for each thing that is tracked."))
        # One order, so that what is read back equals what was written.
        object.__setattr__(self, "values", tuple(sorted(self.values, key=lambda value: value.tracked_id)))

    def value(self, tracked_id: UUID) -> int | None:
        """Return the hundredths of one tracked thing; None where nothing was entered."""
        return next((v.hundredths for v in self.values if v.tracked_id == tracked_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A questionnaire: all items, or a typed-in total without items. `total` is the integer sum."""

    id: UUID = field(default_factory=uuid4)
    instrument: str
    day: date
    local_time: time | None = None
    utc_offset_minutes: int | None = None
    items: tuple[int, ...] | None = None
    unscored: int | None = None
    total: int
    note: str = text(N_("The note"))

    def __post_init__(self) -> None:
        check_day(self.day)
        check_offset(self.utc_offset_minutes)
        check_fields(self)
        form = instrument(self.instrument)
        form.check_total(self.total)
        if self.items is not None and form.score(self.items) != self.total:
            raise InvalidValue(
                _("The answers of this {name} add up to {score}.").format(name=form.name, score=form.score(self.items))
            )
        scores = {option.score for option in form.unscored.options} if form.unscored else set()
        if self.unscored is not None and self.unscored not in scores:
            raise InvalidValue(_("{name} has no such answer to its last question.").format(name=form.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """A measure (symptom or pain rating) or habit that check-ins ask about. Archived ones keep their data."""

    id: UUID = field(default_factory=uuid4)
    key: str
    name: str = text(N_("The name"), NAME_LENGTH)
    kind: Kind
    unit: str = text(N_("The unit"), NAME_LENGTH)
    is_measure: bool
    higher_is_better: bool = False
    archived: bool = False
    position: int = 0

    def __post_init__(self) -> None:
        check_fields(self)
        if not self.name.strip():
            raise InvalidValue(_("A measure or habit needs a name."))
        if self.is_measure and self.kind is not Kind.RATING:
            raise InvalidValue(_("A measure is a rating from 0 to 10."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """How bad it was before treatment, per measure; the newest one applies to all spans.

    `value` is exact, on the measure's stored scale (PEG: the sum 0-30); the days and the number of readings
    tell what a computed one was computed from.
    """

    id: UUID = field(default_factory=uuid4)
    measure: str
    value: Fraction
    source: BaselineSource
    recorded_at: datetime
    from_day: date | None = None
    to_day: date | None = None
    readings: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 100:
            raise InvalidValue(_("A baseline must be a score that the measure can have."))
        _check_aware(self.recorded_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When this person counts as in relief on one measure; `value`, on its stored scale, only for "at most"."""

    # The value is held as integer hundredths.
    id: UUID = field(default_factory=uuid4)
    measure: str
    kind: RuleKind
    value: int | None = ranged(N_("The limit"), 0, 10_000, "", 100)
    recorded_at: datetime

    def __post_init__(self) -> None:
        check_fields(self)
        _check_aware(self.recorded_at)
        if (self.value is None) == (self.kind is RuleKind.AT_MOST):
            raise InvalidValue(_("A limit belongs to the rule 'at most', and only to it."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A session or visit that the person planned themselves."""

    id: UUID = field(default_factory=uuid4)
    kind: AppointmentKind
    day: date
    local_time: time | None = None
    utc_offset_minutes: int | None = None
    place: str = text(N_("The place"), NAME_LENGTH)
    provider: str = text(N_("The provider"), NAME_LENGTH)
    note: str = text(N_("The note"))

    def __post_init__(self) -> None:
        check_day(self.day)
        check_offset(self.utc_offset_minutes)
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who the diary is about; both fields are optional, and there is one profile a diary."""

    id: UUID = PROFILE_ID
    name: str = text(N_("The name"), NAME_LENGTH)
    birth_date: date | None = None

    def __post_init__(self) -> None:
        check_fields(self)
        if self.birth_date is not None:
            check_day(self.birth_date, N_("The birth date"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Someone to call: the treatment team, a friend. Shown on the card behind "Help now"."""

    id: UUID = field(default_factory=uuid4)
    name: str = text(N_("The name"), NAME_LENGTH)
    phone: str = text(N_("The phone number"), NAME_LENGTH)
    treatment_team: bool = False
    position: int = 0

    def __post_init__(self) -> None:
        check_fields(self)
        if not self.name.strip():
            raise InvalidValue(_("A contact needs a name."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings about the person, kept in the diary and undoable; one record a diary.

    `relief_measure` is the key of the measure that the person wants relief told by; None leaves it to the diary.
    """

    id: UUID = SETTINGS_ID
    day_start_minutes: int = field(
        default=DEFAULT_DAY_START_MINUTES, metadata={"range": Range(N_("The start of the day"), 0, 720, "min")}
    )
    lock_after_minutes: int | None = field(default=10, metadata={"range": Range(N_("Lock after"), 1, 1440, "min")})
    planned_sessions: int | None = ranged(N_("Sessions planned per 30 days"), 0, 60)
    instruments: tuple[str, ...] = ("phq9",)
    relief_measure: str | None = None

    def __post_init__(self) -> None:
        check_fields(self)
        for key in self.instruments:
            instrument(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An open session sheet or unfinished questionnaire: offered again after a lock or a crash, never scored."""

    id: UUID = field(default_factory=uuid4)
    kind: str
    payload: str = text(N_("The draft"), 20_000_000)  # two notes of full length, each character escaped
    saved_at: datetime

    def __post_init__(self) -> None:
        check_fields(self)
        _check_aware(self.saved_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardShown:
    """That the safety card was shown, and for which questionnaire; in the diary, never in a log."""

    id: UUID = field(default_factory=uuid4)
    shown_at: datetime
    answers_id: UUID | None = None

    def __post_init__(self) -> None:
        _check_aware(self.shown_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitChoice:
    """Up to three habits chosen beforehand to look for patterns in; the newest choice applies, and each is dated."""

    id: UUID = field(default_factory=uuid4)
    habits: tuple[str, ...] = ()
    recorded_at: datetime

    def __post_init__(self) -> None:
        _check_aware(self.recorded_at)
        if len(self.habits) > MOST_HABITS or len(set(self.habits)) != len(self.habits):
            raise InvalidValue(_("Up to {most_habits} different habits can be chosen.").format(most_habits=MOST_HABITS))


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlySign:
    """A sign that relief is fading, and what helps then; written down while well."""

    id: UUID = field(default_factory=uuid4)
    sign: str = text(N_("The sign"), NAME_LENGTH)
    helps: str = text(N_("What helps"), NAME_LENGTH)
    position: int = 0

    def __post_init__(self) -> None:
        check_fields(self)
        if not self.sign.strip():
            raise InvalidValue(_("An early sign needs words."))


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitQuestion:
    """Something to ask at the next visit; printed in the report."""

    id: UUID = field(default_factory=uuid4)
    words: str = text(N_("The question"), 2_000)
    position: int = 0

    def __post_init__(self) -> None:
        check_fields(self)
        if not self.words.strip():
            raise InvalidValue(_("A question needs words."))


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingChoices:
    """How the person last chose to share; one record a diary. What is asked for each time is never kept here.

    `locale` names whose dates and numbers are printed, "" the system's; `attach` puts the data inside the PDF.
    """

    id: UUID = SHARING_ID
    period: Period = Period.MONTHS_12
    from_day: date | None = None
    to_day: date | None = None
    paper: Paper = Paper.A4
    hide_name: bool = False
    grey: bool = False
    attach: bool = True
    locale: str = text(N_("The language of dates and numbers"), NAME_LENGTH)
    sections: tuple[Section, ...] = (Section.SUMMARY, Section.CURVES, Section.SESSIONS)

    def __post_init__(self) -> None:
        check_fields(self)
        for day in (self.from_day, self.to_day):
            if day is not None:
                check_day(day)
        if self.from_day and self.to_day and self.from_day > self.to_day:
            raise InvalidValue(_("The first day of a period must not be after its last day."))
        object.__setattr__(self, "sections", _in_order(Section, self.sections))


Record = (
    Session
    | CheckIn
    | Answers
    | Tracked
    | Baseline
    | Rule
    | Appointment
    | Profile
    | Contact
    | Settings
    | Draft
    | CardShown
    | HabitChoice
    | EarlySign
    | VisitQuestion
    | SharingChoices
)
RECORD_TYPES: tuple[type[Record], ...] = (
    Tracked,
    Session,
    CheckIn,
    Answers,
    Baseline,
    Rule,
    Appointment,
    Profile,
    Contact,
    Settings,
    Draft,
    CardShown,
    HabitChoice,
    EarlySign,
    VisitQuestion,
    SharingChoices,
)


def normalised(words: str) -> str:
    """`words` in Unicode's composed form (NFC), so that the same name typed twice is the same name."""
    return unicodedata.normalize("NFC", words)


def _in_order(kind: type[E], texts: Iterable[str]) -> tuple[E, ...]:
    """Each once, in the order of the enum, and members rather than their words, whether chosen or read back."""
    chosen = {kind(member) for member in texts}
    return tuple(member for member in kind if member in chosen)


def _check_aware(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise InvalidValue(_("A moment in time must say its offset from UTC."))
