"""A group of the session sheet: a heading, rows of controls, and the fields of a session they stand for."""

from collections.abc import Mapping
from typing import Any, Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.fields import FieldGroup, LineField, ValueField
from ketatrack.ui.widgets.form import FormRow
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.note_field import NoteField


class _Control(Protocol):
    value: Any
    changed: Any


class Section(QWidget):
    """Controls bound to fields; `edited` tells of every change, also while a person is still typing."""

    edited = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self._bound: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.head = QHBoxLayout()
        self.head.addWidget(label(title, "title"), 1)
        column.addLayout(self.head)
        self._group = FieldGroup()
        self.rows = self._group.body
        column.addWidget(self._group)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(px(8))
        column.addLayout(self.notes)
        self.error_line = self._group.error_line

    def bind(self, name: str, control: QWidget) -> QWidget:
        """Let `control` show and hold the session's field `name`; returns it."""
        self._bound[name] = control
        self.watch(control)
        return control

    def watch(self, control: QWidget) -> None:
        """Tell of what changes in `control`."""
        cast(_Control, control).changed.connect(lambda _value: self.edited.emit())
        if isinstance(control, LineField | NoteField):
            control.edited.connect(self.edited)

    def add(self, words: str, content: QWidget, strong: bool = False) -> FormRow:
        """Add a row."""
        row = FormRow(words, content, strong)
        self.rows.addWidget(row)
        return row

    def show_fields(self, values: Mapping[str, Any]) -> None:
        """Show these fields; fields that are absent are left alone."""
        for name, control in self._bound.items():
            if name in values:
                cast(_Control, control).value = values[name]

    def fields(self) -> dict[str, Any]:
        """What the controls say now; of a field that is being typed in, what would be taken."""
        return {name: _now(control) for name, control in self._bound.items()}


def _now(control: QWidget) -> Any:
    return control.peek() if isinstance(control, ValueField) else cast(_Control, control).value
