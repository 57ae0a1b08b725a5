"""Vital signs of sessions, by HL7's vital-signs profiles: blood pressure, pulse, oxygen saturation, weight."""

from collections.abc import Iterator

from ketatrack.models.records import Session, Vital
from ketatrack.sharing.fhir import codes
from ketatrack.sharing.fhir.observation import observation
from ketatrack.sharing.fhir.parts import Resource, identity, reference
from ketatrack.sharing.fhir.teller import Teller


def vital_signs(session: Session, teller: Teller, statement: Resource) -> Iterator[Resource]:
    """Every reading of one session, in order, and its body weight."""
    part_of = {"partOf": [reference(statement)]}
    if session.weight_kg is not None:
        value = {"valueQuantity": codes.hundredths(session.weight_kg, "kg")}
        day = session.day.isoformat()
        yield observation("weight", identity(session.id, "weight"), teller, day, **value, **part_of)
    for number, vital in enumerate(session.vitals):
        at = teller.calendar.when(session, vital.local_time)
        for name, value in _values(vital):
            yield observation(name, identity(session.id, number, name), teller, at, **value, **part_of)


def _values(vital: Vital) -> Iterator[tuple[str, Resource]]:
    if vital.systolic is not None or vital.diastolic is not None:
        pressures = (("systolic", vital.systolic), ("diastolic", vital.diastolic))
        yield "blood_pressure", {"component": [_component(name, value) for name, value in pressures]}
    if vital.pulse is not None:
        yield "pulse", {"valueQuantity": codes.quantity(vital.pulse, "per_minute")}
    if vital.spo2 is not None:
        yield "spo2", {"valueQuantity": codes.quantity(vital.spo2, "percent")}


def _component(name: str, value: int | None) -> Resource:
    code = {"code": codes.concept(codes.OBSERVATIONS, name)}
    if value is None:
        return code | {"dataAbsentReason": codes.absent("unknown", "Not noted")}
    return code | {"valueQuantity": codes.quantity(value, "mmhg")}
