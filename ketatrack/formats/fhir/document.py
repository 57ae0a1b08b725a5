"""One diary as a FHIR R4 Bundle: a document for people and clinics, with its table of contents."""

import json
from collections.abc import Callable, Iterable
from itertools import chain

from ketatrack import __version__
from ketatrack.formats.export_data import ExportData
from ketatrack.formats.fhir import codes
from ketatrack.formats.fhir import narrative as narrative_tables
from ketatrack.formats.fhir.code_table import notice
from ketatrack.formats.fhir.content import Content, content
from ketatrack.formats.fhir.parts import Resource, check, fhir_text, identity, narrative, paragraph, reference, written
from ketatrack.i18n import _

_TABLES: dict[str, Callable[[ExportData], str]] = {
    "medications": narrative_tables.medications,
    "results": narrative_tables.results,
    "vitals": narrative_tables.vitals,
    "habits": narrative_tables.habits,
    "story": narrative_tables.story,
    "questions": narrative_tables.questions,
}


def composition(shared: ExportData, content: Content) -> Resource:
    """Return the Composition that comes first in the document."""
    patient = reference(content.patient)
    sections = [_section(name, shared, content) for name in _TABLES]
    resource: Resource = {
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
    check(
        resource
        | {
            "section": [
                section | {"entry": section["entry"][:1]} if "entry" in section else section for section in sections
            ]
        }
    )
    return resource | {"section": sections}


def front_page(shared: ExportData) -> list[str]:
    """Who, which days, and what this is, one paragraph each."""
    profile, name = shared.diary.profile, fhir_text(shared.diary.profile.name)
    named = _("{name}, born {day}") if profile.birth_date else "{name}"
    who = named.format(name=name, day=profile.birth_date.isoformat() if profile.birth_date else "")
    hidden = _("The name was hidden by the patient.") if shared.choices.hide_name else _("No name was entered.")
    period = _("Period: {first} to {last}; {days} of {all} days have entries.")
    return [
        who if name else hidden,
        period.format(
            first=shared.first.isoformat(), last=shared.last.isoformat(), days=shared.days_with_entries, all=shared.days
        ),
        _("Written down by the patient and not checked by anyone else. Not medical advice."),
        _("Made by KetaTrack {version} on {moment}.").format(version=__version__, moment=written(shared.made_at)),
        notice("loinc"),
    ]


def _section(name: str, shared: ExportData, content: Content) -> Resource:
    code, block, entries = codes.concept("sections", name), _TABLES[name](shared), content.sections[name]
    resource: Resource = {
        "title": code["text"],
        "code": code,
        "text": narrative(block or paragraph(_nothing(name))),
    }
    if entries:
        return resource | {"entry": [reference(entry) for entry in entries]}
    if block:
        return resource
    reason = {"system": codes.system("empty"), "code": "unavailable"}
    return resource | {"emptyReason": {"coding": [reason], "text": _nothing(name)}}


def _nothing(name: str) -> str:
    return {
        "medications": _("No sessions in this period."),
        "results": _("No questionnaires and no ratings in this period."),
        "vitals": _("No vital signs in this period."),
        "habits": _("No habits in this period."),
        "story": _("No notes in this period."),
        "questions": _("No questions were written down."),
    }[name]


def document(shared: ExportData) -> bytes:
    """Return a document Bundle as JSON (UTF-8): Composition, Patient, and every resource that a section points at."""
    return _bundle("document", shared)


def collection(shared: ExportData) -> bytes:
    """Return the same resources as a Bundle of type collection, for systems that import those."""
    return _bundle("collection", shared)


def _bundle(kind: str, shared: ExportData) -> bytes:
    result = content(shared)
    first = composition(shared, result)
    name = identity(first["id"], kind)
    envelope = check(
        {
            "resourceType": "Bundle",
            "id": name,
            "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{name}"},
            "type": kind,
            "timestamp": written(shared.made_at),
        }
    )
    return _written(envelope, chain((first,), result.resources))


def _written(envelope: Resource, resources: Iterable[Resource]) -> bytes:
    # Entry by entry: as one text, a single emoji would make fifty megabytes two hundred.
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    entries = (
        encode({"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}).encode() for resource in resources
    )
    return encode(envelope).encode().removesuffix(b"}") + b',"entry":[' + b",".join(entries) + b"]}"
