"""Which column of a foreign table is what: made in the window, kept as JSON, used again on the command line."""

import json
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

from ketatrack.errors import ImportRefused
from ketatrack.formats.foreign.reader import CsvText, Scale, find_out, likely_decimal, likely_orders, lines
from ketatrack.i18n import _
from ketatrack.models.tracked import built_in
from ketatrack.models.typed import DateOrder

VERSION = 1
SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """Where one measure or habit comes from, and from which scale (None: the numbers are ours already)."""

    name: str
    scale: Scale | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the rows of a CSV become check-ins.

    `values` maps the key of a tracked measure or habit to its column. `average` makes one check-in a day of
    several rows. `missing` are the cells that mean "no entry", besides empty ones.
    """

    date: str
    order: DateOrder
    values: Dictionary[str, SourceColumn]
    time: str | None = None
    note: str | None = None
    decimal: str = "."
    average: bool = False
    missing: tuple[str, ...] = ("NA", "N/A", "-", "null")
    text: CsvText | None = None
    columns: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        wanted = [self.date, self.time, self.note, *(column.name for column in self.values.values())]
        object.__setattr__(self, "columns", tuple(dict.fromkeys(name for name in wanted if name)))

    def is_missing(self, cell: str) -> bool:
        """Whether a cell says nothing."""
        stripped = cell.strip()
        return not stripped or stripped.casefold() in {word.casefold() for word in self.missing}


def to_json(mapping: Mapping) -> str:
    """Return the text of a mapping file."""
    data: dict[str, Any] = {
        "ketatrack_mapping": VERSION,
        "date": {"column": mapping.date, "order": str(mapping.order)},
        "time": {"column": mapping.time} if mapping.time else None,
        "note": {"column": mapping.note} if mapping.note else None,
        "decimal": mapping.decimal,
        "several_a_day": "average" if mapping.average else "apart",
        "missing": list(mapping.missing),
        "values": {key: _column_to_json(column) for key, column in mapping.values.items()},
    }
    if mapping.text is not None:
        data |= {"encoding": mapping.text.encoding, "delimiter": mapping.text.delimiter}
    return json.dumps({key: value for key, value in data.items() if value is not None}, indent=2, ensure_ascii=False)


def _column_to_json(column: SourceColumn) -> dict[str, Any]:
    if column.scale is None:
        return {"column": column.name}
    ends = [str(column.scale.low), str(column.scale.high)]
    numbers = [int(end) if end.lstrip("-").isdigit() else end for end in ends]
    return {"column": column.name, "scale": numbers, "reverse": column.scale.reverse}


def from_json(text: str, name: str = "") -> Mapping:
    """Return the mapping that a text written by `to_json`, or by hand, stands for.

    Raises ImportRefused, naming what is wrong.
    """
    name = name or _("The mapping")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ImportRefused(_("{name} is not JSON: {error}.").format(name=name, error=error)) from error
    try:
        if data.get("ketatrack_mapping", VERSION) != VERSION:
            raise ImportRefused(
                _("{name} was made by a newer KetaTrack. Install that one to use it.").format(name=name)
            )
        known = "encoding" in data and "delimiter" in data
        return Mapping(
            date=_column_name(data["date"]),
            order=DateOrder(data["date"]["order"]),
            time=_column_name(data["time"]) if "time" in data else None,
            note=_column_name(data["note"]) if "note" in data else None,
            decimal=_one_of(data.get("decimal", "."), ".", ","),
            average=_one_of(data.get("several_a_day", "apart"), "apart", "average") == "average",
            missing=tuple(str(word) for word in data.get("missing", ["NA"])),
            values={str(key): _column(row) for key, row in data["values"].items()},
            text=_text(data["encoding"], data["delimiter"]) if known else None,
        )
    except KeyError as error:
        raise ImportRefused(_("{name} lacks {error}.").format(name=name, error=error)) from error
    except (TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        raise ImportRefused(_("{name} cannot be used: {error}.").format(name=name, error=error)) from error


def _text(encoding: Any, delimiter: Any) -> CsvText:
    try:
        " ".encode(str(encoding))
    except LookupError as error:
        raise ValueError(_("{name!r} is not an encoding of text").format(name=encoding)) from error
    if len(str(delimiter)) != 1 or str(delimiter) in '"\r\n':
        raise ValueError(_("{sign!r} cannot stand between columns").format(sign=delimiter))
    return CsvText(str(encoding), str(delimiter))


def _column_name(row: Any) -> str:
    if not isinstance(row["column"], str):
        raise TypeError(_("a column is named in quotation marks"))
    return row["column"]


def _one_of(value: Any, *allowed: str) -> str:
    if value not in allowed:
        raise ValueError(_("{value!r} is none of {names}").format(value=value, names=", ".join(allowed)))
    return str(value)


def _column(row: Any) -> SourceColumn:
    if "scale" not in row:
        return SourceColumn(_column_name(row))
    low, high = (Fraction(str(end)) for end in row["scale"])
    if low >= high:
        raise ValueError(_("a scale runs from its lower to its higher end; use reverse to turn it round"))
    return SourceColumn(_column_name(row), Scale(low, high, bool(row.get("reverse", False))))


def load(path: Path) -> Mapping:
    """Return the mapping kept in a file; ImportRefused where there is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ImportRefused(_("The mapping {path} cannot be read.").format(path=path)) from error
    return from_json(text, _("The mapping {name}").format(name=path.name))


def guess(path: Path) -> Mapping:
    """Return the mapping for a file whose columns bear the names of KetaTrack's own measures and habits.

    Raises ImportRefused where no column of the file is a date, or none is known.
    """
    text = find_out(path)
    head, *rows = islice(lines(path, text), SAMPLE_ROWS)
    names = [name.strip() for name in head.cells]
    result = propose(names, [row.cells for row in rows], text, [tracked.key for tracked in built_in()])
    if result is None or not result.values:
        raise ImportRefused(
            _(
                "{name} does not say by itself which column is what. Map its columns in the window, or give --mapping."
            ).format(name=path.name)
        )
    return result


def propose(names: Sequence[str], rows: Sequence[Sequence[str]], text: CsvText, keys: Iterable[str]) -> Mapping | None:
    """Return what can be told from the names of columns and their first cells; the person corrects the rest.

    The scale of a column is for the person to say. None where no column is a date.
    """
    orders = {name: likely_orders(cells) for place, name in enumerate(names) if any(cells := _cells(rows, place))}
    dated = [name for name in names if orders.get(name)] if rows else [name for name in names if name == "date"]
    if not dated:
        return None
    day = next((name for name in dated if "date" in name.lower()), dated[0])
    return Mapping(
        date=day,
        order=next(iter(orders.get(day, ())), DateOrder.YEAR_FIRST),
        time=next((name for name in names if name.lower() == "time"), None),
        note=next((name for name in names if name.lower() in ("note", "notes")), None),
        decimal=likely_decimal(cell for row in rows for cell in row),
        values={key: SourceColumn(key) for key in keys if key in names},
        text=text,
    )


def _cells(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place].strip() for row in rows if len(row) > place]
