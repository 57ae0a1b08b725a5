"""The list of answers beside a questionnaire: short names (calmer if someone looks on), scores, and where one is."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy

from ketatrack.i18n import translate
from ketatrack.models.instruments import Instrument
from ketatrack.ui.fonts import font
from ketatrack.ui.pages.answer_draft import AnswerDraft
from ketatrack.ui.tokens import color, px
from ketatrack.ui.widgets.card import Card, divider
from ketatrack.ui.widgets.labels import label


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("AnswerIndex", text, n)


class AnswerIndex(Card):
    """`chosen` carries the number (from 0) of the question to go to."""

    chosen = Signal(int)

    def __init__(self, form: Instrument) -> None:
        super().__init__(padding=16)
        self._form = form
        self.body.setContentsMargins(px(12), px(16), px(12), px(16))
        self.body.setSpacing(0)
        self.count = label("", "secondary")
        head = QHBoxLayout()
        head.setContentsMargins(px(10), 0, px(10), px(4))
        head.addWidget(label(tr("Your answers"), "strong"))
        head.addStretch(1)
        head.addWidget(self.count)
        self.body.addLayout(head)
        self.entries = [_Entry(place, item.short) for place, item in enumerate(form.items)]
        for entry in self.entries:
            self.body.addWidget(entry)
            entry.clicked.connect(lambda _on=False, to=entry.place: self.chosen.emit(to))
        self.body.addWidget(divider())
        self.score = label("", "secondary")
        foot = QHBoxLayout()
        foot.setContentsMargins(px(10), 0, px(10), 0)
        foot.addWidget(label(tr("Score"), "strong"))
        foot.addStretch(1)
        foot.addWidget(self.score)
        self.body.addLayout(foot)
        self.body.addStretch(1)

    def show_answers(self, draft: AnswerDraft, place: int, waiting: bool) -> None:
        """Show the answers so far; `waiting` for the person to go on from the safety card. Never a total."""
        for entry, score in zip(self.entries, draft.items, strict=True):
            entry.show_answer(score, entry.place == place, reachable=score is not None or entry.place == place)
        self.count.setText(tr("{n} of {all}").format(n=draft.answered, all=len(draft.items)))
        self.score.setText(tr("when you continue") if waiting or draft.complete else tr("at the end"))


class _Entry(QAbstractButton):
    """One line: number, short name, score. A question can be gone back to once it has an answer."""

    def __init__(self, place: int, short: str) -> None:
        super().__init__()
        self.setText(short)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.place = place
        self._score: int | None = None
        self.setCheckable(True)
        self.setProperty("ring_radius", 6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_answer(self, score: int | None, current: bool, reachable: bool) -> None:
        """Show the score (None: none yet) and whether this question is asked now."""
        self._score = score
        self.setChecked(current)
        self.setEnabled(reachable)
        said = tr("no answer yet") if score is None else str(score)
        self.setAccessibleName(f"{self.place + 1}. {self.text()}: {said}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(180), max(px(27), self.fontMetrics().height() + px(6)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + px(80), self.sizeHint().height())

    def nextCheckState(self) -> None:
        """A click goes to the question; which one is asked now is shown by show_answer."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.isChecked() or (self.underMouse() and self.isEnabled()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("soft" if self.isChecked() else "hover"))
            painter.drawRoundedRect(box, px(6), px(6))
        weight = 600 if self.isChecked() else 400
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(color("secondary"))
        painter.setFont(font(12, tabular=True))
        painter.drawText(box.adjusted(px(10), 0, 0, 0), middle | Qt.AlignmentFlag.AlignLeft, str(self.place + 1))
        painter.setPen(color("text" if self._score is not None or self.isChecked() else "secondary"))
        painter.setFont(font(14, weight))
        painter.drawText(box.adjusted(px(30), 0, 0, 0), middle | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setFont(font(14, 600, tabular=True))
        score = "–" if self._score is None else str(self._score)
        painter.drawText(box.adjusted(0, 0, -px(12), 0), middle | Qt.AlignmentFlag.AlignRight, score)
        painter.end()
