"""One report made ready: all that its pages are laid out from, for the PDF, the pictures and the page numbers alike."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any

from ketatrack.charts.style import ChartStyle
from ketatrack.paths import resource
from ketatrack.sharing.report.contents import contents
from ketatrack.sharing.report.kept import Kept, Sheet
from ketatrack.sharing.report.typed import has_all, printable
from ketatrack.sharing.shared import Shared

_COLOURS = ("text", "secondary", "hairline", "bar", "soft", "mark")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The template, its data and its charts, by file name; the same shared diary gives the same bytes.

    `fonts_suffice` says whether the bundled fonts have every character that stands in it.
    """

    files: Mapping[str, bytes]
    fonts_suffice: bool
    made_at: datetime


def prepare(shared: Shared, locale: str, kept: Kept | None = None) -> Prepared:
    """Work out everything that stands in the report of what is shared.

    Args:
        shared: the diary after all filters, with the choices of sections, paper and colour.
        locale: whose formats dates and numbers have (`words.locale_of`).
        kept: what a preview keeps between refreshes; None draws everything anew.
    """
    held = kept if kept is not None else Kept()
    sheet = Sheet(held, shared.choices.grey)
    report = _plain(contents(shared, locale, sheet, held))
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
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value
