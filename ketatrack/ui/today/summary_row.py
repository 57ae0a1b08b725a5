"""A check-in of the same day in one line: when, what was rated, and the beginning of its note."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from ketatrack.i18n import translate
from ketatrack.models.records import CheckIn, Tracked
from ketatrack.models.values import KIND_RANGES, Kind
from ketatrack.ui import words
from ketatrack.ui.tokens import px
from ketatrack.ui.widgets.buttons import quiet
from ketatrack.ui.widgets.card import Card
from ketatrack.ui.widgets.labels import label


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("Today", text, n)


class SummaryRow(Card):
    """Opens the whole sheet when it is asked to."""

    opened = Signal()

    def __init__(self, entry: CheckIn, tracked: Sequence[Tracked]) -> None:
        super().__init__()
        self.set_padding(12)
        clock = words.clock(entry.local_time) if entry.local_time else tr("no time")
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(label(clock, "strong"))
        said = label(summary(entry, tracked), "secondary", wrap=True)
        row.addWidget(said, 1)
        open_it = quiet(tr("Open"))
        open_it.setAccessibleName(tr("Open the check-in of {time}").format(time=clock))
        open_it.clicked.connect(self.opened)
        row.addWidget(open_it)
        self.body.addLayout(row)


def summary(entry: CheckIn, tracked: Sequence[Tracked]) -> str:
    """What was rated ("low mood 3, anxiety 0, sleep 7.5 h") and the first words of the note."""
    parts = []
    for each in tracked:
        value = entry.value(each.id)
        if value is None:
            continue
        if each.kind is Kind.YES_NO:
            said = tr("yes") if value else tr("no")
        else:
            unit = each.unit if each.kind in (Kind.HOURS, Kind.MINUTES) else ""
            said = f"{KIND_RANGES[each.kind].words(value)} {unit}".rstrip()
        parts.append(f"{each.name.lower()} {said}")
    note = " ".join(entry.note.split())
    if note:
        parts.append(f"“{note[:60]}{'…' if len(note) > 60 else ''}”")
    return ", ".join(parts) or tr("no entry")
