"""Nothing is ever written over a diary, what it needs, or its backups: by name, by link, and by the file itself."""

import os
from datetime import date

import pytest

from ketatrack.diary import backup, database, writing
from ketatrack.diary.own_files import is_own_file
from ketatrack.errors import DamagedDiary, DiaryError, NotSaved
from ketatrack.formats.saving import save, save_all
from ketatrack.models.records import CheckIn
from ketatrack.paths import backup_folder

TODAY = date(2026, 11, 23)


@pytest.fixture
def unusual(tmp_path, passphrase):
    """A diary whose name does not tell what it is, open, with a backup."""
    made = database.create(tmp_path / "mine.db", passphrase)
    writing.apply(made, [(None, CheckIn(day=TODAY, note="one"))], TODAY)
    backup.make_daily(made, TODAY)
    yield made
    made.close()


def inside(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(path, content=b"a report"):
    with pytest.raises(NotSaved, match="belongs to a diary"):
        save(path, content)


@pytest.mark.parametrize("name", ["mine.db", "mine.db-journal", "mine.db.lock"])
def test_a_diary_and_what_it_needs_are_refused(unusual, tmp_path, name):
    before = inside(tmp_path)
    refused(tmp_path / name)
    with pytest.raises(NotSaved, match="belongs to a diary"):
        save_all(tmp_path, {"a.csv": b"new", name: b"new"})
    assert inside(tmp_path) == before


def test_links_of_both_kinds_are_followed(unusual, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "soft.pdf").symlink_to(unusual.path)
    os.link(unusual.path, folder / "hard.pdf")
    (folder / "way").symlink_to(tmp_path)
    before = inside(tmp_path)
    for path in (folder / "soft.pdf", folder / "hard.pdf", folder / "way" / "mine.db"):
        refused(path)
    assert inside(tmp_path) == before


def test_backups_are_refused_too(unusual, tmp_path):
    (copy,) = backup_folder(unusual.path).iterdir()
    os.link(copy, tmp_path / "report.pdf")
    before = inside(tmp_path)
    refused(copy)
    refused(tmp_path / "report.pdf")
    assert inside(tmp_path) == before


@pytest.mark.parametrize(
    "name", ["other.ketatrack", "OTHER.KetaTrack", "other.ketatrack-journal", "other.ketatrack.lock"]
)
def test_other_diaries_are_known_by_their_name(tmp_path, name):
    refused(tmp_path / name)
    (tmp_path / name).write_bytes(b"another diary")
    refused(tmp_path / name)
    assert (tmp_path / name).read_bytes() == b"another diary"


def test_a_file_with_a_lock_beside_it_is_a_diary(tmp_path):
    (tmp_path / "other.db").write_bytes(b"another diary")
    assert not is_own_file(tmp_path / "other.db")
    (tmp_path / "other.db.lock").touch()
    assert is_own_file(tmp_path / "other.db")


def test_a_backup_is_not_made_where_the_diary_needs_a_name(unusual, tmp_path):
    with pytest.raises(NotSaved, match="belongs to a diary"):
        backup.make(unusual, tmp_path / "mine.db-journal")
    backup.make(unusual, tmp_path / "copy.ketatrack")


def test_everything_else_is_written(unusual, tmp_path):
    save(tmp_path / "report.pdf", b"a report")
    save_all(tmp_path / "tables", {"sessions.csv": b"a"})
    assert (tmp_path / "report.pdf").read_bytes() == b"a report"


def spoil(path):
    """Overwrite all but the first page in place, as a bad disk does."""
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\1" * (path.stat().st_size - 4096))


@pytest.mark.parametrize("listening", [True, False])
def test_from_the_first_damage_on_nothing_is_written(tmp_path, passphrase, listening):
    diary = database.create(tmp_path / "d.ketatrack", passphrase)
    told = []
    if listening:
        diary.when_damaged = told.append
    spoil(diary.path)
    for _ in range(2):
        with pytest.raises(DamagedDiary), diary.read() as connection:
            connection.execute("SELECT count(*) FROM check_in").fetchone()
    before = diary.path.read_bytes()
    with pytest.raises(DamagedDiary):
        writing.apply(diary, [(None, CheckIn(day=TODAY, note="two"))], TODAY)
    assert diary.path.read_bytes() == before
    assert len(told) == (1 if listening else 0)
    diary.close()


def test_nothing_reaches_a_closed_diary(tmp_path, passphrase):
    diary = database.create(tmp_path / "d.ketatrack", passphrase)
    diary.close()
    for use in (diary.read, diary.write):
        with pytest.raises(DiaryError, match="closed"), use():
            pass


def test_backups_without_an_id_are_nobodys_and_stay(unusual):
    (daily,) = backup.own_dailies(unusual)
    old = daily.path.with_name("mine 2026-01-01.ketatrack")
    with unusual.raw() as connection:
        connection.execute("DELETE FROM meta WHERE key = 'id'")
    daily.path.unlink()
    backup.make(unusual, old)
    with unusual.raw() as connection:
        connection.execute("INSERT INTO meta (key, value) VALUES ('id', 'another')")
    damaged = daily.path.with_name("mine 2026-01-02.ketatrack")
    damaged.write_bytes(b"no diary at all")
    assert backup.own_dailies(unusual) == []
