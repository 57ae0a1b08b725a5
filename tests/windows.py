"""The real window on a real diary, for every test that goes through it; a plug-in of the test run."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ketatrack.diary import database
from ketatrack.ui import jobs
from ketatrack.ui.main_window import Window
from ketatrack.ui.theme import tokens
from ketatrack.ui.theme.focus_ring import FocusRing
from ketatrack.ui.theme.preferences import Preferences
from ketatrack.ui.theme.stylesheet import apply_theme


def settle(qtbot: QtBot) -> None:
    """Wait until all background work has come back."""
    qtbot.waitUntil(lambda: not jobs.busy(), timeout=30_000)
    qtbot.wait(30)


def words_on(root: QWidget) -> str:
    """Every label and button that is in sight below `root`, a line each."""
    shown = [each for each in root.findChildren(QWidget) if each.isVisibleTo(root)]
    texts = [each.text() for each in shown if isinstance(each, QLabel | QAbstractButton)]
    return "\n".join(re.sub("<[^>]+>", "", text) for text in texts if text)


def button(root: QWidget, name: str) -> QAbstractButton:
    """The one button in sight that is called `name`, by its words or to those who hear it."""
    shown = [each for each in root.findChildren(QAbstractButton) if each.isVisibleTo(root)]
    (named,) = (each for each in shown if name in (each.text().strip(), each.accessibleName()))
    return named


@pytest.fixture(scope="session")
def focus_ring(qapp: QApplication) -> FocusRing:
    """The one focus ring of the application."""
    return FocusRing(qapp)


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Preferences in a folder of the test's own."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    return Preferences()


@pytest.fixture
def make_window(
    qtbot: QtBot, preferences: Preferences, now: Callable[[], datetime], focus_ring: FocusRing, qapp: QApplication
) -> Iterator[Callable[[Path], Window]]:
    """Opens the window on a path, at a start screen or not yet on anything."""
    made: list[Window] = []

    def make(path: Path) -> Window:
        window = Window(path, now, preferences)
        qtbot.addWidget(window)
        made.append(window)
        window.resize(1200, 800)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in made:
        window.close()
    apply_theme(qapp, tokens.LIGHT, 1.0)


@pytest.fixture
def window(make_window: Callable[[Path], Window], diary_path: Path, passphrase: str, qtbot: QtBot) -> Window:
    """The window on an open, empty diary."""
    made = make_window(diary_path)
    made.open(database.open_diary(diary_path, passphrase))
    settle(qtbot)
    return made
