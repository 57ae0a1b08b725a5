"""How the numbers about relief were worked out: the rule, the sessions used and left out, the method, and its limits.

One answer for the page, the report and whoever asks; each part has a heading and sentences.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from ketatrack.analysis import estimate_words
from ketatrack.analysis import relief_words as words
from ketatrack.analysis.episodes import Span, Status
from ketatrack.analysis.estimates import Estimates, prior_of
from ketatrack.analysis.relief import Relief
from ketatrack.analysis.weibull import Prior
from ketatrack.i18n import translate

MOST_DAYS = 8
DayWords = Callable[[date], str]


def tr(text: str) -> str:
    """`text` in the person's language."""
    return translate("Relief", text)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the answer."""

    heading: str
    lines: tuple[str, ...]


def parts(result: Relief, found: Estimates, day: DayWords) -> tuple[Part, ...]:
    """The whole answer; `day` writes a date in words. A part without anything to say is left out."""
    made = (
        Part(tr("When it counts as relief"), rule(result, day)),
        Part(tr("Sessions used"), used(result, day)),
        Part(tr("Left out, or counted otherwise"), left_out(result, day)),
        Part(tr("What was found"), estimate_words.behind(result, found)),
        Part(tr("Method"), method(result, found)),
        Part(tr("What this cannot say"), limits()),
    )
    return tuple(part for part in made if part.lines)


def rule(result: Relief, day: DayWords) -> tuple[str, ...]:
    """Where the baseline comes from, where the relief line lies, and what counts as its beginning and end."""
    return tuple(said for said in (_baseline(result, day), _line(result), _window(result)) if said)


def used(result: Relief, day: DayWords) -> tuple[str, ...]:
    """Which sessions the numbers rest on."""
    followed = [span for span in result.spans if span.lower is not None]
    if not followed:
        return (tr("None yet."),)
    said = words.counts(result) + ", " + tr("{a} to {b}").format(a=day(followed[0].day), b=day(followed[-1].day))
    ends = [span for span in followed if span.upper is None and not span.running]
    open_ended = tr("Not seen to fade, so each counts only as at least that long: {days}.")
    together = [span for span in followed if len(span.session_ids) > 1]
    series = tr("Sessions at most 5 days apart count together, as one: the last of them on {days}.")
    return (
        f"{said}.",
        *((open_ended.format(days=_days(ends, day)),) if ends else ()),
        *((series.format(days=_days(together, day)),) if together else ()),
    )


def left_out(result: Relief, day: DayWords) -> tuple[str, ...]:
    """Each reason why sessions are not in the curve, with their days."""
    said = []
    silent = [span for span in result.spans if span.status is Status.NO_RESPONSE]
    if silent:
        line = tr("No response, so in the response rate and not in the curve: {days}.")
        said.append(line.format(days=_days(silent, day)))
    unknown = [span for span in result.spans if span.status is Status.NOT_ASSESSED]
    for note in dict.fromkeys(span.note for span in unknown):
        alike = [span for span in unknown if span.note == note]
        said.append(tr("Not assessed: {days}. {note}").format(days=_days(alike, day), note=tr(note)))
    for first, last in result.too_close:
        line = tr("{a} to {b}: sessions too close together to time relief.")
        said.append(line.format(a=day(first), b=day(last)))
    return tuple(said)


def method(result: Relief, found: Estimates) -> tuple[str, ...]:
    """What was computed, as far as it was."""
    said = [
        tr(
            "Relief ended somewhere between the last entry in relief and the first one out of it; both days are used. "
            "A next session because symptoms were coming back counts as an end. A planned one does not: relief lasted "
            "at least until the last entry before it."
        )
    ]
    if found.posterior is not None:
        said.append(_posterior(prior_of(result)))
    if found.gate.draws_curve:
        said.append(
            tr("Curve: Turnbull’s estimate; in a grey box nobody can say on which day it fell.")
            if found.turnbull is not None
            else tr("Curve: Kaplan-Meier, each end in the middle of its interval, with log-log ranges.")
        )
        said.append(
            tr(
                "Band: Peterson’s limits, whatever brought the next session: below as if each one had been an end, "
                "above as if none had."
            )
        )
    return tuple(said)


def limits() -> tuple[str, ...]:
    """What no number on the page can tell."""
    return (
        tr("Whether the treatment, time, or something else brought the relief, or ended it."),
        tr("How long relief lasts after a session still to come, or what another dose, route or interval would do."),
        tr("Anything about days without an entry."),
    )


def _posterior(prior: Prior) -> str:
    low, high = prior.range
    return tr(
        "Number on top: a Weibull curve for interval-censored times, the middle of what it allows and 90 % around it. "
        "It starts from published studies (half faded by day {m:.0f}; 90 % of people between {low:.0f} and "
        "{high:.0f}) and leans on them less with every session of yours."
    ).format(m=prior.median, low=low, high=high)


def _baseline(result: Relief, day: DayWords) -> str:
    said, baseline = words.baseline_words(result.measure, result.baseline), result.baseline
    if baseline is not None and baseline.from_day and baseline.to_day:
        said += tr(", {a} to {b}").format(a=day(baseline.from_day), b=day(baseline.to_day))
    return f"{said}."


def _line(result: Relief) -> str:
    if result.criterion is None:
        return ""
    named = words.rule_words(result.rule, result.measure.higher_is_better)
    return tr("In relief at {line} ({rule}).").format(line=words.limit_words(result), rule=named)


def _window(result: Relief) -> str:
    said = tr("Relief counts when it shows in the first {w} days; its end when a second entry, {d} later, confirms it.")
    days = tr("a day") if result.measure.confirm_after == 1 else tr("5 days")
    return said.format(w=result.measure.window, d=days)


def _days(spans: Iterable[Span], day: DayWords) -> str:
    """The days of some sessions, newest last; beyond a handful the earlier ones are counted."""
    stamps = [day(span.day) for span in spans]
    earlier = len(stamps) - MOST_DAYS
    if earlier <= 1:
        return ", ".join(stamps)
    return tr("{n} earlier ones, {days}").format(n=earlier, days=", ".join(stamps[earlier:]))
