"""What the Sessions table says about relief, worked out beside the window on the person's main measure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ketatrack.analysis.episodes import Span
from ketatrack.analysis.measures import measures
from ketatrack.analysis.relief import newest, relief
from ketatrack.diary import queries
from ketatrack.diary.database import Diary


@dataclass(frozen=True, slots=True)
class ReliefBySession:
    """The span of each course's last session by its id, the ids of the sessions before it, and the longest span."""

    measure: str
    spans: dict[UUID, Span]
    in_course: frozenset[UUID]
    longest: int


def find(diary: Diary, today: date) -> ReliefBySession:
    """Time relief on the main measure: the first with a baseline, else the first with entries."""
    with diary.read() as connection:
        tracked, sessions = queries.tracked(connection), queries.sessions(connection)
        baselines, rules = queries.baselines(connection), queries.rules(connection)
        known = measures(tracked)
        main = next((each for each in known if newest(baselines, each.key)), None)
        if main is None:
            main = next((each for each in known if queries.scores(connection, each.key)), known[0])
        scores = queries.scores(connection, main.key)
    baseline, rule = newest(baselines, main.key), newest(rules, main.key)
    found = relief(main, scores, sessions, baseline=baseline, rule=rule, today=today)
    return ReliefBySession(
        main.name,
        {span.session_ids[-1]: span for span in found.spans},
        frozenset(identity for span in found.spans for identity in span.session_ids[:-1]),
        max((span.upper or span.lower or 0 for span in found.spans), default=0),
    )
