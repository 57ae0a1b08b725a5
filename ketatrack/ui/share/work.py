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
    from ketatrack.sharing.report.pages import Pages
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
    """What is chosen at one moment; `made_at` is printed, `system` is this computer's locale ("C" for none)."""

    choices: SharingChoices
    asked: "Asked"
    today: date
    made_at: datetime
    system: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a PNG, counted from 1, and for how many device pixels an inch it was drawn."""

    number: int
    content: bytes
    pixels_per_inch: float


@dataclass(frozen=True, slots=True)
class Preview:
    """The report as it would be saved, the page that is looked at as a picture, and how much it covers."""

    pages: "Pages"
    picture: Picture
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

    def share(self, whole: WholeDiary, wanted: Wanted) -> "Shared":
        """What leaves the diary by these choices."""
        return self.kept.share(whole, wanted.choices, wanted.asked, wanted.today, wanted.made_at)

    def clear(self) -> None:
        """Let go of everything; it is diary data."""
        self._kept = None


def preview(whole: WholeDiary, shelf: Shelf, wanted: Wanted, number: int, pixels_per_inch: float) -> Preview:
    """Lay out the report and draw the page that is looked at, or the last one where it has fewer now."""
    from ketatrack.sharing.report.pages import pages as laid_out
    from ketatrack.sharing.report.prepared import prepare

    shared = shelf.share(whole, wanted)
    made = laid_out(prepare(shared, _locale(wanted), shelf.kept))
    return Preview(
        made, picture(made, min(number, made.count), pixels_per_inch), shared.entries, shared.days_with_entries,
        shared.days, shared.first, shared.last,
    )  # fmt: skip


def picture(made: "Pages", number: int, pixels_per_inch: float) -> Picture:
    """Draw one page of a report that is laid out."""
    return Picture(number, made.picture(number, pixels_per_inch), pixels_per_inch)


def pages(whole: WholeDiary, shelf: Shelf, wanted: Wanted, pixels_per_inch: float, steps: Steps) -> tuple[bytes, ...]:
    """Every page as a picture for a printer. Raises Cancelled between two pages."""
    from ketatrack.sharing.report.pages import pages as laid_out
    from ketatrack.sharing.report.prepared import prepare

    steps.next(tr("Working out the report…"))
    prepared = prepare(shelf.share(whole, wanted), _locale(wanted), shelf.kept)
    steps.next(tr("Laying out the pages…"))
    made = laid_out(prepared)
    steps.add(made.count)
    drawn = []
    for number in range(1, made.count + 1):
        steps.next(tr("Drawing page {n} of {count}…").format(n=number, count=made.count))
        drawn.append(made.picture(number, pixels_per_inch))
    return tuple(drawn)


def make(
    kind: FileChoice, whole: WholeDiary, shelf: Shelf, wanted: Wanted, answer: str, steps: Steps
) -> tuple[bytes | dict[str, bytes], str]:
    """What one kind of file holds (several for images), and a sentence to tell, "" as a rule.

    `answer` is the password of an encrypted PDF, and the format of images. Raises Cancelled between two steps.
    """
    if kind is FileChoice.ARCHIVE:
        from ketatrack.sharing.archive import archive

        steps.next(tr("Writing everything…"))
        return archive(whole), ""
    steps.next(tr("Going through your notes…"))
    shared = shelf.share(whole, wanted)
    if kind is FileChoice.SPREADSHEET:
        from ketatrack.sharing.csv_files import csv_zip

        steps.next(tr("Writing the tables…"))
        return csv_zip(shared), ""
    if kind is FileChoice.FHIR:
        from ketatrack.sharing.fhir.bundle import document

        steps.next(tr("Writing the FHIR document…"))
        return document(shared), ""
    if kind is FileChoice.IMAGES:
        return _images(shared, shelf.kept, answer, steps), ""
    return _report(shared, shelf.kept, wanted, answer if kind is FileChoice.ENCRYPTED else None, steps)


def steps_of(kind: FileChoice, attach: bool) -> int:
    """How many steps making such a file takes, saving it included."""
    if kind in (FileChoice.PDF, FileChoice.ENCRYPTED):
        return 4 + attach + (kind is FileChoice.ENCRYPTED)
    return 2 if kind in (FileChoice.ARCHIVE, FileChoice.IMAGES) else 3


def _report(shared: "Shared", kept: "Kept", wanted: Wanted, password: str | None, steps: Steps) -> tuple[bytes, str]:
    from ketatrack.sharing.attachments import attachments
    from ketatrack.sharing.encryption import encrypted
    from ketatrack.sharing.report import typesetting
    from ketatrack.sharing.report.prepared import prepare

    steps.next(tr("Drawing the charts…"))
    prepared = prepare(shared, _locale(wanted), kept)
    if wanted.choices.attach:
        steps.next(tr("Putting the data inside…"))
    attached = attachments(shared)
    steps.next(tr("Laying out the pages…"))
    made = typesetting.pdf(prepared, attached)
    if password is None:
        return made.content, made.note
    steps.next(tr("Encrypting…"))
    return encrypted(made.content, password), made.note


def _images(shared: "Shared", kept: "Kept", suffix: str, steps: Steps) -> dict[str, bytes]:
    from ketatrack.charts import album
    from ketatrack.charts.saving import FileKind

    steps.add(len(shared.reliefs))
    made: dict[str, bytes] = {}
    for each in shared.reliefs:
        steps.next(tr("Drawing the charts of {measure}…").format(measure=each.measure.name))
        made |= album.pictures(each, kept.estimates(each), FileKind(suffix))
    return made


def _locale(wanted: Wanted) -> str:
    from ketatrack.sharing.report.words import locale_of

    system = None if wanted.system == "C" else wanted.system
    return locale_of(wanted.choices.locale or system)
