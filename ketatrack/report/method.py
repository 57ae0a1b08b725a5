"""What was left out of the numbers and why, and the rule they follow, in sentences that count."""

from collections import Counter

from ketatrack.analysis.episodes import Status
from ketatrack.analysis.measures import Measure
from ketatrack.analysis.result import Relief
from ketatrack.analysis.sentences import cautions, limit_words
from ketatrack.i18n import N_, _, ngettext
from ketatrack.models import labels
from ketatrack.models.enums import BaselineSource, Reason
from ketatrack.models.instruments import instrument
from ketatrack.report.context import ReportContext
from ketatrack.report.formatting import Formats

WITHHELD = N_("Answers to single questions withheld by the patient.")


def exclusions(basis: ReportContext) -> list[str]:
    """Return what page 2 says in small print: what is missing, the rule, the method in a line."""
    silent = basis.shared.days - basis.shared.days_with_entries
    text = ngettext("{n} of {all} day without an entry.", "{n} of {all} days without an entry.", basis.shared.days)
    sentences = [text.format(n=silent, all=basis.shared.days)]
    relief = basis.timed
    if relief is None:
        return sentences
    sentences = [*not_in_curve(relief), *sentences, rule(relief, basis.formats)]
    if basis.estimates is not None and basis.estimates.gate.draws_curve:
        sentences.append(
            _("Curve: Kaplan-Meier estimate on midpoints; headline: Weibull with a weak prior from published studies.")
            if basis.estimates.turnbull is None
            else _("Curve: Turnbull estimate; headline: Weibull with a weak prior from published studies.")
        )
    return [*sentences, *reasons(relief), *cautions(relief, write=basis.formats.score), _("Details in the appendix.")]


def not_in_curve(relief: Relief) -> list[str]:
    """Sessions not assessed, with their reasons, and those without response."""
    why = Counter(span.note for span in relief.spans if span.status is Status.NOT_ASSESSED)
    sentences = [
        ngettext("{n} session not assessed: {why}", "{n} sessions not assessed: {why}", n).format(n=n, why=note)
        for note, n in sorted(why.items())
        if note
    ]
    silent = sum(span.status is Status.NO_RESPONSE for span in relief.spans)
    if silent:
        text = ngettext(
            "{n} session without response is in the response rate, not in the curves.",
            "{n} sessions without response are in the response rate, not in the curves.",
            silent,
        )
        sentences.append(text.format(n=silent))
    return sentences


def name_in_text(measure: Measure) -> str:
    """Return a measure inside a sentence: daily low mood, PHQ-9."""
    return _("daily {name}").format(name=measure.in_a_sentence) if measure.daily else measure.name


def rule(relief: Relief, formats: Formats) -> str:
    """When this person is in relief: the measure, the rule, the baseline and where it comes from."""
    limit = limit_words(relief, formats.score)
    text = _("In relief: {measure} {rule} ({limit}).") if limit else _("In relief: {measure} {rule}.")
    rule = labels.rule(relief.rule, relief.measure.higher_is_better)
    in_relief = text.format(measure=name_in_text(relief.measure), rule=rule, limit=limit)
    return f"{in_relief} {_baseline(relief, formats)}".rstrip()


def _baseline(relief: Relief, formats: Formats) -> str:
    measure, baseline = relief.measure, relief.baseline
    if baseline is None:
        return ""
    value = measure.words(measure.worse(baseline.value), formats.score)
    if baseline.source is BaselineSource.TYPED or baseline.from_day is None or baseline.to_day is None:
        return _("Baseline {b}, typed in.").format(b=value)
    n = baseline.readings or 0
    text = ngettext(
        "Baseline {b} from {n} reading, {first} – {last}.", "Baseline {b} from {n} readings, {first} – {last}.", n
    )
    return text.format(b=value, n=n, first=formats.day(baseline.from_day), last=formats.day(baseline.to_day))


def reasons(relief: Relief) -> list[str]:
    """For how many next sessions the reason was noted."""
    followed = [span for span in relief.spans if span.next_reason is not None]
    if not followed:
        return []
    known = sum(course.next_reason is not Reason.NOT_SAID for course in followed)
    text = ngettext(
        "Reason for coming back given for {n} of {all} session.",
        "Reason for coming back given for {n} of {all} sessions.",
        len(followed),
    )
    return [text.format(n=known, all=len(followed))]


def withheld(basis: ReportContext) -> list[str]:
    """Return what the patient chose not to show, as the report has to say it."""
    sentences = []
    filled_in = {entry.instrument for entry in basis.shared.diary.answers}
    safety = [instrument(key).name for key in sorted(filled_in) if instrument(key).safety_item]
    if safety and not basis.shared.consent.safety_answers:
        text = _("{names}: answers to single questions withheld by the patient.")
        sentences.append(text.format(names=", ".join(safety)))
    if not basis.shared.consent.notes:
        sentences.append(_("Notes are not part of this report, nor of the data attached to it."))
    if basis.shared.choices.hide_name:
        sentences.append(_("Name, birth date, providers and contacts withheld by the patient."))
    return sentences
