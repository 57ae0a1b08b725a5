"""Relief after each course of sessions: between which two days it ended, or how long it was seen at least."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from ketatrack.analysis.episodes import Span, Status
from ketatrack.analysis.result import Relief
from ketatrack.analysis.sentences import baseline_words, how_it_ended, limit_words, rule_words
from ketatrack.formats.fhir import codes
from ketatrack.formats.fhir.parts import FhirContext, Part, Resource, identity, plain, reference
from ketatrack.formats.fhir.resources import observation
from ketatrack.i18n import _

_ABSENT = {Status.NO_RESPONSE: "not-applicable", Status.NOT_ASSESSED: "not-performed"}


def relief_observations(
    result: Relief,
    spans: Sequence[Span],
    teller: FhirContext,
    statements: Mapping[object, Resource],
    read: Mapping[date, Sequence[Resource]],
) -> Iterator[Resource]:
    """One Observation for each of `spans`.

    Args:
        result: relief on one measure.
        spans: those of its spans whose sessions are shared.
        teller: whose relief it is.
        statements: the MedicationStatements of the shared sessions by the session's id.
        read: the shared scores of this measure by diary day.
    """
    method = Part("CodeableConcept", {"text": plain(method_words(result))})
    code = codes.concept(
        codes.OBSERVATIONS, "relief", plain(f"{codes.words('observations', 'relief')}: {_name(result)}")
    )
    for span in spans:
        sessions = [statements[session_id] for session_id in span.session_ids if session_id in statements]
        sources = [source for day in _days_read(span) for source in read.get(day, ())]
        more: Resource = {"partOf": [reference(session) for session in sessions]}
        if sources:
            more["derivedFrom"] = [reference(source) for source in sources]
        if span.note:
            more["note"] = [{"text": plain(span.note)}]
        key = identity(span.session_ids[-1], "relief", result.measure.key)
        text = {"interpretation": [{"text": how_it_ended(span)}], "method": method, "code": code}
        yield observation("relief", key, teller, span.day.isoformat(), **text, **_value(span), **more)


def _days_read(span: Span) -> list[date]:
    """Return the days whose readings tell how long relief lasted.

    None of the day of the next session: where that session is the end, its reason told so, and what was noted on its
    day may be of the time after it.
    """
    sentences = (end for end in (span.lower, span.upper) if end is not None and end != span.next_day)
    return [span.day + timedelta(days=end) for end in sentences]


def method_words(result: Relief) -> str:
    """How days in relief were worked out: the rule, the baseline, and what the two numbers mean."""
    line = limit_words(result)
    rule = rule_words(result.rule, result.measure.higher_is_better)
    text = _("In relief when {rule}{line}. {baseline}.").format(
        rule=rule, line=f" ({line})" if line else "", baseline=baseline_words(result.measure, result.baseline)
    )
    return text + " " + _("Days count from the end of the last session of a course.")


def _name(result: Relief) -> str:
    return result.measure.name


def _value(span: Span) -> Resource:
    if span.lower is None:
        return {"dataAbsentReason": codes.absent(_ABSENT[span.status], how_it_ended(span))}
    if span.upper is None:
        return {"valueQuantity": codes.quantity(span.lower, "days", ">")}
    return {"valueRange": {"low": codes.quantity(span.lower, "days"), "high": codes.quantity(span.upper, "days")}}
