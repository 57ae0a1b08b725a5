"""What the Sessions table says about relief, by the person's main measure; worked out in a background thread."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ketatrack.analysis.episodes import Span
from ketatrack.analysis.relief_words import measured_by
from ketatrack.analysis.result import relief_of
from ketatrack.diary import queries
from ketatrack.diary.database import Diary


@dataclass(frozen=True, slots=True)
class ReliefBySession:
    """The span of each course's last session by its id, the ids of the sessions before it, and the longest span.

    `measure` is the name of the measure, `measured_by` says in a sentence what relief is told by.
    """

    measure: str
    measured_by: str
    spans: dict[UUID, Span]
    in_course: frozenset[UUID]
    longest: int


def find(diary: Diary, today: date) -> ReliefBySession:
    """Time relief on the main measure."""
    with diary.read() as connection:
        records = queries.relief_records(connection)
    found = relief_of(records, today)
    return ReliefBySession(
        found.measure.name,
        measured_by(found),
        {span.session_ids[-1]: span for span in found.spans},
        frozenset(identity for span in found.spans for identity in span.session_ids[:-1]),
        max((span.upper or span.lower or 0 for span in found.spans), default=0),
    )
