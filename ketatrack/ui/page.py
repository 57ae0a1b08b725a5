"""A page of the window: a title row and a body of cards that scroll together.

Widths are counted in the person's text size, so that 200 % text behaves like a window half as wide.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ketatrack.i18n import _
from ketatrack.models.records import Record, Session
from ketatrack.ui.theme.tokens import px, text_scale
from ketatrack.ui.unsaved import commit_all
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import scrolled

NARROW, COMPACT, TIGHT = 940, 1040, 640
# A session, the id of one, the day of a new one, or None for a new one of today.
SessionToOpen = Session | UUID | date | None


class Page(QWidget):
    """`title_row` takes buttons on the right; `body` takes the page's cards, 16 apart.

    What a page cannot do itself it asks for with one of these signals.
    """

    open_session = Signal(object)  # SessionToOpen
    copy_session = Signal()
    import_notes = Signal()
    apply_theme = Signal()
    restore = Signal()
    start_questionnaire = Signal(str)
    show_message = Signal(str)
    # The kinds of records whose change makes the page read the diary again.
    shows: ClassVar[frozenset[type[Record]]]

    def __init__(self, title: str) -> None:
        super().__init__()
        self.content = QWidget()
        self.content.setObjectName("page")
        # A page opens with the focus here: no ring yet, and the first Tab goes into it.
        self.content.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.content.setAccessibleName(title)
        self.content.setProperty("ring", "none")
        self.title = label(title, "page_title")
        self._subtitle = label("", "secondary")
        self._subtitle.setContentsMargins(0, px(6), 0, 0)
        self._subtitle.hide()
        self.title_row = hbox(self.title, self._subtitle, Stretch(), gap=12)
        self.title.setMinimumHeight(px(40))
        self.body = vbox(gap=16)
        self._column = vbox(self.title_row, self.body, Stretch(0), gap=16, of=self.content)
        self.area = scrolled(self.content)
        vbox(self.area, margins=0, of=self)
        self._shape: tuple[bool, bool, bool] | None = None
        self._set_margins()

    def refresh(self) -> None:
        """Read the diary again and show it."""
        raise NotImplementedError

    def close_page(self) -> None:
        """Forget what was read, before the diary is locked; what is being typed is saved by then."""

    def may_leave(self) -> bool:
        """Save what is being typed; whether all of it is: what is not must stay in sight, and that is said."""
        if not commit_all(self):
            return True
        self.show_message.emit(_("What stands here is not saved yet. It is tried again by itself."))
        return False

    def show_beginning(self) -> None:
        """Show what the page begins with; asked for by its own entry in the sidebar and its shortcut."""

    def focus_first(self) -> None:
        """Put the focus where one begins when the page is opened."""
        self.content.setFocus()

    def reflow(self) -> None:
        """Move the columns once the window has become narrow or compact, or no longer is."""

    def set_title(self, words: str) -> None:
        """Change the page's title."""
        self.title.setText(words)
        self.content.setAccessibleName(words)

    def set_subtitle(self, words: str) -> None:
        """Show quiet words beside the title; empty hides them."""
        self._subtitle.setText(words)
        self._subtitle.setVisible(bool(words))

    def narrow(self) -> bool:
        """Whether the window has room for one column only."""
        return self._logical_width() < NARROW

    def compact(self) -> bool:
        """Whether the window has less than its usual room: smaller margins and a narrower right column."""
        return self._logical_width() < COMPACT

    def tight(self) -> bool:
        """Whether things that stand beside each other otherwise go below each other, as with 200 % text at 960 px."""
        return self._logical_width() < TIGHT

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shape = (self.narrow(), self.compact(), self.tight())
        if shape != self._shape:
            self._shape = shape
            self._set_margins()
            across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self.title_row.setDirection(down if self.tight() else across)
            self.reflow()

    def _logical_width(self) -> float:
        return self.window().width() / text_scale()

    def _set_margins(self) -> None:
        side = px(24 if self.compact() else 32)
        self._column.setContentsMargins(side, px(20), side, px(24))
