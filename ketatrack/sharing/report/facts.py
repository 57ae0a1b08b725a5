"""The five facts on top of page 1; a missing one keeps its place and says why."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from ketatrack.analysis.gates import HEADLINE_NEEDS, Gate
from ketatrack.analysis.measures import Reading, day_means
from ketatrack.analysis.relief import Relief
from ketatrack.analysis.relief_words import counts, limit_words
from ketatrack.models import labels
from ketatrack.models.values import RuleKind
from ketatrack.sharing.report import pressure
from ketatrack.sharing.report.basis import Basis
from ketatrack.sharing.report.parts import Fact
from ketatrack.sharing.report.treatment import regimen
from ketatrack.sharing.report.words import counted, filled, shortened, tr

MISSING = "–"
LAST_DAYS = 7
LONGEST_NAME = 18  # five facts stand beside each other


def facts(basis: Basis) -> tuple[Fact, ...]:
    """Score, daily rating, relief, responses, blood pressure."""
    return (*_scores(basis), _relief(basis), _responses(basis), _pressure(basis))


def _scores(basis: Basis) -> tuple[Fact, Fact]:
    scored, rated = basis.scored, basis.rated
    if scored is None or scored.measure.daily:
        first = Fact(tr("Questionnaire"), MISSING, (tr("none filled in yet"),))
    else:
        first = _score(basis, scored)
    if rated is None:
        return first, Fact(tr("Daily rating"), MISSING, (tr("none noted yet"),))
    return first, _rating(basis, rated)


def _name(relief: Relief) -> str:
    measure = relief.measure
    return f"{shortened(measure.name, LONGEST_NAME)} (0–{measure.maximum // measure.points})"


def _score(basis: Basis, relief: Relief) -> Fact:
    held = [each for each in relief.readings if basis.covers(each.day)]
    if not held:
        return Fact(_name(relief), MISSING, (tr("none in this period"),))
    latest = held[-1]
    value, before = _beside_baseline(basis, relief, latest.value)
    line = f"{before}{basis.formats.day(latest.day)}"
    return Fact(_name(relief), value, (line, *_goal(basis, relief)))


def _rating(basis: Basis, relief: Relief) -> Fact:
    shared = basis.shared
    since = max(shared.first, shared.last - timedelta(days=LAST_DAYS - 1))
    held: Sequence[Reading] = [each for each in relief.readings if since <= each.day <= shared.last]
    n = (shared.last - since).days + 1
    days = filled("last {n} days", n=n) if n > 1 else tr("last day")
    if shared.last < shared.today:
        days = filled("{days} to {day}", days=counted(n, "day", "days"), day=basis.formats.day(shared.last))
    if not held:
        return Fact(_name(relief), MISSING, (filled("none in the {days}", days=days),))
    means = day_means(held).values()
    value, before = _beside_baseline(basis, relief, sum(means, Fraction(0)) / len(means))
    return Fact(_name(relief), value, (f"{before}{tr('mean of the')}", days))


def _beside_baseline(basis: Basis, relief: Relief, value: Fraction) -> tuple[str, str]:
    """The value behind its baseline, and the words before its date; alone where there is no baseline."""
    measure = relief.measure
    if relief.baseline is None:
        return basis.formats.written(measure.words(value)), tr("no baseline yet; ")
    before = measure.words(measure.worse(relief.baseline.value))
    return basis.formats.written(f"{before} → {measure.words(value)}"), tr("baseline → ")


def _goal(basis: Basis, relief: Relief) -> tuple[str, ...]:
    if relief.criterion is None:
        return (tr("baseline low for a percentage"),) if relief.baseline is not None else ()
    names = {RuleKind.REMISSION: tr("remission"), RuleKind.AT_MOST: tr("own limit")}
    return (f"{names.get(relief.rule, tr('response'))}: {basis.formats.written(limit_words(relief))}",)


def _relief(basis: Basis) -> Fact:
    timed, found = basis.timed, basis.found
    label = tr("Relief, all sessions") if basis.looks_beyond else tr("Relief after a session")
    if timed is None or found is None:
        return Fact(label, MISSING, (tr("no score or rating yet"),))
    if timed.criterion is None:
        return Fact(label, MISSING, (tr("no baseline yet") if timed.baseline is None else tr("baseline too low"),))
    if found.posterior is not None:
        posterior = found.posterior
        days = filled("{n} days", n=round(posterior.median)) if round(posterior.median) != 1 else tr("1 day")
        words = tr("early, could be {a} to {b}") if found.gate is Gate.HEADLINE else tr("likely range {a} to {b}")
        return Fact(label, days, (words.format(a=round(posterior.lower), b=round(posterior.upper)), counts(timed)))
    if found.gate is Gate.NO_ENDS:
        return Fact(label, filled("{n}+ days", n=timed.estimate.longest), (tr("not seen to fade"), counts(timed)))
    needed = filled("worked out from {n} and {e} on", n=HEADLINE_NEEDS[0], e=HEADLINE_NEEDS[1])
    return Fact(label, MISSING, (counts(timed), needed))


def _responses(basis: Basis) -> Fact:
    found, timed = basis.found, basis.timed
    label = tr("Responded, all sessions") if basis.looks_beyond else tr("Responded")
    if found is None or timed is None or not found.response.assessed:
        return Fact(label, MISSING, (tr("no session could"), tr("be judged yet")))
    response = found.response
    value = filled("{n} of {all}", n=response.responded, all=response.assessed)
    limits = filled("95 % range {a} to {b} %", a=round(100 * response.lower), b=round(100 * response.upper))
    missing = len(timed.spans) - response.assessed
    return Fact(label, value, (limits, *((filled("{n} not assessed", n=missing),) if missing else ())))


def _pressure(basis: Basis) -> Fact:
    label = tr("Highest blood pressure")
    top = pressure.highest(basis.sessions)
    if top is None:
        return Fact(label, MISSING, (tr("none noted in this period"),))
    when = labels.moment_of(top.moment, regimen(top.session, basis.formats))
    rise = "; " + filled("rise {r}", r=pressure.rise_written(top.rise)) if top.rise else ""
    return Fact(label, pressure.written(top.pressure), (when, f"{basis.formats.day(top.session.day)}{rise}"))
