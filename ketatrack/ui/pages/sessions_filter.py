"""The line above the Sessions table: find words, and show some sessions only."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from ketatrack.i18n import translate
from ketatrack.models import labels
from ketatrack.models.periods import months_before
from ketatrack.models.records import Session
from ketatrack.models.values import Phase, Reason, Route
from ketatrack.ui import icons
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.choice import Choice
from ketatrack.ui.widgets.flow import FlowLayout
from ketatrack.ui.widgets.labels import label


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Sessions", text, n)


class SessionsFilter(QWidget):
    """`changed` tells that other sessions pass."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.search = _Search()
        self.search.setAccessibleName(tr("Find in notes, people"))
        self.search.setPlaceholderText(tr("Find in notes, people"))
        self.search.setMinimumWidth(px(216))
        self.search.textChanged.connect(lambda _text: self.changed.emit())
        self._time = Choice(tr("Time"), [
            (None, tr("All time")), (1, tr("Last month")), (3, tr("Last 3 months")), (12, tr("Last year")),
        ])  # fmt: skip
        self._phase = Choice(tr("Phase"), [(None, tr("All phases")), *[(p, labels.phase(p)) for p in Phase]])
        routes = [(route, labels.short_route(route)) for route in Route]
        self._route = Choice(tr("Route"), [(None, tr("All routes")), *routes])
        self._reason = Choice(tr("Reason"), [(None, tr("Any reason")), *[(r, labels.reason(r)) for r in Reason]])
        self.count = label("", "secondary")
        self.count.setMinimumHeight(px(36))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        holder = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        row.addWidget(holder, 1)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        flow = FlowLayout(holder)
        flow.addWidget(self.search)
        for choice in (self._time, self._phase, self._route, self._reason):
            choice.changed.connect(lambda _value: self.changed.emit())
            flow.addWidget(choice)
        self._add_shortcut()

    def _add_shortcut(self) -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
        action.triggered.connect(self.search.setFocus)
        self.addAction(action)

    def passes(self, session: Session) -> bool:
        """Whether a session is among those asked for."""
        months = self._time.value
        if isinstance(months, int) and session.day < months_before(self._today(), months):
            return False
        wanted = ((self._phase, session.phase), (self._route, session.route), (self._reason, session.reason))
        if any(choice.value not in (None, has) for choice, has in wanted):
            return False
        searched = self.search.text().casefold().split()
        hay = _words_of(session).casefold() if searched else ""
        return all(word in hay for word in searched)

    def clear(self) -> None:
        """Let every session pass."""
        self.search.clear()
        for choice in (self._time, self._phase, self._route, self._reason):
            choice.value = None
        self.changed.emit()


class _Search(QLineEdit):
    """A line to type into, with a lens that grows with the text."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextMargins(px(26), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = px(16)
        icons.paint(painter, "search", QRectF(px(8), (self.height() - side) / 2, side, side), "secondary")
        painter.end()


def _words_of(session: Session) -> str:
    told = (session.notes, session.intention, session.provider, session.taken_home_by)
    return "\n".join((*told, *labels.side_effects(session), *labels.medicines(session)))
