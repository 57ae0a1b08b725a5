"""The FHIR resources of a diary but for sessions and the relief after them: patient, observations, questionnaires."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Any
from uuid import UUID

from ketatrack.formats.export_data import ExportData
from ketatrack.formats.fhir import codes
from ketatrack.formats.fhir.code_table import notice, table
from ketatrack.formats.fhir.codes import patient_supplied
from ketatrack.formats.fhir.parts import FhirContext, Part, Resource, fhir_text, identity, reference
from ketatrack.models.enums import Kind
from ketatrack.models.instruments import Instrument, Item, Option, instrument
from ketatrack.models.records import Answers, CheckIn, Session, Tracked, Vital

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def observation(name: str, identity: str, context: FhirContext, when: str, **more: Any) -> Resource:
    """Return an Observation of the patient, by the patient.

    Args:
        name: its entry under `observations` in codes.toml.
        identity: its id.
        context: whose Observation it is, and who made it.
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
        "subject": context.patient,
        "effectiveDateTime": when,
        "performer": [context.patient],
    } | more


def patient(shared: ExportData) -> Resource:
    """Return a Patient. What was hidden is no longer in `shared`, so nothing is decided here."""
    profile = shared.diary.profile
    resource: Resource = {"resourceType": "Patient", "id": _identity(shared), "meta": patient_supplied()}
    if fhir_text(profile.name):
        resource["name"] = [{"text": fhir_text(profile.name)}]
    if profile.birth_date:
        resource["birthDate"] = profile.birth_date.isoformat()
    return resource


def _identity(shared: ExportData) -> str:
    """From the oldest entry: the same for every export of it, another for another person's diary."""
    diary = shared.diary
    dated = (
        [(entry.day, entry.id) for entry in entries] for entries in (diary.sessions, diary.check_ins, diary.answers)
    )
    oldest = min(chain.from_iterable(dated), default=None)
    return identity("patient", oldest[1] if oldest else shared.made_at.isoformat())


def vital_signs(session: Session, context: FhirContext, statement: Resource) -> Iterator[Resource]:
    """Every reading of one session, in order, and its body weight."""
    part_of = {"partOf": [reference(statement)]}
    if session.weight_kg is not None:
        value = {"valueQuantity": codes.hundredths(session.weight_kg, "kg")}
        day = session.day.isoformat()
        yield observation("weight", identity(session.id, "weight"), context, day, **value, **part_of)
    for number, vital in enumerate(session.vitals):
        at = context.calendar.when(session, vital.local_time)
        for name, value in _values(vital):
            yield observation(name, identity(session.id, number, name), context, at, **value, **part_of)


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


def values(
    check_in: CheckIn, tracked: Mapping[UUID, Tracked], context: FhirContext
) -> Iterator[tuple[Tracked, Resource]]:
    """Every rating and habit of a check-in, with what it is of."""
    at = context.calendar.entry(check_in)
    for value in check_in.values:
        of = tracked[value.tracked_id]
        name = _entry(of)
        code = codes.concept(codes.OBSERVATIONS, name, fhir_text(of.name))
        content = {"code": code, **_value(of.kind, value.hundredths)}
        yield of, observation(name, identity(check_in.id, of.id), context, at, **content)


def note(check_in: CheckIn, context: FhirContext) -> Resource | None:
    """Return the note of a check-in; None without one."""
    words = fhir_text(check_in.note)
    if not words:
        return None
    at = context.calendar.entry(check_in)
    return observation("note", identity(check_in.id, "note"), context, at, valueString=words)


def _entry(tracked: Tracked) -> str:
    if codes.known(codes.OBSERVATIONS, tracked.key):
        return tracked.key
    return "own_measure" if tracked.is_measure else "own_habit"


def _value(kind: Kind, stored: int) -> Resource:
    if kind is Kind.YES_NO:
        return {"valueBoolean": stored > 0}
    return {"valueQuantity": codes.hundredths(stored, "score" if kind is Kind.RATING else kind)}


def questionnaire(answers: Answers, context: FhirContext) -> Iterator[Resource]:
    """Return the answers where there are any (they may have been withheld), then the score."""
    form = instrument(answers.instrument)
    at = context.calendar.entry(answers)
    more: dict[str, Any] = {}
    if answers.items is not None:
        response = _response(answers, answers.items, form, context, at)
        yield response
        more["derivedFrom"] = [reference(response)]
    band = form.band(answers.total)
    if band:
        more["interpretation"] = [{"text": band.name}]
    if fhir_text(answers.note):
        more["note"] = [{"text": fhir_text(answers.note)}]
    yield _score(answers, form, context, at, more)


def _score(answers: Answers, form: Instrument, context: FhirContext, at: str, more: dict[str, Any]) -> Resource:
    value = {"valueQuantity": codes.quantity(round(form.value(answers.total), 1), "score")}
    name = form.key if codes.known(codes.OBSERVATIONS, form.key) else "score"
    if form.loinc_total:
        more = more | {"code": codes.loinc(form.loinc_total, f"{form.name} score")}
    return observation(name, identity(answers.id, "score"), context, at, **value, **more)


def _response(answers: Answers, items: tuple[int, ...], form: Instrument, context: FhirContext, at: str) -> Resource:
    answered = [_answer(form.key, number, score) for number, score in enumerate(items)]
    if answers.unscored is not None:
        answered.append(_answer(form.key, len(items), answers.unscored))
    return {
        "resourceType": "QuestionnaireResponse",
        "id": identity(answers.id, "answers"),
        "meta": codes.patient_supplied(),
        "contained": [_form(form.key)],
        "questionnaire": f"#{form.key}",
        "status": "completed",
        "subject": context.patient,
        "authored": at,
        "author": context.patient,
        "source": context.patient,
        "item": answered,
    }


@cache
def _form(key: str) -> Part:
    """Return questionnaire itself, to be contained in each response, so that the answers can be read on their own."""
    form = instrument(key)
    lead = [{"linkId": "lead", "text": form.lead, "type": "display"}] if form.lead else []
    return Part(
        "Questionnaire",
        {
            "resourceType": "Questionnaire",
            "id": form.key,
            "title": f"{form.name}: {form.title}",
            "status": "active",
            "subjectType": ["Patient"],
            "copyright": f"{form.copyright}\n{notice('loinc')}",
            "code": [{"system": codes.system("loinc"), "code": form.loinc_panel}],
            "item": lead + [_question(question) for question in _questions(form)],
        },
    )


def _questions(form: Instrument) -> tuple[Item, ...]:
    return form.items + ((form.unscored,) if form.unscored else ())


def _question(item: Item) -> Resource:
    resource: Resource = {
        "linkId": f"/{item.loinc}",
        "code": [{"system": codes.system("loinc"), "code": item.loinc}],
        "text": item.text,
    }
    if all(option.loinc for option in item.options):
        options = [{"valueCoding": _coding(option) | {"extension": [_ordinal(option)]}} for option in item.options]
        return resource | {"type": "choice", "answerOption": options}
    ends = " … ".join(f"{option.score} {option.text}" for option in (item.options[0], item.options[-1]))
    return resource | {"type": "integer", "item": [{"linkId": f"/{item.loinc}/ends", "text": ends, "type": "display"}]}


@cache
def _answer(key: str, number: int, score: int) -> Part:
    item = _questions(instrument(key))[number]
    option = next(candidate for candidate in item.options if candidate.score == score)
    value = {"valueCoding": _coding(option)} if option.loinc else {"valueInteger": score}
    return Part("QuestionnaireResponseItem", {"linkId": f"/{item.loinc}", "text": item.text, "answer": [value]})


def _coding(option: Option) -> Resource:
    return {"system": codes.system("loinc"), "code": option.loinc, "display": option.text}


def _ordinal(option: Option) -> Resource:
    return {"url": ORDINAL, "valueDecimal": option.score}
