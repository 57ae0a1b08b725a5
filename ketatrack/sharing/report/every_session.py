"""Every session of the period: treatment, vital signs, how it went, and the relief after it."""

from dataclasses import dataclass
from uuid import UUID

from ketatrack.analysis.episodes import Span
from ketatrack.analysis.relief_words import days_and_end
from ketatrack.models import labels
from ketatrack.models.records import Session
from ketatrack.models.values import Drug
from ketatrack.sharing.report import pressure
from ketatrack.sharing.report.basis import Basis
from ketatrack.sharing.report.parts import Passage
from ketatrack.sharing.report.recent import ending
from ketatrack.sharing.report.treatment import regimen
from ketatrack.sharing.report.words import Formats, filled, tr

SHORT_NOTES = 1500


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


def every_session(basis: Basis) -> EverySession:
    """All sessions of the period, with the relief that was timed by the report's measure."""
    spans = {each.session_ids[-1]: each for each in basis.timed.spans} if basis.timed is not None else {}
    in_course = {one for each in spans.values() for one in each.session_ids[:-1]}
    entries = tuple(_entry(basis, each, spans.get(each.id), in_course) for each in basis.sessions[::-1])
    about = tr("Newest first. Ratings are 0–10; mood: 10 is best. Blood pressure in mmHg, as noted by the patient.")
    return EverySession(
        title=tr("Every session"),
        about=about if entries else tr("0 sessions are noted in this period."),
        heads=(
            tr("Session"), tr("Treatment"), tr("Why this session"), tr("Blood pressure"), tr("During and after"),
            tr("Side effects, medicines"), tr("Relief"),
        ),
        entries=entries,
    )  # fmt: skip


def _entry(basis: Basis, session: Session, span: Span | None, in_course: set[UUID]) -> Entry:
    relief = (days_and_end(span) if span.followed else ending(span)) if span is not None else ""
    if session.id in in_course:
        relief = tr("one course with the next")
    cells = (
        _when(session, basis.formats), _treatment(session, basis.formats), labels.reason_in_text(session.reason),
        _vitals(session), _course(session, basis.formats), _effects(session), relief or "–",
    )  # fmt: skip
    notes = tuple(_notes(session))
    return Entry(cells, notes, sum(len(each.words) for each in notes) > SHORT_NOTES)


def _when(session: Session, formats: Formats) -> str:
    clock = f"\n{formats.clock(session.local_time)}" if session.local_time is not None else ""
    return formats.day(session.day) + clock


def _treatment(session: Session, formats: Formats) -> str:
    said = regimen(session, formats)
    if session.mg_per_kg is not None:
        said += f"\n{formats.number(float(session.mg_per_kg), 2)} mg/kg"
    more = [labels.drug(session.drug)] if session.drug is Drug.ESKETAMINE else []
    more += [filled("{n} min", n=session.duration_minutes)] if session.duration_minutes is not None else []
    more += [labels.place_in_text(session.place)] if session.place else []
    lines = [said, ", ".join(more), labels.phase_in_text(session)]
    return "\n".join(line for line in lines if line)


def _vitals(session: Session) -> str:
    lines = [
        f"{labels.moment_in_text(vital.moment)} {pressure.written(found)}"
        for vital in session.vitals if (found := pressure.pressure_of(vital))
    ]  # fmt: skip
    oxygen = [vital.spo2 for vital in session.vitals if vital.spo2 is not None]
    lines += [filled("lowest SpO2 {n} %", n=min(oxygen))] if oxygen else []
    return "\n".join(lines) or "–"


def _course(session: Session, formats: Formats) -> str:
    rated = ((tr("detached"), session.detached), (tr("sleepy"), session.sleepy), (tr("nausea"), session.nausea))
    said = [f"{word} {formats.hundredths(value)}" for word, value in rated if value is not None]
    lines = [", ".join(said)]
    before, after = session.mood_before, session.mood_after
    if before is not None or after is not None:
        ends = " → ".join("–" if each is None else formats.hundredths(each) for each in (before, after))
        lines.append(f"{tr('mood')} {ends}")
    care = [tr("talked through")] if session.talked_through else []
    care += [tr("psychotherapy")] if session.psychotherapy else []
    return "\n".join(line for line in (*lines, ", ".join(care)) if line) or "–"


def _effects(session: Session) -> str:
    effects, medicines = ", ".join(labels.side_effects(session)), ", ".join(labels.medicines(session))
    lines = [effects or tr("none noted")]
    return "\n".join(lines + ([filled("with {medicines}", medicines=medicines)] if medicines else []))


def _notes(session: Session) -> list[Passage]:
    """The intention and the notes; narrowing has emptied both unless the person said yes to them this time."""
    held = ((tr("Intention:"), session.intention), (tr("Notes:"), session.notes))
    return [Passage(lead, words.strip()) for lead, words in held if words.strip()]
