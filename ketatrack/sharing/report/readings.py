"""The raw table: every rating and every questionnaire total of the period, as it was entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from ketatrack.models import labels
from ketatrack.models.instruments import KEYS, instrument
from ketatrack.models.records import Tracked
from ketatrack.sharing.report.basis import Basis
from ketatrack.sharing.report.parts import Column, Table
from ketatrack.sharing.report.words import Formats, counted, filled, tr

MOST_COLUMNS = 8
_Moment = tuple[date, time, int]


@dataclass(frozen=True, slots=True)
class Readings:
    """The section: as many tables as its columns need, each with all days."""

    title: str
    about: str
    tables: tuple[Table, ...]


def readings(basis: Basis) -> Readings:
    """All entries of the period, newest first; those of one moment share a row."""
    found = _rows(basis)
    used = {key for cells in found.values() for key in cells}
    tracked = [each for each in basis.shared.diary.tracked if str(each.id) in used]
    scores = [(str(each.id), _name(each)) for each in tracked if each.is_measure]
    scores += [(key, instrument(key).name) for key in KEYS if key in used]
    habits = [(str(each.id), _name(each)) for each in tracked if not each.is_measure]
    chunks = [heads[at : at + MOST_COLUMNS] for heads in (scores, habits) for at in range(0, len(heads), MOST_COLUMNS)]
    return Readings(
        title=tr("Table of all readings"),
        about=filled(
            "{rows}, newest first. An empty place was not rated; it is not 0.",
            rows=counted(len(found), "entry", "entries"),
        ),
        tables=tuple(_table(basis.formats, found, chunk) for chunk in chunks),
    )


def _rows(basis: Basis) -> dict[_Moment, dict[str, str]]:
    """By day, time and a number that tells two entries of the same thing apart: what was entered, newest first."""
    diary, formats = basis.shared.diary, basis.formats
    entered: list[tuple[date, time | None, dict[str, str]]] = [
        (each.day, each.local_time, {str(v.tracked_id): formats.hundredths(v.hundredths) for v in each.values})
        for each in diary.check_ins
    ]
    for answers in diary.answers:
        score = formats.number(float(instrument(answers.instrument).value(answers.total)))
        entered.append((answers.day, answers.local_time, {answers.instrument: score}))
    found: dict[_Moment, dict[str, str]] = {}
    for day, at, cells in entered:
        nth = 0
        while found.get((day, at or time.min, nth), {}).keys() & cells.keys():
            nth += 1
        found.setdefault((day, at or time.min, nth), {}).update(cells)
    return dict(sorted(found.items(), reverse=True))


def _name(tracked: Tracked) -> str:
    unit = labels.paper_unit(tracked)
    return f"{tracked.name},\n{unit}" if unit else tracked.name


def _table(formats: Formats, found: Mapping[_Moment, dict[str, str]], heads: Sequence[tuple[str, str]]) -> Table:
    columns = (Column(tr("Date")), Column(tr("Time")), *(Column(name, True, 1) for _, name in heads))
    rows = tuple(
        (formats.day(day), formats.clock(at) if at != time.min else "", *(cells.get(key, "") for key, _ in heads))
        for (day, at, _), cells in found.items()
        if any(key in cells for key, _ in heads)
    )
    return Table(columns, rows)
