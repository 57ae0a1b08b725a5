"""Backups: verified, kept 10 and 12, looked into without touching them, and put back whatever state the diary is in."""

import resource
import shutil
import tempfile
import threading
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketatrack.diary import backup, database, reading, writing
from ketatrack.diary import passphrase as rekey
from ketatrack.diary.lock import DiaryLock
from ketatrack.errors import BackupError, DamagedDiary, DiaryInUse, InvalidValue, ReadOnlyPlace, WrongPassphrase
from ketatrack.models.records import CheckIn
from ketatrack.paths import backup_folder

NOW = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)


def notes(diary) -> list[str]:
    with diary.read() as connection:
        return sorted(entry.note for entry in reading.check_ins(connection))


def add(diary, note: str, today: date) -> None:
    writing.apply(diary, [(None, CheckIn(day=today, note=note))], today)


def test_a_backup_holds_the_diary_and_opens_with_its_passphrase(diary, tmp_path, today):
    add(diary, "one", today)
    target = tmp_path / "elsewhere" / "copy.ketatrack"
    backup.make(diary, target)
    other = apsw.Connection(str(target))
    other.pragma("cipher", "sqlcipher")
    other.pragma("legacy", 4)
    other.pragma("key", "correct horse battery staple")
    assert other.execute("SELECT note FROM check_in").fetchall() == [("one",)]
    other.close()
    with pytest.raises(BackupError, match="never overwrites"):
        backup.make(diary, target)


def test_once_a_day_and_only_if_something_changed(diary, today):
    add(diary, "one", today)
    first = backup.make_daily(diary, today)
    assert first is not None
    assert backup.make_daily(diary, today) is None
    assert backup.make_daily(diary, today + timedelta(days=1)) is None
    add(diary, "two", today)
    assert backup.make_daily(diary, today) is None
    second = backup.make_daily(diary, today + timedelta(days=2))
    assert second is not None
    assert backup.dated(backup_folder(diary.path), diary.path.stem) == [first, second]


def named(*days: str) -> list[backup.Daily]:
    return [backup.Daily(Path(f"diary {day}.ketatrack"), day, changes) for changes, day in enumerate(days)]


@given(st.sets(st.dates(date(2023, 1, 1), date(2026, 12, 31)), max_size=200))
def test_ten_newest_and_the_last_of_twelve_months_are_kept(days):
    gone = {daily.day for daily in backup.superfluous(named(*sorted(day.isoformat() for day in days)))}
    kept = sorted({day.isoformat() for day in days} - gone)
    ordered = sorted(day.isoformat() for day in days)
    assert set(ordered[-10:]) <= set(kept)
    months = sorted({day[:7] for day in ordered})[-12:]
    for month in months:
        assert max(day for day in ordered if day.startswith(month)) in kept
    assert len(kept) <= 22


@given(st.lists(st.dates(date(1970, 1, 1), date(2099, 12, 31)), min_size=1, max_size=60))
def test_whatever_the_clock_says_the_newest_ten_stay(days):
    dailies = named(*(day.isoformat() for day in days))
    gone = backup.superfluous(dailies)
    assert not set(gone) & set(dailies[-10:])
    assert len(dailies) - len(gone) <= 22


def test_a_clock_that_is_set_back_removes_no_new_backup(diary, today):
    for back in range(40, 0, -1):
        add(diary, str(back), today)
        backup.make_daily(diary, today - timedelta(days=back))
    for day in range(1, 13):
        add(diary, f"wrong {day}", today)
        made = backup.make_daily(diary, date(2000, 1, day))
        assert made is not None
        assert made.exists()
    assert [daily.day for daily in backup.own_dailies(diary)[-10:]] == [f"2000-01-{day:02}" for day in range(3, 13)]


def test_what_comes_after_a_restore_is_newer_than_all_backups(diary, diary_path, passphrase, today):
    for back in range(15, 0, -1):
        add(diary, f"before {back}", today)
        backup.make_daily(diary, today - timedelta(days=back))
    oldest = backup.own_dailies(diary)[0].path
    diary.close()
    restored, _previous = backup.restore(oldest, diary_path, passphrase, NOW)
    made = []
    for ahead in range(12):
        add(restored, f"after {ahead}", today)
        path = backup.make_daily(restored, today + timedelta(days=ahead))
        assert path is not None
        assert path.exists()
        made.append(path)
    assert [daily.path for daily in backup.own_dailies(restored)[-10:]] == made[-10:]
    restored.close()


def test_another_diary_of_the_same_name_keeps_its_backups(diary, diary_path, passphrase, today):
    for back in range(12, 0, -1):
        add(diary, str(back), today)
        backup.make_daily(diary, today - timedelta(days=back))
    before = set(backup_folder(diary_path).iterdir())
    diary.close()
    diary_path.unlink()
    new = database.create(diary_path, passphrase)
    for ahead in range(-3, 30):
        add(new, str(ahead), today)
        assert backup.make_daily(new, today + timedelta(days=ahead)) is not None
    assert before <= set(backup_folder(diary_path).iterdir())
    assert len(backup.own_dailies(new)) == 10 + len({"2026-11"})
    new.close()


def test_old_daily_backups_go_but_safety_copies_stay(diary, today):
    folder = backup_folder(diary.path)
    folder.mkdir()
    safety = folder / "diary before restore 2020-01-01 0800.ketatrack"
    safety.touch()
    for back in range(30, 0, -1):
        add(diary, str(back), today)
        backup.make_daily(diary, today - timedelta(days=back))
    assert len(backup.dated(folder, "diary")) == 10 + len({"2026-10"})
    assert safety.exists()


def test_looking_into_a_backup_leaves_it_untouched(diary, tmp_path, today, passphrase):
    add(diary, "one", today)
    target = tmp_path / "copy.ketatrack"
    backup.make(diary, target)
    before = target.read_bytes()
    found = backup.inspect(target, passphrase)
    assert (found.counts["check-ins"], found.first_day, found.last_day) == (1, today, today)
    assert target.read_bytes() == before
    with pytest.raises(WrongPassphrase, match=r"copy\.ketatrack"):
        backup.inspect(target, "wrong")
    target.write_bytes(before[:-4096])
    with pytest.raises(DamagedDiary):
        backup.inspect(target, passphrase)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_restore_puts_it_back_and_keeps_what_was_there(diary, tmp_path, today, passphrase):
    add(diary, "old", today)
    target = tmp_path / "copy.ketatrack"
    backup.make(diary, target)
    add(diary, "new", today)
    with pytest.raises(DiaryInUse):
        backup.restore(target, diary.path, passphrase, NOW)
    diary.close()
    opened, kept = backup.restore(target, diary.path, passphrase, NOW)
    assert notes(opened) == ["old"]
    opened.close()
    assert kept is not None
    safety = database.open_diary(kept, passphrase)
    assert notes(safety) == ["new", "old"]
    safety.close()


def test_restore_works_where_the_live_file_does_not_open(diary, tmp_path, today, passphrase):
    add(diary, "kept", today)
    target = tmp_path / "copy.ketatrack"
    backup.make(diary, target)
    diary.close()
    diary.path.write_bytes(b"junk")
    journal = diary.path.with_name(diary.path.name + "-journal")
    journal.write_bytes(b"left by a crash")
    opened, kept = backup.restore(target, diary.path, passphrase, NOW)
    assert notes(opened) == ["kept"]
    assert kept is not None
    assert kept.read_bytes() == b"junk"
    assert not journal.exists()
    opened.close()


def test_restore_with_a_wrong_passphrase_changes_nothing(diary, tmp_path, today):
    add(diary, "one", today)
    target = tmp_path / "copy.ketatrack"
    backup.make(diary, target)
    diary.close()
    before = diary.path.read_bytes()
    with pytest.raises(WrongPassphrase):
        backup.restore(target, diary.path, "wrong", NOW)
    assert diary.path.read_bytes() == before


def test_restore_where_there_is_no_live_diary(diary, tmp_path, today, passphrase):
    add(diary, "one", today)
    target = tmp_path / "copy.ketatrack"
    backup.make(diary, target)
    opened, kept = backup.restore(target, tmp_path / "new" / "diary.ketatrack", passphrase, NOW)
    assert (notes(opened), kept) == (["one"], None)
    opened.close()


def test_a_change_cut_short_by_a_crash_is_taken_back_when_its_copy_is_restored(diary, tmp_path, today, passphrase):
    add(diary, "n" * 900_000, today)
    crashed, journal = tmp_path / "crashed.ketatrack", tmp_path / "crashed.ketatrack-journal"
    with diary.raw() as connection:
        connection.execute("PRAGMA cache_size = 5")  # so that pages reach the file before the change is whole
        connection.execute("BEGIN")
        connection.execute("UPDATE check_in SET note = replace(note, 'n', 'x')")
        shutil.copyfile(diary.path, crashed)
        shutil.copyfile(diary.path.with_name(diary.path.name + "-journal"), journal)
        connection.execute("ROLLBACK")
    diary.close()
    assert crashed.read_bytes() != diary.path.read_bytes()
    assert backup.inspect(crashed, passphrase).counts["check-ins"] == 1
    opened, _ = backup.restore(crashed, diary.path, passphrase, NOW)
    assert notes(opened) == ["n" * 900_000]
    opened.close()


def test_a_journal_of_a_diary_that_is_gone_does_not_meet_the_restored_one(diary, tmp_path, today, passphrase):
    add(diary, "one", today)
    target = tmp_path / "copy.ketatrack"
    backup.make(diary, target)
    diary.close()
    diary.path.unlink()
    journal = diary.path.with_name(diary.path.name + "-journal")
    journal.write_bytes(b"left by a crash")
    opened, _ = backup.restore(target, diary.path, passphrase, NOW)
    assert notes(opened) == ["one"]
    assert not journal.exists()
    opened.close()


def test_through_a_link_the_file_itself_is_locked_restored_and_rekeyed(diary, tmp_path, today, passphrase):
    add(diary, "one", today)
    target, link = tmp_path / "copy.ketatrack", tmp_path / "elsewhere.ketatrack"
    backup.make(diary, target)
    link.symlink_to(diary.path)
    with pytest.raises(DiaryInUse):
        database.open_diary(link, passphrase)
    diary.close()
    opened, _ = backup.restore(target, link, passphrase, NOW)
    rekey.change(opened, passphrase, "four other words here")
    opened.close()
    assert link.is_symlink()
    database.open_diary(diary.path, "four other words here").close()


def test_changing_the_passphrase(diary, tmp_path, today):
    add(diary, "one", today)
    old_backup = tmp_path / "copy.ketatrack"
    backup.make(diary, old_backup)
    with pytest.raises(WrongPassphrase):
        rekey.change(diary, "not it", "four other words here")
    with pytest.raises(InvalidValue):
        rekey.change(diary, "correct horse battery staple", "")
    assert notes(diary) == ["one"]
    rekey.change(diary, "correct horse battery staple", "four other words here")
    assert notes(diary) == ["one"]
    add(diary, "two", today)
    assert backup.make_daily(diary, today) is not None
    with pytest.raises(DiaryInUse):
        DiaryLock(diary.path)
    diary.close()
    with pytest.raises(WrongPassphrase):
        database.open_diary(diary.path, "correct horse battery staple")
    database.open_diary(diary.path, "four other words here").close()
    assert backup.inspect(old_backup, "correct horse battery staple").counts["check-ins"] == 1


def test_what_is_saved_while_the_passphrase_changes_is_not_lost(diary, today):
    done = threading.Event()

    def type_on() -> None:
        number = 0
        while not done.is_set():
            add(diary, str(number), today)
            number += 1

    typing = threading.Thread(target=type_on)
    typing.start()
    try:
        for old, new in pairwise(["correct horse battery staple", "second one", "third one", "fourth one"]):
            rekey.change(diary, old, new)
    finally:
        done.set()
        typing.join()
    kept = sorted(int(note) for note in notes(diary))
    assert len(kept) > 3
    assert kept == list(range(len(kept)))


def test_check_finds_nothing_wrong_with_a_sound_diary(diary, today):
    add(diary, "one", today)
    assert backup.check(diary) == []


def test_check_finds_a_record_that_is_not_valid(diary, today):
    add(diary, "one", today)
    with diary.raw() as connection:
        connection.execute("UPDATE check_in SET local_time = '27:99'")
        connection.execute(
            "INSERT INTO answers VALUES ('00000000-0000-0000-0000-000000000001', 'phq9', '2026-01-01',"
            " NULL, NULL, '[0,0]', NULL, 0, '')"
        )
    problems = backup.check(diary)
    assert len(problems) == 2
    assert any("PHQ-9 needs all 9 answers" in problem for problem in problems)


def test_a_backup_under_an_older_passphrase_does_not_stand_for_todays(diary, passphrase, today):
    add(diary, "one", today)
    first = backup.make_daily(diary, today)
    rekey.change(diary, passphrase, "another few words")
    second = backup.make_daily(diary, today + timedelta(days=1))
    assert backup.dated(backup_folder(diary.path), diary.path.stem) == [first, second]


def test_no_room_to_look_into_a_backup_is_told(diary_path, passphrase, tmp_path, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
        with pytest.raises(BackupError, match=r"No room to look into diary\.ketatrack"):
            backup.inspect(diary_path, passphrase)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(BackupError, match="could not be written; the disk may be full"):
            backup.inspect(diary_path, passphrase)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert backup.inspect(diary_path, passphrase).path == diary_path


def test_a_copy_where_no_folder_can_be_made_is_refused(diary, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ReadOnlyPlace, match="The diary itself is untouched"):
        backup.make(diary, tmp_path / "file" / "copy.ketatrack")


def test_a_passphrase_that_cannot_be_changed_stays(diary, diary_path, passphrase):
    diary_path.with_name("diary.ketatrack.rekeyed").mkdir()
    with pytest.raises(ReadOnlyPlace, match="The diary is as it was"):
        rekey.change(diary, passphrase, "another few words")
    diary.close()
    database.open_diary(diary_path, passphrase).close()


def test_check_says_in_sentences_that_pages_of_an_open_diary_are_damaged(diary, today):
    add(diary, "x" * 100_000, today)
    content = bytearray(diary.path.read_bytes())
    content[-2048] ^= 1
    diary.path.write_bytes(content)
    assert [problem.partition(".ketatrack ")[2] for problem in backup.check(diary)] == [
        "is damaged (1 place). It was left as it is.",
        "is damaged. Restore the latest backup; the damaged file is kept beside it.",
    ]
