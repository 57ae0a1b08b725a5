"""One line per figure: what was measured against what, how much more it may be, and whether it is.

Every figure that is judged is a ratio to something bare in the same run, so that a slow machine changes both halves.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`ratio` may be up to `reach`; `beside` gives the absolute numbers, unjudged, for whoever looks closer."""

    what: str
    ratio: float
    reach: float
    beside: str = ""

    @property
    def ok(self) -> bool:
        """Whether the figure is within its reach."""
        return self.ratio <= self.reach

    def cells(self) -> tuple[str, str, str, str, str]:
        """Return what stands in the table's columns."""
        return self.what, f"{self.ratio:.2f} x", f"{self.reach:g} x", "ok" if self.ok else "OVER", self.beside


def against(what: str, measured: float, bare: float, reach: float, unit: str = "s", beside: str = "") -> Figure:
    """Return `measured` as a multiple of `bare`, both in `unit`, with the two numbers beside it."""
    numbers = f"{measured:.3g} {unit} against {bare:.3g} {unit}"
    return Figure(what, measured / bare, reach, f"{numbers}; {beside}" if beside else numbers)


HEAD = ("what", "measured", "reach", "", "beside")


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as lines of aligned columns."""
    rows = [HEAD, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
