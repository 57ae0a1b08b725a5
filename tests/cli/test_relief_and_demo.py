"""The commands that tell relief and make up a diary, through the command line's own functions and a real file."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ketatrack import cli
from ketatrack.diary import database, reading, writing
from ketatrack.errors import WrongUsage
from ketatrack.models.enums import Reason, Route
from ketatrack.models.records import Answers, Session

PASSPHRASE = "a few unrelated words"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the diary d.ketatrack in tmp_path; returns the exit code, stdout and stderr."""
    monkeypatch.setenv("KETATRACK_PASSPHRASE", PASSPHRASE)

    def call(*arguments: str) -> tuple[int, str, str]:
        parsed = cli.parser().parse_args([*arguments, "--diary", str(tmp_path / "d.ketatrack")])
        code = cli.main(parsed)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def told(run: Run, measure: str) -> dict[str, Any]:
    code, out, err = run("relief", "--measure", measure, "--json")
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_a_made_up_diary_is_made_once_and_checks_out(run: Run) -> None:
    code, out, _ = run("demo", "--years", "1", "--seed", "3", "--today", "2026-11-23")
    assert (code, out.startswith("A made-up diary is at ")) == (0, True)
    assert run("check")[1].startswith("All is well: 19 sessions, ")
    code, out, err = run("demo")
    assert (code, out, "never overwrites" in err) == (1, "", True)


def test_the_same_seed_makes_the_same_diary(run: Run, tmp_path: Path) -> None:
    found = []
    for _ in range(2):
        run("demo", "--years", "1", "--today", "2026-11-23")
        diary = database.open_diary(tmp_path / "d.ketatrack", PASSPHRASE)
        with diary.read() as connection:
            found.append((reading.check_ins(connection), reading.sessions(connection), reading.answers(connection)))
        diary.close()
        (tmp_path / "d.ketatrack").unlink()
    assert found[0] == found[1]


def test_without_a_day_the_demo_ends_today(run: Run) -> None:
    run("demo", "--years", "1")
    assert "Day 17 since your last session." in run("relief", "--measure", "low_mood")[1]


def test_relief_of_the_made_up_person_as_json(run: Run) -> None:
    run("demo")
    found = told(run, "low_mood")
    assert list(found)[:6] == ["measure", "baseline", "rule", "spans", "kaplan_meier", "median"]
    assert found["gate"] == "median"
    assert found["sentence"].startswith("After the sessions recorded here, relief lasted about ")
    assert found["estimate"]["lower"] < 18 < found["estimate"]["upper"]
    assert found["response_rate"]["lower"] < 0.7 < found["response_rate"]["upper"]
    assert (
        found["restricted_mean"]["lower_bound"]
        <= found["restricted_mean"]["value"]
        <= found["restricted_mean"]["upper_bound"]
    )
    assert all(row["lower"] <= row["upper"] for row in found["bounds"])
    assert found["baseline"]["source"] == "computed"
    assert {each["status"] for each in found["spans"]} >= {"ended", "censored", "no_response"}
    assert found["spans"][-1]["next_reason"] is None
    assert [row["survival"] for row in found["kaplan_meier"]] == sorted(
        (row["survival"] for row in found["kaplan_meier"]), reverse=True
    )
    assert 10 <= found["median"]["value"] <= 30


def test_relief_in_plain_words(run: Run) -> None:
    run("demo")
    code, out, _ = run("relief", "--measure", "low_mood")
    assert code == 0
    first, *rest = out.splitlines()
    assert first.startswith("Low mood · at most half of baseline · ")
    assert any(line.split("  ")[0] == "Session" for line in rest)
    assert "not a forecast and not advice" in rest[-1]


def test_a_baseline_that_was_never_stored_is_computed(run: Run, tmp_path: Path) -> None:
    run("new")
    today = datetime.now().astimezone().date() - timedelta(days=1)
    start = today - timedelta(days=60)

    def day(n: int) -> date:
        return start + timedelta(days=n)

    scores = [(-14, 22), (-7, 18), (7, 8), (14, 6), (21, 9), (28, 13), (35, 15)]
    records = [Answers(instrument="phq9", day=day(n), total=total) for n, total in scores]
    session = Session(day=start, route=Route.INTRAVENOUS, reason=Reason.PLANNED)
    diary = database.open_diary(tmp_path / "d.ketatrack", PASSPHRASE)
    writing.apply(diary, [(None, each) for each in (*records, session)], today)
    diary.close()
    found = told(run, "phq9")
    assert found["baseline"] == {
        "value": 20,
        "source": "computed",
        "from": day(-14).isoformat(),
        "to": day(-1).isoformat(),
        "readings": 2,
    }
    assert found["spans"] == [
        {
            "date": start.isoformat(),
            "session_ids": [str(session.id)],
            "status": "ended",
            "lower": 21,
            "upper": 28,
            "note": "Faded between day 21 and day 28.",
            "next_reason": None,
        }
    ]


def test_an_empty_diary_has_nothing_to_tell(run: Run) -> None:
    run("new")
    found = told(run, "peg")
    assert (found["baseline"], found["spans"], found["kaplan_meier"]) == (None, [], [])
    words = run("relief", "--measure", "peg")[1]
    assert "Not enough sessions yet" in words
    assert "How it ended" not in words


def test_a_measure_that_is_not_there_is_wrong_usage(run: Run) -> None:
    run("new")
    code, out, err = run("relief", "--measure", "exercise")
    assert (code, out) == (2, "")
    assert "There is no measure called exercise here; there are anxiety, energy, gad7" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["demo", "--years", "0"], "from 1 to 30"),
        (["demo", "--years", "many"], "from 1 to 30"),
        (["demo", "--today", "23.11.2026"], "a day like 2026-11-23"),
        (["demo", "--seed", "x"], "seed"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_made(arguments: list[str], said: str) -> None:
    with pytest.raises(WrongUsage, match=said):
        cli.parser().parse_args(arguments)
