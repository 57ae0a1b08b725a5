"""The sentences about relief, exactly as relief.md words them, made from one `Relief` result.

Past tense only; the page, the command line, spoken descriptions and exported pictures all take them from here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ketatrack.analysis.episodes import Span, Status
from ketatrack.analysis.measures import Measure
from ketatrack.analysis.result import HEADLINE_NEEDS, KNOWN_NEEDED, Gate, Relief, gate_of
from ketatrack.i18n import _, ngettext
from ketatrack.models.enums import BaselineSource
from ketatrack.models.records import Baseline


def not_a_forecast() -> str:
    """Return the line that stands under every relief chart and in every exported picture."""
    return _(
        "This describes your past sessions. It is not a forecast and not advice on when to have your next session "
        "- discuss timing with your prescriber."
    )


def median_sentence(result: Relief) -> str:
    """By which day half of the sessions had faded, with its 95 % range; "" where that may not be said."""
    median = result.estimate.median
    if median is None:
        return ""
    if median.value is None:
        return _("More than half of the sessions were still in relief at the last entry about them.")
    text = _("In half of the sessions relief had faded by day {day} (95 % range {low} to {high}).")
    return text.format(day=whole_days(median.value), low=_days(median.lower), high=_days(median.upper))


def days_words(days: float) -> str:
    """Return the mean as words: "about 19 days"."""
    return ngettext("about {n} day", "about {n} days", round(days)).format(n=round(days))


def not_enough(result: Relief) -> str:
    """Why relief's length is not told yet: never seen to end, or too few sessions and ends."""
    estimate = result.estimate
    if gate_of(estimate.followed, estimate.ends) is Gate.NO_ENDS:
        return ngettext(
            "Relief had not faded in any session before the next one (longest follow-up {n} day), so its length "
            "cannot be measured; it is at least that long.",
            "Relief had not faded in any session before the next one (longest follow-up {n} days), so its length "
            "cannot be measured; it is at least that long.",
            estimate.longest,
        ).format(n=estimate.longest)
    return _(
        "Not enough sessions yet to say how long relief lasts for you: {n} followed, {e} ends seen; "
        "{n_needed} and {e_needed} are needed."
    ).format(n=estimate.followed, e=estimate.ends, n_needed=HEADLINE_NEEDS[0], e_needed=HEADLINE_NEEDS[1])


def now(result: Relief) -> str:
    """Where the person is now, and how often relief had faded by this day; "" before the first session."""
    if result.since is None:
        return ""
    here = _("Day {day} since your last session.").format(day=result.since)
    return f"{here} {faded_by_now(result)}".rstrip()


def faded_by_now(result: Relief) -> str:
    """In how many earlier sessions relief had faded by this day; "" with fewer than three that can tell."""
    if result.since is None:
        return ""
    faded, relieved, untold = result.faded_by_now
    if faded + relieved < KNOWN_NEEDED:
        return ""
    text = (
        ngettext(
            "In your sessions so far, relief had faded by day {day} in {faded} of {known} ({n} more cannot be told).",
            "In your sessions so far, relief had faded by day {day} in {faded} of {known} ({n} more cannot be told).",
            untold,
        )
        if untold
        else _("In your sessions so far, relief had faded by day {day} in {faded} of {known}.")
    )
    return text.format(day=result.since, faded=faded, known=faded + relieved, n=untold)


def counts(result: Relief) -> str:
    """How much data there is: "20 followed, 15 ends"."""
    n, e = result.estimate.followed, result.estimate.ends
    return ngettext("{n} followed, {e} end", "{n} followed, {e} ends", e).format(n=n, e=e)


def cautions(result: Relief, missing_baseline: bool = True, write: Callable[[Decimal], str] = str) -> tuple[str, ...]:
    """Return what limits these numbers, one sentence each; empty where nothing does.

    Without `missing_baseline` a baseline that is not there yet is left to whoever offers one. `write` writes
    a number.
    """
    baseline = _baseline_caution(result, write) if result.baseline is not None or missing_baseline else ""
    sentences = (baseline, _gaps(result), _unsaid(result), _weekly(result), _too_close(result))
    return tuple(words for words in sentences if words)


def _baseline_caution(result: Relief, write: Callable[[Decimal], str]) -> str:
    if result.criterion is not None:
        return ""
    if result.baseline is None:
        return _("No baseline yet: without one nobody can say when a score counts as relief.")
    return _("Your baseline of {b} is too low for a percentage, so the scores are shown as they are.").format(
        b=result.measure.words(result.measure.worse(result.baseline.value), write)
    )


def _gaps(result: Relief) -> str:
    return _("Gaps in your notes make this less certain.") if result.gaps else ""


def _unsaid(result: Relief) -> str:
    if result.if_symptoms is None:
        return ""
    k, ends, others = result.not_said, result.estimate.ends, result.if_symptoms.ends
    words = _("Sessions without a reason noted, counted as planned: {k}.").format(k=k)
    if others == ends:
        return words
    other = ngettext(
        "As symptoms coming back: {others} end, not {ends}.",
        "As symptoms coming back: {others} ends, not {ends}.",
        others,
    ).format(others=others, ends=ends)
    return f"{words} {other}"


def _weekly(result: Relief) -> str:
    if result.measure.daily:
        return ""
    return _("With weekly scores alone, relief shorter than a week looks like none; a daily rating shows it.")


def _too_close(result: Relief) -> str:
    if not result.too_close:
        return ""
    runs = ", ".join(f"{first.isoformat()} – {last.isoformat()}" for first, last in result.too_close)
    return _("{days}: sessions too close together to time relief.").format(days=runs)


def limit_words(result: Relief, write: Callable[[Decimal], str] = str) -> str:
    """Return where the relief line lies: "3.4 or lower", "below 5"; "" without one. `write` writes the number."""
    if result.criterion is None:
        return ""
    line = result.measure.limit_words(result.criterion.limit, write)
    if result.criterion.below:
        return _("below {limit}").format(limit=line)
    words = _("{limit} or higher") if result.measure.higher_is_better else _("{limit} or lower")
    return words.format(limit=line)


@dataclass(frozen=True, slots=True)
class Headline:
    """The one sentence on top, in three parts for a larger number; without a number `before` is all of it."""

    before: str
    number: str = ""
    after: str = ""

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return f"{self.before}{self.number}{self.after}"


class Length(StrEnum):
    """How much room there is for the days of a span."""

    SHORT = "short"
    """20–21, 17+: a column whose head says days, the number above a bar."""
    CELL = "cell"
    """20–21 d, 17 d or longer, 17 d so far: a cell of a table."""
    SENTENCE = "sentence"
    """20–21 days, at least 17 days, 17 days so far."""


def span_days(span: Span, length: Length) -> str:
    """Days of relief after one course, the same at every length; "" where there was no relief or nobody can tell.

    Two days, 20–21: in relief for the last time on day 20, faded by the reading or the session on day 21, so relief
    ended after day 20 and not later than day 21. One day: in relief for the last time on that day, and no end seen;
    "so far" where no session has followed. Days count from the end of the course's last session.
    """
    if span.lower is None:
        return ""
    until = str(span.lower) if span.upper in (None, span.lower) else f"{span.lower}–{span.upper}"
    if length is Length.SHORT:
        return f"{until}+" if span.upper is None else until
    last = int(until) if until.isdigit() else 2  # two days, 0–1, are many
    if span.upper is not None:
        text = _("{days} d") if length is Length.CELL else ngettext("{days} day", "{days} days", last)
    elif span.running:
        text = (
            _("{days} d so far") if length is Length.CELL else ngettext("{days} day so far", "{days} days so far", last)
        )
    elif length is Length.CELL:
        text = _("{days} d or longer")
    else:
        text = ngettext("at least {days} day", "at least {days} days", last)
    return text.format(days=until)


def how_it_ended(span: Span) -> str:
    """How relief after one course ended, in a few words."""
    if span.status is Status.CENSORED:
        return _("in relief so far") if span.running else _("in relief at next session")
    return {
        Status.ENDED: _("faded"),
        Status.UNCONFIRMED: _("faded once, not confirmed"),
        Status.NO_RESPONSE: _("no response"),
        Status.NOT_ASSESSED: _("not assessed"),
    }[span.status]


def days_and_end(span: Span) -> str:
    """Both in one phrase: "20–21 days, faded", "17 days so far", "no response"."""
    days = span_days(span, Length.SENTENCE)
    if not days:
        return how_it_ended(span)
    if span.status is Status.CENSORED and span.running:
        return days
    return _("{days}, {ending}").format(days=days, ending=how_it_ended(span))


def relief_and_end(span: Span) -> str:
    """Return the same inside a longer sentence: "relief 20–21 days, faded", "no response"."""
    return _("relief {days}").format(days=days_and_end(span)) if span.followed else days_and_end(span)


def measured_by(result: Relief) -> str:
    """Return what relief is told by; a baseline that was computed and not typed in is marked."""
    if result.baseline is not None and result.baseline.source is BaselineSource.COMPUTED:
        return _("Measured by {measure} (baseline computed).").format(measure=result.measure.name)
    return _("Measured by {measure}.").format(measure=result.measure.name)


def baseline_words(measure: Measure, baseline: Baseline | None) -> str:
    """Return a baseline in words, and where it comes from: "Baseline 6.9, computed from 7 readings"."""
    if baseline is None:
        return _("No baseline yet")
    value, n = measure.words(measure.worse(baseline.value)), baseline.readings or 0
    if baseline.source is BaselineSource.TYPED:
        return _("Baseline {b}, typed in").format(b=value)
    text = ngettext("Baseline {b}, computed from {n} reading", "Baseline {b}, computed from {n} readings", n)
    return text.format(b=value, n=n)


def whole_days(days: int | Fraction) -> int:
    """Days rounded to the nearest whole one, halves up."""
    return int(days + Fraction(1, 2))


def _days(days: int | Fraction | None) -> str:
    if days is None:
        return _("not reached")
    return ngettext("{n} day", "{n} days", whole_days(days)).format(n=whole_days(days))
