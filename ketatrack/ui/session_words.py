"""The phase of a session among the others: "Booster 8", "Series 1, 3 of 6"."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from ketatrack.i18n import translate
from ketatrack.models import labels
from ketatrack.models.records import Session
from ketatrack.models.values import Phase

SERIES_GAP = timedelta(days=30)


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("SessionWords", text, n)


def phases_in_words(sessions: Iterable[Session]) -> dict[UUID, str]:
    """The phase of each session by its id: "Booster 8", "Series 1, 3 of 6"; sessions oldest first."""
    found: dict[UUID, str] = {}
    series: list[list[Session]] = []
    before: Session | None = None
    for session in sessions:
        if session.phase is Phase.SERIES:
            if before is None or _begins_series(before, session):
                series.append([])
            series[-1].append(session)
        else:
            words = (labels.phase(session.phase), session.phase_number)
            found[session.id] = " ".join(str(part) for part in words if part)
        before = session
    for nth, run in enumerate(series, start=1):
        for at, session in enumerate(run, start=1):
            n = session.phase_number or at
            of = max(len(run), *(each.phase_number or 0 for each in run))
            found[session.id] = tr("Series {nth}, {n} of {of}").format(nth=nth, n=n, of=of)
    return found


def _begins_series(before: Session, session: Session) -> bool:
    """After another phase, a long gap, or where the numbers begin anew."""
    if before.phase is not Phase.SERIES or session.day - before.day > SERIES_GAP:
        return True
    return before.phase_number is not None and session.phase_number == 1
