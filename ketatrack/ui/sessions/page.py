"""The Sessions page: every session as a row with what it did, to find, filter, sort, open, copy and delete."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from ketatrack.diary import reading
from ketatrack.i18n import _, ngettext
from ketatrack.models import labels, safety
from ketatrack.models.records import Draft, Session
from ketatrack.models.relief_records import RELIEF_KINDS
from ketatrack.ui import jobs, localised
from ketatrack.ui.editor import Editor
from ketatrack.ui.page import Page
from ketatrack.ui.sessions import draft
from ketatrack.ui.sessions import table as say
from ketatrack.ui.sessions.draft import UnsavedSession
from ketatrack.ui.sessions.table import (
    DOSE_COLUMN,
    DRUG_COLUMN,
    PHASE_COLUMN,
    RELIEF_COLUMN,
    WHY_COLUMN,
    ReliefBySession,
    SessionRow,
    SessionsFilter,
    columns,
    load_relief_by_session,
    relief_header,
    when,
)
from ketatrack.ui.theme.tokens import color, px
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import primary, quiet, secondary
from ketatrack.ui.widgets.cards import Card, hairline
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import FlowLayout
from ketatrack.ui.widgets.table import ColumnModel, TableView

FREQUENCY_DAYS = 30


class NoSessions(QWidget):
    """Asks to log a session or to bring in older notes."""

    log = Signal()
    import_notes = Signal()

    def __init__(self) -> None:
        super().__init__()
        words = label(
            _(
                "Each session you write down becomes one row here: when it was, how you took it, and how long relief "
                "lasted afterwards. A date and a route are enough to begin."
            ),
            "secondary",
            wrap=True,
        )
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setMaximumWidth(px(450))
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.log_button, self.bring_button = (
            primary(_("Log a session"), "plus"),
            secondary(_("Bring in older notes…")),
        )
        self.log_button.clicked.connect(self.log)
        self.bring_button.clicked.connect(self.import_notes)
        buttons = hbox(Stretch(), self.log_button, self.bring_button, Stretch(), gap=12)
        vbox(
            _centred(SessionsSketch()),
            28,
            _centred(label(_("No sessions yet"), "title")),
            4,
            _centred(words, 100),
            30,
            buttons,
            20,
            _centred(label(_("Ctrl+N logs a session from any page."), "hint")),
            Stretch(),
            gap=0,
            margins=(0, 100, 0, 24),
            of=self,
        )


class SessionsSketch(QWidget):
    """Three rows as they will look: a session mark, words, and how long relief lasted."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(px(280), px(132)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("hairline"), 1))
        painter.setBrush(color("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(12), px(12))
        painter.scale(px(100) / 100, px(100) / 100)
        for row, (days, open_end) in enumerate(((80, True), (52, False), (66, False))):
            self._paint_row(painter, 30 + 36 * row, days, open_end)
            if row < 2:
                painter.fillRect(QRectF(16, 47.5 + 36 * row, 248, 1), color("hairline"))
        painter.end()

    def _paint_row(self, painter: QPainter, y: float, days: float, open_end: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("mark"))
        painter.drawPolygon(QPolygonF([QPointF(19.5, y - 4), QPointF(28.5, y - 4), QPointF(24, y + 4)]))
        painter.setBrush(color("groove"))
        painter.drawRoundedRect(QRectF(44, y - 3, 52, 6), 3, 3)
        painter.drawRoundedRect(QRectF(112, y - 3, 36, 6), 3, 3)
        painter.fillRect(QRectF(168, y - 3.5, days, 7), color("ramp3"))
        if open_end:
            for stroke in range(3):
                painter.fillRect(QRectF(168 + days + 2 + 4 * stroke, y - 3.5, 2, 7), color("ramp3"))


def _centred(widget: QWidget, share: int = 0) -> QHBoxLayout:
    row = hbox(Stretch())
    row.addWidget(widget, share)
    row.addStretch(1)
    return row


class SessionsPage(Page):
    """Every session as a row, newest first; relief follows when it is worked out."""

    shows = RELIEF_KINDS | {Draft}

    def __init__(self, editor: Editor) -> None:
        super().__init__(_("Sessions"))
        self._editor = editor
        self._sessions: tuple[Session, ...] = ()
        self._phases: dict[UUID, str] = {}
        self._latest = jobs.Latest(self)
        self._relief: ReliefBySession | None = None
        self.model = ColumnModel[SessionRow](self)
        self.model.show(columns(None), ())
        self._build_head()
        self.unsaved = UnsavedSession()
        self.unsaved.go_on.connect(self.open_session)
        self.body.addWidget(self.unsaved)
        self.filter = SessionsFilter(editor.today)
        self.filter.changed.connect(self._show_rows)
        self.body.addWidget(self.filter)
        self._card = Card(padding=8)
        self._card.body.setContentsMargins(px(8), 0, px(8), 0)
        self._card.body.setSpacing(0)
        self.table = self._make_table()
        self._card.body.addWidget(self.table)
        self._nothing = label("", "secondary", wrap=True)
        self._nothing.setContentsMargins(px(8), px(16), px(8), px(16))
        self._card.body.addWidget(self._nothing)
        self._foot = self._make_totals()
        self._card.body.addWidget(self._foot)
        self.body.addWidget(self._card)
        self.empty = NoSessions()
        self.empty.log.connect(lambda: self.open_session.emit(None))
        self.empty.import_notes.connect(self.import_notes)
        self.body.addWidget(self.empty)
        self._show_some(False)

    def _build_head(self) -> None:
        self.duplicate_button = quiet(_("Duplicate last"), "copy")
        self.duplicate_button.clicked.connect(self.copy_session)
        self.delete_button = quiet(_("Delete"), "trash")
        self.delete_button.clicked.connect(self.delete_chosen)
        self.log_button = primary(_("Log a session"), "plus")
        self.log_button.clicked.connect(lambda: self.open_session.emit(None))
        for button in (self.delete_button, self.duplicate_button, self.log_button):
            self.title_row.addWidget(button)

    def _make_table(self) -> TableView:
        table = TableView(_("Sessions"))
        table.setModel(self.model)
        table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
        table.setSortingEnabled(True)
        table.opened.connect(self._open)
        table.selectionModel().selectionChanged.connect(lambda *_: self._name_delete())
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._show_menu)
        delete = QAction(_("Delete"), table)
        delete.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        delete.triggered.connect(self.delete_chosen)
        table.addAction(delete)
        return table

    def _make_totals(self) -> QWidget:
        self._totals = [label("", "strong"), label("", "secondary"), label("", "secondary"), label("", "secondary")]
        holder = QWidget()
        left = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        left.setSizePolicy(policy)
        flow = FlowLayout(left, gap=4)
        for words_label in self._totals:
            words_label.setContentsMargins(0, 0, px(20), 0)
            flow.addWidget(words_label)
        vbox(hairline(), hbox((left, 1), margins=(8, 8, 8, 10)), gap=0, margins=0, of=holder)
        return holder

    def refresh(self) -> None:
        """Read the sessions again; relief follows as soon as it is worked out."""
        with self._editor.diary.read() as connection:
            self._sessions = reading.sessions(connection)
        self._phases = say.phases_in_words(self._sessions)
        self.unsaved.refresh(self._editor.diary)
        self._show_some(bool(self._sessions))
        if not self._sessions:
            return
        self._show_totals()
        self._show_rows()
        self._fit_columns()
        diary, today = self._editor.diary, self._editor.today()
        self._latest.run(lambda: load_relief_by_session(diary, today), self._show_relief)

    def _show_relief(self, relief_by_session: ReliefBySession) -> None:
        self._relief = relief_by_session
        self.model.show_columns(columns(self._relief))
        self._fit_columns()

    def _show_some(self, any_there: bool) -> None:
        for part in (self.filter, self._card, self.log_button, self.duplicate_button, self.delete_button):
            part.setVisible(any_there)
        self.empty.setVisible(not any_there)

    def _show_rows(self) -> None:
        chosen = {session.id for session in self.chosen()}
        passing = [session for session in self._sessions if self.filter.passes(session)]
        newest_first = sorted(passing, key=when, reverse=True)
        self.model.show(
            columns(self._relief), [SessionRow(session, self._phases[session.id]) for session in newest_first]
        )
        for at, row in enumerate(self.model.rows):
            if row.session.id in chosen:
                self.table.selectRow(at)
        self.filter.count.setText(
            ngettext("{n} of {all} session", "{n} of {all} sessions", len(self._sessions)).format(
                n=len(passing), all=len(self._sessions)
            )
        )
        self._nothing.setVisible(not passing)
        self._nothing.setText("" if passing else _("No session is like that. All of them are still here."))
        self.table.setVisible(bool(passing))
        self._fit_height()
        self._name_delete()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def reflow(self) -> None:
        """Drop columns where there is no room for them; the sheet shows everything."""
        narrow, compact = self.narrow(), self.compact()
        for column, hidden in (
            (DRUG_COLUMN, compact),
            (PHASE_COLUMN, narrow),
            (DOSE_COLUMN, narrow),
            (WHY_COLUMN, narrow),
        ):
            self.table.setColumnHidden(column, hidden)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Each column as wide as its longest words; relief has its bar where there is room."""
        rows = [SessionRow(session, self._phases[session.id]) for session in self._sessions]
        relief = self.table.widest((_("00 d or longer"), _("part of the course"), relief_header(self._relief)))
        widest = [self.table.widest({column.text(row) for row in rows}) for column in columns(self._relief)]
        widest[RELIEF_COLUMN] = relief
        self.table.fit_columns(WHY_COLUMN, widest)
        if not self.compact():
            self.table.set_least_width(RELIEF_COLUMN, self.table.words_width(relief) + px(10 + 76))

    def _fit_height(self) -> None:
        """As high as its rows, but not higher than the window: then the rows scroll and head and totals stay."""
        least, rows = px(40 + 6 * 38), px(40) + len(self.model.rows) * px(38) + 2
        self.table.setFixedHeight(least)
        view, layout = self.area.viewport(), self.content.layout()
        if layout is not None and self._sessions:
            others = layout.totalHeightForWidth(view.width()) - least
            self.table.setFixedHeight(min(rows, max(view.height() - others, least)))

    def _show_totals(self) -> None:
        oldest, count = self._sessions[0], len(self._sessions)
        routes = Counter(session.route for session in self._sessions)
        since = localised.full_day(oldest.day)
        first, by_route, lately, highest = self._totals
        many = ngettext("{n} session since {day}", "{n} sessions since {day}", count)
        first.setText(many.format(n=count, day=since))
        by_route.setText(", ".join(f"{n} {labels.route_in_text(r)}" for r, n in routes.most_common()))
        lately.setText(self._frequency())
        peaks = [(s.peak_pressure, s.day) for s in self._sessions if s.peak_pressure is not None]
        if peaks:
            (upper, lower), day = max(peaks)
            peak = _("Highest BP {upper}/{lower}, {day}")
            highest.setText(peak.format(upper=upper, lower=lower, day=localised.day_and_month(day)))
        highest.setVisible(bool(peaks))

    def _frequency(self) -> str:
        """How many sessions there were in the last 30 days, beside the person's own plan."""
        begin, end = self._editor.today() - timedelta(days=FREQUENCY_DAYS), self._editor.today()
        count = sum(begin < session.day <= end for session in self._sessions)
        return safety.frequency_note(count, self._editor.settings.planned_sessions) or _(
            "{n} in the last 30 days"
        ).format(n=count)

    def chosen(self) -> list[Session]:
        """Return the sessions of the chosen rows."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.model.rows[row].session for row in rows]

    def _open(self, index: QModelIndex) -> None:
        self.open_session.emit(self.model.rows[index.row()].session)

    def _name_delete(self) -> None:
        count = len(self.chosen())
        self.delete_button.setVisible(count > 0)

    def delete_chosen(self) -> None:
        """Delete the chosen sessions as one step that can be taken back."""
        chosen = self.chosen()
        if chosen:
            name = ngettext("Delete session", "Delete {n} sessions", len(chosen)).format(n=len(chosen))
            gone: list[Session | Draft] = [*chosen, *self._drafts_of(chosen)]
            self._editor.edit(name, [(record, None) for record in gone])

    def _drafts_of(self, chosen: list[Session]) -> list[Draft]:
        """Return what was typed into these sessions and not saved: nothing could open it once they are gone."""
        ids = {session.id for session in chosen}
        with self._editor.diary.read() as connection:
            drafts = [record for record in reading.drafts(connection) if record.kind == draft.KIND]
        return [record for record in drafts if draft.from_json(record.payload)[0].get("id") in ids]

    def _show_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(self.chosen()) == 1:
            menu.addAction(_("Open"), lambda: self.open_session.emit(self.chosen()[0]))
        menu.addAction(_("Copy"), self.table.copy)
        menu.addAction(_("Delete"), self.delete_chosen)
        menu.popup(self.table.viewport().mapToGlobal(where))
