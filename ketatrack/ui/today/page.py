"""Today: the day's check-ins at the left; at the right where one is since the last session, and what is next."""

from datetime import date, time, timedelta
from uuid import UUID

from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QBoxLayout, QCalendarWidget, QMenu, QVBoxLayout, QWidget, QWidgetAction

from ketatrack.diary import reading
from ketatrack.errors import KetaTrackError
from ketatrack.i18n import _, ngettext
from ketatrack.models.records import Appointment, CheckIn, Draft, EarlySign, Tracked
from ketatrack.models.relief_records import RELIEF_KINDS
from ketatrack.ui import jobs, localised
from ketatrack.ui.editor import Editor
from ketatrack.ui.page import Page
from ketatrack.ui.sessions.draft import UnsavedSession
from ketatrack.ui.theme.tokens import color, px
from ketatrack.ui.today.cards import AppointmentCard, SinceCard, WeekCard, load_since
from ketatrack.ui.today.check_in import CheckInSheet, SummaryRow
from ketatrack.ui.unsaved import commit_all, holders
from ketatrack.ui.widgets.boxes import vbox
from ketatrack.ui.widgets.buttons import big, icon_button, secondary
from ketatrack.ui.widgets.cards import Icon
from ketatrack.ui.widgets.labels import label, set_role
from ketatrack.ui.widgets.layout import ANY_WIDTH


class TodayPage(Page):
    """One diary day, today or an earlier one."""

    shows = RELIEF_KINDS | {Appointment, Draft, EarlySign}

    def __init__(self, editor: Editor) -> None:
        super().__init__(_("Today"))
        self.editor = editor
        self._day = editor.today()
        self._was_today = self._day
        self._opened: UUID | None = None
        self._adding = False
        self._tracked: tuple[Tracked, ...] = ()
        self._shown: tuple[object, ...] = ()
        self._latest = jobs.Latest(self)
        self.sheet: CheckInSheet | None = None
        self._make_title_row()
        self._left = vbox(gap=16)
        self._foot = _saved_words()
        self.log = big(_("Log a session"), "plus")
        self.log.clicked.connect(lambda: self.open_session.emit(self.day))
        self.since, self.week, self.appointment = SinceCard(), WeekCard(), AppointmentCard()
        self.week.start.connect(self.start_questionnaire)
        self.appointment.edit.connect(self._edit_appointment)
        self._right = QWidget()
        right = vbox(self.since, self.week, self.appointment, gap=16, margins=0, of=self._right)
        right.insertWidget(0, self.log)
        right.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(24))
        self._columns.addLayout(self._left, 1)
        self._columns.addWidget(self._right)
        self.unsaved = UnsavedSession()
        self.unsaved.go_on.connect(self.open_session)
        self.body.addWidget(self.unsaved)
        self.body.addLayout(self._columns)
        self.reflow()

    def _make_title_row(self) -> None:
        self.back_to_today = secondary(_("Back to today"))
        self.back_to_today.clicked.connect(self._go_back_to_today)
        self.back_to_today.hide()
        back = icon_button("chevron-left", _("The day before"))
        back.clicked.connect(lambda: self.show_day(self._day - timedelta(days=1)))
        calendar = icon_button("calendar", _("Choose a day"))
        calendar.clicked.connect(lambda: self._show_calendar(calendar))
        self.forward = icon_button("chevron-right", _("The day after"))
        self.forward.clicked.connect(lambda: self.show_day(self._day + timedelta(days=1)))
        self._day_buttons = (back, calendar, self.forward)
        for button in self._day_buttons:
            self.title_row.addWidget(button)

    def reflow(self) -> None:
        one_column = self.narrow()
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if one_column else QBoxLayout.Direction.LeftToRight)
        right = self._right.layout()
        assert right is not None
        if one_column:
            self.body.insertWidget(0, self.back_to_today, 0, Qt.AlignmentFlag.AlignLeft)
            self.body.insertWidget(2, self.log)
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(ANY_WIDTH)
        else:
            assert isinstance(right, QVBoxLayout)
            right.insertWidget(0, self.log)
            self.title_row.insertWidget(self.title_row.indexOf(self._day_buttons[0]), self.back_to_today)
            width = px(256 if self.compact() else 304)
            self._right.setMinimumWidth(width)
            self._right.setMaximumWidth(max(width, self._right.minimumSizeHint().width()))
        padding = 20 if self.compact() else 24
        self.since.set_compact(self.compact())
        for card in (self.week, self.appointment):
            card.set_padding(padding)
        other_shape = self.sheet is not None and self.sheet.shape != (self.compact(), self.narrow())
        if other_shape and not commit_all(self):
            self._shown = ()
            self._show_entries()

    # The day

    @property
    def day(self) -> date:
        """The diary day that is shown."""
        return self._day

    def show_day(self, day: date) -> None:
        """Go to another day; not later than today."""
        if not self.may_leave():
            return
        self._day = min(day, self.editor.today())
        self._opened, self._adding = None, False
        self._show_entries()

    def show_beginning(self) -> None:
        """Go to today, whichever day was shown."""
        if self._day != self.editor.today():
            self.show_day(self.editor.today())

    def _go_back_to_today(self) -> None:
        self.show_beginning()
        self.focus_first()

    def refresh(self) -> None:
        self._look_at_the_clock()
        self._show_entries()
        today = self.editor.today()
        with self.editor.diary.read() as connection:
            latest = reading.latest_answers(connection)
            drafts = [draft.kind.partition(":")[2] for draft in reading.drafts(connection)]
            self.appointment.show_next(reading.appointments(connection), today)
        self.unsaved.refresh(self.editor.diary)
        self.week.show_week(self.editor.settings, latest, drafts, today)
        diary = self.editor.diary
        self._latest.run(lambda: load_since(diary, today), self.since.show_since, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KetaTrackError):
            raise error
        self.since.sentence.setText(str(error))

    def _look_at_the_clock(self) -> None:
        """Past the day's start a page that showed today shows the new today."""
        today = self.editor.today()
        if self._was_today != today:
            follow = self._day == self._was_today or self._day > today
            self._was_today = today
            if follow:
                self.show_day(today)

    def _show_entries(self) -> None:
        with self.editor.diary.read() as connection:
            entries = reading.check_ins(connection, self._day, self._day)
            tracked = tuple(item for item in reading.tracked(connection) if not item.archived)
        today = self.editor.today()
        self._name_day(today)
        chosen = self._chosen(entries)
        content = (self._day, tracked, tuple(entry for entry in entries if entry is not chosen), bool(chosen))
        identity = chosen.id if chosen else None
        same = self._shown[:3] == content[:3] and self._may_keep(identity)
        keep = self.sheet is not None and (same or bool(holders(self.sheet)))
        self._shown = content
        if not keep:
            self._build(entries, chosen, tracked)
        assert self.sheet is not None
        self.sheet.show_entry(chosen, first_of_day=not entries or entries[0] is chosen)

    def _name_day(self, today: date) -> None:
        """Today's title is the word alone; another day's says in words and colour that it is not today."""
        ago, year = (today - self._day).days, self._day.year != today.year
        if ago:
            when = _("yesterday") if ago == 1 else ngettext("{n} day ago", "{n} days ago", ago).format(n=f"{ago:,}")
            full = localised.full_day(self._day, year=year)
            short = localised.short_day(self._day) if year else localised.day_and_month(self._day)
            self.set_title(_("{day}, {when}").format(day=short if self.narrow() else full, when=when))
            self.set_subtitle("" if self.narrow() else localised.weekday(self._day))
        else:
            self.set_title(_("Today"))
            self.set_subtitle(
                localised.short_day(self._day) if self.narrow() else localised.long_day(self._day, year=year)
            )
        self.title.setProperty("day", "other" if ago else "today")
        set_role(self.title, "page_title")
        self.back_to_today.setVisible(bool(ago))
        self.forward.setEnabled(bool(ago))

    def _may_keep(self, identity: UUID | None) -> bool:
        """Return the sheet stays as it is while its own entry comes into being, changes, or is taken back."""
        return self.sheet is not None and identity in (None, self.sheet.identity)

    def _chosen(self, entries: tuple[CheckIn, ...]) -> CheckIn | None:
        """Return the entry whose sheet is open: the one that was asked for, the one being written, or the last."""
        if self._adding:
            match = next((e for e in entries if self.sheet is not None and e.id == self.sheet.identity), None)
            if match is not None:
                self._opened, self._adding = match.id, False
            return match
        return next((e for e in entries if e.id == self._opened), entries[-1] if entries else None)

    def _build(self, entries: tuple[CheckIn, ...], chosen: CheckIn | None, tracked: tuple[Tracked, ...]) -> None:
        focused = self.focusWidget()
        refocus = self.sheet is not None and focused is not None and self.sheet.isAncestorOf(focused)
        self._clear_left()
        self._tracked = tracked
        self.sheet = CheckInSheet(self.editor, tracked, self._day, self._time_for_new, self.compact(), self.narrow())
        self.sheet.add_another.connect(self._add_another)
        for entry in entries:
            self._left.addWidget(self.sheet if entry is chosen else self._summary(entry))
        if chosen is None:
            self._left.addWidget(self.sheet)
        self._left.addWidget(self._foot)
        self._left.addStretch(1)
        if refocus:
            QTimer.singleShot(0, self, self.focus_first)

    def _clear_left(self) -> None:
        while (item := self._left.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._foot:
                widget.hide()
                widget.deleteLater()

    def _summary(self, entry: CheckIn) -> SummaryRow:
        row = SummaryRow(entry, self._tracked)
        row.opened.connect(lambda: self._open(entry.id))
        return row

    def _open(self, identity: UUID) -> None:
        if not self.may_leave():
            return
        self._opened, self._adding = identity, False
        self._show_entries()
        if self.sheet is not None and (row := self.sheet.first_empty_rating() or self.sheet.note):
            row.setFocus()

    def _add_another(self) -> None:
        if not self.may_leave():
            return
        self._opened, self._adding, self.sheet = None, True, None
        self._show_entries()
        self.focus_first()

    def _time_for_new(self) -> time | None:
        if self._day != self.editor.today():
            return None
        return self.editor.now().time().replace(second=0, microsecond=0, tzinfo=None)

    def focus_first(self) -> None:
        """Put the focus on the first empty rating, so that digits work at once."""
        row = self.sheet.first_empty_rating() if self.sheet is not None else None
        (row or self.content).setFocus()

    def _show_calendar(self, below: QWidget) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setAccessibleName(_("Choose a day"))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        plain = QTextCharFormat()
        plain.setForeground(color("text"))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekday, plain)
        calendar.setMaximumDate(_qdate(self.editor.today()))
        calendar.setSelectedDate(_qdate(self._day))

        def choose(chosen: QDate) -> None:
            menu.close()
            self.show_day(date(chosen.year(), chosen.month(), chosen.day()))

        calendar.clicked.connect(choose)
        calendar.activated.connect(choose)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
        calendar.setFocus()

    def _edit_appointment(self, appointment: Appointment | None) -> None:
        from ketatrack.ui.today.appointment import AppointmentDialog

        dialog = AppointmentDialog(self.editor, appointment, self)
        dialog.open()


def _saved_words() -> QWidget:
    foot = QWidget()
    line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    line.setSpacing(px(8))
    line.addWidget(Icon("check", "secondary", 16))
    line.addWidget(label(_("Saved as you go. Ctrl+Z takes it back."), "hint"))
    line.addStretch(1)
    vbox(line, margins=(24, 0, 0, 0), of=foot)
    return foot


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
