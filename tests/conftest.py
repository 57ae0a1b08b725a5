"""What all tests share: no screen, a real encrypted diary in a temporary folder, a clock that stands still."""

import logging
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from ketatrack.diary import database, writing
from ketatrack.diary.database import Diary
from ketatrack.models.tracked import built_in

pytest_plugins = ["windows"]
PASSPHRASE = "correct horse battery staple"
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 10, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def now() -> Callable[[], datetime]:
    return lambda: NOW


@pytest.fixture(scope="session")
def _blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a new diary that tracks the built-in measures; copied for each test to save the derivation."""
    path = tmp_path_factory.mktemp("blank") / "diary.ketatrack"
    diary = database.create(path, PASSPHRASE)
    writing.apply(diary, [(None, tracked) for tracked in built_in()], TODAY)
    diary.close()
    return path.read_bytes()


@pytest.fixture
def diary_path(tmp_path: Path, _blank: bytes) -> Path:
    path = tmp_path / "diary.ketatrack"
    path.write_bytes(_blank)
    return path


@pytest.fixture
def diary(diary_path: Path) -> Iterator[Diary]:
    opened = database.open_diary(diary_path, PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def no_unexpected_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test in which something was logged as a warning or worse; one that expects it clears `caplog`."""
    yield
    logged = [record for when in ("setup", "call") for record in caplog.get_records(when)]
    assert [record.getMessage() for record in logged if record.levelno >= logging.WARNING] == []
