"""Results over time: the table of all, and each question's answers as a row of squares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ketatrack.i18n import _, ngettext
from ketatrack.models.instruments import Instrument
from ketatrack.models.records import Answers
from ketatrack.ui import localised
from ketatrack.ui.scores.load import near_day
from ketatrack.ui.theme.fonts import font
from ketatrack.ui.theme.tokens import color, px
from ketatrack.ui.widgets.table import Column

LABELS, ROW, COLUMN, FOOT, LATEST = 128, 26, 26, 26, 40
ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass(frozen=True, slots=True)
class Result:
    """One filling beside the one before it."""

    answers: Answers
    before: Answers | None


def results(entries: Sequence[Answers]) -> list[Result]:
    """Return entries, which come oldest first, as rows with the newest first."""
    return [Result(*pair) for pair in zip(entries, [None, *entries[:-1]], strict=True)][::-1]


def result_columns(form: Instrument) -> tuple[Column[Result], ...]:
    """Return what each result of a questionnaire shows."""

    def band(row: Result) -> str:
        result = form.band(row.answers.total)
        return _(result.name) if result else ""

    def change(row: Result) -> str:
        if row.before is None:
            return ""
        difference = row.answers.total - row.before.total
        if not difference:
            return _("the same")
        words = _("{n} lower") if difference < 0 else _("{n} higher")
        return words.format(n=form.words(abs(difference)))

    def source(row: Result) -> str:
        return _("total typed in") if row.answers.items is None else _("question by question")

    return (
        Column(_("Date"), lambda row: localised.short_day(row.answers.day), strong=True),
        Column(_("Score"), lambda row: form.words(row.answers.total), right=True, strong=True),
        Column(_("In words"), band),
        Column(_("Change"), change, quiet=True),
        Column(_("How"), source, quiet=True),
        Column(_("Note"), lambda row: row.answers.note.partition("\n")[0], quiet=True),
    )


class ItemHistory(QWidget):
    """As many of the latest fillings as fit. `pointed` carries the words of a square, "" for none."""

    pointed = Signal(str)
    opened = Signal(UUID)

    def __init__(self) -> None:
        super().__init__()
        self._form: Instrument | None = None
        self._entries: tuple[Answers, ...] = ()
        self._today = date.min
        self._at: tuple[int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_history(self, form: Instrument, entries: Sequence[Answers], today: date) -> None:
        """Show the entries (oldest first) that have answers to single questions."""
        self._form, self._today = form, today
        self._entries = tuple(entry for entry in entries if entry.items is not None)
        self._at = None
        self.setAccessibleName(_("{name}, question by question").format(name=form.name))
        self.setAccessibleDescription(self.spoken())
        self.setFixedHeight(px(ROW) * len(form.items) + px(FOOT))
        self.update()

    def spoken(self) -> str:
        """Return the latest answers and the first ones shown, in words."""
        if self._form is None or not self._entries:
            return ""
        first, last = self._shown()[0], self._shown()[-1]
        pairs = zip(self._form.items, first.items or (), last.items or (), strict=True)
        values = ", ".join(
            _("{name} {now} (first {then})").format(name=item.short, now=now, then=then) for item, then, now in pairs
        )
        count = len(self._shown())
        text = ngettext("{n} filling, on {a}: {values}.", "{n} fillings from {a} to {b}: {values}.", count)
        return text.format(n=count, a=localised.short_day(first.day), b=localised.short_day(last.day), values=values)

    def sizeHint(self) -> QSize:
        return QSize(px(436), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(LABELS + LATEST + 4 * COLUMN), px(60))

    def _shown(self) -> tuple[Answers, ...]:
        columns = max(1, (self.width() - px(LABELS) - px(LATEST)) // px(COLUMN))
        return self._entries[-columns:]

    def _cell(self, column: int, row: int) -> QRectF:
        return QRectF(px(LABELS) + column * px(COLUMN), row * px(ROW), px(COLUMN), px(ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._form is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        entries = self._shown()
        for row, item in enumerate(self._form.items):
            self._paint_name(painter, row, item.short)
            most = item.options[-1].score
            for column, entry in enumerate(entries):
                self._paint_square(painter, self._cell(column, row), (entry.items or ())[row], most)
            if entries:
                self._paint_latest(painter, row, (entries[-1].items or ())[row], len(entries))
        self._paint_dates(painter, entries)
        if self._at is not None:
            painter.setPen(QPen(color("text"), px(1) + 0.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._cell(*self._at).adjusted(1, 1, -1, -1), px(5), px(5))
        painter.end()

    def _paint_name(self, painter: QPainter, row: int, name: str) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(font(12, tabular=True))
        painter.setPen(color("secondary"))
        painter.drawText(QRectF(0, row * px(ROW), px(20), px(ROW)), middle, str(row + 1))
        painter.setFont(font(14))
        painter.setPen(color("text"))
        painter.drawText(QRectF(px(20), row * px(ROW), px(LABELS - 20), px(ROW)), middle, name)

    def _paint_square(self, painter: QPainter, cell: QRectF, score: int, most: int) -> None:
        """0 is a small hollow square; above it size and shade grow together, so that it reads in grey."""
        share = score / most
        side = px(20) * (0.4 + 0.6 * share)
        box = QRectF(cell.center().x() - side / 2, cell.center().y() - side / 2, side, side)
        if score:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("fill" if share == 1 else f"ramp{min(5, 2 + round(share * 4.2))}"))
        else:
            painter.setPen(QPen(color("control"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, px(3), px(3))

    def _paint_latest(self, painter: QPainter, row: int, score: int, columns: int) -> None:
        painter.setFont(font(14, 600, tabular=True))
        painter.setPen(color("text"))
        box = QRectF(px(LABELS) + columns * px(COLUMN), row * px(ROW), px(24), px(ROW))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(score))

    def _paint_dates(self, painter: QPainter, answers: Sequence[Answers]) -> None:
        painter.setFont(font(12, tabular=True))
        painter.setPen(color("secondary"))
        free_from, y = 0.0, px(ROW) * len(self._form.items if self._form else ())
        for column, entry in enumerate(answers):
            text = near_day(entry.day, self._today)
            width = painter.fontMetrics().horizontalAdvance(text)
            left = max(0.0, self._cell(column, 0).center().x() - width / 2)
            if left >= free_from:
                painter.drawText(QRectF(left, y, width + px(4), px(FOOT)), Qt.AlignmentFlag.AlignVCenter, text)
                free_from = left + width + px(16)

    def point_at(self, at: tuple[int, int] | None) -> None:
        """Point at the square in a column and row, or at none."""
        if at == self._at:
            return
        self._at = at
        self.pointed.emit("" if at is None else self._words(*at))
        self.update()

    def _words(self, column: int, row: int) -> str:
        entry, item = self._shown()[column], (self._form.items if self._form else ())[row]
        score = (entry.items or ())[row]
        option = next(option for option in item.options if option.score == score)
        text = "" if option.text == str(score) else f", {option.text}"
        return f"{localised.short_day(entry.day)} · {item.short} {score}{text}"

    def _found(self, position: QPoint) -> tuple[int, int] | None:
        column, row = (position.x() - px(LABELS)) // px(COLUMN), position.y() // px(ROW)
        inside = 0 <= column < len(self._shown()) and 0 <= row < len(self._form.items if self._form else ())
        return (column, row) if inside and position.x() >= px(LABELS) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.point_at(self._found(event.position().toPoint()))

    def leaveEvent(self, event: object) -> None:
        self.point_at(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        result = self._found(event.position().toPoint())
        if result is not None:
            self.opened.emit(self._shown()[result[0]].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns, rows = len(self._shown()), len(self._form.items if self._form else ())
        if event.key() in ARROWS and columns:
            across, down = ARROWS[event.key()]
            column, row = self._at or (columns - 1 - across, 0 - down)
            self.point_at((max(0, min(columns - 1, column + across)), max(0, min(rows - 1, row + down))))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self.opened.emit(self._shown()[self._at[0]].id)
        elif event.key() == Qt.Key.Key_Escape and self._at is not None:
            self.point_at(None)
        else:
            super().keyPressEvent(event)
