"""Files are written whole or not at all, several of them together."""

import os

import pytest

from ketatrack.atomic import UnsureOnDiskError, sync_folder, write_all_aside, write_aside


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_files_take_the_place_of_older_ones(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    write_all_aside(tmp_path, {"a": b"1", "b": b"2"})
    assert content(tmp_path) == {"a": b"1", "b": b"2"}


def test_where_one_cannot_have_its_name_none_has(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "c").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_all_aside(tmp_path, {"a": b"1", "b": b"2", "c": b"3"})
    assert content(tmp_path) == {"a": b"old"}


def test_a_link_stays_one(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    write_aside(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_bytes() == b"new"


def test_what_is_no_file_is_left_alone(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="pipe"):
        write_aside(tmp_path / "pipe", b"x")
    assert (tmp_path / "pipe").is_fifo()


def test_a_folder_is_synced_where_the_system_can_be_asked_to(tmp_path, monkeypatch):
    with pytest.raises(UnsureOnDiskError):
        sync_folder(tmp_path / "gone")
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        sync_folder(tmp_path / "gone")


def test_a_file_system_that_cannot_sync_a_folder_is_no_failure():
    sync_folder(os.path.join("/proc", "self"))


def test_a_file_or_link_that_lies_in_wait_is_not_written_through(tmp_path):
    """Another account that may write here knows no name that will be used."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"not mine")
    for name in (".report.pdf.part", "report.pdf.part"):
        (tmp_path / name).symlink_to(victim)
    write_aside(tmp_path / "report.pdf", b"mine")
    assert victim.read_bytes() == b"not mine"
    assert (tmp_path / "report.pdf").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "report.pdf").is_symlink()


def test_a_name_that_is_taken_after_all_is_never_written_through(tmp_path, monkeypatch):
    victim = tmp_path / "victim"
    victim.write_bytes(b"not mine")
    monkeypatch.setattr("ketatrack.atomic.token_hex", lambda _bytes: "guessed")
    (tmp_path / ".ketatrack-guessed.part").symlink_to(victim)
    with pytest.raises(FileExistsError):
        write_aside(tmp_path / "report.pdf", b"mine")
    assert victim.read_bytes() == b"not mine"


def test_what_a_killed_program_left_behind_goes_with_the_next_file(tmp_path):
    old, new, other = (tmp_path / name for name in (".ketatrack-1.part", ".ketatrack-2.part", ".other-3.part"))
    for path in (old, new, other):
        path.write_bytes(b"plain")
    for path in (old, other):
        os.utime(path, (0, 0))
    write_aside(tmp_path / "report.pdf", b"mine")
    assert not old.exists()
    assert new.exists()  # another export may be at work on it
    assert other.exists()
