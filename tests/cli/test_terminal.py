"""The commands at a real terminal: a passphrase is asked for and not shown, and restoring asks before it does."""

import os
import pty
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a few unrelated words"
Answers = list[tuple[str, str]]


@pytest.fixture
def at_terminal(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Run a command; each answer is typed once its question stands there. Returns the exit code and the screen."""

    def run(*arguments: object, answers: Answers) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        call = [sys.executable, "-m", "ketatrack", *map(str, arguments), "--diary", str(tmp_path / "d.ketatrack")]
        environment = {name: value for name, value in os.environ.items() if name != "KETATRACK_PASSPHRASE"}
        process = subprocess.Popen(
            call, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment, start_new_session=True
        )
        os.close(theirs)
        stop = threading.Timer(60, process.kill)
        stop.start()
        try:
            screen = talk(ours, answers)
            return process.wait(), screen
        finally:
            stop.cancel()
            os.close(ours)

    return run


def talk(terminal: int, answers: Answers) -> str:
    """Type the answers as their questions come; return all that stood on the screen until the command ended."""
    screen, waiting, seen = "", list(answers), 0
    while True:
        try:
            read = os.read(terminal, 4096)
        except OSError:  # Linux says the end of a terminal so
            read = b""
        if not read:
            assert waiting == [], screen
            return screen.replace("\r\n", "\n")
        screen += read.decode()
        if waiting and waiting[0][0] in screen[seen:]:
            seen = len(screen)
            os.write(terminal, f"{waiting.pop(0)[1]}\n".encode())


def test_a_new_diary_asks_twice_and_shows_nothing(at_terminal, tmp_path):
    code, screen = at_terminal("new", answers=[("Passphrase:", SECRET), ("The same again:", SECRET)])
    assert code == 0
    assert SECRET not in screen
    assert (tmp_path / "d.ketatrack").exists()
    assert at_terminal("check", answers=[("Passphrase:", SECRET)])[0] == 0


def test_two_passphrases_that_differ_make_no_diary(at_terminal, tmp_path):
    code, screen = at_terminal("new", answers=[("Passphrase:", SECRET), ("The same again:", "other")])
    assert code == 2
    assert "The two passphrases are not the same. Nothing was made." in screen
    assert not (tmp_path / "d.ketatrack").exists()


@pytest.mark.parametrize(("answer", "restored"), [("", False), ("no", False), ("Y", True), ("yes", True)])
def test_restoring_asks_first(at_terminal, tmp_path, answer, restored):
    at_terminal("new", answers=[("Passphrase:", SECRET), ("The same again:", SECRET)])
    copy = tmp_path / "copy.ketatrack"
    assert at_terminal("backup", copy, answers=[("Passphrase:", SECRET)])[0] == 0
    own = tmp_path / "own.csv"
    own.write_text("date,low_mood\n2024-01-28,3\n", encoding="utf-8")
    assert at_terminal("import", own, answers=[("Passphrase:", SECRET)])[0] == 0
    asked = [("Passphrase of copy.ketatrack:", SECRET), ("Put the backup in its place?", answer)]
    code, screen = at_terminal("restore", copy, answers=asked)
    assert "Your diary now: 0 sessions, 1 check-in, 0 questionnaires; 2024-01-28 to 2024-01-28" in screen
    assert (code, "Restored." in screen) == ((0, True) if restored else (1, False))
    _, checked = at_terminal("check", answers=[("Passphrase:", SECRET)])
    assert ("0 check-ins" if restored else "1 check-in,") in checked


def test_a_damaged_diary_is_named_before_it_is_replaced(at_terminal, tmp_path):
    at_terminal("new", answers=[("Passphrase:", SECRET), ("The same again:", SECRET)])
    copy, live = tmp_path / "copy.ketatrack", tmp_path / "d.ketatrack"
    at_terminal("backup", copy, answers=[("Passphrase:", SECRET)])
    live.write_bytes(live.read_bytes()[:9000])
    code, screen = at_terminal("restore", copy, "--yes", answers=[("Passphrase of copy.ketatrack:", SECRET)])
    assert code == 0
    assert "Your diary now: d.ketatrack is not a whole diary" in screen
    assert "The diary as it was is kept at" in screen
