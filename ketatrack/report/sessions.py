"""The last sessions for page 1, and every session of the period: treatment, vital signs, how it went, relief."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from ketatrack.analysis.episodes import Span, Status, courses
from ketatrack.analysis.sentences import Length, days_and_end, how_it_ended, span_days
from ketatrack.i18n import _, ngettext
from ketatrack.models import labels
from ketatrack.models.enums import Drug
from ketatrack.models.records import Session
from ketatrack.report import safety
from ketatrack.report.context import Passage, ReportContext
from ketatrack.report.formatting import Formats, shortened
from ketatrack.report.treatments import regimen

MOST_ROWS = 10
LONGEST_NAME = 30
AXES = (30, 45, 60, 90, 120, 180, 365, 730, 3650)
SHORT_NOTES = 1500


@dataclass(frozen=True, slots=True)
class RecentRow:
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
    rows: tuple[RecentRow, ...]
    empty: str


def recent(basis: ReportContext, all_follow: bool) -> Recent:
    """Return the last sessions of the period, newest first; `all_follow` says that another section has them all."""
    rows = tuple(_rows(basis))
    longest = max((row.upper or row.lower or 0 for row in rows), default=0)
    return Recent(
        title=_title(basis, len(rows)),
        aside=_aside(len(basis.sessions)) if all_follow and rows else ("", ""),
        heads=(_("Session"), _("Route, dose"), _("Why this session"), _("Days"), _("How it ended")),
        axis=next((axis for axis in AXES if longest <= 1.07 * axis), AXES[-1]),
        rows=rows,
        empty=_("No session is noted in this period."),
    )


def _title(basis: ReportContext, rows: int) -> str:
    """Return what the table shows, and by which measure."""
    text = _("Relief by session")
    if rows > 1:
        text = ngettext("Relief after the last session", "Relief after the last {n} sessions", rows).format(n=rows)
    if basis.timed is None:
        return text
    return _("{title} ({measure})").format(title=text, measure=shortened(basis.timed.measure.name, LONGEST_NAME))


def _aside(n: int) -> tuple[str, str]:
    """Where all sessions are; the template knows the pages."""
    return (
        ngettext("{n} session on page {{first}}", "all {n} sessions on page {{first}}", n).format(n=n),
        ngettext("{n} session on pages {{first}}–{{last}}", "all {n} sessions on pages {{first}}–{{last}}", n).format(
            n=n
        ),
    )


def _rows(basis: ReportContext) -> list[RecentRow]:
    by_id = {session.id: session for session in (*basis.attended, *basis.sessions)}
    spans = basis.timed.spans if basis.timed is not None else ()
    covered = [span for span in spans if basis.covers(span.day)]
    if covered:
        return [_row(basis, span, by_id) for span in covered[::-1][:MOST_ROWS]]
    runs = courses(basis.sessions, basis.shared.today)
    text = _("sessions too close together to time relief") if basis.timed else _("no score or rating to tell")
    return [_plain(basis, run.sessions, text) for run in runs[::-1][:MOST_ROWS]]


def _row(basis: ReportContext, span: Span, by_id: dict[UUID, Session]) -> RecentRow:
    sessions = [by_id[session_id] for session_id in span.session_ids]
    plain = _plain(basis, sessions, ending(span))
    arrow = span.lower is not None and span.upper is None
    days = span_days(span, Length.SHORT) or "–"
    return RecentRow(plain.day, plain.treatment, plain.why, days, span.lower, span.upper, arrow, plain.ending)


def _plain(basis: ReportContext, sessions: Iterable[Session], text: str) -> RecentRow:
    run = list(sessions)
    treatment = regimen(run[-1], basis.formats)
    if len(run) > 1:
        treatment = _("{what}, last of {n}").format(what=treatment, n=len(run))
    why = labels.reason_in_text(run[0].reason)
    return RecentRow(basis.formats.day(run[-1].day), treatment, why, "–", None, None, False, text)


def ending(span: Span) -> str:
    """How a span ended; where it could not be assessed, with the reason."""
    text = how_it_ended(span)
    return f"{text}. {span.note}" if span.status is Status.NOT_ASSESSED and span.note else text


@dataclass(frozen=True, slots=True)
class Entry:
    """One session: a cell for each column, and below it what was written down, if that is shown.

    `long` says that the notes may need more than one page.
    """

    cells: tuple[str, ...]
    notes: tuple[Passage, ...]
    long: bool


@dataclass(frozen=True, slots=True)
class EverySession:
    """The section, newest session first."""

    title: str
    about: str
    heads: tuple[str, ...]
    entries: tuple[Entry, ...]


def every_session(basis: ReportContext) -> EverySession:
    """All sessions of the period, with the relief that was timed by the report's measure."""
    spans = {span.session_ids[-1]: span for span in basis.timed.spans} if basis.timed is not None else {}
    in_course = {one for span in spans.values() for one in span.session_ids[:-1]}
    entries = tuple(_entry(basis, session, spans.get(session.id), in_course) for session in basis.sessions[::-1])
    about = _("Newest first. Ratings: 0 none, 10 most. Blood pressure in mmHg, as noted by the patient.")
    return EverySession(
        title=_("Every session"),
        about=about if entries else _("0 sessions are noted in this period."),
        heads=(
            _("Session"),
            _("Treatment"),
            _("Why this session"),
            _("Blood pressure"),
            _("During and after"),
            _("Side effects, medicines"),
            _("Relief"),
        ),
        entries=entries,
    )


def _entry(basis: ReportContext, session: Session, span: Span | None, in_course: set[UUID]) -> Entry:
    relief = (days_and_end(span) if span.followed else ending(span)) if span is not None else ""
    if session.id in in_course:
        relief = _("one course with the next")
    cells = (
        _when(session, basis.formats),
        _treatment(session, basis.formats),
        labels.reason_in_text(session.reason),
        _vitals(session),
        _course(session, basis.formats),
        _effects(session),
        relief or "–",
    )
    notes = tuple(_notes(session))
    return Entry(cells, notes, sum(len(note.words) for note in notes) > SHORT_NOTES)


def _when(session: Session, formats: Formats) -> str:
    clock = f"\n{formats.clock(session.local_time)}" if session.local_time is not None else ""
    return formats.day(session.day) + clock


def _treatment(session: Session, formats: Formats) -> str:
    text = regimen(session, formats)
    if session.mg_per_kg is not None:
        text += f"\n{formats.number(float(session.mg_per_kg), 2)} mg/kg"
    more = [labels.drug(session.drug)] if session.drug is Drug.ESKETAMINE else []
    more += [_("{n} min").format(n=session.duration_minutes)] if session.duration_minutes is not None else []
    more += [labels.place_in_text(session.place)] if session.place else []
    lines = [text, ", ".join(more), labels.phase_in_text(session)]
    return "\n".join(line for line in lines if line)


def _vitals(session: Session) -> str:
    lines = [
        f"{labels.moment_in_text(vital.moment)} {safety.written(pressure)}"
        for vital in session.vitals
        if (pressure := safety.pressure_of(vital))
    ]
    oxygen = [vital.spo2 for vital in session.vitals if vital.spo2 is not None]
    lines += [_("lowest SpO2 {n} %").format(n=min(oxygen))] if oxygen else []
    return "\n".join(lines) or "–"


def _course(session: Session, formats: Formats) -> str:
    rated = (
        (_("detached {n}"), session.detached),
        (_("sleepy {n}"), session.sleepy),
        (_("nausea {n}"), session.nausea),
    )
    lines = [", ".join(text.format(n=formats.hundredths(value)) for text, value in rated if value is not None)]
    before, after = session.mood_before, session.mood_after
    if before is not None or after is not None:
        ends = " → ".join("–" if mood is None else formats.hundredths(mood) for mood in (before, after))
        lines.append(_("mood {values} (0 worst, 10 best)").format(values=ends))
    care = [_("talked through")] if session.talked_through else []
    care += [_("psychotherapy")] if session.psychotherapy else []
    return "\n".join(line for line in (*lines, ", ".join(care)) if line) or "–"


def _effects(session: Session) -> str:
    effects, medicines = ", ".join(labels.side_effects(session)), ", ".join(labels.medicines(session))
    lines = [effects or _("none noted")]
    return "\n".join(lines + ([_("with {medicines}").format(medicines=medicines)] if medicines else []))


def _notes(session: Session) -> list[Passage]:
    """Return the intention and the notes; narrowing has emptied both unless the person said yes to them this time."""
    texts = ((_("Intention:"), session.intention), (_("Notes:"), session.notes))
    return [Passage(lead, words.strip()) for lead, words in texts if words.strip()]
