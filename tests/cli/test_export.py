"""`ketatrack export` and the way back, through the command line's own functions on a real diary."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ketatrack import cli
from ketatrack.diary import database, writing
from ketatrack.models import records
from ketatrack.models.enums import Route

Run = Callable[..., tuple[int, str, str]]
SECRET = "a few unrelated words"
DAYS = [date(2024, 11, 1), date(2024, 11, 10), date(2024, 11, 20)]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the diary `name` in tmp_path; returns the exit code, stdout and stderr."""
    monkeypatch.setenv("KETATRACK_PASSPHRASE", SECRET)

    def call(*arguments: object, name: str = "d") -> tuple[int, str, str]:
        given = [*map(str, arguments), "--diary", str(tmp_path / f"{name}.ketatrack")]
        code = cli.main(cli.parser().parse_args(given))
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def lived(run: Run, tmp_path: Path) -> None:
    """A diary of three days."""
    run("new")
    diary = database.open_diary(tmp_path / "d.ketatrack", SECRET)
    entries: list[records.Record] = [
        records.Profile(name="Zebulon Quixley"),
        records.Session(day=DAYS[1], route=Route.ORAL, notes="Waves with Zebulon", provider="Dr Vexworth"),
        records.Answers(
            instrument="phq9", day=DAYS[2], items=(1, 1, 1, 1, 1, 1, 1, 1, 3), total=11, note="Quixley again"
        ),
        *(records.CheckIn(day=day, note=f"Day {day.day}") for day in DAYS),
    ]
    writing.apply(diary, [(None, entry) for entry in entries], DAYS[-1])
    diary.close()


def export(run: Run, kind: str, path: Path, *more: str) -> str:
    code, out, err = run("export", "--format", kind, "-o", path, *more)
    assert (code, err) == (0, "")
    return out


@pytest.mark.usefixtures("lived")
def test_an_archive_makes_the_identical_diary(run: Run, tmp_path: Path) -> None:
    said = export(run, "json", tmp_path / "a.json")
    assert said.splitlines() == [
        "This file can be read by anyone who has it.",
        "It holds everything: names, every note, and every answer, question 9 of PHQ-9 included.",
        f"{tmp_path / 'a.json'}: 1 session, 3 check-ins, 1 questionnaire.",
    ]
    run("new", name="e")
    code, out, err = run("import", tmp_path / "a.json", name="e")
    assert (code, err) == (0, "")
    assert out == "6 entries read, 6 imported, 0 here already, 0 skipped.\n"
    assert run("export", "--format", "json", "-o", tmp_path / "b.json", name="e")[0] == 0
    assert (tmp_path / "b.json").read_bytes() == (tmp_path / "a.json").read_bytes()
    assert json.loads(run("import", tmp_path / "a.json", "--json", name="e")[1]) == {
        "read": 17,
        "imported": 0,
        "duplicates": 17,
        "skipped": [],
    }


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("name", ["tables", "tables.zip"])
def test_tables_come_back_from_a_folder_or_a_zip(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    said = export(run, "csv", path, "--with-question-9", "--with-notes")
    many = name == "tables"
    first = "These files can be read by anyone who has them." if many else "This file can be read by anyone who has it."
    assert said.splitlines()[0] == first
    assert path.is_dir() is many
    run("new", name="e")
    assert run("import", path, name="e")[1] == "5 entries read, 5 imported, 0 here already, 0 skipped.\n"
    assert run("import", path, name="e")[1] == "5 entries read, 0 imported, 5 here already, 0 skipped.\n"
    assert run("import", path)[1] == "5 entries read, 0 imported, 5 here already, 0 skipped.\n"


@pytest.mark.usefixtures("lived")
def test_a_dry_run_writes_nothing(run: Run, tmp_path: Path) -> None:
    export(run, "json", tmp_path / "a.json")
    run("new", name="e")
    assert "6 would come in" in run("import", tmp_path / "a.json", "--dry-run", name="e")[1]
    assert run("check", name="e")[1] == "All is well: 0 sessions, 0 check-ins, 0 questionnaires.\n"


@pytest.mark.usefixtures("lived")
def test_a_single_table_comes_in_alone_and_bad_rows_are_named(run: Run, tmp_path: Path) -> None:
    export(run, "csv", tmp_path / "out")
    path = tmp_path / "out" / "check_ins.csv"
    path.write_bytes(path.read_bytes().replace(b"2024-11-10", b"some day"))
    run("new", name="e")
    code, out, _ = run("import", path, name="e")
    assert (code, out.splitlines()[0]) == (0, "3 entries read, 2 imported, 0 here already, 1 skipped.")
    assert out.splitlines()[1].startswith("  check_ins.csv, line 3: date: “some day” is not a day")
    (told,) = json.loads(run("import", path, "--json", name="e")[1])["skipped"]
    assert (told["file"], told["line"]) == ("check_ins.csv", 3)


@pytest.mark.usefixtures("lived")
def test_what_is_asked_each_time_is_off_unless_it_is_asked(run: Run, tmp_path: Path) -> None:
    def written(kind: str, *more: str) -> str:
        export(run, kind, tmp_path / f"x.{'zip' if kind == 'csv' else kind}", *more)
        content = (tmp_path / f"x.{'zip' if kind == 'csv' else kind}").read_bytes()
        if kind == "json":
            return content.decode()
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "".join(packed.read(name).decode() for name in packed.namelist())

    items = {"csv": ",1,1,1,1,1,1,1,1,3,,11,", "json": '"items": [1, 1, 1, 1, 1, 1, 1, 1, 3]'}
    for kind, more in (("csv", ()), ("json", ("--from", "2024-11-01")), ("json", ("--hide-name",))):
        plain, asked = written(kind, *more), written(kind, *more, "--with-question-9", "--with-notes")
        assert items[kind] not in plain
        assert items[kind] in asked
        assert "Waves" not in plain
        assert "Waves" in asked
    said = export(run, "csv", tmp_path / "said.zip")
    assert "Left out: answers to single questions of PHQ-9; --with-question-9 puts them in." in said
    assert "Left out: your notes, of sessions and of days; --with-notes puts them in." in said
    assert "Left out" not in export(run, "csv", tmp_path / "said.zip", "--with-question-9", "--with-notes")
    assert items["json"] in written("json")
    assert "Waves" in written("json")


@pytest.mark.usefixtures("lived")
def test_a_document_for_a_clinic(run: Run, tmp_path: Path) -> None:
    said = export(run, "fhir", tmp_path / "f.json", "--from", "2024-11-10")
    assert said.splitlines()[0] == "This file can be read by anyone who has it."
    bundle = json.loads((tmp_path / "f.json").read_bytes())
    kinds = [each["resource"]["resourceType"] for each in bundle["entry"]]
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "document")
    assert (kinds[0], kinds.count("MedicationStatement"), kinds.count("QuestionnaireResponse")) == ("Composition", 1, 0)
    assert "Waves" not in json.dumps(bundle)
    export(run, "fhir", tmp_path / "f.json", "--with-question-9", "--with-notes")
    whole = (tmp_path / "f.json").read_text(encoding="utf-8")
    assert "Waves" in whole
    assert '"QuestionnaireResponse"' in whole


@pytest.mark.usefixtures("lived")
def test_a_period_and_a_hidden_name(run: Run, tmp_path: Path) -> None:
    said = export(run, "json", tmp_path / "a.json", "--from", "2024-11-02", "--to", "2024-11-19", "--hide-name")
    assert "what you wrote in notes may still tell who you are" in said
    assert said.endswith(": 1 session, 1 check-in, 0 questionnaires.\n")
    told = (tmp_path / "a.json").read_text(encoding="utf-8").lower()
    assert [name for name in ("zebulon", "quixley", "vexworth", "day 20", 'day 1"') if name in told] == []


@pytest.mark.usefixtures("lived")
def test_what_cannot_be_is_one_sentence(run: Run, tmp_path: Path) -> None:
    turned = run("export", "--format", "csv", "-o", tmp_path / "o", "--from", "2024-11-02", "--to", "2024-11-01")
    assert (turned[0], turned[1], (tmp_path / "o").exists()) == (1, "", False)
    assert "must not be after its last day" in turned[2]
    code, _, err = run("export", "--format", "json", "-o", tmp_path / "none" / "a.json")
    assert (code, err.count("\n"), "there is no such folder" in err) == (1, 1, True)
    diary = tmp_path / "d.ketatrack"
    before = diary.read_bytes()
    code, _, err = run("export", "--format", "json", "-o", diary)
    assert (code, "belongs to a diary" in err, diary.read_bytes() == before) == (1, True, True)
    (tmp_path / "a.json").write_text('{"format": "ketatrack-archive", "version": 9}', encoding="utf-8")
    code, out, err = run("import", tmp_path / "a.json")
    assert (code, out, err.count("\n"), "newer KetaTrack" in err) == (1, "", 1, True)
