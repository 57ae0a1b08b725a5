"""One report made ready: its sections, and all that its pages are laid out from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any

from ketatrack import __version__
from ketatrack.charts.base import ChartStyle
from ketatrack.formats.export_data import ExportData
from ketatrack.i18n import _
from ketatrack.models.enums import Section
from ketatrack.paths import resource
from ketatrack.report.appendix import Appendix, appendix
from ketatrack.report.cache import ReportCache, Sheet
from ketatrack.report.context import ReportContext, rated_by, scored_by, timed_by
from ketatrack.report.curves import Curves, curves
from ketatrack.report.formatting import Formats, has_all, printable, shortened
from ketatrack.report.habits import Habits, habits
from ketatrack.report.questionnaires import Items, Readings, items, readings
from ketatrack.report.sessions import EverySession, every_session
from ketatrack.report.summary import Summary, summary

LONGEST_NAME = 60
_COLOURS = ("text", "secondary", "hairline", "bar", "soft", "mark")


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


def contents(shared: ExportData, locale: str, sheet: Sheet, report_cache: ReportCache) -> Report:
    """Everything that stands in the report of what is shared.

    Args:
        shared: the diary after all filters, and relief.
        locale: whose formats dates and numbers have, as Babel names it.
        sheet: takes the charts.
        report_cache: what earlier calls worked out.
    """
    timed = timed_by(shared.relief_results)
    basis = ReportContext(
        shared,
        Formats(locale),
        timed,
        report_cache.estimates(timed) if timed is not None else None,
        scored_by(shared.relief_results),
        rated_by(shared.relief_results),
    )
    chosen = shared.choices.sections
    return Report(
        title=_("Ketamine therapy: summary for my doctor"),
        author=shared.diary.profile.name,
        made_at=_parts(shared.made_at),
        paper=shared.choices.paper.value,
        person=_person(basis),
        period=_period(basis),
        made=_("Written by the patient with KetaTrack {version}, {moment}. Self-reported, not medical advice.").format(
            version=__version__, moment=basis.formats.moment(shared.made_at)
        ),
        page=_("page {n} of {all}"),
        summary=summary(basis, sheet, chosen) if Section.SUMMARY in chosen else None,
        curves=curves(basis, sheet) if Section.CURVES in chosen else None,
        sessions=every_session(basis) if Section.SESSIONS in chosen else None,
        habits=habits(basis, sheet) if Section.HABITS in chosen else None,
        items=items(basis) if Section.ITEMS in chosen else None,
        readings=readings(basis) if Section.READINGS in chosen else None,
        appendix=appendix(basis),
    )


def _parts(at: datetime) -> tuple[int, int, int, int, int, int]:
    return at.year, at.month, at.day, at.hour, at.minute, at.second


def _person(basis: ReportContext) -> str:
    shared, profile = basis.shared, basis.shared.diary.profile
    if shared.choices.hide_name:
        return _("Name withheld")
    name = shortened(profile.name.strip(), LONGEST_NAME) or _("No name given")
    if profile.birth_date is None:
        return name
    return _("{name}, born {day}").format(name=name, day=basis.formats.day(profile.birth_date))


def _period(basis: ReportContext) -> str:
    shared, day = basis.shared, basis.formats.day
    share = round(100 * shared.days_with_entries / shared.days)
    return _("{a} to {b} · entries on {n} of {all} days ({share} %)").format(
        a=day(shared.first),
        b=day(shared.last),
        n=basis.formats.number(shared.days_with_entries),
        all=basis.formats.number(shared.days),
        share=share,
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """The template, its data and its charts, by file name; the same shared diary gives the same bytes.

    `fonts_suffice` says whether the bundled fonts have every character that stands in it.
    """

    files: Mapping[str, bytes]
    fonts_suffice: bool
    made_at: datetime


def prepare(shared: ExportData, locale: str, report_cache: ReportCache | None = None) -> Prepared:
    """Work out everything that stands in the report of what is shared.

    Args:
        shared: the diary after all filters, with the choices of sections, paper and colour.
        locale: whose formats dates and numbers have (`words.locale_of`).
        report_cache: what a preview keeps between refreshes; None draws everything anew.
    """
    cache = report_cache if report_cache is not None else ReportCache()
    sheet = Sheet(cache, shared.choices.grey)
    report = _plain(contents(shared, locale, sheet, cache))
    data = {**report, "colours": _colours(sheet.style)}
    template = {path.name: path.read_bytes() for path in sorted(resource("report").glob("*.typ"))}
    written = json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8")
    files = {**template, **sheet.files, "data.json": written}
    return Prepared(files, has_all(written, *sheet.files.values()), shared.made_at)


def _colours(style: ChartStyle) -> dict[str, str]:
    return {name: getattr(style, name) for name in _COLOURS}


def _plain(value: Any) -> Any:
    """Dataclasses as dicts and tuples as lists, every text as it can be printed."""
    if type(value) is str:
        return printable(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {spec.name: _plain(getattr(value, spec.name)) for spec in fields(value)}
    return value
