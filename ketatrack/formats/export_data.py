"""What one report or export is made of: the diary after all filters, and relief worked out from all of it.

Filters run once, here; every exporter is given the same value.
"""

from dataclasses import dataclass
from datetime import date, datetime

from ketatrack.analysis.result import Relief, reliefs_of
from ketatrack.formats import redaction
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.records import SharingChoices
from ketatrack.models.relief_records import records_of


@dataclass(frozen=True, slots=True)
class Consent:
    """What is asked at each export and never remembered: answers about self-harm, and the person's own notes."""

    safety_answers: bool = False
    notes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportData:
    """What leaves the diary.

    `diary` holds the entries of the days `first` to `last`, without what is hidden or withheld. `relief_results`
    has one result for each measure with readings, the main measure first, worked out from every entry: a baseline or a
    running session outside the period still counts. Its sessions and readings are filtered for names like everything
    else.
    """

    diary: DiaryData
    relief_results: tuple[Relief, ...]
    first: date
    last: date
    today: date
    made_at: datetime
    choices: SharingChoices
    consent: Consent

    @property
    def days(self) -> int:
        """How many diary days the period has."""
        return (self.last - self.first).days + 1

    @property
    def days_with_entries(self) -> int:
        """On how many of them there is any entry."""
        return len(redaction.entry_days(self.diary))

    @property
    def entries(self) -> int:
        """How many sessions, check-ins and questionnaires fall into the period."""
        return len(self.diary.sessions) + len(self.diary.check_ins) + len(self.diary.answers)


def share(
    diary: DiaryData,
    choices: SharingChoices,
    consent: Consent,
    today: date,
    made_at: datetime,
    known: tuple[Relief, ...] | None = None,
) -> ExportData:
    """Filter the diary as chosen and work out relief.

    Args:
        diary: everything the diary holds.
        choices: period and what is hidden.
        consent: what the person said yes to this time.
        today: the diary day.
        made_at: an aware moment, printed and kept in what is made.
        known: `relief_results` of an earlier call with the same diary, day, hidden name and answers to `consent`.
    """
    data = redaction.without_names(diary) if choices.hide_name else diary
    data = data if consent.safety_answers else redaction.without_safety_answers(data)
    data = data if consent.notes else redaction.without_notes(data)
    first, last = redaction.days(diary, choices, today)
    return ExportData(
        diary=redaction.within(data, first, last),
        first=first,
        last=last,
        relief_results=reliefs_of(records_of(data), today) if known is None else known,
        today=today,
        made_at=made_at,
        choices=choices,
        consent=consent,
    )
