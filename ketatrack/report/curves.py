"""Page 2: curves by days since the session, the share still in relief, and what came of each treatment."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from ketatrack.analysis.comparisons import HORIZON, Group, comparisons
from ketatrack.analysis.episodes import Span
from ketatrack.analysis.estimate_sentences import half_faded, headline
from ketatrack.analysis.estimates import Estimates, prior_of
from ketatrack.analysis.result import Relief
from ketatrack.analysis.sentences import not_a_forecast
from ketatrack.analysis.weibull import weibull_posterior
from ketatrack.charts.comparison import lacking
from ketatrack.charts.overlaid import overlaid
from ketatrack.charts.session_bars import bars_of_sessions
from ketatrack.charts.survival import survival_chart
from ketatrack.i18n import _, ngettext, pgettext
from ketatrack.models import labels
from ketatrack.models.enums import Paper
from ketatrack.report import safety
from ketatrack.report.cache import Sheet
from ketatrack.report.context import Drawing, PaperColumn, PaperTable, ReportContext
from ketatrack.report.formatting import Formats, shortened
from ketatrack.report.method import exclusions
from ketatrack.report.safety import counts_of
from ketatrack.report.treatments import regimen

MOST_ROWS, MOST_EFFECTS = 8, 3
HALF, WIDE = 246, 504
LONGEST_NAME = 18
# The heights of the two upper charts and the lower one; Letter is 18 mm shorter, and page 2 stays one page.
HEIGHTS = {Paper.A4: (212, 176), Paper.LETTER: (188, 150)}


def by_treatment(basis: ReportContext) -> tuple[PaperTable, str]:
    """Return the table, in the order in which treatments were first given, and its warning."""
    columns = (
        PaperColumn(_("Route, dose")),
        PaperColumn(_("Sessions"), True),
        PaperColumn(_("Responded"), True),
        PaperColumn(_("Followed,\nends seen"), True),
        PaperColumn(_("Relief, days\n(90 % range)"), True),
        PaperColumn(_("Good days\nin {n}").format(n=HORIZON), True),
        PaperColumn(_("Largest\nBP rise"), True),
        PaperColumn(_("Side effects noted"), share=1),
    )
    relief = basis.timed
    sessions = basis.attended
    names = list(dict.fromkeys(regimen(session, basis.formats) for session in sessions))
    texts = names[:MOST_ROWS] if len(names) <= MOST_ROWS else _most_frequent(basis, names)
    groups = _groups(basis, relief) if relief is not None else {}
    rows = tuple(_row(basis, name, groups.get(name)) for name in texts)
    return PaperTable(columns, rows, _("0 sessions to put side by side.")), _warning(basis, len(names) - len(texts))


def _most_frequent(basis: ReportContext, names: Sequence[str]) -> list[str]:
    received = [regimen(session, basis.formats) for session in basis.attended]
    most = set(sorted(names, key=lambda name: -received.count(name))[:MOST_ROWS])
    return [name for name in names if name in most]


def _groups(basis: ReportContext, relief: Relief) -> dict[str, tuple[Group, list[Span]]]:
    by_id = {session.id: session for session in relief.sessions}
    named = {span: regimen(by_id[span.session_ids[-1]], basis.formats) for span in relief.spans}
    return {
        str(group.key): (group, [span for span in relief.spans if named[span] == group.key])
        for group in comparisons(relief.spans, named.__getitem__)
    }


def _row(basis: ReportContext, name: str, group_spans: tuple[Group, list[Span]] | None) -> tuple[str, ...]:
    sessions = [session for session in basis.attended if regimen(session, basis.formats) == name]
    rise = safety.largest_rise(sessions)
    risen = safety.rise_written(rise.rise) if rise is not None and rise.rise is not None else "–"
    effects = counts_of(map(labels.side_effects, sessions), MOST_EFFECTS) or pgettext("side effects", "none")
    return (name, str(len(sessions)), *_outcome(basis, group_spans), risen, effects)


def _outcome(basis: ReportContext, group_spans: tuple[Group, list[Span]] | None) -> tuple[str, str, str, str]:
    if group_spans is None or basis.timed is None:
        return "–", "–", "–", "–"
    group, spans = group_spans
    responded = _("{n} of {all}").format(n=group.responded, all=group.assessed) if group.assessed else "–"
    counts = f"{group.followed}, {group.ends}"
    if not group.is_enough or group.good_days is None:
        return responded, counts, "\n".join(lacking(group)), "–"
    ends = [
        (float(span.lower), inf if span.upper is None else float(span.upper))
        for span in spans
        if span.lower is not None
    ]
    likely = weibull_posterior(ends, prior_of(basis.timed))
    days = f"{round(likely.median)} ({round(likely.lower)}–{round(likely.upper)})"
    good = f"{group.good_days:.0f} ± {basis.formats.fixed(group.good_days_error or 0)}"
    return responded, counts, days, good


def _warning(basis: ReportContext, others: int) -> str:
    sentences = [
        _("Different sessions differ in more than the route. This comparison cannot show which route works better.")
    ]
    longest = max((len(span.session_ids) for span in basis.timed.spans), default=1) if basis.timed else 1
    if longest > 1:
        sentences.append(_("Sessions at most 5 days apart, up to {n} here, count as one course.").format(n=longest))
    if others > 0:
        text = ngettext(
            "{n} rarer treatment is not in this table.", "{n} rarer treatments are not in this table.", others
        )
        sentences.append(text.format(n=others))
    return " ".join(sentences)


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
    groups: PaperTable
    groups_warning: str
    exclusions_title: str
    exclusions: str
    forecast: str


def curves(basis: ReportContext, sheet: Sheet) -> Curves:
    """Page 2 of what is shared, over all sessions that relief was worked out from; its charts go to `sheet`."""
    table, warning = by_treatment(basis)
    typical, share, session_bars = _drawings(basis, sheet)
    return Curves(
        title=_("How long relief lasted"),
        headline=_headline(basis),
        behind=" ".join(_behind(basis)),
        overlaid=typical,
        share=share,
        note=_note(basis),
        each=session_bars,
        groups_title=_("By route and dose"),
        groups=table,
        groups_warning=warning,
        exclusions_title=_("What was left out, and how this was worked out"),
        exclusions=" ".join(exclusions(basis)),
        forecast=not_a_forecast(),
    )


def _headline(basis: ReportContext) -> tuple[str, str, str]:
    if basis.timed is None or basis.estimates is None:
        return "", "", _nothing(basis)
    parts = headline(basis.timed, basis.estimates)
    return parts.before, parts.number, parts.after


def _nothing(basis: ReportContext) -> str:
    return ngettext(
        "{n} session noted, and no score or rating to tell how long relief lasted.",
        "{n} sessions noted, and no score or rating to tell how long relief lasted.",
        len(basis.sessions),
    ).format(n=len(basis.sessions))


def _behind(basis: ReportContext) -> list[str]:
    """Return the numbers behind the headline, in words for a reader who is not the person."""
    relief, result = basis.timed, basis.estimates
    if relief is None or result is None:
        return []
    good, drift = _good_days(result, basis.formats), _drift(result, basis.formats)
    sentences = [good, half_faded(relief, result), _own_share(result), drift]
    if basis.looks_beyond:
        day = basis.formats.day(relief.sessions[0].day)
        sentences.append(_("Worked out from all sessions since {day}, also those outside this period.").format(day=day))
    return [item for item in sentences if item]


def _good_days(estimates: Estimates, formats: Formats) -> str:
    days = estimates.good_days
    if days is None:
        return ""
    text = ngettext(
        "About {n} day in relief in the {within} days after a session "
        "(± {e}; {a} to {b} whatever brought the next one).",
        "About {n} days in relief in the {within} days after a session "
        "(± {e}; {a} to {b} whatever brought the next one).",
        round(days.mean),
    )
    return text.format(
        n=round(days.mean),
        within=days.within,
        e=formats.fixed(days.standard_error),
        a=round(days.lower),
        b=round(days.upper),
    )


def _own_share(estimates: Estimates) -> str:
    if estimates.posterior is None:
        return ""
    share = round(100 * estimates.posterior.own_share)
    if estimates.posterior.differs:
        text = _(
            "{n} % of the estimate comes from this person’s own sessions. The pattern differs from published averages."
        )
    else:
        text = _("{n} % of the estimate comes from this person’s own sessions.")
    return text.format(n=share)


def _drift(estimates: Estimates, formats: Formats) -> str:
    drift = estimates.drift
    if drift is None or not drift.may_be_spoken_of or drift.slope is None:
        return ""
    text = (
        _("Over the sessions relief became longer: by {n} days per 5 sessions (among those seen to end; {a} to {b}).")
        if drift.slope > 0
        else _(
            "Over the sessions relief became shorter: by {n} days per 5 sessions (among those seen to end; {a} to {b})."
        )
    )
    return text.format(
        n=formats.fixed(abs(drift.slope)),
        a=formats.fixed(drift.lower or 0),
        b=formats.fixed(drift.upper or 0),
    )


def _drawings(basis: ReportContext, sheet: Sheet) -> tuple[Drawing, Drawing, Drawing]:
    relief, result = basis.timed, basis.estimates
    titles = (
        _("All sessions laid over each other"),
        _("Share of sessions still in relief"),
        _("Days of relief after each session"),
    )
    if relief is None or result is None or not relief.spans:
        empty = ngettext(
            "{n} session noted; relief was not timed after it.",
            "{n} sessions noted; relief was timed after none of them.",
            len(basis.sessions),
        ).format(n=len(basis.sessions))
        first, second, third = (Drawing(title, empty=empty) for title in titles)
        return first, second, third
    measure, (high, low) = relief.measure, HEIGHTS[basis.shared.choices.paper]
    own = shortened(measure.name, LONGEST_NAME)
    text = (
        _("Daily {name}, all sessions laid over each other")
        if measure.daily
        else _("{name}, all sessions laid over each other")
    )
    typical = text.format(name=labels.in_a_sentence(own) if measure.daily else own)
    return (
        sheet.draw("overlaid", typical, overlaid(relief), HALF, high),
        sheet.draw("share", titles[1], survival_chart(relief, result), HALF, high),
        sheet.draw("each", titles[2], bars_of_sessions(relief, result), WIDE, low),
    )


def _note(basis: ReportContext) -> str:
    if basis.estimates is None or not basis.estimates.gate.draws_curve:
        return ""
    return _(
        "A session is followed until the next one. Sessions given because symptoms came back count as ends, planned "
        "ones do not. The band holds whatever the reasons were. Below: each session in order."
    )
