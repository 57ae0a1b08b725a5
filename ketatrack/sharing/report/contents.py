"""The whole report as one value: everything the doctor sees, in words and numbers that are already formatted."""

from dataclasses import dataclass
from datetime import datetime

from ketatrack import __version__
from ketatrack.models.values import Section
from ketatrack.sharing.report.appendix import Appendix, appendix
from ketatrack.sharing.report.basis import Basis, rated_by, scored_by, timed_by
from ketatrack.sharing.report.curves import Curves, curves
from ketatrack.sharing.report.every_session import EverySession, every_session
from ketatrack.sharing.report.habits import Habits, habits
from ketatrack.sharing.report.items import Items, items
from ketatrack.sharing.report.kept import Kept, Sheet
from ketatrack.sharing.report.readings import Readings, readings
from ketatrack.sharing.report.summary import Summary, summary
from ketatrack.sharing.report.words import Formats, filled, shortened, tr
from ketatrack.sharing.shared import Shared

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Report:
    """What the template is given. A section that was not chosen is None; the appendix is always there."""

    title: str
    author: str
    made_at: tuple[int, int, int, int, int, int]
    paper: str
    person: str
    period: str
    made: str
    page: str
    summary: Summary | None
    curves: Curves | None
    sessions: EverySession | None
    habits: Habits | None
    items: Items | None
    readings: Readings | None
    appendix: Appendix


def contents(shared: Shared, locale: str, sheet: Sheet, kept: Kept) -> Report:
    """Everything that stands in the report of what is shared.

    Args:
        shared: the diary after all filters, and relief.
        locale: whose formats dates and numbers have, as Babel names it.
        sheet: takes the charts.
        kept: what earlier calls worked out.
    """
    timed = timed_by(shared.reliefs)
    basis = Basis(
        shared, Formats(locale), timed, kept.estimates(timed) if timed is not None else None,
        scored_by(shared.reliefs), rated_by(shared.reliefs),
    )  # fmt: skip
    chosen = shared.choices.sections
    return Report(
        title=tr("Ketamine therapy: summary for my doctor"),
        author=shared.diary.profile.name,
        made_at=_parts(shared.made_at),
        paper=shared.choices.paper.value,
        person=_person(basis),
        period=_period(basis),
        made=filled(
            "Written by the patient with KetaTrack {version}, {moment}. Self-reported, not medical advice.",
            version=__version__, moment=basis.formats.moment(shared.made_at),
        ),
        page=tr("page {n} of {all}"),
        summary=summary(basis, sheet, chosen) if Section.SUMMARY in chosen else None,
        curves=curves(basis, sheet) if Section.CURVES in chosen else None,
        sessions=every_session(basis) if Section.SESSIONS in chosen else None,
        habits=habits(basis, sheet) if Section.HABITS in chosen else None,
        items=items(basis) if Section.ITEMS in chosen else None,
        readings=readings(basis) if Section.READINGS in chosen else None,
        appendix=appendix(basis),
    )  # fmt: skip


def _parts(at: datetime) -> tuple[int, int, int, int, int, int]:
    return at.year, at.month, at.day, at.hour, at.minute, at.second


def _person(basis: Basis) -> str:
    shared, profile = basis.shared, basis.shared.diary.profile
    if shared.choices.hide_name:
        return tr("Name withheld")
    name = shortened(profile.name.strip(), LONGEST_NAME) or tr("No name given")
    if profile.birth_date is None:
        return name
    return filled("{name}, born {day}", name=name, day=basis.formats.day(profile.birth_date))


def _period(basis: Basis) -> str:
    shared, day = basis.shared, basis.formats.day
    share = round(100 * shared.days_with_entries / shared.days)
    return filled(
        "{a} to {b} · entries on {n} of {all} days ({share} %)",
        a=day(shared.first), b=day(shared.last), n=basis.formats.number(shared.days_with_entries),
        all=basis.formats.number(shared.days), share=share,
    )  # fmt: skip
