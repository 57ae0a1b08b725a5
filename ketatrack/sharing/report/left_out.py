"""What was left out of the numbers and why, and the rule they follow, in sentences that count."""

from collections import Counter

from ketatrack.analysis.episodes import Status
from ketatrack.analysis.relief import Relief
from ketatrack.analysis.relief_words import cautions, limit_words, rule_words
from ketatrack.models.instruments import instrument
from ketatrack.models.values import BaselineSource, Reason
from ketatrack.sharing.report.basis import Basis
from ketatrack.sharing.report.words import Formats, counted, filled, tr

WITHHELD = "answers to single questions withheld by the patient"


def left_out(basis: Basis) -> list[str]:
    """What page 2 says in small print: what is missing, the rule, the method in a line."""
    silent = basis.shared.days - basis.shared.days_with_entries
    said = [filled("{n} of {all} days without an entry.", n=silent, all=basis.shared.days)]
    relief = basis.timed
    if relief is None:
        return said
    said = [*not_in_curve(relief), *said, rule(relief, basis.formats)]
    if basis.found is not None and basis.found.gate.draws_curve:
        apart = basis.found.turnbull is not None
        curve = tr("Turnbull estimate") if apart else tr("Kaplan-Meier estimate on midpoints")
        said.append(filled("Curve: {curve}; headline: Weibull with a weak prior from published studies.", curve=curve))
    return [*said, *reasons(relief), *map(basis.formats.written, cautions(relief)), tr("Details in the appendix.")]


def not_in_curve(relief: Relief) -> list[str]:
    """Sessions not assessed, with their reasons, and those without response."""
    why = Counter(each.note.removesuffix(".") for each in relief.spans if each.status is Status.NOT_ASSESSED)
    said = [
        filled("{sessions} not assessed ({why}).", sessions=counted(n, "session", "sessions"),
               why=note[:1].lower() + note[1:])
        for note, n in sorted(why.items()) if note
    ]  # fmt: skip
    silent = sum(each.status is Status.NO_RESPONSE for each in relief.spans)
    if silent:
        words = "session without response is" if silent == 1 else "sessions without response are"
        said.append(f"{silent} {tr(words)} {tr('in the response rate, not in the curves.')}")
    return said


def rule(relief: Relief, formats: Formats) -> str:
    """When this person is in relief: the measure, the rule, the baseline and where it comes from."""
    measure, baseline = relief.measure, relief.baseline
    name = filled("daily {name}", name=measure.name.lower()) if measure.daily else measure.name
    said = filled("In relief: {name} {rule}", name=name, rule=rule_words(relief.rule, measure.higher_is_better))
    limit = formats.written(limit_words(relief))
    said += f" ({limit})" if limit else ""
    if baseline is None:
        return said + "."
    value = formats.written(measure.words(measure.worse(baseline.value)))
    if baseline.source is BaselineSource.TYPED or baseline.from_day is None or baseline.to_day is None:
        return said + "; " + filled("baseline {b}, typed in.", b=value)
    days = f"{formats.day(baseline.from_day)} – {formats.day(baseline.to_day)}"
    return said + "; " + filled("baseline {b} from {n} readings, {days}.", b=value, n=baseline.readings, days=days)


def reasons(relief: Relief) -> list[str]:
    """For how many next sessions the reason was noted."""
    followed = [each for each in relief.spans if each.next_reason is not None]
    if not followed:
        return []
    given = sum(each.next_reason is not Reason.NOT_SAID for each in followed)
    return [filled("Reason for coming back given for {n} of {all} sessions.", n=given, all=len(followed))]


def withheld(basis: Basis) -> list[str]:
    """What the patient chose not to show, as the report has to say it."""
    said = []
    held = {each.instrument for each in basis.shared.diary.answers}
    safety = [instrument(key).name for key in sorted(held) if instrument(key).safety_item]
    if safety and not basis.shared.asked.safety_answers:
        said.append(f"{', '.join(safety)}: {tr(WITHHELD)}.")
    if not basis.shared.asked.notes:
        said.append(tr("Notes are not part of this report, nor of the data attached to it."))
    if basis.shared.choices.hide_name:
        said.append(tr("Name, birth date, providers and contacts withheld by the patient."))
    return said
