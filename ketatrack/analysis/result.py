"""What may be said of relief, decided once: which measure, which baseline, with how much data; and the result."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from ketatrack.analysis.episodes import Course, Followed, Span, courses, follow, readings_of, spans_of
from ketatrack.analysis.kaplan_meier import (
    CurveRow,
    Interval,
    Median,
    kaplan_meier,
    median_of,
    midpoints,
    midpoints_allowed,
)
from ketatrack.analysis.measures import (
    QUESTIONNAIRES,
    Criterion,
    Measure,
    Reading,
    criterion,
    measure_of,
    measures,
    propose_baseline,
    readings,
    too_low,
)
from ketatrack.i18n import _
from ketatrack.models.enums import BaselineSource, Reason, RuleKind
from ketatrack.models.records import Baseline, Rule, Session
from ketatrack.models.relief_records import ReliefRecords, Score

HEADLINE_NEEDS = (3, 2)
CURVE_NEEDS = (5, 3)
MEDIAN_NEEDS = (8, 5)
KNOWN_NEEDED = 3
GOOD_DAYS_WITHIN = 28
GAPS_SHARE = Fraction(30, 100)
LAST_DAYS = 14
Dated = TypeVar("Dated", Baseline, Rule)


class Gate(StrEnum):
    """What so much data allows; each row allows what the ones before do."""

    LIST = "list"
    NO_ENDS = "no_ends"
    HEADLINE = "headline"
    CURVE = "curve"
    MEDIAN = "median"

    @property
    def draws_curve(self) -> bool:
        """Whether the curve, its band and the mean good days may be shown."""
        return self in (Gate.CURVE, Gate.MEDIAN)


def gate_of(followed: int, ends: int) -> Gate:
    """Return the row of the table for so many sessions followed and ends seen; the row without ends goes first."""
    if ends == 0 and followed >= HEADLINE_NEEDS[0]:
        return Gate.NO_ENDS
    for needs, gate in ((MEDIAN_NEEDS, Gate.MEDIAN), (CURVE_NEEDS, Gate.CURVE), (HEADLINE_NEEDS, Gate.HEADLINE)):
        if followed >= needs[0] and ends >= needs[1]:
            return gate
    return Gate.LIST


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the spans say together: sessions followed, ends seen, and the curve where it may be drawn."""

    followed: int
    ends: int
    longest: int
    apart: bool
    curve: tuple[CurveRow, ...] = ()
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
    """Return the latest baseline or rule of one measure: it applies to all spans."""
    return max(
        (record for record in records if record.measure == measure), key=lambda dated: dated.recorded_at, default=None
    )


def computed_baseline(
    measure: Measure, scores: Iterable[Score], sessions: Iterable[Session], today: date, recorded_at: datetime
) -> Baseline | None:
    """Return the baseline that the readings before the first-ever course propose; None with too few of them."""
    runs = courses(sessions, today)
    proposal = propose_baseline(measure, readings(measure, scores), runs[0].first_day) if runs else None
    if proposal is None:
        return None
    return Baseline(
        measure=measure.key,
        value=proposal.value,
        source=BaselineSource.COMPUTED,
        recorded_at=recorded_at,
        from_day=proposal.from_day,
        to_day=proposal.to_day,
        readings=proposal.readings,
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
    known, runs = readings(measure, scores), courses(sessions, today)
    kind = rule.kind if rule else measure.default_rule
    limit = None if rule is None or rule.value is None else Fraction(rule.value, 100)
    level = baseline.value if baseline else None
    when = relief_line(measure, rule, baseline)
    attended = tuple(session for run in runs for session in run.sessions)

    seen = follow(known, attended, when, today)

    def spans_with(not_said: Reason) -> tuple[Span, ...]:
        return spans_of(seen, when, not_said, no_rule_note(measure, level))

    spans = spans_with(Reason.PLANNED)
    not_said = sum(span.next_reason is Reason.NOT_SAID for span in spans)
    return Relief(
        measure,
        known,
        attended,
        baseline,
        kind,
        limit,
        when,
        today,
        spans,
        seen,
        too_close=tuple((run.first_day, run.end) for run in runs if run.too_long),
        estimate=estimate(spans),
        if_symptoms=estimate(spans_with(Reason.SYMPTOMS)) if not_said else None,
        not_said=not_said,
        gaps=has_gaps(runs, known),
        since=(today - runs[-1].end).days if runs else None,
    )


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
        return _("The baseline is too low for a percentage.")
    return _("There is no baseline yet.")


def estimate(spans: Sequence[Span]) -> Estimate:
    """Return counts and, with enough sessions followed, ends seen and entries close enough together, the curve."""
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
    return Estimate(*counted, longest, apart=False, curve=rows, median=median_of(rows) if gate is Gate.MEDIAN else None)


def has_gaps(runs: Sequence[Course], known: Sequence[Reading]) -> bool:
    """Whether over 30 % of next sessions have no reason, or no reading in the 14 days before them.

    `known` is sorted by day, as `readings` returns it.
    """
    followed = [(run, following) for run, following in pairwise(runs) if not run.too_long]
    stamps = [reading.day for reading in known]
    silent = unsaid = 0
    for run, following in followed:
        since = following.first_day - timedelta(days=LAST_DAYS)
        recent = known[bisect_left(stamps, since) : bisect_right(stamps, following.first_day)]
        silent += not readings_of(run, following, recent)
        unsaid += following.sessions[0].reason is Reason.NOT_SAID
    return max(silent, unsaid) > GAPS_SHARE * len(followed)


def as_json(result: Relief) -> dict[str, object]:
    """Return the result as data.md's JSON: days are integers, absent is null."""
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
        "session_ids": [str(session_id) for session_id in span.session_ids],
        "status": str(span.status),
        "lower": span.lower,
        "upper": span.upper,
        "note": span.note,
        "next_reason": str(span.next_reason) if span.next_reason else None,
    }


def _row_json(row: CurveRow) -> dict[str, object]:
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


def main_measure(records: ReliefRecords, today: date) -> Measure:
    """Return the measure by which the diary tells how long relief lasted.

    The person's choice in Settings, where there is one. Else the first with a relief line (a baseline that is
    stored or can be computed, or a rule that needs none) and with readings after sessions; else the first with
    readings; else the first. The order: daily ratings as the person has arranged them, then questionnaires in use,
    then other questionnaires. Archived ratings count only where they were chosen.
    """
    chosen = records.settings.relief_measure
    known = {item.key for item in records.tracked if item.is_measure} | set(QUESTIONNAIRES)
    return measure_of(chosen, records.tracked) if chosen in known else automatic_measure(records, today)


def automatic_measure(records: ReliefRecords, today: date) -> Measure:
    """Return the main measure where the person has chosen none."""
    candidates = _in_order(records)
    timed = (candidate for candidate in candidates if _is_timed(records, candidate, today))
    read = (candidate for candidate in candidates if records.scores.get(candidate.key))
    return next(timed, None) or next(read, candidates[0])


def known_measures(records: ReliefRecords, today: date) -> tuple[Measure, ...]:
    """Every measure to choose from, the main one first where it is an archived rating."""
    main, known = main_measure(records, today), measures(records.tracked)
    return known if main.key in {measure.key for measure in known} else (main, *known)


def relief_of(records: ReliefRecords, today: date, key: str | None = None) -> Relief:
    """Relief on one measure, with the baseline and the rule that apply.

    Args:
        records: of the whole diary, whatever period is shown.
        today: the diary day.
        key: the measure's key; without it the main measure. Raises InvalidValue for one that is not in the diary.
    """
    measure = main_measure(records, today) if key is None else measure_of(key, records.tracked)
    return relief(
        measure,
        records.scores.get(measure.key, ()),
        records.sessions,
        baseline=applying_baseline(records, measure, today),
        rule=newest(records.rules, measure.key),
        today=today,
    )


def reliefs_of(records: ReliefRecords, today: date) -> tuple[Relief, ...]:
    """Relief on each measure that has readings, the main measure first."""
    main = main_measure(records, today)
    others = (measure for measure in measures(records.tracked) if measure.key != main.key)
    return tuple(relief_of(records, today, other.key) for other in (main, *others) if records.scores.get(other.key))


def applying_baseline(records: ReliefRecords, measure: Measure, today: date) -> Baseline | None:
    """Return newest stored baseline, else the one that the readings before the first session give, marked computed."""
    stored = newest(records.baselines, measure.key)
    if stored is not None:
        return stored
    begin_of_day = datetime.combine(today, time.min, UTC)
    return computed_baseline(measure, records.scores.get(measure.key, ()), records.sessions, today, begin_of_day)


def _in_order(records: ReliefRecords) -> tuple[Measure, ...]:
    used = records.settings.instruments
    known = measures(records.tracked)
    return tuple(sorted(known, key=lambda measure: 0 if measure.daily else 1 if measure.key in used else 2))


def _is_timed(records: ReliefRecords, measure: Measure, today: date) -> bool:
    scores, runs = records.scores.get(measure.key, ()), courses(records.sessions, today)
    if not runs or not any(day > runs[0].end for day, _, _ in scores):
        return False
    rule, baseline = newest(records.rules, measure.key), applying_baseline(records, measure, today)
    return relief_line(measure, rule, baseline) is not None
