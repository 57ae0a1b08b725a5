"""Sessions as the patient tells them: a MedicationStatement each, what it was like, and what came after it."""

from collections.abc import Iterator

from ketatrack.formats.fhir import codes
from ketatrack.formats.fhir.parts import FhirContext, Resource, identity, plain, reference
from ketatrack.formats.fhir.resources import observation
from ketatrack.i18n import _
from ketatrack.models import labels
from ketatrack.models.enums import Place, Reason
from ketatrack.models.records import Session

_USES = {Place.CLINIC: "outpatient", Place.HOME: "community"}
_RATINGS = ("detached", "sleepy", "nausea", "mood_before", "mood_after")


def statement(session: Session, teller: FhirContext, *, planned: bool = False) -> Resource:
    """Return the MedicationStatement of one session; `planned` where it still lies ahead."""
    drug = str(session.drug) if session.drug else "not_said"
    resource: Resource = {
        "resourceType": "MedicationStatement",
        "id": identity(session.id, "statement"),
        "meta": codes.patient_supplied(),
        "status": "intended" if planned else "completed",
        "medicationCodeableConcept": codes.concept("drugs", drug),
        "subject": teller.patient,
        **teller.calendar.session(session),
        "informationSource": teller.patient,
        "dosage": [_dosage(session)],
    }
    if session.place:
        resource["category"] = {"coding": [{"system": codes.system("use"), "code": _USES[session.place]}]}
    if session.reason is not Reason.NOT_SAID:
        resource["reasonCode"] = [{"text": labels.reason_in_text(session.reason)}]
    notes = [text for text in (intention_words(session), plain(session.notes)) if text]
    return resource | ({"note": [{"text": note} for note in notes]} if notes else {})


def medicines(session: Session, teller: FhirContext) -> list[Resource]:
    """Other medicines taken around a session, by the kinds that clinics ask about."""
    return [
        {
            "resourceType": "MedicationStatement",
            "id": identity(session.id, "medicine", number),
            "meta": codes.patient_supplied(),
            "status": "unknown",
            "medicationCodeableConcept": {"text": plain(medicine)},
            "subject": teller.patient,
            "effectiveDateTime": session.day.isoformat(),
            "informationSource": teller.patient,
        }
        for number, medicine in enumerate(labels.medicines(session))
        if plain(medicine)
    ]


def experience(session: Session, teller: FhirContext, statement: Resource) -> Iterator[Resource]:
    """Ratings, side effects and aftercare as Observations, and psychotherapy as a Procedure, all part of a session."""
    at = teller.calendar.entry(session)
    part_of = {"partOf": [reference(statement)]}
    for name in _RATINGS:
        rated = getattr(session, name)
        if rated is not None:
            value = codes.hundredths(rated, "score")
            yield observation(name, identity(session.id, name), teller, at, valueQuantity=value, **part_of)
    for number, effect in enumerate(side_effect for side_effect in labels.side_effects(session) if plain(side_effect)):
        named = {"text": plain(effect)}
        yield observation(
            "side_effect",
            identity(session.id, "side_effect", number),
            teller,
            at,
            valueCodeableConcept=named,
            **part_of,
        )
    yield from _aftercare(session, teller, part_of)


def intention_words(session: Session) -> str:
    """Return the intention, named as one; "" without."""
    text = plain(session.intention)
    return _("Intention: {words}").format(words=text) if text else ""


def dose_words(session: Session) -> str:
    """Return the dose with its weight-related one: "40 mg (0.57 mg/kg)"."""
    if session.dose_mg is None:
        return ""
    dose = f"{_decimal(session.dose_mg)} mg"
    by_weight = session.mg_per_kg
    return dose if by_weight is None else f"{dose} ({float(by_weight):.2f} mg/kg)"


def duration_words(session: Session) -> str:
    """How long it took; "" where that was not noted."""
    return "" if session.duration_minutes is None else f"{session.duration_minutes} min"


def _dosage(session: Session) -> Resource:
    route = codes.concept("routes", session.route)
    sentences = (dose_words(session), route["text"].lower(), duration_words(session), labels.phase_in_text(session))
    resource: Resource = {"text": ", ".join(text for text in sentences if text), "route": route}
    if session.dose_mg is not None:
        resource["doseAndRate"] = [{"doseQuantity": codes.hundredths(session.dose_mg, "mg")}]
    return resource


def _aftercare(session: Session, teller: FhirContext, part_of: Resource) -> Iterator[Resource]:
    day = session.day.isoformat()
    if session.taken_home is not None:
        by = plain(session.taken_home_by)
        note = {"note": [{"text": by}]} if by else {}
        value = {"valueBoolean": session.taken_home}
        yield observation("taken_home", identity(session.id, "taken_home"), teller, day, **value, **note, **part_of)
    if session.talked_through is not None:
        value = {"valueBoolean": session.talked_through}
        yield observation("talked_through", identity(session.id, "talked"), teller, day, **value, **part_of)
    if session.psychotherapy:
        yield {
            "resourceType": "Procedure",
            "id": identity(session.id, "psychotherapy"),
            "meta": codes.patient_supplied(),
            "status": "completed",
            "code": codes.concept("procedures", "psychotherapy"),
            "subject": teller.patient,
            "performedDateTime": day,
            "asserter": teller.patient,
        }


def _decimal(hundredths: int) -> str:
    return f"{codes.hundredths(hundredths, 'mg')['value']:g}"
