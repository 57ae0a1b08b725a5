"""Opening: the file is really encrypted, other tools open it, and every refusal has its own sentence."""

import os
import subprocess
import sys
import textwrap
import traceback

import apsw
import pytest
from another_user import needs_root, open_the_way, run_as_nobody
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from ketatrack.diary import crypto, database, reading, tables, writing
from ketatrack.diary.connection import connect, in_words
from ketatrack.errors import (
    DamagedDiary,
    DiaryError,
    DiaryInUse,
    InvalidValue,
    NewerDiary,
    NotADiary,
    ReadOnlyPlace,
    WrongPassphrase,
)
from ketatrack.models.records import CheckIn


def test_an_independent_tool_opens_it_with_the_passphrase(diary, diary_path, passphrase, today):
    writing.apply(diary, [(None, CheckIn(day=today, note="Walked by the river."))], today)
    diary.close()
    other = apsw.Connection(str(diary_path))
    other.pragma("cipher", "sqlcipher")
    other.pragma("legacy", 4)
    other.pragma("key", passphrase)
    assert other.execute("SELECT note FROM check_in").fetchall() == [("Walked by the river.",)]
    assert other.pragma("application_id") == database.APPLICATION_ID
    other.close()


def test_nothing_readable_in_the_file_its_journal_or_beside_it(diary, diary_path, today):
    secret = "Zaubernuss"
    writing.apply(diary, [(None, CheckIn(day=today, note=secret * 500))], today)
    with diary.write() as connection:
        connection.exec_driver_sql("UPDATE check_in SET note = note || 'more'")
        seen = {path.name: path.read_bytes() for path in diary_path.parent.iterdir()}
    assert f"{diary_path.name}-journal" in seen
    for content in seen.values():
        for word in (secret.encode(), b"SQLite format 3", b"check_in", b"CREATE TABLE"):
            assert word not in content


def test_a_composed_and_a_decomposed_passphrase_are_the_same(tmp_path):
    database.create(tmp_path / "a", "Käfer im Löwenzahn").close()
    database.open_diary(tmp_path / "a", "Ka\u0308fer im Lo\u0308wenzahn").close()


@pytest.mark.parametrize("passphrase", ["", "x'00ff'", "a\x00b", "\udcff"])
def test_unusable_passphrases_are_refused(tmp_path, passphrase):
    with pytest.raises(InvalidValue):
        database.create(tmp_path / "a", passphrase)
    assert list(tmp_path.iterdir()) in ([], [tmp_path / "a.lock"])


def test_a_new_diary_never_overwrites(diary_path, passphrase):
    before = diary_path.read_bytes()
    with pytest.raises(NotADiary, match="never overwrites"):
        database.create(diary_path, passphrase)
    assert diary_path.read_bytes() == before


def test_opening_never_creates(tmp_path, passphrase):
    with pytest.raises(NotADiary, match="There is no diary"):
        database.open_diary(tmp_path / "missing", passphrase)
    assert list(tmp_path.iterdir()) == []


def test_wrong_passphrase(diary_path):
    with pytest.raises(WrongPassphrase, match=r"^That is not the passphrase\. Check capitals and the keyboard\.$"):
        database.open_diary(diary_path, "something else")


def test_empty_file(tmp_path, passphrase):
    (tmp_path / "a").touch()
    with pytest.raises(NotADiary, match="empty"):
        database.open_diary(tmp_path / "a", passphrase)
    assert (tmp_path / "a").stat().st_size == 0


def test_a_plain_database_is_refused(tmp_path, passphrase):
    connection = dbapi2.connect(str(tmp_path / "a"))
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(NotADiary, match="not made by KetaTrack"):
        database.open_diary(tmp_path / "a", passphrase)


def test_a_foreign_encrypted_file_is_refused(tmp_path, passphrase):
    path = tmp_path / "a"
    connection = dbapi2.connect(str(path))
    connection.execute(f"PRAGMA key = '{passphrase}'")
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(NotADiary, match="encrypted file that was not made"):
        database.open_diary(path, passphrase)


def test_a_folder_is_refused(tmp_path, passphrase):
    with pytest.raises(NotADiary, match="folder"):
        database.open_diary(tmp_path, passphrase)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda b: b[:5000], "cut short"),
        (lambda b: b[:-4096], "damaged"),
        (lambda b: b[:600] + bytes(64) + b[664:], "damaged"),
    ],
)
def test_damage_is_told_apart_from_a_wrong_passphrase(diary_path, passphrase, spoil, words):
    spoiled = spoil(diary_path.read_bytes())
    diary_path.write_bytes(spoiled)
    with pytest.raises(DamagedDiary, match=words):
        database.open_diary(diary_path, passphrase)
    assert diary_path.read_bytes() == spoiled


def test_a_newer_diary_is_refused(diary, diary_path, passphrase):
    with diary.raw() as connection:
        connection.execute("PRAGMA user_version = 99")
    diary.close()
    with pytest.raises(NewerDiary, match="newer KetaTrack"):
        database.open_diary(diary_path, passphrase)


def test_open_elsewhere(diary, diary_path, passphrase):
    code = f"""
        import sys
        from pathlib import Path
        from ketatrack.diary import database
        from ketatrack.errors import DiaryInUse
        try:
            database.open_diary(Path({str(diary_path)!r}), {passphrase!r})
        except DiaryInUse as error:
            print(error)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    assert "already open" in done.stdout
    with pytest.raises(DiaryInUse):
        database.open_diary(diary_path, passphrase)


def test_another_program_at_work_in_the_file_is_no_wrong_passphrase(diary_path, passphrase):
    code = f"""
        import apsw, sys
        other = apsw.Connection({str(diary_path)!r})
        for name, value in (("cipher", "sqlcipher"), ("legacy", 4), ("key", {passphrase!r})):
            other.pragma(name, value)
        other.execute("BEGIN EXCLUSIVE")
        print("holding", flush=True)
        sys.stdin.read()
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"holding\n"
        with pytest.raises(DiaryInUse, match=r"Another program is using diary\.ketatrack"):
            database.open_diary(diary_path, passphrase)
        other.communicate()
    database.open_diary(diary_path, passphrase).close()


def test_a_new_diary_on_a_disk_that_knows_no_links(tmp_path, passphrase, monkeypatch):
    def refuse(*_paths: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    database.create(tmp_path / "a.ketatrack", passphrase).close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ketatrack", "a.ketatrack.lock"]
    database.open_diary(tmp_path / "a.ketatrack", passphrase).close()


def test_the_lock_is_let_go_after_a_failed_opening(diary_path, passphrase):
    for _ in range(2):
        with pytest.raises(WrongPassphrase):
            database.open_diary(diary_path, "wrong")
    database.open_diary(diary_path, passphrase).close()


def test_the_key_is_not_in_words(diary):
    assert repr(diary.key) == "Key(...)"
    assert diary.key.secret.hex() not in repr(vars(diary))
    diary.close()
    assert diary.key.secret == b""


def test_derivation_is_sqlciphers(diary_path, passphrase):
    key = crypto.derive(passphrase, crypto.salt_of(diary_path))
    assert len(key.secret) == 32
    assert database.probe(diary_path, key) >= 1


@needs_root
@pytest.mark.parametrize("folder_writable", [False, True])
def test_read_only_places_are_told_at_opening(tmp_path, diary_path, passphrase, folder_writable):
    open_the_way(tmp_path)
    diary_path.chmod(0o444)
    diary_path.parent.chmod(0o777 if folder_writable else 0o555)
    before = diary_path.read_bytes()
    printed = run_as_nobody(f"""
        try:
            database.open_diary(Path({str(diary_path)!r}), {passphrase!r})
        except KetaTrackError as error:
            print(type(error).__name__, error)
    """)
    assert printed.startswith("ReadOnlyPlace ")
    assert "cannot be written" in printed
    assert diary_path.read_bytes() == before


@needs_root
def test_an_unreadable_file_is_told(tmp_path, diary_path, passphrase):
    open_the_way(tmp_path)
    diary_path.chmod(0o600)
    printed = run_as_nobody(f"""
        try:
            database.open_diary(Path({str(diary_path)!r}), {passphrase!r})
        except KetaTrackError as error:
            print(type(error).__name__, error)
    """)
    assert printed.startswith("ReadOnlyPlace ")
    assert "may not be read" in printed


def test_create_in_a_read_only_folder(tmp_path, passphrase):
    (tmp_path / "file").touch()
    with pytest.raises(ReadOnlyPlace, match="cannot be made"):
        database.create(tmp_path / "file" / "sub" / "diary", passphrase)


def test_reads_see_one_state(diary, today):
    entry = CheckIn(day=today)
    with diary.read() as connection:
        before = reading.check_ins(connection)
    writing.apply(diary, [(None, entry)], today)
    with diary.read() as connection:
        assert (before, reading.check_ins(connection)) == ((), (entry,))


def test_an_error_never_quotes_the_diary(diary, today):
    secret = "Zaubernuss"
    with pytest.raises(DBAPIError) as caught, diary.write() as connection:
        connection.execute(insert(tables.TABLES[CheckIn]), {"id": "1", "day": "1066-01-01", "note": secret})
    assert "CHECK constraint" in str(caught.value)
    assert secret not in "".join(traceback.format_exception(caught.value))


def test_a_file_that_another_program_made_meanwhile_is_never_overwritten(tmp_path, passphrase, monkeypatch):
    path, new_salt = tmp_path / "a", crypto.new_salt

    def meanwhile() -> bytes:
        path.write_bytes(b"of another program")
        return new_salt()

    monkeypatch.setattr(crypto, "new_salt", meanwhile)
    with pytest.raises(NotADiary, match="never overwrites"):
        database.create(path, passphrase)
    assert path.read_bytes() == b"of another program"


def test_what_cannot_be_written_says_so(diary, diary_path):
    other = connect(diary_path, diary.key, mode="ro")
    with pytest.raises(ReadOnlyPlace, match="was not saved"), in_words(diary_path):
        other.execute("UPDATE meta SET value = value")
    other.close()


def test_a_reading_that_is_open_when_the_diary_closes_is_closed_with_it(diary):
    with diary.raw():
        diary.close()
    assert diary.closed


@needs_root
def test_a_file_of_somebody_else_is_no_diary_that_can_be_read(tmp_path, diary_path):
    open_the_way(tmp_path)
    diary_path.chmod(0o600)
    os.seteuid(65534)
    try:
        with pytest.raises(ReadOnlyPlace, match="may not be read by you"):
            database.check_file(diary_path)
    finally:
        os.seteuid(0)


def test_a_key_that_was_derived_before_is_taken_for_its_own_file_only(diary_path, passphrase, tmp_path):
    key = crypto.derive(passphrase, crypto.salt_of(diary_path))
    opened = database.open_diary(diary_path, passphrase, key)
    assert opened.key is key
    opened.close()
    database.create(tmp_path / "other.ketatrack", passphrase).close()
    other = database.open_diary(tmp_path / "other.ketatrack", passphrase, key)
    assert other.key != key
    other.close()


def test_opening_while_another_program_writes_says_so(diary_path, passphrase):
    other = connect(diary_path, crypto.derive(passphrase, crypto.salt_of(diary_path)))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DiaryInUse, match="Another program is using"):
        database.open_diary(diary_path, passphrase)
    other.close()
    database.open_diary(diary_path, passphrase).close()


@pytest.mark.parametrize(("beside", "said"), [(".lock", "cannot be written"), ("-journal", "the disk .* fails")])
def test_a_folder_with_a_name_that_the_diary_needs_is_no_damage(diary_path, passphrase, beside, said):
    diary_path.with_name(diary_path.name + beside).mkdir()
    with pytest.raises(DiaryError, match=said):
        database.open_diary(diary_path, passphrase)
    diary_path.with_name(diary_path.name + beside).rmdir()
    database.open_diary(diary_path, passphrase).close()


def test_another_program_that_writes_meanwhile_says_so(diary, diary_path):
    other, ours = (connect(diary_path, diary.key) for _ in range(2))
    try:
        other.execute("BEGIN IMMEDIATE")
        ours.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(DiaryInUse, match="was not saved"), in_words(diary_path):
            ours.execute("BEGIN IMMEDIATE")
    finally:
        other.close()
        ours.close()
