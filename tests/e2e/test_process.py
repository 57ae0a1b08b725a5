"""The program as the system starts it: a window that comes up, a second start, and no screen at all."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start(tmp_path, diary_path, passphrase):
    """Start the program on the diary, offscreen, with folders of its own."""
    secret = tmp_path / "passphrase"
    secret.write_text(passphrase + "\n", encoding="utf-8")
    running = []

    def begin(*arguments: str, **environment: str) -> subprocess.Popen[str]:
        own = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_DATA_HOME": str(tmp_path / "data")}
        wanted = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **own, **environment}
        process = subprocess.Popen(
            [sys.executable, "-m", "ketatrack", f"--diary={diary_path}", f"--passphrase-file={secret}", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={name: value for name, value in wanted.items() if value},
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.communicate()


def wait_for(condition, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_second_start_ends_at_once_and_the_first_goes_on(start, diary_path):
    first = start()
    backups = diary_path.with_name("diary backups")
    wait_for(lambda: backups.exists() or first.poll() is not None)
    assert first.poll() is None
    second = start()
    assert second.wait(30) == 0
    assert second.stderr is not None
    assert "Traceback" not in second.stderr.read()
    assert first.poll() is None
    first.send_signal(signal.SIGTERM)  # as at the end of the system's session: it closes as its own button does
    assert first.wait(20) == 0


def test_without_a_screen_it_says_so_in_one_sentence(start):
    process = start(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    _, said = process.communicate(timeout=30)
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux has sessions without a screen")
    assert process.returncode == 1
    assert "no screen" in said
    assert "backup, restore or check" in said
    assert said.count("\n") == 1


def test_a_passphrase_file_that_is_not_there_is_wrong_usage(start, tmp_path):
    process = start("--passphrase-file", str(tmp_path / "missing"))
    _, said = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "cannot be read" in said
    assert "Traceback" not in said
