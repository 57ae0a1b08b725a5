"""What each section of the document says to a reader who has no FHIR viewer."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from ketatrack.analysis.relief import Relief
from ketatrack.analysis.relief_words import Length, how_it_ended, not_a_forecast, span_days
from ketatrack.i18n import translate
from ketatrack.models import labels
from ketatrack.models.instruments import instrument
from ketatrack.models.records import CheckIn, Session, Tracked
from ketatrack.models.values import Kind, Reason
from ketatrack.sharing.fhir import codes
from ketatrack.sharing.fhir.content import shown_spans
from ketatrack.sharing.fhir.narrative import heading, listing, paragraph, rows
from ketatrack.sharing.fhir.relief import method_words
from ketatrack.sharing.fhir.sessions import dose_words, duration_words, intention_words
from ketatrack.sharing.fhir.times import in_words
from ketatrack.sharing.shared import Shared


def tr(text: str) -> str:
    """`text` in the person's language."""
    return translate("Fhir", text)


def medications(shared: Shared) -> str:
    """A line for each session."""
    head = (
        tr("When"), tr("Drug"), tr("Dose"), tr("Route"), tr("Duration"), tr("Phase"), tr("Why now"), tr("Place"),
        tr("With"), tr("Other medicines"), tr("Notes"),
    )  # fmt: skip
    return rows(head, [_session(each) for each in shared.diary.sessions])


def vitals(shared: Shared) -> str:
    """A line for each reading, and one for each body weight."""
    head = (
        tr("When"),
        tr("Reading"),
        tr("Blood pressure, mmHg"),
        tr("Pulse, per minute"),
        tr("SpO2, %"),
        tr("Weight, kg"),
    )
    return rows(head, [line for each in shared.diary.sessions for line in _vitals(each)])


def results(shared: Shared) -> str:
    """Relief first, then questionnaires, daily ratings, and what sessions were like."""
    blocks = [_relief(result, shared) for result in shared.reliefs]
    if any(blocks):
        blocks.append(paragraph(not_a_forecast()))
    blocks += [
        _titled(tr("Questionnaires"), _answers(shared) + _withheld(shared)),
        _titled(tr("Daily ratings"), _check_ins(shared, lambda each: each.is_measure)),
        _titled(tr("At sessions"), _experience(shared)),
    ]
    return "".join(blocks)


def habits(shared: Shared) -> str:
    """A line for each check-in with a habit."""
    return _check_ins(shared, lambda each: not each.is_measure)


def story(shared: Shared) -> str:
    """The notes of check-ins."""
    noted = [(in_words(each.day, each.local_time), each.note) for each in shared.diary.check_ins if each.note.strip()]
    return rows((tr("When"), tr("Note")), noted)


def questions(shared: Shared) -> str:
    """What the person wants to ask."""
    asked = [each.words for each in shared.diary.visit_questions]
    return listing(asked) if asked else ""


def _session(session: Session) -> Sequence[str]:
    reason = "" if session.reason is Reason.NOT_SAID else labels.reason_in_text(session.reason)
    notes = "\n".join(each for each in (intention_words(session), session.notes) if each)
    return (
        in_words(session.day, session.local_time), codes.words("drugs", session.drug) if session.drug else "",
        dose_words(session), codes.words("routes", session.route), duration_words(session),
        labels.phase_in_text(session), reason,
        labels.place_in_text(session.place), session.provider, ", ".join(labels.medicines(session)), notes,
    )  # fmt: skip


def _vitals(session: Session) -> Iterator[Sequence[str]]:
    if session.weight_kg is not None:
        yield in_words(session.day, session.local_time), "", "", "", "", _written(session.weight_kg)
    for each in session.vitals:
        pressure = f"{_or(each.systolic, '–')}/{_or(each.diastolic, '–')}" if each.systolic or each.diastolic else ""
        yield (
            in_words(session.day, each.local_time),
            labels.moment_in_text(each.moment),
            pressure,
            _or(each.pulse),
            _or(each.spo2),
            "",
        )


def _relief(result: Relief, shared: Shared) -> str:
    spans = shown_spans(result, shared)
    head = (tr("Last session of the course"), tr("Days in relief"), tr("How it ended"), tr("Remark"))
    lines = [(span.day.isoformat(), span_days(span, Length.SHORT), how_it_ended(span), span.note) for span in spans]
    if not lines:
        return ""
    title = heading(tr("Relief: {measure}").format(measure=result.measure.name))
    return title + paragraph(method_words(result)) + rows(head, lines)


def _answers(shared: Shared) -> str:
    lines = []
    for each in shared.diary.answers:
        form = instrument(each.instrument)
        band = form.band(each.total)
        given = dict(enumerate(each.items or (), start=1))
        if each.unscored is not None:
            given[len(form.items) + 1] = each.unscored
        said = ", ".join(f"{number}: {score}" for number, score in given.items())
        lines.append(
            (
                in_words(each.day, each.local_time),
                form.name,
                form.words(each.total),
                band.name if band else "",
                said,
                each.note,
            )
        )
    head = (tr("When"), tr("Questionnaire"), tr("Score"), tr("Severity"), tr("Answers, question: score"), tr("Note"))
    return rows(head, lines)


def _withheld(shared: Shared) -> str:
    held = any(instrument(each.instrument).safety_item for each in shared.diary.answers)
    if shared.asked.safety_answers or not held:
        return ""
    return paragraph(tr("PHQ-9: answers to single questions withheld by the patient."))


def _check_ins(shared: Shared, wanted: Callable[[Tracked], bool]) -> str:
    shown = [each for each in shared.diary.tracked if wanted(each)]
    head = [tr("When"), *(_column(each) for each in shown)]
    lines = [(each, [_entered(each, of) for of in shown]) for each in shared.diary.check_ins]
    return rows(head, [[in_words(each.day, each.local_time), *cells] for each, cells in lines if any(cells)])


def _experience(shared: Shared) -> str:
    head = (
        tr("When"), tr("Detached, 0-10"), tr("Sleepy, 0-10"), tr("Nausea, 0-10"), tr("Mood before, 10 best"),
        tr("Mood after, 10 best"), tr("Side effects"), tr("Afterwards"),
    )  # fmt: skip
    lines = []
    for each in shared.diary.sessions:
        rated = (each.detached, each.sleepy, each.nausea, each.mood_before, each.mood_after)
        cells = [*map(_written, rated), ", ".join(labels.side_effects(each)), ", ".join(_afterwards(each))]
        if any(cells):
            lines.append([in_words(each.day, each.local_time), *cells])
    return rows(head, lines)


def _afterwards(session: Session) -> Iterator[str]:
    if session.taken_home is not None:
        by = f" ({session.taken_home_by})" if session.taken_home_by else ""
        yield (tr("someone took me home") if session.taken_home else tr("nobody took me home")) + by
    if session.talked_through is not None:
        yield tr("talked it through") if session.talked_through else tr("not talked through")
    if session.psychotherapy is not None:
        yield tr("psychotherapy") if session.psychotherapy else tr("no psychotherapy")


def _column(tracked: Tracked) -> str:
    unit = labels.file_unit(tracked)
    return f"{tracked.name}, {unit}" if unit else tracked.name


def _entered(check_in: CheckIn, tracked: Tracked) -> str:
    value = check_in.value(tracked.id)
    if value is None or tracked.kind is not Kind.YES_NO:
        return _written(value)
    return tr("yes") if value else tr("no")


def _titled(title: str, block: str) -> str:
    return heading(title) + block if block else ""


def _written(hundredths: int | None) -> str:
    return "" if hundredths is None else str(codes.number(Fraction(hundredths, 100)))


def _or(value: int | None, otherwise: str = "") -> str:
    return otherwise if value is None else str(value)
