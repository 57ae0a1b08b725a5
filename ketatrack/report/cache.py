"""Charts of the report as SVG files, and what a preview keeps from one refresh to the next to be quick."""

from collections.abc import Hashable
from datetime import date, datetime
from io import BytesIO

from ketatrack.analysis.estimates import Estimates, estimates
from ketatrack.analysis.result import Relief
from ketatrack.charts.base import GREY, PRINT, ChartStyle, drawing
from ketatrack.charts.export import Picture
from ketatrack.formats.export_data import Consent, ExportData, share
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.records import SharingChoices
from ketatrack.report.context import Drawing

PAPER_SCALE = 0.65
MOST_KEPT = 40


class ReportCache:
    """Relief, estimates and charts of earlier refreshes. They are diary data: let go of them when it is locked."""

    def __init__(self) -> None:
        self._relief: tuple[DiaryData, Hashable, tuple[Relief, ...]] | None = None
        self._estimates: tuple[Hashable, Estimates] | None = None
        self._drawn: dict[Hashable, bytes] = {}

    def share(
        self, data: DiaryData, choices: SharingChoices, consent: Consent, today: date, made_at: datetime
    ) -> ExportData:
        """Return what `share` gives; relief is worked out again only where the diary or what is hidden changed."""
        hidden = (choices.hide_name, consent, today)
        same = self._relief is not None and self._relief[0] is data and self._relief[1] == hidden
        shared = share(data, choices, consent, today, made_at, self._relief[2] if self._relief and same else None)
        self._relief = (data, hidden, shared.relief_results)
        return shared

    def estimates(self, relief: Relief) -> Estimates:
        """Return what may be said of a relief result; worked out again only where its spans changed."""
        key = (relief.measure, relief.spans, relief.estimate)
        if self._estimates is None or self._estimates[0] != key:
            self._estimates = (key, estimates(relief))
        return self._estimates[1]

    def svg(self, key: Hashable, picture: Picture, style: ChartStyle, width: float, height: float) -> bytes:
        """Return a chart of `width` x `height` points, drawn once; `key` stands for all that it shows."""
        whole_key = (key, style, width, height)
        if whole_key not in self._drawn:
            if len(self._drawn) >= MOST_KEPT:
                self._drawn.clear()
            self._drawn[whole_key] = _svg(picture, style, width, height)
        return self._drawn[whole_key]


class Sheet:
    """Takes the charts of one report, in colour or grey, and gives their files to the template."""

    def __init__(self, report_cache: ReportCache, grey: bool) -> None:
        self._kept = report_cache
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
