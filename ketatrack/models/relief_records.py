"""What relief is worked out from, and nothing else of a diary: read from the file, or taken out of a whole diary."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from ketatrack.models import records
from ketatrack.models.diary_data import DiaryData

Score = tuple[date, time | None, int]
"""Diary day, wall clock, and the stored integer: a questionnaire's total, or a rating in hundredths."""
RELIEF_KINDS: frozenset[type[records.Record]] = frozenset(
    {
        records.Tracked,
        records.Session,
        records.CheckIn,
        records.Answers,
        records.Baseline,
        records.Rule,
        records.Settings,
    }
)
"""The kinds of records that `ReliefRecords` is read from: a change of any other kind leaves relief as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefRecords:
    """The records that decide how long relief lasted; `scores` by the key of the measure, absent where there are none.

    The sessions may lack their vitals. Read from a file, a measure's scores are read when they are first asked for.
    """

    tracked: tuple[records.Tracked, ...] = ()
    sessions: tuple[records.Session, ...] = ()
    baselines: tuple[records.Baseline, ...] = ()
    rules: tuple[records.Rule, ...] = ()
    settings: records.Settings = field(default_factory=records.Settings)
    scores: Mapping[str, tuple[Score, ...]] = field(default_factory=dict)


def records_of(data: DiaryData) -> ReliefRecords:
    """Return the same out of a whole diary, as an export or a report has it."""
    return ReliefRecords(
        tracked=data.tracked,
        sessions=data.sessions,
        baselines=data.baselines,
        rules=data.rules,
        settings=next(iter(data.settings), records.Settings()),
        scores=_scores(data),
    )


def _scores(data: DiaryData) -> dict[str, tuple[Score, ...]]:
    result: dict[str, list[Score]] = {}
    for answers in data.answers:
        result.setdefault(answers.instrument, []).append((answers.day, answers.local_time, answers.total))
    keys = {item.id: item.key for item in data.tracked if item.is_measure}
    for entry in data.check_ins:
        for value in entry.values:
            if value.tracked_id in keys:
                score = (entry.day, entry.local_time, value.hundredths)
                result.setdefault(keys[value.tracked_id], []).append(score)
    return {key: tuple(scores) for key, scores in result.items()}
