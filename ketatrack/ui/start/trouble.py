"""One screen for a diary that cannot be shown, because it is gone or damaged: it says so, and what can be done."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ketatrack.i18n import _
from ketatrack.ui.sidebar import help_button
from ketatrack.ui.start.screen import StartScreen
from ketatrack.ui.theme.tokens import px
from ketatrack.ui.widgets.boxes import Stretch, hbox, vbox
from ketatrack.ui.widgets.buttons import primary, secondary
from ketatrack.ui.widgets.cards import Card, Note
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.layout import scrolled


class TroubleScreen(StartScreen):
    """`again` looks for the diary once more; `begin` makes a new one, and is offered where the old one is gone."""

    def __init__(self, title: str, sentence: str, *, gone: bool, unsaved: str = "") -> None:
        """`unsaved` words can be copied out."""
        super().__init__()
        self._note = Note()
        card = Card(padding=28)
        card.setMaximumWidth(px(520))
        card.body.addWidget(label(title, "headline", wrap=True))
        card.body.addWidget(label(sentence, "body", wrap=True))
        card.body.addWidget(self._note)
        card.body.addSpacing(px(8))
        restore, again, other = (
            primary(_("Restore a backup")),
            secondary(_("Look again")),
            secondary(_("Open another diary")),
        )
        restore.clicked.connect(self.restore)
        again.clicked.connect(self.again)
        other.clicked.connect(self.other_diary)
        if unsaved:
            copy = secondary(_("Copy what was typed and not saved"), "copy")
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(unsaved))
            card.body.addWidget(copy)
        for button in (restore, again, other):
            card.body.addWidget(button)
        if gone:
            begin = secondary(_("Begin a new diary there"))
            begin.clicked.connect(self.begin)
            card.body.addWidget(begin)
        page = QWidget()
        page.setObjectName("page")
        vbox(Stretch(2), hbox(Stretch(), (card, 100), Stretch()), Stretch(3), margins=24, of=page)
        help_now = help_button()
        help_now.clicked.connect(self.help_now)
        vbox((scrolled(page), 1), hbox(help_now, Stretch(), margins=(24, 8, 24, 16)), margins=0, of=self)
        self._first = restore

    def show_error(self, sentence: str) -> None:
        """Say what went wrong."""
        self._note.set_words(sentence)

    def focus_first(self) -> None:
        """Put the focus on the first way on."""
        self._first.setFocus()


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
