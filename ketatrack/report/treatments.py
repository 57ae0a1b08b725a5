"""Treatment so far in two lines, and the words for a session's treatment."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from ketatrack.analysis.episodes import Course, courses
from ketatrack.i18n import _, ngettext
from ketatrack.models import labels
from ketatrack.models.enums import Drug
from ketatrack.models.records import Session
from ketatrack.report.context import Passage, ReportContext
from ketatrack.report.formatting import Formats

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
    if basis.attended[-1].day > last.day:
        ending = _("Last in this period: {what} on {day}.")
    elif ago == 0:
        ending = _("Last: {what} on {day}, today.")
    else:
        ending = ngettext("Last: {what} on {day}, {n} day ago.", "Last: {what} on {day}, {n} days ago.", ago)
    sentences = [*_course_of(basis), ending.format(what=regimen(last, formats), day=formats.day(last.day), n=ago)]
    earlier = sum(session.day < basis.shared.first for session in basis.attended)
    if earlier:
        before = ngettext(
            "{n} session earlier, before this period.", "{n} sessions earlier, before this period.", earlier
        )
        sentences.append(before.format(n=earlier))
    return Passage(lead, " ".join(sentence for sentence in sentences if sentence))


def _drug(sessions: Sequence[Session]) -> str:
    drugs = {session.drug for session in sessions} - {None}
    if drugs == {Drug.KETAMINE}:
        return _("Racemic ketamine")
    if drugs == {Drug.ESKETAMINE}:
        return _("Esketamine")
    return _("Ketamine and esketamine") if drugs else _("Ketamine")


def _course_of(basis: ReportContext) -> list[str]:
    """Return the first series by itself where the diary begins with one, then the rest with its intervals."""
    sessions, formats = basis.sessions, basis.formats
    first = courses(sessions, basis.shared.today)[0]
    begins = basis.attended[0].day == sessions[0].day
    drug, n = _drug(sessions), len(sessions)
    if not begins or first.too_long or len(first.sessions) < SERIES_FROM:
        text = ngettext("{drug}, {n} session: {what}.", "{drug}, {n} sessions: {what}.", n)
        return [text.format(drug=drug, n=n, what=_regimens(sessions, formats)), _intervals(sessions)]
    whole = ngettext("{drug}, {n} session.", "{drug}, {n} sessions.", n).format(drug=drug, n=n)
    rest = sessions[len(first.sessions) :]
    if not rest:
        return [whole, _series(first, formats)]
    then = ngettext("Then {n}: {what}.", "Then {n}: {what}.", len(rest))
    after = then.format(n=len(rest), what=_regimens(rest, formats))
    return [whole, _series(first, formats), after, _intervals(sessions[len(first.sessions) - 1 :])]


def _series(course: Course, formats: Formats) -> str:
    days = (course.end - course.first_day).days
    text = ngettext("First {what} in {n} day ({month}).", "First {what} in {n} days ({month}).", days)
    return text.format(what=_regimens(course.sessions, formats), n=days, month=formats.month(course.first_day))


def _intervals(sessions: Sequence[Session]) -> str:
    gaps = sorted((later.day - earlier.day).days for earlier, later in pairwise(sessions))
    if not gaps:
        return ""
    if gaps[0] == gaps[-1]:
        return ngettext("They were {n} day apart.", "They were {n} days apart.", gaps[0]).format(n=gaps[0])
    return _("They were {a} to {b} days apart.").format(a=gaps[0], b=gaps[-1])


def _regimens(sessions: Sequence[Session], formats: Formats) -> str:
    """IV 40 mg × 7, IV 55 mg × 9: runs of the same treatment in order, or totals where it changed often."""
    runs = [(name, len(list(run))) for name, run in groupby(regimen(session, formats) for session in sessions)]
    if len(runs) > MOST_REGIMENS:
        totals: dict[str, int] = {}
        for name, n in runs:
            totals[name] = totals.get(name, 0) + n
        runs = sorted(totals.items(), key=lambda run: -run[1])
    named = [f"{name} × {n}" if n > 1 else name for name, n in runs[:MOST_REGIMENS]]
    others = sum(n for _unused, n in runs[MOST_REGIMENS:])
    if others:
        named.append(ngettext("{n} other", "{n} others", others).format(n=others))
    return ", ".join(named)
