"""What was left out of the numbers and why, and the rule they follow, in sentences that count."""

from collections import Counter

from ketatrack.analysis.episodes import Status
from ketatrack.analysis.result import Relief
from ketatrack.analysis.sentences import cautions, limit_words, rule_words
from ketatrack.i18n import N_, _, ngettext
from ketatrack.models.enums import BaselineSource, Reason
from ketatrack.models.instruments import instrument
from ketatrack.report.context import ReportContext
from ketatrack.report.formatting import Formats

WITHHELD = N_("answers to single questions withheld by the patient")


def left_out(basis: ReportContext) -> list[str]:
    """Return what page 2 says in small print: what is missing, the rule, the method in a line."""
    silent = basis.shared.days - basis.shared.days_with_entries
    sentences = [_("{n} of {all} days without an entry.").format(n=silent, all=basis.shared.days)]
    relief = basis.timed
    if relief is None:
        return sentences
    sentences = [*not_in_curve(relief), *sentences, rule(relief, basis.formats)]
    if basis.estimates is not None and basis.estimates.gate.draws_curve:
        apart = basis.estimates.turnbull is not None
        curve = _("Turnbull estimate") if apart else _("Kaplan-Meier estimate on midpoints")
        sentences.append(
            _("Curve: {curve}; headline: Weibull with a weak prior from published studies.").format(curve=curve)
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


def rule(relief: Relief, formats: Formats) -> str:
    """When this person is in relief: the measure, the rule, the baseline and where it comes from."""
    measure, baseline = relief.measure, relief.baseline
    name = _("daily {name}").format(name=measure.name.lower()) if measure.daily else measure.name
    text = _("In relief: {name} {rule}").format(name=name, rule=rule_words(relief.rule, measure.higher_is_better))
    limit = limit_words(relief, formats.score)
    text += f" ({limit})" if limit else ""
    if baseline is None:
        return text + "."
    value = measure.words(measure.worse(baseline.value), formats.score)
    if baseline.source is BaselineSource.TYPED or baseline.from_day is None or baseline.to_day is None:
        return text + "; " + _("baseline {b}, typed in.").format(b=value)
    days = f"{formats.day(baseline.from_day)} – {formats.day(baseline.to_day)}"
    return text + "; " + _("baseline {b} from {n} readings, {days}.").format(b=value, n=baseline.readings, days=days)


def reasons(relief: Relief) -> list[str]:
    """For how many next sessions the reason was noted."""
    followed = [span for span in relief.spans if span.next_reason is not None]
    if not followed:
        return []
    known = sum(course.next_reason is not Reason.NOT_SAID for course in followed)
    return [_("Reason for coming back given for {n} of {all} sessions.").format(n=known, all=len(followed))]


def withheld(basis: ReportContext) -> list[str]:
    """Return what the patient chose not to show, as the report has to say it."""
    sentences = []
    filled_in = {entry.instrument for entry in basis.shared.diary.answers}
    safety = [instrument(key).name for key in sorted(filled_in) if instrument(key).safety_item]
    if safety and not basis.shared.consent.safety_answers:
        sentences.append(f"{', '.join(safety)}: {_(WITHHELD)}.")
    if not basis.shared.consent.notes:
        sentences.append(_("Notes are not part of this report, nor of the data attached to it."))
    if basis.shared.choices.hide_name:
        sentences.append(_("Name, birth date, providers and contacts withheld by the patient."))
    return sentences
