"""What the Share page does in a background thread: the preview of the report, and every file it can save.

These run in the background thread; they are given the whole diary and give back bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from threading import Event
from typing import TYPE_CHECKING

from ketatrack.i18n import _
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.records import SharingChoices

if TYPE_CHECKING:
    from ketatrack.formats.export_data import Consent, ExportData
    from ketatrack.report.cache import ReportCache
    from ketatrack.report.pdf import Pages


class Cancelled(Exception):
    """Raised when the person cancels; nothing was written."""


class FileChoice(StrEnum):
    """The files that the page can save."""

    PDF = "pdf"
    ENCRYPTED = "encrypted"
    IMAGES = "images"
    SPREADSHEET = "csv"
    FHIR = "fhir"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is chosen at one moment; `made_at` is printed, `system` is this computer's locale ("C" for none)."""

    choices: SharingChoices
    consent: "Consent"
    today: date
    made_at: datetime
    system: str


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page as a PNG, counted from 1, and for how many device pixels an inch it was drawn."""

    number: int
    content: bytes
    pixels_per_inch: float


@dataclass(frozen=True, slots=True)
class Preview:
    """The report as it would be saved, the page that is looked at as a picture, and how much it covers."""

    pages: "Pages"
    picture: PagePicture
    entries: int
    days_with_entries: int
    days: int
    first: date
    last: date


class Steps:
    """Counts the steps of one piece of work, and stops it between two of them once it is cancelled."""

    def __init__(self, count: int, tell: Callable[[int, int, str], None]) -> None:
        self._count, self._tell, self._done = count, tell, 0
        self._stop = Event()

    def cancel(self) -> None:
        """Stop before the next step; may be called from any thread."""
        self._stop.set()

    def add(self, count: int) -> None:
        """There are so many steps more."""
        self._count += count

    def next(self, words: str) -> None:
        """Begin a step. Raises Cancelled."""
        if self._stop.is_set():
            raise Cancelled
        self._tell(self._done, self._count, words)
        self._done += 1


class ExportCache:
    """What is kept from one preview to the next; made in the background thread, where the charts' code arrives."""

    def __init__(self) -> None:
        self._reports: ReportCache | None = None

    @property
    def reports(self) -> "ReportCache":
        """Charts and estimates of earlier refreshes."""
        if self._reports is None:
            from ketatrack.report.cache import ReportCache

            self._reports = ReportCache()
        return self._reports

    def share(self, data: DiaryData, wanted: Wanted) -> "ExportData":
        """Return what leaves the diary by these choices."""
        return self.reports.share(data, wanted.choices, wanted.consent, wanted.today, wanted.made_at)

    def clear(self) -> None:
        """Let go of everything; it is diary data."""
        self._reports = None


def preview(data: DiaryData, cache: ExportCache, wanted: Wanted, number: int, pixels_per_inch: float) -> Preview:
    """Lay out the report and draw the page that is looked at, or the last one where it has fewer now."""
    from ketatrack.report.build import prepare
    from ketatrack.report.pdf import pages as laid_out

    shared = cache.share(data, wanted)
    result = laid_out(prepare(shared, _locale(wanted), cache.reports))
    return Preview(
        result,
        picture(result, min(number, result.count), pixels_per_inch),
        shared.entries,
        shared.days_with_entries,
        shared.days,
        shared.first,
        shared.last,
    )


def picture(pages: "Pages", number: int, pixels_per_inch: float) -> PagePicture:
    """Draw one page of a report that is laid out."""
    return PagePicture(number, pages.picture(number, pixels_per_inch), pixels_per_inch)


def pages(
    data: DiaryData, cache: ExportCache, wanted: Wanted, pixels_per_inch: float, steps: Steps
) -> tuple[bytes, ...]:
    """Every page as a picture for a printer. Raises Cancelled between two pages."""
    from ketatrack.report.build import prepare
    from ketatrack.report.pdf import pages as laid_out

    steps.next(_("Working out the report…"))
    prepared = prepare(cache.share(data, wanted), _locale(wanted), cache.reports)
    steps.next(_("Laying out the pages…"))
    result = laid_out(prepared)
    steps.add(result.count)
    drawn = []
    for number in range(1, result.count + 1):
        steps.next(_("Drawing page {n} of {count}…").format(n=number, count=result.count))
        drawn.append(result.picture(number, pixels_per_inch))
    return tuple(drawn)


def make(
    kind: FileChoice, data: DiaryData, cache: ExportCache, wanted: Wanted, answer: str, steps: Steps
) -> tuple[bytes | dict[str, bytes], str]:
    """Return what one kind of file holds (several for images), and a sentence to tell, "" as a rule.

    `answer` is the password of an encrypted PDF, and the format of images. Raises Cancelled between two steps.
    """
    if kind is FileChoice.ARCHIVE:
        from ketatrack.formats.archive import archive

        steps.next(_("Writing everything…"))
        return archive(data), ""
    steps.next(_("Going through your notes…"))
    shared = cache.share(data, wanted)
    if kind is FileChoice.SPREADSHEET:
        from ketatrack.formats.csv_tables import csv_zip

        steps.next(_("Writing the tables…"))
        return csv_zip(shared), ""
    if kind is FileChoice.FHIR:
        from ketatrack.formats.fhir.document import document

        steps.next(_("Writing the FHIR document…"))
        return document(shared), ""
    if kind is FileChoice.IMAGES:
        return _images(shared, cache.reports, answer, steps), ""
    return _report(shared, cache.reports, wanted, answer if kind is FileChoice.ENCRYPTED else None, steps)


def steps_of(kind: FileChoice, attach: bool) -> int:
    """How many steps making such a file takes, saving it included."""
    if kind in (FileChoice.PDF, FileChoice.ENCRYPTED):
        return 4 + attach + (kind is FileChoice.ENCRYPTED)
    return 2 if kind in (FileChoice.ARCHIVE, FileChoice.IMAGES) else 3


def _report(
    shared: "ExportData", report_cache: "ReportCache", wanted: Wanted, password: str | None, steps: Steps
) -> tuple[bytes, str]:
    from ketatrack.report import pdf
    from ketatrack.report.build import prepare
    from ketatrack.report.pdf import attachments, encrypted

    steps.next(_("Drawing the charts…"))
    prepared = prepare(shared, _locale(wanted), report_cache)
    if wanted.choices.attach:
        steps.next(_("Putting the data inside…"))
    attached = attachments(shared)
    steps.next(_("Laying out the pages…"))
    result = pdf.pdf(prepared, attached)
    if password is None:
        return result.content, result.note
    steps.next(_("Encrypting…"))
    return encrypted(result.content, password), result.note


def _images(shared: "ExportData", report_cache: "ReportCache", suffix: str, steps: Steps) -> dict[str, bytes]:
    from ketatrack.charts import export
    from ketatrack.charts.export import FileKind

    steps.add(len(shared.relief_results))
    result: dict[str, bytes] = {}
    for relief in shared.relief_results:
        steps.next(_("Drawing the charts of {measure}…").format(measure=relief.measure.name))
        result |= export.pictures(relief, report_cache.estimates(relief), FileKind(suffix))
    return result


def _locale(wanted: Wanted) -> str:
    from ketatrack.report.formatting import locale_of

    system = None if wanted.system == "C" else wanted.system
    return locale_of(wanted.choices.locale or system)
