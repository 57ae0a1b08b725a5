"""`ketatrack report`: a PDF from a real diary file, and what is refused with one sentence."""

import os
import resource
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdf
import pytest

from ketatrack import cli
from ketatrack.diary import database, writing
from ketatrack.models import records

Run = Callable[..., tuple[int, str, str]]
SECRET = "a few unrelated words"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the diary d.ketatrack in tmp_path; returns the exit code, stdout and stderr."""
    monkeypatch.setenv("KETATRACK_PASSPHRASE", SECRET)

    def call(*arguments: str) -> tuple[int, str, str]:
        try:
            code = cli.main(cli.parser().parse_args([*arguments, "--diary", str(tmp_path / "d.ketatrack")]))
        except cli.WrongUsage as error:
            return 2, "", str(error)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def report(run: Run, tmp_path: Path) -> Callable[..., pypdf.PdfReader]:
    """Write a report of a made-up year and read it back."""
    run("demo", "--years", "1", "--today", "2026-11-23")

    def make(*more: str) -> pypdf.PdfReader:
        code, out, err = run("report", "-o", str(tmp_path / "r.pdf"), "--locale", "en_GB", *more)
        assert (code, err) == (0, "")
        assert out == (
            f"The report is at {tmp_path / 'r.pdf'}. It is not encrypted: anyone who has the file can read it.\n"
        )
        return pypdf.PdfReader(tmp_path / "r.pdf")

    return make


def words(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_a_report_with_its_data_inside(report):
    made = report()
    told = words(made)
    assert "Ketamine therapy: summary for my doctor" in told
    assert "Every session" in told
    assert "Robin Hale, born 17 May 1984" in told
    assert {"sessions.csv", "ketatrack-fhir.json"} <= set(made.attachments)


def test_its_arguments_reach_the_page(report):
    made = report(
        "--from",
        "2026-09-01",
        "--to",
        "2026-10-31",
        "--sections",
        "summary,items",
        "--hide-name",
        "--grey",
        "--paper",
        "letter",
        "--with-question-9",
    )
    told = words(made)
    assert "1 Sept 2026 to 31 Oct 2026" in told
    assert "Name withheld" in told
    assert "Robin" not in told
    assert "Every session" not in told
    assert "Thoughts that you would be better off dead" in told
    assert round(made.pages[0].mediabox.width) == 612


def test_asked_for_each_time(report):
    told = words(report("--sections", "sessions,items"))
    assert "Answers to single questions withheld by the patient." in told
    assert "Thoughts that you would be better off dead" not in told
    assert "Intention:" not in told
    assert "Intention:" in words(report("--sections", "sessions", "--with-notes"))


def test_numbers_and_dates_by_locale(run, report, tmp_path):
    report()
    run("report", "-o", str(tmp_path / "g.pdf"), "--locale", "de-DE")
    told = words(pypdf.PdfReader(tmp_path / "g.pdf"))
    assert "born 17.05.1984" in told


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--sections", "summary,everything"), "must be some of summary, curves, sessions, habits, items, readings"),
        (("--locale", "xx_YY"), "There is no locale called xx_YY; en_GB, en_US and de_DE are examples."),
        (("--from", "2026-10-01", "--to", "2026-09-01"), "must not be after its last day"),
        (("--paper", "a5"), "invalid choice"),
    ],
)
def test_wrong_arguments_are_one_sentence(run, arguments, sentence, tmp_path):
    run("new")
    code, out, err = run("report", "-o", str(tmp_path / "r.pdf"), *arguments)
    assert code in (1, 2)
    assert out == ""
    assert sentence in err
    assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / "r.pdf").exists()


def test_a_report_never_replaces_the_diary(run, tmp_path):
    run("new")
    before = (tmp_path / "d.ketatrack").read_bytes()
    code, _, err = run("report", "-o", str(tmp_path / "d.ketatrack"))
    assert code == 1
    assert "belongs to a diary" in err
    assert (tmp_path / "d.ketatrack").read_bytes() == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_leaves_the_old_file_whole(run, tmp_path):
    run("new")
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "r.pdf").write_bytes(b"the old report")
    closed.chmod(0o500)
    code, _, err = run("report", "-o", str(closed / "r.pdf"))
    closed.chmod(0o700)
    assert code == 1
    assert len(err.strip().splitlines()) == 1
    assert [path.name for path in closed.iterdir()] == ["r.pdf"]
    assert (closed / "r.pdf").read_bytes() == b"the old report"


def test_a_full_disk_leaves_the_old_file_whole(run, tmp_path):
    run("new")
    (tmp_path / "r.pdf").write_bytes(b"the old report")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        code, _, err = run("report", "-o", str(tmp_path / "r.pdf"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert code == 1
    assert "there is no room left there" in err
    assert len(err.strip().splitlines()) == 1
    assert (tmp_path / "r.pdf").read_bytes() == b"the old report"
    assert not list(tmp_path.glob(".*.part"))


def test_an_empty_diary_and_one_entry(run, tmp_path):
    run("new")
    assert (
        run("report", "-o", str(tmp_path / "r.pdf"), "--sections", "summary,curves,sessions,habits,items,readings")[0]
        == 0
    )
    diary = database.open_diary(tmp_path / "d.ketatrack", SECRET)
    entry = records.CheckIn(day=date(2026, 11, 20), note="alone")
    writing.apply(diary, [(None, entry)], date(2026, 11, 23))
    diary.close()
    assert run("report", "-o", str(tmp_path / "r.pdf"))[0] == 0
    assert "entries on 1 of" in words(pypdf.PdfReader(tmp_path / "r.pdf"))


def test_the_data_can_be_left_out(report):
    made = report("--without-data")
    assert not made.attachments
    assert "attached to its PDF file" not in words(made)
