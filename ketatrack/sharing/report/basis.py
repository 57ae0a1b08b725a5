"""What all sections rest on: the shared diary, the formats, and which measure times relief and which one is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from ketatrack.analysis.estimates import Estimates
from ketatrack.analysis.relief import Relief
from ketatrack.models.records import Session
from ketatrack.sharing.report.words import Formats
from ketatrack.sharing.shared import Shared


@dataclass(frozen=True, slots=True)
class Basis:
    """The shared diary and what was chosen from it.

    `timed` is the measure that relief is timed by and `found` what may be said of it; `scored` is the
    questionnaire whose scores are drawn, `rated` the daily rating beside it. All are None without readings.
    """

    shared: Shared
    formats: Formats
    timed: Relief | None
    found: Estimates | None
    scored: Relief | None
    rated: Relief | None

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions of the period, oldest first, none of them still to come."""
        attended = (each for each in self.shared.diary.sessions if each.day <= self.shared.today)
        return tuple(sorted(attended, key=lambda each: (each.day, each.local_time or time.min)))

    @property
    def attended(self) -> tuple[Session, ...]:
        """All sessions that relief was worked out from, also those outside the period."""
        return self.timed.sessions if self.timed is not None else self.sessions

    @property
    def looks_beyond(self) -> bool:
        """Whether relief was worked out from sessions outside the period too; then the report says so."""
        return any(not self.covers(each.day) for each in self.attended)

    def covers(self, day: date) -> bool:
        """Whether the period holds a diary day."""
        return self.shared.first <= day <= self.shared.last


def timed_by(reliefs: Sequence[Relief]) -> Relief | None:
    """Relief by the main measure, which comes first."""
    return next(iter(reliefs), None)


def scored_by(reliefs: Sequence[Relief]) -> Relief | None:
    """The questionnaire whose scores are drawn: the main measure if it is one, else the first; or the daily rating."""
    return next((each for each in reliefs if not each.measure.daily), next(iter(reliefs), None))


def rated_by(reliefs: Sequence[Relief]) -> Relief | None:
    """The daily rating that stands beside the questionnaire: the main measure if it is one, else the first."""
    return next((each for each in reliefs if each.measure.daily), None)
