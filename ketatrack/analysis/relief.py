"""One result for the Relief page, its charts and the command line: how long relief lasted, and how sure that is.

How much data each number needs stands in gates.py; which measure and baseline apply, in result.py.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from ketatrack.analysis.episodes import Course, Followed, Span, courses, follow, readings_of, spans_of
from ketatrack.analysis.gates import Gate, gate_of
from ketatrack.analysis.kaplan_meier import (
    Interval,
    Median,
    Row,
    kaplan_meier,
    median_of,
    midpoints,
    midpoints_allowed,
)
from ketatrack.analysis.measures import (
    Criterion,
    Measure,
    Reading,
    criterion,
    propose_baseline,
    readings,
    too_low,
)
from ketatrack.models.records import Baseline, Rule, Session
from ketatrack.models.relief_records import Score
from ketatrack.models.values import BaselineSource, Reason, RuleKind

GOOD_DAYS_WITHIN = 28
GAPS_SHARE = Fraction(30, 100)
LAST_DAYS = 14

Dated = TypeVar("Dated", Baseline, Rule)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the spans say together: sessions followed, ends seen, and the curve where it may be drawn."""

    followed: int
    ends: int
    longest: int
    apart: bool
    curve: tuple[Row, ...] = ()
    median: Median | None = None


@dataclass(frozen=True, slots=True)
class Relief:
    """Everything known about relief on one measure; `baseline` and `limit` are on the stored scale.

    `followed` has what was read after each course, in the order of `spans`.
    `since` is how many days ago the last session ended; `if_symptoms` counts sessions without a reason
    (`not_said` of them) as symptoms coming back, None where there is no such session.
    """

    measure: Measure
    readings: tuple[Reading, ...]
    sessions: tuple[Session, ...]
    baseline: Baseline | None
    rule: RuleKind
    limit: Fraction | None
    criterion: Criterion | None
    today: date
    spans: tuple[Span, ...]
    followed: tuple[Followed, ...]
    too_close: tuple[tuple[date, date], ...]
    estimate: Estimate
    if_symptoms: Estimate | None
    not_said: int
    gaps: bool
    since: int | None

    @property
    def faded_by_now(self) -> tuple[int, int, int]:
        """Of the earlier sessions: faded by day `since`, still in relief then, and those that cannot be told."""
        since = self.since or 0
        past = [(span.lower, span.upper) for span in self.spans if span.lower is not None and not span.running]
        faded = sum(upper is not None and upper <= since for _, upper in past)
        relieved = sum(lower >= since for lower, _ in past)
        return faded, relieved, len(past) - faded - relieved


def newest(records: Iterable[Dated], measure: str) -> Dated | None:
    """The latest baseline or rule of one measure: it applies to all spans."""
    return max((each for each in records if each.measure == measure), key=lambda each: each.recorded_at, default=None)


def computed_baseline(
    measure: Measure, scores: Iterable[Score], sessions: Iterable[Session], today: date, recorded_at: datetime
) -> Baseline | None:
    """The baseline that the readings before the first-ever course propose; None with too few of them."""
    runs = courses(sessions, today)
    found = propose_baseline(measure, readings(measure, scores), runs[0].first_day) if runs else None
    if found is None:
        return None
    return Baseline(
        measure=measure.key,
        value=found.value,
        source=BaselineSource.COMPUTED,
        recorded_at=recorded_at,
        from_day=found.from_day,
        to_day=found.to_day,
        readings=found.readings,
    )


def relief(
    measure: Measure,
    scores: Iterable[Score],
    sessions: Iterable[Session],
    *,
    baseline: Baseline | None,
    rule: Rule | None,
    today: date,
) -> Relief:
    """Work out relief on one measure.

    Args:
        measure: from `measure_of`.
        scores: its stored scores, in any order.
        sessions: all sessions of the diary.
        baseline: the one that applies (`newest`), or None.
        rule: the one that applies, or None for the measure's default.
        today: the diary day on which the question is asked.
    """
    given, runs = readings(measure, scores), courses(sessions, today)
    kind = rule.kind if rule else measure.default_rule
    limit = None if rule is None or rule.value is None else Fraction(rule.value, 100)
    level = baseline.value if baseline else None
    when = relief_line(measure, rule, baseline)
    attended = tuple(session for run in runs for session in run.sessions)

    seen = follow(given, attended, when, today)

    def spans_with(not_said: Reason) -> tuple[Span, ...]:
        return spans_of(seen, when, not_said, no_rule_note(measure, level))

    spans = spans_with(Reason.PLANNED)
    not_said = sum(span.next_reason is Reason.NOT_SAID for span in spans)
    return Relief(
        measure, given, attended, baseline, kind, limit, when, today, spans, seen,
        too_close=tuple((run.first_day, run.end) for run in runs if run.too_long),
        estimate=estimate(spans),
        if_symptoms=estimate(spans_with(Reason.SYMPTOMS)) if not_said else None,
        not_said=not_said,
        gaps=has_gaps(runs, given),
        since=(today - runs[-1].end).days if runs else None,
    )  # fmt: skip


def relief_line(measure: Measure, rule: Rule | None, baseline: Baseline | None) -> Criterion | None:
    """When a reading is in relief; None where the rule needs a baseline and there is none, or too low a one."""
    kind = rule.kind if rule else measure.default_rule
    limit = None if rule is None or rule.value is None else Fraction(rule.value, 100)
    return criterion(measure, kind, limit, baseline.value if baseline else None)


def faded_now(result: Relief) -> bool:
    """Whether relief has faded by the rule after the latest course, with nothing after it yet."""
    return bool(result.spans) and result.spans[-1].running and result.spans[-1].upper is not None


def no_rule_note(measure: Measure, baseline: Fraction | None) -> str:
    """Why nothing can be assessed under a percentage rule."""
    if baseline is not None and too_low(measure, baseline):
        return "The baseline is too low for a percentage."
    return "There is no baseline yet."


def estimate(spans: Sequence[Span]) -> Estimate:
    """Counts and, with enough sessions followed, ends seen and entries close enough together, the curve."""
    followed: list[Interval] = [(span.lower, span.upper) for span in spans if span.lower is not None]
    ends, longest = sum(upper is not None for _, upper in followed), max((lower for lower, _ in followed), default=0)
    counted = (len(followed), ends)
    if not midpoints_allowed(followed):
        return Estimate(*counted, longest, apart=True)
    gate = gate_of(*counted)
    if not gate.draws_curve:
        return Estimate(*counted, longest, apart=False)
    times, ended = midpoints(followed)
    rows = kaplan_meier(times, ended)
    return Estimate(
        *counted, longest, apart=False, curve=rows,
        median=median_of(rows) if gate is Gate.MEDIAN else None,
    )  # fmt: skip


def has_gaps(runs: Sequence[Course], given: Sequence[Reading]) -> bool:
    """Whether over 30 % of next sessions have no reason, or no reading in the 14 days before them.

    `given` is sorted by day, as `readings` returns it.
    """
    followed = [(run, following) for run, following in pairwise(runs) if not run.too_long]
    stamps = [each.day for each in given]
    silent = unsaid = 0
    for run, following in followed:
        since = following.first_day - timedelta(days=LAST_DAYS)
        recent = given[bisect_left(stamps, since) : bisect_right(stamps, following.first_day)]
        silent += not readings_of(run, following, recent)
        unsaid += following.sessions[0].reason is Reason.NOT_SAID
    return max(silent, unsaid) > GAPS_SHARE * len(followed)


def as_json(result: Relief) -> dict[str, object]:
    """The result as data.md's JSON: days are integers, absent is null."""
    median = result.estimate.median or Median(None, None, None)
    return {
        "measure": result.measure.key,
        "baseline": _baseline_json(result.baseline),
        "rule": {"kind": str(result.rule), "value": _number(result.limit)},
        "spans": [_span_json(span) for span in result.spans],
        "kaplan_meier": [_row_json(row) for row in result.estimate.curve],
        "median": {"value": _number(median.value), "lower": _number(median.lower), "upper": _number(median.upper)},
    }


def _baseline_json(baseline: Baseline | None) -> dict[str, object] | None:
    if baseline is None:
        return None
    return {
        "value": _number(baseline.value),
        "source": str(baseline.source),
        "from": baseline.from_day.isoformat() if baseline.from_day else None,
        "to": baseline.to_day.isoformat() if baseline.to_day else None,
        "readings": baseline.readings,
    }


def _span_json(span: Span) -> dict[str, object]:
    return {
        "date": span.day.isoformat(),
        "session_ids": [str(each) for each in span.session_ids],
        "status": str(span.status),
        "lower": span.lower,
        "upper": span.upper,
        "note": span.note,
        "next_reason": str(span.next_reason) if span.next_reason else None,
    }


def _row_json(row: Row) -> dict[str, object]:
    return {
        "t": _number(row.t),
        "at_risk": row.at_risk,
        "events": row.events,
        "survival": float(row.survival),
        "standard_error": row.standard_error,
        "lower": row.lower,
        "upper": row.upper,
    }


def _number(value: int | Fraction | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
