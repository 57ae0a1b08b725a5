"""What the Share page has done beside the window: the preview of the report, and every file it can save.

These run on the worker; they are given the whole diary and give back bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from threading import Event
from typing import TYPE_CHECKING

from ketatrack.i18n import translate
from ketatrack.models.records import SharingChoices
from ketatrack.models.whole import WholeDiary

if TYPE_CHECKING:
    from ketatrack.sharing.report.kept import Kept
    from ketatrack.sharing.shared import Asked, Shared


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Share", text, n)


class Cancelled(Exception):
    """The person thought better of it; nothing was written."""


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
    """What is chosen at one moment; `made_at` is printed."""

    choices: SharingChoices
    asked: "Asked"
    today: date
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """The report as it would be saved: a PNG of each page, the pages of each section, and how much it covers."""

    pages: tuple[bytes, ...]
    places: dict[str, tuple[int, int]]
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

    def next(self, words: str) -> None:
        """Begin a step. Raises Cancelled."""
        if self._stop.is_set():
            raise Cancelled
        self._tell(self._done, self._count, words)
        self._done += 1


class Shelf:
    """What is kept from one preview to the next; made on the worker, where the charts' code arrives."""

    def __init__(self) -> None:
        self._kept: Kept | None = None

    @property
    def kept(self) -> "Kept":
        """Charts and estimates of earlier refreshes."""
        if self._kept is None:
            from ketatrack.sharing.report.kept import Kept

            self._kept = Kept()
        return self._kept


def preview(whole: WholeDiary, shelf: Shelf, wanted: Wanted, pixels_per_inch: float) -> Preview:
    """Lay out the report and draw its pages."""
    from ketatrack.sharing.report import typesetting
    from ketatrack.sharing.report.prepared import prepare

    shared = _share(whole, wanted)
    prepared = prepare(shared, _locale(wanted), shelf.kept)
    return Preview(
        typesetting.pictures(prepared, pixels_per_inch), typesetting.places(prepared), shared.entries,
        shared.days_with_entries, shared.days, shared.first, shared.last,
    )  # fmt: skip


def pages(whole: WholeDiary, shelf: Shelf, wanted: Wanted, pixels_per_inch: float, steps: Steps) -> tuple[bytes, ...]:
    """Every page as a picture for a printer."""
    from ketatrack.sharing.report import typesetting
    from ketatrack.sharing.report.prepared import prepare

    steps.next(tr("Working out the report…"))
    prepared = prepare(_share(whole, wanted), _locale(wanted), shelf.kept)
    steps.next(tr("Drawing the pages…"))
    return typesetting.pictures(prepared, pixels_per_inch)


def make(
    kind: FileChoice, whole: WholeDiary, shelf: Shelf, wanted: Wanted, password: str, steps: Steps
) -> tuple[bytes | dict[str, bytes], str]:
    """What one kind of file holds (several for images), and a sentence to tell, "" as a rule.

    Raises Cancelled between two steps.
    """
    if kind is FileChoice.ARCHIVE:
        from ketatrack.sharing.archive import archive

        steps.next(tr("Writing everything…"))
        return archive(whole), ""
    steps.next(tr("Going through your notes…"))
    shared = _share(whole, wanted)
    if kind is FileChoice.SPREADSHEET:
        from ketatrack.sharing.csv_files import csv_zip

        steps.next(tr("Writing the tables…"))
        return csv_zip(shared), ""
    if kind is FileChoice.FHIR:
        from ketatrack.sharing.fhir.bundle import document

        steps.next(tr("Writing the FHIR document…"))
        return document(shared), ""
    if kind is FileChoice.IMAGES:
        return _images(shared, shelf.kept, steps), ""
    return _report(shared, shelf.kept, wanted, password if kind is FileChoice.ENCRYPTED else None, steps)


def steps_of(kind: FileChoice, attach: bool) -> int:
    """How many steps making such a file takes."""
    if kind in (FileChoice.PDF, FileChoice.ENCRYPTED):
        return 3 + 2 * attach + (kind is FileChoice.ENCRYPTED)
    return 1 if kind is FileChoice.ARCHIVE else 2


def _report(shared: "Shared", kept: "Kept", wanted: Wanted, password: str | None, steps: Steps) -> tuple[bytes, str]:
    from ketatrack.sharing.encryption import encrypted
    from ketatrack.sharing.report import typesetting
    from ketatrack.sharing.report.prepared import prepare

    steps.next(tr("Drawing the charts…"))
    prepared = prepare(shared, _locale(wanted), kept)
    attached = _attachments(shared, steps) if wanted.choices.attach else {}
    steps.next(tr("Laying out the pages…"))
    made = typesetting.pdf(prepared, attached)
    if password is None:
        return made.content, made.note
    steps.next(tr("Encrypting…"))
    return encrypted(made.content, password), made.note


def _attachments(shared: "Shared", steps: Steps) -> dict[str, bytes]:
    from ketatrack.sharing.csv_files import csv_files
    from ketatrack.sharing.fhir.bundle import document

    steps.next(tr("Writing the tables…"))
    tables = csv_files(shared)
    steps.next(tr("Writing the FHIR document…"))
    return {**tables, "fhir.json": document(shared)}


def _images(shared: "Shared", kept: "Kept", steps: Steps) -> dict[str, bytes]:
    from ketatrack.charts import album
    from ketatrack.charts.saving import FileKind

    steps.next(tr("Drawing the charts…"))
    made: dict[str, bytes] = {}
    for each in shared.reliefs:
        made |= album.pictures(each, kept.estimates(each), FileKind.PNG)
    return made


def _share(whole: WholeDiary, wanted: Wanted) -> "Shared":
    from ketatrack.sharing.shared import share

    return share(whole, wanted.choices, wanted.asked, wanted.today, wanted.made_at)


def _locale(wanted: Wanted) -> str:
    from ketatrack.sharing.report.words import locale_of

    return locale_of(wanted.choices.locale or None)
