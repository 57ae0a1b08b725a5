"""Small painted pictures: a score in its band, a range of dots, thirty days of one rating."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ketatrack.i18n import _
from ketatrack.models.instruments import Band
from ketatrack.ui import localised
from ketatrack.ui.theme.fonts import font
from ketatrack.ui.theme.tokens import color, px

DAYS = 30


@dataclass(frozen=True, slots=True)
class Marker:
    """A score on the bar: the one that counts now is filled, an earlier one is open."""

    score: int
    words: str
    filled: bool


class BandBar(QWidget):
    """Bands from 0 to `maximum`, each as wide as the scores it holds, with name and range."""

    def __init__(self, name: str, bands: Sequence[Band], maximum: int) -> None:
        super().__init__()
        self._bands, self._maximum = tuple(bands), maximum
        self._markers: tuple[Marker, ...] = ()
        self._name = name
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(520), px(92))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(320), px(92))

    def set_markers(self, markers: Sequence[Marker]) -> None:
        """Show these scores; the bar of the filled one has a semi-bold name."""
        self._markers = tuple(markers)
        self.setAccessibleName(", ".join([self._name, *(marker.words for marker in markers)]))
        self.update()

    def _x(self, score: float) -> float:
        return self.width() * score / (self._maximum + 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(0, px(34), self.width(), px(32))
        round_off = QPainterPath()
        round_off.addRoundedRect(bar, px(6), px(6))
        painter.setClipPath(round_off)
        for step, band in enumerate(self._bands, start=1 + (5 - len(self._bands) > 1)):
            left, right = self._x(band.low), self._x(band.high + 1)
            painter.fillRect(QRectF(left, bar.y(), right - left - 1, bar.height()), color(f"ramp{min(step, 5)}"))
        painter.setClipping(False)
        for band in self._bands:
            self._paint_words(painter, band, bar)
        self._paint_markers(painter, bar.top())
        painter.end()

    def _paint_words(self, painter: QPainter, band: Band, bar: QRectF) -> None:
        here = any(marker.filled and band.low <= marker.score <= band.high for marker in self._markers)
        left, width = self._x(band.low), self._x(band.high + 1) - self._x(band.low)
        painter.setFont(font(12, 600 if here else 400))
        painter.setPen(color("text"))
        fits = painter.fontMetrics().horizontalAdvance(band.name) <= width - px(8)
        short = band.name if fits else band.name.replace("moderately", "mod.")
        name = painter.fontMetrics().elidedText(short, Qt.TextElideMode.ElideRight, int(width) - px(4))
        painter.drawText(QRectF(left, bar.y(), width, bar.height()), Qt.AlignmentFlag.AlignCenter, name)
        painter.setFont(font(12, tabular=True))
        painter.setPen(color("secondary"))
        below = QRectF(left, bar.bottom() + px(2), width, px(22))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"{band.low}–{band.high}")

    def _paint_markers(self, painter: QPainter, bottom: float) -> None:
        taken: list[QRectF] = []
        for marker in sorted(self._markers, key=lambda mark: not mark.filled):
            x, token = self._x(marker.score + 0.5), "accent" if marker.filled else "secondary"
            half, top = px(6), bottom - px(11)
            corners = QPolygonF([QPointF(x - half, top), QPointF(x + half, top), QPointF(x, bottom - px(3))])
            painter.setPen(QPen(color(token), 1.4))
            painter.setBrush(color("accent") if marker.filled else Qt.BrushStyle.NoBrush)
            painter.drawPolygon(corners)
            painter.setFont(font(12, 600 if marker.filled else 400))
            width = painter.fontMetrics().horizontalAdvance(marker.words) + px(4)
            box = QRectF(max(0.0, min(x - width / 2, self.width() - width)), 0, width, px(20))
            for other in taken:
                if box.intersects(other):  # two scores close together: the earlier one's words stand aside
                    box.moveLeft(other.right() + px(8) if marker.score >= 0 else other.left())
                    if box.right() > self.width() or box.center().x() < x - width:
                        box.moveRight(other.left() - px(8))
            taken.append(box)
            painter.setPen(color(token))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, marker.words)


class DotRange(QWidget):
    """Shows `value` between `low` and `high`; `ends` are the words at both ends of the line, `middle` at zero."""

    def __init__(self, low: float, value: float, high: float, ends: tuple[str, str], middle: str) -> None:
        super().__init__()
        self._numbers, self._middle = (low, value, high), middle
        self._reach = max(abs(low), abs(high), abs(value), 0.1) * 1.25
        self._ends = tuple(f"{self._reach:.1f} {end}" for end in ends)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{ends[0]} … {middle} … {ends[1]}: {value:.1f} ({low:.1f} – {high:.1f})")

    def sizeHint(self) -> QSize:
        return QSize(px(264), px(44))

    def _x(self, value: float) -> float:
        return self.width() * (0.5 + 0.5 * value / self._reach)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, value, high = self._numbers
        y = px(12)
        painter.setPen(QPen(color("secondary"), 1))
        painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        painter.drawLine(QPointF(self._x(0), y - px(7)), QPointF(self._x(0), y + px(7)))
        painter.setPen(QPen(color("text"), px(3)))
        painter.drawLine(QPointF(self._x(low), y), QPointF(self._x(high), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("text"))
        painter.drawEllipse(QPointF(self._x(value), y), px(5), px(5))
        painter.setPen(color("secondary"))
        painter.setFont(font(12))
        box = self.rect().adjusted(0, px(24), 0, 0)
        for words, where in zip(
            (self._ends[0], self._middle, self._ends[1]),
            (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight),
            strict=True,
        ):
            painter.drawText(box, where | Qt.AlignmentFlag.AlignTop, words)
        painter.end()


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
        text: str = "",
    ) -> None:
        """Show `values` (0-10 by day), the days of sessions and (first, last) days in relief.

        `text` is what a screen reader reads instead of the picture.
        """
        self._last, self._values, self._sessions, self._relief = last, values, sessions, relief
        self.setAccessibleDescription(text)
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
        painter.drawText(
            foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, localised.day_and_month(first)
        )
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _("today"))

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
        days = [day for day in sorted(self._sessions) if first <= day <= self._last]
        for day in days:
            x, top = self._x(day), self._y(10)
            painter.setPen(QPen(color("mark"), px(1.5)))
            painter.drawLine(QPointF(x, top), QPointF(x, self._y(0)))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("mark"))
            half = px(4)
            painter.drawPolygon(
                QPolygonF([QPointF(x - half, top - px(10)), QPointF(x + half, top - px(10)), QPointF(x, top - px(2))])
            )
        if days:
            self._name_session(painter, days[-1])

    def _name_session(self, painter: QPainter, day: date) -> None:
        """Write the latest session's date below its line, where it does not meet the words at both ends."""
        painter.setFont(font(12, tabular=True))
        width, x = painter.fontMetrics().horizontalAdvance(localised.day_and_month(day)), self._x(day)
        left_end = px(22) + painter.fontMetrics().horizontalAdvance("30 Sept") + px(6)
        right_end = self.width() - painter.fontMetrics().horizontalAdvance(_("today")) - px(6)
        if left_end <= x - width / 2 and x + width / 2 <= right_end:
            painter.setPen(color("mark"))
            box = QRectF(x - width / 2 - 2, self.height() - px(16), width + 4, px(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, localised.day_and_month(day))


def _runs(values: Mapping[date, float], first: date, last: date) -> list[list[date]]:
    """Days with a value, as runs without a gap."""
    runs: list[list[date]] = []
    for day in sorted(day for day in values if first <= day <= last):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs
