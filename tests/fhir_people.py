"""A small diary for the tests of FHIR, with something of every kind that goes out."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from ketatrack.formats.export_data import Consent, ExportData, share
from ketatrack.models import enums, records
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.tracked import built_in

TODAY = date(2026, 11, 23)
MADE = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)
EVERYTHING = Consent(safety_answers=True, notes=True)
ALL = records.SharingChoices(period=enums.Period.ALL)
PIANO = records.Tracked(
    id=UUID(int=1), key=str(UUID(int=1)), name="Piano", kind=enums.Kind.YES_NO, is_measure=False, position=20
)


def shared(whole: DiaryData, choices: records.SharingChoices = ALL, consent: Consent = EVERYTHING) -> ExportData:
    """The diary with everything in it, or as chosen."""
    return share(whole, choices, consent, TODAY, MADE)


def hidden(whole: DiaryData, consent: Consent = EVERYTHING) -> ExportData:
    """The diary with its names hidden."""
    return shared(whole, replace(ALL, hide_name=True), consent)


def tracked_id(key: str) -> UUID:
    """The id of a built-in measure or habit."""
    return next(item.id for item in built_in() if item.key == key)


def session(number: int = 10, **more: Any) -> records.Session:
    """An intravenous session on 9 October 2026 at 10:30, two hours ahead of UTC, with all there can be."""
    told = {
        "day": date(2026, 10, 9),
        "local_time": time(10, 30),
        "utc_offset_minutes": 120,
        "duration_minutes": 45,
        "route": enums.Route.INTRAVENOUS,
        "drug": enums.Drug.KETAMINE,
        "dose_mg": 4050,
        "weight_kg": 7100,
        "phase": enums.Phase.SERIES,
        "phase_number": 3,
        "reason": enums.Reason.SYMPTOMS,
        "place": enums.Place.CLINIC,
        "provider": "Dr Larsen",
        "vitals": (
            records.Vital(moment=enums.VitalMoment.BEFORE, local_time=time(10, 25), systolic=124, diastolic=77),
            records.Vital(moment=enums.VitalMoment.FORTY_MINUTES, local_time=time(11, 10), pulse=73, spo2=99),
        ),
        "detached": 500,
        "mood_before": 250,
        "side_effects": (enums.SideEffect.DIZZY,),
        "other_medicines": ("Lorazepam",),
        "intention": "Rest",
        "notes": "Waves & <light>",
        "taken_home": True,
        "taken_home_by": "Jonas",
        "psychotherapy": True,
    }
    return records.Session(id=UUID(int=number), **(told | more))


def phq9(number: int, day: date, items: tuple[int, ...], **more: Any) -> records.Answers:
    """A filled-in PHQ-9."""
    return records.Answers(id=UUID(int=number), instrument="phq9", day=day, items=items, total=sum(items), **more)


def check_in(number: int, day: date, note: str = "", at: tuple[time, int] | None = None, **rated: int) -> Any:
    """A check-in with values in hundredths by key; `at` is a clock time and an offset in minutes."""
    held = tuple(records.Value(tracked_id=tracked_id(key), hundredths=value) for key, value in rated.items())
    clock, offset = at or (None, None)
    return records.CheckIn(
        id=UUID(int=number), day=day, note=note, values=held, local_time=clock, utc_offset_minutes=offset
    )


def person(**more: Any) -> DiaryData:
    """One session between three PHQ-9s, two check-ins, a habit of the person's own, and a question."""
    day = date(2026, 10, 9)
    piano = replace(
        check_in(30, day, "Slept well.", (time(7, 5), 120), pain=300, sleep_hours=750),
        values=(
            records.Value(tracked_id=tracked_id("pain"), hundredths=300),
            records.Value(tracked_id=tracked_id("sleep_hours"), hundredths=750),
            records.Value(tracked_id=PIANO.id, hundredths=100),
        ),
    )
    held = {
        "tracked": (*built_in(), PIANO),
        "profiles": (records.Profile(name="Ada Byron", birth_date=date(1980, 2, 29)),),
        "contacts": (records.Contact(id=UUID(int=40), name="Mira", phone="555 0142"),),
        "sessions": (session(),),
        "check_ins": (piano, check_in(31, day + timedelta(days=1), "Mira rang.")),
        "answers": (
            phq9(20, day - timedelta(days=3), (2,) * 9, unscored=2),
            phq9(21, day + timedelta(days=7), (1, 0, 1, 0, 1, 0, 1, 0, 0), note="Better"),
            phq9(22, day + timedelta(days=14), (0, 0, 1, 0, 1, 0, 1, 0, 0)),
            records.Answers(id=UUID(int=23), instrument="peg", day=day, items=(7, 7, 6), total=20),
            records.Answers(id=UUID(int=24), instrument="madrs", day=day, total=30),
        ),
        "baselines": (
            records.Baseline(
                id=UUID(int=50),
                measure="phq9",
                value=Fraction(18),
                source=enums.BaselineSource.TYPED,
                recorded_at=MADE,
            ),
        ),
        "visit_questions": (records.VisitQuestion(id=UUID(int=60), words="Less often? < 1 a month"),),
    }
    return DiaryData(**(held | more))
