"""What the Scores page shows, read from the diary in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ketatrack.diary import reading
from ketatrack.diary.database import Diary
from ketatrack.i18n import _, ngettext
from ketatrack.models.instruments import KEYS, Instrument, instrument
from ketatrack.models.records import Answers, Contact, Draft, Session
from ketatrack.ui import localised
from ketatrack.ui.scores.answers import AnswerDraft, from_record

WEEK = 7


@dataclass(frozen=True)
class Scores:
    """All results oldest first by questionnaire, the unfinished ones, sessions and contacts."""

    today: date
    answers: dict[str, tuple[Answers, ...]]
    drafts: dict[str, tuple[Draft, AnswerDraft]]
    sessions: tuple[Session, ...]
    contacts: tuple[Contact, ...]

    def find(self, identity: UUID) -> Answers | None:
        """Return the result with that id."""
        return next((entry for entries in self.answers.values() for entry in entries if entry.id == identity), None)

    def before(self, entry: Answers) -> Answers | None:
        """Return the result of the same questionnaire before this one."""
        result: Answers | None = None
        for filled in self.answers[entry.instrument]:
            if filled.id == entry.id:
                return result
            result = filled
        return result

    def latest(self, key: str) -> Answers | None:
        """Return the newest result of a questionnaire."""
        return self.answers[key][-1] if self.answers[key] else None


def read(diary: Diary, today: date) -> Scores:
    """Read everything the page shows."""
    with diary.read() as connection:
        entries = reading.answers(connection)
        draft_records = reading.drafts(connection)
        sessions, contacts = reading.sessions(connection), reading.contacts(connection)
    by_key: dict[str, list[Answers]] = {key: [] for key in KEYS}
    for entry in entries:
        by_key[entry.instrument].append(entry)
    drafts = {}
    for key in KEYS:
        for record in draft_records:
            draft = from_record(record, instrument(key))
            if draft is not None:
                drafts[key] = (record, draft)
    return Scores(today, {key: tuple(result) for key, result in by_key.items()}, drafts, sessions, contacts)


def score_words(form: Instrument, total: int) -> str:
    """13, moderate - or the number alone where no bands are published."""
    band = form.band(total)
    return f"{form.words(total)}, {_(band.name)}" if band else form.words(total)


def near_day(day: date, today: date) -> str:
    """16 Nov; with its year where that is another one."""
    return localised.day_and_month(day) if day.year == today.year else localised.short_day(day)


def compared(form: Instrument, total: int, before: Answers | None, today: date) -> str:
    """How a total differs from the one before, and what difference is usually noticeable."""
    if before is None:
        return _("Your first {name} here.").format(name=form.name)
    difference, day = total - before.total, near_day(before.day, today)
    if not difference:
        sentence = _("The same as on {day}.").format(day=day)
    else:
        lower = _("{n} lower than on {day}.") if difference < 0 else _("{n} higher than on {day}.")
        sentence = lower.format(n=form.words(abs(difference)), day=day)
    if form.noticeable_change is None:
        return sentence
    usual = _("A change of {n} or more is usually noticeable.").format(n=form.words(form.noticeable_change))
    return f"{sentence} {usual}"


def recall_note(form: Instrument, entries: Sequence[Answers], today: date) -> str:
    """Return a calm sentence where the same questionnaire was filled in within a week; empty otherwise."""
    recent = [entry for entry in entries if entry.items is not None and 0 <= (today - entry.day).days < WEEK]
    if not recent or not form.items:
        return ""
    ago = (today - recent[-1].day).days
    if ago == 0:
        done = _("You filled in {name} earlier today.")
    elif ago == 1:
        done = _("You filled in {name} yesterday.")
    else:
        done = ngettext("You filled in {name} {n} day ago.", "You filled in {name} {n} days ago.", ago)
    if form.lead:
        share = _("It looks back over the last 2 weeks, so both answers share most of their days.")
    else:
        share = _("It looks back over the past week, so both answers share most of their days.")
    return f"{done.format(name=form.name, n=ago)} {share}"
