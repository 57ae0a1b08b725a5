"""One Observation: what all of them have in common."""

from typing import Any

from ketatrack.sharing.fhir import codes
from ketatrack.sharing.fhir.parts import Part, Resource


def observation(name: str, identity: str, patient: Part, when: str, **more: Any) -> Resource:
    """An Observation of the patient, by the patient.

    Args:
        name: its entry under `observations` in codes.toml.
        identity: its id.
        patient: a reference to the patient.
        when: a FHIR dateTime.
        more: value and anything else; `code` in place of the entry's own.
    """
    entry = codes.table()[codes.OBSERVATIONS][name]
    return {
        "resourceType": "Observation",
        "id": identity,
        "meta": codes.patient_supplied(entry.get("profile", "")),
        "status": "final",
        "category": [codes.category(entry["category"])],
        "code": codes.concept(codes.OBSERVATIONS, name),
        "subject": patient,
        "effectiveDateTime": when,
        "performer": [patient],
    } | more
