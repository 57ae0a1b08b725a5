"""Page 1, read in a minute: treatment, five facts, the scores with sessions and relief, the last ones, safety."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction

from ketatrack.analysis.measures import Reading, day_means
from ketatrack.analysis.result import HEADLINE_NEEDS, Gate, Relief
from ketatrack.analysis.sentences import counts, limit_words
from ketatrack.charts.journey import Journey, journey_of
from ketatrack.charts.session_marks import ROUTE_SYMBOLS
from ketatrack.i18n import _, ngettext
from ketatrack.models import labels
from ketatrack.models.enums import Paper, Route, Section
from ketatrack.models.records import Session
from ketatrack.report import safety as safety_of
from ketatrack.report.cache import Sheet
from ketatrack.report.context import Drawing, Fact, Passage, ReportContext
from ketatrack.report.formatting import shortened
from ketatrack.report.method import name_in_text
from ketatrack.report.sessions import Recent, recent
from ketatrack.report.treatments import regimen, treatment

MISSING = "–"
LAST_DAYS = 7
LONGEST_NAME = 18  # five facts stand beside each other
WIDE = 504
HEIGHTS = {Paper.A4: 232, Paper.LETTER: 208}
LINES_TO_WRITE_ON, LEAST_LINES = 6, 3


def facts(basis: ReportContext) -> tuple[Fact, ...]:
    """Score, daily rating, relief, responses, blood pressure."""
    return (*_scores(basis), _relief(basis), _responses(basis), _pressure(basis))


def _scores(basis: ReportContext) -> tuple[Fact, Fact]:
    scored, rated = basis.scored, basis.rated
    if scored is None or scored.measure.daily:
        first = Fact(_("Questionnaire"), MISSING, (_("none filled in yet"),))
    else:
        first = _score(basis, scored)
    if rated is None:
        return first, Fact(_("Daily rating"), MISSING, (_("none noted yet"),))
    return first, _rating(basis, rated)


def _name(relief: Relief) -> str:
    measure = relief.measure
    name = shortened(measure.name, LONGEST_NAME)
    if measure.daily:
        return _("{name} (10 {high})").format(name=name, high=labels.rating_ends(measure.higher_is_better)[1])
    return f"{name} (0–{measure.maximum // measure.points})"


def _score(basis: ReportContext, relief: Relief) -> Fact:
    covered = [reading for reading in relief.readings if basis.covers(reading.day)]
    if not covered:
        return Fact(_name(relief), MISSING, (_("none in this period"),))
    latest = covered[-1]
    text = _("no baseline yet; {day}") if relief.baseline is None else _("baseline → {day}")
    line = text.format(day=basis.formats.day(latest.day))
    return Fact(_name(relief), _beside_baseline(basis, relief, latest.value), (line, *_goal(basis, relief)))


def _rating(basis: ReportContext, relief: Relief) -> Fact:
    shared = basis.shared
    since = max(shared.first, shared.last - timedelta(days=LAST_DAYS - 1))
    readings: Sequence[Reading] = [reading for reading in relief.readings if since <= reading.day <= shared.last]
    n = (shared.last - since).days + 1
    if not readings:
        text = ngettext("none in the {n} day\nto {day}", "none in the {n} days\nto {day}", n)
    elif relief.baseline is None:
        text = ngettext("no baseline yet; mean of\n{n} day to {day}", "no baseline yet; mean of\n{n} days to {day}", n)
    else:
        text = ngettext("baseline → mean of the\n{n} day to {day}", "baseline → mean of the\n{n} days to {day}", n)
    lines = tuple(text.format(n=n, day=basis.formats.day(shared.last)).splitlines())
    if not readings:
        return Fact(_name(relief), MISSING, lines)
    means = day_means(readings).values()
    return Fact(_name(relief), _beside_baseline(basis, relief, sum(means, Fraction(0)) / len(means)), lines)


def _beside_baseline(basis: ReportContext, relief: Relief, value: Fraction) -> str:
    """Return the value behind its baseline; alone where there is no baseline."""
    measure, score = relief.measure, basis.formats.score
    if relief.baseline is None:
        return measure.words(value, score)
    return f"{measure.words(measure.worse(relief.baseline.value), score)} → {measure.words(value, score)}"


def _goal(basis: ReportContext, relief: Relief) -> tuple[str, ...]:
    if relief.criterion is None:
        return (_("baseline low for a percentage"),) if relief.baseline is not None else ()
    return (labels.goal(relief.rule).format(limit=limit_words(relief, basis.formats.score)),)


def _relief(basis: ReportContext) -> Fact:
    timed, result = basis.timed, basis.estimates
    label = _("Relief, all sessions") if basis.looks_beyond else _("Relief after a session")
    if timed is None or result is None:
        return Fact(label, MISSING, (_("no score or rating yet"),))
    if timed.criterion is None:
        return Fact(label, MISSING, (_("no baseline yet") if timed.baseline is None else _("baseline too low"),))
    if result.posterior is not None:
        posterior = result.posterior
        days = ngettext("{n} day", "{n} days", round(posterior.median)).format(n=round(posterior.median))
        words = _("early, could be {a} to {b}") if result.gate is Gate.HEADLINE else _("likely range {a} to {b}")
        return Fact(label, days, (words.format(a=round(posterior.lower), b=round(posterior.upper)), counts(timed)))
    if result.gate is Gate.NO_ENDS:
        days = ngettext("{n}+ day", "{n}+ days", timed.estimate.longest).format(n=timed.estimate.longest)
        return Fact(label, days, (_("not seen to fade"), counts(timed)))
    needed = _("worked out from {n} and {e} on").format(n=HEADLINE_NEEDS[0], e=HEADLINE_NEEDS[1])
    return Fact(label, MISSING, (counts(timed), needed))


def _responses(basis: ReportContext) -> Fact:
    result, timed = basis.estimates, basis.timed
    label = _("Responded, all sessions") if basis.looks_beyond else _("Responded")
    if result is None or timed is None or not result.response.assessed:
        return Fact(label, MISSING, tuple(_("no session could\nbe judged yet").splitlines()))
    response = result.response
    value = _("{n} of {all}").format(n=response.responded, all=response.assessed)
    limits = _("95 % range {a} to {b} %").format(a=round(100 * response.lower), b=round(100 * response.upper))
    missing = len(timed.spans) - response.assessed
    return Fact(label, value, (limits, *((_("{n} not assessed").format(n=missing),) if missing else ())))


def _pressure(basis: ReportContext) -> Fact:
    label = _("Highest blood pressure")
    top = safety_of.highest(basis.sessions)
    if top is None:
        return Fact(label, MISSING, (_("none noted in this period"),))
    when = labels.moment_of(top.moment, regimen(top.session, basis.formats))
    day = basis.formats.day(top.session.day)
    if top.rise:
        day = _("{day}; rise {r}").format(day=day, r=safety_of.rise_written(top.rise))
    return Fact(label, safety_of.written(top.pressure), (when, day))


@dataclass(frozen=True, slots=True)
class RouteKey:
    """What a mark in the chart stands for: the mark itself, and the word behind it."""

    sign: str
    word: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Page 1; `blank_lines` are for writing on."""

    title: str
    treatment: Passage
    facts: tuple[Fact, ...]
    chart: Drawing
    key: tuple[RouteKey, ...]
    key_words: str
    recent: Recent
    safety_title: str
    safety: tuple[Passage, ...]
    questions_title: str
    questions: tuple[str, ...]
    blank_lines: int


def summary(basis: ReportContext, sheet: Sheet, sections: Iterable[Section]) -> Summary:
    """Page 1 of what is shared; its chart goes to `sheet`."""
    journey = _journey(basis)
    questions = sorted(basis.shared.diary.visit_questions, key=lambda question: question.position)
    return Summary(
        title=_("Ketamine therapy: summary for my doctor"),
        treatment=treatment(basis),
        facts=facts(basis),
        chart=_chart(journey, sheet, basis.shared.choices.paper),
        key=_key(basis.sessions) if journey is not None else (),
        key_words=_key_words(basis) if journey is not None else "",
        recent=recent(basis, Section.SESSIONS in sections),
        safety_title=_("Safety"),
        safety=safety_of.safety(basis),
        questions_title=_("My questions for this visit"),
        questions=tuple(question.words for question in questions),
        blank_lines=max(LEAST_LINES, LINES_TO_WRITE_ON - len(questions)),
    )


def _journey(basis: ReportContext) -> Journey | None:
    """Return the scores of the period with all sessions, shaded by the measure that times relief."""
    scored, timed = basis.scored, basis.timed
    if scored is None or timed is None or not any(basis.covers(reading.day) for reading in scored.readings):
        return None
    journey = replace(journey_of(scored), spans=timed.spans)
    if not scored.measure.daily:
        journey = replace(journey, line_name=_("response"), names_latest=True)
    return journey.between(basis.shared.first, basis.shared.last)


def _chart(journey: Journey | None, sheet: Sheet, paper: Paper) -> Drawing:
    if journey is None:
        return Drawing(_("Scores, sessions and relief"), empty=_("No score or rating in this period."))
    title = _("{name}, sessions and relief").format(name=journey.name)
    return sheet.draw("scores", title, journey, WIDE, HEIGHTS[paper])


def _key(sessions: Iterable[Session]) -> tuple[RouteKey, ...]:
    routes = {session.route for session in sessions}
    return tuple(
        RouteKey(ROUTE_SYMBOLS[route].character, labels.route_in_text(route)) for route in Route if route in routes
    )


def _key_words(basis: ReportContext) -> str:
    relief = basis.timed
    if relief is None or relief.criterion is None or not basis.sessions:
        return _("session.") if basis.sessions else ""
    return _(
        "session. Line and shading: in relief ({measure} {rule}). Bar at its end: faded; arrow: still in relief at the "
        "last reading; × no response; ? not assessed."
    ).format(measure=name_in_text(relief.measure), rule=labels.rule(relief.rule, relief.measure.higher_is_better))
