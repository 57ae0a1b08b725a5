"""The archive: what its published schema says, the same bytes for the same diary, and back to the identical diary."""

import json
from dataclasses import fields
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from whole_diaries import whole_diaries

from ketatrack.formats.archive import archive, schema
from ketatrack.models import records
from ketatrack.models.diary_data import KINDS, DiaryData
from ketatrack.models.fields import NOTE_LENGTH
from ketatrack.paths import resource

PUBLISHED = json.loads(resource("archive/ketatrack-archive-2.schema.json").read_text(encoding="utf-8"))
VERSION_1 = Path(__file__).parents[1] / "data" / "archive_version_1.json"
VALIDATOR = jsonschema.Draft202012Validator(PUBLISHED, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def test_the_published_schema_is_what_the_records_say():
    assert schema() == PUBLISHED
    jsonschema.Draft202012Validator.check_schema(PUBLISHED)


def test_every_field_of_every_record_is_in_it_with_its_range():
    for kind in (*records.RECORD_TYPES, records.Vital, records.Value):
        stated = PUBLISHED["$defs"][kind.__name__]["properties"]
        assert set(stated) == {spec.metadata.get("archived_as", spec.name) for spec in fields(kind)}
        for spec in fields(kind):
            field = stated[spec.metadata.get("archived_as", spec.name)]
            said = field.get("anyOf", [field])[0]
            if "range" in spec.metadata:
                limits = spec.metadata["range"]
                ends = (said["minimum"] * limits.scale, said["maximum"] * limits.scale)
                assert ends == (limits.low, limits.high)
                assert said["type"] == ("number" if limits.scale == 100 else "integer")
                assert limits.label in said["description"]
            if "text" in spec.metadata:
                assert said["maxLength"] == spec.metadata["text"][1]
            if said.get("items", said).get("type") == "integer":
                assert {"minimum", "maximum"} <= set(said.get("items", said))
    assert set(PUBLISHED["properties"]) == {"format", "version", *KINDS}


@settings(max_examples=60, deadline=None)
@given(whole=whole_diaries())
def test_every_archive_is_as_the_schema_says(whole):
    VALIDATOR.validate(json.loads(archive(whole)))


@pytest.mark.parametrize(
    ("kind", "field", "bad"),
    [
        ("Session", "dose_mg", 0),
        ("Session", "dose_mg", "40"),
        ("Session", "weight_kg", 7100),
        ("Session", "duration_minutes", 1.5),
        ("Value", "value", -0.01),
        ("Session", "route", "owl"),
        ("Session", "id", ""),
        ("Session", "day", "1899-12-31"),
        ("Session", "notes", None),
        ("Answers", "total", -1),
        ("CheckIn", "utc_offset_minutes", 841),
        ("CheckIn", "id", "x"),
        ("Baseline", "value", "0.5"),
        ("Vital", "spo2", 101),
    ],
)
def test_the_schema_refuses_what_no_diary_holds(kind, field, bad):
    definition = {"$ref": f"#/$defs/{kind}/properties/{field}", "$defs": PUBLISHED["$defs"]}
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    assert not jsonschema.Draft202012Validator(definition, format_checker=checker).is_valid(bad)


def test_an_empty_diary():
    assert json.loads(archive(DiaryData())) == {"format": "ketatrack-archive", "version": 2} | {k: [] for k in KINDS}


@given(whole=whole_diaries(most=2))
@settings(max_examples=10, deadline=None)
def test_the_same_diary_gives_the_same_bytes(whole):
    assert archive(whole) == archive(DiaryData(**{spec.name: getattr(whole, spec.name) for spec in fields(whole)}))


def test_a_note_of_full_length_fits():
    note = "😀\n" * (NOTE_LENGTH // 2)
    whole = DiaryData(check_ins=(records.CheckIn(day=records.date(2026, 11, 23), note=note),))
    assert json.loads(archive(whole))["check_ins"][0]["note"] == note


def test_each_number_stands_in_the_unit_that_its_field_names():
    session = records.Session(
        day=records.date(2026, 11, 23), route="oral", dose_mg=4250, weight_kg=7100, mood_before=300, detached=667
    )
    rating = records.Value(tracked_id=records.built_in_id("pain"), hundredths=7)
    entry = records.CheckIn(day=records.date(2026, 11, 23), values=(rating,))
    made = json.loads(archive(DiaryData(sessions=(session,), check_ins=(entry,))))
    written = made["sessions"][0]
    assert [written[name] for name in ("dose_mg", "weight_kg", "mood_before", "detached")] == [42.5, 71, 3, 6.67]
    assert made["check_ins"][0]["values"] == [{"tracked_id": str(rating.tracked_id), "value": 0.07}]


def test_an_archive_of_version_1_is_as_its_schema_says():
    first = json.loads(resource("archive/ketatrack-archive-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(first).validate(json.loads(VERSION_1.read_text(encoding="utf-8")))
