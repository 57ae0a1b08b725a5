"""An error of our own: the person is told calmly, and nothing they wrote reaches the log."""

import logging
import sys

import pytest

from ketatrack.ui import app


@pytest.fixture
def told(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    log = logging.getLogger("ketatrack")
    kept = log.handlers[:]
    log.handlers.clear()
    said: list[str] = []
    app.tell(said.append)
    yield said
    for handler in log.handlers:
        handler.close()
    log.handlers[:] = kept


def test_an_unexpected_error_is_told_and_logged_without_words(told, tmp_path):
    try:
        raise ValueError("my private note")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert told == [told[0]]
    assert "safe" in told[0]
    (log,) = tmp_path.rglob("ketatrack.log")
    written = log.read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "test_crash_log.py" in written
    assert "private" not in written


def test_ctrl_c_stays_ctrl_c(told, capsys):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_a_log_that_cannot_be_written_is_no_second_error(told, tmp_path, monkeypatch, caplog):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    sys.excepthook(ValueError, ValueError("x"), None)
    assert len(told) == 1
    caplog.clear()  # the record that could not be written is expected
