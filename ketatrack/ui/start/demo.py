"""A made-up diary to look around in: made anew each time, in a file of its own, never over the person's."""

from datetime import datetime
from pathlib import Path

from ketatrack.diary.database import Diary, create
from ketatrack.paths import backup_folder, data_folder

PASSPHRASE = "made-up"


def path() -> Path:
    """Where the made-up diary lies."""
    return data_folder() / "made-up diary.ketatrack"


def make_up(now: datetime) -> Diary:
    """Return the made-up diary, open; raises DiaryInUse where it is open in another window."""
    from ketatrack.demo import SEED, YEARS, fill
    from ketatrack.diary.lock import DiaryLock

    place = path()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = DiaryLock(place)
    place.unlink(missing_ok=True)
    for old in backup_folder(place).glob("*.ketatrack"):
        old.unlink()
    lock.release()
    diary = create(place, PASSPHRASE)
    fill(diary, YEARS, SEED, now.date())
    return diary
