"""A disk that does not confirm the last step, or is gone by then: what was done is said to be done, and nothing more.

A library that makes syncing a folder fail is preloaded into a process of its own.
"""

import ast
import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from frozen import PASSPHRASE as OLD_SECRET

TESTS = Path(__file__).resolve().parents[1]
SOURCE, DATABASES = TESTS / "data" / "fail_folder_sync.c", TESTS / "databases"
BEGIN = """
import os
from datetime import date, datetime
from pathlib import Path
from ketatrack.diary import backup, writing, database, passphrase, reading
from ketatrack.errors import KetaTrackError, NotConfirmed
from ketatrack.models.records import VisitQuestion
from ketatrack.formats import saving
TODAY, SECRET = date(2026, 11, 23), "correct horse battery staple"
path = Path("diary.ketatrack").resolve()

def failing(work):
    os.environ["FAIL_FOLDER_SYNC"] = CODE
    try:
        work()
    except KetaTrackError as error:
        print(type(error).__name__, error)
    else:
        print("fine")
    finally:
        del os.environ["FAIL_FOLDER_SYNC"]

def ask(words):
    writing.apply(diary, [(None, VisitQuestion(words=words))], TODAY)

def asked():
    with diary.read() as connection:
        return [each.words for each in reading.load(connection, VisitQuestion)]
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("there is no C compiler to make a failing disk with")
    made = tmp_path_factory.mktemp("preloaded") / "fail_folder_sync.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", made, SOURCE], check=True)
    return made


@pytest.fixture
def run(library, tmp_path, diary_path):
    """What a script prints, on a copy of a new diary, where syncing a folder fails with `code` inside `failing`."""

    def start(script: str, code: int = errno.EIO) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", f"CODE = '{code}'\n{BEGIN}\n{script}"],
            cwd=tmp_path,
            env={**os.environ, "LD_PRELOAD": str(library)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return start


OPEN = "diary = database.open_diary(path, SECRET)\n"


def test_a_change_that_stands_is_said_to_be_saved_once(run):
    first, second, held = run(OPEN + "failing(lambda: ask('a'))\nfailing(lambda: ask('b'))\nprint(asked())")
    assert first.startswith(
        "NotConfirmed This change is saved, but the disk that holds diary.ketatrack did not confirm"
    )
    assert second == "fine"
    assert sorted(ast.literal_eval(held)) == ["a", "b"]


def test_where_the_disk_is_gone_it_is_not_said_to_be_saved_nor_lost(run):
    script = "os.environ['FAIL_READS'] = '1'\nfailing(lambda: ask('a'))\nprint(asked())"
    told, held = run(OPEN + script)
    assert told.startswith("DiaryError The disk that holds diary.ketatrack failed while this change was being saved")
    assert held == "['a']"


def test_a_diary_of_an_earlier_version_opens_all_the_same(run, tmp_path):
    shutil.copy(DATABASES / "version_5.ketatrack", tmp_path / "old.ketatrack")
    script = f"def work():\n    database.open_diary(path.with_name('old.ketatrack'), {OLD_SECRET!r}).close()\n"
    assert run(script + "failing(work)\nfailing(work)") == ["fine", "fine"]


def test_it_is_there_when_the_diary_is_opened_again(run):
    script = OPEN + "failing(lambda: ask('a'))\ndiary.close()\n" + OPEN + "print(asked(), backup.check(diary))"
    assert run(script)[1] == "['a'] []"


def test_a_file_that_is_written_is_said_to_be_written(run, tmp_path):
    (told,) = run("failing(lambda: saving.save(Path('a.txt').resolve(), b'new'))")
    assert told.startswith("NotConfirmed ")
    assert "a.txt is written, but the disk did not confirm it" in told
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    (told,) = run("failing(lambda: saving.save_all(path.parent, {'b.txt': b'1', 'c.txt': b'2'}))")
    assert told.startswith("NotConfirmed ")
    assert [(tmp_path / name).read_bytes() for name in ("b.txt", "c.txt")] == [b"1", b"2"]


def test_a_backup_that_is_there_is_said_to_be_there(run, tmp_path):
    (told,) = run(OPEN + "failing(lambda: backup.make(diary, path.with_name('copy.ketatrack')))")
    assert told.startswith("NotConfirmed The diary itself is untouched, and its copy")
    assert (tmp_path / "copy.ketatrack").exists()


def test_a_passphrase_that_is_changed_is_said_to_be_changed(run):
    script = OPEN + "failing(lambda: passphrase.change(diary, SECRET, 'another few words'))\nask('a')\ndiary.close()\n"
    told, opened = run(script + "diary = database.open_diary(path, 'another few words')\nprint(asked())")
    assert told.startswith("NotConfirmed The passphrase is changed, and the new one opens the diary. The disk did not")
    assert opened == "['a']"


def test_a_diary_that_is_restored_or_made_is_said_to_be(run):
    script = OPEN + "ask('a')\nbackup.make(diary, path.with_name('copy.ketatrack'))\nask('b')\ndiary.close()\n"
    script += (
        "failing(lambda: backup.restore(path.with_name('copy.ketatrack'), path, SECRET, datetime(2026, 11, 23)))\n"
    )
    script += OPEN + "print(asked())\nfailing(lambda: database.create(path.with_name('new.ketatrack'), SECRET))\n"
    script += "diary = database.open_diary(path.with_name('new.ketatrack'), SECRET)\nprint(asked())"
    restored, held, made, empty = run(script)
    assert restored.startswith("NotConfirmed The backup is in place at ")
    assert held == "['a']"
    assert made.startswith("NotConfirmed The diary is made at ")
    assert empty == "[]"


def test_a_file_system_that_cannot_be_asked_is_not_complained_of(run):
    script = "failing(lambda: saving.save(Path('a.txt').resolve(), b'new'))\n" + OPEN
    script += "failing(lambda: backup.make(diary, path.with_name('copy.ketatrack')))"
    assert run(script, errno.EINVAL) == ["fine", "fine"]


def test_a_diary_opens_where_folders_cannot_be_synced(run):
    script = (
        "def work():\n    global diary\n    diary = database.open_diary(path, SECRET)\nfailing(work)\nprint(asked())"
    )
    assert run(script) == ["fine", "[]"]


def test_the_window_takes_it_as_written_and_can_take_it_back(run):
    script = OPEN + (
        "from PySide6.QtCore import QCoreApplication\n"
        "from ketatrack.ui.editor import Editor\n"
        "app, said = QCoreApplication([]), []\n"
        "editor = Editor(diary, lambda: datetime(2026, 11, 23, 9).astimezone())\n"
        "editor.refused.connect(said.append)\n"
        "failing(lambda: print(editor.edit('Ask', [(None, VisitQuestion(words='a'))])))\n"
        "print(asked(), editor.undo_stack.count())\n"
        "editor.undo_stack.undo()\n"
        "print(asked(), len(said), said[0])"
    )
    written, _, held, undone = run(script)
    assert (written, held) == ("True", "['a'] 1")
    assert undone.startswith("[] 1 This change is saved, but the disk")


def test_an_import_on_the_command_line_says_that_it_is_saved(run, tmp_path):
    (tmp_path / "own.csv").write_text("date,low_mood\n2024-01-28,3\n", encoding="utf-8")
    script = (
        "from ketatrack.__main__ import main\n"
        "os.environ['KETATRACK_PASSPHRASE'] = SECRET\n"
        "import sys\nsys.stderr = sys.stdout\n"
        "failing(lambda: print(main(['import', 'own.csv', '--diary', 'diary.ketatrack'])))\n"
        "print(main(['check', '--diary', 'diary.ketatrack']))"
    )
    told = run(script)
    assert told[0].startswith(
        "ketatrack: This change is saved, but the disk that holds diary.ketatrack did not confirm"
    )
    assert told[1] == "1"
    assert "1 check-in," in told[3]
