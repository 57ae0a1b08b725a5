"""Sessions as the patient tells them: a MedicationStatement each, what it was like, and how long relief lasted after.

Of relief is said between which two days it ended, or how long it was seen at least.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from ketatrack.analysis.episodes import Span, Status
from ketatrack.analysis.result import Relief
from ketatrack.analysis.sentences import baseline_words, how_it_ended, limit_words
from ketatrack.formats.fhir import codes
from ketatrack.formats.fhir.parts import FhirContext, Part, Resource, fhir_text, identity, reference
from ketatrack.formats.fhir.resources import observation
from ketatrack.i18n import _
from ketatrack.models import labels
from ketatrack.models.enums import Place, Reason
from ketatrack.models.records import Session

_USES = {Place.CLINIC: "outpatient", Place.HOME: "community"}
_ABSENT = {Status.NO_RESPONSE: "not-applicable", Status.NOT_ASSESSED: "not-performed"}
_RATINGS = ("detached", "sleepy", "nausea", "mood_before", "mood_after")


def statement(session: Session, context: FhirContext, *, planned: bool = False) -> Resource:
    """Return the MedicationStatement of one session; `planned` where it still lies ahead."""
    drug = str(session.drug) if session.drug else "not_said"
    resource: Resource = {
        "resourceType": "MedicationStatement",
        "id": identity(session.id, "statement"),
        "meta": codes.patient_supplied(),
        "status": "intended" if planned else "completed",
        "medicationCodeableConcept": codes.concept("drugs", drug),
        "subject": context.patient,
        **context.calendar.session(session),
        "informationSource": context.patient,
        "dosage": [_dosage(session)],
    }
    if session.place:
        resource["category"] = {"coding": [{"system": codes.system("use"), "code": _USES[session.place]}]}
    if session.reason is not Reason.NOT_SAID:
        resource["reasonCode"] = [{"text": labels.reason_in_text(session.reason)}]
    notes = [text for text in (intention_words(session), fhir_text(session.notes)) if text]
    return resource | ({"note": [{"text": note} for note in notes]} if notes else {})


def medicines(session: Session, context: FhirContext) -> list[Resource]:
    """Other medicines taken around a session, by the kinds that clinics ask about."""
    return [
        {
            "resourceType": "MedicationStatement",
            "id": identity(session.id, "medicine", number),
            "meta": codes.patient_supplied(),
            "status": "unknown",
            "medicationCodeableConcept": {"text": fhir_text(medicine)},
            "subject": context.patient,
            "effectiveDateTime": session.day.isoformat(),
            "informationSource": context.patient,
        }
        for number, medicine in enumerate(labels.medicines(session))
        if fhir_text(medicine)
    ]


def experience(session: Session, context: FhirContext, statement: Resource) -> Iterator[Resource]:
    """Ratings, side effects and aftercare as Observations, and psychotherapy as a Procedure, all part of a session."""
    at = context.calendar.entry(session)
    part_of = {"partOf": [reference(statement)]}
    for name in _RATINGS:
        rated = getattr(session, name)
        if rated is not None:
            value = codes.hundredths(rated, "score")
            yield observation(name, identity(session.id, name), context, at, valueQuantity=value, **part_of)
    for number, effect in enumerate(filter(None, map(fhir_text, labels.side_effects(session)))):
        named = {"text": effect}
        yield observation(
            "side_effect",
            identity(session.id, "side_effect", number),
            context,
            at,
            valueCodeableConcept=named,
            **part_of,
        )
    yield from _aftercare(session, context, part_of)


def intention_words(session: Session) -> str:
    """Return the intention, named as one; "" without."""
    text = fhir_text(session.intention)
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


def _aftercare(session: Session, context: FhirContext, part_of: Resource) -> Iterator[Resource]:
    day = session.day.isoformat()
    if session.taken_home is not None:
        by = fhir_text(session.taken_home_by)
        note = {"note": [{"text": by}]} if by else {}
        value = {"valueBoolean": session.taken_home}
        yield observation("taken_home", identity(session.id, "taken_home"), context, day, **value, **note, **part_of)
    if session.talked_through is not None:
        value = {"valueBoolean": session.talked_through}
        yield observation("talked_through", identity(session.id, "talked"), context, day, **value, **part_of)
    if session.psychotherapy:
        yield {
            "resourceType": "Procedure",
            "id": identity(session.id, "psychotherapy"),
            "meta": codes.patient_supplied(),
            "status": "completed",
            "code": codes.concept("procedures", "psychotherapy"),
            "subject": context.patient,
            "performedDateTime": day,
            "asserter": context.patient,
        }


def _decimal(hundredths: int) -> str:
    return f"{codes.hundredths(hundredths, 'mg')['value']:g}"


def relief_observations(
    result: Relief,
    spans: Sequence[Span],
    context: FhirContext,
    statements: Mapping[object, Resource],
    read: Mapping[date, Sequence[Resource]],
) -> Iterator[Resource]:
    """One Observation for each of `spans`.

    Args:
        result: relief on one measure.
        spans: those of its spans whose sessions are shared.
        context: whose relief it is.
        statements: the MedicationStatements of the shared sessions by the session's id.
        read: the shared scores of this measure by diary day.
    """
    method = Part("CodeableConcept", {"text": fhir_text(method_words(result))})
    code = codes.concept(
        codes.OBSERVATIONS, "relief", fhir_text(f"{codes.words('observations', 'relief')}: {result.measure.name}")
    )
    for span in spans:
        sessions = [statements[session_id] for session_id in span.session_ids if session_id in statements]
        sources = [source for day in _days_read(span) for source in read.get(day, ())]
        more: Resource = {"partOf": [reference(session) for session in sessions]}
        if sources:
            more["derivedFrom"] = [reference(source) for source in sources]
        more["note"] = [{"text": fhir_text(span.note)}]
        key = identity(span.session_ids[-1], "relief", result.measure.key)
        text = {"interpretation": [{"text": how_it_ended(span)}], "method": method, "code": code}
        yield observation("relief", key, context, span.day.isoformat(), **text, **_days_in_relief(span), **more)


def _days_read(span: Span) -> list[date]:
    """Return the days whose readings tell how long relief lasted.

    None of the day of the next session: where that session is the end, its reason told so, and what was noted on its
    day may be of the time after it.
    """
    ends = (end for end in (span.lower, span.upper) if end is not None and end != span.next_day)
    return [span.day + timedelta(days=end) for end in ends]


def method_words(result: Relief) -> str:
    """How days in relief were worked out: the rule, the baseline, and what the two numbers mean."""
    line = limit_words(result)
    rule = labels.rule(result.rule, result.measure.higher_is_better)
    text = _("In relief when {rule}{line}. {baseline}.").format(
        rule=rule, line=f" ({line})" if line else "", baseline=baseline_words(result.measure, result.baseline)
    )
    return text + " " + _("Days count from the end of the last session of a course.")


def _days_in_relief(span: Span) -> Resource:
    if span.lower is None:
        return {"dataAbsentReason": codes.absent(_ABSENT[span.status], how_it_ended(span))}
    if span.upper is None:
        return {"valueQuantity": codes.quantity(span.lower, "days", ">")}
    return {"valueRange": {"low": codes.quantity(span.lower, "days"), "high": codes.quantity(span.upper, "days")}}
