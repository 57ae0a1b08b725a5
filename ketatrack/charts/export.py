"""Charts as files: one picture as PNG, SVG or PDF, or every chart of a measure."""

import re
from enum import StrEnum
from io import BytesIO
from textwrap import wrap
from typing import Any, Protocol

from matplotlib.figure import Figure

from ketatrack import __version__
from ketatrack.analysis.estimates import Estimates
from ketatrack.analysis.result import Relief
from ketatrack.analysis.sentences import not_a_forecast
from ketatrack.charts.base import PRINT, ChartStyle, Frame, Numbers, Point, day_words, drawing, font, width
from ketatrack.charts.comparison import comparison_charts
from ketatrack.charts.journey import journey_of
from ketatrack.charts.overlaid import overlaid
from ketatrack.charts.session_bars import bars_of_sessions
from ketatrack.charts.survival import survival_chart
from ketatrack.i18n import _
from ketatrack.models import labels

DPI = 300
MARGIN, TITLE, LINE = 20.0, 38.0, 17.0
_METADATA: dict[str, dict[str, Any]] = {
    "png": {"Software": f"KetaTrack {__version__}"},
    "svg": {"Date": None, "Creator": f"KetaTrack {__version__}"},
    "pdf": {"CreationDate": None, "Creator": f"KetaTrack {__version__}", "Producer": None},
}
WIDE, NARROW = 918.0, 620.0


class Picture(Protocol):
    """What every chart is: words around it, a fixed height at 100 %, a drawing, things to point at."""

    @property
    def title(self) -> str:
        """The card's title."""

    @property
    def subtitle(self) -> str:
        """What stands beside the title while nothing is pointed at."""

    @property
    def height(self) -> float:
        """Height in px at 100 %."""

    @property
    def zooms(self) -> bool:
        """Whether the horizontal axis is time that can be zoomed and moved with `between(first, last)`."""

    def frame(self, width: float, height: float, k: float) -> Frame:
        """Where the plot stands."""

    def draw(self, style: ChartStyle, width: float, height: float) -> Figure:
        """Return the chart as a figure."""

    def points(self, style: ChartStyle, width: float, height: float) -> tuple[Point, ...]:
        """Return what can be pointed at, from left to right."""

    def spoken(self) -> str:
        """Return the chart in sentences."""

    def numbers(self) -> Numbers:
        """Return the chart as a table."""


class FileKind(StrEnum):
    """The formats a chart can be saved in; the value is the file's suffix without its dot."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


def picture_bytes(picture: Picture, kind: FileKind, facts: str, wide: float = 918) -> bytes:
    """Return the chart as a file, `wide` px before scaling; `facts` is the period and rule in words."""
    figure = captioned(picture, facts, wide)
    file = BytesIO()
    with drawing():
        figure.savefig(file, format=kind, dpi=DPI, metadata=_METADATA[kind])
    return file.getvalue()


def captioned(picture: Picture, facts: str, wide: float, style: ChartStyle = PRINT) -> Figure:
    """Return the chart with its title above, and below it the facts, the version and the fixed sentence."""
    high = picture.height
    figure = picture.draw(style, wide - 2 * MARGIN, high)
    lines = _lines(f"{facts} · KetaTrack {__version__}", wide) + _lines(not_a_forecast(), wide)
    above, below = MARGIN + TITLE, MARGIN + 10 + LINE * len(lines)
    _enlarge(figure, MARGIN, above, below)
    total_height = high + above + below
    heading = figure.text(
        MARGIN / wide,
        1 - (MARGIN + 8) / total_height,
        picture.title,
        va="center",
        color=style.text,
        **font(style, 600, 14, typed=True),
    )
    heading.set_gid("title")
    figure.text(
        (MARGIN + width(picture.title, 600, 14) + 10) / wide,
        1 - (MARGIN + 8) / total_height,
        picture.subtitle,
        va="center",
        color=style.secondary,
        **font(style, 400, 14, typed=True),
    )
    for place, line in enumerate(lines):
        y = (MARGIN + LINE * (len(lines) - 1 - place) + 4) / total_height
        figure.text(MARGIN / wide, y, line, color=style.secondary, **font(style, typed=True))
    return figure


def _lines(text: str, wide: float) -> list[str]:
    return wrap(text, int((wide - 2 * MARGIN) / 6.4))


def _enlarge(figure: Figure, side: float, above: float, below: float) -> None:
    """Give a figure more paper around it (px) without moving or stretching what is drawn."""
    old_width, old_height = figure.get_size_inches() * 72
    new_width, new_height = old_width + 2 * side, old_height + above + below
    figure.set_size_inches(new_width / 72, new_height / 72)
    for axes in figure.axes:
        box = axes.get_position()
        axes.set_position(
            (
                (box.x0 * old_width + side) / new_width,
                (box.y0 * old_height + below) / new_height,
                box.width * old_width / new_width,
                box.height * old_height / new_height,
            )
        )


def pictures(relief: Relief, estimates: Estimates, kind: FileKind) -> dict[str, bytes]:
    """Every chart of one measure as the bytes of a file, by its name."""
    journey = journey_of(relief)
    drawn: tuple[tuple[str, Picture, float], ...] = (
        ("journey", journey, WIDE),
        ("sessions-overlaid", overlaid(relief), NARROW),
        ("share-in-relief", survival_chart(relief, estimates), NARROW),
        ("each-session", bars_of_sessions(relief, estimates), WIDE),
        *((f"side-by-side-{chart.key}", chart, WIDE) for chart in comparison_charts(relief)),
    )
    facts = _("{a} to {b} · {measure}, in relief when {rule}").format(
        a=day_words(journey.first),
        b=day_words(journey.last),
        measure=relief.measure.name,
        rule=labels.rule(relief.rule, relief.measure.higher_is_better),
    )
    # A key that was brought in from a file may hold anything; a file's name must not leave its folder.
    begin = re.sub(r"[^\w-]", "_", relief.measure.key)
    return {f"{begin}-{name}.{kind}": picture_bytes(picture, kind, facts, wide) for name, picture, wide in drawn}
