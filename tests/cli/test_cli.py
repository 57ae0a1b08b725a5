"""The commands as a person runs them: exit codes, one sentence on stderr, and never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ketatrack.__main__ import main
from ketatrack.cli import files

ROOT = Path(__file__).resolve().parents[2]
ESM = ROOT / "tests" / "data" / "esm" / "ESMdata.csv"


@pytest.fixture
def ketatrack(tmp_path):
    """Run a command on a diary in tmp_path; the passphrase comes from a file."""
    secret = tmp_path / "passphrase"
    secret.write_text("a few unrelated words\n", encoding="utf-8")

    def run(*arguments: object, passphrase: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
        call = [sys.executable, "-m", "ketatrack", *map(str, arguments), "--diary", str(tmp_path / "d.ketatrack")]
        if passphrase:
            call += ["--passphrase-file", str(secret)]
        done = subprocess.run(
            call,
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **environment},
        )
        assert "Traceback" not in done.stderr
        assert done.stderr.count("\n") == (0 if done.returncode == 0 else 1), done.stderr
        return done

    return run


def test_new_then_check(ketatrack):
    assert ketatrack("new").returncode == 0
    assert ketatrack("check").stdout == "All is well: 0 sessions, 0 check-ins, 0 questionnaires.\n"
    again = ketatrack("new")
    assert (again.returncode, "never overwrites" in again.stderr) == (1, True)


def test_the_passphrase_comes_from_the_environment_too(ketatrack):
    ketatrack("new")
    assert ketatrack("check", passphrase=False, KETATRACK_PASSPHRASE="a few unrelated words").returncode == 0
    wrong = ketatrack("check", passphrase=False, KETATRACK_PASSPHRASE="other")
    assert (wrong.returncode, "That is not the passphrase." in wrong.stderr) == (1, True)
    none = ketatrack("check", passphrase=False)
    assert (none.returncode, "No passphrase" in none.stderr) == (2, True)


@pytest.mark.parametrize("arguments", [("sing",), ("check", "--loud"), ("import",), ("demo", "--years", "many")])
def test_wrong_usage_is_exit_code_2(ketatrack, arguments):
    done = ketatrack(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""


@pytest.mark.parametrize("command", ["check", "backup"])
def test_no_diary_is_one_sentence(ketatrack, command):
    done = ketatrack(command)
    assert (done.returncode, "There is no diary" in done.stderr) == (1, True)


def test_the_whole_way_of_the_esm_diary(ketatrack, tmp_path):
    ketatrack("new")
    mapping = ROOT / "tests" / "data" / "esm_mapping.json"
    dry = json.loads(ketatrack("import", ESM, "--mapping", mapping, "--dry-run", "--json").stdout)
    first = json.loads(ketatrack("import", ESM, "--mapping", mapping, "--json").stdout)
    again = json.loads(ketatrack("import", ESM, "--mapping", mapping, "--json").stdout)
    assert dry == first
    assert (first["read"], first["imported"], first["duplicates"], len(first["skipped"])) == (1476, 1475, 0, 1)
    assert (again["imported"], again["duplicates"]) == (0, 1475)
    assert set(first["skipped"][0]) == {"line", "reason"}
    assert "1475 check-ins" in ketatrack("check").stdout
    plain = ketatrack("import", ESM, "--mapping", mapping)
    assert plain.stdout.startswith("1,476 rows read, 0 imported, 1475 here already, 1 skipped.\n  line 875: ")


def test_a_scale_that_is_not_said_stops_the_import(ketatrack, tmp_path):
    ketatrack("new")
    mapping = json.loads((ROOT / "tests" / "data" / "esm_mapping.json").read_text(encoding="utf-8"))
    mapping["values"] = {"low_mood": {"column": "mood_down"}}
    (tmp_path / "m.json").write_text(json.dumps(mapping), encoding="utf-8")
    for more in ((), ("--dry-run",)):
        refused = ketatrack("import", ESM, "--mapping", tmp_path / "m.json", *more)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "“mood_down” runs from -3 to 3 in the file" in refused.stderr
        assert '"scale": [lowest, highest]' in refused.stderr
    assert "0 check-ins" in ketatrack("check").stdout


def test_one_table_comes_alone_and_the_others_are_named(ketatrack, tmp_path):
    ketatrack("demo", "--years", "1")
    folder = tmp_path / "out"
    assert ketatrack("export", "--format", "csv", "--with-notes", "-o", folder).returncode == 0
    (tmp_path / "d.ketatrack").unlink()
    ketatrack("new")
    alone = ketatrack("import", folder / "sessions.csv", "--dry-run")
    assert alone.stdout.endswith(
        "Only sessions.csv was read; --tables-beside reads check_ins.csv, measures.csv, questionnaires.csv, vitals.csv "
        "beside it too.\n"
    )
    told = json.loads(ketatrack("import", folder / "sessions.csv", "--dry-run", "--json").stdout)
    assert told["beside"] == ["check_ins.csv", "measures.csv", "questionnaires.csv", "vitals.csv"]
    whole = json.loads(ketatrack("import", folder, "--dry-run", "--json").stdout)
    both = json.loads(ketatrack("import", folder / "sessions.csv", "--tables-beside", "--json").stdout)
    assert both == whole
    assert both["imported"] > told["imported"] > 0


def test_an_import_without_a_mapping_says_what_is_needed(ketatrack, tmp_path):
    (tmp_path / "a.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    done = ketatrack("import", tmp_path / "a.csv")
    assert (done.returncode, "--mapping" in done.stderr) == (1, True)


def test_backup_and_restore(ketatrack, tmp_path):
    ketatrack("new")
    assert ketatrack("backup", tmp_path / "copy").returncode == 0
    (tmp_path / "d.ketatrack").write_bytes(b"spoiled")
    refused = ketatrack("restore", tmp_path / "copy")
    assert (refused.returncode, "--yes" in refused.stderr) == (2, True)
    assert (tmp_path / "d.ketatrack").read_bytes() == b"spoiled"
    done = ketatrack("restore", tmp_path / "copy", "--yes")
    assert (done.returncode, "is kept at" in done.stdout) == (0, True)
    assert ketatrack("check").returncode == 0


def test_restoring_over_a_diary_with_another_passphrase_says_so_calmly(ketatrack, tmp_path):
    ketatrack("new", passphrase=False, KETATRACK_PASSPHRASE="an older one")
    (tmp_path / "d.ketatrack").rename(tmp_path / "old.ketatrack")
    ketatrack("new")
    done = ketatrack(
        "restore", tmp_path / "old.ketatrack", "--yes", passphrase=False, KETATRACK_PASSPHRASE="an older one"
    )
    assert "Your diary now: it has another passphrase" in done.stdout
    assert (done.returncode, "is kept at" in done.stdout) == (0, True)


def test_damage_is_found(ketatrack, tmp_path):
    ketatrack("new")
    path = tmp_path / "d.ketatrack"
    content = bytearray(path.read_bytes())
    content[-2000] ^= 1
    path.write_bytes(content)
    done = ketatrack("check")
    assert (done.returncode, "damaged" in done.stderr) == (1, True)


def test_a_mistake_of_ours_is_one_sentence_that_quotes_nothing(capsys, monkeypatch):
    def stumble(_arguments: object) -> int:
        raise RuntimeError("Zaubernuss")

    monkeypatch.setattr(files, "check", stumble)
    assert main(["check"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("ketatrack: Something went wrong inside KetaTrack (RuntimeError, test_cli.py line ")
    assert (said.count("\n"), "Zaubernuss" in said) == (1, False)
