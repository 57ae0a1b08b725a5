"""Whatever fails before a diary is open ends in its sentence, and a button that works: the disk is full, or lies."""

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from windows import button, settle, words_on

from ketatrack.diary import backup, crypto, database
from ketatrack.diary import passphrase as rekey
from ketatrack.errors import StorageFull
from ketatrack.paths import backup_folder
from ketatrack.ui.failures import sentence_of
from ketatrack.ui.settings.security import SecuritySection
from ketatrack.ui.start.restore import RestoreDialog

OLD = Path(__file__).resolve().parents[1] / "databases" / "version_5.ketatrack"
OLD_SECRET = "frozen in the first winter"
NEW = "another few words"


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes, as on a disk that is almost full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [512, 60_000, 120_000, 170_000])
def test_an_unlock_that_must_upgrade_without_room(make_window, tmp_path, qtbot, size):
    path = tmp_path / "old.ketatrack"
    shutil.copy(OLD, path)
    window = make_window(path)
    window.show_start_screen()
    screen = window.centralWidget()
    QTest.keyClicks(screen.passphrase, OLD_SECRET)
    with room_for(size):
        button(screen, "Unlock").click()
        qtbot.waitUntil(lambda: bool(screen.note.words()), timeout=20_000)
    assert "could not be" in screen.note.words() or "full" in screen.note.words()
    button(screen, "Unlock").click()
    qtbot.waitUntil(lambda: window.diary_view is not None, timeout=20_000)
    settle(qtbot)


@pytest.mark.parametrize("size", [512, 20_000, 60_000])
def test_a_first_start_without_room(make_window, tmp_path, qtbot, size):
    window = make_window(tmp_path / "new.ketatrack")
    window.show_start_screen()
    start = window.centralWidget()
    for field in (start.passphrase.first, start.passphrase.again):
        QTest.keyClicks(field, "four unrelated words here")
    with room_for(size):
        start.next.click()
        qtbot.waitUntil(start.next.isEnabled, timeout=20_000)
        assert start.passphrase.isVisible()
        assert "could not be" in words_on(start.passphrase) or "full" in words_on(start.passphrase)
    start.next.click()
    qtbot.waitUntil(start.track.isVisible, timeout=20_000)


@pytest.mark.parametrize("size", [512, 60_000])
def test_a_restore_without_room(window, diary_path, passphrase, now, today, qtbot, size):
    assert backup.own_dailies(window.diary_view.editor.diary)  # made by itself when the diary was opened
    window.lock()
    before = diary_path.read_bytes()
    dialog = RestoreDialog(diary_path, now, window)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.passphrase, passphrase)
    dialog.look.click()
    qtbot.waitUntil(dialog.go.isEnabled, timeout=20_000)
    with room_for(size):
        dialog.go.click()
        qtbot.waitUntil(lambda: dialog.look.isEnabled() and bool(dialog.note.words()), timeout=20_000)
        settle(qtbot)
    assert "could not be written" in dialog.note.words() or "full" in dialog.note.words()
    assert diary_path.read_bytes() == before
    dialog.look.click()
    qtbot.waitUntil(dialog.go.isEnabled, timeout=20_000)
    with qtbot.waitSignal(dialog.restored, timeout=20_000) as restored:
        dialog.go.click()
    restored.args[0].close()


@pytest.mark.parametrize("size", [512, 20_000, 60_000, 100_000])
def test_a_passphrase_change_without_room(window, diary_path, passphrase, qtbot, size):
    window.diary_view.show_page("settings")
    settle(qtbot)
    section = window.diary_view.page("settings").findChild(SecuritySection)
    for field, words in ((section.old, passphrase), (section.new, NEW), (section.again, NEW)):
        QTest.keyClicks(field, words)
    with room_for(size):
        section.change.click()
        qtbot.waitUntil(section.change.isEnabled, timeout=20_000)
    assert "The diary is as it was" in section.note.words() or "untouched" in section.note.words()
    section.change.click()
    qtbot.waitUntil(lambda: not section.new.text(), timeout=20_000)
    window.lock()
    database.open_diary(diary_path, NEW).close()


def test_a_change_that_has_no_room_says_so(diary, diary_path, passphrase):
    with room_for(40_000), pytest.raises(StorageFull):
        rekey.change(diary, passphrase, NEW)
    assert diary.key == crypto.derive(passphrase, crypto.salt_of(diary_path))
    assert not list(diary_path.parent.glob("*.rekeyed*"))
    assert not backup_folder(diary_path).exists()


def test_what_the_disk_says_and_what_nobody_foresaw(monkeypatch, qtbot):
    assert "“No space left on device”" in sentence_of(OSError(28, "No space left on device"))
    with qtbot.capture_exceptions() as raised:
        assert sentence_of(RuntimeError("Zaubernuss")).startswith("Something went wrong inside KetaTrack.")
    assert raised[0][0] is RuntimeError
