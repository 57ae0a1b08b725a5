"""Help now says whom to call, and shows nobody's name while the diary is locked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from ketatrack.models import safety
from ketatrack.models.records import Contact
from ketatrack.ui.help_now import HelpNow

TEAM = Contact(name="Dr Larsen", phone="555 0142", treatment_team=True)


def texts(dialog: HelpNow) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def shown(qtbot: QtBot, contacts: list[Contact] | None) -> HelpNow:
    dialog = HelpNow(contacts)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_every_line_and_the_day_it_was_checked(qtbot: QtBot):
    said = texts(shown(qtbot, [TEAM, Contact(name="Jonas")]))
    for line in safety.crisis_lines():
        assert {line.label, line.number} <= set(said)
    assert "The numbers are as known on 23 Nov 2026." in said
    assert {"Dr Larsen, 555 0142", "Jonas"} <= set(said)
    assert safety.card().not_alone in said


def test_it_does_not_speak_of_an_answer_that_nobody_gave(qtbot: QtBot):
    assert not any(safety.card().marked in text for text in texts(shown(qtbot, [])))


def test_locked_it_shows_no_names(qtbot: QtBot):
    said = texts(shown(qtbot, None))
    assert "Your own contacts are shown once the diary is unlocked." in said
    assert safety.card().team not in said
    assert "988" in said


def test_without_contacts_it_says_where_to_write_them(qtbot: QtBot):
    said = texts(shown(qtbot, []))
    assert "No contacts are saved yet. You can write them down in Settings." in said


def test_it_closes_by_button_and_by_escape_and_every_control_has_a_name(qtbot: QtBot):
    for close in (
        lambda d: qtbot.mouseClick(d.close_button, Qt.MouseButton.LeftButton),
        lambda d: qtbot.keyClick(d, Qt.Key.Key_Escape),
    ):
        dialog = shown(qtbot, [TEAM])
        assert all(child.accessibleName() for child in dialog.findChildren(QAbstractButton))
        close(dialog)
        assert not dialog.isVisible()
