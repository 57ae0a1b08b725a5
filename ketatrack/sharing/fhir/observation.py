"""One Observation: what all of them have in common."""

from typing import Any

from ketatrack.sharing.fhir import codes
from ketatrack.sharing.fhir.parts import Resource
from ketatrack.sharing.fhir.table import table
from ketatrack.sharing.fhir.teller import Teller


def observation(name: str, identity: str, teller: Teller, when: str, **more: Any) -> Resource:
    """An Observation of the patient, by the patient.

    Args:
        name: its entry under `observations` in codes.toml.
        identity: its id.
        teller: whose Observation it is, and who made it.
        when: a FHIR dateTime.
        more: value and anything else; `code` in place of the entry's own.
    """
    entry = table()[codes.OBSERVATIONS][name]
    return {
        "resourceType": "Observation",
        "id": identity,
        "meta": codes.patient_supplied(entry.get("profile", "")),
        "status": "final",
        "category": [codes.category(entry["category"])],
        "code": codes.concept(codes.OBSERVATIONS, name),
        "subject": teller.patient,
        "effectiveDateTime": when,
        "performer": [teller.patient],
    } | more
