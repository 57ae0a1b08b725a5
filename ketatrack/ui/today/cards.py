"""The cards beside the check-in: days since the last session, the week's questionnaire, the next appointment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Signal

from ketatrack.analysis import measures, sentences
from ketatrack.analysis.result import faded_now, relief_of
from ketatrack.diary import reading
from ketatrack.diary.database import Diary
from ketatrack.i18n import _, ngettext
from ketatrack.models import labels
from ketatrack.models.instruments import Instrument, instrument
from ketatrack.models.records import Answers, Appointment, EarlySign, Settings
from ketatrack.models.safety import driving_note
from ketatrack.ui import localised
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, hbox
from ketatrack.ui.widgets.buttons import link, quiet, secondary
from ketatrack.ui.widgets.cards import Card, Note
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.painted import DAYS, Sparkline

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Since:
    """What the first card says: worked out in a background thread."""

    measure_name: str
    days: int | None
    sentence: str
    values: dict[date, float]
    sessions: tuple[date, ...]
    relief: tuple[tuple[date, date], ...]
    last: date
    signs: tuple[EarlySign, ...] = ()


def load_since(diary: Diary, today: date) -> Since | None:
    """Days since the last session, the sentence, and 30 days of the main measure; None where nothing is tracked."""
    with diary.read() as connection:
        records, signs = reading.relief_records(connection), reading.early_signs(connection)
        if not any(item.is_measure and not item.archived for item in records.tracked) and not records.scores:
            return None
        relief = relief_of(records, today)
    measure, faded = relief.measure, sentences.faded_by_now(relief)
    first = today - timedelta(days=DAYS - 1)
    recent = [measured for measured in relief.readings if first <= measured.day <= today]
    values = {day: float(measure.worse(value)) for day, value in measures.day_means(recent).items()}
    shaded = tuple((span.day, span.day + timedelta(days=span.lower)) for span in relief.spans if span.lower is not None)
    return Since(
        measure.name,
        relief.since,
        f"{faded} {sentences.measured_by(relief)}" if faded else "",
        values,
        tuple(session.day for session in relief.sessions if session.day >= first),
        tuple(pair for pair in shaded if pair[1] >= first),
        today,
        signs if faded_now(relief) else (),
    )


class SinceCard(Card):
    """Day N since the last session, how it was at that day before, and 30 days in small."""

    def __init__(self) -> None:
        super().__init__()
        self._compact = False
        self.days = label("", "headline")
        self.beside = label("", "secondary", wrap=True)
        self.sentence = label("", "body", wrap=True)
        self.driving = Note()
        self.signs = Note()
        self._name = label("", "heading")
        self._shaded = label(_("shaded: in relief"), "hint", wrap=True)
        self.line = Sparkline(_("The last 30 days"))
        head = hbox(self.days, self.beside, Stretch(), gap=10)
        names = hbox(self._name, Stretch(), self._shaded)
        self.body.addLayout(head)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.driving)
        self.body.addWidget(self.signs)
        self.body.addSpacing(px(2))
        self.body.addLayout(names)
        self.body.addWidget(self.line)

    def set_compact(self, compact: bool) -> None:
        """Fewer words and less edge where the column is narrow."""
        self._compact = compact
        self.set_padding(20 if compact else 24)
        self._name_days()

    def _name_days(self) -> None:
        self.beside.setText(_("since last session") if self._compact else _("since your last session"))

    def show_since(self, since: Since | None) -> None:
        """Fill the card."""
        self.setVisible(since is not None)
        if since is None:
            return
        if since.days is None:
            self.days.setText(_("No session yet"))
            self.beside.hide()
            self.sentence.setText(_("The days since a session, and how long relief lasts, will stand here."))
        else:
            self.days.setText(_("Day {n}").format(n=since.days))
            self._name_days()
            self.beside.show()
            self.sentence.setText(since.sentence)
            self.sentence.setVisible(bool(since.sentence))
        self.signs.set_words(*sign_words(since.signs))
        self.driving.set_words(driving_note() if since.days == 0 else "")
        self._name.setText(_("{name}, 30 days").format(name=since.measure_name))
        self._shaded.setVisible(bool(since.relief))
        self.line.show_days(since.last, since.values, since.sessions, since.relief, _spoken(since))


def sign_words(signs: Sequence[EarlySign]) -> tuple[str, str]:
    """(rest, strong words) of the note that shows early signs again; both empty where there are none."""
    if not signs:
        return "", ""
    lines = [f"{sign.sign} – {sign.helps}" if sign.helps else sign.sign for sign in signs]
    return "; ".join(lines) + ".", _("You wrote while you were well:")


def _spoken(since: Since) -> str:
    if not since.values:
        return _("{name}: no entry in the last 30 days.").format(name=since.measure_name)
    latest = max(since.values)
    words = ngettext(
        "{name} over the last 30 days: {n} day with an entry, {value} on {day}.",
        "{name} over the last 30 days: {n} days with an entry, latest {value} on {day}.",
        len(since.values),
    )
    return words.format(
        name=since.measure_name, n=len(since.values), value=f"{since.values[latest]:g}", day=localised.long_day(latest)
    )


class WeekCard(Card):
    """The questionnaire that was last filled in a week ago or longer; gone when none is."""

    start = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._key = ""
        self._put_off: set[tuple[str, date]] = set()
        self._today = date.min
        self._words = label("", "secondary", wrap=True)
        self._begin = secondary("")
        self._begin.clicked.connect(lambda: self.start.emit(self._key))
        later = quiet(_("Later"))
        later.clicked.connect(self._later)
        row = hbox(self._begin, later, Stretch())
        self.body.setSpacing(px(2))
        self.body.addWidget(label(_("This week’s questionnaire"), "strong", wrap=True))
        self.body.addWidget(self._words)
        self.body.addSpacing(px(10))
        self.body.addLayout(row)
        self.hide()

    def show_week(self, settings: Settings, answers: Sequence[Answers], drafts: Sequence[str], today: date) -> None:
        """Choose the questionnaire to offer. `drafts` are the keys of unfinished ones."""
        self._today = today
        offered = [key for key in settings.instruments if instrument(key).items]
        last = {filled.instrument: filled.day for filled in answers}
        waiting = [key for key in offered if key in drafts or today - last.get(key, date.min) >= WEEK]
        waiting = [key for key in waiting if (key, today) not in self._put_off]
        self.setVisible(bool(waiting))
        if waiting:
            self._offer(instrument(waiting[0]), last.get(waiting[0]), waiting[0] in drafts)

    def _offer(self, form: Instrument, last: date | None, begun: bool) -> None:
        self._key = form.key
        if last is None:
            text = ngettext(
                "{name}, not filled in yet. {n} question, about {minutes}.",
                "{name}, not filled in yet. {n} questions, about {minutes}.",
                len(form.items),
            )
        else:
            text = ngettext(
                "{name}, last filled in on {day}. {n} question, about {minutes}.",
                "{name}, last filled in on {day}. {n} questions, about {minutes}.",
                len(form.items),
            )
        when = localised.full_day(last, year=False) if last else ""
        self._words.setText(text.format(name=form.name, day=when, n=len(form.items), minutes=form.minutes))
        begin = _("Go on with {name}") if begun else _("Start {name}")
        self._begin.setText(begin.format(name=form.name))
        self._begin.setAccessibleName(self._begin.text())

    def _later(self) -> None:
        self._put_off.add((self._key, self._today))
        self.hide()


class AppointmentCard(Card):
    """The next appointment, as the person wrote it down."""

    edit = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._next: Appointment | None = None
        self.body.setSpacing(px(2))
        self._when = label("", "body", wrap=True)
        self._where = label("", "secondary", wrap=True)
        self.button = link("")
        self.button.clicked.connect(lambda: self.edit.emit(self._next))
        head = hbox(label(_("Next appointment"), "strong"), Stretch(), self.button)
        self.body.addLayout(head)
        self.body.addWidget(self._when)
        self.body.addWidget(self._where)

    def show_next(self, appointments: Sequence[Appointment], today: date) -> None:
        """Show the first appointment that is not past."""
        self._next = next((appointment for appointment in appointments if appointment.day >= today), None)
        plan = self._next
        self.button.setText(_("Edit") if plan else _("Add"))
        self.button.setAccessibleName(_("Edit the appointment") if plan else _("Add an appointment"))
        if plan is None:
            self._when.setText(_("None written down."))
            self._where.hide()
            return
        clock = f", {localised.clock(plan.local_time)}" if plan.local_time else ""
        self._when.setText(f"{localised.long_day(plan.day, year=plan.day.year != today.year)}{clock}")
        kind = labels.appointment(plan.kind)
        by = _("with {name}").format(name=plan.provider) if plan.provider else ""
        self._where.setText(", ".join(part for part in (kind, plan.place, by) if part))
        self._where.show()
