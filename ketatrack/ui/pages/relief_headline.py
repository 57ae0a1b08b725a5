"""The Relief page's one headline, its second line, and beside that how much data it rests on."""

from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ketatrack.analysis import relief_words as words
from ketatrack.analysis.relief import Relief
from ketatrack.i18n import translate
from ketatrack.ui.tokens import px, theme
from ketatrack.ui.widgets.buttons import link
from ketatrack.ui.widgets.labels import label

LARGE, NO_NUMBER, RANGE = 24, 18, 16


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("ReliefPage", text, n)


class Headline(QWidget):
    """`asked` is emitted by the link "How was this worked out?"."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._said = words.Headline("")
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        self.now = label("", "body", wrap=True)
        self.counts = label("", "secondary")
        self.counts.setFixedHeight(px(24))
        self.link = link(tr("How was this worked out?"))
        self.link.clicked.connect(self.asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self.sentence)
        about = QHBoxLayout()
        about.setSpacing(px(12))
        about.addWidget(self.counts)
        about.addWidget(self.link)
        about.addStretch(1)
        self._second = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._second.setSpacing(px(4))
        self._second.addWidget(self.now, 1)
        self._second.addLayout(about)
        self._second.setAlignment(about, Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._second)
        self.wait()

    def set_stacked(self, stacked: bool) -> None:
        """Put the counts below the second line, where there is no room beside it."""
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._second.setDirection(way)

    def wait(self) -> None:
        """Say that the notes are being read."""
        self._say(words.Headline(tr("Looking through your notes…")))
        self.counts.hide()
        self.link.hide()

    def show_found(self, result: Relief, headline: words.Headline) -> None:
        """Say the headline, where the person is now, and how much data there is."""
        self._say(headline)
        self.now.setText(words.now(result))
        self.now.setVisible(bool(self.now.text()))
        self.now.updateGeometry()
        self.counts.setText(words.counts(result))
        self.counts.show()
        self.link.show()

    def show_failure(self, sentence: str) -> None:
        """Say why there is nothing to show."""
        self.wait()
        self._say(words.Headline(sentence))
        self.now.setText("")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._say(self._said)  # colours in rich text stay as they were

    def _say(self, headline: words.Headline) -> None:
        """Large where it tells a number; a sentence that tells why there is none is no headline."""
        self._said = headline
        self.sentence.setAccessibleName(headline.sentence)
        if not headline.number:
            self.sentence.setText(_span(headline.before, NO_NUMBER, 500, theme().text))
            return
        parts = (
            _span(f"{headline.before} ", LARGE, 500, theme().text),
            _span(headline.number, LARGE, 700, theme().text),
            _span(f" {headline.limits}.", RANGE, 400, theme().secondary),
        )
        self.sentence.setText("".join(parts))


def _span(text: str, size: int, weight: int, color: str) -> str:
    return f'<span style="font-size:{px(size)}px; font-weight:{weight}; color:{color}">{escape(text)}</span>'
