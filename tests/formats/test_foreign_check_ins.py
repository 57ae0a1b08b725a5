"""Rows become check-ins: all accounted for, importing again adds nothing, bad rows are named and good ones come in."""

from dataclasses import replace
from datetime import date, time, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketatrack.errors import ImportRefused
from ketatrack.formats.foreign import check_ins, mapping
from ketatrack.formats.foreign.mapping import Mapping, SourceColumn
from ketatrack.formats.foreign.reader import CsvText, Scale
from ketatrack.models.enums import Kind
from ketatrack.models.records import Tracked, built_in_id
from ketatrack.models.tracked import built_in
from ketatrack.models.typed import DateOrder

ESM = Path(__file__).resolve().parents[1] / "data" / "esm" / "ESMdata.csv"
ESM_MAPPING = Path(__file__).resolve().parents[1] / "data" / "esm_mapping.json"
TODAY = date(2026, 11, 23)
BASIC = Mapping(
    date="date",
    order=DateOrder.YEAR_FIRST,
    time="time",
    note="note",
    values={"low_mood": SourceColumn("mood"), "exercise": SourceColumn("sport"), "sleep_hours": SourceColumn("sleep")},
)


def plan(path, chosen, known=frozenset(), today=TODAY, day_start=240):
    return check_ins.plan(path, chosen, built_in(), known, today, day_start)


def written(tmp_path, *rows, header="date,time,mood,sport,sleep,note"):
    path = tmp_path / "notes.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_the_esm_diary_is_accounted_for_to_the_last_row():
    made = plan(ESM, mapping.load(ESM_MAPPING))
    assert (made.read, made.imported, made.duplicates, len(made.skipped)) == (1476, 1475, 0, 1)
    assert (made.skipped[0].line, "empty" in made.skipped[0].reason) == (875, True)
    days = {entry.day for entry in made.entries}
    assert len(days) == 238
    assert (max(days) - min(days)).days + 1 == 239
    first = made.entries[0]
    assert (first.day, first.local_time, first.utc_offset_minutes) == (date(2012, 8, 13), time(8, 58, 56), None)
    held = {key: first.value(built_in_id(key)) for key in ("low_mood", "anxiety", "pain", "energy", "sleep_quality")}
    assert held == {"low_mood": 333, "anxiety": 333, "pain": 0, "energy": 1000, "sleep_quality": 667}
    again = plan(ESM, mapping.load(ESM_MAPPING), {entry.id for entry in made.entries})
    assert (again.read, again.imported, again.duplicates, len(again.skipped)) == (1476, 0, 1475, 1)


def test_good_rows_come_in_and_bad_ones_are_named(tmp_path):
    path = written(
        tmp_path,
        "2024-01-01,08:00,3,30,7.5,fine",
        "2024-01-01,25:00,3,,,",
        "2024-02-30,08:00,3,,,",
        "2024-01-02,08:00,11,,,",
        "2024-01-02,,NA,,,",
        "2024-01-03,,,,,only a note",
        "2024-01-04,08:00",
        "2026-11-25,08:00,3,,,",
        "1899-12-31,08:00,3,,,",
        "2024-01-05,03:59,2,,,",
        "2024-01-01,08:00,3,30,7.5,fine",
    )
    made = plan(path, BASIC)
    assert (made.read, made.imported, made.duplicates) == (11, 3, 1)
    reasons = {row.line: row.reason for row in made.skipped}
    assert sorted(reasons) == [3, 4, 5, 6, 8, 9, 10]
    assert "not a time" in reasons[3]
    assert "not a date" in reasons[4]
    assert reasons[5] == "mood: A rating must be from 0 to 10; 11 is outside."
    assert "empty" in reasons[6]
    assert "fewer than the first row" in reasons[8]
    assert "tomorrow" in reasons[9]
    assert "1900" in reasons[10]
    assert made.read == made.imported + made.duplicates + len(made.skipped)
    by_day = {entry.day: entry for entry in made.entries}
    assert by_day[date(2024, 1, 1)].value(built_in_id("sleep_hours")) == 750
    assert by_day[date(2024, 1, 3)].values == ()
    assert by_day[date(2024, 1, 4)].local_time == time(3, 59)


def test_the_earliest_days_and_a_zone(tmp_path):
    made = plan(
        written(tmp_path, "0001-01-01,01:00,3,,,", "1900-01-01,01:00,3,,,", "2024-02-29,08:00+05:30,3,,,"), BASIC
    )
    assert [row.line for row in made.skipped] == [2, 3]
    assert [(entry.day, entry.utc_offset_minutes) for entry in made.entries] == [(date(2024, 2, 29), 330)]


def test_an_empty_cell_is_not_zero(tmp_path):
    made = plan(written(tmp_path, "2024-01-01,08:00,0,,,"), BASIC)
    assert made.entries[0].value(built_in_id("low_mood")) == 0
    assert made.entries[0].value(built_in_id("exercise")) is None


def test_several_rows_a_day_are_averaged_exactly(tmp_path):
    chosen = Mapping(
        date="date", order=DateOrder.YEAR_FIRST, time="time", values={"low_mood": SourceColumn("mood")}, average=True
    )
    path = written(
        tmp_path, "2024-01-01,08:00,1,,,", "2024-01-01,12:00,2,,,", "2024-01-01,18:00,2,,,", "2024-01-02,08:00,4,,,"
    )
    made = plan(path, chosen)
    assert [entry.value(built_in_id("low_mood")) for entry in made.entries] == [167, 400]
    assert (made.read, made.imported) == (4, 4)
    assert plan(path, chosen, {entry.id for entry in made.entries}).duplicates == 4


@pytest.mark.parametrize(
    ("change", "words"),
    [({"date": "day"}, "no column called 'day'"), ({"values": {"luck": SourceColumn("mood")}}, "does not track")],
)
def test_a_mapping_that_does_not_fit_is_refused(tmp_path, change, words):
    fields = {"date": "date", "order": DateOrder.YEAR_FIRST, "values": {"low_mood": SourceColumn("mood")}} | change
    with pytest.raises(ImportRefused, match=words):
        plan(written(tmp_path, "2024-01-01,08:00,3,,,"), Mapping(**fields))


def test_a_column_twice_is_refused(tmp_path):
    path = written(tmp_path, "2024-01-01,1,2", header="date,mood,mood")
    with pytest.raises(ImportRefused, match="several columns"):
        plan(path, Mapping(date="date", order=DateOrder.YEAR_FIRST, values={"low_mood": SourceColumn("mood")}))


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
scales = st.none() | st.builds(
    lambda low, width, turned: Scale(low, low + width, turned),
    st.fractions(-10, 10, max_denominator=10),
    st.fractions("1/10", 20, max_denominator=10),
    st.booleans(),
)


@given(
    st.builds(
        Mapping,
        date=names,
        order=st.sampled_from(DateOrder),
        time=st.none() | names,
        note=st.none() | names,
        decimal=st.sampled_from(".,"),
        average=st.booleans(),
        missing=st.lists(names, max_size=3).map(tuple),
        values=st.dictionaries(names, st.builds(SourceColumn, names, scales), max_size=4),
    )
)
def test_a_mapping_survives_its_file(chosen):
    assert mapping.from_json(mapping.to_json(chosen)) == chosen


def _written_as(encoding, delimiter):
    when = '"date": {"column": "d", "order": "dmy"}'
    return f'{{{when}, "values": {{}}, "encoding": "{encoding}", "delimiter": "{delimiter}"}}'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not JSON"),
        ("[]", "cannot be used"),
        ("{}", "lacks"),
        ('{"ketatrack_mapping": 2}', "newer KetaTrack"),
        ('{"date": {"column": "d", "order": "dym"}, "values": {}}', "cannot be used"),
        ('{"date": {"column": 3, "order": "dmy"}, "values": {}}', "quotation marks"),
        ('{"date": {"column": "d", "order": "dmy"}, "values": {"pain": {"column": "p", "scale": [7, 1]}}}', "reverse"),
        ('{"date": {"column": "d", "order": "dmy"}, "decimal": "x", "values": {}}', "none of"),
        ("[" * 100_000, "not JSON"),
        (_written_as("klingon", ","), "not an encoding"),
        (_written_as("rot13", ","), "not an encoding"),
        (_written_as("utf-8", ",,"), "between columns"),
    ],
)
def test_a_mapping_file_that_is_wrong_says_what(text, words):
    with pytest.raises(ImportRefused, match=words):
        mapping.from_json(text)


def test_a_column_on_another_scale_is_told_by_its_numbers():
    chosen = Mapping(
        date="date", order=DateOrder.DAY_FIRST, missing=("NA",), values={"low_mood": SourceColumn("mood_down")}
    )
    (fit,) = plan(ESM, chosen).wrong
    assert (fit.low, fit.high, fit.seen()) == (-3, 3, "-3 to 3")
    counted = f"{fit.outside} of its {fit.numbers:,} values are outside 0 to 10"
    assert fit.words() == f"“mood_down” runs from -3 to 3 in the file, and {counted}"
    scale = Scale(Fraction(-3), Fraction(3))
    right = replace(chosen, values={"low_mood": SourceColumn("mood_down", scale)})
    assert plan(ESM, right).wrong == []


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        ([3] * 9 + [11], False),
        ([3] * 9 + [-1, 11], False),
        ([3] * 40 + [11] * 3, False),
        ([3] * 40 + [11] * 4, True),
        ([3] * 995 + [11] * 5, False),
        ([3] * 980 + [11] * 20, True),
        ([-2, 3], True),
        ([], False),
    ],
)
def test_a_few_slips_are_left_out_and_more_of_them_are_another_scale(tmp_path, numbers, wrong):
    first = date(2020, 1, 1)
    days = [(first + timedelta(days=place)).isoformat() for place in range(len(numbers))]
    rows = [f"{day},{number}" for day, number in zip(days, numbers, strict=True)]
    path = written(tmp_path, *rows, header="date,mood")
    made = plan(path, Mapping(date="date", order=DateOrder.YEAR_FIRST, values={"low_mood": SourceColumn("mood")}))
    assert bool(made.wrong) is wrong
    assert made.read == made.imported + len(made.skipped)


def test_hours_in_minutes_are_another_scale(tmp_path):
    path = written(tmp_path, "2024-01-01,450", "2024-01-02,400", header="date,sleep")
    made = plan(path, Mapping(date="date", order=DateOrder.YEAR_FIRST, values={"sleep_hours": SourceColumn("sleep")}))
    assert [fit.words() for fit in made.wrong] == [
        "“sleep” runs from 400 to 450 in the file, and 2 of its 2 values are outside 0 to 24 h"
    ]


def test_what_is_proposed_by_names_and_cells():
    text = CsvText("utf-8", ",")
    names = ["id", "when", "Start date", "Time", "low_mood", "Notes", "empty"]
    rows = [["1", "01.02.2024", "28.01.2024", "8:00", "3,5", "fine", ""]]
    made = mapping.propose(names, rows, text, ["low_mood", "pain"])
    assert (made.date, made.order, made.time, made.note) == ("Start date", DateOrder.DAY_FIRST, "Time", "Notes")
    assert (made.decimal, dict(made.values), made.text) == (",", {"low_mood": SourceColumn("low_mood")}, text)
    assert mapping.propose(["when", "low_mood"], rows=[["yes", "3"]], text=text, keys=["low_mood"]) is None
    assert mapping.propose(["date", "low_mood"], [], text, ["low_mood"]).date == "date"


def test_a_file_with_our_own_names_needs_no_mapping(tmp_path):
    path = written(tmp_path, "28.01.2024;8:00;3,5;fine", "29.01.2024;9:00;4;", header="date;time;low_mood;note")
    made = plan(path, mapping.guess(path))
    assert [entry.value(built_in_id("low_mood")) for entry in made.entries] == [350, 400]
    assert made.entries[0].day == date(2024, 1, 28)
    with pytest.raises(ImportRefused, match="which column is what"):
        mapping.guess(written(tmp_path, "1,2", header="a,b"))


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text("", encoding="utf-8")
    with pytest.raises(ImportRefused, match=r"is empty, so there is nothing to bring in\.$"):
        plan(path, replace(BASIC, text=CsvText("utf-8", ",")))


def test_a_time_that_stands_in_the_date_is_taken_from_there(tmp_path):
    path = written(tmp_path, "2026-11-01 21:40,3", header="date,mood")
    (pair,) = plan(path, replace(BASIC, time=None, note=None, values={"low_mood": SourceColumn("mood")})).pairs
    entry = pair[1]
    assert (entry.day, entry.local_time) == (date(2026, 11, 1), time(21, 40))


def test_a_yes_and_a_no_come_in(tmp_path):
    tracked = (*built_in(), Tracked(key="piano", name="Piano", kind=Kind.YES_NO, unit="", is_measure=False))
    path = written(tmp_path, "2026-11-01,yes", "2026-11-02,no", "2026-11-03,perhaps", header="date,piano")
    chosen = replace(BASIC, time=None, note=None, values={"piano": SourceColumn("piano")})
    account = check_ins.plan(path, chosen, tracked, frozenset(), TODAY, 240)
    assert [after.value(tracked[-1].id) for _, after in account.pairs] == [100, 0]
    assert [skipped.words() for skipped in account.skipped] == ["line 4: piano: “perhaps” is neither yes nor no."]


def test_the_account_of_a_file_for_the_command_line(tmp_path):
    made = plan(written(tmp_path, "2024-01-01,08:00,5,,,", "2024-01-02,08:00,50,,,"), BASIC)
    assert made.pairs == [(None, entry) for entry in made.entries]
    account = made.as_json()
    assert (account["read"], account["imported"], account["duplicates"]) == (2, 1, 0)
    assert [row["line"] for row in account["skipped"]] == [3]
    assert made.skipped[0].words().startswith("line 3: mood: ")


def test_a_column_without_numbers_has_seen_none(tmp_path):
    made = plan(written(tmp_path, "2024-01-01,08:00,,,,A note"), BASIC)
    assert made.fits["low_mood"].seen() == ""
