"""Sessions as the patient tells them: a MedicationStatement each, what it was like, and what came after it."""

from collections.abc import Iterator

from ketatrack.i18n import translate
from ketatrack.models import labels
from ketatrack.models.records import Session
from ketatrack.models.values import Place, Reason
from ketatrack.sharing.fhir import codes
from ketatrack.sharing.fhir.narrative import plain
from ketatrack.sharing.fhir.observation import observation
from ketatrack.sharing.fhir.parts import Resource, identity, reference
from ketatrack.sharing.fhir.teller import Teller

_USES = {Place.CLINIC: "outpatient", Place.HOME: "community"}
_RATINGS = ("detached", "sleepy", "nausea", "mood_before", "mood_after")


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Fhir", text, n)


def statement(session: Session, teller: Teller, *, planned: bool = False) -> Resource:
    """The MedicationStatement of one session; `planned` where it still lies ahead."""
    drug = str(session.drug) if session.drug else "not_said"
    made: Resource = {
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
        made["category"] = {"coding": [{"system": codes.system("use"), "code": _USES[session.place]}]}
    if session.reason is not Reason.NOT_SAID:
        made["reasonCode"] = [{"text": labels.reason_in_text(session.reason)}]
    notes = [each for each in (intention_words(session), plain(session.notes)) if each]
    return made | ({"note": [{"text": each} for each in notes]} if notes else {})


def medicines(session: Session, teller: Teller) -> list[Resource]:
    """Other medicines taken around a session, by the kinds that clinics ask about."""
    return [
        {
            "resourceType": "MedicationStatement",
            "id": identity(session.id, "medicine", number),
            "meta": codes.patient_supplied(),
            "status": "unknown",
            "medicationCodeableConcept": {"text": plain(each)},
            "subject": teller.patient,
            "effectiveDateTime": session.day.isoformat(),
            "informationSource": teller.patient,
        }
        for number, each in enumerate(labels.medicines(session))
        if plain(each)
    ]


def experience(session: Session, teller: Teller, statement: Resource) -> Iterator[Resource]:
    """Ratings, side effects and aftercare as Observations, and psychotherapy as a Procedure, all part of a session."""
    at = teller.calendar.entry(session)
    part_of = {"partOf": [reference(statement)]}
    for name in _RATINGS:
        rated = getattr(session, name)
        if rated is not None:
            value = codes.hundredths(rated, "score")
            yield observation(name, identity(session.id, name), teller, at, valueQuantity=value, **part_of)
    for number, effect in enumerate(each for each in labels.side_effects(session) if plain(each)):
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
    """The intention, named as one; "" without."""
    said = plain(session.intention)
    return tr("Intention: {words}").format(words=said) if said else ""


def dose_words(session: Session) -> str:
    """The dose with its weight-related one: "40 mg (0.57 mg/kg)"."""
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
    said = (dose_words(session), route["text"].lower(), duration_words(session), labels.phase_in_text(session))
    made: Resource = {"text": ", ".join(each for each in said if each), "route": route}
    if session.dose_mg is not None:
        made["doseAndRate"] = [{"doseQuantity": codes.hundredths(session.dose_mg, "mg")}]
    return made


def _aftercare(session: Session, teller: Teller, part_of: Resource) -> Iterator[Resource]:
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
