"""The raw table: every rating and every questionnaire total of the period, as it was entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from ketatrack.models.instruments import KEYS, instrument
from ketatrack.models.records import Tracked
from ketatrack.models.values import Kind
from ketatrack.sharing.report.basis import Basis
from ketatrack.sharing.report.parts import Column, Table
from ketatrack.sharing.report.words import Formats, counted, filled, tr

MOST_COLUMNS = 9
_Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Readings:
    """The section: as many tables as its columns need, each with all days."""

    title: str
    about: str
    tables: tuple[Table, ...]


def readings(basis: Basis) -> Readings:
    """All entries of the period, newest first, in one row each."""
    diary, formats = basis.shared.diary, basis.formats
    found: list[tuple[date, time, dict[str, str]]] = []
    for check_in in diary.check_ins:
        cells = {str(each.tracked_id): formats.hundredths(each.hundredths) for each in check_in.values}
        found.append((check_in.day, check_in.local_time or time.min, cells))
    for answers in diary.answers:
        score = formats.number(float(instrument(answers.instrument).value(answers.total)))
        found.append((answers.day, answers.local_time or time.min, {answers.instrument: score}))
    found.sort(key=lambda each: each[:2], reverse=True)
    used = {key for _, _, cells in found for key in cells}
    heads = [(str(each.id), _name(each)) for each in diary.tracked if str(each.id) in used]
    heads += [(key, instrument(key).name) for key in KEYS if key in used]
    chunks = [heads[at : at + MOST_COLUMNS] for at in range(0, len(heads), MOST_COLUMNS)]
    entries = counted(len(found), "entry", "entries")
    return Readings(
        title=tr("Table of all readings"),
        about=filled("{entries}, newest first. An empty place was not rated; it is not 0.", entries=entries),
        tables=tuple(_table(formats, found, chunk) for chunk in chunks),
    )


def _name(tracked: Tracked) -> str:
    unit = {Kind.RATING: tr("0–10"), Kind.YES_NO: tr("1 = yes")}.get(tracked.kind, tracked.unit)
    return f"{tracked.name},\n{unit}" if unit else tracked.name


def _table(formats: Formats, found: Sequence[tuple[date, time, dict[str, str]]], heads: Sequence[_Cell]) -> Table:
    columns = (Column(tr("Date")), Column(tr("Time")), *(Column(name, True, 1) for _, name in heads))
    rows = tuple(
        (formats.day(day), formats.clock(at) if at != time.min else "", *(cells.get(key, "") for key, _ in heads))
        for day, at, cells in found
        if any(key in cells for key, _ in heads)
    )
    return Table(columns, rows)
