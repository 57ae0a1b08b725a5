"""All resources of one export, made once, kept by the part of the diary that they come from.

The document's sections point at them and the bundle holds them; neither makes one of its own.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ketatrack.analysis.episodes import Span
from ketatrack.analysis.result import Relief
from ketatrack.formats.export_data import ExportData
from ketatrack.formats.fhir import resources
from ketatrack.formats.fhir.parts import FhirContext, Resource, check, context
from ketatrack.formats.fhir.resources import patient, questionnaire, vital_signs
from ketatrack.formats.fhir.sessions import experience, medicines, relief_observations, statement

_Read = defaultdict[str, defaultdict[date, list[Resource]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The patient, and the resources of each section of the document by its name in codes.toml."""

    patient: Resource
    sections: dict[str, list[Resource]] = field(default_factory=lambda: defaultdict(list))

    @property
    def resources(self) -> Iterator[Resource]:
        """Every resource but the composition, each once."""
        yield self.patient
        for section in self.sections.values():
            yield from section


def content(shared: ExportData) -> Content:
    """Make and check every resource of what is shared."""
    collected = Content(patient=check(patient(shared)))
    person = context(collected.patient, shared.diary)
    read: _Read = defaultdict(lambda: defaultdict(list))
    statements = _sessions(shared, person, collected)
    _questionnaires(shared, person, collected, read)
    _check_ins(shared, person, collected, read)
    for result in shared.relief_results:
        spans = shown_spans(result, shared)
        observations = relief_observations(result, spans, person, statements, read[result.measure.key])
        collected.sections["results"] += map(check, observations)
    return collected


def shown_spans(result: Relief, shared: ExportData) -> tuple[Span, ...]:
    """Return the spans of courses with a session in the period."""
    known = {session.id for session in shared.diary.sessions}
    return tuple(span for span in result.spans if known.intersection(span.session_ids))


def _sessions(shared: ExportData, person: FhirContext, collected: Content) -> dict[object, Resource]:
    statements: dict[object, Resource] = {}
    for session in shared.diary.sessions:
        taken = statements[session.id] = statement(session, person, planned=session.day > shared.today)
        collected.sections["medications"] += map(check, (taken, *medicines(session, person)))
        collected.sections["vitals"] += map(check, vital_signs(session, person, taken))
        collected.sections["results"] += map(check, experience(session, person, taken))
    return statements


def _questionnaires(shared: ExportData, person: FhirContext, collected: Content, read: _Read) -> None:
    for answers in shared.diary.answers:
        result = [check(resource) for resource in questionnaire(answers, person)]
        collected.sections["results"] += result
        read[answers.instrument][answers.day].append(result[-1])


def _check_ins(shared: ExportData, person: FhirContext, collected: Content, read: _Read) -> None:
    tracked = {item.id: item for item in shared.diary.tracked}
    for check_in in shared.diary.check_ins:
        forms: set[bool] = set()
        for of, result in resources.values(check_in, tracked, person):
            # Values of one check-in differ in pieces that are checked on their own: the first of each form is enough.
            form = "valueBoolean" in result
            if form not in forms:
                forms.add(form)
                check(result)
            collected.sections["results" if of.is_measure else "habits"].append(result)
            if of.is_measure:
                read[of.key][check_in.day].append(result)
        noted = resources.note(check_in, person)
        if noted is not None:
            collected.sections["story"].append(check(noted))
