"""Goes through the real window like a person: `python -m benchmarks.visitor DIARY relief|pages`.

Prints one line of JSON for each step: its name, when it began and ended (time.monotonic), and how long the GUI
thread was blocked at most meanwhile, in ms.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from benchmarks.material import PASSPHRASE
from ketatrack.diary import reading
from ketatrack.models.enums import RuleKind
from ketatrack.models.records import CheckIn, Rule
from ketatrack.ui.app import open_window
from ketatrack.ui.main_window import Window

PAUSE_MS = 1800
BEAT_MS = 1
PAGES = ("sessions", "scores", "relief", "habits", "share", "settings", "today")

Step = tuple[str, Callable[[], object]]


class Visitor:
    """Takes one step after another, with a pause after each in which the window comes to rest."""

    def __init__(self, window: Window, way: str) -> None:
        assert window.diary_view is not None
        self.diary_view = window.diary_view
        self.editor = window.diary_view.editor
        self.steps = self._relief() if way == "relief" else self._pages()
        self.longest, self.last_beat = 0.0, time.monotonic()
        self.name, self.began = "", time.monotonic()
        self.beat = QTimer()
        self.beat.setTimerType(Qt.TimerType.PreciseTimer)
        self.beat.setInterval(BEAT_MS)
        self.beat.timeout.connect(self._beat)
        if way == "pages":  # it takes a little time itself
            self.beat.start()
        self.pause = QTimer()
        self.pause.setInterval(PAUSE_MS)
        self.pause.timeout.connect(self._next)
        self.pause.start()

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest, self.last_beat = max(self.longest, now - self.last_beat), now

    def _next(self) -> None:
        now = time.monotonic()
        if self.name:
            report = {"step": self.name, "began": self.began, "ended": now, "blocked": 1000 * self.longest}
            print(json.dumps(report), flush=True)
        step = next(self.steps, None)
        if step is None:
            QApplication.quit()
            return
        self.name, act = step
        self.longest, self.began, self.last_beat = 0.0, time.monotonic(), time.monotonic()
        act()

    def _pages(self) -> Iterator[Step]:
        for visit in ("first visit", "again", "again"):
            for name in PAGES:
                yield f"{name}, {visit}", partial(self.diary_view.show_page, name)

    def _relief(self) -> Iterator[Step]:
        yield "first visit", partial(self.diary_view.show_page, "relief")
        controls = self.diary_view.page("relief").controls  # type: ignore[attr-defined]
        for measure in ("phq9", "pain", "low_mood"):
            yield "measure", partial(controls.measure_changed.emit, measure)
        for kind, limit in ((RuleKind.AT_MOST, 400), (RuleKind.HALF, None), (RuleKind.AT_MOST, 300)):
            yield "rule", partial(self._rule, kind, limit)
        periods = controls.period.findChildren(QPushButton)
        for place in (3, 0, 1):
            yield "period", periods[place].click
        for note in ("a", "b", "c"):
            yield "data", partial(self._change_data, note)

    def _rule(self, kind: RuleKind, limit: int | None) -> None:
        rule = Rule(id=uuid4(), measure="low_mood", kind=kind, value=limit, recorded_at=self.editor.now())
        self.editor.edit("Rule", [(None, rule)])

    def _change_data(self, note: str) -> None:
        today = self.editor.today()
        with self.editor.diary.read() as connection:
            entry = reading.check_ins(connection, today, today)[-1]
        worse = tuple(replace(value, hundredths=(value.hundredths + 100) % 1100) for value in entry.values)
        after: CheckIn = replace(entry, note=note, values=worse)
        self.editor.edit("Data", [(entry, after)])


def main() -> int:
    """Open the window as `ketatrack` does, and send the visitor through it."""
    app = QApplication(sys.argv[:1])
    app.setCursorFlashTime(0)  # a blinking caret would never let the screen come to rest
    visitors: list[Visitor] = []

    def enter() -> None:
        window = next(topLevelWidget for topLevelWidget in app.topLevelWidgets() if isinstance(topLevelWidget, Window))
        visitors.append(Visitor(window, sys.argv[2]))

    QTimer.singleShot(2500, enter)
    return open_window(Path(sys.argv[1]), PASSPHRASE)


if __name__ == "__main__":
    sys.exit(main())
