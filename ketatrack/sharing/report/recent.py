"""Relief after the last sessions: a row for each, with a bar that the template draws in its cell."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from ketatrack.analysis.episodes import Span, Status, courses
from ketatrack.analysis.relief_words import Length, how_it_ended, span_days
from ketatrack.models import labels
from ketatrack.models.records import Session
from ketatrack.sharing.report.basis import Basis
from ketatrack.sharing.report.treatment import regimen
from ketatrack.sharing.report.words import counted, filled, shortened, tr

MOST_ROWS = 10
LONGEST_NAME = 30
AXES = (30, 45, 60, 90, 120, 180, 365, 730, 3650)


@dataclass(frozen=True, slots=True)
class Row:
    """One session (a course by its last one): words, and the bar from 0 to `lower`, open to `upper`.

    `arrow` says that no end was seen.
    """

    day: str
    treatment: str
    why: str
    days: str
    lower: int | None
    upper: int | None
    arrow: bool
    ending: str


@dataclass(frozen=True, slots=True)
class Recent:
    """The table; `axis` is the day at the right end of the bars.

    `aside` may point to all sessions, in words for one page and for several.
    """

    title: str
    aside: tuple[str, str]
    heads: tuple[str, ...]
    axis: int
    rows: tuple[Row, ...]
    empty: str


def recent(basis: Basis, all_follow: bool) -> Recent:
    """The last sessions of the period, newest first; `all_follow` says that another section has them all."""
    rows = tuple(_rows(basis))
    longest = max((each.upper or each.lower or 0 for each in rows), default=0)
    counted_all = counted(len(basis.sessions), "session", "sessions")
    return Recent(
        title=_title(basis, len(rows)),
        aside=_aside(counted_all) if all_follow and rows else ("", ""),
        heads=(tr("Session"), tr("Route, dose"), tr("Why this session"), tr("Days"), tr("How it ended")),
        axis=next((axis for axis in AXES if longest <= 1.07 * axis), AXES[-1]),
        rows=rows,
        empty=tr("No session is noted in this period."),
    )


def _title(basis: Basis, rows: int) -> str:
    """What the table shows, and by which measure."""
    said = filled("Relief after the last {n} sessions", n=rows) if rows > 1 else tr("Relief by session")
    if basis.timed is None:
        return said
    return filled("{title} ({measure})", title=said, measure=shortened(basis.timed.measure.name, LONGEST_NAME))


def _aside(sessions: str) -> tuple[str, str]:
    """Where all sessions are; the template knows the pages."""
    return (
        filled("all {sessions} on page {{first}}", sessions=sessions),
        filled("all {sessions} on pages {{first}}–{{last}}", sessions=sessions),
    )


def _rows(basis: Basis) -> list[Row]:
    by_id = {each.id: each for each in (*basis.attended, *basis.sessions)}
    spans = basis.timed.spans if basis.timed is not None else ()
    held = [each for each in spans if basis.covers(each.day)]
    if held:
        return [_row(basis, each, by_id) for each in held[::-1][:MOST_ROWS]]
    runs = courses(basis.sessions, basis.shared.today)
    said = tr("sessions too close together to time relief") if basis.timed else tr("no score or rating to tell")
    return [_plain(basis, run.sessions, said) for run in runs[::-1][:MOST_ROWS]]


def _row(basis: Basis, span: Span, by_id: dict[UUID, Session]) -> Row:
    sessions = [by_id[each] for each in span.session_ids]
    plain = _plain(basis, sessions, ending(span))
    arrow = span.lower is not None and span.upper is None
    days = span_days(span, Length.SHORT) or "–"
    return Row(plain.day, plain.treatment, plain.why, days, span.lower, span.upper, arrow, plain.ending)


def _plain(basis: Basis, sessions: Iterable[Session], said: str) -> Row:
    run = list(sessions)
    treatment = regimen(run[-1], basis.formats)
    if len(run) > 1:
        treatment = filled("{what}, last of {n}", what=treatment, n=len(run))
    why = labels.reason_in_text(run[0].reason)
    return Row(basis.formats.day(run[-1].day), treatment, why, "–", None, None, False, said)


def ending(span: Span) -> str:
    """How a span ended; where it could not be assessed, with the reason."""
    said = how_it_ended(span)
    return f"{said}. {span.note}" if span.status is Status.NOT_ASSESSED and span.note else said
