"""What was made is written whole or not at all: a full disk, a read-only folder, a folder in the way."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from another_user import needs_root, open_the_way, run_as_nobody

from ketatrack.errors import NotSaved
from ketatrack.formats.saving import save, save_all

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("a.csv", "b.csv", "c.csv")
OLD = dict.fromkeys(NAMES, b"old")
NEW = {"a.csv": b"new", "b.csv": b"new", "c.csv": b"n" * 50_000}


def inside(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_take_the_place_of_older_ones(tmp_path):
    folder = tmp_path / "to" / "export"
    save_all(folder, OLD)
    save_all(folder, NEW)
    assert inside(folder) == NEW
    save(folder / "a.csv", b"newer")
    assert inside(folder) == NEW | {"a.csv": b"newer"}


def test_only_this_account_may_read_what_was_saved(tmp_path):
    save(tmp_path / "a.csv", b"plain")
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o600


def test_what_is_no_file_is_never_replaced_by_one(tmp_path):
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    with pytest.raises(NotSaved, match="a device and no file"):
        save(pipe, b"new")
    assert pipe.is_fifo()
    with pytest.raises(NotSaved, match="a device and no file"):
        save_all(tmp_path, {"a.csv": b"new", "pipe.pdf": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pipe.pdf"]


def test_a_link_stays_one_and_its_file_is_written(tmp_path):
    (tmp_path / "file.pdf").write_bytes(b"old")
    (tmp_path / "link.pdf").symlink_to("file.pdf")
    save(tmp_path / "link.pdf", b"new")
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "file.pdf").read_bytes() == b"new"


def test_a_file_where_a_folder_is_needed_is_called_so(tmp_path):
    (tmp_path / "taken").write_bytes(b"old")
    with pytest.raises(NotSaved, match="a file stands where a folder is needed"):
        save_all(tmp_path / "taken", NEW)
    assert (tmp_path / "taken").read_bytes() == b"old"


def test_what_cannot_be_put_in_its_place_takes_the_others_back(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"old")
    (tmp_path / "c.csv").mkdir()
    with pytest.raises(NotSaved, match="a folder of that name is there"):
        save_all(tmp_path, NEW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "c.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"old"


def test_what_has_no_words_of_ours_is_said_in_those_of_the_disk(tmp_path):
    with pytest.raises(NotSaved, match="the disk says “File name too long”"):
        save(tmp_path / ("a" * 300), b"new")


def within_10_000_bytes(code):
    """Run `code` where no file may grow beyond 10,000 bytes, as on a disk that is full; what it printed."""
    begin = "import resource\nfrom pathlib import Path\nfrom ketatrack.formats.saving import *\n"
    begin += "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))\n"
    call = [sys.executable, "-B", "-c", begin + textwrap.dedent(code)]
    done = subprocess.run(call, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout


def test_a_full_disk_leaves_the_older_files_whole(tmp_path):
    save_all(tmp_path, OLD)
    said = within_10_000_bytes(f"""
        from ketatrack.errors import NotSaved
        for write in (lambda: save_all(Path({str(tmp_path)!r}), {NEW!r}),
                      lambda: save(Path({str(tmp_path / "c.csv")!r}), {NEW["c.csv"]!r})):
            try:
                write()
            except NotSaved as error:
                print(error)
    """)
    assert said.count("there is no room left there") == said.count("\n") == 2
    assert inside(tmp_path) == OLD


@needs_root
def test_a_read_only_folder_leaves_the_older_files_whole(tmp_path):
    folder = tmp_path / "export"
    save_all(folder, OLD)
    open_the_way(folder)
    os.chmod(folder, 0o555)
    said = run_as_nobody(f"""
        from ketatrack.formats.saving import save, save_all
        for write in (lambda: save_all(Path({str(folder)!r}), {NEW!r}),
                      lambda: save_all(Path({str(folder)!r}) / "deeper", {NEW!r}),
                      lambda: save(Path({str(folder)!r}) / "a.csv", b"new")):
            try:
                write()
            except KetaTrackError as error:
                print(type(error).__name__, error)
    """)
    assert said.count("NotSaved") == said.count("you may not write there") == 3
    assert inside(folder) == OLD


def test_a_folder_in_the_way_leaves_the_others_whole(tmp_path):
    save_all(tmp_path, OLD)
    (tmp_path / "c.csv").unlink()
    (tmp_path / "c.csv").mkdir()
    with pytest.raises(NotSaved, match="a folder of that name"):
        save_all(tmp_path, NEW)
    assert sorted(path.name for path in tmp_path.iterdir()) == list(NAMES)
    assert (tmp_path / "a.csv").read_bytes() == b"old"


@needs_root
def test_a_file_that_cannot_be_replaced_takes_the_others_back(tmp_path):
    """In a shared folder nobody may replace what belongs to root: the third file, when the first two are there."""
    folder = tmp_path / "shared"
    save_all(folder, OLD)
    open_the_way(folder)
    os.chmod(folder, 0o1777)
    os.chown(folder / "a.csv", 65534, 65534)
    (folder / "b.csv").unlink()
    said = run_as_nobody(f"""
        from ketatrack.formats.saving import save_all
        try:
            save_all(Path({str(folder)!r}), {NEW!r})
        except KetaTrackError as error:
            print(type(error).__name__, error)
    """)
    assert "NotSaved" in said
    assert inside(folder) == {"a.csv": b"old", "c.csv": b"old"}


def test_no_such_folder(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NotSaved, match="no such folder"):
        save(tmp_path / "none" / "a.json", b"new")
    with pytest.raises(NotSaved, match="a file stands where a folder is needed"):
        save(tmp_path / "file" / "a.json", b"new")
