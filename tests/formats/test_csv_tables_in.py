"""Our own CSV export comes back as it went out, whole, row by row, and through a spreadsheet program."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from whole_diaries import TODAY, whole_diaries

from ketatrack.errors import ImportRefused
from ketatrack.formats import csv_tables
from ketatrack.formats.csv_tables import csv_files
from ketatrack.formats.export_data import Consent, share
from ketatrack.models import records
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.enums import Kind, Period, Route, SideEffect, VitalMoment
from ketatrack.models.fields import NOTE_LENGTH
from ketatrack.models.tracked import built_in

MADE = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)
FRESH = DiaryData(tracked=built_in())
EVERYTHING = records.SharingChoices(period=Period.ALL)
IN_TABLES = ("tracked", "sessions", "check_ins", "answers")


def export(whole, folder):
    folder.mkdir(exist_ok=True)
    files = csv_files(share(whole, EVERYTHING, Consent(safety_answers=True, notes=True), TODAY, MADE))
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def after(present, made):
    """What a diary holds once the pairs are written, by kind and id."""
    held = {(type(each), each.id): each for each in present.records}
    for before, record in made.pairs:
        key = (type(record or before), (record or before).id)
        assert held.get(key) == before
        held[key] = record
    return set(held.values())


def tabled(whole):
    return {each for name in IN_TABLES for each in getattr(whole, name)}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(whole=whole_diaries())
def test_what_goes_out_comes_back_as_it_was(tmp_path_factory, whole):
    folder = export(whole, tmp_path_factory.mktemp("export"))
    made = csv_tables.plan(folder, FRESH, TODAY)
    assert made.skipped == []
    assert after(FRESH, made) == tabled(whole)
    assert made.read == made.imported + made.duplicates == len(tabled(whole))
    again = csv_tables.plan(folder, whole, TODAY)
    assert (again.imported, again.duplicates, again.skipped, again.pairs) == (0, made.read, [], [])


def entry(**more):
    return records.CheckIn(day=TODAY, **more)


def own(name="Migraine", kind=Kind.RATING, **more):
    return records.Tracked(key=str(uuid4()), name=name, kind=kind, is_measure=False, position=20, **more)


@pytest.mark.parametrize(
    "name", ["=1+1", "  x ", "a,b", 'say "ah"', "two\nlines", "low_mood (0-10)", "x]", "'quoted", "é😀"]
)
def test_own_measures_with_odd_names(tmp_path, name):
    row = own(name, Kind.COUNT, unit="cups [of tea]")
    whole = replace(
        FRESH,
        tracked=(*FRESH.tracked, row),
        check_ins=(entry(values=(records.Value(tracked_id=row.id, hundredths=1234567 % 1_000_000),)),),
    )
    assert after(FRESH, csv_tables.plan(export(whole, tmp_path / "out"), FRESH, TODAY)) == tabled(whole)


def test_a_note_of_full_length_comes_back(tmp_path):
    notes = ['"' * NOTE_LENGTH, ("=a\r\n😀," * NOTE_LENGTH)[:NOTE_LENGTH]]
    whole = replace(
        FRESH,
        sessions=(records.Session(day=TODAY, route=Route.ORAL, intention=notes[0], notes=notes[0]),),
        check_ins=tuple(entry(note=note) for note in notes),
    )
    assert after(FRESH, csv_tables.plan(export(whole, tmp_path / "out"), FRESH, TODAY)) == tabled(whole)


def lived():
    mood = built_in()[0]
    session = records.Session(
        day=date(2026, 11, 2),
        local_time=time(9, 30),
        utc_offset_minutes=60,
        route=Route.INTRAVENOUS,
        dose_mg=4250,
        vitals=(records.Vital(moment=VitalMoment.BEFORE, systolic=120, diastolic=80), records.Vital(pulse=70)),
        side_effects=(SideEffect.DIZZY,),
        other_side_effects=("a;b",),
        notes="Calm",
    )
    return replace(
        FRESH,
        sessions=(session,),
        check_ins=(entry(values=(records.Value(tracked_id=mood.id, hundredths=750),)), entry(note="Two")),
        answers=(records.Answers(instrument="peg", day=TODAY, items=(1, 2, 3), total=6),),
    )


def rewrite(path, change, encoding="utf-8-sig", delimiter=","):
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    change(rows)
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", ";"), ("utf-16", "\t"), ("cp1252", ";")])
def test_a_spreadsheet_program_may_write_it_again(tmp_path, encoding, delimiter):
    whole = lived()
    for path in export(whole, tmp_path / "out").glob("*.csv"):
        rewrite(path, lambda rows: None, encoding, delimiter)
    assert after(FRESH, csv_tables.plan(tmp_path / "out", FRESH, TODAY)) == tabled(whole)


def put(column, cell, row=1):
    def change(rows):
        rows[row][rows[0].index(column)] = cell

    return change


@pytest.mark.parametrize(
    ("file", "change", "reason"),
    [
        ("sessions.csv", put("dose (mg)", "lots"), "is not a number"),
        ("sessions.csv", put("dose (mg)", "20000"), "Dose must be from 0.01 to 10,000 mg"),
        ("sessions.csv", put("dose (mg)", "1.005"), "more than two decimals"),
        ("sessions.csv", put("route", "by owl"), "route: “by owl” is not one of intravenous"),
        ("sessions.csv", put("route", ""), "route: The cell is empty"),
        ("sessions.csv", put("date", "02.11.2026"), "is not a day like"),
        ("sessions.csv", put("date", "2027-01-01"), "must not be later than tomorrow"),
        ("sessions.csv", put("local_time", "09:30+01:00"), "is not a time like"),
        ("sessions.csv", put("utc_offset (min)", "900"), "offset from UTC"),
        ("sessions.csv", put("taken_home", "perhaps"), "neither yes nor no"),
        ("sessions.csv", put("id", "1"), "is not an id"),
        ("sessions.csv", lambda rows: rows[1].pop(), "as many cells"),
        ("vitals.csv", put("diastolic (mmHg)", "130"), "The first number of a blood pressure"),
        ("vitals.csv", put("session_id", str(uuid4())), "not among those read"),
        ("check_ins.csv", put("low_mood (0-10)", "12"), "A rating must be from 0 to 10"),
        ("questionnaires.csv", put("item_2", ""), "needs all 3 answers; 2 are there"),
        ("questionnaires.csv", put("total", "7"), "add up to 6"),
        ("questionnaires.csv", put("questionnaire", "tarot"), "no questionnaire called tarot"),
        ("measures.csv", put("kind", "colour"), "is not one of rating"),
    ],
)
def test_a_bad_row_is_named_and_the_others_come_in(tmp_path, file, change, reason):
    whole = lived()
    rewrite(export(whole, tmp_path / "out") / file, change)
    made = csv_tables.plan(tmp_path / "out", FRESH, TODAY)
    bad, *with_it = made.skipped
    assert (bad.file, bad.line) == (file, 2)
    assert reason in bad.reason
    assert {each.file for each in with_it} == ({"vitals.csv"} if file == "sessions.csv" else set())
    assert made.read == made.imported + made.duplicates + len(made.skipped)
    lost = 0 if file in ("vitals.csv", "measures.csv") else 1
    assert len(after(FRESH, made)) == len(tabled(whole)) - lost


def test_a_table_whose_head_is_damaged_is_not_passed_over_silently(tmp_path):
    folder = export(lived(), tmp_path / "out")
    rewrite(folder / "sessions.csv", put("route", "way", row=0))
    (folder / "shopping.csv").write_text("what,how many\nbread,1\n", encoding="utf-8")
    made = csv_tables.plan(folder, FRESH, TODAY)
    assert [(bad.file, bad.line) for bad in made.skipped[:2]] == [("sessions.csv", 1), ("shopping.csv", 1)]
    assert {bad.file for bad in made.skipped[2:]} == {"vitals.csv"}
    assert made.read == made.imported + made.duplicates + len(made.skipped)


def test_a_column_that_is_not_known_is_named(tmp_path):
    folder = export(lived(), tmp_path / "out")
    rewrite(folder / "check_ins.csv", put("pain (0-10)", "pane", row=0))
    rewrite(folder / "sessions.csv", lambda rows: [row.append("mine") for row in rows])
    made = csv_tables.plan(folder, FRESH, TODAY)
    assert [(bad.file, bad.line) for bad in made.skipped] == [("sessions.csv", 1), ("check_ins.csv", 1)]
    assert "“mine”" in made.skipped[0].reason
    assert made.read == made.imported + made.duplicates + 2


def test_what_was_changed_since_stays(tmp_path):
    whole = lived()
    folder = export(whole, tmp_path / "out")
    changed = replace(whole, check_ins=tuple(replace(check_in, note="Changed since") for check_in in whole.check_ins))
    made = csv_tables.plan(folder, changed, TODAY)
    assert (made.imported, made.pairs) == (0, [])


def test_a_row_added_by_hand_gets_an_id_that_stays(tmp_path):
    folder = export(lived(), tmp_path / "out")
    rewrite(folder / "check_ins.csv", lambda rows: rows.append(["", "2026-11-20", *[""] * (len(rows[0]) - 3), "4"]))
    first, second = (csv_tables.plan(folder, lived(), TODAY) for _ in range(2))
    ((_, added),) = [pair for pair in first.pairs if isinstance(pair[1], records.CheckIn) and pair[1].day.day == 20]
    assert added in [record for _, record in second.pairs]


def test_a_value_of_something_unknown_is_not_lost_silently(tmp_path):
    row = own()
    whole = replace(
        lived(),
        tracked=(*FRESH.tracked, row),
        check_ins=(entry(values=(records.Value(tracked_id=row.id, hundredths=100),)), entry(note="Stays")),
    )
    folder = export(whole, tmp_path / "out")
    made = csv_tables.plan(folder / "check_ins.csv", FRESH, TODAY)
    assert (made.imported, len(made.skipped)) == (1, 1)
    assert "bring in measures.csv" in made.skipped[0].reason


def zipped(folder, compression=zipfile.ZIP_DEFLATED):
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", compression) as archive:
        for each in sorted(folder.iterdir()):
            archive.write(each, each.name)
    return path


def test_a_zip_is_as_good_as_a_folder(tmp_path):
    whole = lived()
    path = zipped(export(whole, tmp_path / "out"))
    assert after(FRESH, csv_tables.plan(path, FRESH, TODAY)) == tabled(whole)


def test_a_damaged_zip_gets_a_sentence(tmp_path):
    content = bytearray(zipped(export(lived(), tmp_path / "out")).read_bytes())
    path = tmp_path / "broken.zip"
    for damaged in (content[:-40], content[:60] + bytes(400) + content[460:]):
        path.write_bytes(damaged)
        with pytest.raises(ImportRefused, match=r"broken\.zip|csv"):
            csv_tables.plan(path, FRESH, TODAY)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("sessions.csv", "w", force_zip64=True) as file,
    ):
        for _ in range(csv_tables.LARGEST_ZIP // 2**20 + 1):
            file.write(bytes(2**20))
    assert path.stat().st_size < 2**20
    with pytest.raises(ImportRefused, match="unpacks to more than"):
        csv_tables.plan(path, FRESH, TODAY)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\x00\x01", b"PK\x03\x04nothing"])
def test_what_is_none_of_ours_gets_a_sentence(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(ImportRefused):
        csv_tables.plan(tmp_path / "a.csv", FRESH, TODAY)
    with pytest.raises(ImportRefused, match="no table that KetaTrack exports"):
        csv_tables.plan(tmp_path, FRESH, TODAY)


def test_what_is_not_there_cannot_be_read(tmp_path):
    with pytest.raises(ImportRefused, match=r"gone\.csv cannot be read"):
        csv_tables.plan(tmp_path / "gone.csv", FRESH, TODAY)
    with pytest.raises(ImportRefused, match=r"The folder of gone\.csv cannot be read"):
        csv_tables.beside(tmp_path / "gone.csv")


def test_a_zip_with_a_password_is_told(tmp_path):
    path = zipped(export(lived(), tmp_path / "out"))
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(ImportRefused, match="is a zip with a password"):
        csv_tables.plan(path, FRESH, TODAY)


def test_a_zip_that_is_damaged_below_its_first_rows_gets_a_sentence(tmp_path):
    folder = export(lived(), tmp_path / "out")
    rows = (folder / "check_ins.csv").read_bytes()
    (folder / "check_ins.csv").write_bytes(rows + b'"",2026-11-01\r\n' * 200_000)
    path = zipped(folder, zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[content.rindex(b'"",2026-11-01')] ^= 1
    path.write_bytes(content)
    with pytest.raises(ImportRefused, match=r"check_ins\.csv is a damaged zip file"):
        csv_tables.plan(path, FRESH, TODAY)


def test_a_measure_under_the_key_of_another_is_refused(tmp_path):
    folder = export(FRESH, tmp_path / "out")
    rewrite(folder / "measures.csv", put("id", str(uuid4())))
    made = csv_tables.plan(folder, FRESH, TODAY)
    assert "Something else is tracked under this key." in [row.reason for row in made.skipped]
