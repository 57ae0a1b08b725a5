"""Page 2: how long relief lasted, in numbers, three charts and a table by route and dose."""

from dataclasses import dataclass

from ketatrack.analysis.estimate_words import half_faded, headline
from ketatrack.analysis.estimates import Estimates
from ketatrack.analysis.relief_words import days_words, not_a_forecast
from ketatrack.charts.each_session import each_session
from ketatrack.charts.overlaid import overlaid
from ketatrack.charts.share_in_relief import share_in_relief
from ketatrack.models.values import Paper
from ketatrack.sharing.report.basis import Basis
from ketatrack.sharing.report.by_treatment import by_treatment
from ketatrack.sharing.report.kept import Sheet
from ketatrack.sharing.report.left_out import left_out
from ketatrack.sharing.report.parts import Drawing, Table
from ketatrack.sharing.report.words import counted, filled, shortened, tr

HALF, WIDE = 246, 504
LONGEST_NAME = 18
# The heights of the two upper charts and the lower one; Letter is 18 mm shorter, and page 2 stays one page.
HEIGHTS = {Paper.A4: (212, 176), Paper.LETTER: (188, 150)}


@dataclass(frozen=True, slots=True)
class Curves:
    """Page 2; the headline is given as what stands before its number, the number, and what follows."""

    title: str
    headline: tuple[str, str, str]
    behind: str
    overlaid: Drawing
    share: Drawing
    note: str
    each: Drawing
    groups_title: str
    groups: Table
    groups_warning: str
    left_out_title: str
    left_out: str
    forecast: str


def curves(basis: Basis, sheet: Sheet) -> Curves:
    """Page 2 of what is shared, over all sessions that relief was worked out from; its charts go to `sheet`."""
    table, warning = by_treatment(basis)
    typical, share, each = _drawings(basis, sheet)
    return Curves(
        title=tr("How long relief lasted"),
        headline=_headline(basis),
        behind=" ".join(_behind(basis)),
        overlaid=typical, share=share, note=_note(basis), each=each,
        groups_title=tr("By route and dose"), groups=table, groups_warning=warning,
        left_out_title=tr("What was left out, and how this was worked out"),
        left_out=" ".join(left_out(basis)),
        forecast=not_a_forecast(),
    )  # fmt: skip


def _headline(basis: Basis) -> tuple[str, str, str]:
    if basis.timed is None or basis.found is None:
        return "", "", _nothing(basis)
    said = headline(basis.timed, basis.found)
    return (f"{said.before} ", f"{said.number} {said.limits}", ".") if said.number else (said.before, "", "")


def _nothing(basis: Basis) -> str:
    return filled(
        "{sessions} noted, and no score or rating to tell how long relief lasted.",
        sessions=counted(len(basis.sessions), "session", "sessions"),
    )


def _behind(basis: Basis) -> list[str]:
    """The numbers behind the headline, in words for a reader who is not the person."""
    relief, found = basis.timed, basis.found
    if relief is None or found is None:
        return []
    good, drift = (basis.formats.written(each) for each in (_good_days(found), _drift(found)))
    said = [good, half_faded(relief, found, tr("the sessions")), _own_share(found), drift]
    if basis.looks_beyond:
        day = basis.formats.day(relief.sessions[0].day)
        said.append(filled("Worked out from all sessions since {day}, also those outside this period.", day=day))
    return [each for each in said if each]


def _good_days(found: Estimates) -> str:
    days = found.good_days
    if days is None:
        return ""
    about, error = days_words(days.mean), f"{days.standard_error:.1f}"
    said = filled("{about} in relief in the {n} days after a session", about=about.capitalize(), n=days.within)
    low, high = round(days.lower), round(days.upper)
    return f"{said} " + filled("(± {e}; {a} to {b} whatever brought the next one).", e=error, a=low, b=high)


def _own_share(found: Estimates) -> str:
    if found.posterior is None:
        return ""
    share = round(100 * found.posterior.own_share)
    said = filled("{n} % of the estimate comes from this person’s own sessions.", n=share)
    return said + (" " + tr("The pattern differs from published averages.") if found.posterior.differs else "")


def _drift(found: Estimates) -> str:
    drift = found.drift
    if drift is None or not drift.may_be_spoken_of or drift.slope is None:
        return ""
    return filled(
        "Over the sessions relief became {way}: by {n} days per 5 sessions (among those seen to end; {a} to {b}).",
        way=tr("longer") if drift.slope > 0 else tr("shorter"), n=f"{abs(drift.slope):.1f}",
        a=f"{drift.lower or 0:.1f}", b=f"{drift.upper or 0:.1f}",
    )  # fmt: skip


def _drawings(basis: Basis, sheet: Sheet) -> tuple[Drawing, Drawing, Drawing]:
    relief, found = basis.timed, basis.found
    titles = (tr("All sessions laid over each other"), tr("Share of sessions still in relief"),
              tr("Days of relief after each session"))  # fmt: skip
    if relief is None or found is None or not relief.spans:
        sessions = counted(len(basis.sessions), "session", "sessions")
        empty = filled("{sessions} noted; relief was timed after none of them.", sessions=sessions)
        first, second, third = (Drawing(title, empty=empty) for title in titles)
        return first, second, third
    measure, (high, low) = relief.measure, HEIGHTS[basis.shared.choices.paper]
    own = shortened(measure.name, LONGEST_NAME)
    name = filled("Daily {name}", name=own.lower()) if measure.daily else own
    typical = filled("{name}, all sessions laid over each other", name=name)
    return (
        sheet.draw("overlaid", typical, overlaid(relief), HALF, high),
        sheet.draw("share", titles[1], share_in_relief(relief, found), HALF, high),
        sheet.draw("each", titles[2], each_session(relief, found), WIDE, low),
    )


def _note(basis: Basis) -> str:
    if basis.found is None or not basis.found.gate.draws_curve:
        return ""
    return tr(
        "A session is followed until the next one. Sessions given because symptoms came back count as ends, planned "
        "ones do not. The band holds whatever the reasons were. Below: each session in order."
    )
