"""From records to the patterns of the Habits page: which days count, and the sentences for what was found.

The gates and the statistics are in habits.py; here is what goes into them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from ketatrack.i18n import translate
from ketatrack.models.records import Tracked
from ketatrack.models.values import Kind

FIRST_WEEK, LEAST_NOTED = 7, 4
SPOKEN_BELOW = 0.05
# The fixed limit above which a day counts, in the habit's own unit; the person sees it in the sentence.
LIMITS: Mapping[Kind, float] = {Kind.MINUTES: 30, Kind.HOURS: 7, Kind.RATING: 6, Kind.COUNT: 0, Kind.YES_NO: 0}


def tr(text: str) -> str:
    """`text` in the person's language."""
    return translate("Patterns", text)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for one chosen habit: with relief after the first week, and with the day after."""

    habit: Tracked
    sessions: SessionPattern
    days: DayPattern


def patterns(
    chosen: Sequence[Tracked],
    values: Mapping[str, Mapping[date, float]],
    scores: Mapping[date, float],
    spans: Sequence[Span],
) -> tuple[Found, ...]:
    """One result for each habit chosen beforehand, Holm's adjustment taken over all of them.

    Args:
        chosen: the habits, at most three.
        values: by habit key, each noted day's value in the habit's unit.
        scores: each noted day's rating of the measure, higher = worse.
        spans: relief by that measure.
    """
    alone = [_sessions(each, values.get(each.key, {}), spans) for each in chosen]
    adjusted = iter(holm([each.p for each in alone if each.p is not None]))
    together = [_adjusted(each, next(adjusted)) if each.p is not None else each for each in alone]
    return tuple(
        Found(habit, found, day_patterns(_pairs(values.get(habit.key, {}), scores, spans), LIMITS[habit.kind]))
        for habit, found in zip(chosen, together, strict=True)
    )


def _adjusted(found: SessionPattern, p: float) -> SessionPattern:
    return SessionPattern(
        found.habit,
        found.sessions,
        found.ends,
        found.r,
        p,
        found.difference,
        found.lower,
        found.upper,
        found.detectable,
    )


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
    found = []
    last = max(scores, default=date.min)
    for number, span in enumerate(spans):
        length = span.next_day if span.next_day is not None else (last - span.day).days + 1
        for t in range(1, length - 1):
            day, following = span.day + timedelta(days=t), span.day + timedelta(days=t + 1)
            if day in scores and following in scores and day in values:
                found.append(DayPair(number, t, day.weekday(), scores[day], values[day], scores[following]))
    return found


def day_words(found: Found, measure: str) -> tuple[str, str]:
    """(strong words, the rest) about the day after."""
    pattern = found.days
    if pattern.reason == SAME_SIDE:
        said = tr(" all days were on the same side of the limit ({limit}).").format(limit=limit_words(found.habit))
        return tr("Nothing to compare:"), said
    if pattern.effect is None or pattern.lower is None or pattern.upper is None:
        return _not_enough(pattern.reason)
    count = tr("{n} pairs of days, {k} sessions").format(n=pattern.pairs, k=pattern.sessions)
    if pattern.lower <= 0 <= pattern.upper:
        return tr("No clear pattern"), tr(" between {habit} and the day after. {count}.").format(
            habit=found.habit.name.lower(), count=count
        )
    low, high = sorted((abs(pattern.lower), abs(pattern.upper)))
    way = tr("lower") if pattern.effect < 0 else tr("higher")
    said = tr(
        "On days after {limit} your {measure} rating was {by} {way} ({low} to {high}). This may be because you do it "
        "when you feel better. {count}."
    )
    return "", said.format(
        limit=limit_words(found.habit), measure=measure, by=f"{abs(pattern.effect):.1f}", way=way,
        low=f"{low:.1f}", high=f"{high:.1f}", count=count,
    )  # fmt: skip


def session_words(found: Found) -> tuple[str, str]:
    """(strong words, the rest) about the first week and the relief after it."""
    pattern = found.sessions
    if pattern.p is None or pattern.difference is None or pattern.lower is None or pattern.upper is None:
        return _not_enough(pattern.reason)
    count = tr("{n} sessions, {e} ends").format(n=pattern.sessions, e=pattern.ends)
    if pattern.p >= SPOKEN_BELOW:
        said = tr(
            " between {habit} in the first week and how long relief lasted after it. With this many sessions only a "
            "strong link could have shown (above {r}). {count}."
        )
        return tr("No clear pattern"), said.format(
            habit=found.habit.name.lower(), r=f"{pattern.detectable or 0:.2f}", count=count
        )
    way = tr("longer") if pattern.difference > 0 else tr("shorter")
    said = tr(
        "After sessions with more {habit} in the first week, the relief that followed was {by} days {way} "
        "({low} to {high}). {count}."
    )
    return "", said.format(
        habit=found.habit.name.lower(), by=f"{abs(pattern.difference):.1f}", way=way, low=f"{pattern.lower:.1f}",
        high=f"{pattern.upper:.1f}", count=count,
    )  # fmt: skip


def limit_words(habit: Tracked) -> str:
    """The limit above which a day counts, in words: "more than 30 min of exercise"."""
    name = habit.name.lower()
    if habit.kind is Kind.YES_NO:
        return tr("a yes to {name}").format(name=name)
    if habit.kind is Kind.COUNT:
        return tr("any {name}").format(name=name)
    unit = f" {habit.unit}" if habit.unit else ""
    return tr("more than {limit}{unit} of {name}").format(limit=f"{LIMITS[habit.kind]:g}", unit=unit, name=name)


def not_causes(chosen: bool = True) -> str:
    """The last line of the card, always there; `chosen` says whether any habit was chosen yet."""
    said = tr(
        "Things that happen together need not cause each other: a better week brings both more walks and a better "
        "mood. Nothing here says what would happen if you changed a habit."
    )
    return f"{said} {tr('The habits were chosen before looking.')}" if chosen else said


def _not_enough(reason: str) -> tuple[str, str]:
    head, colon, rest = reason.partition(":")
    return (f"{head}{colon}", rest) if colon else (reason, "")
