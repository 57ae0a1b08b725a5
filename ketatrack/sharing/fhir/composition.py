"""The document's front page and table of contents: a FHIR Composition whose sections read on their own."""

from collections.abc import Callable

from ketatrack import __version__
from ketatrack.i18n import translate
from ketatrack.sharing.fhir import codes, tables
from ketatrack.sharing.fhir.content import Content
from ketatrack.sharing.fhir.narrative import narrative, paragraph, plain
from ketatrack.sharing.fhir.parts import Resource, check, identity, reference
from ketatrack.sharing.fhir.table import notice
from ketatrack.sharing.fhir.times import written
from ketatrack.sharing.shared import Shared

_TABLES: dict[str, Callable[[Shared], str]] = {
    "medications": tables.medications,
    "results": tables.results,
    "vitals": tables.vitals,
    "habits": tables.habits,
    "story": tables.story,
    "questions": tables.questions,
}


def tr(text: str) -> str:
    """`text` in the person's language."""
    return translate("Fhir", text)


def composition(shared: Shared, content: Content) -> Resource:
    """The Composition that comes first in the document."""
    patient = reference(content.patient)
    sections = [_section(name, shared, content) for name in _TABLES]
    made: Resource = {
        "resourceType": "Composition",
        "id": identity(content.patient["id"], "composition", written(shared.made_at)),
        "meta": codes.patient_supplied(),
        "text": narrative(*map(paragraph, front_page(shared))),
        "status": "final",
        "type": codes.concept("documents", "note"),
        "subject": patient,
        "date": written(shared.made_at),
        "author": [patient],
        "title": codes.words("documents", "note"),
        "event": [{"period": {"start": shared.first.isoformat(), "end": shared.last.isoformat()}}],
    }
    # The entries are tens of thousands of references of one form: the first of each section is checked.
    check(made | {"section": [each | {"entry": each["entry"][:1]} if "entry" in each else each for each in sections]})
    return made | {"section": sections}


def front_page(shared: Shared) -> list[str]:
    """Who, which days, and what this is, one paragraph each."""
    profile, name = shared.diary.profile, plain(shared.diary.profile.name)
    born = tr(", born {day}").format(day=profile.birth_date.isoformat()) if profile.birth_date else ""
    hidden = tr("The name was hidden by the patient.") if shared.choices.hide_name else tr("No name was entered.")
    period = tr("Period: {first} to {last}; {days} of {all} days have entries.")
    return [
        f"{name}{born}" if name else hidden,
        period.format(
            first=shared.first.isoformat(), last=shared.last.isoformat(), days=shared.days_with_entries, all=shared.days
        ),
        tr("Written down by the patient and not checked by anyone else. Not medical advice."),
        tr("Made by KetaTrack {version} on {moment}.").format(version=__version__, moment=written(shared.made_at)),
        notice("loinc"),
    ]


def _section(name: str, shared: Shared, content: Content) -> Resource:
    code, block, entries = codes.concept("sections", name), _TABLES[name](shared), content.sections[name]
    made: Resource = {
        "title": code["text"],
        "code": code,
        "text": narrative(block or paragraph(_nothing(name))),
    }
    if entries:
        return made | {"entry": [reference(each) for each in entries]}
    if block:
        return made
    reason = {"system": codes.system("empty"), "code": "unavailable"}
    return made | {"emptyReason": {"coding": [reason], "text": _nothing(name)}}


def _nothing(name: str) -> str:
    return {
        "medications": tr("No sessions in this period."),
        "results": tr("No questionnaires and no ratings in this period."),
        "vitals": tr("No vital signs in this period."),
        "habits": tr("No habits in this period."),
        "story": tr("No notes in this period."),
        "questions": tr("No questions were written down."),
    }[name]
