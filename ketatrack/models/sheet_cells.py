"""One cell of an exported table: a field of a record as text, and exactly back.

Typed words are guarded against spreadsheets that take them for a formula; numbers are exact decimals.
"""

import csv
import io
import re
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from ketatrack.errors import InvalidValue
from ketatrack.models.mapping import converter
from ketatrack.models.plain import Shape, from_words
from ketatrack.models.values import Kind

_GUARD = "'"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,9})?")


def write(shape: Shape, held: Any) -> str:
    """The cell of one field; absent is empty."""
    if held is None:
        return ""
    if shape.many:
        return guarded(_joined(held))
    if shape.base is bool:
        return "yes" if held else "no"
    if shape.base is int:
        return decimal(held) if shape.in_hundredths else str(held)
    return guarded(held) if shape.base is str else str(converter(shape.base).to_row(held))


def read(shape: Shape, cell: str, header: str) -> Any:
    """What a cell holds; InvalidValue, naming the column, where that is not what the field can hold."""
    if shape.many:
        return _split(unguarded(cell), header)
    if shape.base is str:
        return unguarded(cell)
    if shape.base is bool:
        return _yes_no(cell, header)
    if shape.base is int:
        hundredths = number(cell, header)
        return hundredths if shape.in_hundredths else whole(cell, header)
    return _from_words(shape.base, cell, header)


def _from_words(base: type[Any], cell: str, header: str) -> Any:
    try:
        return from_words(base, cell.strip())
    except ValueError:
        if issubclass(base, StrEnum):
            wanted = f"one of {', '.join(base)}"
        else:
            wanted = {date: "a day like 2026-11-23", time: "a time like 08:30:00", UUID: "an id"}[base]
        raise InvalidValue(f"{header}: “{cell[:40]}” is not {wanted}.") from None


def identity(cell: str, header: str) -> UUID:
    """The id in a cell; InvalidValue where there is none."""
    found: UUID = _from_words(UUID, cell, header)
    return found


def guarded(words: str) -> str:
    """Typed words as a cell that no spreadsheet takes for a formula: where they could be one, an apostrophe first.

    Words that begin with an apostrophe get another, so that `unguarded` gives back exactly what was typed.
    """
    return _GUARD + words if words.startswith((*_FORMULA_STARTS, _GUARD)) else words


def unguarded(cell: str) -> str:
    """What was typed, from a cell that `guarded` wrote."""
    return cell.removeprefix(_GUARD)


@lru_cache(maxsize=4096)
def decimal(hundredths: int) -> str:
    """Hundredths as an exact decimal: 750 -> "7.5"."""
    return format((Decimal(hundredths) / 100).normalize(), "f")


def number(cell: str, header: str) -> int:
    """The hundredths that a cell holds; InvalidValue where it is no number, or has more than two decimals."""
    if not _NUMBER.fullmatch(cell.strip()):
        raise InvalidValue(f"{header}: “{cell[:40]}” is not a number with a point before its decimals.")
    hundredths = Decimal(cell.strip()) * 100
    if hundredths != int(hundredths):
        raise InvalidValue(f"{header}: “{cell[:40]}” has more than two decimals.")
    return int(hundredths)


def whole(cell: str, header: str) -> int:
    """The whole number that a cell holds; InvalidValue where it is none."""
    hundredths = number(cell, header)
    if hundredths % 100:
        raise InvalidValue(f"{header}: “{cell[:40]}” is not a whole number.")
    return hundredths // 100


def _yes_no(cell: str, header: str) -> bool:
    word = cell.strip().lower()
    if word not in ("yes", "no"):
        raise InvalidValue(f"{header}: “{cell[:40]}” is neither yes nor no.")
    return word == "yes"


def _joined(items: tuple[str, ...]) -> str:
    """Several words in one cell, a semicolon between them, quoted as in a CSV where one holds a semicolon."""
    if not items:
        return ""
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerow(items)
    return written.getvalue().removesuffix("\r\n")


def _split(cell: str, header: str) -> tuple[str, ...]:
    try:
        rows = list(csv.reader(io.StringIO(cell, newline=""), delimiter=";"))
    except csv.Error:
        rows = [[], []]
    if len(rows) > 1:
        raise InvalidValue(f"{header}: several things in this cell need semicolons between them.")
    return tuple(rows[0]) if rows else ()


def write_value(kind: Kind, hundredths: int) -> str:
    """A value of something tracked: yes or no, or an exact decimal."""
    if kind is Kind.YES_NO and hundredths in (0, 100):
        return "yes" if hundredths else "no"
    return decimal(hundredths)


def read_value(kind: Kind, cell: str, header: str) -> int:
    """The hundredths of such a value; InvalidValue where it is none."""
    if kind is Kind.YES_NO and cell.strip().lower() in ("yes", "no"):
        return 100 * _yes_no(cell, header)
    return number(cell, header)
