"""A chart's numbers as a table: for those who read rather than look, and for other programs.

Every chart gives its own; the window shows and copies them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ketatrack.charts.words import number


@dataclass(frozen=True, slots=True)
class Numbers:
    """The columns' names, units in them, and the rows in words; "" where there is nothing to tell."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def as_text(self) -> str:
        """Tab-separated lines, the names first: what a spreadsheet pastes into cells."""
        return "\n".join("\t".join(line) for line in (self.columns, *self.rows))


def cells(values: Iterable[object]) -> tuple[str, ...]:
    """Values as the cells of a row: numbers with at most one decimal, None empty."""
    return tuple(_cell(value) for value in values)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return number(value) if isinstance(value, float) else str(value)
