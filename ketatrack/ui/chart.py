"""Shows a chart: draws it once into an image, and points at it over that image with mouse and keys.

matplotlib arrives with this module, on the first visit to a page with charts. The figure is drawn by its own Agg
canvas and kept as a QImage, so hovering never draws a chart again and no canvas outlives its widget.
"""

from bisect import bisect_left
from datetime import date
from uuid import UUID

from matplotlib.backends.backend_agg import FigureCanvasAgg
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ketatrack.charts.base import DARK, LIGHT, ChartStyle, Frame, Point, drawing
from ketatrack.charts.export import Picture
from ketatrack.charts.heat_map import HeatMap
from ketatrack.charts.journey import Journey
from ketatrack.charts.session_bars import SessionBars
from ketatrack.ui.theme.tokens import color, px, text_scale, theme

SETTLE_MS = 100
REACH = 24
NEAR_SESSION = 6
DRAG = 5
ZOOM_STEP = 1.25
Movable = Journey | SessionBars


def current_style() -> ChartStyle:
    """Return the chart style of the theme and text size that are shown now."""
    return (DARK if theme().is_dark else LIGHT).scaled(text_scale())


def render(picture: Picture, style: ChartStyle, size: QSize, ratio: float) -> QImage:
    """Return the chart as an image of `size` logical pixels on a screen with `ratio` device pixels to each."""
    with drawing():
        figure = picture.draw(style, size.width(), size.height())
        figure.set_dpi(72 * ratio)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        width, height = canvas.get_width_height(physical=True)
        buffer = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
        pixels = QImage(buffer, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
    pixels.setDevicePixelRatio(ratio)
    return pixels


class Chart(QWidget):
    """One chart. Left and Right step through readings, with Ctrl through sessions; Enter opens; + and - zoom.

    In a year of squares Up and Down step by a day, Left and Right by a week.
    What does not fit is reached by dragging, by turning the wheel sideways, and by stepping beyond the edge.

    `pointed` carries the words of what is pointed at ("" for nothing), `session_clicked` and `record_clicked`
    the id of what was opened.
    """

    pointed = Signal(str)
    session_clicked = Signal(UUID)
    record_clicked = Signal(UUID)

    def __init__(self) -> None:
        super().__init__()
        self._picture: Picture | None = None
        self._home: Picture | None = None
        self._image: QImage | None = None
        self._points: tuple[Point, ...] | None = None
        self._at: int | None = None
        self._pressed: QPointF | None = None
        self._grabbed: Movable | None = None
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(self._draw_again)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def picture(self) -> Picture | None:
        """What is shown now, at its present zoom."""
        return self._picture

    def show_picture(self, picture: Picture) -> None:
        """Show another chart, at the period it comes with; the same one again stays as it is, zoom and all."""
        if picture == self._home:
            return
        self._home = picture
        self.setFixedHeight(px(picture.height))
        self.setAccessibleName(picture.title)
        self._change(picture)

    def show_whole(self) -> None:
        """Show all there is, whatever period the chart came with."""
        if isinstance(self._picture, Journey):
            self._change(self._picture.between(self._picture.begin, self._picture.end))

    def sizeHint(self) -> QSize:
        return QSize(px(436), px(self._picture.height if self._picture else 244))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(300), px(100))

    def points(self) -> tuple[Point, ...]:
        """Return what can be pointed at now; worked out when first asked for."""
        if self._points is None:
            picture = self._picture
            self._points = picture.points(current_style(), self.width(), self.height()) if picture else ()
        return self._points

    def point_at(self, index: int | None) -> None:
        """Point at one of `points()`, or at nothing."""
        if index == self._at:
            return
        self._at = index
        self.pointed.emit("" if index is None else self.points()[index].words)
        self.update()

    def _change(self, picture: Picture) -> None:
        self._picture = picture
        self.setAccessibleDescription(picture.spoken())
        self._draw_again()

    def _draw_again(self) -> None:
        self._settling.stop()
        self._image = self._points = None
        self.point_at(None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture is None:
            return
        ratio = self.devicePixelRatioF()
        if self._image is None or self._image.devicePixelRatio() != ratio:
            self._image = render(self._picture, current_style(), self.size(), ratio)
        painter = QPainter(self)
        painter.drawImage(QPointF(0, 0), self._image)
        if self._at is not None:
            self._paint_pointer(painter, self.points()[self._at])
        painter.end()

    def _paint_pointer(self, painter: QPainter, point: Point) -> None:
        """One vertical line and one ringed point."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("text"), 1))
        picture = self._picture
        bottom = self._frame(picture).bottom if picture else 0
        top = point.y if point.stop else min(point.y, px(46) if isinstance(picture, Journey) else px(10))
        painter.drawLine(QPointF(point.x, top), QPointF(point.x, self.height() - bottom))
        painter.setPen(QPen(color("text"), px(1) + 0.5))
        painter.setBrush(Qt.BrushStyle.NoBrush if point.stop else color("card"))
        radius = px(7) if point.stop else px(4)
        painter.drawEllipse(QPointF(point.x, point.y), radius, radius)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._image is None:
            self._points = None
        else:  # the old image stays until the size has settled
            self._settling.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._picture is not None:
            self._draw_again()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and self._dragged(event.position()):
            return
        index = self._nearest(event.position())
        self.point_at(index)
        opens = index is not None and self._opened_by_click(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._grabbed = event.position(), None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._pressed, self._grabbed = self._grabbed is not None, None, None
        if event.button() == Qt.MouseButton.LeftButton and not dragged:
            self._open(self._opened_by_click(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, or without it once the chart has been clicked; sideways moves; else the page scrolls."""
        turned, sideways = event.angleDelta().y(), event.angleDelta().x()
        zooms = event.modifiers() & Qt.KeyboardModifier.ControlModifier or self.hasFocus()
        if sideways and isinstance(self._picture, Movable):
            self._move(self._picture, -sideways / 120 * 0.1)
        elif zooms and turned and isinstance(self._picture, Journey):
            self._zoom(ZOOM_STEP ** (-turned / 120), event.position().x())
        else:
            event.ignore()
            return
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if isinstance(self._picture, HeatMap) and self._step_square(self._picture, key):
            return
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if key == Qt.Key.Key_Right else -1, stops=control)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._at = None
            self._step(1 if key == Qt.Key.Key_Home else -1, stops=False)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self._open(self.points()[self._at])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus) and isinstance(self._picture, Journey):
            at = self.points()[self._at].x if self._at is not None else self.width() / 2
            self._zoom(ZOOM_STEP if key == Qt.Key.Key_Minus else 1 / ZOOM_STEP, at)
        elif key == Qt.Key.Key_Escape and self._at is not None:
            self.point_at(None)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int, stops: bool) -> None:
        """Point at the next reading (or session) in a direction; the first or last one from nowhere."""
        points = self.points()
        way = range(len(points)) if by > 0 else range(len(points) - 1, -1, -1)
        if self._at is not None:
            way = range(self._at + by, len(points) if by > 0 else -1, by)
        result = next((index for index in way if points[index].stop == stops), None)
        if result is None and isinstance(self._picture, SessionBars):
            result = self._step_beyond(self._picture, by)
        if result is None:
            return
        self._say_point(result)

    def _say_point(self, index: int) -> None:
        self.point_at(index)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _step_square(self, heat_map: HeatMap, key: int) -> bool:
        """Go to the square beside, above or below; False where `key` asks for something else or none is pointed at."""
        ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -heat_map.rows, Qt.Key.Key_Right: heat_map.rows}
        if self._at is None or key not in ways:
            return False
        to = self._at + ways[Qt.Key(key)]
        if 0 <= to < len(self.points()):
            self._say_point(to)
        return True

    def _step_beyond(self, session_bars: SessionBars, by: int) -> int | None:
        """Bring the next bar in at an edge; its place among the points, None where there is none."""
        frame = self._frame(session_bars)
        self._move(session_bars, by / (frame.last - frame.first))
        return None if self._picture is session_bars else (len(self.points()) - 1 if by > 0 else 0)

    def _frame(self, picture: Picture) -> Frame:
        return picture.frame(self.width(), self.height(), text_scale())

    def _nearest(self, position: QPointF) -> int | None:
        """Return the point nearest to the mouse; sessions in their lane, readings below it."""
        points = self.points()
        lane = isinstance(self._picture, Journey) and position.y() < px(46)
        reach = px(REACH)
        low = bisect_left(points, position.x() - reach, key=lambda point: point.x)
        best: tuple[float, float, int] | None = None
        for index in range(low, len(points)):
            point = points[index]
            if point.x > position.x() + reach:
                break
            if point.stop == lane:
                away = (round(abs(point.x - position.x())), abs(point.y - position.y()), index)
                best = away if best is None else min(best, away)
        return best[2] if best else None

    def _opened_by_click(self, position: QPointF) -> Point | None:
        """Return what a click there opens: a session at its mark, a record under the mouse, or a bar's session."""
        index = self._nearest(position)
        nearest = self.points()[index] if index is not None else None
        if not isinstance(self._picture, Journey):
            return nearest if nearest is not None and nearest.session is not None else None
        if nearest is not None and nearest.record is not None and abs(nearest.x - position.x()) <= px(NEAR_SESSION):
            return nearest
        marks = [point for point in self.points() if point.stop and abs(point.x - position.x()) <= px(NEAR_SESSION)]
        return min(marks, key=lambda point: abs(point.x - position.x()), default=None)

    def _open(self, point: Point | None) -> None:
        if point is None:
            return
        if point.record is not None:
            self.record_clicked.emit(point.record)
        elif point.session is not None:
            self.session_clicked.emit(point.session)

    def _dragged(self, position: QPointF) -> bool:
        """Move the period along with the mouse; False while it has hardly moved."""
        if self._pressed is None or not isinstance(self._picture, Movable):
            return False
        moved = position.x() - self._pressed.x()
        if self._grabbed is None and abs(moved) < px(DRAG):
            return False
        self._grabbed = self._grabbed or self._picture
        self._move(self._grabbed, -moved / self._frame(self._grabbed).plot_width)
        return True

    def _move(self, movable: Movable, share: float) -> None:
        """Show what lies `share` of the width later."""
        self._change_if_new(movable.moved(share, self._frame(movable)))

    def _zoom(self, factor: float, x: float) -> None:
        """Make the period `factor` times as long, around the day at px `x`."""
        picture = self._picture
        if isinstance(picture, Journey):
            fixed = self._frame(picture).value_at(x)
            first, last = picture.first.toordinal(), picture.last.toordinal()
            self._between(picture, fixed - (fixed - first) * factor, fixed + (last - fixed) * factor)

    def _between(self, journey: Journey, first: float, last: float) -> None:
        self._change_if_new(journey.between(*(date.fromordinal(max(1, round(day))) for day in (first, last))))

    def _change_if_new(self, picture: Picture) -> None:
        if picture != self._picture:
            self._change(picture)
