"""Makes one file at a time beside the window, puts it where the person said, and tells what became of it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ketatrack.errors import KetaTrackError
from ketatrack.i18n import translate
from ketatrack.models.whole import WholeDiary
from ketatrack.ui import jobs
from ketatrack.ui.share.work import Cancelled, FileChoice, Shelf, Steps, Wanted, make, pages, steps_of

PRINT_PPI = 220.0


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Share", text, n)


class Making(QObject):
    """`stepped` carries (steps done, of how many, words), `ended` a sentence ("" where it was cancelled).

    `saved` is emitted once a file is where it belongs.
    """

    stepped = Signal(int, int, str)
    ended = Signal(str)
    saved = Signal()

    def __init__(self, shelf: Shelf, parent: QObject) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._steps: Steps | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being made."""
        return self._steps is not None

    def cancel(self) -> None:
        """Stop what is being made before its next step; nothing is written then."""
        if self._steps is not None:
            self._steps.cancel()

    def save(self, kind: FileChoice, whole: WholeDiary, wanted: Wanted, target: Path, answer: str) -> None:
        """Make a file and write it to `target`, a folder for images; `answer` is the password or the images' format."""
        steps = self._begin(steps_of(kind, wanted.choices.attach))

        def work() -> str:
            content, note = make(kind, whole, self._shelf, wanted, answer, steps)
            steps.next(tr("Saving…"))
            return f"{_put(target, content, kind)} {note}".strip()

        jobs.run(self, work, self._finish, self._fail)

    def draw_pages(self, whole: WholeDiary, wanted: Wanted, done: Callable[[tuple[bytes, ...]], None]) -> None:
        """Draw every page for a printer and hand them to `done`."""
        steps = self._begin(2)

        def deliver(drawn: tuple[bytes, ...]) -> None:
            self._steps = None
            self.ended.emit("")
            done(drawn)

        jobs.run(self, lambda: pages(whole, self._shelf, wanted, PRINT_PPI, steps), deliver, self._fail)

    def _begin(self, count: int) -> Steps:
        self._steps = Steps(count, self.stepped.emit)
        self.stepped.emit(0, count, tr("Beginning…"))
        return self._steps

    def _finish(self, words: str) -> None:
        self._steps = None
        self.ended.emit(words)
        self.saved.emit()

    def _fail(self, error: Exception) -> None:
        self._steps = None
        if isinstance(error, Cancelled):
            self.ended.emit("")
        elif isinstance(error, KetaTrackError):
            self.ended.emit(str(error))
        else:
            self.ended.emit(tr("Something went wrong while making the file; nothing was written."))
            raise error


def _put(target: Path, content: bytes | dict[str, bytes], kind: FileChoice) -> str:
    from ketatrack.sharing.saving import save, save_all

    if isinstance(content, dict):
        save_all(target, content)
        return tr("{n} images are in {place}; they are not encrypted.").format(n=len(content), place=target)
    save(target, content)
    if kind is FileChoice.ENCRYPTED:
        return tr("Saved as {name}, encrypted with its password.").format(name=target)
    return tr("Saved as {name}. It is not encrypted: anyone who has the file can read it.").format(name=target)
