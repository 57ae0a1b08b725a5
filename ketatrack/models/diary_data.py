"""A whole diary as one value: what exporters, the report and the archive are given.

Filters (a period, a hidden name) turn one whole diary into another, so no exporter needs to know of them.
"""

from dataclasses import dataclass, fields

from ketatrack.models import records


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryData:
    """All records of a diary, each kind oldest first, or in the person's order where they have one."""

    tracked: tuple[records.Tracked, ...] = ()
    sessions: tuple[records.Session, ...] = ()
    check_ins: tuple[records.CheckIn, ...] = ()
    answers: tuple[records.Answers, ...] = ()
    baselines: tuple[records.Baseline, ...] = ()
    rules: tuple[records.Rule, ...] = ()
    appointments: tuple[records.Appointment, ...] = ()
    profiles: tuple[records.Profile, ...] = ()
    contacts: tuple[records.Contact, ...] = ()
    settings: tuple[records.Settings, ...] = ()
    drafts: tuple[records.Draft, ...] = ()
    cards_shown: tuple[records.CardShown, ...] = ()
    habit_choices: tuple[records.HabitChoice, ...] = ()
    early_signs: tuple[records.EarlySign, ...] = ()
    visit_questions: tuple[records.VisitQuestion, ...] = ()
    sharing_choices: tuple[records.SharingChoices, ...] = ()

    @property
    def profile(self) -> records.Profile:
        """Who the diary is about; empty where nothing was typed in."""
        return self.profiles[0] if self.profiles else records.Profile()

    @property
    def records(self) -> tuple[records.Record, ...]:
        """Every record, in an order in which they can be written into an empty diary."""
        return tuple(record for spec in fields(self) for record in getattr(self, spec.name))


KINDS: dict[str, type[records.Record]] = dict(
    zip((spec.name for spec in fields(DiaryData)), records.RECORD_TYPES, strict=True)
)
