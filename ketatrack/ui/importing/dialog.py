"""Bringing in older notes: which column is what, with the result of it below, before anything is written."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QWidget

from ketatrack.diary import reading
from ketatrack.errors import ImportRefused, KetaTrackError, NotConfirmed, NotSaved
from ketatrack.formats import saving
from ketatrack.formats.csv_tables import beside
from ketatrack.formats.detect import Origin, origin_of, plan_own
from ketatrack.formats.foreign import check_ins
from ketatrack.formats.foreign import mapping as mappings
from ketatrack.formats.foreign.mapping import Mapping
from ketatrack.formats.foreign.reader import order_words
from ketatrack.formats.plan import Merge
from ketatrack.i18n import _, ngettext, pgettext
from ketatrack.models.records import CheckIn
from ketatrack.models.typed import DateOrder
from ketatrack.ui import jobs
from ketatrack.ui.editor import Editor
from ketatrack.ui.importing.rows import FieldRow, ImportPreview, Sample, TablesBeside, sample
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import check_box, primary, quiet, secondary
from ketatrack.ui.widgets.choices import Choice
from ketatrack.ui.widgets.fields import FieldGroup, TextField
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import scrolled

_PAUSE_MS = 300
_NOT_THERE = ""


class ImportDialog(QDialog):
    """Maps columns and shows a live preview; everything comes in as one step that can be taken back."""

    brought = Signal(str)

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Bring in older notes"))
        self._editor = editor
        self._path: Path | None = None
        self._origin = Origin.FOREIGN_CSV
        self._sample: Sample | None = None
        self._plan: check_ins.Plan | Merge | None = None
        self._latest = jobs.Latest(self)
        with editor.diary.read() as connection:
            self._tracked = tuple(item for item in reading.tracked(connection) if not item.archived)
            self._known: frozenset[UUID] = frozenset(reading.ids(connection, CheckIn))
        self._make_controls()
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._work_out)
        self._show_nothing()
        available = self.screen().availableGeometry()
        self.resize(min(px(960), available.width() - px(40)), min(px(760), available.height() - px(60)))

    def _make_controls(self) -> None:
        self.file = secondary(_("Choose a file …"), "folder")
        self.file.clicked.connect(self._ask_file)
        self._about = label("", "secondary", wrap=True)
        self.date: Choice[str] = Choice(_("Column of the date"), [])
        self.order = Choice(_("Order of the date"), [(order, order_words(order)) for order in DateOrder])
        self.time: Choice[str] = Choice(_("Column of the time"), [])
        self.note: Choice[str] = Choice(_("Column of the note"), [])
        self.decimal = Choice(_("Decimal sign"), [(".", _("point: 3.5")), (",", _("comma: 3,5"))])
        self.missing = TextField(_("Cells that mean: no entry"), width=160)
        self.average = check_box(_("one check-in a day, the mean of its rows"))
        for choice in (self.date, self.order, self.time, self.note, self.decimal, self.missing):
            choice.changed.connect(self._changed)
        self.average.clicked.connect(self._changed)
        self.rows = {item.key: FieldRow(item) for item in self._tracked}
        for row in self.rows.values():
            row.changed.connect(self._changed)
        self.others = TablesBeside()
        self.others.chosen.connect(self._work_out_own)
        self.preview = ImportPreview(self._tracked)
        self.load, self.save = quiet(_("Use a saved mapping …")), quiet(_("Save this mapping …"))
        self.load.clicked.connect(self._ask_mapping)
        self.save.clicked.connect(self._ask_where_to_save)
        self.go = primary(_("Bring in"))
        self.go.clicked.connect(self._bring_in)

    def _lay_out(self) -> None:
        head = hbox(label(_("Bring in older notes"), "page_title"), Stretch(), self.load, self.save)
        file = hbox(self.file, (self._about, 1), gap=12)
        self._form = scrolled(self._form_content())
        cancel = secondary(_("Cancel"))
        cancel.clicked.connect(self.reject)
        foot = hbox((label(_("Nothing is written before you press “Bring in”."), "hint"), 1), cancel, self.go, gap=12)
        vbox(
            head, file, (self._form, 3), self.others, (self.preview, 2), foot, gap=12, margins=(24, 20, 24, 16), of=self
        )

    def _form_content(self) -> QWidget:
        group = FieldGroup()
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(8))
        grid.setColumnStretch(5, 1)
        lines: tuple[tuple[QWidget, ...], ...] = (
            (label(_("Date"), "strong"), self.date, label(_("read as"), "secondary"), self.order),
            (label(_("Time"), "body"), self.time, label(_("decimal sign"), "secondary"), self.decimal),
            (label(_("Note"), "body"), self.note, label(_("no entry is"), "secondary"), self.missing),
        )
        for place, line in enumerate(lines):
            for column, part in enumerate(line):
                grid.addWidget(part, place, column)
        grid.addWidget(label(_("Several rows a day"), "body"), 3, 0)
        grid.addWidget(self.average, 3, 1, 1, 4)
        group.body.addLayout(grid)
        rows = QGridLayout()
        rows.setHorizontalSpacing(px(12))
        rows.setVerticalSpacing(px(8))
        rows.setColumnStretch(5, 1)
        for column, words in enumerate(
            (_("In KetaTrack"), _("Column in the file"), pgettext("scale", "from"), pgettext("scale", "to"), "")
        ):
            rows.addWidget(label(words, "heading"), 0, column)
        for place, row in enumerate(self.rows.values(), start=1):
            for column, part in enumerate(row.parts()):
                rows.addWidget(part, place, column)
        group.body.addLayout(rows)
        return group

    # The file

    def _ask_file(self) -> None:
        chosen, _unused = QFileDialog.getOpenFileName(
            self, _("Choose a file"), str(Path.home()), _("Notes (*.csv *.tsv *.txt *.json *.zip);;All files (*)")
        )
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, path: Path) -> None:
        """Look at a file and propose what its columns are."""
        self._path, self._sample = None, None
        self._show_nothing()
        self.others.show_files(())
        try:
            origin = origin_of(path)
            if origin is not Origin.FOREIGN_CSV:
                self._open_own(path, origin)
                return
            result = sample(path)
        except ImportRefused as error:
            self._about.setText(str(error))
            return
        self._path, self._sample = path, result
        self._about.setText(f"{path.name} · {result.text.words()}")
        columns: list[tuple[str, str]] = [(name, name) for name in result.names if name]
        none: list[tuple[str, str]] = [(_NOT_THERE, _("not in the file"))]
        self.date.set_options(columns)
        self.time.set_options([*none, *columns])
        self.note.set_options([*none, *columns])
        for row in self.rows.values():
            row.set_columns([*none, *columns])
        keys = [item.key for item in self._tracked]
        proposed = mappings.propose(result.names, result.rows, result.text, keys)
        self._show_form(True)
        self.show_mapping(proposed or Mapping(date=result.names[0], order=DateOrder.YEAR_FIRST, values={}))
        self._form.setEnabled(True)
        self.save.setEnabled(True)
        self.load.setEnabled(True)

    def _open_own(self, path: Path, origin: Origin) -> None:
        """Show what an export of our own would bring; there is nothing to map."""
        self._path, self._origin = path, origin
        self._about.setText(_("{name} · an export of KetaTrack").format(name=path.name))
        self._show_form(False)
        self.others.show_files(beside(path) if origin is Origin.TABLES else ())
        self._work_out_own()

    def _work_out_own(self) -> None:
        chosen, origin = self._path, self._origin
        if chosen is None:
            return
        self.preview.say(_("What would come in is being worked out …"))
        self._changed()
        self._pause.stop()
        diary, today, also = self._editor.diary, self._editor.today(), self.others.files()

        def work() -> Merge:
            with diary.read() as connection:
                present = reading.diary_data(connection)
            return plan_own(chosen, origin, present, today, also)

        self._latest.run(work, self._show_plan, self._failed)

    def _show_form(self, visible: bool) -> None:
        for part in (self._form, self.load, self.save):
            part.setVisible(visible)

    # The mapping

    def mapping(self) -> Mapping | None:
        """Return what is chosen now; None while there is nothing to bring in."""
        if self._sample is None or not self.date.value:
            return None
        values = {key: column for key, row in self.rows.items() if (column := row.column()) is not None}
        if not values and not self.note.value:
            return None
        return Mapping(
            date=self.date.value,
            order=self.order.chosen,
            time=self.time.value or None,
            note=self.note.value or None,
            decimal=self.decimal.chosen,
            average=self.average.isChecked(),
            missing=tuple(word.strip() for word in self.missing.value.split(",") if word.strip()),
            values=values,
            text=self._sample.text,
        )

    def show_mapping(self, chosen: Mapping) -> None:
        """Choose what a saved mapping says, as far as this file has its columns."""
        self.date.value, self.order.value = chosen.date, chosen.order
        self.time.value, self.note.value = chosen.time or _NOT_THERE, chosen.note or _NOT_THERE
        self.decimal.value = chosen.decimal
        self.average.setChecked(chosen.average)
        self.missing.value = ", ".join(chosen.missing)
        for key, row in self.rows.items():
            row.show_column(chosen.values.get(key))
        self._changed()

    def _ask_mapping(self) -> None:
        chosen, _unused = QFileDialog.getOpenFileName(self, _("Use a saved mapping"), "", _("Mappings (*.json)"))
        if chosen:
            try:
                self.show_mapping(mappings.load(Path(chosen)))
            except ImportRefused as error:
                self.preview.say(str(error))

    def _ask_where_to_save(self) -> None:
        result = self.mapping()
        if result is None:
            return
        chosen, _unused = QFileDialog.getSaveFileName(
            self, _("Save this mapping"), "mapping.json", _("Mappings (*.json)")
        )
        if chosen:
            try:
                saving.save(Path(chosen), mappings.to_json(result).encode())
            except (NotSaved, NotConfirmed) as error:
                self.preview.say(str(error))

    # The preview

    def _show_nothing(self) -> None:
        self._form.setEnabled(False)
        self.go.setEnabled(False)
        self.save.setEnabled(False)
        self.load.setEnabled(False)
        self._about.setText(_("A CSV file, as other diaries and spreadsheets write it, or an export of KetaTrack."))
        self.preview.say(_("What would come in is shown here."))

    def _changed(self) -> None:
        self._plan = None
        self.go.setEnabled(False)
        self._latest.drop()
        self._pause.start()

    def _work_out(self) -> None:
        chosen, path = self.mapping(), self._path
        if chosen is None or path is None:
            self.preview.say(_("Choose which column is what; what would come in is shown here."))
            return
        known, tracked = self._known, self._tracked
        today, start = self._editor.today(), self._editor.settings.day_start_minutes
        self._latest.run(
            lambda: check_ins.plan(path, chosen, tracked, known, today, start), self._show_plan, self._failed
        )

    def _show_plan(self, plan: check_ins.Plan | Merge) -> None:
        self._plan = plan
        fits = plan.fits if isinstance(plan, check_ins.Plan) else {}
        for key, row in self.rows.items():
            row.show_fit(fits.get(key))
        wrong = plan.wrong if isinstance(plan, check_ins.Plan) else []
        self.preview.show_plan(plan)
        if wrong:
            first = _("{what}. Say what its scale is, or choose another column; until then nothing can come in.")
            self.preview.say(first.format(what=wrong[0].words()))
            self.go.setEnabled(False)
            self.go.setText(_("Bring in"))
            return
        self.go.setEnabled(bool(plan.pairs))
        self.go.setText(_("Bring in {counted}").format(counted=_counted(plan)) if plan.pairs else _("Bring in"))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KetaTrackError):
            raise error
        self.preview.say(str(error))

    def _bring_in(self) -> None:
        if self._plan is None or self._path is None:
            return
        step = _("Bring in {name}").format(name=self._path.name)
        if self._editor.edit(step, self._plan.pairs):
            came = _("{counted} came in. Ctrl+Z takes them back.")
            self.brought.emit(came.format(counted=_counted(self._plan)))
            self.accept()


def _counted(plan: check_ins.Plan | Merge) -> str:
    if isinstance(plan, Merge):
        return ngettext("{n} entry", "{n} entries", plan.imported).format(n=f"{plan.imported:,}")
    return ngettext("{n} check-in", "{n} check-ins", len(plan.entries)).format(n=f"{len(plan.entries):,}")
