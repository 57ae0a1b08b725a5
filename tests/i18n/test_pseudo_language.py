"""The whole program in the pseudo-language: nothing English is left in it, and nothing is cut off."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

import pypdf
import pytest
from pseudo import BEGIN, END, catalogue, pseudo
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as QtBotTimeoutError
from pytestqt.qtbot import QtBot
from windows import settle

from ketatrack import demo, i18n
from ketatrack.charts.base import LIGHT
from ketatrack.diary import database, reading
from ketatrack.models import labels
from ketatrack.models.tracked import built_in
from ketatrack.paths import resource
from ketatrack.ui.chart import Chart
from ketatrack.ui.help_now import HelpNow
from ketatrack.ui.importing.dialog import ImportDialog
from ketatrack.ui.main_window import Window
from ketatrack.ui.scores.clinic_total import ClinicTotal
from ketatrack.ui.sessions.sheet import SessionSheet
from ketatrack.ui.share.dialogs import ImagesQuestion, PasswordQuestion
from ketatrack.ui.start.restore import RestoreDialog
from ketatrack.ui.today.appointment import AppointmentDialog
from ketatrack.ui.widgets.labels import ElidedLabel, Paragraph

ESM = Path(__file__).resolve().parents[1] / "data" / "esm" / "ESMdata.csv"
PAGES = ("today", "sessions", "scores", "relief", "habits", "share", "settings")
_INNER = re.compile(f"{BEGIN}[^{BEGIN}{END}]*{END}")
# A choice of whose dates and numbers: the language calls itself by its own name.
_LOCALE = re.compile(r"[^·⟦]+ · [\d./ -]+ · \d[.,]\d$")
_WORD = re.compile(r"[A-Za-z]{2,}")
# Proper names, units and keys of the keyboard, dates as Qt and Babel write them, and the names of files.
ALLOWED = re.compile(
    r"KetaTrack|ketatrack|PHQ-9|GAD-7|PEG|MADRS|QIDS-SR16|SpO2|mmHg|\bmg\b|\bmin\b|\bkg\b|\bMB\b|"
    r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b|"
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December)\b|"
    r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b|\b[AP]M\b|"
    r"\b(Ctrl|Alt|Shift|Enter|Esc|Return)\b|\b(CSV|FHIR|PDF|JSON|PNG|SVG|A4|UTC|LOINC)\b|"
    r"(/[\w.\u200b -]+)+|\bdiary \d{4}-\d\d-\d\d"
)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        texts = [each for each in value if isinstance(each, str)]
        if any(text.count(BEGIN) != text.count(END) for text in texts):  # one sentence over several lines
            yield " ".join(texts)
            return
        for each in value:
            yield from _strings(each)
    elif is_dataclass(value):
        for spec in fields(value):
            yield from _strings(getattr(value, spec.name))


def fixed_texts() -> set[str]:
    """Questionnaires, crisis lines and safety sentences, which have validated translations of their own."""
    files = [*resource("instruments").glob("*.toml"), *resource("words").glob("*.toml")]
    return {text for path in files for text in _strings(tomllib.loads(path.read_text(encoding="utf-8")))}


@pytest.fixture(scope="module")
def known() -> re.Pattern[str]:
    """What is not translated on purpose: fixed texts, and what the made-up person typed."""
    typed = {text for record in demo.records(1, 3, date(2026, 11, 23)) for text in _strings(record)}
    typed |= {labels.in_a_sentence(text) for text in typed if text}
    # A questionnaire shows the beginning of its lead, "Over the last 2 weeks", by itself.
    names = {part for text in fixed_texts() for part in (*text.splitlines(), text.split(",")[0]) if len(part) > 12}
    longest_first = sorted({text for text in typed | fixed_texts() | names if len(text) > 1}, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in longest_first))


@pytest.fixture(autouse=True)
def pseudo_language() -> Iterator[None]:
    i18n.install(catalogue())
    yield
    i18n.install(i18n.load(resource("i18n"), ["en"]))


def left_over(text: str, known: re.Pattern[str]) -> str:
    """What of a text is in English still; "" where nothing is."""
    text = re.sub(r"<[^>]+>", "", text.replace("\n", " "))
    if _LOCALE.match(text):
        return ""
    before = None
    while before != text:
        before, text = text, _INNER.sub("", text)
    text = re.sub(r"This material contains content from LOINC.*", "", text)  # the licence, word for word
    text = ALLOWED.sub("", known.sub("", text))
    return text.strip() if _WORD.search(text) else ""


def texts(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Every word that a person sees, or hears, of what is visible."""
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisibleTo(root) or widget.objectName().startswith("qt_"):
            continue
        said = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QAbstractButton):
            said.append(widget.text())
        elif isinstance(widget, QComboBox):
            said += [widget.itemText(n) for n in range(widget.count())]
        elif isinstance(widget, QLineEdit | QPlainTextEdit):
            said.append(widget.placeholderText())
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            said += list(_cells(widget))
        elif isinstance(widget, Chart) and widget.picture is not None:
            said += list(_drawn(widget))
        yield from ((widget, text) for text in said if text)


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for column in range(model.columnCount(QModelIndex())):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(12, model.rowCount(QModelIndex()))):
            yield str(model.index(row, column).data() or "")


def _drawn(chart: Chart) -> Iterator[str]:
    from matplotlib.text import Text

    picture = chart.picture
    assert picture is not None
    figure = picture.draw(LIGHT, 900, 300)
    yield from (text.get_text() for text in figure.findobj(Text) if text.get_text())
    yield picture.spoken()
    yield from (point.words for point in picture.points(LIGHT, 900, 300)[:40])
    numbers = picture.numbers()
    yield from numbers.columns
    yield from (cell for row in numbers.rows[:8] for cell in row)


def english(root: QWidget, known: re.Pattern[str]) -> set[tuple[str, str]]:
    return {(type(widget).__name__, rest) for widget, text in texts(root) if (rest := left_over(text, known))}


def cut_off(root: QWidget) -> set[tuple[str, str, str]]:
    """Labels and buttons whose words do not fit."""
    result = set()
    for widget in root.findChildren(QWidget):
        # What has no height yet is folded away.
        if not widget.isVisibleTo(root) or widget.width() < 4 or widget.height() < 4:
            continue
        if isinstance(widget, ElidedLabel):
            continue  # made to end in …, with all of it in the tool tip
        if isinstance(widget, Paragraph):
            lines = widget.heightForWidth(widget.width()) - widget.height()
            short = lines > widget.fontMetrics().height() // 2
        elif isinstance(widget, QLabel) and not widget.wordWrap() and widget.text():
            short = widget.sizeHint().width() > widget.width() + 1
        elif isinstance(widget, QAbstractButton) and widget.text() and not isinstance(widget, QToolButton):
            short = widget.fontMetrics().horizontalAdvance(widget.text()) > widget.width()
        elif isinstance(widget, QComboBox):
            short = widget.fontMetrics().horizontalAdvance(widget.currentText()) > widget.width() - 24
        elif isinstance(widget, QHeaderView):
            short = any(_head(widget, n) > widget.sectionSize(n) for n in range(widget.count()))
        else:
            continue
        if short:
            words = getattr(widget, "currentText" if isinstance(widget, QComboBox) else "text", str)()
            result.add((type(widget).__name__, words, f"{widget.width()} x {widget.height()}"))
    return result


def _head(header: QHeaderView, section: int) -> int:
    words = str(header.model().headerData(section, header.orientation()) or "")
    return 0 if header.isSectionHidden(section) else header.fontMetrics().horizontalAdvance(words)


def still_cut_off(root: QWidget, qtbot: QtBot) -> set[tuple[str, str, str]]:
    """What is cut off once the layouts have come to rest: running text gets its lines a moment after its width."""
    with suppress(QtBotTimeoutError):
        qtbot.waitUntil(lambda: not cut_off(root), timeout=2_000)
    return cut_off(root)


@pytest.fixture
def lived(window: Window, today: date, qtbot: QtBot) -> Window:
    """The window on the diary of a made-up person."""
    assert window.diary_view is not None
    tracked_already = {item.id for item in built_in()}
    records = [record for record in demo.records(1, 3, today) if record.id not in tracked_already]
    assert window.diary_view.editor.edit(
        "x", [(None, record) for record in records if type(record).__name__ not in ONE_EACH]
    )
    settle(qtbot)
    return window


ONE_EACH = {"Settings", "Profile", "SharingChoices"}


@pytest.mark.parametrize("name", PAGES)
def test_every_page(lived: Window, name: str, known: re.Pattern[str], qtbot: QtBot):
    assert lived.diary_view is not None
    lived.diary_view.show_page(name)
    settle(qtbot)
    assert not (found := english(lived, known)), found
    assert not (found := still_cut_off(lived, qtbot)), found


def test_a_questionnaire_and_its_result(lived: Window, known: re.Pattern[str], qtbot: QtBot):
    view = lived.diary_view
    assert view is not None
    view.start_questionnaire("phq9")
    settle(qtbot)
    assert not (found := english(lived, known)), found
    assert not (found := still_cut_off(lived, qtbot)), found
    page = view.page("scores")
    entry = next(each for each in page._read().answers["phq9"])
    page.open_answers(entry.id)
    settle(qtbot)
    assert not (found := english(lived, known)), found
    assert not (found := still_cut_off(lived, qtbot)), found


def test_every_dialog(
    lived: Window, diary_path: Path, now: Callable[[], datetime], known: re.Pattern[str], qtbot: QtBot
):
    assert lived.diary_view is not None
    editor = lived.diary_view.editor
    found: dict[str, object] = {}
    for dialog in (
        SessionSheet(editor, lived),
        AppointmentDialog(editor, None, lived),
        ImportDialog(editor, lived),
        RestoreDialog(diary_path, now, lived),
        HelpNow([], lived),
        HelpNow(None, lived),
        ClinicTotal("madrs", editor.today, lived),
        ImagesQuestion(lived),
        PasswordQuestion(lived),
    ):
        dialog.show()
        QApplication.processEvents()
        left = english(dialog, known), cut_off(dialog), left_over(dialog.windowTitle(), known)
        if any(left):
            found[type(dialog).__name__] = left
        dialog.close()
    settle(qtbot)
    assert found == {}, found


def test_a_session_that_stands(lived: Window, known: re.Pattern[str], qtbot: QtBot):
    assert lived.diary_view is not None
    editor = lived.diary_view.editor
    with editor.diary.read() as connection:
        latest = reading.sessions(connection)[-1]
    sheet = SessionSheet(editor, lived, latest)
    sheet.resize(980, 1400)
    sheet.show()
    qtbot.waitExposed(sheet)
    settle(qtbot)
    assert english(sheet, known) == set()
    assert still_cut_off(sheet, qtbot) == set()
    sheet.close()


def test_an_import_of_a_file(lived: Window, known: re.Pattern[str], qtbot: QtBot):
    assert lived.diary_view is not None
    dialog = ImportDialog(lived.diary_view.editor, lived)
    dialog.resize(880, 900)
    dialog.show()
    dialog.open_file(ESM)
    settle(qtbot)
    names = sorted(
        {dialog.date.itemText(n) for n in range(dialog.date.count())} | {"ESMdata.csv"}, key=len, reverse=True
    )
    columns = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    unknown = re.compile(f"{known.pattern}|{columns.pattern}")
    assert english(dialog, unknown) == set()
    assert still_cut_off(dialog, qtbot) == set()
    dialog.close()


def test_the_first_start(make_window: Callable[[Path], Window], tmp_path: Path, known: re.Pattern[str], qtbot: QtBot):
    window = make_window(tmp_path / "new" / "diary.ketatrack")
    window.show_start_screen()
    screen = window.centralWidget()
    for field in (screen.passphrase.first, screen.passphrase.again):
        QTest.keyClicks(field, "four unrelated words here")
    for step in screen.steps:
        settle(qtbot)
        assert english(window, known) == set()
        assert still_cut_off(window, qtbot) == set()
        if step is not screen.steps[-1]:
            screen.next.click()
            qtbot.waitUntil(lambda before=step: not before.isVisible(), timeout=10_000)


def test_unlocking_with_an_error(
    make_window: Callable[[Path], Window], diary_path: Path, known: re.Pattern[str], qtbot: QtBot
):
    window = make_window(diary_path)
    window.show_start_screen()
    screen = window.centralWidget()
    QTest.keyClicks(screen.passphrase, "wrong")
    QTest.keyClick(screen.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(screen.note.isVisible, timeout=10_000)
    settle(qtbot)
    assert english(window, known) == set()
    assert still_cut_off(window, qtbot) == set()


@pytest.fixture
def demo_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.setenv("KETATRACK_PASSPHRASE", "made-up")
    path = tmp_path / "demo.ketatrack"
    diary = database.create(path, "made-up")
    demo.fill(diary, 1, 3, date(2026, 11, 23))
    diary.close()
    return path


def test_the_report(demo_file: Path, tmp_path: Path, known: re.Pattern[str], monkeypatch: pytest.MonkeyPatch):
    from ketatrack.formats.export_data import Consent, share
    from ketatrack.models.records import SharingChoices
    from ketatrack.report import pdf
    from ketatrack.report.build import prepare

    diary = database.open_diary(demo_file, "made-up")
    with diary.read() as connection:
        whole = reading.diary_data(connection)
    diary.close()
    now = datetime(2026, 11, 23, 8, 10).astimezone()
    data = share(whole, SharingChoices(), Consent(safety_answers=False, notes=False), date(2026, 11, 23), now)
    prepared = prepare(data, "en_GB")
    content = json.loads(prepared.files["data.json"])
    said = [text for text in _strings(content) if " " in text]
    assert {rest for text in said if (rest := left_over(text, known))} == set()
    target = tmp_path / "r.pdf"
    target.write_bytes(pdf.pdf(prepared, {}).content)
    assert BEGIN in "".join(page.extract_text() for page in pypdf.PdfReader(target).pages)


def test_the_command_line(demo_file: Path, capsys: pytest.CaptureFixture[str], known: re.Pattern[str]):
    for command in (
        ["relief"],
        ["check"],
        ["restore", str(demo_file.parent / "none.ketatrack")],
        ["relief", "--measure", "nothing"],
        ["export", "--format", "csv", "-o", str(demo_file.parent / "tables")],
    ):
        main_in_pseudo(["--diary", str(demo_file), *command])
        out, err = capsys.readouterr()
        lines = [line for line in (out + err).splitlines() if left_over(line, known)]
        assert lines == [], command


@pytest.mark.parametrize("command", ["new", "demo", "import", "export", "relief", "charts", "report", "backup"])
def test_the_help_of_a_command(command: str, capsys: pytest.CaptureFixture[str], known: re.Pattern[str]):
    with pytest.raises(SystemExit):
        main_in_pseudo([command, "--help"])
    said = " ".join(capsys.readouterr().out.split())
    # Names of commands and options are typed as they are in every language.
    said = re.sub(r"--?[a-z0-9-]+|\[[^⟦⟧]*?\]|\{[a-z0-9,]+\}|\b[A-Z0-9-]+(\.json)?\b", "", said)
    assert left_over(said.replace(command, ""), known) == ""


def test_the_help_of_the_command_line_has_no_word_of_argparse_left():
    from ketatrack.cli import parser

    shown = " ".join(parser().format_help().split())
    for words in ("usage: ", "options", "show this help message and exit"):
        assert pseudo(words) in shown


def main_in_pseudo(arguments: list[str]) -> None:
    """Run a command; `main` installs the language of the system first, so its parts are called one by one."""
    from ketatrack import cli
    from ketatrack.errors import WrongUsage

    try:
        cli.main(cli.parser().parse_args(arguments))
    except WrongUsage as error:
        print(error)
