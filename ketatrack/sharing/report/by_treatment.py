"""Outcome by route and dose: a row for each treatment, and what such a table cannot show."""

from collections.abc import Sequence
from math import inf

from ketatrack.analysis.comparisons import HORIZON, Group, comparisons
from ketatrack.analysis.episodes import Span
from ketatrack.analysis.estimates import prior_of
from ketatrack.analysis.relief import Relief
from ketatrack.analysis.weibull import weibull_posterior
from ketatrack.charts.side_by_side import lacking
from ketatrack.models import labels
from ketatrack.sharing.report import pressure
from ketatrack.sharing.report.basis import Basis
from ketatrack.sharing.report.parts import Column, Table
from ketatrack.sharing.report.safety import counts_of
from ketatrack.sharing.report.treatment import regimen
from ketatrack.sharing.report.words import filled, tr

MOST_ROWS, MOST_EFFECTS = 8, 3


def by_treatment(basis: Basis) -> tuple[Table, str]:
    """The table, in the order in which treatments were first given, and its warning."""
    columns = (
        Column(tr("Route, dose")), Column(tr("Sessions"), True), Column(tr("Responded"), True),
        Column(tr("Followed,\nends seen"), True), Column(tr("Relief, days\n(90 % range)"), True),
        Column(filled("Good days\nin {n}", n=HORIZON), True), Column(tr("Largest\nBP rise"), True),
        Column(tr("Side effects noted"), share=1),
    )  # fmt: skip
    relief = basis.timed
    sessions = basis.attended
    names = list(dict.fromkeys(regimen(each, basis.formats) for each in sessions))
    shown = names[:MOST_ROWS] if len(names) <= MOST_ROWS else _most_frequent(basis, names)
    groups = _groups(basis, relief) if relief is not None else {}
    rows = tuple(_row(basis, name, groups.get(name)) for name in shown)
    return Table(columns, rows, tr("0 sessions to put side by side.")), _warning(basis, len(names) - len(shown))


def _most_frequent(basis: Basis, names: Sequence[str]) -> list[str]:
    given = [regimen(each, basis.formats) for each in basis.attended]
    most = set(sorted(names, key=lambda name: -given.count(name))[:MOST_ROWS])
    return [name for name in names if name in most]


def _groups(basis: Basis, relief: Relief) -> dict[str, tuple[Group, list[Span]]]:
    by_id = {each.id: each for each in relief.sessions}
    named = {span: regimen(by_id[span.session_ids[-1]], basis.formats) for span in relief.spans}
    return {
        str(group.key): (group, [span for span in relief.spans if named[span] == group.key])
        for group in comparisons(relief.spans, named.__getitem__)
    }


def _row(basis: Basis, name: str, found: tuple[Group, list[Span]] | None) -> tuple[str, ...]:
    sessions = [each for each in basis.attended if regimen(each, basis.formats) == name]
    rise = pressure.largest_rise(sessions)
    risen = pressure.rise_written(rise.rise) if rise is not None and rise.rise is not None else "–"
    effects = counts_of(map(labels.side_effects, sessions), MOST_EFFECTS) or tr("none")
    return (name, str(len(sessions)), *_outcome(basis, found), risen, effects)


def _outcome(basis: Basis, found: tuple[Group, list[Span]] | None) -> tuple[str, str, str, str]:
    if found is None or basis.timed is None:
        return "–", "–", "–", "–"
    group, spans = found
    responded = filled("{n} of {all}", n=group.responded, all=group.assessed) if group.assessed else "–"
    counts = f"{group.followed}, {group.ends}"
    if not group.is_enough or group.good_days is None:
        return responded, counts, "\n".join(lacking(group)), "–"
    ends = [(float(each.lower), inf if each.upper is None else float(each.upper))
            for each in spans if each.lower is not None]  # fmt: skip
    likely = weibull_posterior(ends, prior_of(basis.timed))
    days = f"{round(likely.median)} ({round(likely.lower)}–{round(likely.upper)})"
    good = basis.formats.written(f"{group.good_days:.0f} ± {group.good_days_error or 0:.1f}")
    return responded, counts, days, good


def _warning(basis: Basis, left_out: int) -> str:
    said = [
        tr("Different sessions differ in more than the route. This comparison cannot show which route works better.")
    ]
    longest = max((len(each.session_ids) for each in basis.timed.spans), default=1) if basis.timed else 1
    if longest > 1:
        said.append(filled("Sessions at most 5 days apart, up to {n} here, count as one course.", n=longest))
    if left_out > 0:
        said.append(filled("{n} rarer treatments are not in this table.", n=left_out))
    return " ".join(said)
