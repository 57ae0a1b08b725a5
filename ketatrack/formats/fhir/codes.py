"""The codes, units and labels of resources/fhir/codes.toml, as pieces of FHIR.

Which code stands for what is decided in that file, with its source; nothing of it is in code.
"""

from fractions import Fraction
from functools import cache

from ketatrack.formats.fhir.code_table import table
from ketatrack.formats.fhir.parts import Part, Resource

OBSERVATIONS = "observations"


def system(name: str) -> str:
    """Return the address of a code system by its short name."""
    return str(table()["systems"][name])


def words(group: str, name: str) -> str:
    """Return what a code means, in words."""
    return str(table()[group][name]["text"])


def known(group: str, name: str) -> bool:
    """Whether the file has an entry of that name."""
    return name in table()[group]


@cache
def concept(group: str, name: str, text: str = "") -> Part:
    """Return a CodeableConcept; `text` in place of the file's own words, for what the person named themselves."""
    entry = table()[group][name]
    codings = [item | {"system": system(item["system"])} for item in entry["codings"]]
    return Part("CodeableConcept", ({"coding": codings} if codings else {}) | {"text": text or entry["text"]})


@cache
def category(name: str) -> Part:
    """Return an Observation's category as HL7 names it: vital-signs, survey, activity, social-history."""
    return Part("CodeableConcept", {"coding": [{"system": system("category"), "code": name}]})


@cache
def loinc(code: str, text: str) -> Part:
    """Return a CodeableConcept of one LOINC code; only words where `code` is empty."""
    coding = {"coding": [{"system": system("loinc"), "code": code}]} if code else {}
    return Part("CodeableConcept", coding | {"text": text})


@cache
def patient_supplied(profile: str = "") -> Part:
    """Return the meta of everything a patient supplied: asserted by the patient, and tagged so."""
    labels: Resource = {
        "security": [{"system": system("integrity"), "code": "PATAST"}],
        "tag": [{"system": system("us_core_tags"), "code": "patient-supplied"}],
    }
    return Part("Meta", ({"profile": [profile]} if profile else {}) | labels)


@cache
def quantity(value: Fraction | int, unit: str, comparator: str = "") -> Part:
    """Return a value with its UCUM unit (a name of codes.toml), and ">" where only a lower bound is known."""
    names = table()["units"][unit]
    more = {"comparator": comparator} if comparator else {}
    named = {"unit": names["words"], "system": system("ucum"), "code": names["code"]}
    return Part("Quantity", {"value": number(value)} | more | named)


def number(value: Fraction | int) -> int | float:
    """Return a number as JSON writes it: whole ones without a point, others with up to two decimals."""
    return int(value) if value == int(value) else float(round(value, 2))


def hundredths(stored: int, unit: str) -> Part:
    """Return a stored number of hundredths with its unit."""
    return quantity(Fraction(stored, 100), unit)


@cache
def absent(code: str, text: str) -> Part:
    """Why a value is not there: a code of HL7's data-absent-reason, and words."""
    return Part("CodeableConcept", {"coding": [{"system": system("absent"), "code": code}], "text": text})
