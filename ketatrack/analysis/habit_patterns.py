"""From records to the patterns of the Habits page: which days count, and the sentences for what was found.

The gates and the statistics are in habits.py; here is what goes into them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ketatrack.analysis.episodes import Span
from ketatrack.analysis.habits import (
    SAME_SIDE,
    DayPair,
    DayPattern,
    SessionPattern,
    day_patterns,
    holm,
    session_patterns,
)
from ketatrack.i18n import _, ngettext
from ketatrack.models import labels
from ketatrack.models.enums import Kind
from ketatrack.models.records import Tracked

FIRST_WEEK, LEAST_NOTED = 7, 4
SPOKEN_BELOW = 0.05
# The fixed limit above which a day counts, in the habit's own unit; the person sees it in the sentence.
LIMITS: Mapping[Kind, float] = {Kind.MINUTES: 30, Kind.HOURS: 7, Kind.RATING: 6, Kind.COUNT: 0, Kind.YES_NO: 0}


@dataclass(frozen=True, slots=True)
class HabitPattern:
    """What was found for one chosen habit: with relief after the first week, and with the day after."""

    habit: Tracked
    sessions: SessionPattern
    days: DayPattern


def patterns(
    chosen: Sequence[Tracked],
    values: Mapping[str, Mapping[date, float]],
    scores: Mapping[date, float],
    spans: Sequence[Span],
) -> tuple[HabitPattern, ...]:
    """One result for each habit chosen beforehand, Holm's adjustment taken over all of them.

    Args:
        chosen: the habits, at most three.
        values: by habit key, each noted day's value in the habit's unit.
        scores: each noted day's rating of the measure, higher = worse.
        spans: relief by that measure.
    """
    alone = [_sessions(pattern, values.get(pattern.key, {}), spans) for pattern in chosen]
    adjusted = iter(holm([pattern.p for pattern in alone if pattern.p is not None]))
    together = [replace(pattern, p=next(adjusted)) if pattern.p is not None else pattern for pattern in alone]
    return tuple(
        HabitPattern(habit, result, day_patterns(_pairs(values.get(habit.key, {}), scores, spans), LIMITS[habit.kind]))
        for habit, result in zip(chosen, together, strict=True)
    )


Fixed = Callable[[float, int], str]


def fixed(value: float, decimals: int) -> str:
    """Return a number with just so many decimals and a point."""
    return f"{value:.{decimals}f}"


def _sessions(habit: Tracked, values: Mapping[date, float], spans: Sequence[Span]) -> SessionPattern:
    """Exposure in days 1-7 of sessions still in relief on day 7; outcome is the relief that remained."""
    exposure: list[float] = []
    remaining: list[float] = []
    ended: list[bool] = []
    for span in spans:
        if span.lower is None or span.lower < FIRST_WEEK:
            continue
        noted = [values[day] for n in range(1, FIRST_WEEK + 1) if (day := span.day + timedelta(days=n)) in values]
        if len(noted) < LEAST_NOTED:
            continue
        exposure.append(sum(noted) / len(noted))
        end = span.lower if span.upper is None else (span.lower + span.upper) / 2
        remaining.append(end - FIRST_WEEK)
        ended.append(span.upper is not None)
    return session_patterns({habit.name: exposure}, remaining, ended)[0]


def _pairs(values: Mapping[date, float], scores: Mapping[date, float], spans: Sequence[Span]) -> list[DayPair]:
    """Days after a session with a rating today and tomorrow and the habit noted today."""
    result = []
    last = max(scores, default=date.min)
    for number, span in enumerate(spans):
        length = span.next_day if span.next_day is not None else (last - span.day).days + 1
        for t in range(1, length - 1):
            day, following = span.day + timedelta(days=t), span.day + timedelta(days=t + 1)
            if day in scores and following in scores and day in values:
                result.append(DayPair(number, t, day.weekday(), scores[day], values[day], scores[following]))
    return result


def _why(reason: tuple[str, str]) -> tuple[str, str]:
    """Why nothing was found, its first sentence in the language of the moment."""
    first, rest = reason
    return _(first) if first else "", rest


def day_words(result: HabitPattern, measure: str, write: Fixed = fixed) -> tuple[str, str]:
    """Return a short sentence to stand out, or "", and the rest about the day after; `write` writes decimals."""
    pattern = result.days
    if pattern.reason == SAME_SIDE:
        text = _("All days were on the same side of the limit ({limit}).").format(limit=limit_words(result.habit))
        return _("Nothing to compare."), text
    if pattern.effect is None or pattern.lower is None or pattern.upper is None:
        return _why(pattern.reason)
    counted = ngettext("From {n} pair of days, {k} sessions.", "From {n} pairs of days, {k} sessions.", pattern.pairs)
    counts = counted.format(n=pattern.pairs, k=pattern.sessions)
    if pattern.lower <= 0 <= pattern.upper:
        looked_at = _("{habit} and the day after went together in no clear way.").format(habit=result.habit.name)
        return _("No clear pattern."), f"{looked_at} {counts}"
    low, high = sorted((abs(pattern.lower), abs(pattern.upper)))
    effect = (
        _("On days after {limit} your {measure} rating was {by} lower ({low} to {high}).")
        if pattern.effect < 0
        else _("On days after {limit} your {measure} rating was {by} higher ({low} to {high}).")
    ).format(
        limit=limit_words(result.habit),
        measure=measure,
        by=write(abs(pattern.effect), 1),
        low=write(low, 1),
        high=write(high, 1),
    )
    return "", " ".join((effect, _("This may be because you do it when you feel better."), counts))


def session_words(result: HabitPattern, write: Fixed = fixed) -> tuple[str, str]:
    """Return the same about the first week and the relief after it."""
    pattern = result.sessions
    if pattern.p is None or pattern.difference is None or pattern.lower is None or pattern.upper is None:
        return _why(pattern.reason)
    counted = ngettext("From {n} sessions, {e} end.", "From {n} sessions, {e} ends.", pattern.ends)
    counts = counted.format(n=pattern.sessions, e=pattern.ends)
    if pattern.p >= SPOKEN_BELOW:
        text = _(
            "{habit} in the first week and how long relief lasted after it went together in no clear way. "
            "With this many sessions only a strong link could have shown (above {r})."
        ).format(habit=result.habit.name, r=write(pattern.detectable or 0, 2))
        return _("No clear pattern."), f"{text} {counts}"
    text = (
        _(
            "After sessions with more {habit} in the first week, the relief that followed was {by} days longer "
            "({low} to {high})."
        )
        if pattern.difference > 0
        else _(
            "After sessions with more {habit} in the first week, the relief that followed was {by} days shorter "
            "({low} to {high})."
        )
    ).format(
        habit=labels.in_a_sentence(result.habit.name),
        by=write(abs(pattern.difference), 1),
        low=write(pattern.lower, 1),
        high=write(pattern.upper, 1),
    )
    return "", f"{text} {counts}"


def limit_words(habit: Tracked) -> str:
    """Return the limit above which a day counts, in words: "more than 30 min of exercise"."""
    name = labels.in_a_sentence(habit.name)
    if habit.kind is Kind.YES_NO:
        return _("a yes to {name}").format(name=name)
    if habit.kind is Kind.COUNT:
        return _("any {name}").format(name=name)
    limit = f"{LIMITS[habit.kind]:g}"
    if not habit.unit:
        return _("more than {limit} of {name}").format(limit=limit, name=name)
    return _("more than {limit} {unit} of {name}").format(limit=limit, unit=habit.unit, name=name)


def not_causes(chosen: bool = True) -> str:
    """Return the last line of the card, always there; `chosen` says whether any habit was chosen yet."""
    text = _(
        "Things that happen together need not cause each other: a better week brings both more walks and a better "
        "mood. Nothing here says what would happen if you changed a habit."
    )
    beforehand = _("The habits were chosen before looking.")
    return f"{text} {beforehand}" if chosen else text
