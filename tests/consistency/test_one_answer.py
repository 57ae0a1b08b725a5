"""One diary gives one answer to "how long did relief last?", wherever it is told: same measure, same days."""

import csv
import io
import json
import re
from datetime import date
from itertools import pairwise

import pytest
from diaries import HABIT, LIVES, TODAY, Life, ago
from PySide6.QtCore import Qt
from windows import settle, words_on

from ketatrack import cli
from ketatrack.charts.base import LIGHT
from ketatrack.cli import relief as relief_results
from ketatrack.diary import database, reading, writing
from ketatrack.formats.csv_tables import csv_files
from ketatrack.formats.export_data import Consent, ExportData, share
from ketatrack.formats.fhir.document import document
from ketatrack.models.enums import Period, Section
from ketatrack.models.records import SharingChoices
from ketatrack.models.tracked import built_in
from ketatrack.report import pdf
from ketatrack.report.build import prepare
from ketatrack.ui.sessions.table import RELIEF_COLUMN

RELIEF_CELL = 2


@pytest.fixture(params=LIVES, ids=[live.name for live in LIVES])
def life(request) -> Life:
    return request.param


@pytest.fixture
def lived(life, diary_path, passphrase):
    """The diary of a life, as an open file."""
    opened = database.open_diary(diary_path, passphrase)
    rows = {item.id: item for item in built_in()}
    changed = [(rows[each.id], each) for each in life.changed]
    writing.apply(opened, [*changed, *((None, each) for each in (*life.records, *HABIT))], TODAY)
    yield opened
    opened.close()


@pytest.fixture
def shared(lived, now) -> ExportData:
    with lived.read() as connection:
        whole = reading.diary_data(connection)
    choices = SharingChoices(period=Period.ALL, sections=tuple(Section))
    return share(whole, choices, Consent(), TODAY, now())


def days_of(cell: str) -> str:
    """The days in a cell as a column without a unit has them: "20–21 d" and "17 d or longer" are 20–21 and 17+."""
    found = re.match(r"(\d+(?:–\d+)?) d( so far| or longer)?$", cell)
    return f"{found[1]}{'+' if found[2] else ''}" if found else ""


def days_between(lower: object, upper: object) -> str:
    """The same from two numbers."""
    return "" if lower in (None, "") else f"{lower}+" if upper in (None, "") else f"{lower}–{upper}"


def expected(life: Life) -> list[tuple[date, str]]:
    return [(ago(days), words) for days, words in life.days]


def test_the_window_tells_one_answer(life, lived, make_window, diary_path, passphrase, qtbot):
    lived.close()
    window = make_window(diary_path)
    window.open(database.open_diary(diary_path, passphrase))
    settle(qtbot)
    marked = " (baseline computed)" if life.computed else ""

    since = window.diary_view.page("today").since
    assert f"{life.measure}, 30 days" in words_on(since).splitlines()
    assert not since.sentence.isVisible() or since.sentence.text().endswith(f"Measured by {life.measure}{marked}.")

    window.diary_view.show_page("sessions")
    settle(qtbot)
    model = window.diary_view.page("sessions").model
    assert model.headerData(RELIEF_COLUMN, Qt.Orientation.Horizontal) == f"Relief ({life.measure})"
    cells = {row.session.day: model.index(at, RELIEF_COLUMN).data() for at, row in enumerate(model.rows)}
    told = [(day, days_of(cell)) for day, cell in sorted(cells.items()) if cell != "part of the course"]
    assert told == expected(life)
    model.sort(RELIEF_COLUMN, Qt.SortOrder.AscendingOrder)
    lengths = [int((re.match(r"\d+", model.index(at, RELIEF_COLUMN).data()) or ["-1"])[0]) for at in range(len(cells))]
    assert all(shorter <= longer for shorter, longer in pairwise(lengths))

    window.diary_view.show_page("relief")
    settle(qtbot)
    page = window.diary_view.page("relief")
    assert page.controls.measure.currentText().removesuffix(", daily") == life.measure
    table = page.cards().spans.model
    rows = [(table.rows[at].day, days_of(table.index(at, RELIEF_CELL).data())) for at in range(table.rowCount())]
    assert rows[::-1] == expected(life)
    assert [(bar.day, bar.days) for bar in page.relief_content.session_bars.bars] == expected(life)
    spoken = [point.words for point in page.relief_content.session_bars.points(LIGHT, 2000, 216)]
    for bar_words, (_, days) in zip(spoken, expected(life), strict=True):
        assert days.rstrip("+") in bar_words
    assert page.cards().offer.isVisible() is (life.computed or life.name == "too few readings")

    window.diary_view.show_page("habits")
    settle(qtbot)
    assert f"\nMeasured by {life.measure}{marked}." in words_on(window.diary_view.page("habits").patterns)


def test_files_and_the_command_line_tell_the_same(life, lived, shared, diary_path, passphrase, monkeypatch, capsys):
    wanted = expected(life)

    relief = shared.relief_results[0]
    assert relief.measure.name == life.measure
    rows = list(csv.DictReader(io.StringIO(csv_files(shared)["relief.csv"].decode("utf-8-sig"))))
    own = [each for each in rows if each["measure_name"] == life.measure]
    assert rows[: len(own)] == own
    assert [(date.fromisoformat(e["date"]), days_between(e["lower (days)"], e["upper (days)"])) for e in own] == wanted

    observations = [load["resource"] for load in json.loads(document(shared))["entry"]]
    timed = [
        observation
        for observation in observations
        if observation.get("code", {}).get("text", "").endswith(f": {life.measure}")
    ]
    timed = [each for each in timed if "method" in each]
    assert [(each["effectiveDateTime"][:10], fhir_days(each)) for each in timed] == [
        (day.isoformat(), days) for day, days in wanted
    ]

    text = " ".join(pdf_text(shared))
    assert f"({life.measure})" in text
    day_words = [f"{day.day} {day:%b} {day.year}".replace("Sep ", "Sept ") for day, _ in wanted]
    for words, (_, days) in zip(day_words, wanted, strict=True):
        assert re.search(rf"{words} \S+ 56 mg(?:, last of \d+)? [a-z ]+ {re.escape(days or '–')} ", text), (words, days)

    lived.close()
    monkeypatch.setenv("KETATRACK_PASSPHRASE", passphrase)
    monkeypatch.setattr(relief_results, "today", lambda _start: TODAY)
    said = command(capsys, "relief", "--json", "--diary", str(diary_path))
    told = json.loads(said)
    assert told["measure"] == relief.measure.key
    assert [(date.fromisoformat(e["date"]), days_between(e["lower"], e["upper"])) for e in told["spans"]] == wanted
    assert (told["baseline"] or {}).get("source") == ("computed" if life.computed else told["baseline"] and "typed")
    lines = command(capsys, "relief", "--diary", str(diary_path)).splitlines()
    assert lines[0].startswith(f"{life.measure} · ")
    table = [re.split(r" {2,}", line) for line in lines if re.match(r"\d{4}-\d\d-\d\d", line)]
    assert [(row[0], row[1] if "–" in row[1] or "+" in row[1] else "") for row in table] == [
        (day.isoformat(), days) for day, days in wanted
    ]


def fhir_days(observation) -> str:
    if "valueRange" in observation:
        return days_between(*(int(observation["valueRange"][end]["value"]) for end in ("low", "high")))
    return f"{int(observation['valueQuantity']['value'])}+" if "valueQuantity" in observation else ""


def pdf_text(shared: ExportData) -> list[str]:
    import pypdf

    made = pdf.pdf(prepare(shared, "en_GB"), None).content
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(made)).pages]


def command(capsys, *arguments: str) -> str:
    assert cli.main(cli.parser().parse_args(arguments)) == 0
    return capsys.readouterr().out
