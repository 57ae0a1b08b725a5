"""Fields of one line: numbers, days, times and words. A value that cannot be taken is refused on leaving."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.models.fields import Range, check_day, check_not_future
from ketatrack.ui import localised
from ketatrack.ui.theme.fonts import font
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import hbox, vbox
from ketatrack.ui.widgets.cards import Icon
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.refusals import watching


class ErrorLine(QWidget):
    """Shows what each of its fields refused, one line each; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._refusals: dict[QWidget, str] = {}
        self._words = label("", "error")
        self._words.setWordWrap(True)
        row = hbox(gap=6, margins=0, of=self)
        row.addWidget(Icon("info", "error", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, field: QWidget, refusal: str) -> None:
        """Show what `field` refused; empty when it no longer does."""
        if refusal:
            self._refusals[field] = refusal
        else:
            self._refusals.pop(field, None)
        text = "\n".join(self._refusals.values())
        self._words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class FieldGroup(QWidget):
    """Fields with one line below them for what was wrong; put the fields into `body`."""

    def __init__(self) -> None:
        super().__init__()
        self.body = vbox(gap=8)
        self.error_line = ErrorLine()
        vbox(self.body, self.error_line, gap=6, margins=0, of=self)


class LineField(QLineEdit):
    """One line of words; `edited` is emitted while a person types, before a value is taken."""

    edited = Signal()

    def __init__(self, accessible_name: str, width: int = 0) -> None:
        super().__init__()
        self.setAccessibleName(accessible_name)
        self.refusal = ""
        self.unsaved = False
        if width:
            self._keep_width(px(width))
        self.editingFinished.connect(self._leave)
        self.textEdited.connect(lambda _text: self.edited.emit())

    def commit(self) -> bool:
        """Take what is typed now, as on leaving the field; False when it was refused."""
        self._leave()
        return not self.refusal

    def unsaved_words(self) -> str:
        """Return what is typed, named, where it could not be saved."""
        return f"{self.accessibleName()}: {self.text()}"

    def _leave(self) -> None:
        raise NotImplementedError

    def _tell(self, value: Any) -> bool:
        """Give a value away; False where it could not be saved: words then stay where they were typed."""
        typed, self.unsaved = self.text(), False
        with watching() as refused:
            self.changed.emit(value)  # type: ignore[attr-defined]
        if refused() and self.text() != typed:
            self.setText(typed)
        self.unsaved = bool(refused() and typed.strip())
        not_saved = _("{name}: not saved yet. {reason}").format(name=self.accessibleName(), reason=refused())
        self._show_refusal(not_saved if self.unsaved else "")
        return not refused()

    def _keep_width(self, width: int) -> None:
        self.setMinimumWidth(width)
        self.setMaximumWidth(width)

    def _show_refusal(self, refusal: str) -> None:
        """Show (or, when empty, take away) the error edge and the line below."""
        if refusal == self.refusal:
            return
        self.refusal = refusal
        self.setProperty("state", "error" if refusal else "")
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleDescription(refusal)
        above = self.parentWidget()
        while above is not None and not isinstance(above, FieldGroup):
            above = above.parentWidget()
        if above is not None:
            above.error_line.say(self, refusal)
        else:
            self.setToolTip(refusal)

    def event(self, event: QEvent) -> bool:
        if undo_belongs_to_window(event, self.isUndoAvailable(), self.isRedoAvailable()):
            return True
        return super().event(event)


class TextField(LineField):
    """One line of the person's own words."""

    changed = Signal(object)

    def __init__(self, accessible_name: str, placeholder: str = "", width: int = 0) -> None:
        super().__init__(accessible_name, width)
        self._value = ""
        self.setPlaceholderText(placeholder)

    @property
    def value(self) -> str:
        """The words, without spaces around them."""
        return self.text().strip()

    @value.setter
    def value(self, new: str) -> None:
        self._value = new
        if new != self.text() and not self.unsaved:
            self.setText(new)

    def _leave(self) -> None:
        if self.value != self._value or self.unsaved:
            before, self._value = self._value, self.value
            if not self._tell(self._value):
                self.value = before


class ValueField(LineField):
    """A field whose words stand for a value; None when it is empty."""

    changed = Signal(object)

    def __init__(self, accessible_name: str, width: int, placeholder: str) -> None:
        super().__init__(accessible_name, width)
        self._value: Any = None
        self.setPlaceholderText(placeholder)
        self.setFont(font(14, tabular=True))

    def _read(self, typed: str) -> Any:
        raise NotImplementedError

    def _write(self, value: Any) -> str:
        raise NotImplementedError

    def peek(self) -> Any:
        """Return the value of what is typed now, or the standing value where that cannot be taken."""
        try:
            return self._read(self.text()) if self.text().strip() else None
        except InvalidValue:
            return self._value

    def _show(self, value: Any) -> None:
        """Show what the diary holds; what could not be saved stays where it was typed."""
        if self.unsaved:
            self._value = value
        else:
            self._set(value)

    def _set(self, value: Any) -> None:
        self._value, self.unsaved = value, False
        text = self._write(value) if value is not None else ""
        if self.text() != text:
            self.setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)  # else a field too narrow for its words would hide their beginning
        self._show_refusal("")

    def _leave(self) -> None:
        try:
            new = self._read(self.text()) if self.text().strip() else None
        except InvalidValue as refused:
            self._show_refusal(f"{self._named(str(refused))} {self._standing()}")
            return
        before, again = self._value, self.unsaved
        self._set(new)
        if (new != before or again) and not self._tell(new):
            self._show(before)

    def _named(self, refusal: str) -> str:
        """Return the sentence with the field's name, where it does not say it itself."""
        name = self.accessibleName()
        return refusal if name.casefold() in refusal.casefold() else f"{name}: {refusal}"

    def _standing(self) -> str:
        if self._value is None:
            return _("Nothing was saved for it.")
        return _("The old value, {value}, still stands.").format(value=self._write(self._value))

    def _step(self, _by: int) -> None:
        """Up (1) or down (-1) was pressed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self._step(1 if event.key() == Qt.Key.Key_Up else -1)
        elif event.key() == Qt.Key.Key_Escape and self.refusal:
            self._set(self._value)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()


class NumberField(ValueField):
    """A number in a record's range; `value` is the stored integer (hundredths where the range says so)."""

    def __init__(
        self, accessible_name: str, range_: Range, suffix: str = "", placeholder: str = "", width: int = 104
    ) -> None:
        super().__init__(accessible_name, width, placeholder or _("no entry"))
        self._range, self._suffix = range_, suffix

    @property
    def value(self) -> int | None:
        """The stored integer; None when the field is empty."""
        return self._value  # type: ignore[no-any-return]

    @value.setter
    def value(self, new: int | None) -> None:
        self._show(new)

    def _read(self, typed: str) -> int:
        return localised.parse_number(typed, self._range, self._suffix)

    def _write(self, value: int) -> str:
        return f"{self._range.words(value)} {self._suffix}".rstrip()

    def _step(self, by: int) -> None:
        now = self.peek()
        low, high, scale = self._range.low, self._range.high, self._range.scale
        new = max(low, min(high, (low if now is None else now + by * scale)))
        self.setText(self._write(new))
        self._leave()


class DateField(ValueField):
    """A day; `today` tells what words like "yesterday" and days without a year mean.

    `ahead` is how many days after today are still taken; None takes any. Where what it asks for is still `coming`,
    a day without a year is the next such day.
    """

    def __init__(
        self,
        accessible_name: str,
        today: Callable[[], date] = date.today,
        width: int = 120,
        ahead: int | None = None,
        coming: bool = False,
    ) -> None:
        super().__init__(accessible_name, width, _("no date"))
        self._today, self._ahead, self._coming = today, ahead, coming

    @property
    def value(self) -> date | None:
        """The day; None when the field is empty."""
        return self._value  # type: ignore[no-any-return]

    @value.setter
    def value(self, new: date | None) -> None:
        self._show(new)

    def _read(self, typed: str) -> date:
        day = localised.parse_day(typed, self._today(), self._coming)
        check_day(day)
        if self._ahead is not None:
            check_not_future(day, self._today(), self._ahead)
        return day

    def _write(self, value: date) -> str:
        return localised.short_day(value)

    def _step(self, by: int) -> None:
        now = self.peek()
        self.setText(self._write(self._today() if now is None else date.fromordinal(now.toordinal() + by)))
        self._leave()


class TimeField(ValueField):
    """A time of day."""

    def __init__(self, accessible_name: str, placeholder: str = "–", width: int = 68) -> None:
        super().__init__(accessible_name, width, placeholder)

    @property
    def value(self) -> time | None:
        """The time; None when the field is empty."""
        return self._value  # type: ignore[no-any-return]

    @value.setter
    def value(self, new: time | None) -> None:
        self._show(new)

    def _read(self, typed: str) -> time:
        return localised.parse_time(typed)

    def _write(self, value: time) -> str:
        return localised.clock(value)

    def _step(self, by: int) -> None:
        now = self.peek() or time(12, 0)
        minutes = (now.hour * 60 + now.minute + by) % 1440
        self.setText(self._write(time(minutes // 60, minutes % 60)))
        self._leave()


def undo_belongs_to_window(event: QEvent, can_undo: bool, can_redo: bool) -> bool:
    """Let the window have Ctrl+Z and Ctrl+Y when a text field has nothing of its own to take back.

    Ignores the event and returns True in that case.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    undo = event.matches(QKeySequence.StandardKey.Undo) and not can_undo
    redo = event.matches(QKeySequence.StandardKey.Redo) and not can_redo
    if undo or redo:
        event.ignore()
    return undo or redo
