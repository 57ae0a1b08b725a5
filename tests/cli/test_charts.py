"""`ketatrack charts`: every chart of a measure as files, through the command line's own functions."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ketatrack import cli

NAMES = ["journey", "sessions-overlaid", "share-in-relief", "each-session"]
BEGINS = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the diary d.ketatrack in tmp_path; returns the exit code, stdout and stderr."""
    monkeypatch.setenv("KETATRACK_PASSPHRASE", "a few unrelated words")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(cli.parser().parse_args([*arguments, "--diary", str(tmp_path / "d.ketatrack")]))
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_every_chart_is_written_in_every_format(run: Run, tmp_path: Path) -> None:
    run("demo", "--years", "1", "--today", "2026-11-23")
    folder = tmp_path / "to" / "charts"
    for kind, begins in BEGINS.items():
        code, out, err = run("charts", "-o", str(folder), "--format", kind)
        assert (code, err) == (0, "")
        *written, last = out.splitlines()
        paths = [folder / f"low_mood-{name}.{kind}" for name in NAMES]
        assert written[:4] == [*map(str, paths)]
        assert last == "These are plain pictures, not encrypted."
        assert sorted(written) == sorted(str(path) for path in folder.glob(f"*.{kind}"))
        assert all(path.read_bytes().startswith(begins) for path in paths)
    assert {path.suffix for path in folder.iterdir()} == {".png", ".svg", ".pdf"}


def test_drawing_again_gives_the_same_bytes_in_the_place_of_the_old(run: Run, tmp_path: Path) -> None:
    run("demo", "--years", "1", "--today", "2026-11-23")
    run("charts", "-o", str(tmp_path / "c"), "--measure", "phq9", "--format", "svg")
    before = {path.name: path.read_bytes() for path in (tmp_path / "c").iterdir()}
    (tmp_path / "c" / "phq9-journey.svg").write_bytes(b"an old picture")
    run("charts", "-o", str(tmp_path / "c"), "--measure", "phq9", "--format", "svg")
    assert {path.name: path.read_bytes() for path in (tmp_path / "c").iterdir()} == before
    assert {f"phq9-{name}.svg" for name in NAMES} <= set(before)


def test_an_empty_diary_gives_pictures_that_say_so(run: Run, tmp_path: Path) -> None:
    run("new")
    assert run("charts", "-o", str(tmp_path / "c"))[0] == 0
    assert len(list((tmp_path / "c").iterdir())) == 4


def test_a_wrong_measure_or_format_or_folder_is_one_sentence(run: Run, tmp_path: Path) -> None:
    run("new")
    code, out, err = run("charts", "-o", str(tmp_path / "c"), "--measure", "exercise")
    assert (code, out, (tmp_path / "c").exists()) == (2, "", False)
    assert "There is no measure called exercise here" in err
    (tmp_path / "taken").write_text("a file")
    code, out, err = run("charts", "-o", str(tmp_path / "taken"))
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "taken" in err
