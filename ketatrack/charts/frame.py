"""Where things stand in a chart: the plot's rectangle in pixels and the data range it shows.

Drawing and hovering use the same frame, so a point is found exactly where it was drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from ketatrack.charts.lettering import register_fonts
from ketatrack.charts.style import ChartStyle


@dataclass(frozen=True, slots=True)
class Point:
    """Something to point at: where it stands (px from the left and top), its words, and what it opens.

    Enter and a click open `record` (a filled-in questionnaire) or else `session`; `stop` marks the
    sessions themselves, where Ctrl and an arrow stop.
    """

    x: float
    y: float
    words: str
    record: UUID | None = None
    session: UUID | None = None
    stop: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A plot `left`, `top`, `right`, `bottom` px inside a figure of `width` x `height`; y grows upwards."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    first: float
    last: float
    low: float
    high: float

    @property
    def plot_width(self) -> float:
        """Width of the plot in px, never below 1."""
        return max(1.0, self.width - self.left - self.right)

    @property
    def plot_height(self) -> float:
        """Height of the plot in px, never below 1."""
        return max(1.0, self.height - self.top - self.bottom)

    def x(self, value: float) -> float:
        """The px from the figure's left of a value on the horizontal axis."""
        return self.left + (value - self.first) / (self.last - self.first) * self.plot_width

    def y(self, value: float) -> float:
        """The px from the figure's top of a value on the vertical axis."""
        return self.top + (self.high - value) / (self.high - self.low) * self.plot_height

    def value_at(self, x: float) -> float:
        """The value on the horizontal axis at px `x`."""
        return self.first + (x - self.left) / self.plot_width * (self.last - self.first)

    def shows(self, value: float) -> bool:
        """Whether a value on the horizontal axis is inside the plot."""
        return self.first <= value <= self.last


def new_figure(style: ChartStyle, width: float, height: float) -> Figure:
    """An empty figure of `width` x `height` logical pixels on the style's background."""
    register_fonts()
    return Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=style.background)


def add_plot(figure: Figure, frame: Frame, style: ChartStyle) -> Axes:
    """Axes exactly on the frame: bottom hairline only, no ticks, no margins of matplotlib's own."""
    box = (frame.left, frame.bottom, frame.plot_width, frame.plot_height)
    plot = _bare_axes(figure, frame, box)
    plot.set_xlim(frame.first, frame.last)
    plot.set_ylim(frame.low, frame.high)
    plot.spines["bottom"].set_visible(True)
    plot.spines["bottom"].set(color=style.hairline, linewidth=0.8 * style.k)
    return plot


def add_strip(figure: Figure, frame: Frame, top: float, height: float) -> Axes:
    """Axes over the plot's width, `height` px high from `top`; y is in px, downwards from 0."""
    box = (frame.left, frame.height - top - height, frame.plot_width, height)
    strip = _bare_axes(figure, frame, box)
    strip.set_xlim(frame.first, frame.last)
    strip.set_ylim(height, 0)
    return strip


def bars(plot: Axes, tops: Sequence[tuple[float, float]], share: float, **look: Any) -> None:
    """Bars from 0 to each (x, top), `share` of a slot wide, as one collection: a patch each takes ten times as long."""
    boxes = [[(x - share / 2, 0), (x - share / 2, top), (x + share / 2, top), (x + share / 2, 0)] for x, top in tops]
    plot.add_collection(PolyCollection(boxes, **look), autolim=False)


def _bare_axes(figure: Figure, frame: Frame, box: tuple[float, float, float, float]) -> Axes:
    left, bottom, width, height = box
    axes = figure.add_axes(
        (left / frame.width, bottom / frame.height, width / frame.width, max(height, 1) / frame.height)
    )
    axes.set_facecolor("none")
    axes.spines[:].set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
    return axes
