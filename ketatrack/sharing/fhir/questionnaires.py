"""Questionnaires: the answers word for word with their codes, and the score; a typed-in total is a score alone."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from ketatrack.models.instruments import Instrument, Item, Option, instrument
from ketatrack.models.records import Answers
from ketatrack.sharing.fhir import codes
from ketatrack.sharing.fhir.narrative import plain
from ketatrack.sharing.fhir.observation import observation
from ketatrack.sharing.fhir.parts import Part, Resource, identity, reference
from ketatrack.sharing.fhir.table import notice
from ketatrack.sharing.fhir.teller import Teller

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def questionnaire(answers: Answers, teller: Teller) -> Iterator[Resource]:
    """The answers where there are any (they may have been withheld), then the score."""
    form = instrument(answers.instrument)
    at = teller.calendar.entry(answers)
    more: dict[str, Any] = {}
    if answers.items is not None:
        response = _response(answers, answers.items, form, teller, at)
        yield response
        more["derivedFrom"] = [reference(response)]
    band = form.band(answers.total)
    if band:
        more["interpretation"] = [{"text": band.name}]
    if plain(answers.note):
        more["note"] = [{"text": plain(answers.note)}]
    yield _score(answers, form, teller, at, more)


def _score(answers: Answers, form: Instrument, teller: Teller, at: str, more: dict[str, Any]) -> Resource:
    value = {"valueQuantity": codes.quantity(round(form.value(answers.total), 1), "score")}
    name = form.key if codes.known(codes.OBSERVATIONS, form.key) else "score"
    if form.loinc_total:
        more = more | {"code": codes.loinc(form.loinc_total, f"{form.name} score")}
    return observation(name, identity(answers.id, "score"), teller, at, **value, **more)


def _response(answers: Answers, items: tuple[int, ...], form: Instrument, teller: Teller, at: str) -> Resource:
    given = [_answer(form.key, number, score) for number, score in enumerate(items)]
    if answers.unscored is not None:
        given.append(_answer(form.key, len(items), answers.unscored))
    return {
        "resourceType": "QuestionnaireResponse",
        "id": identity(answers.id, "answers"),
        "meta": codes.patient_supplied(),
        "contained": [_form(form.key)],
        "questionnaire": f"#{form.key}",
        "status": "completed",
        "subject": teller.patient,
        "authored": at,
        "author": teller.patient,
        "source": teller.patient,
        "item": given,
    }


@cache
def _form(key: str) -> Part:
    """The questionnaire itself, to be contained in each response, so that the answers can be read on their own."""
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
            "item": lead + [_question(each) for each in _questions(form)],
        },
    )


def _questions(form: Instrument) -> tuple[Item, ...]:
    return form.items + ((form.unscored,) if form.unscored else ())


def _question(item: Item) -> Resource:
    made: Resource = {
        "linkId": f"/{item.loinc}", "code": [{"system": codes.system("loinc"), "code": item.loinc}], "text": item.text,
    }  # fmt: skip
    if all(each.loinc for each in item.options):
        options = [{"valueCoding": _coding(each) | {"extension": [_ordinal(each)]}} for each in item.options]
        return made | {"type": "choice", "answerOption": options}
    ends = " … ".join(f"{each.score} {each.text}" for each in (item.options[0], item.options[-1]))
    return made | {"type": "integer", "item": [{"linkId": f"/{item.loinc}/ends", "text": ends, "type": "display"}]}


@cache
def _answer(key: str, number: int, score: int) -> Part:
    item = _questions(instrument(key))[number]
    option = next(each for each in item.options if each.score == score)
    value = {"valueCoding": _coding(option)} if option.loinc else {"valueInteger": score}
    return Part(
        "QuestionnaireResponseItem", {"linkId": f"/{item.loinc}", "text": item.text, "answer": [value]}
    )  # fmt: skip


def _coding(option: Option) -> Resource:
    return {"system": codes.system("loinc"), "code": option.loinc, "display": option.text}


def _ordinal(option: Option) -> Resource:
    return {"url": ORDINAL, "valueDecimal": option.score}
