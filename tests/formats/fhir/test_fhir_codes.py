"""The codes of the FHIR export: check digits, the published code system, and that no unconfirmed code goes out."""

import json
import tomllib
from pathlib import Path

import pytest

from ketatrack.models.enums import Drug, Route
from ketatrack.models.instruments import instruments
from ketatrack.models.tracked import built_in

RESOURCES = Path(__file__).parents[3] / "resources"
CODES = tomllib.loads((RESOURCES / "fhir" / "codes.toml").read_text(encoding="utf-8"))
LOCAL = json.loads((RESOURCES / "fhir" / "CodeSystem-kt.json").read_text(encoding="utf-8"))
GROUPS = ("documents", "sections", "routes", "drugs", "procedures", "observations")
CODINGS = [coding for group in GROUPS for entry in CODES[group].values() for coding in entry["codings"]]


def codes_of(system: str) -> list[str]:
    return [each["code"] for each in CODINGS if each["system"] == system]


def loincs() -> list[str]:
    found = codes_of("loinc")
    for form in instruments():
        asked = [*form.items, *([form.unscored] if form.unscored else [])]
        found += [form.loinc_panel, form.loinc_total, *(item.loinc for item in asked)]
        found += [option.loinc for item in asked for option in item.options]
    return sorted({code for code in found if code})


@pytest.mark.parametrize("code", ["LA33-6", "LA32-8", *loincs()])
def test_loinc_check_digit(code):
    """Mod 10 (Luhn): every second digit from the right doubled, digits summed, up to the next ten.

    The letters of an answer's code count 5, as in the well-known "Yes" and "No", LA33-6 and LA32-8.
    """
    body, _, check = code.removeprefix("LA").partition("-")
    letters = 5 if code.startswith("LA") else 0
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body))]
    assert (letters - sum(sum(divmod(each, 10)) for each in doubled)) % 10 == int(check)


def dihedral(a: int, b: int) -> int:
    """The product of two elements of the dihedral group of order 10: rotations 0-4, reflections 5-9."""
    if a < 5:
        return (a + b) % 5 if b < 5 else 5 + (a + b) % 5
    return 5 + (a - b) % 5 if b < 5 else (a - b) % 5


def verhoeff(code: str) -> int:
    permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    total = 0
    for place, digit in enumerate(reversed(code)):
        value = int(digit)
        for _ in range(place % 8):
            value = permutation[value]
        total = dihedral(total, value)
    return total


@pytest.mark.parametrize("code", codes_of("snomed"))
def test_snomed_check_digit(code):
    assert verhoeff(code) == 0
    changed = code[:-2] + str((int(code[-2]) + 1) % 10) + code[-1]
    assert verhoeff(changed) != 0


def test_everything_a_diary_can_hold_has_a_code_or_words():
    assert {str(route) for route in Route} == set(CODES["routes"])
    assert {str(drug) for drug in Drug} | {"not_said"} == set(CODES["drugs"])
    assert {item.key for item in built_in()} <= set(CODES["observations"])
    totals = {form.key for form in instruments() if not form.loinc_total}
    assert totals <= set(CODES["observations"])


def test_the_local_code_system_publishes_exactly_what_is_used():
    published = [each["code"] for each in LOCAL["concept"]]
    assert sorted(published) == sorted(codes_of("local"))
    assert LOCAL["count"] == len(set(published)) == len(published)
    assert LOCAL["url"] == CODES["systems"]["local"]
    assert all(each["definition"] for each in LOCAL["concept"])


def test_unconfirmed_codes_stay_out():
    """RxNorm and ATC codes of ketamine and esketamine were never read in a source; they may not go out."""
    assert not {"6130", "2119365", "N01AX03", "N01AX14", "N06AX27"} & {each["code"] for each in CODINGS}


def test_the_code_system_is_valid_by_its_model():
    from fhir.resources.R4B.codesystem import CodeSystem

    assert json.loads(CodeSystem.model_validate(LOCAL).model_dump_json()) == LOCAL
