"""The one place that decides which measure tells how long relief lasted, and against which baseline.

Every page, the report, the exports and the command line ask here, so that one diary gives one answer.
"""

from datetime import UTC, date, datetime, time

from ketatrack.analysis.episodes import courses
from ketatrack.analysis.measures import QUESTIONNAIRES, Measure, measure_of, measures
from ketatrack.analysis.relief import Relief, computed_baseline, newest, relief, relief_line
from ketatrack.models.records import Baseline
from ketatrack.models.relief_records import ReliefRecords


def main_measure(records: ReliefRecords, today: date) -> Measure:
    """The measure by which the diary tells how long relief lasted.

    The person's choice in Settings, where there is one. Else the first with a relief line (a baseline that is
    stored or can be computed, or a rule that needs none) and with readings after sessions; else the first with
    readings; else the first. The order: daily ratings as the person has arranged them, then questionnaires in use,
    then other questionnaires. Archived ratings count only where they were chosen.
    """
    chosen = records.settings.relief_measure
    known = {each.key for each in records.tracked if each.is_measure} | set(QUESTIONNAIRES)
    return measure_of(chosen, records.tracked) if chosen in known else automatic_measure(records, today)


def automatic_measure(records: ReliefRecords, today: date) -> Measure:
    """The main measure where the person has chosen none."""
    candidates = _in_order(records)
    timed = (each for each in candidates if _is_timed(records, each, today))
    read = (each for each in candidates if records.scores.get(each.key))
    return next(timed, None) or next(read, candidates[0])


def known_measures(records: ReliefRecords, today: date) -> tuple[Measure, ...]:
    """Every measure to choose from, the main one first where it is an archived rating."""
    main, known = main_measure(records, today), measures(records.tracked)
    return known if main.key in {each.key for each in known} else (main, *known)


def relief_of(records: ReliefRecords, today: date, key: str | None = None) -> Relief:
    """Relief on one measure, with the baseline and the rule that apply.

    Args:
        records: of the whole diary, whatever period is shown.
        today: the diary day.
        key: the measure's key; without it the main measure. Raises InvalidValue for one that is not in the diary.
    """
    measure = main_measure(records, today) if key is None else measure_of(key, records.tracked)
    return relief(
        measure, records.scores.get(measure.key, ()), records.sessions,
        baseline=applying_baseline(records, measure, today), rule=newest(records.rules, measure.key), today=today,
    )  # fmt: skip


def reliefs_of(records: ReliefRecords, today: date) -> tuple[Relief, ...]:
    """Relief on each measure that has readings, the main measure first."""
    main = main_measure(records, today)
    others = (each for each in measures(records.tracked) if each.key != main.key)
    return tuple(relief_of(records, today, each.key) for each in (main, *others) if records.scores.get(each.key))


def applying_baseline(records: ReliefRecords, measure: Measure, today: date) -> Baseline | None:
    """The newest stored baseline, else the one that the readings before the first session give, marked computed."""
    stored = newest(records.baselines, measure.key)
    if stored is not None:
        return stored
    begin_of_day = datetime.combine(today, time.min, UTC)
    return computed_baseline(measure, records.scores.get(measure.key, ()), records.sessions, today, begin_of_day)


def _in_order(records: ReliefRecords) -> tuple[Measure, ...]:
    used = records.settings.instruments
    known = measures(records.tracked)
    return tuple(sorted(known, key=lambda each: 0 if each.daily else 1 if each.key in used else 2))


def _is_timed(records: ReliefRecords, measure: Measure, today: date) -> bool:
    scores, runs = records.scores.get(measure.key, ()), courses(records.sessions, today)
    if not runs or not any(day > runs[0].end for day, _, _ in scores):
        return False
    rule, baseline = newest(records.rules, measure.key), applying_baseline(records, measure, today)
    return relief_line(measure, rule, baseline) is not None
