"""The diary that everything is measured on: the made-up person's, kept for ten years."""

import compileall
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ketatrack import demo
from ketatrack.diary import database
from ketatrack.diary.database import Diary

YEARS = 10
PASSPHRASE = "made-up for measuring"
LEAST = {"check-ins": 3650, "questionnaires": 1500, "sessions": 150}


@dataclass(frozen=True, slots=True)
class Material:
    """A folder of one run with the diary, and the file its passphrase stands in."""

    folder: Path

    @property
    def diary(self) -> Path:
        """The encrypted diary."""
        return self.folder / "diary.ketatrack"

    @property
    def passphrase(self) -> Path:
        """What --passphrase-file is given."""
        return self.folder / "passphrase"

    def open(self) -> Diary:
        """Return the diary, open in this process."""
        return database.open_diary(self.diary, PASSPHRASE)


def make(folder: Path, years: int = YEARS) -> Material:
    """Fill a new diary in `folder` with `years` years that end today."""
    made = Material(folder)
    made.passphrase.write_text(PASSPHRASE, encoding="utf-8")
    diary = database.create(made.diary, PASSPHRASE)
    demo.fill(diary, years, demo.SEED, datetime.now().astimezone().date())
    diary.close()
    return made


def compile_sources() -> None:
    """Keep byte code of what is measured, as an installed KetaTrack has it."""
    for package in ("ketatrack", "benchmarks"):
        compileall.compile_dir(package, quiet=1)


def today() -> date:
    """Return the last day of the diary."""
    return datetime.now().astimezone().date()
