"""Restoring in the window: looked into first, the present diary is kept, refusals say why and change nothing."""

import re

import pytest
from PySide6.QtTest import QTest

from ketatrack.diary import backup, database, reading, writing
from ketatrack.models.records import CheckIn
from ketatrack.paths import backup_folder
from ketatrack.ui.start.restore import RestoreDialog


@pytest.fixture
def made(diary, today):
    """A backup with one entry, and the live diary with a second one."""
    writing.apply(diary, [(None, CheckIn(day=today, note="old"))], today)
    path = backup.make_daily(diary, today)
    writing.apply(diary, [(None, CheckIn(day=today, note="new"))], today)
    diary.close()
    return path


@pytest.fixture
def dialog(made, diary_path, now, qtbot, focus_ring):
    shown = RestoreDialog(diary_path, now)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def test_what_it_holds_is_shown_before_it_is_put_in_place(dialog, diary_path, passphrase, qtbot):
    assert dialog.backups.currentText() == "diary 2026-11-23"
    assert not dialog.go.isEnabled()
    QTest.keyClicks(dialog.passphrase, passphrase)
    dialog.look.click()
    qtbot.waitUntil(dialog.go.isEnabled, timeout=10_000)
    assert "The backup: 0 sessions, 1 check-in," in dialog.contents.text()
    assert "Your present diary: 0 sessions, 2 check-ins" in dialog.contents.text()
    with qtbot.waitSignal(dialog.restored, timeout=10_000) as told:
        dialog.go.click()
    opened = told.args[0]
    with opened.read() as connection:
        assert [entry.note for entry in reading.check_ins(connection)] == ["old"]
    opened.close()
    assert any("before restore" in path.name for path in backup_folder(diary_path).iterdir())


def test_a_wrong_passphrase_says_so_and_changes_nothing(dialog, diary_path, qtbot):
    before = diary_path.read_bytes()
    QTest.keyClicks(dialog.passphrase, "wrong")
    dialog.look.click()
    qtbot.waitUntil(dialog.note.isVisible, timeout=10_000)
    assert re.match(r"That is not the passphrase of .*\.ketatrack\. Check capitals", dialog.note.words())
    assert not dialog.go.isEnabled()
    assert diary_path.read_bytes() == before


def test_a_live_diary_that_does_not_open_can_be_replaced(dialog, diary_path, passphrase, qtbot):
    diary_path.write_bytes(b"junk" * 2000)
    QTest.keyClicks(dialog.passphrase, passphrase)
    dialog.look.click()
    qtbot.waitUntil(dialog.go.isEnabled, timeout=10_000)
    assert "cut short" in dialog.contents.text()
    with qtbot.waitSignal(dialog.restored, timeout=10_000) as told:
        dialog.go.click()
    told.args[0].close()


def test_another_file_can_be_chosen(dialog, made, tmp_path, passphrase, qtbot):
    other = tmp_path / "elsewhere.ketatrack"
    other.write_bytes(made.read_bytes())
    dialog.choose(other)
    assert dialog.backups.currentText() == "elsewhere"
    QTest.keyClicks(dialog.passphrase, passphrase)
    dialog.look.click()
    qtbot.waitUntil(dialog.go.isEnabled, timeout=10_000)
    database.open_diary(other, passphrase).close()
