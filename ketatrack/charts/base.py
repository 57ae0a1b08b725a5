"""What all charts share: style, type, the frame that data is placed in, words, and the numbers as a table. No Qt."""

import logging
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from babel.dates import get_day_names, get_month_names
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from ketatrack.i18n import language
from ketatrack.models import labels
from ketatrack.models.fields import Range
from ketatrack.models.records import Session
from ketatrack.paths import resource

SMALL = 12
FALLBACK = "DejaVu Sans"
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
_MILLIGRAMS = Range("Dose", 0, 1_000_000, "mg", 100)


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """Colours of one look, the font family, and k, by which every size, weight and margin is multiplied."""

    name: str
    background: str
    text: str
    secondary: str
    hairline: str
    grid: str
    accent: str
    bar: str
    soft: str
    mark: str
    raw: str
    band: str
    box: str
    second: str
    ramp: tuple[str, str, str, str, str]
    k: float = 1.0
    family: str = "Inter"

    def scaled(self, k: float) -> "ChartStyle":
        """Return the same look at another text scale: 1 on screen at 100 %, 2 at 200 %, 0.65 on paper."""
        return replace(self, k=k)


LIGHT = ChartStyle(
    "light",
    "#FFFFFF",
    "#22302F",
    "#5B6664",
    "#DDD9D0",
    "#ECE9E2",
    "#1F6F6B",
    "#1F6F6B",
    "#D9EAE7",
    "#A94C19",
    "#74807D",
    "#EBE7DE",
    "#B9BDB8",
    "#0072B2",
    ("#E8F1EF", "#D2E4E1", "#B4D2CD", "#92BEB7", "#6DA59C"),
)
DARK = ChartStyle(
    "dark",
    "#1D2424",
    "#E6ECEA",
    "#A3AFAC",
    "#2F3A39",
    "#283231",
    "#6FC2BA",
    "#4E9F98",
    "#21403D",
    "#E39A66",
    "#8A9794",
    "#2B3534",
    "#55615F",
    "#56B4E9",
    ("#22322F", "#28423D", "#2E534B", "#35645A", "#3B7368"),
)
PRINT = ChartStyle(
    "print",
    "#FFFFFF",
    "#1A2423",
    "#4E5957",
    "#C9C5BB",
    "#E7E4DC",
    "#1F6F6B",
    "#1F6F6B",
    "#DCEBE8",
    "#A94C19",
    "#74807D",
    "#EBE7DE",
    "#B9BDB8",
    "#0072B2",
    LIGHT.ramp,
)
GREY = ChartStyle(
    "grey",
    "#FFFFFF",
    "#111111",
    "#4A4A4A",
    "#BDBDBD",
    "#E4E4E4",
    "#1A1A1A",
    "#1A1A1A",
    "#E6E6E6",
    "#111111",
    "#767676",
    "#E9E9E9",
    "#ABABAB",
    "#4A4A4A",
    ("#F2F2F2", "#E0E0E0", "#C8C8C8", "#ACACAC", "#8E8E8E"),
)


@contextmanager
def drawing(svg_text_as_text: bool = False) -> Iterator[None]:
    """Around everything that draws or saves: the four settings that matplotlib takes from nowhere else.

    A character that no font has (a name in another script) becomes a box, without a warning on the console.
    """
    import matplotlib as mpl

    settings: Any = {
        "svg.fonttype": "none" if svg_text_as_text else "path",
        "svg.hashsalt": "ketatrack",
        "hatch.linewidth": 0.7,
        "text.hinting": "none",
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        yield


@cache
def register_fonts() -> None:
    """Tell matplotlib of the bundled font files, once."""
    # The fallback font has no semibold; matplotlib would say so on the console for every text.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    for file in sorted(resource("fonts").glob("Inter-*.otf")):
        font_manager.fontManager.addfont(file)


def font(style: ChartStyle, weight: int = 400, size: float = SMALL, typed: bool = False) -> dict[str, Any]:
    """Return the font of one text, as keyword arguments; `size` in px at 100 %.

    Words that a person `typed` may be in another script and get a second font; looking for two takes twice as long.
    """
    families = (style.family, FALLBACK) if typed else (style.family,)
    return {"fontproperties": _properties(families, weight, size * style.k)}


@cache
def _properties(family: tuple[str, ...], weight: int, size: float) -> font_manager.FontProperties:
    """Made once: matplotlib checks family, weight and size anew for every text that states them one by one."""
    return font_manager.FontProperties(family=list(family), weight=weight, size=size)


@lru_cache(maxsize=512)
def width(text: str, weight: int = 400, size: float = SMALL) -> float:
    """Return the advance width of `text` in px at 100 %."""
    loaded = font_manager.get_font(resource(f"fonts/Inter-{WEIGHTS[weight]}.otf"))
    loaded.set_size(size, 72)
    loaded.set_text(text, 0.0)
    return float(loaded.get_width_height()[0]) / 64


def write(
    plot: Axes,
    text: str,
    at: tuple[float, float],
    style: ChartStyle,
    offset: tuple[float, float] | None = None,
    *,
    color: str | None = None,
    weight: int = 400,
    typed: bool = False,
    **look: Any,
) -> None:
    """Write `text` at a place, `offset` px at 100 % right of and above it: secondary, its middle on the place's height.

    `look` is what `Axes.annotate` takes.
    """
    if offset is not None:
        look |= {"xytext": (offset[0] * style.k, offset[1] * style.k), "textcoords": "offset points"}
    look = {"va": "center"} | look
    plot.annotate(text, at, color=color or style.secondary, **font(style, weight, typed=typed), **look)


def pad(style: ChartStyle) -> dict[str, Any]:
    """Return the background-coloured box of 0.1 em behind a text that stands over data."""
    return {"facecolor": style.background, "edgecolor": "none", "boxstyle": "square,pad=0.1"}


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
        """Return the px from the figure's left of a value on the horizontal axis."""
        return self.left + (value - self.first) / (self.last - self.first) * self.plot_width

    def y(self, value: float) -> float:
        """Return the px from the figure's top of a value on the vertical axis."""
        return self.top + (self.high - value) / (self.high - self.low) * self.plot_height

    def value_at(self, x: float) -> float:
        """Return the value on the horizontal axis at px `x`."""
        return self.first + (x - self.left) / self.plot_width * (self.last - self.first)

    def shows(self, value: float) -> bool:
        """Whether a value on the horizontal axis is inside the plot."""
        return self.first <= value <= self.last


def new_figure(style: ChartStyle, width: float, height: float) -> Figure:
    """Return an empty figure of `width` x `height` logical pixels on the style's background."""
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


def month_name(month: int) -> str:
    """Return the short name of a month, 1 to 12, in the language of the words: Mar."""
    return str(get_month_names("abbreviated", locale=language())[month])


def weekday_name(weekday: int) -> str:
    """Return the short name of a weekday, 0 for Monday, in the language of the words: Fri."""
    return str(get_day_names("abbreviated", locale=language())[weekday])


def day_words(day: date) -> str:
    """27 Mar 2026."""
    return f"{day.day} {month_name(day.month)} {day.year}"


def weekday_words(day: date) -> str:
    """Fri 27 Mar 2026."""
    return f"{weekday_name(day.weekday())} {day_words(day)}"


def number(value: float) -> str:
    """Return a value with at most one decimal: 7, 6.9."""
    return f"{value:.1f}".removesuffix(".0")


def regimen(session: Session) -> str:
    """Route and dose: IV 55 mg."""
    route = labels.route_in_text(session.route)
    if session.dose_mg is None:
        return route
    return f"{route} {_MILLIGRAMS.words(session.dose_mg)} mg"


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
