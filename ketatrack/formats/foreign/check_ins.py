"""Rows of a CSV as check-ins, each with an identity of its own, so that importing again adds nothing.

Good rows come in, bad ones are named with their line and reason; nothing is written here.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import ClassVar
from uuid import UUID, uuid5

from ketatrack.errors import ImportRefused, InvalidValue
from ketatrack.formats.foreign.mapping import Mapping
from ketatrack.formats.foreign.reader import (
    Line,
    find_out,
    has_time,
    lines,
    plain_number,
    read_date,
    read_offset,
    read_time,
    read_yes_no,
)
from ketatrack.i18n import _
from ketatrack.models.enums import Kind
from ketatrack.models.fields import KIND_RANGES, Range, check_day, check_not_future, check_value
from ketatrack.models.records import NAMESPACE, CheckIn, Record, Tracked, Value
from ketatrack.models.typed import read_number

_KIND = "check-in"
FEW = 3


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that does not come in."""

    line: int
    reason: str

    def words(self) -> str:
        """For people: where, and why."""
        return _("line {n}: {why}").format(n=self.line, why=self.reason)


@dataclass(slots=True)
class Fit:
    """What the numbers of one column are, and how many of them are off the scale it is read on."""

    column: str
    scale: Range
    numbers: int = 0
    outside: int = 0
    low: Fraction | None = None
    high: Fraction | None = None

    def add(self, number: Fraction, outside: bool) -> None:
        """Count one number of the column."""
        self.numbers += 1
        self.outside += outside
        self.low = number if self.low is None else min(self.low, number)
        self.high = number if self.high is None else max(self.high, number)

    @property
    def is_wrong(self) -> bool:
        """Whether more numbers are off the scale than slips of the pen would be: the scale is another one."""
        return self.outside > max(FEW, self.numbers // 100) or 5 * self.outside > self.numbers

    def seen(self) -> str:
        """Return the lowest and the highest number: "-3 to 3"; "" without any."""
        if self.low is None or self.high is None:
            return ""
        return _("{low} to {high}").format(low=plain_number(self.low), high=plain_number(self.high))

    def words(self) -> str:
        """How the numbers and the scale disagree."""
        low, high = self.scale.words(self.scale.low), self.scale.words(self.scale.high)
        unit = f" {_(self.scale.unit)}" if self.scale.unit else ""
        span = _("{low} to {high}").format(low=low, high=f"{high}{unit}")
        return _("“{column}” runs from {seen} in the file, and {n:,} of its {all:,} values are outside {span}").format(
            column=self.column, seen=self.seen(), n=self.outside, all=self.numbers, span=span
        )


@dataclass(slots=True)
class Plan:
    """What a file would bring: the new check-ins, and an account of every row.

    read = imported + duplicates + skipped. `fits` says of each rated thing, by its key, how its column fits its scale.
    """

    read: int = 0
    imported: int = 0
    duplicates: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    entries: list[CheckIn] = field(default_factory=list)
    fits: dict[str, Fit] = field(default_factory=dict)
    unit: ClassVar = "rows"
    defaults: ClassVar = 0

    @property
    def wrong(self) -> list[Fit]:
        """The columns whose scale has to be stated before anything comes in."""
        return [fit for fit in self.fits.values() if fit.is_wrong]

    @property
    def pairs(self) -> list[tuple[Record | None, Record | None]]:
        """What would be written, as (before, after)."""
        return [(None, entry) for entry in self.entries]

    def as_json(self) -> dict[str, object]:
        """Return the account as the command line prints it."""
        return {
            "read": self.read,
            "imported": self.imported,
            "duplicates": self.duplicates,
            "skipped": [{"line": row.line, "reason": row.reason} for row in self.skipped],
        }


def plan(
    path: Path,
    mapping: Mapping,
    tracked: Iterable[Tracked],
    known: Collection[UUID],
    today: date,
    day_start_minutes: int,
) -> Plan:
    """Read the whole file and say what would come in; `known` are the ids of the check-ins the diary has.

    Raises ImportRefused where the file, or the mapping for it, cannot be used at all.
    """
    result = Plan()
    reader = _CheckInReader(mapping, {t.key: t for t in tracked}, today, day_start_minutes)
    result.fits = reader.fits
    rows = reader.rows(path, result)
    for identity, members, entry in _averaged(rows) if mapping.average else rows:
        if identity in reader.seen or identity in known:
            result.duplicates += members
            continue
        reader.seen.add(identity)
        result.imported += members
        result.entries.append(entry)
    return result


_Row = tuple[UUID, int, CheckIn]


class _CheckInReader:
    """Turns lines into check-ins under one mapping."""

    def __init__(self, mapping: Mapping, tracked: dict[str, Tracked], today: date, day_start_minutes: int) -> None:
        unknown = [key for key in mapping.values if key not in tracked]
        if unknown:
            raise ImportRefused(
                _("The mapping names {value!r}, which this diary does not track. Add it in Settings.").format(
                    value=unknown[0]
                )
            )
        self.mapping = mapping
        self.tracked = tracked
        self.today = today
        self.day_start = timedelta(minutes=day_start_minutes)
        self.seen: set[UUID] = set()
        self.fits = {key: Fit(column.name, self._scale(key)) for key, column in mapping.values.items()}

    def _scale(self, key: str) -> Range:
        """Return what the numbers of a column may be, as the file writes them."""
        limits, scale = KIND_RANGES[self.tracked[key].kind], self.mapping.values[key].scale
        if scale is None:
            return limits
        low, high = (round(end * limits.scale) for end in (scale.low, scale.high))
        return replace(limits, low=low, high=high)

    def rows(self, path: Path, account: Plan) -> Iterator[_Row]:
        source = lines(path, self.mapping.text or find_out(path))
        header = next(source, None)
        if header is None:
            raise ImportRefused(_("{name} is empty, so there is nothing to bring in.").format(name=path.name))
        places = self._places(path, header)
        for line in source:
            account.read += 1
            try:
                yield self._row(line, places)
            except InvalidValue as error:
                account.skipped.append(Skipped(line.number, str(error)))

    def _places(self, path: Path, header: Line) -> dict[str, int]:
        names = [name.strip() for name in header.cells]
        for wanted in self.mapping.columns:
            if names.count(wanted) != 1:
                text = (
                    _("{name} has several columns called {wanted!r}. Choose another in the mapping.")
                    if wanted in names
                    else _("{name} has no column called {wanted!r}. Choose another in the mapping.")
                )
                raise ImportRefused(text.format(name=path.name, wanted=wanted))
        return {name: names.index(name) for name in self.mapping.columns}

    def _row(self, line: Line, places: dict[str, int]) -> _Row:
        if len(line.cells) <= max(places.values()):
            raise InvalidValue(_("The row has {n} cells, fewer than the first row.").format(n=len(line.cells)))
        cells = {name: line.cells[place] for name, place in places.items()}
        mapping = self.mapping
        cells_by_key = {
            key: cells[c.name] for key, c in mapping.values.items() if not mapping.is_missing(cells[c.name])
        }
        note = cells[mapping.note] if mapping.note else ""
        note = "" if mapping.is_missing(note) else note.strip()
        if not cells_by_key and not note:
            raise InvalidValue(_("The row is empty: nothing to bring in."))
        day, at, offset = self._when(cells)
        values = tuple(
            Value(tracked_id=self.tracked[key].id, hundredths=self._value(key, cells_by_key[key]))
            for key in cells_by_key
        )
        clock = [cells[mapping.date], cells[mapping.time] if mapping.time else ""]
        raw = [f"{key}={cells[mapping.values[key].name]}" for key in sorted(mapping.values)]
        identity = uuid5(NAMESPACE, "\x1f".join([_KIND, *clock, *raw, note]))
        entry = CheckIn(id=identity, day=day, local_time=at, utc_offset_minutes=offset, note=note, values=values)
        return identity, 1, entry

    def _when(self, cells: dict[str, str]) -> tuple[date, time | None, int | None]:
        mapping = self.mapping
        day = read_date(cells[mapping.date], mapping.order)
        clock = ""
        if mapping.time is not None and not mapping.is_missing(cells[mapping.time]):
            clock = cells[mapping.time]
        elif mapping.time is None and has_time(cells[mapping.date]):
            clock = cells[mapping.date]
        at, offset = (read_time(clock), read_offset(clock)) if clock else (None, None)
        check_day(day)
        check_not_future(day, self.today)
        # After midnight and before the day starts it is still the diary day of yesterday.
        if at is not None and timedelta(hours=at.hour, minutes=at.minute) < self.day_start:
            day -= timedelta(days=1)
        return day, at, offset

    def _value(self, key: str, cell: str) -> int:
        column, tracked = self.mapping.values[key], self.tracked[key]
        try:
            if tracked.kind is Kind.YES_NO:
                return read_yes_no(cell)
            number = read_number(cell.strip(), self.mapping.decimal)
            try:
                hundredths = column.scale.hundredths(number) if column.scale is not None else round(number * 100)
                check_value(tracked.kind, hundredths)
            except InvalidValue:
                self.fits[key].add(number, outside=True)
                raise
            self.fits[key].add(number, outside=False)
        except InvalidValue as error:
            raise InvalidValue(f"{column.name}: {error}") from error
        return hundredths


def _averaged(rows: Iterable[_Row]) -> Iterator[_Row]:
    """One check-in a day: the exact mean of what its rows say, rounded half to even; notes one below the other."""
    days: dict[date, list[CheckIn]] = {}
    for *_line, entry in rows:
        days.setdefault(entry.day, []).append(entry)
    for day, entries in days.items():
        identity = uuid5(NAMESPACE, "\x1f".join([f"{_KIND} averaged", *(str(entry.id) for entry in entries)]))
        by_tracked: dict[UUID, list[int]] = {}
        for entry in entries:
            for value in entry.values:
                by_tracked.setdefault(value.tracked_id, []).append(value.hundredths)
        values = tuple(
            Value(tracked_id=key, hundredths=round(Fraction(sum(numbers), len(numbers))))
            for key, numbers in by_tracked.items()
        )
        note = "\n".join(entry.note for entry in entries if entry.note)
        yield identity, len(entries), CheckIn(id=identity, day=day, note=note, values=values)
