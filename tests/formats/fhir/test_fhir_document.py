"""The FHIR document: what stands in it, what is withheld, and that an independent validator accepts it."""

import json
import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from fhir_checks import as_written, assert_whole, problems, resources, through_the_models, told, walk
from fhir_people import ALL, MADE, TODAY, check_in, hidden, person, phq9, session, shared

from ketatrack import demo
from ketatrack.formats.export_data import Consent
from ketatrack.formats.fhir.document import collection, document
from ketatrack.models import enums, records
from ketatrack.models.diary_data import KINDS, DiaryData
from ketatrack.models.tracked import built_in

GOLDEN = Path(__file__).parents[2] / "golden" / "fhir_tiny.json"
SECTIONS = ["10160-0", "30954-2", "8716-3", "29762-2", "81338-6", "18776-5"]


def by_text(bundle: bytes, text: str) -> list[dict]:
    return [resource for resource in resources(bundle) if resource.get("code", {}).get("text") == text]


def made_up(years: int) -> DiaryData:
    held = demo.records(years, demo.SEED, TODAY)
    return DiaryData(**{name: tuple(each for each in held if type(each) is kind) for name, kind in KINDS.items()})


def test_golden():
    found = json.dumps(json.loads(document(shared(person()))), ensure_ascii=False, indent=1) + "\n"
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_an_independent_validator_finds_nothing_wrong(tmp_path):
    whole = person()
    made = [
        document(shared(whole)),
        collection(shared(whole)),
        document(hidden(whole, Consent())),
        document(shared(DiaryData())),
        document(shared(DiaryData(tracked=built_in(), check_ins=(check_in(1, TODAY, energy=0),)))),
        document(shared(made_up(1))),
    ]
    assert problems(tmp_path, *made) == [[]] * len(made)


def test_the_validator_would_say_what_is_wrong(tmp_path):
    read = json.loads(document(shared(person())))
    read["entry"][1]["resource"]["surname"] = "Byron"
    del read["entry"][0]["resource"]["status"]
    (found,) = problems(tmp_path, json.dumps(read).encode())
    assert any("surname: Unexpected property" in each for each in found)
    assert any("status: Missing property" in each for each in found)


def test_a_year_is_whole_and_reads_without_a_viewer():
    made = document(shared(made_up(1)))
    assert_whole(made)
    assert "In relief when" in told(made)


def test_nothing_is_lost_on_the_way_through_the_models():
    made = document(shared(person()))
    assert through_the_models(made) == as_written(made)


def test_the_same_diary_gives_the_same_bytes_and_collection_the_same_resources():
    assert document(shared(person())) == document(shared(person()))
    one, other = json.loads(document(shared(person()))), json.loads(collection(shared(person())))
    assert (one["type"], other["type"]) == ("document", "collection")
    assert one["entry"] == other["entry"]


def test_every_section_is_there_and_says_when_it_is_empty():
    (front,) = resources(document(shared(person())), "Composition")
    assert [each["code"]["coding"][0]["code"] for each in front["section"]] == SECTIONS
    assert not any("emptyReason" in each for each in front["section"])
    (empty,) = resources(document(shared(DiaryData())), "Composition")
    assert [each["emptyReason"]["text"] in each["text"]["div"] for each in empty["section"]] == [True] * len(SECTIONS)


def test_everything_is_marked_as_told_by_the_patient():
    for resource in resources(document(shared(person()))):
        assert [label["code"] for label in resource["meta"]["security"]] == ["PATAST"]
        assert [tag["code"] for tag in resource["meta"]["tag"]] == ["patient-supplied"]


def test_a_session_as_a_medication_statement():
    taken, other = resources(document(shared(person())), "MedicationStatement")
    assert taken["status"] == "completed"
    assert taken["effectivePeriod"] == {"start": "2026-10-09T10:30:00+02:00", "end": "2026-10-09T11:15:00+02:00"}
    assert taken["reasonCode"] == [{"text": "symptoms were coming back"}]
    assert [each["text"] for each in taken["note"]] == ["Intention: Rest", "Waves & <light>"]
    (dosage,) = taken["dosage"]
    assert dosage["text"] == "40.5 mg (0.57 mg/kg), intravenous, 45 min, series 3"
    assert [each["code"] for each in dosage["route"]["coding"]] == ["47625008", "20045000"]
    dose = {"value": 40.5, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}
    assert dosage["doseAndRate"] == [{"doseQuantity": dose}]
    assert taken["medicationCodeableConcept"]["coding"][0]["code"] == "690G0D6V8H"
    assert (other["medicationCodeableConcept"], other["status"]) == ({"text": "Lorazepam"}, "unknown")


def test_a_session_with_only_a_day_and_a_route_says_nothing_else():
    bare = records.Session(id=UUID(int=1), day=TODAY, route=enums.Route.NASAL)
    (taken,) = resources(document(shared(DiaryData(sessions=(bare,)))), "MedicationStatement")
    assert taken["effectiveDateTime"] == "2026-11-23"
    assert taken["dosage"] == [{"text": "nasal", "route": taken["dosage"][0]["route"]}]
    assert set(taken).isdisjoint({"note", "reasonCode", "category"})
    assert "coding" not in taken["medicationCodeableConcept"]


def test_a_session_of_tomorrow_is_intended():
    ahead = session(day=TODAY + timedelta(days=1), other_medicines=())
    (taken,) = resources(document(shared(person(sessions=(ahead,)))), "MedicationStatement")
    assert taken["status"] == "intended"


def test_vital_signs_by_their_profiles():
    made = document(shared(person()))
    (pressure,) = by_text(made, "Blood pressure")
    assert pressure["meta"]["profile"] == ["http://hl7.org/fhir/StructureDefinition/bp"]
    assert pressure["effectiveDateTime"] == "2026-10-09T10:25:00+02:00"
    assert [(each["code"]["coding"][0]["code"], each["valueQuantity"]["value"]) for each in pressure["component"]] == [
        ("8480-6", 124),
        ("8462-4", 77),
    ]
    (oxygen,) = by_text(made, "Oxygen saturation (SpO2)")
    assert [each["code"] for each in oxygen["code"]["coding"]] == ["59408-5", "2708-6"]
    (weight,) = by_text(made, "Body weight")
    assert (weight["valueQuantity"]["value"], weight["valueQuantity"]["code"]) == (71, "kg")


def test_half_a_blood_pressure_says_what_is_missing():
    half = session(vitals=(records.Vital(systolic=130),))
    (pressure,) = by_text(document(shared(person(sessions=(half,)))), "Blood pressure")
    assert pressure["component"][1]["dataAbsentReason"]["coding"][0]["code"] == "unknown"


def test_scores_and_their_answers():
    made = document(shared(person()))
    first, *_ = resources(made, "QuestionnaireResponse")
    form = first["contained"][0]
    assert first["questionnaire"] == f"#{form['id']}"
    assert "No permission required" in form["copyright"]
    assert "LOINC" in form["copyright"]
    assert [each["linkId"] for each in first["item"]] == [
        each["linkId"] for each in form["item"] if each["type"] != "display"
    ]
    assert first["item"][8]["answer"][0]["valueCoding"]["code"] == "LA6570-1"
    assert first["item"][9]["answer"][0]["valueCoding"]["display"] == "Very difficult"
    score = by_text(made, "PHQ-9 score")[0]
    assert (score["code"]["coding"][0]["code"], score["valueQuantity"]["value"]) == ("44261-6", 18)
    assert score["interpretation"] == [{"text": "moderately severe"}]
    assert score["derivedFrom"] == [{"reference": f"urn:uuid:{first['id']}"}]
    (peg,) = by_text(made, "PEG score")
    assert peg["valueQuantity"]["value"] == 6.7
    (typed,) = by_text(made, "MADRS total, as told by a clinic")
    assert "derivedFrom" not in typed


def test_ratings_and_habits():
    made = document(shared(person()))
    (pain,) = by_text(made, "Pain")
    assert (pain["code"]["coding"][0]["code"], pain["valueQuantity"]["value"]) == ("72514-3", 3)
    (sleep,) = by_text(made, "Sleep")
    assert (sleep["valueQuantity"]["value"], sleep["valueQuantity"]["code"]) == (7.5, "h")
    (piano,) = by_text(made, "Piano")
    assert (piano["code"]["coding"][0]["code"], piano["valueBoolean"]) == ("own-habit", True)


def after(score: int, day: int) -> records.Answers:
    return phq9(100 + day, date(2026, 10, 9) + timedelta(days=day), tuple(int(n < score) for n in range(9)))


@pytest.mark.parametrize(
    ("later", "value"),
    [
        ([after(2, 7), after(9, 14), after(9, 21)], {"valueRange": (7, 14)}),
        ([after(2, 7), after(2, 14)], {"valueQuantity": (">", 14)}),
        ([], {"dataAbsentReason": "not-performed"}),
    ],
)
def test_relief_of_a_session(later, value):
    limit = records.Rule(measure="phq9", kind=enums.RuleKind.AT_MOST, value=500, recorded_at=MADE)
    before = phq9(20, date(2026, 10, 6), (2,) * 9)
    made = document(shared(person(answers=(before, *later), rules=(limit,))))
    (found,) = by_text(made, "Days in relief after the session: PHQ-9")
    assert found["method"]["text"].startswith("In relief when at most a number you choose (5 or lower).")
    assert found["effectiveDateTime"] == "2026-10-09"
    (name,) = value
    if name == "valueRange":
        assert (found[name]["low"]["value"], found[name]["high"]["value"]) == value[name]
        assert found[name]["low"]["code"] == "d"
        assert len(found["derivedFrom"]) == 2
    elif name == "valueQuantity":
        assert (found[name]["comparator"], found[name]["value"]) == value[name]
    else:
        assert found[name]["coding"][0]["code"] == value[name]


def test_an_end_told_by_the_next_session_does_not_rest_on_what_was_noted_that_day():
    limit = records.Rule(measure="phq9", kind=enums.RuleKind.AT_MOST, value=500, recorded_at=MADE)
    back = session(11, day=date(2026, 10, 27))
    answers = (phq9(20, date(2026, 10, 6), (2,) * 9), after(2, 7), replace(after(1, 18), local_time=time(20)))
    made = document(shared(person(sessions=(session(), back), answers=answers, rules=(limit,))))
    first, _ = by_text(made, "Days in relief after the session: PHQ-9")
    assert (first["valueRange"]["low"]["value"], first["valueRange"]["high"]["value"]) == (7, 18)
    read = {f"urn:uuid:{each['id']}": each["effectiveDateTime"] for each in by_text(made, "PHQ-9 score")}
    assert [read[each["reference"]][:10] for each in first["derivedFrom"]] == ["2026-10-16"]


def test_relief_that_never_came_has_no_value():
    bad = [after(9, 1), after(9, 3), after(9, 6)]
    limit = records.Rule(measure="phq9", kind=enums.RuleKind.AT_MOST, value=500, recorded_at=MADE)
    made = document(shared(person(answers=(phq9(20, date(2026, 10, 6), (2,) * 9), *bad), rules=(limit,))))
    (found,) = by_text(made, "Days in relief after the session: PHQ-9")
    assert found["dataAbsentReason"]["text"] == "no response"
    assert not any(name.startswith("value") for name in found)


def test_three_time_zones_keep_their_own_offset():
    zones = {"+05:45": 345, "-08:00": -480, "+00:00": 0}
    whole = DiaryData(
        tracked=built_in(),
        check_ins=tuple(
            check_in(number, TODAY, at=(time(9, 30), minutes), pain=100)
            for number, minutes in enumerate(zones.values())
        ),
    )
    found = {each["effectiveDateTime"] for each in by_text(document(shared(whole)), "Pain")}
    assert found == {f"2026-11-23T09:30:00{zone}" for zone in zones}


@pytest.mark.parametrize("at", [None, (time(9, 30), None), (time(1, 30), 60)])
def test_no_time_is_made_up(at):
    """Without a time or an offset, or in the small hours that may be of either date, the diary day stands alone."""
    made = document(shared(DiaryData(tracked=built_in(), check_ins=(check_in(1, TODAY, at=at, pain=100),))))
    assert by_text(made, "Pain")[0]["effectiveDateTime"] == "2026-11-23"


def test_a_hidden_name_leaves_no_trace():
    made = document(hidden(person())).decode().casefold()
    for name in ("ada", "byron", "larsen", "jonas", "mira", "555 0142", "1980-02-29"):
        assert not re.search(rf"(?<!\w){name}(?!\w)", made)
    (patient,) = resources(document(hidden(person())), "Patient")
    assert set(patient) == {"resourceType", "id", "meta"}
    assert "Ada Byron, born 1980-02-29" in told(document(shared(person())))


def test_withheld_answers_leave_the_total_alone():
    made = document(shared(person(), consent=Consent(safety_answers=False, notes=True)))
    assert b"44260-8" not in made
    assert [resource["contained"][0]["id"] for resource in resources(made, "QuestionnaireResponse")] == ["peg"]
    scores = by_text(made, "PHQ-9 score")
    assert [score["valueQuantity"]["value"] for score in scores] == [18, 4, 3]
    assert not any("derivedFrom" in score for score in scores)
    assert "answers to single questions withheld by the patient" in told(made)


def test_session_notes_are_withheld_unless_asked_for():
    made = document(shared(person(), consent=Consent(safety_answers=True)))
    assert "Waves" not in made.decode()
    assert "Intention" not in made.decode()


def test_only_the_period_goes_out():
    choices = replace(ALL, period=enums.Period.OWN, from_day=date(2026, 10, 10), to_day=TODAY)
    made = document(shared(person(), choices))
    assert resources(made, "MedicationStatement") == []
    assert "2026-10-09" not in made.decode()
    assert_whole(made)


def test_a_note_of_a_hundred_thousand_characters_stays_whole(tmp_path):
    note = "A <b>long</b> day & night 🌿\n" * 3600
    made = document(shared(person(check_ins=(check_in(1, TODAY, note),))))
    (found,) = by_text(made, "Diary note")
    assert found["valueString"] == note
    assert told(made).count("A <b>long</b> day & night 🌿") == 3600
    assert problems(tmp_path, made) == [[]]


def test_the_moment_comes_from_what_is_shared():
    later = replace(shared(person()), made_at=datetime.fromisoformat("2026-11-24T09:00:00-05:00"))
    read = json.loads(document(later))
    assert read["timestamp"] == "2026-11-24T09:00:00-05:00"
    assert read["entry"][0]["resource"]["date"] == read["timestamp"]


def test_every_unit_is_ucum_and_every_choice_of_code_is_published():
    units = {"mg", "kg", "mm[Hg]", "/min", "%", "{score}", "h", "min", "d", "{count}"}
    local = json.loads((Path(__file__).parents[3] / "resources/fhir/CodeSystem-kt.json").read_text(encoding="utf-8"))
    known = {each["code"] for each in local["concept"]}
    for each in walk(json.loads(document(shared(made_up(1))))):
        if each.get("system") == "http://unitsofmeasure.org":
            assert each["code"] in units
        if each.get("system") == local["url"]:
            assert each["code"] in known
