"""A made-up person's diary, the same for the same seed, that agrees with what studies found.

Relief is Weibull with median 18 days and shape 1.5; its words stand in resources/demo/words.toml.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from math import ceil, log2
from random import Random
from uuid import UUID

from ketatrack.analysis import measures
from ketatrack.analysis.result import computed_baseline
from ketatrack.diary import writing
from ketatrack.diary.database import Diary
from ketatrack.errors import WrongUsage
from ketatrack.i18n import _
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.enums import (
    AppointmentKind,
    Drug,
    Kind,
    Medicine,
    Phase,
    Place,
    Reason,
    Route,
    SideEffect,
    VitalMoment,
)
from ketatrack.models.instruments import instrument
from ketatrack.models.records import (
    Answers,
    Appointment,
    Baseline,
    CheckIn,
    Contact,
    Profile,
    Record,
    Session,
    Settings,
    Tracked,
    Value,
    Vital,
)
from ketatrack.models.relief_records import records_of
from ketatrack.models.tracked import built_in
from ketatrack.paths import resource

YEARS = 2
LONGEST_YEARS = 30
SEED = 8
RELIEF_MEDIAN, RELIEF_SHAPE, RESPONSE = 18.0, 1.5, 0.7
DAYS_SINCE_LAST = 17
SERIES = (0, 3, 7, 10, 14, 17)
USUAL_SIDE_EFFECTS = (
    SideEffect.DIZZY,
    SideEffect.BLURRED_SIGHT,
    SideEffect.HEADACHE,
    SideEffect.ANXIOUS,
    SideEffect.VOMITED,
)
REGIMENS = ((Route.INTRAVENOUS, 4_000), (Route.INTRAVENOUS, 5_500), (Route.INTRAMUSCULAR, 7_000))
CLINICIAN, COMPANION = "Dr Larsen", "Jonas"


@dataclass(frozen=True, slots=True)
class Episode:
    """One course as it truly went: the days of its sessions, why it came, and days of relief (0: no response)."""

    days: tuple[int, ...]
    reason: Reason
    relief: float

    @property
    def end(self) -> int:
        """The day of the last session."""
        return self.days[-1]


def fill(diary: Diary, years: int, seed: int, today: date) -> None:
    """Write the made-up person's records into a new, empty diary, in one transaction.

    Raises WrongUsage unless `years` is from 1 to 30.
    """
    writing.apply(diary, ((None, record) for record in records(years, seed, today)), today)


def records(years: int, seed: int, today: date) -> tuple[Record, ...]:
    """Everything the made-up person wrote in `years` years up to `today`; same arguments, same records and ids."""
    if not 1 <= years <= LONGEST_YEARS:
        raise WrongUsage(
            _("A made-up diary has from 1 to {longest_years} years; {years} is outside.").format(
                longest_years=LONGEST_YEARS, years=years
            )
        )
    return tuple(_Person(years, seed, today).records())


def episodes(random: Random, length: int) -> tuple[Episode, ...]:
    """Courses over about `length` days: a series of six, then single sessions every 2 to 6 weeks.

    The latest one still holds on day DAYS_SINCE_LAST.
    """
    result = [Episode(SERIES, Reason.PLANNED, _relief(random, 1.0))]
    while True:
        gap, reason = _next_session(random, result[-1].relief)
        day = result[-1].end + gap
        if day > length:
            break
        result.append(Episode((day,), reason, _relief(random, RESPONSE)))
    last = result.pop()
    return (*result, Episode(last.days, last.reason, max(last.relief, DAYS_SINCE_LAST + random.uniform(4, 14))))


def _relief(random: Random, response: float) -> float:
    """Days of relief from the Weibull distribution; 0 where there is no response."""
    days = RELIEF_MEDIAN * (-log2(1 - random.random())) ** (1 / RELIEF_SHAPE)
    return max(days, 1.0) if random.random() < response else 0.0


def _next_session(random: Random, relief: float) -> tuple[int, Reason]:
    """Days until the next session, and why it came: mostly because symptoms were back."""
    if relief == 0:
        return random.randint(14, 20), Reason.SYMPTOMS
    if random.random() < 0.75:
        gap = min(max(ceil(relief + random.uniform(2, 7)), 14), 42)
        return gap, Reason.SYMPTOMS if gap > relief + 1 else Reason.PLANNED
    others = (Reason.PLANNED, Reason.CLINIC, Reason.OTHER, Reason.NOT_SAID)
    return random.randint(14, 38), random.choices(others, (80, 10, 5, 5))[0]


class _Person:
    """Day by day: how bad it is, what was noted of it, and with which words."""

    def __init__(self, years: int, seed: int, today: date) -> None:
        self.random = Random(f"{seed}/{years}")
        self.today = today
        self.first = today - timedelta(days=round(365.25 * years))
        self.words = tomllib.loads(resource("demo/words.toml").read_text(encoding="utf-8"))
        self.decks: dict[str, list[str]] = {}
        lived = (today - self.first).days
        planned = episodes(self.random, lived - 14 - DAYS_SINCE_LAST)
        self.start = today - timedelta(days=planned[-1].end + DAYS_SINCE_LAST)
        self.episodes = planned
        self.severity = [self._severity((self.first - self.start).days + n) for n in range(lived + 1)]
        self.away = self._away(lived)
        own = Tracked(
            id=self.new_id(),
            key=str(self.new_id()),
            name="Piano",
            kind=Kind.MINUTES,
            unit="min",
            is_measure=False,
            higher_is_better=True,
            position=len(built_in()),
        )
        self.tracked = (*built_in(), own)
        self.ids = {item.key: item.id for item in built_in()} | {"piano": own.id}

    def new_id(self) -> UUID:
        """Return a UUID from the seed."""
        return UUID(int=self.random.getrandbits(128), version=4)

    def records(self) -> Iterator[Record]:
        yield from self.tracked
        sessions, check_ins, answers = tuple(self._sessions()), tuple(self._check_ins()), tuple(self._answers())
        yield from sessions
        yield from check_ins
        yield from answers
        yield from self._baselines(sessions, check_ins, answers)
        yield Settings(instruments=measures.QUESTIONNAIRES, planned_sessions=2)
        yield Profile(name="Robin Hale", birth_date=date(1984, 5, 17))
        yield Contact(id=self.new_id(), name=f"{CLINICIAN}, clinic", phone="555 0142", treatment_team=True)
        yield Contact(id=self.new_id(), name=COMPANION, phone="555 0117", position=1)
        yield Appointment(
            id=self.new_id(),
            kind=AppointmentKind.SESSION,
            day=self.today + timedelta(days=10),
            local_time=time(14, 30),
            utc_offset_minutes=_offset(self.today),
            place="Clinic",
            provider=CLINICIAN,
        )

    # How bad it is: 0 in relief, 1 as before treatment.

    def _severity(self, day: int) -> float:
        """On a day counted from the first session."""
        current = next((episode for episode in reversed(self.episodes) if episode.days[0] <= day), None)
        if current is None:
            return 1.0
        if day <= current.end:
            return 1.0 - 0.08 * sum(bad_day < day for bad_day in current.days)
        if current.relief == 0:
            return 0.9
        over = day - current.end - current.relief
        return 0.0 if over <= 0 else min(1.0, 0.55 + 0.15 * over)

    def _away(self, lived: int) -> set[int]:
        """Days without the diary: a week away each year, and a day here and there, but not while relief fades."""
        single = {n for n in range(lived) if self.random.random() < 0.06}
        weeks = [self.random.randrange(60, max(lived - 40, 61)) for _unused in range(lived // 365)]
        turns = (n for n in range(1, lived) if (self.severity[n - 1] == 0) != (self.severity[n] == 0))
        watchful = {turn + n for turn in turns for n in (-2, -1, 0, 1, 2)}
        return (single | {start + n for start in weeks for n in range(6)}) - watchful

    def _rated(self, level: float, spread: float, low: int = 0, high: int = 10) -> int:
        return 100 * min(max(round(self.random.gauss(level, spread)), low), high)

    # Check-ins

    def _check_ins(self) -> Iterator[CheckIn]:
        for n, severity in enumerate(self.severity):
            day = self.first + timedelta(days=n)
            if day == self.today:
                yield self._check_in(day, time(8, 10), severity, morning=True)
            elif n not in self.away:
                yield self._check_in(day, self._clock(7, 55), severity, morning=True)
                if self.random.random() < 0.22:
                    yield self._check_in(day, self._clock(20, 115), severity, morning=False)

    def _check_in(self, day: date, clock: time, severity: float, morning: bool) -> CheckIn:
        entered = self._ratings(severity) | (self._habits(severity) if morning else {})
        values = tuple(Value(tracked_id=self.ids[key], hundredths=value) for key, value in entered.items())
        return CheckIn(
            id=self.new_id(),
            day=day,
            local_time=clock,
            utc_offset_minutes=_offset(day),
            note=self._note(severity) if self.random.random() < 0.35 else "",
            values=values,
        )

    def _ratings(self, severity: float) -> dict[str, int]:
        blip = severity == 0 and self.random.random() < 0.02
        low, high = (4, 10) if severity > 0.5 or blip else (0, 3)
        result = {
            "low_mood": self._rated(2 + 5 * severity, 0.8, low, high),
            "anxiety": self._rated(1.2 + 4.8 * severity, 0.7),
            "pain": self._rated(2.3 + 3.5 * severity, 0.7),
            "energy": self._rated(7 - 4 * severity, 1.0),
        }
        return {key: value for key, value in result.items() if key == "low_mood" or self.random.random() < 0.96}

    def _habits(self, severity: float) -> dict[str, int]:
        chances = {
            "sleep_hours": (0.95, 50 * round(2 * min(max(self.random.gauss(7.4 - 1.2 * severity, 0.7), 3), 11))),
            "sleep_quality": (0.9, self._rated(7 - 3 * severity, 1.2)),
            "mindfulness": (0.55, 100 * self.random.choice((5, 10, 10, 15, 20))),
            "exercise": (0.6 - 0.3 * severity, 100 * self.random.choice((15, 20, 30, 30, 45, 60))),
            "meals": (0.8, self._rated(7 - 2 * severity, 1.1)),
            "psychotherapy": (0.12, 5_000),
            "integration": (0.15, 100 * self.random.choice((15, 20, 30))),
            "piano": (0.4 - 0.2 * severity, 100 * self.random.choice((10, 15, 20, 30, 45))),
        }
        return {key: value for key, (chance, value) in chances.items() if self.random.random() < chance}

    def _note(self, severity: float) -> str:
        words = self.words["check_in"]
        mood = "relief" if severity == 0 else "fading" if severity < 0.85 else "low"
        parts = [self._drawn(words[mood]), self._drawn(words["detail"])]
        if self.random.random() < 0.3:
            parts.append(self._drawn(words["closing"]))
        return " ".join(parts)

    def _drawn(self, lines: list[str]) -> str:
        """Return the next line of a shuffled deck, so that none comes back soon."""
        deck = self.decks.setdefault(lines[0], [])
        if not deck:
            deck += self.random.sample(lines, len(lines))
        return deck.pop()

    def _clock(self, hour: int, spread: int) -> time:
        minutes = self.random.randrange(spread)
        return time(hour + minutes // 60, minutes % 60)

    # Questionnaires, once a week

    def _answers(self) -> Iterator[Answers]:
        for n in range(len(self.severity) - 8, 6, -7):
            severity = sum(self.severity[n - 6 : n + 1]) / 7
            day = self.first + timedelta(days=n)
            yield self._form("phq9", day, self.random.gauss(5.5 + 12.5 * severity, 1.2))
            yield self._form("gad7", day, self.random.gauss(4 + 8 * severity, 1.1))
            yield self._form("peg", day, self.random.gauss(9.5 + 8 * severity, 1.3))

    def _form(self, key: str, day: date, level: float) -> Answers:
        form = instrument(key)
        # The ninth question of PHQ-9 stays 0: nobody needs a made-up crisis.
        usable = [n for n in range(len(form.items)) if n + 1 != form.safety_item]
        items = [0] * len(form.items)
        most = max(option.score for option in form.items[0].options)
        for _unused in range(min(max(round(level), 0), most * len(usable))):
            items[self.random.choice([n for n in usable if items[n] < most])] += 1
        return Answers(
            id=self.new_id(),
            instrument=key,
            day=day,
            local_time=time(9, 5),
            utc_offset_minutes=_offset(day),
            items=tuple(items),
            unscored=min(sum(items) // 7, 3) if form.unscored else None,
            total=sum(items),
        )

    # Sessions

    def _sessions(self) -> Iterator[Session]:
        boosters = 0
        for episode in self.episodes:
            for n, day in enumerate(episode.days):
                series = len(episode.days) > 1
                boosters += not series
                reason = episode.reason if n == 0 else Reason.PLANNED
                yield self._session(day, reason, series, n + 1 if series else boosters)

    def _session(self, day: int, reason: Reason, series: bool, number: int) -> Session:
        when, random = self.start + timedelta(days=day), self.random
        route, dose = self._regimen(day)
        words = self.words["session"]
        before = self._rated(7 - 5 * self.severity[(when - self.first).days - 1], 0.8, 1)
        return Session(
            id=self.new_id(),
            day=when,
            local_time=time(10, 30),
            utc_offset_minutes=_offset(when),
            duration_minutes=45,
            route=route,
            drug=Drug.KETAMINE,
            dose_mg=dose,
            weight_kg=7_000 + 50 * random.randint(-3, 3),
            phase=Phase.SERIES if series else Phase.BOOSTER,
            phase_number=number,
            reason=reason,
            place=Place.CLINIC,
            provider=CLINICIAN,
            vitals=self._vitals(),
            detached=self._rated(6, 1.4),
            sleepy=self._rated(4, 1.5),
            nausea=self._rated(1, 1.2),
            mood_before=before,
            mood_after=min(before + 100 * random.randint(1, 3), 1000),
            side_effects=tuple(usual_side_effect for usual_side_effect in USUAL_SIDE_EFFECTS if random.random() < 0.25),
            medicines=(Medicine.OTHER_SLEEP_AID,) if random.random() < 0.1 else (),
            intention=self._drawn(words["intention"]),
            notes=self._drawn(words["notes"]) if random.random() < 0.6 else "",
            taken_home=True,
            taken_home_by=COMPANION,
            talked_through=random.random() < 0.7,
            psychotherapy=random.random() < 0.4,
        )

    def _regimen(self, day: int) -> tuple[Route, int]:
        """Three regimens one after the other, each for about a third of the time."""
        third = 3 * day // (self.episodes[-1].end + 1)
        return REGIMENS[third]

    def _vitals(self) -> tuple[Vital, ...]:
        moments = (
            (VitalMoment.BEFORE, time(10, 25), 122, 78),
            (VitalMoment.FORTY_MINUTES, time(11, 10), 142, 87),
            (VitalMoment.BEFORE_LEAVING, time(12, 30), 127, 81),
        )
        return tuple(
            Vital(
                moment=moment,
                local_time=clock,
                systolic=round(self.random.gauss(systolic, 6)),
                diastolic=round(self.random.gauss(diastolic, 4)),
                pulse=round(self.random.gauss(76, 6)),
                spo2=self.random.randint(95, 99),
            )
            for moment, clock, systolic, diastolic in moments
        )

    # Baselines, as the diary itself computes them

    def _baselines(
        self, sessions: Sequence[Session], check_ins: Sequence[CheckIn], answers: Sequence[Answers]
    ) -> Iterator[Baseline]:
        recorded = datetime.combine(self.start, time(9), timezone(timedelta(minutes=_offset(self.start))))
        data = DiaryData(tracked=tuple(self.tracked), check_ins=tuple(check_ins), answers=tuple(answers))
        scores_by_measure = records_of(data).scores
        for measure in measures.measures(self.tracked):
            scores = scores_by_measure.get(measure.key, ())
            baseline = computed_baseline(measure, scores, sessions, self.today, recorded)
            if baseline is not None:
                yield replace(baseline, id=self.new_id())


def _offset(day: date) -> int:
    """Minutes ahead of UTC where this person lives, near enough: an hour more in summer."""
    return 120 if 4 <= day.month <= 10 else 60
