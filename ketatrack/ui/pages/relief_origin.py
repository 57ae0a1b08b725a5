"""How the numbers of the Relief page were worked out: baseline, rule, counts, and what limits them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from ketatrack.analysis import relief_words as words
from ketatrack.analysis.episodes import Status
from ketatrack.analysis.relief import Relief
from ketatrack.i18n import translate
from ketatrack.models.records import Baseline
from ketatrack.ui.pages.relief_job import Found, behind
from ketatrack.ui.today.cards import sign_words
from ketatrack.ui.widgets.buttons import secondary
from ketatrack.ui.widgets.card import Card, Note
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.words import short_day


def tr(text: str, n: int = -1) -> str:
    """`text` in the person's language."""
    return translate("ReliefPage", text, n)


class OriginCard(Card):
    """`accepted` carries the computed baseline that the person takes as theirs."""

    accepted = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self._proposal: Baseline | None = None
        self.lines = label("", "body", wrap=True)
        self.accept = secondary("")
        self.accept.clicked.connect(lambda: self.accepted.emit(self._proposal))
        self.cautions, self.signs = Note(), Note()
        row = QHBoxLayout()
        row.addWidget(self.accept)
        row.addStretch(1)
        self.body.addWidget(label(tr("How this was worked out"), "strong"))
        self.body.addWidget(self.lines)
        self.body.addLayout(row)
        self.body.addWidget(self.cautions)
        self.body.addWidget(self.signs)
        self.body.addStretch(1)

    def show_found(self, found: Found) -> None:
        """Say where these results come from."""
        result, self._proposal = found.relief, found.proposal
        self.lines.setText("\n".join(said for said in _lines(found) if said))
        self.accept.setVisible(found.proposal is not None)
        if found.proposal is not None:
            value = result.measure.words(result.measure.worse(found.proposal.value))
            self.accept.setText(tr("Use {value} as your baseline").format(value=value))
            self.accept.setAccessibleName(self.accept.text())
        self.signs.set_words(*sign_words(found.signs))
        self.cautions.set_words(" ".join(words.cautions(result)))
        self.lines.updateGeometry()


def _lines(found: Found) -> tuple[str, ...]:
    result = found.relief
    return (_baseline(found), _rule(result), _window(result), _counted(result), *behind(found))


def _baseline(found: Found) -> str:
    said, baseline = words.baseline_words(found.relief.measure, found.relief.baseline), found.relief.baseline
    if baseline is None:
        baseline = found.proposal
        if baseline is None:
            return tr("{said}. You can type one in under Settings.").format(said=said)
        said = tr("{said}. One can be computed from {n} readings").format(said=said, n=baseline.readings)
    if baseline.from_day and baseline.to_day:
        said += tr(", {a} to {b}").format(a=short_day(baseline.from_day), b=short_day(baseline.to_day))
    return f"{said}."


def _rule(result: Relief) -> str:
    line, rule = words.limit_words(result), words.rule_words(result.rule, result.measure.higher_is_better)
    if result.criterion is None:
        return ""
    return tr("In relief at {line} ({rule}).").format(line=line, rule=rule)


def _window(result: Relief) -> str:
    said = tr("Relief counts when it shows in the first {w} days; its end when a second entry, {d} later, confirms it.")
    days = tr("a day") if result.measure.confirm_after == 1 else tr("5 days")
    return said.format(w=result.measure.window, d=days)


def _counted(result: Relief) -> str:
    states = [span.status for span in result.spans]
    silent, unknown = states.count(Status.NO_RESPONSE), states.count(Status.NOT_ASSESSED)
    said = [words.counts(result)]
    said += [tr("{n} without response").format(n=silent)] if silent else []
    said += [tr("{n} not assessed").format(n=unknown)] if unknown else []
    return ", ".join(said) + "."
