"""One line at the foot of the window that says what just happened: an undone step, or a value that was refused."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ketatrack.i18n import translate
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.buttons import quiet
from ketatrack.ui.widgets.labels import centred, label

_SHOWN_MS = 7_000
_WITH_BUTTON_MS = 20_000


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Notice", text, n)


class Notice(QFrame):
    """Stands over the foot of `over`, a part of `host`, for a while, or until it is closed."""

    def __init__(self, host: QWidget, over: QWidget) -> None:
        super().__init__(host)
        self._over = over
        self.setProperty("tone", "notice")
        self.setObjectName("notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(6), px(8), px(6))
        self._words = label("", "body", wrap=True)
        row.addLayout(centred(self._words), 1)
        self.button = quiet("")
        self.button.clicked.connect(self._do)
        self._action: Callable[[], object] | None = None
        row.addWidget(self.button)
        close = quiet(tr("Close"))
        close.clicked.connect(self.hide)
        row.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, words: str, button: str = "", action: Callable[[], object] | None = None) -> None:
        """Show `words` and tell them to a screen reader; with a `button` that does `action`."""
        self._words.setText(words)
        self._action = action
        self.button.setText(button)
        self.button.setAccessibleName(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(words)
        self.place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.start(_WITH_BUTTON_MS if button else _SHOWN_MS)

    def _do(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    def place(self) -> None:
        """Along the foot of the page, never over the sidebar: "Help now" stays in reach."""
        page = self._over.geometry()
        width = min(page.width() - px(48), px(760))
        self.resize(width, self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height())
        self.move(page.left() + (page.width() - width) // 2, page.bottom() - self.height() - px(16))
