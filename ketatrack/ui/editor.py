"""Undo around the one write path: every change of the diary is a named command on one stack.

Pages listen to `changed` and ask the diary again; nothing is held that the diary does not hold.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from ketatrack.diary import reading, writing
from ketatrack.diary.database import Diary
from ketatrack.diary.writing import Pair
from ketatrack.errors import DiaryError, KetaTrackError, NotConfirmed, ReadOnlyPlace, StorageFull
from ketatrack.models.records import Record, Settings
from ketatrack.ui.failures import sentence_of
from ketatrack.ui.widgets.refusals import tell_refused

MERGE_WITHIN = timedelta(seconds=2)


class Editor(QObject):
    """The open diary as pages see it: read through `diary`, changed through `edit`, undone through `undo_stack`."""

    changed = Signal(frozenset)
    refused = Signal(str)
    deleted = Signal(str)
    damaged = Signal(str)

    def __init__(self, diary: Diary, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        """`now` is the clock: the local time with its offset from UTC."""
        super().__init__(parent)
        self.diary = diary
        diary.when_damaged = self.damaged.emit  # from whichever thread meets it
        self.now = now
        self.undo_stack = QUndoStack(self)
        self._failure: KetaTrackError | None = None
        self._refused: _Change | None = None
        self._settings: Settings | None = None

    @property
    def settings(self) -> Settings:
        """The person's settings, read once and again after they change."""
        if self._settings is None:
            with self.diary.read() as connection:
                self._settings = reading.settings(connection)
        return self._settings

    def today(self) -> date:
        """Return the diary day it is now: before the day's start it is still yesterday."""
        return (self.now() - timedelta(minutes=self.settings.day_start_minutes)).date()

    def moment_to_record(self) -> datetime:
        """When a baseline, rule or choice is recorded: now, but after all there are, even with the clock set back."""
        with self.diary.read() as connection:
            moments = [baseline.recorded_at for baseline in reading.baselines(connection)]
            moments += [rule.recorded_at for rule in reading.rules(connection)]
            moments += [habit_choice.recorded_at for habit_choice in reading.habit_choices(connection)]
        return max([self.now(), *(at + timedelta(microseconds=1) for at in moments)])

    def offset_minutes(self) -> int | None:
        """Return the clock's offset from UTC in minutes, for a new entry."""
        offset = self.now().utcoffset()
        return None if offset is None else round(offset.total_seconds() / 60)

    def edit(self, text: str, pairs: Iterable[Pair], merge: str | None = None) -> bool:
        """Write `pairs` as one step called `text` ("Log session"); False, with `refused` told, where it cannot be.

        Steps with the same `merge` that follow each other within 2 s become one: a drag, or typing.
        """
        wanted = tuple(pair for pair in pairs if pair[0] != pair[1])
        if not wanted:
            return True
        self._failure = None
        self.undo_stack.push(_Change(self, text, wanted, merge))
        if self._failure is None and all(after is None for _, after in wanted):
            self.deleted.emit(text)
        return self._failure is None

    def step(self, back: bool) -> bool:
        """Take the last step back, or do the next one again; False where it could not be written.

        A step that the disk refused (no room, read-only) stays where it was, to be tried again.
        """
        stack, self._failure = self.undo_stack, None
        stack.undo() if back else stack.redo()
        refused: _Change | None = self._refused
        self._refused = None
        if refused is not None:
            refused.skip = True
            stack.redo() if back else stack.undo()
        return self._failure is None

    def write_quietly(self, pairs: Iterable[Pair]) -> bool:
        """Write what is no step of its own to take back: drafts, and that the safety card was shown."""
        wanted = tuple(pairs)
        self._failure = None
        self._apply(wanted)
        return self._failure is None

    def _apply(self, pairs: tuple[Pair, ...], *, stood_before: bool = False) -> bool:
        try:
            writing.apply(self.diary, pairs, self.today(), stood_before=stood_before)
        except NotConfirmed as error:  # it is written
            self.refused.emit(str(error))
        except KetaTrackError as error:
            self._failure = error
            return self.refuse(str(error))
        except Exception as error:  # nobody foresaw it; whatever it was, this is not saved
            self._failure = DiaryError(sentence_of(error))
            return self.refuse(str(self._failure))
        kinds: frozenset[type[Record]] = frozenset(type(before or after) for before, after in pairs)  # type: ignore[misc]
        if Settings in kinds:
            self._settings = None
        self.changed.emit(kinds)
        return True

    def refuse(self, sentence: str) -> bool:
        """Tell why something is not saved, and the field that it was typed in that it must keep it; returns False."""
        tell_refused(sentence)
        self.refused.emit(sentence)
        return False


class _Change(QUndoCommand):
    """One named step. Its first redo is the change itself."""

    def __init__(self, editor: Editor, text: str, pairs: tuple[Pair, ...], merge: str | None) -> None:
        super().__init__(text)
        self.editor = editor
        self.pairs = pairs
        self.merge = merge
        self.at = editor.now()
        self.written = self.skip = False

    def redo(self) -> None:
        self._go(self.pairs)
        self.written = True

    def undo(self) -> None:
        self._go(writing.inverse(self.pairs))

    def _go(self, pairs: tuple[Pair, ...]) -> None:
        if self.skip:  # the stack goes back to where it was; nothing had been written
            self.skip = False
        elif not self.editor._apply(pairs, stood_before=self.written):
            if self.written and isinstance(self.editor._failure, StorageFull | ReadOnlyPlace):
                self.editor._refused = self
            else:
                self.setObsolete(True)

    def id(self) -> int:
        return -1 if self.merge is None else 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in a step of the same kind that followed at once; a step that was refused is left to be dropped."""
        if not isinstance(other, _Change) or other.merge != self.merge or other.isObsolete():
            return False
        if other.at - self.at > MERGE_WITHIN or len(self.pairs) != 1 or len(other.pairs) != 1:
            return False
        (before, between), (result, after) = self.pairs[0], other.pairs[0]
        if between != result:
            return False
        self.pairs = ((before, after),)
        self.at = other.at
        self.setObsolete(before == after)
        return True
