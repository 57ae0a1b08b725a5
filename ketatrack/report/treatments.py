"""Treatment so far in two lines, and the words for a session's treatment."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from ketatrack.analysis.episodes import Course, courses
from ketatrack.i18n import _, ngettext
from ketatrack.models import labels
from ketatrack.models.enums import Drug
from ketatrack.models.records import Session
from ketatrack.report.context import Passage, ReportContext
from ketatrack.report.formatting import Formats, spelled

SERIES_FROM = 3
MOST_REGIMENS = 4


def regimen(session: Session, formats: Formats) -> str:
    """Route and dose: IV 55 mg."""
    route = labels.route_in_text(session.route)
    return route if session.dose_mg is None else f"{route} {formats.hundredths(session.dose_mg)} mg"


def treatment(basis: ReportContext) -> Passage:
    """Return what was given, how often and when last, in the sessions of the period."""
    sessions, formats, today = basis.sessions, basis.formats, basis.shared.today
    lead = _("Treatment so far.")
    if not sessions:
        return Passage(lead, _("No session is noted in this period."))
    last = sessions[-1]
    ago = (today - last.day).days
    when = _("today") if ago == 0 else ngettext("{n} day ago", "{n} days ago", ago).format(n=ago)
    ending = _("Last: {what} on {day}, {when}.").format(
        what=regimen(last, formats), day=formats.day(last.day), when=when
    )
    if basis.attended[-1].day > last.day:
        ending = _("Last in this period: {what} on {day}.").format(
            what=regimen(last, formats), day=formats.day(last.day)
        )
    earlier = sum(each.day < basis.shared.first for each in basis.attended)
    before = ngettext(
        "{n} session earlier, before this period.", "{n} sessions earlier, before this period.", earlier
    ).format(n=earlier)
    text = ngettext("{drug}, {n} session: {course}.", "{drug}, {n} sessions: {course}.", len(sessions)).format(
        drug=_drug(sessions), n=len(sessions), course=_course_of(basis)
    )
    return Passage(lead, " ".join([text, ending, *([before] if earlier > 0 else [])]))


def _drug(sessions: Sequence[Session]) -> str:
    drugs = {session.drug for session in sessions} - {None}
    if drugs == {Drug.KETAMINE}:
        return _("Racemic ketamine")
    if drugs == {Drug.ESKETAMINE}:
        return _("Esketamine")
    return _("Ketamine and esketamine") if drugs else _("Ketamine")


def _course_of(basis: ReportContext) -> str:
    """Return the first series by itself where the diary begins with one, then the rest with its intervals."""
    sessions, formats = basis.sessions, basis.formats
    first = courses(sessions, basis.shared.today)[0]
    begins = basis.attended[0].day == sessions[0].day
    if not begins or first.too_long or len(first.sessions) < SERIES_FROM:
        return _regimens(sessions, formats) + _intervals(sessions)
    series = _series(first, formats)
    rest = sessions[len(first.sessions) :]
    if not rest:
        return series
    then = _("then {n}").format(n=str(len(rest)))
    return f"{series}, {then}{_intervals(sessions[len(first.sessions) - 1 :])} ({_regimens(rest, formats)})"


def _series(course: Course, formats: Formats) -> str:
    days = (course.end - course.first_day).days
    kinds = {regimen(session, formats) for session in course.sessions}
    n, when = spelled(len(course.sessions)), formats.month(course.first_day)
    if len(kinds) == 1:
        return _("{n} of {what} in {days} days ({when})").format(n=n, what=kinds.pop(), days=days, when=when)
    what = _regimens(course.sessions, formats)
    return _("{n} in {days} days ({when}; {what})").format(n=n, days=days, when=when, what=what)


def _intervals(sessions: Sequence[Session]) -> str:
    gaps = sorted((later.day - earlier.day).days for earlier, later in pairwise(sessions))
    if not gaps:
        return ""
    if gaps[0] == gaps[-1]:
        return ", " + ngettext("{n} day apart", "{n} days apart", gaps[0]).format(n=gaps[0])
    return ", " + _("{a} to {b} days apart").format(a=gaps[0], b=gaps[-1])


def _regimens(sessions: Sequence[Session], formats: Formats) -> str:
    """IV 40 mg × 7, IV 55 mg × 9: runs of the same treatment in order, or totals where it changed often."""
    runs = [(name, len(list(run))) for name, run in groupby(regimen(session, formats) for session in sessions)]
    if len(runs) > MOST_REGIMENS:
        totals: dict[str, int] = {}
        for name, n in runs:
            totals[name] = totals.get(name, 0) + n
        runs = sorted(totals.items(), key=lambda run: -run[1])
    text = ", ".join(f"{name} × {n}" if n > 1 else name for name, n in runs[:MOST_REGIMENS])
    others = sum(n for _unused, n in runs[MOST_REGIMENS:])
    return text + (", " + _("{n} others").format(n=others) if others else "")
