"""A foreign table read cell by cell: encoding and delimiter, then a day, a time or an exact number."""

import codecs
import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path
from typing import IO, Final

from ketatrack.errors import ImportRefused, InvalidValue
from ketatrack.i18n import N_, _
from ketatrack.models.fields import NOTE_LENGTH
from ketatrack.models.typed import DateOrder, read_numeric_day, shortened, time_of_day

LONGEST_LINE = 1_000_000
_DATE_AND_MORE = re.compile(r"\d+[./-]\d+[./-]\d+[T ]", re.ASCII)
_TIME = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?", re.ASCII | re.IGNORECASE
)
_YES: Final = frozenset({"1", "yes", "y", "true", "x"})
_NO: Final = frozenset({"0", "no", "n", "false"})


# One cell holds a note of full length and the guard in front of it; csv's own limit is an eighth of that.
csv.field_size_limit(NOTE_LENGTH + 1)
_SAMPLE_BYTES = 65_536
_DELIMITERS = {",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab"), "|": N_("bar")}
_ENCODINGS = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}


Source = Path | zipfile.Path
"""A file of its own, or one inside a zip."""


@dataclass(frozen=True, slots=True)
class CsvText:
    """How a file is written: what must be known to split it into cells."""

    encoding: str
    delimiter: str

    def words(self) -> str:
        """For people: "UTF-8, comma between the columns"."""
        encoding = _ENCODINGS.get(self.encoding, self.encoding)
        known = _DELIMITERS.get(self.delimiter)
        delimiter = _(known) if known else self.delimiter
        return _("{encoding}, {delimiter} between the columns").format(encoding=encoding, delimiter=delimiter)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the number of its first line in the file, and its cells."""

    number: int
    cells: tuple[str, ...]


def find_out(path: Source) -> CsvText:
    """Return the encoding and delimiter of a file, from its beginning.

    Raises ImportRefused where it is no table of text at all.
    """
    encoding = encoding_of(path)
    return CsvText(encoding, _delimiter(path, encoding))


def encoding_of(path: Source) -> str:
    """Return the encoding of a file, from its beginning; ImportRefused where it is empty, or no text."""
    try:
        with path.open("rb") as file:
            sample = file.read(_SAMPLE_BYTES)
    except OSError as error:
        raise ImportRefused(
            _("{name} cannot be read: {strerror}.").format(name=path.name, strerror=error.strerror)
        ) from error
    if not sample.strip():
        raise ImportRefused(_("{name} is empty, so there is nothing to bring in.").format(name=path.name))
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in sample:
        raise ImportRefused(_("{name} is not a text file, so it cannot be read as CSV.").format(name=path.name))
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(path: Source, encoding: str) -> str:
    """Return the one that splits the first rows into the most columns, the same number in each."""
    best, best_score = ",", (False, 0)
    for delimiter in _DELIMITERS:
        widths = [len(line.cells) for line in islice(lines(path, CsvText(encoding, delimiter), trying=True), 50)]
        score = (len(set(widths)) == 1, min(widths, default=0))
        if score[1] > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def lines(path: Source, text: CsvText, *, trying: bool = False, longest: int = LONGEST_LINE) -> Iterator[Line]:
    """All rows of a file, the header first; empty lines are passed over.

    Raises ImportRefused at a line that is no text in this encoding, or that is `longest` characters and does not end.
    `trying` a delimiter, a quotation mark that is never closed says nothing about the file.
    """
    with path.open(encoding=text.encoding, newline="") as file:
        source = _Quoted(_bounded(path, file, longest))
        reader = csv.reader(source, delimiter=text.delimiter)
        while True:
            number, source.marks = reader.line_num + 1, 0
            try:
                cells = next(reader)
            except StopIteration:
                return
            except UnicodeError as error:
                raise ImportRefused(
                    _("{name}, line {number}: this is not text in {encoding}.").format(
                        name=path.name, number=number, encoding=text.encoding
                    )
                ) from error
            except csv.Error as error:
                raise ImportRefused(
                    _("{name}, line {number}: this row does not end, or is not CSV.").format(
                        name=path.name, number=number
                    )
                ) from error
            open_to_the_end = source.ended and source.marks % 2 and set("\r\n") & set(cells[-1])
            if open_to_the_end and not trying:
                raise ImportRefused(
                    _(
                        "{name}, line {number}: a quotation mark opens here and is never closed, so where "
                        "the rows after it begin cannot be told. Nothing was brought in."
                    ).format(name=path.name, number=number)
                )
            if cells:
                yield Line(number, tuple(cells))


class _Quoted:
    """Lines as they pass by: how many quotation marks they held since `marks` was last set, and whether they ended."""

    def __init__(self, lines_of_file: Iterator[str]) -> None:
        self._lines = lines_of_file
        self.marks = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.marks += line.count('"')
            yield line
        self.ended = True


def _bounded(path: Source, file: IO[str], longest: int) -> Iterator[str]:
    number = 0
    while line := file.readline(longest):
        number += 1
        if len(line) == longest and not line.endswith(("\n", "\r")):
            raise ImportRefused(
                _("{name}, line {number}: longer than {longest:,} characters; not CSV.").format(
                    name=path.name, number=number, longest=longest
                )
            )
        if "\x00" in line:
            raise ImportRefused(
                _("{name}, line {number}: holds a NUL, so this is not a text file.").format(
                    name=path.name, number=number
                )
            )
        yield line


@dataclass(frozen=True, slots=True)
class Scale:
    """A foreign scale from `low` to `high`, turned to 0-10; `reverse` where its high end is our low end."""

    low: Fraction
    high: Fraction
    reverse: bool = False

    def hundredths(self, value: Fraction) -> int:
        """`value` on 0-10 in hundredths, rounded half to even; InvalidValue where it is off the scale."""
        if not self.low <= value <= self.high:
            raise InvalidValue(
                _("{number} is outside {low} to {high}.").format(
                    number=plain_number(value),
                    low=plain_number(self.low),
                    high=plain_number(self.high),
                )
            )
        share = (value - self.low) / (self.high - self.low)
        return round((1 - share if self.reverse else share) * 1000)


def plain_number(value: Fraction) -> str:
    """Return a number as a person writes it: -3, 7.5."""
    return str(value) if value.denominator == 1 else f"{float(value):g}"


def read_date(cell: str, order: DateOrder) -> date:
    """Return the day a cell begins with."""
    result = read_numeric_day(_day_and_clock(cell)[0], order)
    if result is None:
        raise InvalidValue(
            _("“{value}” is not a date in the order {order_words}.").format(
                value=shortened(cell), order_words=order_words(order)
            )
        )
    return result


def _day_and_clock(cell: str) -> tuple[str, str]:
    day, _between, clock = cell.strip().replace("T", " ", 1).partition(" ")
    return day, clock


def order_words(order: DateOrder) -> str:
    """For people: "day, month, year"."""
    names = {"d": _("day"), "m": _("month"), "y": _("year")}
    return ", ".join(names[letter] for letter in order)


def read_time(cell: str) -> time:
    """Return the wall clock time at the end of a cell: 08:58:56, 8:58 or 10:00 pm, after a date or alone."""
    hour, minute, second, half = _clock(cell).groups()[:4]
    result = time_of_day(int(hour), int(minute), int(second or 0), half)
    if result is None:
        raise _no_time(cell)
    return result


def read_offset(cell: str) -> int | None:
    """Return the offset from UTC, in minutes, that stands after a time of day (Z, +05:30); None where there is none."""
    zulu, sign, hours, minutes = _clock(cell).groups()[4:]
    if sign is None:
        return 0 if zulu else None
    return (int(hours) * 60 + int(minutes)) * (-1 if sign == "-" else 1)


def _clock(cell: str) -> re.Match[str]:
    result = _TIME.fullmatch(_day_and_clock(cell)[1] if has_time(cell) else cell.strip())
    if result is None:
        raise _no_time(cell)
    return result


def _no_time(cell: str) -> InvalidValue:
    return InvalidValue(_("“{value}” is not a time of day.").format(value=shortened(cell)))


def has_time(cell: str) -> bool:
    """Whether a cell begins with a date and also tells a time."""
    return _DATE_AND_MORE.match(cell.strip()) is not None


def read_yes_no(cell: str) -> int:
    """100 for yes, 0 for no (hundredths, like every value)."""
    word = cell.strip().lower()
    if word in _YES:
        return 100
    if word in _NO:
        return 0
    raise InvalidValue(_("“{value}” is neither yes nor no.").format(value=shortened(cell)))


def likely_orders(cells: Iterable[str]) -> tuple[DateOrder, ...]:
    """Return the orders in which all these dates are dates, the most likely first; several mean: ask the person.

    Between day first and month first, the one in which the file's rows run forward in time is the likelier.
    """
    samples = [cell for cell in cells if cell.strip()]
    possible: list[tuple[int, DateOrder]] = []
    for order in DateOrder:
        try:
            days = [read_date(cell, order) for cell in samples]
        except InvalidValue:
            continue
        steps_back = sum(later < earlier for earlier, later in pairwise(days))
        steps_on = sum(later > earlier for earlier, later in pairwise(days))
        four_digits = order is DateOrder.YEAR_FIRST and all(re.match(r"\d{4}", cell.strip()) for cell in samples)
        rank = 0 if four_digits else 1 + min(steps_back, steps_on)
        possible.append((rank + (1 if order is DateOrder.YEAR_FIRST and not four_digits else 0), order))
    return tuple(order for _unused, order in sorted(possible, key=lambda pair: pair[0]))


def likely_decimal(cells: Iterable[str]) -> str:
    """Return the decimal sign: a comma where some cell is a number only that way."""
    return "," if any(re.fullmatch(r"[+-]?\d+,\d{1,2}", cell.strip()) for cell in cells) else "."
