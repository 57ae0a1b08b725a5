"""What the Share page asks before it makes something: the plain sentence, a password, and where to put it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ketatrack.i18n import _
from ketatrack.ui.share.jobs import FileChoice
from ketatrack.ui.widgets.boxes import Stretch, hbox
from ketatrack.ui.widgets.choices import Segments
from ketatrack.ui.widgets.fields import ErrorLine
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.passphrase import SecretField, strength
from ketatrack.ui.widgets.question import Question

if TYPE_CHECKING:
    from ketatrack.formats.export_data import Consent

IMAGE_FORMATS = ("png", "svg", "pdf")
AskPath = Callable[[QWidget, FileChoice, str], str]


def ask_path(owner: QWidget, kind: FileChoice, proposed: str) -> str:
    """Ask where to save, or into which folder; "" when cancelled."""
    if kind is FileChoice.IMAGES:
        return QFileDialog.getExistingDirectory(owner, _("Folder for the images"), proposed)
    suffix = Path(proposed).suffix.removeprefix(".")
    chosen, _filter = QFileDialog.getSaveFileName(owner, _("Save"), proposed, f"{suffix.upper()} (*.{suffix})")
    if not chosen:
        return ""
    return chosen if Path(chosen).suffix else f"{chosen}.{suffix}"


def safety_answers(owner: QWidget) -> Question:
    """Asks whether the answers about self-harm go in, this time."""
    return Question(
        owner,
        _("Show the answers to question 9?"),
        _(
            "PHQ-9 question 9 asks about thoughts of being better off dead or of hurting yourself. Whether this "
            "report shows your answers to single PHQ-9 questions is yours to decide; the totals are there either way. "
            "You are asked again for each report."
        ),
        _("Show them"),
        _("Leave them out"),
    )


def notes(owner: QWidget) -> Question:
    """Asks whether the person's own notes go in, this time."""
    return Question(
        owner,
        _("Show your notes?"),
        _(
            "What you wrote about sessions, intentions included, would stand in the report. It would be in the data "
            "attached to it too, and so would the notes of your days. You are asked again for each report."
        ),
        _("Show them"),
        _("Leave them out"),
    )


def question_before(kind: FileChoice, owner: QWidget, consent: "Consent") -> Question:
    """Return what is asked before such a file is made: a password, or the plain sentence with what the file holds."""
    if kind is FileChoice.ENCRYPTED:
        return PasswordQuestion(owner)
    if kind is FileChoice.IMAGES:
        return ImagesQuestion(owner)
    words = _("This file can be read by anyone who has it.") + f" {_holds()[kind]}"
    if kind in (FileChoice.SPREADSHEET, FileChoice.FHIR):
        words = " ".join((words, *_withheld(consent)))
    return Question(owner, _titles()[kind], words, _("Choose where…"), _("Cancel"))


class ImagesQuestion(Question):
    """The plain sentence before the images, and in which format; `answer` has it."""

    def __init__(self, owner: QWidget) -> None:
        kind = FileChoice.IMAGES
        words = _("These files can be read by anyone who has them.") + f" {_holds()[kind]}"
        super().__init__(owner, _titles()[kind], words, _("Choose where…"), _("Cancel"))
        self.formats = Segments(
            _("Format"), [(image_format, image_format.upper()) for image_format in IMAGE_FORMATS], optional=False
        )
        self.formats.value = IMAGE_FORMATS[0]
        row = hbox(self.formats, Stretch())
        self.body.addLayout(row)

    @property
    def answer(self) -> str:
        """png, svg or pdf."""
        return self.formats.chosen


class PasswordQuestion(Question):
    """Asks for a password for one PDF, twice; `answer` has it once accepted."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(
            owner,
            _("A password for this PDF"),
            _(
                "Whoever opens the file is asked for it. It is not your diary’s passphrase; pass it on another way "
                "than the file. It is kept nowhere: without it nobody can open the file."
            ),
            _("Choose where…"),
            _("Cancel"),
        )
        self.first, self.again = SecretField(_("Password")), SecretField(_("The same again"))
        self.first.setPlaceholderText(_("Password"))
        self.again.setPlaceholderText(_("The same again"))
        self.hint = label("", "hint", wrap=True)
        self.refusal = ErrorLine()
        for part in (self.first, self.hint, self.again, self.refusal):
            self.body.addWidget(part)
        self.first.textChanged.connect(self._judge)
        self.again.textChanged.connect(lambda: self.refusal.say(self.again, ""))
        self.again.returnPressed.connect(self.accept)
        self._judge("")
        self.first.setFocus()

    @property
    def answer(self) -> str:
        """What was typed."""
        return self.first.text()

    def accept(self) -> None:
        """Take it when both are there and the same."""
        if not self.answer.strip():
            self.refusal.say(self.first, _("Type in a password; without one anyone could open the file."))
            self.first.setFocus()
            return
        if self.answer != self.again.text():
            self.refusal.say(self.again, _("The two are not the same; type one of them again."))
            self.again.setFocus()
            return
        super().accept()

    def _judge(self, password: str) -> None:
        _bars, word, hint = strength(password)
        self.hint.setText(f"{word}. {hint}".strip(". ") if word else hint)


def _titles() -> dict[FileChoice, str]:
    return {
        FileChoice.IMAGES: _("Images of the charts"),
        FileChoice.SPREADSHEET: _("Spreadsheet"),
        FileChoice.FHIR: _("FHIR, for a clinic’s system"),
        FileChoice.ARCHIVE: _("Everything, as an archive"),
    }


def _withheld(consent: "Consent") -> list[str]:
    sentences = []
    if not consent.safety_answers:
        sentences.append(_("Answers to single PHQ-9 questions are left out, unless you tick question 9 first."))
    if not consent.notes:
        sentences.append(_("Your notes are left out, unless you tick them first."))
    return sentences


def proposed(kind: FileChoice, day: str) -> str:
    """Return a name for the file, without the person's, in their documents; the folder alone for images."""
    names = {
        FileChoice.PDF: _("Ketamine therapy report {day}.pdf"),
        FileChoice.ENCRYPTED: _("Ketamine therapy report {day} encrypted.pdf"),
        FileChoice.IMAGES: "",
        FileChoice.SPREADSHEET: _("KetaTrack tables {day}.zip"),
        FileChoice.FHIR: _("KetaTrack FHIR {day}.json"),
        FileChoice.ARCHIVE: _("KetaTrack archive {day}.json"),
    }
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(Path(folder) / names[kind].format(day=day))


def _holds() -> dict[FileChoice, str]:
    return {
        FileChoice.IMAGES: _("Every chart of each measure, over all your entries, as a picture."),
        FileChoice.SPREADSHEET: _("The entries of the chosen period as tables, in one zip file."),
        FileChoice.FHIR: _("The entries of the chosen period as a FHIR R4 document."),
        FileChoice.ARCHIVE: _(
            "All there is in the diary, whatever is chosen here: names, every note, every answer. KetaTrack can bring "
            "it back."
        ),
    }
