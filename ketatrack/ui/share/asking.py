"""What the Share page asks before it makes something: the plain sentence, a password, and where to put it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ketatrack.i18n import translate
from ketatrack.ui.dialogs.question import Question
from ketatrack.ui.passphrase_strength import strength
from ketatrack.ui.secret_field import SecretField
from ketatrack.ui.share.work import FileChoice
from ketatrack.ui.widgets.error_line import ErrorLine
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from ketatrack.sharing.shared import Asked

IMAGE_FORMATS = ("png", "svg", "pdf")
AskPath = Callable[[QWidget, FileChoice, str], str]


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Share", text, n)


def ask_path(owner: QWidget, kind: FileChoice, proposed: str) -> str:
    """Ask where to save, or into which folder; "" when the person thought better of it."""
    if kind is FileChoice.IMAGES:
        return QFileDialog.getExistingDirectory(owner, tr("Folder for the images"), proposed)
    suffix = Path(proposed).suffix.removeprefix(".")
    chosen, _filter = QFileDialog.getSaveFileName(owner, tr("Save"), proposed, f"{suffix.upper()} (*.{suffix})")
    if not chosen:
        return ""
    return chosen if Path(chosen).suffix else f"{chosen}.{suffix}"


def safety_answers(owner: QWidget) -> Question:
    """Asks whether the answers about self-harm go in, this time."""
    return Question(
        owner,
        tr("Show the answers to question 9?"),
        tr(
            "PHQ-9 question 9 asks about thoughts of being better off dead or of hurting yourself. Whether this "
            "report shows your answers to single PHQ-9 questions is yours to decide; the totals are there either way. "
            "You are asked again for each report."
        ),
        tr("Show them"),
        tr("Leave them out"),
    )


def notes(owner: QWidget) -> Question:
    """Asks whether the person's own notes go in, this time."""
    return Question(
        owner,
        tr("Show your notes?"),
        tr(
            "What you wrote about sessions, intentions included, would stand in the report. It would be in the data "
            "attached to it too, and so would the notes of your days. You are asked again for each report."
        ),
        tr("Show them"),
        tr("Leave them out"),
    )


def question_before(kind: FileChoice, owner: QWidget, asked: "Asked") -> Question:
    """What is asked before such a file is made: a password, or the plain sentence with what the file holds."""
    if kind is FileChoice.ENCRYPTED:
        return PasswordQuestion(owner)
    if kind is FileChoice.IMAGES:
        return ImagesQuestion(owner)
    words = f"{tr('This file can be read by anyone who has it.')} {_holds()[kind]}"
    if kind in (FileChoice.SPREADSHEET, FileChoice.FHIR):
        words = " ".join((words, *_left_out(asked)))
    return Question(owner, _titles()[kind], words, tr("Choose where…"), tr("Cancel"))


class ImagesQuestion(Question):
    """The plain sentence before the images, and in which format; `answer` has it."""

    def __init__(self, owner: QWidget) -> None:
        kind = FileChoice.IMAGES
        words = f"{tr('These files can be read by anyone who has them.')} {_holds()[kind]}"
        super().__init__(owner, _titles()[kind], words, tr("Choose where…"), tr("Cancel"))
        self.formats = Segments(tr("Format"), [(each, each.upper()) for each in IMAGE_FORMATS], optional=False)
        self.formats.value = IMAGE_FORMATS[0]
        row = QHBoxLayout()
        row.addWidget(self.formats)
        row.addStretch(1)
        self.body.addLayout(row)

    @property
    def answer(self) -> str:
        """png, svg or pdf."""
        return str(self.formats.value)


class PasswordQuestion(Question):
    """Asks for a password for one PDF, twice; `answer` has it once accepted."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(
            owner,
            tr("A password for this PDF"),
            tr(
                "Whoever opens the file is asked for it. It is not your diary’s passphrase; pass it on another way "
                "than the file. It is kept nowhere: without it nobody can open the file."
            ),
            tr("Choose where…"),
            tr("Cancel"),
        )
        self.first, self.again = SecretField(tr("Password")), SecretField(tr("The same again"))
        self.first.setPlaceholderText(tr("Password"))
        self.again.setPlaceholderText(tr("The same again"))
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
            self.refusal.say(self.first, tr("Type in a password; without one anyone could open the file."))
            self.first.setFocus()
            return
        if self.answer != self.again.text():
            self.refusal.say(self.again, tr("The two are not the same; type one of them again."))
            self.again.setFocus()
            return
        super().accept()

    def _judge(self, password: str) -> None:
        _bars, word, hint = strength(password)
        self.hint.setText(f"{word}. {hint}".strip(". ") if word else hint)


def _titles() -> dict[FileChoice, str]:
    return {
        FileChoice.IMAGES: tr("Images of the charts"),
        FileChoice.SPREADSHEET: tr("Spreadsheet"),
        FileChoice.FHIR: tr("FHIR, for a clinic’s system"),
        FileChoice.ARCHIVE: tr("Everything, as an archive"),
    }


def _left_out(asked: "Asked") -> list[str]:
    said = []
    if not asked.safety_answers:
        said.append(tr("Answers to single PHQ-9 questions are left out, unless you tick question 9 first."))
    if not asked.notes:
        said.append(tr("Your notes are left out, unless you tick them first."))
    return said


def proposed(kind: FileChoice, day: str) -> str:
    """A name for the file, without the person's, in their documents; the folder alone for images."""
    names = {
        FileChoice.PDF: tr("Ketamine therapy report {day}.pdf"),
        FileChoice.ENCRYPTED: tr("Ketamine therapy report {day} encrypted.pdf"),
        FileChoice.IMAGES: "",
        FileChoice.SPREADSHEET: tr("KetaTrack tables {day}.zip"),
        FileChoice.FHIR: tr("KetaTrack FHIR {day}.json"),
        FileChoice.ARCHIVE: tr("KetaTrack archive {day}.json"),
    }
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(Path(folder) / names[kind].format(day=day))


def _holds() -> dict[FileChoice, str]:
    return {
        FileChoice.IMAGES: tr("Every chart of each measure, over all your entries, as a picture."),
        FileChoice.SPREADSHEET: tr("The entries of the chosen period as tables, in one zip file."),
        FileChoice.FHIR: tr("The entries of the chosen period as a FHIR R4 document."),
        FileChoice.ARCHIVE: tr(
            "All there is in the diary, whatever is chosen here: names, every note, every answer. KetaTrack can bring "
            "it back."
        ),
    }
