"""What every section of the report rests on: the data, the formats, the measures; and the elements that it returns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from ketatrack.analysis.estimates import Estimates
from ketatrack.analysis.result import Relief
from ketatrack.formats.export_data import ExportData
from ketatrack.models.records import Session
from ketatrack.report.formatting import Formats


@dataclass(frozen=True, slots=True)
class ReportContext:
    """The shared diary and what was chosen from it.

    `timed` is the measure that relief is timed by and `estimates` what may be said of it; `scored` is the
    questionnaire whose scores are drawn, `rated` the daily rating beside it. All are None without readings.
    """

    shared: ExportData
    formats: Formats
    timed: Relief | None
    estimates: Estimates | None
    scored: Relief | None
    rated: Relief | None

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions of the period, oldest first, none of them still to come."""
        attended = (session for session in self.shared.diary.sessions if session.day <= self.shared.today)
        return tuple(sorted(attended, key=lambda one: (one.day, one.local_time or time.min)))

    @property
    def attended(self) -> tuple[Session, ...]:
        """All sessions that relief was worked out from, also those outside the period."""
        return self.timed.sessions if self.timed is not None else self.sessions

    @property
    def looks_beyond(self) -> bool:
        """Whether relief was worked out from sessions outside the period too; then the report says so."""
        return any(not self.covers(session.day) for session in self.attended)

    def covers(self, day: date) -> bool:
        """Whether the period holds a diary day."""
        return self.shared.first <= day <= self.shared.last


def timed_by(relief_results: Sequence[Relief]) -> Relief | None:
    """Relief by the main measure, which comes first."""
    return next(iter(relief_results), None)


def scored_by(relief_results: Sequence[Relief]) -> Relief | None:
    """Return the questionnaire that is drawn: the main measure if it is one, else the first, else the daily rating."""
    return next((relief for relief in relief_results if not relief.measure.daily), next(iter(relief_results), None))


def rated_by(relief_results: Sequence[Relief]) -> Relief | None:
    """Return the daily rating that stands beside the questionnaire: the main measure if it is one, else the first."""
    return next((relief for relief in relief_results if relief.measure.daily), None)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or two with a semibold beginning."""

    lead: str
    words: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the numbers on top: its name, the number ("–" where it is missing) and two lines about it."""

    label: str
    value: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart under its heading: `file` of `width` x `height` points and its alternative text.

    Where there is too little to draw, `file` is empty and `empty` says what there is.
    """

    title: str
    file: str = ""
    spoken: str = ""
    width: float = 0
    height: float = 0
    empty: str = ""


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column of a table: its heading, whether numbers stand flush right, and its share of the width (0: own)."""

    head: str
    right: bool = False
    share: float = 0


@dataclass(frozen=True, slots=True)
class PaperTable:
    """Rows of words under repeated headings; with no rows, `empty` says what there is."""

    columns: tuple[PaperColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""
