"""Page 1, read in a minute: treatment, five facts, the scores with sessions and relief, the last ones, safety."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ketatrack.analysis.relief import Relief
from ketatrack.analysis.relief_words import rule_words
from ketatrack.charts.journey import Journey, journey_of
from ketatrack.models import labels
from ketatrack.models.records import Session
from ketatrack.models.values import Paper, Route, Section
from ketatrack.sharing.report.basis import Basis
from ketatrack.sharing.report.facts import facts
from ketatrack.sharing.report.kept import Sheet
from ketatrack.sharing.report.parts import Drawing, Fact, Passage
from ketatrack.sharing.report.recent import Recent, recent
from ketatrack.sharing.report.safety import safety
from ketatrack.sharing.report.treatment import treatment
from ketatrack.sharing.report.words import filled, tr

WIDE = 504
HEIGHTS = {Paper.A4: 232, Paper.LETTER: 208}
SIGNS = {
    Route.INTRAVENOUS: "▼", Route.INTRAMUSCULAR: "◆", Route.SUBCUTANEOUS: "▲", Route.SUBLINGUAL: "●", Route.ORAL: "■",
    Route.NASAL: "★",
}  # fmt: skip
LINES_TO_WRITE_ON, LEAST_LINES = 6, 3


@dataclass(frozen=True, slots=True)
class Key:
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
    key: tuple[Key, ...]
    key_words: str
    recent: Recent
    safety_title: str
    safety: tuple[Passage, ...]
    questions_title: str
    questions: tuple[str, ...]
    blank_lines: int


def summary(basis: Basis, sheet: Sheet, sections: Iterable[Section]) -> Summary:
    """Page 1 of what is shared; its chart goes to `sheet`."""
    journey = _journey(basis)
    questions = sorted(basis.shared.diary.visit_questions, key=lambda each: each.position)
    return Summary(
        title=tr("Ketamine therapy: summary for my doctor"),
        treatment=treatment(basis),
        facts=facts(basis),
        chart=_chart(journey, sheet, basis.shared.choices.paper),
        key=_key(basis.sessions) if journey is not None else (),
        key_words=_key_words(basis) if journey is not None else "",
        recent=recent(basis, Section.SESSIONS in sections),
        safety_title=tr("Safety"),
        safety=safety(basis),
        questions_title=tr("My questions for this visit"),
        questions=tuple(each.words for each in questions),
        blank_lines=max(LEAST_LINES, LINES_TO_WRITE_ON - len(questions)),
    )


def _journey(basis: Basis) -> Journey | None:
    """The scores of the period with all sessions, shaded by the measure that times relief."""
    scored, timed = basis.scored, basis.timed
    if scored is None or timed is None or not any(basis.covers(each.day) for each in scored.readings):
        return None
    whole = replace(journey_of(scored), spans=timed.spans)
    if not scored.measure.daily:
        whole = replace(whole, line_name=tr("response"), names_latest=True)
    return whole.between(basis.shared.first, basis.shared.last)


def _chart(journey: Journey | None, sheet: Sheet, paper: Paper) -> Drawing:
    if journey is None:
        return Drawing(tr("Scores, sessions and relief"), empty=tr("No score or rating in this period."))
    title = filled("{name}, sessions and relief", name=journey.name)
    return sheet.draw("scores", title, journey, WIDE, HEIGHTS[paper])


def _key(sessions: Iterable[Session]) -> tuple[Key, ...]:
    routes = {each.route for each in sessions}
    return tuple(Key(SIGNS[each], labels.route_in_text(each)) for each in Route if each in routes)


def _key_words(basis: Basis) -> str:
    relief = basis.timed
    if relief is None or relief.criterion is None or not basis.sessions:
        return tr("session.") if basis.sessions else ""
    return tr("session.") + " " + filled(
        "Line and shading: in relief ({rule}). Bar at its end: faded; arrow: still in relief at the last reading; "
        "× no response; ? not assessed.",
        rule=_rule(relief),
    )  # fmt: skip


def _rule(relief: Relief) -> str:
    measure = relief.measure
    name = filled("daily {name}", name=measure.name.lower()) if measure.daily else measure.name
    return f"{name} {rule_words(relief.rule, measure.higher_is_better)}"
