"""The answers of a questionnaire that is being filled in: as a draft, as rows to choose, as a list beside it."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QRadioButton, QSizePolicy

from ketatrack.i18n import _
from ketatrack.models.instruments import Instrument, Item
from ketatrack.models.record_json import from_draft, to_draft
from ketatrack.models.records import Answers, Draft
from ketatrack.ui.theme import icons
from ketatrack.ui.theme.fonts import font
from ketatrack.ui.theme.tokens import color, px
from ketatrack.ui.widgets.boxes import Stretch, hbox
from ketatrack.ui.widgets.cards import Card, divider
from ketatrack.ui.widgets.labels import label

PREFIX = "answers:"
_PAYLOAD = ("items", "unscored", "edits", "begun")


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """Answers so far, one place for each question (None: none yet); `edits` is the entry that is being changed."""

    instrument: str
    items: tuple[int | None, ...]
    unscored: int | None = None
    edits: UUID | None = None
    begun: date | None = None

    @property
    def answered(self) -> int:
        """How many scored questions have an answer."""
        return sum(answer is not None for answer in self.items)

    @property
    def complete(self) -> bool:
        """Whether every scored question has its answer."""
        return None not in self.items

    def with_answer(self, place: int, score: int | None) -> "AnswerDraft":
        """Return the same with one answer changed; the place after the last item is the unscored question."""
        if place == len(self.items):
            return replace(self, unscored=score)
        return replace(self, items=(*self.items[:place], score, *self.items[place + 1 :]))


def begin(form: Instrument, day: date) -> AnswerDraft:
    """Return a questionnaire without any answer."""
    return AnswerDraft(form.key, (None,) * len(form.items), begun=day)


def of_answers(answers: Answers) -> AnswerDraft:
    """Return an entry opened again, to change its answers."""
    return AnswerDraft(answers.instrument, answers.items or (), answers.unscored, answers.id, answers.day)


def to_record(draft: AnswerDraft, before: Draft | None, now: datetime) -> Draft:
    """Return what is written into the diary; the same record as `before` where there is one."""
    payload = to_draft(AnswerDraft, {name: getattr(draft, name) for name in _PAYLOAD})
    same: dict[str, Any] = {"id": before.id} if before else {}
    return Draft(kind=PREFIX + draft.instrument, payload=json.dumps(payload), saved_at=now, **same)


def from_record(record: Draft, form: Instrument) -> AnswerDraft | None:
    """Return the draft of a questionnaire, or None where the record is of another kind or does not fit the form."""
    if record.kind != PREFIX + form.key:
        return None
    try:
        values = from_draft(AnswerDraft, json.loads(record.payload))
        answer_draft = AnswerDraft(form.key, *(values[name] for name in _PAYLOAD))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return answer_draft if _fits(answer_draft, form) else None


def _fits(draft: AnswerDraft, form: Instrument) -> bool:
    if len(draft.items) != len(form.items):
        return False
    pairs = list(zip(draft.items, form.items, strict=True))
    if form.unscored is not None:
        pairs.append((draft.unscored, form.unscored))
    return all(_has(item, answer) for answer, item in pairs)


def _has(item: Item, answer: object) -> bool:
    return answer is None or any(option.score == answer for option in item.options)


class AnswerRow(QRadioButton):
    """An answer with its score; the whole row can be clicked."""

    def __init__(self, score: int, text: str) -> None:
        super().__init__(text)
        self.score, self.words = score, text
        self.setAccessibleName(f"{score}: {text}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(px(48) + words + px(44), max(px(42), self.fontMetrics().height() + px(12)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ground = "soft" if chosen else "hover" if self.underMouse() else "field"
        painter.setPen(QPen(color("accent" if chosen else "control"), 1))
        painter.setBrush(color(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8))
        self._paint_cap(painter, chosen)
        painter.setFont(font(14))
        painter.setPen(color("text"))
        words = self.rect().adjusted(px(48), 0, -px(44), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if chosen:
            side = px(18)
            tick = QRectF(self.width() - px(34), (self.height() - side) / 2, side, side)
            icons.paint(painter, "check", tick, "accent")
        painter.end()

    def _paint_cap(self, painter: QPainter, chosen: bool) -> None:
        side = px(22)
        cap = QRectF(px(12) + 0.5, (self.height() - side) / 2 + 0.5, side - 1, side - 1)
        painter.setPen(QPen(color("fill" if chosen else "control"), 1))
        painter.setBrush(color("fill" if chosen else "field"))
        painter.drawRoundedRect(cap, px(5), px(5))
        painter.setFont(font(12, 600))
        painter.setPen(color("on_fill" if chosen else "secondary"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, str(self.score))


class AnswerCap(AnswerRow):
    """An answer on a scale of numbers: the number alone; its words are read out and stand in the tool tip."""

    def __init__(self, score: int, text: str) -> None:
        super().__init__(score, text)
        self.setToolTip("" if text == str(score) else text)
        self.setAccessibleName(str(score) if text == str(score) else f"{score}: {text}")

    def sizeHint(self) -> QSize:
        return QSize(px(44), max(px(42), self.fontMetrics().height() + px(12)))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(32), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ground = "fill" if chosen else "hover" if self.underMouse() else "field"
        painter.setPen(QPen(color("fill" if chosen else "control"), 1))
        painter.setBrush(color(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8))
        painter.setFont(font(14, 600))
        painter.setPen(color("on_fill" if chosen else "text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self.score))
        painter.end()


class AnswerIndex(Card):
    """`chosen` carries the number (from 0) of the question to go to."""

    chosen = Signal(int)

    def __init__(self, form: Instrument) -> None:
        super().__init__(padding=16)
        self._form = form
        self.body.setContentsMargins(px(12), px(16), px(12), px(16))
        self.body.setSpacing(0)
        self.count = label("", "secondary")
        head = hbox(label(_("Your answers"), "strong", wrap=True), Stretch(), self.count, margins=(10, 0, 10, 4))
        self.body.addLayout(head)
        self.entries = [_Entry(place, item.short) for place, item in enumerate(form.items)]
        for entry in self.entries:
            self.body.addWidget(entry)
            entry.clicked.connect(lambda _on=False, to=entry.place: self.chosen.emit(to))
        self.body.addWidget(divider())
        self.score = label("", "secondary")
        foot = hbox(label(_("Score"), "strong"), Stretch(), self.score, margins=(10, 0, 10, 0))
        self.body.addLayout(foot)
        self.body.addStretch(1)

    def show_answers(self, draft: AnswerDraft, place: int, waiting: bool) -> None:
        """Show the answers so far; `waiting` for the person to go on from the safety card. Never a total."""
        for entry, score in zip(self.entries, draft.items, strict=True):
            entry.show_answer(score, entry.place == place, reachable=score is not None or entry.place == place)
        self.count.setText(_("{n} of {all}").format(n=draft.answered, all=len(draft.items)))
        self.score.setText(_("when you continue") if waiting or draft.complete else _("at the end"))


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
        text = _("no answer yet") if score is None else str(score)
        self.setAccessibleName(f"{self.place + 1}. {self.text()}: {text}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(180), max(px(27), self.fontMetrics().height() + px(6)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + px(80), self.sizeHint().height())

    def nextCheckState(self) -> None:
        """Go to the question that was clicked; which one is asked now is shown by show_answer."""

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
