"""The sentences that rest on estimates, and how the numbers were worked out: rule, sessions, method, limits.

Past tense only; the page, the report, the command line and spoken descriptions all take them from here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from ketatrack.analysis import sentences as words
from ketatrack.analysis.episodes import Span, Status
from ketatrack.analysis.estimates import Estimates, prior_of
from ketatrack.analysis.result import Gate, Relief
from ketatrack.analysis.weibull import Prior
from ketatrack.i18n import _, ngettext
from ketatrack.models import labels

MOST_DAYS = 8
DayWords = Callable[[date], str]


def headline(result: Relief, estimates: Estimates) -> words.Headline:
    """Return the one sentence on top: how long relief lasted, or why that cannot be told yet."""
    posterior = estimates.posterior
    if posterior is None:
        return words.Headline(words.not_enough(result))
    text = (
        _("Early estimate, leaning partly on published studies: {days} (could be {low} to {high}).")
        if estimates.gate is Gate.HEADLINE
        else _("After the sessions recorded here, relief lasted {days} (likely range {low} to {high}).")
    )
    before, _unused, after = text.partition("{days}")
    limits = {"low": round(posterior.lower), "high": round(posterior.upper)}
    return words.Headline(before.format(**limits), words.days_words(posterior.median), after.format(**limits))


def behind(result: Relief, estimates: Estimates) -> tuple[str, ...]:
    """Return what the headline rests on, a sentence each: whose data, the median, the good days, responses, drift."""
    sentences = (
        _own_share(estimates),
        _differs(estimates),
        half_faded(result, estimates),
        good_days(estimates),
        _responses(estimates),
        drift_sentence(estimates),
    )
    return tuple(sentence for sentence in sentences if sentence)


def _own_share(estimates: Estimates) -> str:
    if estimates.posterior is None:
        return ""
    share = round(100 * estimates.posterior.own_share)
    return _("{share} % of this comes from your own sessions.").format(share=share)


def _differs(estimates: Estimates) -> str:
    if estimates.posterior is None or not estimates.posterior.differs:
        return ""
    return _("Your pattern differs from published averages.")


def half_faded(result: Relief, estimates: Estimates) -> str:
    """By when half of the sessions had faded; "" where that may not be said."""
    if estimates.gate is not Gate.MEDIAN:
        return ""
    if estimates.turnbull is not None:
        box = estimates.turnbull.median
        if box is None:
            return ""
        return _("In half of the sessions relief had faded somewhere between day {low} and day {high}.").format(
            low=words.whole_days(int(box[0])), high=words.whole_days(int(box[1]))
        )
    return words.median_sentence(result)


def good_days(estimates: Estimates) -> str:
    """Return second number: mean days in relief within 28 days after a session, with the least and most it can be."""
    days = estimates.good_days
    if days is None:
        return ""
    text = _(
        "You had {days} in relief in the {within} days after a session "
        "({low} to {high}, whatever brought the next one)."
    )
    low, high = round(days.lower), round(days.upper)
    return text.format(days=words.days_words(days.mean), within=days.within, low=low, high=high)


def _responses(estimates: Estimates) -> str:
    response = estimates.response
    if not response.assessed:
        return ""
    return _("Relief followed {n} of {all} sessions that could be judged ({low} to {high} %).").format(
        n=response.responded, all=response.assessed, low=round(100 * response.lower), high=round(100 * response.upper)
    )


def drift_sentence(estimates: Estimates) -> str:
    """Whether relief became longer or shorter over the sessions; "" where that may not be spoken of."""
    drift = estimates.drift
    if drift is None or not drift.may_be_spoken_of or drift.slope is None:
        return ""
    text = (
        _(
            "Over your sessions relief became longer: by {days} days per 5 sessions "
            "(among those seen to end; {low} to {high})."
        )
        if drift.slope > 0
        else _(
            "Over your sessions relief became shorter: by {days} days per 5 sessions "
            "(among those seen to end; {low} to {high})."
        )
    )
    return text.format(days=f"{abs(drift.slope):.1f}", low=f"{drift.lower or 0:.1f}", high=f"{drift.upper or 0:.1f}")


@dataclass(frozen=True, slots=True)
class Explanation:
    """One part of the answer."""

    heading: str
    lines: tuple[str, ...]


def parts(result: Relief, estimates: Estimates, day: DayWords) -> tuple[Explanation, ...]:
    """Return the whole answer; `day` writes a date in words. A part without anything to say is left out."""
    all_parts = (
        Explanation(_("When it counts as relief"), rule(result, day)),
        Explanation(_("Sessions used"), used(result, day)),
        Explanation(_("Left out, or counted otherwise"), exclusions(result, day)),
        Explanation(_("What was found"), behind(result, estimates)),
        Explanation(_("Method"), method(result, estimates)),
        Explanation(_("What this cannot say"), limits()),
    )
    return tuple(part for part in all_parts if part.lines)


def rule(result: Relief, day: DayWords) -> tuple[str, ...]:
    """Where the baseline comes from, where the relief line lies, and what counts as its beginning and end."""
    return tuple(sentence for sentence in (_baseline(result, day), _line(result), _window(result)) if sentence)


def used(result: Relief, day: DayWords) -> tuple[str, ...]:
    """Which sessions the numbers rest on."""
    followed = [span for span in result.spans if span.lower is not None]
    if not followed:
        return (_("None yet."),)
    sentence = _("{counts}, {a} to {b}.").format(
        counts=words.counts(result), a=day(followed[0].day), b=day(followed[-1].day)
    )
    ends = [span for span in followed if span.upper is None and not span.running]
    open_ended = _("Not seen to fade, so each counts only as at least that long: {days}.")
    together = [span for span in followed if len(span.session_ids) > 1]
    series = _("Sessions at most 5 days apart count together, as one: the last of them on {days}.")
    return (
        sentence,
        *((open_ended.format(days=_days(ends, day)),) if ends else ()),
        *((series.format(days=_days(together, day)),) if together else ()),
    )


def exclusions(result: Relief, day: DayWords) -> tuple[str, ...]:
    """Each reason why sessions are not in the curve, with their days."""
    sentences = []
    silent = [span for span in result.spans if span.status is Status.NO_RESPONSE]
    if silent:
        line = _("No response, so in the response rate and not in the curve: {days}.")
        sentences.append(line.format(days=_days(silent, day)))
    unknown = [span for span in result.spans if span.status is Status.NOT_ASSESSED]
    for note in dict.fromkeys(span.note for span in unknown):
        alike = [span for span in unknown if span.note == note]
        sentences.append(_("Not assessed: {days}. {note}").format(days=_days(alike, day), note=note))
    for first, last in result.too_close:
        line = _("{a} to {b}: sessions too close together to time relief.")
        sentences.append(line.format(a=day(first), b=day(last)))
    return tuple(sentences)


def method(result: Relief, estimates: Estimates) -> tuple[str, ...]:
    """Return what was computed, as far as it was."""
    sentences = [
        _(
            "Relief ended somewhere between the last entry in relief and the first one out of it; both days are used. "
            "A next session because symptoms were coming back counts as an end. A planned one does not: relief lasted "
            "at least until the last entry before it."
        )
    ]
    if estimates.posterior is not None:
        sentences.append(_posterior(prior_of(result)))
    if estimates.gate.draws_curve:
        sentences.append(
            _("Curve: Turnbull’s estimate; in a grey box nobody can say on which day it fell.")
            if estimates.turnbull is not None
            else _("Curve: Kaplan-Meier, each end in the middle of its interval, with log-log ranges.")
        )
        sentences.append(
            _(
                "Band: Peterson’s limits, whatever brought the next session: below as if each one had been an end, "
                "above as if none had."
            )
        )
    return tuple(sentences)


def limits() -> tuple[str, ...]:
    """Return what no number on the page can tell."""
    return (
        _("Whether the treatment, time, or something else brought the relief, or ended it."),
        _("How long relief lasts after a session still to come, or what another dose, route or interval would do."),
        _("Anything about days without an entry."),
    )


def _posterior(prior: Prior) -> str:
    low, high = prior.range
    return _(
        "Number on top: a Weibull curve for interval-censored times, the middle of what it allows and 90 % around it. "
        "It starts from published studies (half faded by day {m:.0f}; 90 % of people between {low:.0f} and "
        "{high:.0f}) and leans on them less with every session of yours."
    ).format(m=prior.median, low=low, high=high)


def _baseline(result: Relief, day: DayWords) -> str:
    text, baseline = words.baseline_words(result.measure, result.baseline), result.baseline
    if baseline is not None and baseline.from_day and baseline.to_day:
        return _("{baseline}, {a} to {b}.").format(baseline=text, a=day(baseline.from_day), b=day(baseline.to_day))
    return f"{text}."


def _line(result: Relief) -> str:
    if result.criterion is None:
        return ""
    named = labels.rule(result.rule, result.measure.higher_is_better)
    return _("In relief at {line} ({rule}).").format(line=words.limit_words(result), rule=named)


def _window(result: Relief) -> str:
    text = ngettext(
        "Relief counts when it shows in the first {w} days; its end when a second entry, a day later, confirms it.",
        "Relief counts when it shows in the first {w} days; its end when a second entry, {n} days later, confirms it.",
        result.measure.confirm_after,
    )
    return text.format(w=result.measure.window, n=result.measure.confirm_after)


def _days(spans: Iterable[Span], day: DayWords) -> str:
    """Return the days of some sessions, newest last; beyond a handful the earlier ones are counted."""
    stamps = [day(span.day) for span in spans]
    earlier = len(stamps) - MOST_DAYS
    if earlier <= 1:
        return ", ".join(stamps)
    return ngettext("{n} earlier one, {days}", "{n} earlier ones, {days}", earlier).format(
        n=earlier, days=", ".join(stamps[earlier:])
    )
