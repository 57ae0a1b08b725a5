"""Our own archive comes back as the identical diary; anything else is refused in one sentence and nothing comes in."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from frozen import VERSION_4 as FROZEN_4
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whole_diaries import TODAY, whole_diaries

from ketatrack.diary import database, reading, writing
from ketatrack.errors import ImportRefused
from ketatrack.formats import archive as importing
from ketatrack.formats.archive import archive
from ketatrack.models import records
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.enums import Kind, Route
from ketatrack.models.tracked import built_in

VERSION_1 = Path(__file__).resolve().parents[1] / "data" / "archive_version_1.json"
MANY = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def whole_of(diary):
    with diary.read() as connection:
        return reading.diary_data(connection)


def import_notes(diary, path):
    made = importing.plan(path, whole_of(diary))
    writing.apply(diary, made.pairs, TODAY)
    return made


@MANY
@given(whole=whole_diaries())
def test_a_fresh_diary_becomes_the_identical_diary(diary, tmp_path, whole):
    path = tmp_path / "a.json"
    path.write_bytes(archive(whole))
    made = import_notes(diary, path)
    assert whole_of(diary) == whole
    assert made.read == made.imported + made.duplicates == len(whole.records)
    again = import_notes(diary, path)
    assert (again.imported, again.duplicates, again.pairs) == (0, len(whole.records), [])
    assert archive(whole_of(diary)) == path.read_bytes()
    # Back to a fresh diary for the next example.
    writing.apply(diary, [(record, None) for record in reversed(whole.records)], TODAY)
    writing.apply(diary, [(None, item) for item in built_in()], TODAY)


def test_a_diary_that_tracks_nothing_yet(tmp_path, passphrase):
    (tmp_path / "a.json").write_bytes(archive(lived()))
    diary = database.create(tmp_path / "empty.ketatrack", passphrase)
    import_notes(diary, tmp_path / "a.json")
    assert whole_of(diary) == lived()
    diary.close()


MOOD = replace(built_in()[0], name="Black dog")
ENTRY = records.CheckIn(
    id=records.UUID(int=7), day=TODAY, note="Old", values=(records.Value(tracked_id=MOOD.id, hundredths=700),)
)
SESSION = records.Session(id=records.UUID(int=8), day=TODAY - timedelta(days=3), route=Route.ORAL)


def lived():
    return DiaryData(
        tracked=(MOOD, *built_in()[1:]),
        sessions=(SESSION,),
        check_ins=(ENTRY,),
        settings=(records.Settings(planned_sessions=2),),
        profiles=(records.Profile(name="Ada"),),
    )


def test_nothing_that_is_there_is_overwritten(diary, tmp_path):
    mine = replace(ENTRY, note="Changed since")
    energy = built_in()[3]
    renamed = replace(energy, name="Spark")
    other = records.CheckIn(day=TODAY, note="Only here")
    writing.apply(diary, [(None, mine), (None, other), (energy, renamed)], TODAY)
    writing.apply(diary, [(None, records.Profile(name="Grace"))], TODAY)
    (tmp_path / "a.json").write_bytes(archive(lived()))
    made = import_notes(diary, tmp_path / "a.json")
    after = whole_of(diary)
    assert set(after.check_ins) == {mine, other}
    assert after.sessions == (SESSION,)
    assert after.profile.name == "Grace"
    assert after.settings == lived().settings
    assert {item.name for item in after.tracked} >= {"Black dog", "Spark"}
    # The session, the settings, and the renamed mood, whose row here was as every new diary has it.
    assert made.imported == 3
    assert made.duplicates == len(lived().records) - 3


def document(**more):
    return json.loads(archive(lived())) | more


def altered(kind, **more):
    data = document()
    data[kind][0] |= more
    return json.dumps(data)


UNKNOWN = [{"tracked_id": str(records.UUID(int=1)), "value": 1}]
TOO_MUCH = [{"tracked_id": str(MOOD.id), "value": 10.01}]
REFUSED = {
    "newer": (json.dumps(document(version=3)), "newer KetaTrack"),
    "version is no number": (json.dumps(document(version="1")), "does not say its version"),
    "version is true": (json.dumps(document(version=True)), "does not say its version"),
    "another format": (json.dumps(document(format="other")), "not an archive of KetaTrack"),
    "a list": ("[]", "not an archive of KetaTrack"),
    "a kind is missing": (json.dumps({k: v for k, v in document().items() if k != "drafts"}), "whole kinds"),
    "a kind too many": (json.dumps(document(dreams=[])), "whole kinds"),
    "a kind is no list": (json.dumps(document(sessions={})), "“sessions” is no list"),
    "an entry is no object": (json.dumps(document(sessions=[1])), "sessions, entry 1: An entry must stand"),
    "a field too many": (altered("sessions", dream=""), "a field that is not known"),
    "out of range": (altered("sessions", dose_mg=10_000.01), "sessions, entry 1: Dose must be from"),
    "three decimals": (altered("sessions", dose_mg=40.125), "“dose_mg” must be a number with up to two decimals"),
    "part of a minute": (altered("sessions", duration_minutes=40.5), "“duration_minutes” must be a whole number"),
    "NaN": (altered("sessions", dose_mg=float("nan")), "number that is none"),
    "a power of ten": (altered("sessions", dose_mg=1e300), "a form that KetaTrack does not write"),
    "true for a number": (altered("sessions", dose_mg=True), "“dose_mg” must be a number"),
    "words for a number": (altered("sessions", dose_mg="40"), "“dose_mg” must be a number"),
    "a side effect in words": (altered("sessions", side_effects=["Dizzy"]), "“side_effects” must be one of"),
    "a number for words": (altered("sessions", notes=1), "“notes” must be text"),
    "null for words": (altered("sessions", notes=None), "“notes” must be text"),
    "words for a list": (altered("sessions", side_effects="Dizzy"), "“side_effects” must be a list"),
    "a NUL": (altered("sessions", notes="a\0b"), "“notes” must be text"),
    "half a character": (altered("sessions", notes="\ud83d"), "“notes” must be text"),
    "no id": (altered("sessions", id="8"), "“id” must be an id"),
    "no day": (altered("sessions", day="2026-02-30"), "“day” must be a day"),
    "too early a day": (altered("sessions", day="1899-12-31"), "1900 or later"),
    "a clock with an offset": (altered("sessions", local_time="08:00:00+01:00"), "“local_time” must be a time"),
    "no such route": (altered("sessions", route="owl"), "“route” must be one of intravenous"),
    "a huge number": (altered("sessions", dose_mg=0).replace('"dose_mg": 0', '"dose_mg": ' + "9" * 5000), "too large"),
    "the same id twice": (json.dumps(document(sessions=document()["sessions"] * 2)), "two entries have the id"),
    "the same field twice": (json.dumps(document()).replace('"version": 2', '"version": 2, "version": 2'), "twice"),
    "the same key twice": (altered("tracked", key="anxiety"), "the same key"),
    "a value of nothing": (altered("check_ins", values=UNKNOWN), "does not track"),
    "a rating of 10.01": (altered("check_ins", values=TOO_MUCH), "check_ins, entry 1: A rating must be"),
    "cut short": (json.dumps(document())[:-100], "stops being JSON in line"),
    "nothing": ("", "stops being JSON in line 1"),
    "nested without end": ("[" * 200_000, "without end"),
    "objects without end": ('{"a":' * 200_000, "without end"),
}


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_each_fault_is_one_sentence_that_names_file_and_place(tmp_path, text, words):
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        importing.plan(path, DiaryData())
    said = str(refused.value)
    assert "a.json" in said
    assert words in said
    assert "Black dog" not in said
    assert "Nothing was" in said


def test_what_is_no_text_or_no_file_or_far_too_large(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b"\xff\xfe{")
    with pytest.raises(ImportRefused, match="not text in UTF-8"):
        importing.read(path)
    with path.open("wb") as file:
        file.truncate(importing.LARGEST_FILE + 1)
    with pytest.raises(ImportRefused, match="larger than 256 MB"):
        importing.read(path)
    with pytest.raises(ImportRefused, match="cannot be read"):
        importing.read(tmp_path / "none.json")


def test_a_fraction_that_would_take_for_ever(tmp_path):
    level = records.Baseline(
        measure="phq9",
        value=records.Fraction(27, 4),
        source=records.BaselineSource.TYPED,
        recorded_at=records.datetime(2026, 1, 1, tzinfo=records.datetime.now().astimezone().tzinfo),
    )
    text = archive(replace(lived(), baselines=(level,))).decode()
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    assert importing.read(path).baselines == (level,)
    path.write_text(text.replace('"27/4"', '"1e999999999"'), encoding="utf-8")
    with pytest.raises(ImportRefused, match="must be a fraction"):
        importing.read(path)


def test_one_measure_under_two_ids_is_refused(diary, tmp_path):
    mine = records.Tracked(key="spark", name="Spark", kind=Kind.RATING, is_measure=True)
    writing.apply(diary, [(None, mine)], TODAY)
    (tmp_path / "a.json").write_bytes(archive(DiaryData(tracked=(replace(mine, id=records.uuid4()),))))
    with pytest.raises(ImportRefused, match="under two ids"):
        importing.plan(tmp_path / "a.json", whole_of(diary))


WHOLE = archive(lived())


@MANY
@given(place=st.integers(0, len(WHOLE) - 1), put=st.binary(max_size=3), gone=st.integers(1, 40))
def test_any_damage_is_read_as_a_diary_or_refused(tmp_path, place, put, gone):
    path = tmp_path / "a.json"
    path.write_bytes(WHOLE[:place] + put + WHOLE[place + gone :])
    refused = None
    try:
        importing.read(path)
    except ImportRefused as error:
        refused = str(error)
    assert refused is None or "a.json" in refused


def test_a_fhir_document_is_called_one_also_with_decimals(tmp_path, diary):
    path = tmp_path / "visit.json"
    path.write_text('{\n  "resourceType": "Bundle", "entry": [{"value": 7.5}]}', encoding="utf-8")
    with pytest.raises(ImportRefused, match=r"^visit.json is a FHIR document.*\(JSON\).*\(CSV\)"):
        importing.plan(path, whole_of(diary))


def test_an_archive_of_version_1_still_comes_in(diary):
    found = importing.read(VERSION_1)
    assert set(found.records) == set(FROZEN_4)
    import_notes(diary, VERSION_1)
    assert set(whole_of(diary).records) == set(FROZEN_4)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sessions": 1}, "“sessions” is no list"),
        ({"sessions": [1]}, "sessions, entry 1: An entry must stand"),
        ({"sessions": [{}]}, "is missing"),
        ({"check_ins": [{"values": [{"hundredths": "x"}]}]}, "is missing"),
        ({"drafts": [{"kind": "session", "payload": 1}]}, "is missing"),
    ],
)
def test_a_damaged_archive_of_version_1_is_refused(tmp_path, change, words):
    data = json.loads(VERSION_1.read_text(encoding="utf-8")) | change
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ImportRefused, match=words):
        importing.read(tmp_path / "a.json")


def test_what_version_1_did_not_allow_is_not_allowed_now(tmp_path):
    text = VERSION_1.read_text(encoding="utf-8").replace('"dose_mg": 4200', '"dose_mg": 42.5')
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(ImportRefused, match="not a whole archive"):
        importing.read(tmp_path / "a.json")
