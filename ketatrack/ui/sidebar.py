"""The quiet column at the left: the pages, Settings, Lock, and always "Help now".

In a window without room it becomes a rail of icons with the last pages under "More".
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ketatrack.i18n import _
from ketatrack.ui.theme.icons import Logo, icon
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import Button, secondary
from ketatrack.ui.widgets.labels import label

FULL, COMPACT, RAIL = 208, 176, 64
RAIL_ROW, RAIL_REST = 34, 156
_GAP = "\u2009\u2009\u2009"


def help_button() -> QPushButton:
    """Return the button "Help now", in its usual corner also on the screens before the diary is open."""
    button = secondary(_("Help now"), "help")
    button.setProperty("kind", "help")
    button.setMinimumHeight(px(40))
    return button


class Sidebar(QWidget):
    """Tells which page was asked for; `chosen` carries its name, `lock` and `help_now` carry nothing."""

    chosen = Signal(str)
    lock = Signal()
    help_now = Signal()

    def __init__(self, pages: Sequence[tuple[str, str, str]]) -> None:
        """`pages` are (name, words, icon) from top to bottom; the last one, Settings, stands at the foot."""
        super().__init__()
        self.setProperty("tone", "sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = {name: words for name, words, _unused in pages}
        self._buttons = {name: self._row(name, words, drawing) for name, words, drawing in pages}
        self._head = self._make_head()
        self._caption = label("", "hint", wrap=True)
        self._caption.hide()
        self._lock = self._row("", _("Lock"), "lock")
        self._lock.setCheckable(False)
        self._lock.clicked.connect(self.lock)
        self._more = self._row("", _("More"), "more")
        self._more.setCheckable(False)
        self._more.clicked.connect(self._show_more)
        self._help = help_button()
        self._help.clicked.connect(self.help_now)
        self._help_icon = self._help.icon()
        *upper, settings = self._buttons.values()
        vbox(
            self._head,
            20,
            *upper,
            self._more,
            Stretch(),
            self._caption,
            settings,
            self._lock,
            12,
            self._help,
            gap=2,
            margins=(12, 20, 12, 16),
            of=self,
        )
        self._width = 0
        self._hidden: list[str] = []
        self.fit(1200)

    def set_caption(self, words: str) -> None:
        """Quiet words above Settings, for a diary that is not the person's own."""
        self._caption.setText(words)
        self._caption.setVisible(bool(words) and self._width != RAIL)

    def _make_head(self) -> QWidget:
        head = QWidget()
        hbox(Logo(22), label("KetaTrack", "strong"), Stretch(), gap=10, margins=(11, 0, 0, 0), of=head)
        return head

    def _row(self, name: str, words: str, drawing: str) -> QPushButton:
        button = Button(_GAP + words)
        button.setProperty("kind", "nav")
        button.setCheckable(True)
        button.setIcon(icon(drawing, "secondary", chosen="accent"))
        button.setIconSize(QSize(px(20), px(20)))
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        if name:
            button.clicked.connect(lambda: self._choose(name))
        return button

    def _choose(self, name: str) -> None:
        self.show_chosen(name)
        self.chosen.emit(name)

    def show_chosen(self, name: str) -> None:
        """Mark the page that is shown."""
        for page_name, button in self._buttons.items():
            button.setChecked(page_name == name)

    def fit(self, logical_width: float, logical_height: float = 800) -> None:
        """Take the room that a window of that many design pixels leaves: full, compact, or a rail of icons.

        On a rail the pages that find no room stand under "More".
        """
        width = RAIL if logical_width < 720 else COMPACT if logical_width < 1040 else FULL
        room = int((logical_height - RAIL_REST) / RAIL_ROW) if width == RAIL else len(self._words)
        *upper, _settings = self._words
        self._hidden = upper[max(1, room) :]
        for name in upper:
            self._buttons[name].setVisible(name not in self._hidden)
        if width == self._width:
            return
        self._width = width
        rail = width == RAIL
        self.setFixedWidth(px(width))
        margin = px(6 if rail else 12)
        column = self.layout()
        assert column is not None
        column.setContentsMargins(margin, px(20), margin, px(16))
        self._head.setVisible(not rail)
        for name, button in self._buttons.items():
            self._as_icon(button, self._words[name], rail)
        self._as_icon(self._more, _("More"), rail)
        self._more.setVisible(rail)
        self._lock.setVisible(not rail)
        self._buttons["settings"].setVisible(not rail)
        self._help.setText(_("Help\nnow") if rail else _GAP + _("Help now"))
        self._help.setIcon(icon("help", "accent") if not rail else icon("help", "accent").__class__())
        self._help.setProperty("shape", "rail" if rail else "full")
        _polish_again(self._help)

    def _as_icon(self, button: QPushButton, words: str, rail: bool) -> None:
        button.setText("" if rail else _GAP + words)
        button.setToolTip(words if rail else "")
        button.setProperty("shape", "rail" if rail else "full")
        _polish_again(button)

    def _show_more(self) -> None:
        menu = QMenu(self)
        for name in (*self._hidden, "settings"):
            page = menu.addAction(self._words[name])
            page.triggered.connect(lambda _on=False, page_name=name: self._choose(page_name))
        menu.addAction(_("Lock")).triggered.connect(self.lock)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(self._more.rect().topRight()))


def _polish_again(button: QPushButton) -> None:
    """Let the style sheet see a changed property; before the first showing it has not looked yet."""
    if button.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        button.style().unpolish(button)
        button.style().polish(button)
