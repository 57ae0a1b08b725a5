"""The tables of a CSV export, word for word, and what no table may hold."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from whole_diaries import TODAY, full_diaries

from ketatrack.formats.archive import archive
from ketatrack.formats.csv_tables import csv_files, csv_zip
from ketatrack.formats.export_data import Consent, share
from ketatrack.models import enums, records
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.tracked import built_in

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "csv"
MADE = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)
NAMES = ["sessions", "vitals", "check_ins", "questionnaires", "measures", "habits", "relief"]
MOOD, SLEEP, EXERCISE, MEALS = (built_in()[number] for number in (0, 4, 7, 8))
OWN = records.Tracked(
    id=UUID(int=1),
    key=str(UUID(int=2)),
    name="=Tea, green",
    kind=enums.Kind.COUNT,
    unit="cups",
    is_measure=False,
    position=11,
)


def everything(whole, **choices):
    chosen = records.SharingChoices(**({"period": enums.Period.ALL} | choices))
    return share(whole, chosen, Consent(safety_answers=True, notes=True), TODAY, MADE)


def table(files, name):
    rows = list(csv.reader(io.StringIO(files[f"{name}.csv"].decode("utf-8-sig"), newline="")))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def entry(number, day, at=None, offset=None, note="", **held):
    tracked = {"mood": MOOD, "sleep": SLEEP, "exercise": EXERCISE, "meals": MEALS, "tea": OWN}
    ratings = tuple(records.Value(tracked_id=tracked[name].id, hundredths=value) for name, value in held.items())
    return records.CheckIn(
        id=UUID(int=number), day=day, local_time=at, utc_offset_minutes=offset, note=note, values=ratings
    )


def lived():
    """A month in three time zones: one session, its relief, and every kind of cell."""
    session = records.Session(
        id=UUID(int=10),
        day=date(2026, 10, 20),
        local_time=time(10, 30),
        utc_offset_minutes=120,
        duration_minutes=45,
        route=enums.Route.INTRAVENOUS,
        drug=enums.Drug.KETAMINE,
        dose_mg=4250,
        weight_kg=7050,
        phase=enums.Phase.SERIES,
        phase_number=1,
        reason=enums.Reason.PLANNED,
        place=enums.Place.CLINIC,
        provider="Dr Larsen",
        mood_before=300,
        mood_after=675,
        detached=500,
        sleepy=0,
        nausea=None,
        side_effects=(enums.SideEffect.DIZZY, enums.SideEffect.BLURRED_SIGHT),
        other_side_effects=("Dry mouth; lips", "cold"),
        medicines=(enums.Medicine.MAOI,),
        other_medicines=("-none",),
        taken_home=True,
        taken_home_by="@Jonas",
        talked_through=False,
        intention="+ rest",
        notes='Waves, "warm".\nThen quiet.',
        vitals=(
            records.Vital(
                moment=enums.VitalMoment.BEFORE, local_time=time(10, 25), systolic=124, diastolic=77, pulse=72
            ),
            records.Vital(moment=enums.VitalMoment.FORTY_MINUTES, spo2=97),
        ),
    )
    before = [entry(20 + n, date(2026, 10, 13 + n), time(8), 120, mood=700) for n in range(7)]
    after = [entry(30 + n, date(2026, 10, 21 + n), time(8), 120, mood=300, tea=100 * n) for n in range(3)]
    faded = [entry(40 + n, date(2026, 10, 24 + n), time(21, 5, 30), -210, mood=650) for n in range(2)]
    more = [
        entry(50, date(2026, 10, 26), time(1, 30), 345, "=1+1", sleep=725, meals=333, exercise=1500),
        entry(51, date(2026, 10, 26), time(12), None, "'quoted", exercise=2000, meals=800),
        entry(52, date(2026, 10, 27), note="@home\ttired"),
    ]
    answers = (
        records.Answers(
            id=UUID(int=60),
            instrument="phq9",
            day=date(2026, 10, 26),
            items=(2, 2, 1, 1, 0, 1, 1, 1, 0),
            unscored=1,
            total=9,
        ),
        records.Answers(id=UUID(int=61), instrument="peg", day=date(2026, 10, 26), items=(4, 1, 5), total=10),
        records.Answers(id=UUID(int=62), instrument="madrs", day=date(2026, 10, 26), total=20, note="-4 points"),
    )
    return DiaryData(
        tracked=(*built_in(), OWN), sessions=(session,), check_ins=(*before, *after, *faded, *more), answers=answers
    )


@pytest.mark.parametrize("name", NAMES)
def test_each_table_word_for_word(name):
    made = csv_files(everything(lived()))[f"{name}.csv"]
    assert made == (GOLDEN / f"{name}.csv").read_bytes()


def test_a_spreadsheet_reads_them_as_utf_8_with_the_line_ends_of_rfc_4180():
    files = csv_files(everything(lived()))
    assert list(files) == [f"{name}.csv" for name in NAMES]
    for content in files.values():
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
    notes = [row["note"] for row in table(files, "check_ins")]
    assert notes[-3:] == ["'=1+1", "''quoted", "'@home\ttired"]


def test_clocks_of_three_zones():
    rows = {row["id"][-2:]: row for row in table(csv_files(everything(lived())), "check_ins")}
    told = {key: (rows[key]["moment"], rows[key]["local_time"], rows[key]["utc_offset (min)"]) for key in rows}
    assert told["14"] == ("2026-10-13T08:00:00+02:00", "08:00:00", "120")
    assert told["28"] == ("2026-10-24T21:05:30-03:30", "21:05:30", "-210")
    # Half past one at night may be of the 26th or of the 27th: the moment says no more than the diary knows.
    assert told["32"] == ("2026-10-26", "01:30:00", "345")
    assert told["33"] == ("2026-10-26", "12:00:00", "")
    assert told["34"] == ("2026-10-27", "", "")


def test_a_later_start_of_the_day_makes_more_hours_uncertain():
    late = replace(lived(), settings=(records.Settings(day_start_minutes=9 * 60),))
    moments = [row["moment"] for row in table(csv_files(everything(late)), "check_ins")]
    assert moments[0] == "2026-10-13"
    assert moments[10] == "2026-10-24T21:05:30-03:30"


def test_what_a_day_amounted_to():
    rows = {row["date"]: list(row.values())[1:] for row in table(csv_files(everything(lived())), "habits")}
    exercise, meals = Fraction(35), (Fraction(333, 100) + 8) / 2
    assert rows["2026-10-26"][:1] == ["7.25"]
    assert Fraction(rows["2026-10-26"][3]) == exercise
    assert abs(Fraction(rows["2026-10-26"][4]) - meals) <= Fraction(1, 200)
    assert rows["2026-10-23"][-1] == "2"


def test_an_empty_diary_has_heads_alone():
    files = csv_files(everything(DiaryData()))
    assert list(files) == [f"{name}.csv" for name in NAMES]
    for content in files.values():
        assert len(content.decode("utf-8-sig").splitlines()) == 1


def test_one_entry():
    whole = DiaryData(tracked=built_in(), check_ins=(entry(1, TODAY, mood=0),))
    (row,) = table(csv_files(everything(whole)), "check_ins")
    assert {name for name, cell in row.items() if cell} == {"id", "date", "moment", "low_mood (0-10)"}
    assert row["low_mood (0-10)"] == "0"


def test_a_long_note_stays_as_it_is():
    note = ('Line, "one"\nthen\r\n😀 two\r' * 5000)[:100_000]
    whole = DiaryData(tracked=built_in(), check_ins=(entry(1, TODAY, note=note),))
    assert table(csv_files(everything(whole)), "check_ins")[0]["note"] == note


FORMULA = re.compile(r"[=+@\t\r]|-(?![0-9])")


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(whole=full_diaries())
def test_no_cell_is_a_formula(whole):
    files = csv_files(everything(whole))
    for name in NAMES:
        text = files[f"{name}.csv"].decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline="")):
            assert not any(FORMULA.match(cell) for cell in row)


def test_only_courses_of_the_period_are_told():
    first = date(2026, 10, 21)
    files = csv_files(everything(lived(), period=enums.Period.OWN, from_day=first, to_day=TODAY))
    assert table(files, "relief") == table(files, "sessions") == []
    assert {row["date"] for row in table(files, "check_ins")} >= {"2026-10-21", "2026-10-26"}
    assert min(row["date"] for row in table(files, "check_ins")) == "2026-10-21"


def test_what_is_withheld_is_in_no_table():
    asked_nothing = share(lived(), records.SharingChoices(period=enums.Period.ALL), Consent(), TODAY, MADE)
    files = csv_files(asked_nothing)
    phq9, peg, madrs = table(files, "questionnaires")
    assert [phq9[f"item_{number}"] for number in range(1, 10)] + [phq9["not_scored"]] == [""] * 10
    assert (phq9["total"], peg["item_1"], madrs["total"]) == ("9", "4", "20")
    (session,) = table(files, "sessions")
    assert session["notes"] == session["intention"] == ""


def named():
    """Names wherever a person can type one."""
    whole = lived()
    told = "Zebulon Quixley rang; Dr Vexworth and Ophelia (555 0199) know."
    return replace(
        whole,
        profiles=(records.Profile(name="Zebulon Quixley", birth_date=date(1961, 2, 3)),),
        contacts=(records.Contact(name="Ophelia", phone="555 0199"),),
        sessions=tuple(
            replace(
                session,
                provider="Dr Vexworth",
                taken_home_by="Ophelia",
                notes=told,
                intention=told,
                other_side_effects=(told,),
                other_medicines=("Ophelia's tea",),
            )
            for session in whole.sessions
        ),
        check_ins=tuple(replace(check_in, note=told) for check_in in whole.check_ins),
        answers=tuple(replace(filled, note=told) for filled in whole.answers),
        tracked=(*built_in(), replace(OWN, name="Tea with Ophelia", unit="Quixley cups")),
        appointments=(
            records.Appointment(
                kind=enums.AppointmentKind.VISIT, day=TODAY, provider="Dr Vexworth", place="Vexworth House", note=told
            ),
        ),
        early_signs=(records.EarlySign(sign="I avoid Ophelia", helps=told),),
        visit_questions=(records.VisitQuestion(words=told),),
        drafts=(records.Draft(kind="session", payload=told, saved_at=MADE),),
    )


TRACES = (b"zebulon", b"quixley", b"vexworth", b"ophelia", b"0199", b"1961")


def test_a_hidden_name_leaves_no_trace_in_any_export():
    shown, hidden = everything(named()), everything(named(), hide_name=True)
    for made in (csv_files(shown), {"json": archive(shown.diary)}):
        told = b"".join(made.values()).lower()
        assert all(trace in told for trace in (b"ophelia", b"vexworth", b"0199"))
    for made in (csv_files(hidden), {"json": archive(hidden.diary)}):
        told = b"".join(made.values()).lower()
        assert [trace for trace in TRACES if trace in told] == []
        assert b"[hidden]" in told
    with zipfile.ZipFile(io.BytesIO(csv_zip(hidden))) as packed:
        told = b"".join(packed.read(name) for name in packed.namelist()).lower()
        assert [trace for trace in TRACES if trace in told] == []


def test_the_zip_holds_the_same_tables_and_is_the_same_each_time():
    shared = everything(lived())
    with zipfile.ZipFile(io.BytesIO(csv_zip(shared))) as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == csv_files(shared)
    assert csv_zip(shared) == csv_zip(everything(lived()))
    assert timedelta(0) == shared.made_at.utcoffset()
