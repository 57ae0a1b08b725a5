"""Thirty days of one rating in small: a line with gaps where nothing was entered, session marks, shaded relief."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ketatrack.i18n import translate
from ketatrack.ui import words
from ketatrack.ui.fonts import font
from ketatrack.ui.tokens import color, px

DAYS = 30


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Sparkline", text, n)


class Sparkline(QWidget):
    """A rating from 0 to 10 over the last 30 days up to `last`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._last = date(2000, 1, 30)
        self._values: Mapping[date, float] = {}
        self._sessions: Sequence[date] = ()
        self._relief: Sequence[tuple[date, date]] = ()

    def sizeHint(self) -> QSize:
        return QSize(px(240), px(108))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), px(108))

    def show_days(
        self,
        last: date,
        values: Mapping[date, float],
        sessions: Sequence[date] = (),
        relief: Sequence[tuple[date, date]] = (),
        said: str = "",
    ) -> None:
        """Show `values` (0-10 by day), the days of sessions and (first, last) days in relief.

        `said` is what a screen reader reads instead of the picture.
        """
        self._last, self._values, self._sessions, self._relief = last, values, sessions, relief
        self.setAccessibleDescription(said)
        self.update()

    def _x(self, day: date) -> float:
        left, right = px(22), self.width() - px(8)
        return left + (right - left) * (DAYS - 1 - (self._last - day).days) / (DAYS - 1)

    def _y(self, value: float) -> float:
        top, bottom = px(12), self.height() - px(20)
        return bottom - (bottom - top) * value / 10

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = self._last - timedelta(days=DAYS - 1)
        for begin, end in self._relief:
            if end >= first and begin <= self._last:
                left, right = self._x(max(begin, first)), self._x(min(end, self._last))
                painter.fillRect(QRectF(left, self._y(10), right - left, self._y(0) - self._y(10)), color("soft"))
        self._paint_frame(painter, first)
        self._paint_line(painter, first)
        self._paint_sessions(painter, first)
        painter.end()

    def _paint_frame(self, painter: QPainter, first: date) -> None:
        painter.setFont(font(12, tabular=True))
        for value in (0, 10):
            y = self._y(value)
            painter.fillRect(QRectF(px(22), round(y), self.width() - px(30), 1), color("hairline"))
            painter.setPen(color("secondary"))
            box = QRectF(0, y - px(9), px(15), px(18))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(value))
        foot = QRectF(px(22), self.height() - px(16), self.width() - px(22), px(16))
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words.day_and_month(first))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tr("today"))

    def _paint_line(self, painter: QPainter, first: date) -> None:
        pen = QPen(color("accent"), px(2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for run in _runs(self._values, first, self._last):
            points = [QPointF(self._x(day), self._y(self._values[day])) for day in run]
            if len(points) == 1:  # a single day is a short dash, else it would not be seen
                points = [points[0] - QPointF(px(3), 0), points[0] + QPointF(px(3), 0)]
            painter.drawPolyline(QPolygonF(points))
        if self._last in self._values:
            painter.setPen(QPen(color("card"), px(2)))
            painter.setBrush(color("accent"))
            painter.drawEllipse(QPointF(self._x(self._last), self._y(self._values[self._last])), px(5), px(5))

    def _paint_sessions(self, painter: QPainter, first: date) -> None:
        shown = [day for day in sorted(self._sessions) if first <= day <= self._last]
        for day in shown:
            x, top = self._x(day), self._y(10)
            painter.setPen(QPen(color("mark"), px(1.5)))
            painter.drawLine(QPointF(x, top), QPointF(x, self._y(0)))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("mark"))
            half = px(4)
            painter.drawPolygon(
                QPolygonF([QPointF(x - half, top - px(10)), QPointF(x + half, top - px(10)), QPointF(x, top - px(2))])
            )
        if shown:
            self._name_session(painter, shown[-1])

    def _name_session(self, painter: QPainter, day: date) -> None:
        """The latest session's date below its line, where it does not meet the words at both ends."""
        painter.setFont(font(12, tabular=True))
        width, x = painter.fontMetrics().horizontalAdvance(words.day_and_month(day)), self._x(day)
        left_end = px(22) + painter.fontMetrics().horizontalAdvance("30 Sept") + px(6)
        right_end = self.width() - painter.fontMetrics().horizontalAdvance(tr("today")) - px(6)
        if left_end <= x - width / 2 and x + width / 2 <= right_end:
            painter.setPen(color("mark"))
            box = QRectF(x - width / 2 - 2, self.height() - px(16), width + 4, px(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words.day_and_month(day))


def _runs(values: Mapping[date, float], first: date, last: date) -> list[list[date]]:
    """Days with a value, as runs without a gap."""
    runs: list[list[date]] = []
    for day in sorted(day for day in values if first <= day <= last):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs
