"""Typing in a clinic's total, with real keys."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ketatrack.ui.scores.clinic_total import ClinicTotal

TODAY = date(2026, 11, 23)


@pytest.fixture
def dialog(qtbot: QtBot) -> ClinicTotal:
    made = ClinicTotal("madrs", lambda: TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


def typed(qtbot: QtBot, dialog: ClinicTotal, words: str) -> None:
    dialog.total.clear()
    qtbot.keyClicks(dialog.total, words)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)


def test_a_total_becomes_an_entry(dialog: ClinicTotal, qtbot: QtBot):
    qtbot.keyClicks(dialog.note, "rated by Dr Larsen")
    typed(qtbot, dialog, "34")
    entry = dialog.entry
    assert (entry.instrument, entry.total, entry.day, entry.items) == ("madrs", 34, TODAY, None)
    assert entry.note == "rated by Dr Larsen"


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("", "Type in the total that the clinic gave you."),
        ("61", "A MADRS total must be from 0 to 60; 61 is outside."),
        ("-1", "A MADRS total must be from 0 to 60; -1 is outside."),
        ("12.5", "A MADRS total must be a whole number."),
        ("many", "“many” is not a number."),
    ],
)
def test_what_cannot_be_is_refused_with_the_range(dialog: ClinicTotal, qtbot: QtBot, words: str, refusal: str):
    typed(qtbot, dialog, words)
    assert dialog.entry is None
    assert dialog.refusal.accessibleName() == refusal


def test_every_questionnaire_can_be_chosen_with_its_own_range(dialog: ClinicTotal, qtbot: QtBot):
    assert [dialog.choice.itemText(n) for n in range(dialog.choice.count())] == [
        "PHQ-9",
        "GAD-7",
        "PEG",
        "MADRS",
        "QIDS-SR16",
    ]
    assert dialog.hint.text() == "0 to 60"
    assert "rated by a clinician" in dialog.source.text()
    dialog.choice.setFocus()
    qtbot.keyClick(dialog.choice, Qt.Key.Key_Up)
    assert dialog.hint.text() == "0 to 30, the sum of its answers"
    typed(qtbot, dialog, "30")
    assert (dialog.entry.instrument, dialog.entry.total) == ("peg", 30)


def test_another_day_and_a_wrong_one(dialog: ClinicTotal, qtbot: QtBot):
    dialog.date_field.clear()
    qtbot.keyClicks(dialog.date_field, "some day")
    typed(qtbot, dialog, "10")
    assert dialog.entry is None
    assert "is not a date" in dialog.refusal.accessibleName()
    dialog.date_field.clear()
    qtbot.keyClicks(dialog.date_field, "20 Nov 2026")
    typed(qtbot, dialog, "10")
    assert dialog.entry.day == date(2026, 11, 20)


def test_escape_takes_nothing(dialog: ClinicTotal, qtbot: QtBot):
    qtbot.keyClicks(dialog.total, "34")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.entry is None
    assert not dialog.isVisible()
