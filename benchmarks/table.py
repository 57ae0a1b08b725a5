"""One line per figure: what was measured, how much it may be, and whether it is."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`measured` and `reach` are in `unit`; `beside` says what else was seen, for whoever looks closer."""

    what: str
    measured: float
    reach: float
    unit: str
    beside: str = ""

    @property
    def ok(self) -> bool:
        """Whether the figure is within its reach."""
        return self.measured <= self.reach

    def cells(self) -> tuple[str, str, str, str, str]:
        """What stands in the table's columns."""
        written = f"{self.measured:.2f} {self.unit}", f"{self.reach:g} {self.unit}"
        return self.what, *written, "ok" if self.ok else "OVER", self.beside


HEAD = ("what", "measured", "reach", "", "beside")


def table(figures: Iterable[Figure]) -> str:
    """The figures as lines of aligned columns."""
    rows = [HEAD, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
