"""A card with a chart on it: title, the words of what is pointed at, a menu, and the numbers as a table."""

import re
from collections.abc import Callable
from operator import itemgetter
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from ketatrack.charts.base import Numbers
from ketatrack.charts.export import FileKind, Picture, picture_bytes
from ketatrack.errors import NotConfirmed, NotSaved
from ketatrack.formats.saving import save
from ketatrack.i18n import _
from ketatrack.ui.chart import Chart
from ketatrack.ui.theme.tokens import px, text_scale
from ketatrack.ui.widgets.boxes import hbox
from ketatrack.ui.widgets.buttons import icon_button
from ketatrack.ui.widgets.cards import Card
from ketatrack.ui.widgets.labels import ElidedLabel, label
from ketatrack.ui.widgets.layout import in_order
from ketatrack.ui.widgets.table import Column, ColumnModel, TableView

NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')
AskPath = Callable[[QWidget, str, FileKind], str]


class NumbersTable(TableView):
    """A chart's numbers; rows copy as tab-separated text."""

    def __init__(self) -> None:
        super().__init__("")
        self._model = ColumnModel[tuple[str, ...]](self)
        self.setModel(self._model)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.horizontalHeader().setSectionsClickable(False)

    def show_numbers(self, title: str, numbers: Numbers) -> None:
        """Show them under the chart's own title."""
        self.setAccessibleName(title)
        self._model.show([Column(head, itemgetter(n)) for n, head in enumerate(numbers.columns)], numbers.rows)
        widest = [self.widest(row[column] for row in numbers.rows) for column in range(len(numbers.columns))]
        self.fit_columns(len(numbers.columns) - 1, widest)


def ask_path(owner: QWidget, proposed: str, kind: FileKind) -> str:
    """Ask where to save; empty when cancelled."""
    chosen, _filter = QFileDialog.getSaveFileName(owner, _("Save chart"), proposed, f"{kind.upper()} (*.{kind})")
    return chosen


def _proposed(title: str, kind: FileKind) -> str:
    """Return a file called as the chart, in the person's documents."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(Path(folder) / f"{NOT_IN_NAMES.sub('-', title)}.{kind}")


class ChartCard(Card):
    """Signals are those of its `chart`; `facts` (period and rule, in words) are written into saved pictures.

    `explain` is emitted by "How was this worked out?", which is in the menu where `explains` was called.
    """

    session_clicked = Signal(UUID)
    record_clicked = Signal(UUID)
    explain = Signal()

    def __init__(self, ask: AskPath = ask_path) -> None:
        super().__init__()
        self._ask = ask
        self._facts = ""
        self.chart = Chart()
        self.table: NumbersTable | None = None
        self.title = label("", "strong")
        self.subtitle = ElidedLabel()
        self.more = icon_button("more", _("Save, copy or read this chart"))
        self.menu = self._menu()
        self.more.clicked.connect(self._show_menu)
        row = hbox(self.title, (self.subtitle, 1), self.more, gap=8)
        self.body.setContentsMargins(px(16), px(8), px(8), px(12))
        self.body.setSpacing(px(4))
        self.body.addLayout(row)
        self.body.addWidget(self.chart)
        self.chart.pointed.connect(self._say)
        self.chart.session_clicked.connect(self.session_clicked)
        self.chart.record_clicked.connect(self.record_clicked)

    def show_picture(self, picture: Picture, facts: str) -> None:
        """Show a chart; `facts` is its period and rule in words."""
        self._facts = facts
        self.title.setText(picture.title)
        self.more.setAccessibleName(_("Save, copy or read: {title}").format(title=picture.title))
        self.chart.show_picture(picture)
        self._fill_table()
        self._say("")

    def show_as_table(self, chosen: bool) -> None:
        """Show the numbers in the chart's place, or the chart again."""
        if chosen and self.table is None:
            self.table = NumbersTable()
            self.body.addWidget(self.table)
            in_order(*self.stops())
        focused = self.chart.hasFocus() or (self.table is not None and self.table.hasFocus())
        self.chart.setVisible(not chosen)
        if self.table is not None:
            self.table.setVisible(chosen)
            self._fill_table()
            if focused:
                (self.table if chosen else self.chart).setFocus()

    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops in this card, in order."""
        return (self.more, self.chart) if self.table is None else (self.more, self.chart, self.table)

    def explains(self) -> None:
        """Offer "How was this worked out?" in the menu."""
        self._explain.setVisible(True)

    def _fill_table(self) -> None:
        picture = self.chart.picture
        if self.table is not None and not self.table.isHidden() and picture is not None:
            self.table.setFixedHeight(px(picture.height))
            self.table.show_numbers(picture.title, picture.numbers())

    def save(self, kind: FileKind) -> None:
        """Ask where, and write the picture there; the subtitle says what became of it."""
        picture = self.chart.picture
        if picture is None:
            return
        path = self._ask(self, _proposed(picture.title, kind), kind)
        if not path:
            return
        target = Path(path) if Path(path).suffix.lower() == f".{kind}" else Path(f"{path}.{kind}")
        try:
            save(target, picture_bytes(picture, kind, self._facts, self._wide()))
        except (NotSaved, NotConfirmed) as error:
            self._say(str(error))
            return
        self._say(_("Saved as {name}: a plain picture, not encrypted.").format(name=target.name))

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        picture = self.chart.picture
        if picture is not None:
            content = picture_bytes(picture, FileKind.PNG, self._facts, self._wide())
            QGuiApplication.clipboard().setImage(QImage.fromData(content))
            self._say(_("Copied."))

    def copy_words(self) -> None:
        """Put the chart's sentences on the clipboard."""
        if self.chart.picture is not None:
            QGuiApplication.clipboard().setText(self.chart.picture.spoken())
            self._say(_("Copied."))

    def copy_numbers(self) -> None:
        """Put the chart's numbers on the clipboard, as a spreadsheet takes them."""
        if self.chart.picture is not None:
            QGuiApplication.clipboard().setText(self.chart.picture.numbers().as_text())
            self._say(_("Copied."))

    def _wide(self) -> float:
        return max(436.0, self.chart.width() / text_scale())

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for kind in FileKind:
            action = menu.addAction(_("Save as {kind}…").format(kind=kind.upper()))
            action.triggered.connect(lambda _on=False, chosen=kind: self.save(chosen))
        menu.addSeparator()
        menu.addAction(_("Copy picture")).triggered.connect(self.copy_picture)
        menu.addAction(_("Copy as words")).triggered.connect(self.copy_words)
        menu.addAction(_("Copy numbers")).triggered.connect(self.copy_numbers)
        menu.addSeparator()
        self.as_table = menu.addAction(_("Show as a table"))
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(self.show_as_table)
        self._explain = menu.addAction(_("How was this worked out?"))
        self._explain.triggered.connect(self.explain)
        self._explain.setVisible(False)
        self._whole = menu.addAction(_("Show the whole period"))
        self._whole.triggered.connect(self.chart.show_whole)
        return menu

    def _show_menu(self) -> None:
        picture = self.chart.picture
        self._whole.setVisible(picture is not None and picture.zooms)
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _say(self, words: str) -> None:
        """Words instead of the subtitle, and of the title where they need its room; without any, both are back."""
        picture = self.chart.picture
        edges = self.body.contentsMargins()
        taken = edges.left() + edges.right() + self.title.sizeHint().width() + self.more.sizeHint().width() + 2 * px(8)
        self.title.setVisible(self.subtitle.fontMetrics().horizontalAdvance(words) <= max(0, self.width() - taken))
        self.subtitle.setText(words or (picture.subtitle if picture else ""))
