"""Charts of the report as SVG files, and what a preview keeps from one refresh to the next so as not to redraw it."""

from collections.abc import Hashable
from io import BytesIO

from ketatrack.analysis.estimates import Estimates, estimates
from ketatrack.analysis.relief import Relief
from ketatrack.charts.saving import Picture
from ketatrack.charts.style import GREY, PRINT, ChartStyle, drawing
from ketatrack.sharing.report.parts import Drawing

PAPER_SCALE = 0.65
MOST_KEPT = 40


class Kept:
    """Estimates and drawn charts of earlier refreshes. They are diary data: let go of it when the diary is locked."""

    def __init__(self) -> None:
        self._estimates: dict[Relief, Estimates] = {}
        self._drawn: dict[Hashable, bytes] = {}

    def estimates(self, relief: Relief) -> Estimates:
        """What may be said of a relief result, worked out once."""
        if relief not in self._estimates:
            self._estimates.clear()
            self._estimates[relief] = estimates(relief)
        return self._estimates[relief]

    def svg(self, key: Hashable, picture: Picture, style: ChartStyle, width: float, height: float) -> bytes:
        """A chart of `width` x `height` points, drawn once; `key` stands for all that it shows."""
        whole_key = (key, style, width, height)
        if whole_key not in self._drawn:
            if len(self._drawn) >= MOST_KEPT:
                self._drawn.clear()
            self._drawn[whole_key] = _svg(picture, style, width, height)
        return self._drawn[whole_key]


class Sheet:
    """Takes the charts of one report, in colour or grey, and gives their files to the template."""

    def __init__(self, kept: Kept, grey: bool) -> None:
        self._kept = kept
        self.style = (GREY if grey else PRINT).scaled(PAPER_SCALE)
        self.files: dict[str, bytes] = {}

    def draw(
        self, name: str, title: str, picture: Picture, width: float, height: float, key: Hashable = None
    ) -> Drawing:
        """Draw a chart of `width` x `height` points; `key` where the picture itself cannot be compared."""
        file = f"{name}.svg"
        known: Hashable = (picture,) if key is None else key
        self.files[file] = self._kept.svg(known, picture, self.style, width, height)
        return Drawing(title, file, picture.spoken(), width, height)


def _svg(picture: Picture, style: ChartStyle, width: float, height: float) -> bytes:
    file = BytesIO()
    figure = picture.draw(style, width, height)
    with drawing(svg_text_as_text=True):
        figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()
