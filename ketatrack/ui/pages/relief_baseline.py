"""What can be done while no baseline was accepted: a note that says so, and the computed one in use to accept."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ketatrack.i18n import translate
from ketatrack.models.records import Baseline
from ketatrack.ui.pages.relief_job import Found
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.buttons import secondary
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.words import short_day


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("ReliefPage", text, n)


class BaselineOffer(QFrame):
    """Shown while none is stored; `accepted` carries the computed one that the person takes as theirs."""

    accepted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("tone", "note")
        self._proposal: Baseline | None = None
        self.words = label("", "body", wrap=True)
        self.accept = secondary("")
        self.accept.clicked.connect(lambda: self.accepted.emit(self._proposal))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(8), px(16), px(8))
        row.setSpacing(px(16))
        row.addWidget(self.words, 1)
        row.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_found(self, found: Found) -> None:
        """Say what is missing and offer what there is."""
        self._proposal = found.proposal
        self.words.setText(_words(found))
        self.accept.setVisible(found.proposal is not None)
        if found.proposal is not None:
            measure = found.relief.measure
            value = measure.words(measure.worse(found.proposal.value))
            self.accept.setText(tr("Use {value} as your baseline").format(value=value))
            self.accept.setAccessibleName(self.accept.text())
        self.setVisible((found.relief.baseline is None or found.proposal is not None) and not found.empty)


def _words(found: Found) -> str:
    proposal = found.proposal
    if proposal is None or proposal.from_day is None or proposal.to_day is None:
        missing = tr("No baseline yet: without one nobody can say when a score counts as relief.")
        return f"{missing} {tr('You can type one in under Settings.')}"
    said = tr(
        "You have not set a baseline. Until you do, these numbers use {baseline}, from your {n} entries of {a} to {b}. "
        "You can type in another one under Settings."
    )
    measure = found.relief.measure
    return said.format(
        baseline=measure.words(measure.worse(proposal.value)), n=proposal.readings,
        a=short_day(proposal.from_day), b=short_day(proposal.to_day),
    )  # fmt: skip
