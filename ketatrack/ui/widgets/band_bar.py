"""The severity bands of a questionnaire as one bar, with markers for the score now and before."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ketatrack.models.instruments import Band
from ketatrack.ui.fonts import font
from ketatrack.ui.tokens import color, px


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
        for marker in sorted(self._markers, key=lambda each: not each.filled):
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
