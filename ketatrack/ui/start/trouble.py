"""One screen for a diary that cannot be shown, because it is gone or damaged: it says so, and what can be done."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from ketatrack.i18n import _
from ketatrack.ui.sidebar import help_button
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import primary, secondary
from ketatrack.ui.widgets.cards import Card
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import scrolled


class TroubleScreen(QWidget):
    """`again` looks for the diary once more; `begin` makes a new one, and is offered where the old one is gone."""

    again = Signal()
    restore = Signal()
    other_diary = Signal()
    begin = Signal()
    help_now = Signal()

    def __init__(self, title: str, sentence: str, *, gone: bool, unsaved: str = "") -> None:
        """`unsaved` words can be copied out."""
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        card = Card(padding=28)
        card.setMaximumWidth(px(520))
        card.body.addWidget(label(title, "headline", wrap=True))
        card.body.addWidget(label(sentence, "body", wrap=True))
        card.body.addSpacing(px(8))
        ways: list[tuple[QPushButton, Signal]] = [
            (primary(_("Restore a backup")), self.restore),  # type: ignore[list-item]
            (secondary(_("Look again")), self.again),  # type: ignore[list-item]
            (secondary(_("Open another diary")), self.other_diary),  # type: ignore[list-item]
        ]
        if gone:
            ways.append((secondary(_("Begin a new diary there")), self.begin))  # type: ignore[arg-type]
        if unsaved:
            copy = secondary(_("Copy what was typed and not saved"), "copy")
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(unsaved))
            card.body.addWidget(copy)
        for button, signal in ways:
            button.clicked.connect(signal)
            card.body.addWidget(button)
        page = QWidget()
        page.setObjectName("page")
        vbox(Stretch(2), hbox(Stretch(), (card, 100), Stretch()), Stretch(3), margins=24, of=page)
        help_now = help_button()
        help_now.clicked.connect(self.help_now)
        vbox((scrolled(page), 1), hbox(help_now, Stretch(), margins=(24, 8, 24, 16)), margins=0, of=self)
        self.first = ways[0][0]


def missing(path: Path) -> TroubleScreen:
    """Return the screen for a diary that was at `path` and is not there now."""
    sentence = _(
        "It was at {path}, and there is no file of that name now. Is the disk connected, or was the file moved or "
        "renamed? Its backups are left as they are, whatever you choose."
    ).format(path=path)
    return TroubleScreen(_("Your diary is not where it was"), sentence, gone=True)


def damaged(path: Path, reason: str, unsaved: str) -> TroubleScreen:
    """Return the screen for a diary in which something was read that was never written, with the `unsaved` words."""
    sentence = _(
        "{reason} Nothing more is written to it. A backup can be put in its place; the damaged file is kept beside it."
    ).format(reason=reason)
    return TroubleScreen(_("{name} is damaged").format(name=path.name), sentence, gone=False, unsaved=unsaved)
