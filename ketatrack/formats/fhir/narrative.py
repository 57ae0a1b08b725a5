"""What each section of the document says to a reader who has no FHIR viewer."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from ketatrack.analysis.result import Relief
from ketatrack.analysis.sentences import Length, how_it_ended, not_a_forecast, span_days
from ketatrack.formats.export_data import ExportData
from ketatrack.formats.fhir import codes
from ketatrack.formats.fhir.content import shown_spans
from ketatrack.formats.fhir.parts import heading, in_words, listing, paragraph, rows
from ketatrack.formats.fhir.sessions import dose_words, duration_words, intention_words, method_words
from ketatrack.i18n import _
from ketatrack.models import labels
from ketatrack.models.enums import Kind, Reason
from ketatrack.models.instruments import instrument
from ketatrack.models.records import CheckIn, Session, Tracked


def medications(shared: ExportData) -> str:
    """Return a line for each session."""
    head = (
        _("When"),
        _("Drug"),
        _("Dose"),
        _("Route"),
        _("Duration"),
        _("Phase"),
        _("Why now"),
        _("Place"),
        _("With"),
        _("Other medicines"),
        _("Notes"),
    )
    return rows(head, [_session(session) for session in shared.diary.sessions])


def vitals(shared: ExportData) -> str:
    """Return a line for each reading, and one for each body weight."""
    head = (
        _("When"),
        _("Reading"),
        _("Blood pressure, mmHg"),
        _("Pulse, per minute"),
        _("SpO2, %"),
        _("Weight, kg"),
    )
    return rows(head, [line for session in shared.diary.sessions for line in _vitals(session)])


def results(shared: ExportData) -> str:
    """Relief first, then questionnaires, daily ratings, and what sessions were like."""
    blocks = [_relief(result, shared) for result in shared.relief_results]
    if any(blocks):
        blocks.append(paragraph(not_a_forecast()))
    blocks += [
        _titled(_("Questionnaires"), _answers(shared) + _withheld(shared)),
        _titled(_("Daily ratings"), _check_ins(shared, lambda tracked: tracked.is_measure)),
        _titled(_("At sessions"), _experience(shared)),
    ]
    return "".join(blocks)


def habits(shared: ExportData) -> str:
    """Return a line for each check-in with a habit."""
    return _check_ins(shared, lambda tracked: not tracked.is_measure)


def story(shared: ExportData) -> str:
    """Return the notes of check-ins."""
    noted = [
        (in_words(check_in.day, check_in.local_time), check_in.note)
        for check_in in shared.diary.check_ins
        if check_in.note.strip()
    ]
    return rows((_("When"), _("Note")), noted)


def questions(shared: ExportData) -> str:
    """Return what the person wants to ask."""
    texts = [visit_question.words for visit_question in shared.diary.visit_questions]
    return listing(texts) if texts else ""


def _session(session: Session) -> Sequence[str]:
    reason = "" if session.reason is Reason.NOT_SAID else labels.reason_in_text(session.reason)
    notes = "\n".join(note for note in (intention_words(session), session.notes) if note)
    return (
        in_words(session.day, session.local_time),
        codes.words("drugs", session.drug) if session.drug else "",
        dose_words(session),
        codes.words("routes", session.route),
        duration_words(session),
        labels.phase_in_text(session),
        reason,
        labels.place_in_text(session.place),
        session.provider,
        ", ".join(labels.medicines(session)),
        notes,
    )


def _vitals(session: Session) -> Iterator[Sequence[str]]:
    if session.weight_kg is not None:
        yield in_words(session.day, session.local_time), "", "", "", "", _written(session.weight_kg)
    for vital in session.vitals:
        pressure = (
            f"{_or(vital.systolic, '–')}/{_or(vital.diastolic, '–')}" if vital.systolic or vital.diastolic else ""
        )
        yield (
            in_words(session.day, vital.local_time),
            labels.moment_in_text(vital.moment),
            pressure,
            _or(vital.pulse),
            _or(vital.spo2),
            "",
        )


def _relief(result: Relief, shared: ExportData) -> str:
    spans = shown_spans(result, shared)
    head = (_("Last session of the course"), _("Days in relief"), _("How it ended"), _("Remark"))
    lines = [(span.day.isoformat(), span_days(span, Length.SHORT), how_it_ended(span), span.note) for span in spans]
    if not lines:
        return ""
    title = heading(_("Relief: {measure}").format(measure=result.measure.name))
    return title + paragraph(method_words(result)) + rows(head, lines)


def _answers(shared: ExportData) -> str:
    lines = []
    for filled in shared.diary.answers:
        form = instrument(filled.instrument)
        band = form.band(filled.total)
        by_number = dict(enumerate(filled.items or (), start=1))
        if filled.unscored is not None:
            by_number[len(form.items) + 1] = filled.unscored
        text = ", ".join(f"{number}: {score}" for number, score in by_number.items())
        lines.append(
            (
                in_words(filled.day, filled.local_time),
                form.name,
                form.words(filled.total),
                band.name if band else "",
                text,
                filled.note,
            )
        )
    head = (_("When"), _("Questionnaire"), _("Score"), _("Severity"), _("Answers, question: score"), _("Note"))
    return rows(head, lines)


def _withheld(shared: ExportData) -> str:
    has_safety_item = any(instrument(filled.instrument).safety_item for filled in shared.diary.answers)
    if shared.consent.safety_answers or not has_safety_item:
        return ""
    return paragraph(_("PHQ-9: answers to single questions withheld by the patient."))


def _check_ins(shared: ExportData, wanted: Callable[[Tracked], bool]) -> str:
    columns = [tracked for tracked in shared.diary.tracked if wanted(tracked)]
    head = [_("When"), *(_column(tracked) for tracked in columns)]
    lines = [(check_in, [_entered(check_in, of) for of in columns]) for check_in in shared.diary.check_ins]
    return rows(head, [[in_words(tracked.day, tracked.local_time), *cells] for tracked, cells in lines if any(cells)])


def _experience(shared: ExportData) -> str:
    head = (
        _("When"),
        _("Detached, 0-10"),
        _("Sleepy, 0-10"),
        _("Nausea, 0-10"),
        _("Mood before, 10 best"),
        _("Mood after, 10 best"),
        _("Side effects"),
        _("Afterwards"),
    )
    lines = []
    for session in shared.diary.sessions:
        rated = (session.detached, session.sleepy, session.nausea, session.mood_before, session.mood_after)
        cells = [*map(_written, rated), ", ".join(labels.side_effects(session)), ", ".join(_afterwards(session))]
        if any(cells):
            lines.append([in_words(session.day, session.local_time), *cells])
    return rows(head, lines)


def _afterwards(session: Session) -> Iterator[str]:
    if session.taken_home is not None:
        by = f" ({session.taken_home_by})" if session.taken_home_by else ""
        yield (_("someone took me home") if session.taken_home else _("nobody took me home")) + by
    if session.talked_through is not None:
        yield _("talked it through") if session.talked_through else _("not talked through")
    if session.psychotherapy is not None:
        yield _("psychotherapy") if session.psychotherapy else _("no psychotherapy")


def _column(tracked: Tracked) -> str:
    unit = labels.file_unit(tracked)
    return f"{tracked.name}, {unit}" if unit else tracked.name


def _entered(check_in: CheckIn, tracked: Tracked) -> str:
    value = check_in.value(tracked.id)
    if value is None or tracked.kind is not Kind.YES_NO:
        return _written(value)
    return _("yes") if value else _("no")


def _titled(title: str, block: str) -> str:
    return heading(title) + block if block else ""


def _written(hundredths: int | None) -> str:
    return "" if hundredths is None else str(codes.number(Fraction(hundredths, 100)))


def _or(value: int | None, otherwise: str = "") -> str:
    return otherwise if value is None else str(value)
