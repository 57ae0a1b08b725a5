"""What the frozen diaries in tests/databases hold: one record of every kind that each version knew.

Each was made once, by the KetaTrack that had that version; never made again. Passphrase: "frozen in the first winter".
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from fractions import Fraction
from uuid import UUID

from ketatrack.models import enums
from ketatrack.models.records import (
    Answers,
    Appointment,
    Baseline,
    CardShown,
    CheckIn,
    Contact,
    Draft,
    EarlySign,
    HabitChoice,
    Profile,
    Record,
    Rule,
    Session,
    Settings,
    SharingChoices,
    Tracked,
    Value,
    VisitQuestion,
    Vital,
    built_in_id,
)
from ketatrack.models.tracked import built_in

PASSPHRASE = "frozen in the first winter"
WRITTEN = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)


def _id(number: int) -> UUID:
    return UUID(int=number)


VERSION_1: tuple[Record, ...] = (
    *built_in(),
    Tracked(
        id=_id(1),
        key=str(_id(1)),
        name="Piano",
        kind=enums.Kind.MINUTES,
        unit="min",
        is_measure=False,
        higher_is_better=True,
        position=20,
    ),
    Session(
        id=_id(2),
        day=date(2026, 10, 9),
        local_time=time(10, 30),
        utc_offset_minutes=120,
        duration_minutes=45,
        route=enums.Route.INTRAVENOUS,
        drug=enums.Drug.KETAMINE,
        dose_mg=4200,
        weight_kg=7000,
        phase=enums.Phase.BOOSTER,
        phase_number=7,
        reason=enums.Reason.SYMPTOMS,
        place=enums.Place.CLINIC,
        provider="Dr Larsen",
        vitals=(
            Vital(
                moment=enums.VitalMoment.BEFORE, local_time=time(10, 25), systolic=146, diastolic=92, pulse=78, spo2=98
            ),
            Vital(moment=enums.VitalMoment.BEFORE_LEAVING),
        ),
        detached=600,
        sleepy=300,
        nausea=0,
        mood_before=300,
        mood_after=600,
        side_effects=(enums.SideEffect.DIZZY,),
        other_side_effects=("Übel",),
        medicines=(enums.Medicine.OPIOID,),
        intention="Let go of the week.",
        notes="Slow waves.",
        taken_home=True,
        taken_home_by="Jonas",
        talked_through=False,
        psychotherapy=None,
    ),
    CheckIn(
        id=_id(3),
        day=date(2026, 10, 10),
        local_time=time(8, 5, 7),
        utc_offset_minutes=-210,
        note="Lighter. 🌿",
        values=(
            Value(tracked_id=built_in_id("low_mood"), hundredths=667),
            Value(tracked_id=_id(1), hundredths=2000),
            Value(tracked_id=built_in_id("pain"), hundredths=0),
        ),
    ),
    Answers(
        id=_id(4), instrument="phq9", day=date(2026, 10, 11), items=(2, 2, 2, 2, 1, 2, 1, 0, 1), unscored=1, total=13
    ),
    Answers(
        id=_id(5), instrument="peg", day=date(2026, 10, 12), local_time=time(7, 0), total=14, note="From the clinic"
    ),
    Baseline(
        id=_id(6),
        measure="phq9",
        value=Fraction(37, 2),
        source=enums.BaselineSource.COMPUTED,
        recorded_at=WRITTEN,
        from_day=date(2026, 3, 1),
        to_day=date(2026, 3, 14),
        readings=2,
    ),
    Rule(id=_id(7), measure="low_mood", kind=enums.RuleKind.AT_MOST, value=350, recorded_at=WRITTEN),
    Appointment(
        id=_id(8),
        kind=enums.AppointmentKind.VISIT,
        day=date(2027, 1, 5),
        local_time=time(14, 30),
        place="Clinic",
        provider="Dr Larsen",
        note="Bring the report",
    ),
    Profile(name="Ada", birth_date=date(1980, 2, 29)),
    Contact(id=_id(9), name="Dr Larsen", phone="555 0142", treatment_team=True),
    Settings(day_start_minutes=300, lock_after_minutes=None, planned_sessions=2, instruments=("phq9", "peg")),
    Draft(id=_id(10), kind="session", payload='{"notes": "half"}', saved_at=WRITTEN),
    CardShown(id=_id(11), shown_at=WRITTEN, answers_id=_id(4)),
)
VERSION_3: tuple[Record, ...] = (
    *VERSION_1,
    HabitChoice(id=_id(12), habits=("exercise", "meals"), recorded_at=WRITTEN),
    EarlySign(id=_id(13), sign="I stop answering friends", helps="A walk with Jonas", position=1),
)
VERSION_4: tuple[Record, ...] = (
    *VERSION_3,
    VisitQuestion(id=_id(14), words="Less often?", position=1),
    SharingChoices(period=enums.Period.MONTHS_6, paper=enums.Paper.LETTER, hide_name=True, locale="de_DE"),
    Session(
        id=_id(15),
        day=date(2026, 10, 16),
        route=enums.Route.NASAL,
        # Written as "Metal taste", every label of the sheet and "dizzy"; every label and "Lorazepam".
        side_effects=tuple(enums.SideEffect),
        other_side_effects=("Metal taste",),
        medicines=tuple(enums.Medicine),
        other_medicines=("Lorazepam",),
    ),
    Draft(
        id=_id(16),
        kind="session",
        # Written with the side effects "Dizzy" and "Itchy", and the medicine "MAOI".
        payload='{"new": true, "fields": {"route": "oral", "side_effects": ["dizzy"], "medicines": ["maoi"], '
        '"other_side_effects": ["Itchy"], "other_medicines": []}}',
        saved_at=WRITTEN,
    ),
)
VERSION_5: tuple[Record, ...] = (
    *VERSION_4,
    Session(
        id=_id(17),
        day=date(2026, 10, 30),
        route=enums.Route.INTRAMUSCULAR,
        side_effects=(enums.SideEffect.VOMITED,),
        other_side_effects=("Dizzy", " spaced; out "),
        medicines=(enums.Medicine.MAOI,),
        other_medicines=("Übung",),
    ),
)
VERSION_6: tuple[Record, ...] = tuple(
    replace(record, relief_measure="phq9") if isinstance(record, Settings) else record for record in VERSION_5
)
