"""The Share page in the real window: choices, live pages, and every file it makes, read back by other programs."""

import io
import json
import os
import zipfile
from datetime import timedelta
from pathlib import Path
from threading import Event

import pikepdf
import pypdf
import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from windows import settle, words_on

from ketatrack.diary import reading, writing
from ketatrack.models.enums import AppointmentKind, Paper, Period, Route, Section
from ketatrack.models.records import (
    Answers,
    Appointment,
    CheckIn,
    Profile,
    Session,
    SharingChoices,
    Value,
    VisitQuestion,
    built_in_id,
)
from ketatrack.paths import backup_folder
from ketatrack.ui import jobs
from ketatrack.ui.share import dialogs
from ketatrack.ui.share import jobs as work
from ketatrack.ui.share.dialogs import PasswordQuestion
from ketatrack.ui.share.files import other_files, paint
from ketatrack.ui.share.jobs import FileChoice
from ketatrack.ui.theme import tokens
from ketatrack.ui.theme.stylesheet import apply_theme
from ketatrack.ui.widgets.labels import Paragraph

ITEMS = (1, 1, 1, 1, 1, 1, 1, 1, 2)


def lived(today):
    start = today - timedelta(days=60)
    made = [Profile(name="Ada Byron"), Session(day=start, route=Route.INTRAVENOUS, dose_mg=4000, notes="Slow waves")]
    made += [
        CheckIn(
            day=start + timedelta(days=n),
            note="Ada walked" if n == 3 else "",
            values=(Value(tracked_id=built_in_id("low_mood"), hundredths=800 if n < 0 else 200),),
        )
        for n in range(-7, 40)
    ]
    made += [Answers(instrument="phq9", day=start - timedelta(days=1), items=ITEMS, total=10)]
    made += [Appointment(kind=AppointmentKind.VISIT, day=today - timedelta(days=30))]
    return made


@pytest.fixture
def saved_at(tmp_path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


@pytest.fixture
def page(window, today, qtbot, saved_at):
    """The page on a diary of two months; where a file goes is answered with its proposed name in `saved_at`."""
    writing.apply(window.diary_view.editor.diary, [(None, each) for each in lived(today)], today)
    window.diary_view.show_page("share")
    made = window.diary_view.page("share")
    made._ask = lambda _owner, kind, name: str(saved_at if kind is FileChoice.IMAGES else saved_at / Path(name).name)
    calm(qtbot, made)
    return made


def calm(qtbot, page):
    """Wait until the pages show the latest choices and nothing is being made."""
    qtbot.waitUntil(lambda: not page._settling.isActive(), timeout=5_000)
    settle(qtbot)
    qtbot.waitUntil(lambda: not page._settling.isActive() and not page.making.busy, timeout=30_000)
    settle(qtbot)


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(12, button.height() // 2))


def kept(page) -> SharingChoices:
    with page.editor.diary.read() as connection:
        return reading.sharing_choices(connection)


def text_of(content: bytes) -> str:
    return "\n".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(content)).pages)


def the_file(folder: Path) -> Path:
    (found,) = folder.iterdir()
    return found


def answer(qtbot, yes: bool):
    """Answer the question that is open."""
    question = QApplication.activeModalWidget()
    assert question is not None
    click(question.yes if yes else question.no)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_the_pages_are_there_with_what_falls_into_the_period(page):
    assert page.pane.where.text() == f"Page 1 of {page.pane.shown.pages.count}"
    assert page.paper.covers.text().startswith("49 entries on 47 of 68 days, ")
    assert page.contents.boxes[Section.SUMMARY].accessibleDescription() == "page 1"
    assert page.contents.boxes[Section.HABITS].accessibleDescription() == ""
    assert page.contents.boxes[Section.CURVES].accessibleDescription() == "page 2"
    shown = page.pane.sheet.grab().toImage()
    assert len({shown.pixel(x, y) for x in range(0, shown.width(), 3) for y in range(0, shown.height(), 3)}) > 8


def test_choices_are_remembered_and_can_be_taken_back(page, qtbot):
    before = page.pane.sheet._image.copy()
    click(page.contents.boxes[Section.HABITS])
    click(page.paper.grey)
    calm(qtbot, page)
    assert Section.HABITS in kept(page).sections
    assert kept(page).grey
    assert page.pane.sheet._image != before
    assert page.contents.boxes[Section.HABITS].accessibleDescription().startswith("page ")
    page.editor.undo_stack.undo()
    page.editor.undo_stack.undo()
    calm(qtbot, page)
    assert page.pane.sheet._image == before
    assert not page.contents.boxes[Section.HABITS].isChecked()


@pytest.mark.parametrize(
    ("period", "days"), [(Period.SINCE_VISIT, 31), (Period.MONTHS_12, 68), (Period.ALL, 68), (Period.OWN, 10)]
)
def test_periods(page, qtbot, today, period, days):
    page.paper.period.choice.value = period
    page.paper.period.choice.activated.emit(page.paper.period.choice.currentIndex())
    if period is Period.OWN:
        for field, day in ((page.paper.period.first, today - timedelta(days=9)), (page.paper.period.last, today)):
            field.setText(day.isoformat())
            field.commit()
    calm(qtbot, page)
    assert page.pane.shown.days == days
    assert kept(page).period is period if period is not Period.MONTHS_12 else True


def test_own_days_the_wrong_way_round_are_said_and_not_taken(page, qtbot, today):
    page.paper.period.choice.value = Period.OWN
    page.paper.period.choice.activated.emit(page.paper.period.choice.currentIndex())
    page.paper.period.last.setText((today - timedelta(days=20)).isoformat())
    page.paper.period.last.commit()
    page.paper.period.first.setText((today - timedelta(days=5)).isoformat())
    page.paper.period.first.commit()
    assert "The first day comes after the last one" in words_on(page.paper.period)
    assert kept(page).from_day is None
    calm(qtbot, page)


def test_questions_are_kept_a_line_each(page, qtbot):
    page.questions.field.setFocus()
    QTest.keyClicks(page.questions.field, "Is 168/98 all right?")
    QTest.keyClick(page.questions.field, Qt.Key.Key_Return)
    QTest.keyClicks(page.questions.field, "Fewer sessions?")
    page.questions.field.commit()
    calm(qtbot, page)

    def questions() -> list[VisitQuestion]:
        with page.editor.diary.read() as connection:
            return list(reading.visit_questions(connection))

    first, second = questions()
    assert (first.words, second.words) == ("Is 168/98 all right?", "Fewer sessions?")
    page.questions.field.setPlainText("Fewer sessions?\n\n")
    page.questions.field.commit()
    calm(qtbot, page)
    assert [(question.id, question.words) for question in questions()] == [(first.id, "Fewer sessions?")]


def test_a_question_too_long_to_be_kept_becomes_several(page, qtbot):
    long = "Why " * 700
    page.questions.field.setPlainText(long)
    page.questions.field.commit()
    calm(qtbot, page)
    with page.editor.diary.read() as connection:
        held = [visit_question.words for visit_question in reading.visit_questions(connection)]
    assert len(held) == 2
    assert " ".join(held).split() == long.split()


def test_what_goes_wrong_is_said_in_a_small_window_too(page, window, qtbot):
    window.resize(960, 640)
    assert not page.pane.note.isVisible()
    with pytest.raises(OSError, match="odd"):
        page._fail(OSError("odd"))
    assert page.pane.note.isVisible()
    assert page.pane.note.text().startswith("The pages could not be made")
    page.close_page()
    assert page.pane.where.text() == ""


def test_question_9_asks_first_is_withheld_otherwise_and_forgotten_after_a_save(page, qtbot, saved_at):
    click(page.contents.boxes[Section.ITEMS])
    calm(qtbot, page)
    click(page.contents.safety)
    answer(qtbot, yes=False)
    assert not page.contents.safety.isChecked()
    click(page.files.save)
    calm(qtbot, page)
    held = the_file(saved_at)
    assert "withheld by the patient" in text_of(held.read_bytes())
    assert b"44260-8" not in pypdf.PdfReader(held).attachments["ketatrack-fhir.json"][0]
    held.unlink()
    click(page.contents.safety)
    answer(qtbot, yes=True)
    assert page.contents.safety.isChecked()
    click(page.files.save)
    calm(qtbot, page)
    assert "withheld by the patient" not in text_of(the_file(saved_at).read_bytes())
    assert b"44260-8" in pypdf.PdfReader(the_file(saved_at)).attachments["ketatrack-fhir.json"][0]
    assert not page.contents.safety.isChecked()
    assert page.wanted().consent.safety_answers is False
    assert "Question 9 and notes are left out again" in page.files.result.text()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_question_cuts_its_words_off(page, qapp, qtbot, scale):
    apply_theme(qapp, tokens.LIGHT, scale)
    made = [dialogs.safety_answers(page), dialogs.notes(page)]
    made += [
        dialogs.question_before(kind, page, page.wanted().consent) for kind in FileChoice if kind is not FileChoice.PDF
    ]
    for question in made:
        question.show()
        qtbot.waitExposed(question)
        for words in question.findChildren(Paragraph):
            assert words.height() >= words.heightForWidth(words.width())
        question.close()


def test_session_notes_ask_first_too(page, qtbot):
    assert page.wanted().consent.notes is False
    click(page.contents.notes)
    answer(qtbot, yes=True)
    calm(qtbot, page)
    assert page.wanted().consent.notes is True
    click(page.contents.notes)
    assert page.wanted().consent.notes is False
    calm(qtbot, page)


def test_a_saved_pdf_holds_the_pages_and_the_data(page, qtbot, saved_at):
    page.files.save.setFocus()
    click(page.files.save)
    assert page.files.cancel.hasFocus()
    calm(qtbot, page)
    held = the_file(saved_at)
    assert held.suffix == ".pdf"
    assert page.files.result.text() == f"Saved as {held}. It is not encrypted: anyone who has the file can read it."
    assert page.files.save.hasFocus()
    reader = pypdf.PdfReader(held)
    assert len(reader.pages) == page.pane.shown.pages.count
    assert "Ada Byron" in reader.pages[0].extract_text()
    assert {"ketatrack-fhir.json", "sessions.csv", "check_ins.csv"} <= set(reader.attachments)
    inside = b"".join(content for attachment in reader.attachments.values() for content in attachment)
    assert b"Slow waves" not in inside
    assert b"Ada walked" not in inside


def test_a_hidden_name_is_nowhere_in_the_file(page, qtbot, saved_at):
    click(page.paper.hide_name)
    calm(qtbot, page)
    assert page.paper.hidden.isVisible()
    click(page.contents.notes)
    answer(qtbot, yes=True)
    click(page.files.save)
    calm(qtbot, page)
    with pikepdf.open(the_file(saved_at)) as opened:
        streams = b"".join(each.read_bytes() for each in opened.objects if isinstance(each, pikepdf.Stream))
        whole = streams + repr(opened.docinfo).encode() + text_of(the_file(saved_at).read_bytes()).encode()
    for name in (b"Ada", b"Byron"):
        assert name not in whole
    assert b"[hidden] walked" in whole


def test_without_the_data_nothing_is_attached(page, qtbot, saved_at):
    click(page.contents.attach)
    calm(qtbot, page)
    click(page.files.save)
    calm(qtbot, page)
    assert pypdf.PdfReader(the_file(saved_at)).attachments == {}


def test_an_encrypted_pdf_asks_for_a_password_twice(page, qtbot, saved_at):
    click(page.files.encrypted)
    question = QApplication.activeModalWidget()
    assert isinstance(question, PasswordQuestion)
    click(question.yes)
    assert "without one anyone could open the file" in question.refusal.accessibleName()
    QTest.keyClicks(question.first, "four unrelated words")
    QTest.keyClicks(question.again, "four unrelated wards")
    click(question.yes)
    assert "not the same" in question.refusal.accessibleName()
    question.again.setText("four unrelated words")
    answer(qtbot, yes=True)
    calm(qtbot, page)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(the_file(saved_at))
    with pikepdf.open(the_file(saved_at), password="four unrelated words") as opened:
        assert len(opened.pages) == page.pane.shown.pages.count
        assert opened.encryption.R == 6


def choose_other(page, kind: FileChoice) -> None:
    place = [each for each, _words in other_files()].index(kind)
    page.files.menu.actions()[place].trigger()


@pytest.mark.parametrize("kind", [FileChoice.SPREADSHEET, FileChoice.FHIR, FileChoice.ARCHIVE, FileChoice.IMAGES])
def test_other_files_say_the_plain_sentence_first(page, qtbot, saved_at, kind):
    choose_other(page, kind)
    question = QApplication.activeModalWidget()
    plain = ("This file can be read by anyone who has it.", "These files can be read by anyone who has them.")
    assert question.accessibleDescription().startswith(plain)
    answer(qtbot, yes=False)
    assert list(saved_at.iterdir()) == []
    choose_other(page, kind)
    answer(qtbot, yes=True)
    calm(qtbot, page)
    if kind is FileChoice.IMAGES:
        made = sorted(saved_at.iterdir())
        assert [each.name for each in made][:2] == ["low_mood-each-session.png", "low_mood-journey.png"]
        assert all(QImage(str(each)).width() > 1000 for each in made)
        return
    content = the_file(saved_at).read_bytes()
    if kind is FileChoice.SPREADSHEET:
        assert "sessions.csv" in zipfile.ZipFile(io.BytesIO(content)).namelist()
        assert b"Slow waves" not in zipfile.ZipFile(io.BytesIO(content)).read("sessions.csv")
    elif kind is FileChoice.FHIR:
        assert json.loads(content)["type"] == "document"
    else:
        assert json.loads(content)["sessions"][0]["notes"] == "Slow waves"


@pytest.mark.parametrize("suffix", ["svg", "pdf"])
def test_images_come_in_other_formats_too(page, qtbot, saved_at, suffix):
    choose_other(page, FileChoice.IMAGES)
    question = QApplication.activeModalWidget()
    question.formats.value = suffix
    answer(qtbot, yes=True)
    calm(qtbot, page)
    begins = {"svg": b"<?xml", "pdf": b"%PDF"}[suffix]
    assert {path.suffix for path in saved_at.iterdir()} == {f".{suffix}"}
    assert all(path.read_bytes().startswith(begins) for path in saved_at.iterdir())


def test_a_file_that_is_cancelled_is_not_written(page, qtbot, saved_at, monkeypatch):
    made = work.make

    def slow(*given):
        page.making.cancel()
        return made(*given)

    monkeypatch.setattr("ketatrack.ui.share.files.make", slow)
    click(page.files.save)
    assert page.files.step.isVisible()
    assert not page.files.save.isEnabled()
    calm(qtbot, page)
    assert list(saved_at.iterdir()) == []
    assert not page.files.step.isVisible()
    assert page.files.save.isEnabled()


def test_a_place_that_cannot_be_written_is_said_and_the_old_file_stays(page, qtbot, saved_at):
    page._ask = lambda *_: str(saved_at / "not here" / "report.pdf")
    click(page.files.save)
    calm(qtbot, page)
    assert "could not be written: there is no such folder" in page.files.result.text()


@pytest.mark.parametrize("what", ["diary", "link", "hard link", "backup", "lock", "journal"])
def test_nothing_is_saved_over_the_diary_or_what_belongs_to_it(page, window, qtbot, diary_path, saved_at, what):
    settle(qtbot)
    (copy, *_others) = backup_folder(diary_path).iterdir()
    target = {
        "diary": diary_path,
        "link": saved_at / "report.pdf",
        "hard link": saved_at / "report.pdf",
        "backup": copy,
        "lock": diary_path.with_name(f"{diary_path.name}.lock"),
        "journal": diary_path.with_name(f"{diary_path.name}-journal"),
    }[what]
    if what == "link":
        target.symlink_to(diary_path)
    elif what == "hard link":
        os.link(diary_path, target)
    before = {path: path.read_bytes() for path in (diary_path, copy)}
    page._ask = lambda *_: str(target)
    click(page.files.save)
    calm(qtbot, page)
    assert "belongs to a diary, so nothing was written there" in page.files.result.text()
    assert {path: path.read_bytes() for path in before} == before


def test_pages_turn_and_zoom_by_keys_and_buttons(page, qtbot):
    count = page.pane.shown.pages.count
    page.pane.area.setFocus()
    QTest.keyClick(page.pane.area, Qt.Key.Key_PageDown)
    assert page.pane.where.text() == f"Page 2 of {count}"
    QTest.keyClick(page.pane.area, Qt.Key.Key_End)
    assert page.pane.where.text() == f"Page {count} of {count}"
    assert not page.pane.forward.isEnabled()
    QTest.keyClick(page.pane.area, Qt.Key.Key_Home)
    click(page.pane.forward)
    assert page.pane.sheet.accessibleName() == f"Report, page 2 of {count}"
    small = page.pane.sheet.width()
    QTest.keyClick(page.pane.area, Qt.Key.Key_Plus)
    assert page.pane.sheet.width() > small
    assert page.pane.zoom.value is None
    calm(qtbot, page)
    assert abs(page.pane.sheet._image.width() - 2 * page.pane.sheet.width() * page.pane.devicePixelRatioF()) <= 4
    page.pane.zoom.value = "width"
    page.pane.zoom.changed.emit("width")
    assert abs(page.pane.sheet.width() - page.pane.area.viewport().width()) <= 20
    calm(qtbot, page)


def test_printing_opens_the_systems_preview(page, qtbot):
    click(page.files.print)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QPrintPreviewDialog), timeout=20_000)
    QApplication.activeModalWidget().reject()
    calm(qtbot, page)


def test_printing_can_be_cancelled_between_two_pages(page, qtbot):
    said = []
    page.making.stepped.connect(lambda done, count, words: said.append((done, count, words)))

    def cancel_at_the_first_page(done, _count, words):
        if words.startswith("Drawing page 1 of "):
            page.making.cancel()

    page.making.stepped.connect(cancel_at_the_first_page, Qt.ConnectionType.DirectConnection)
    click(page.files.print)
    calm(qtbot, page)
    assert QApplication.activeModalWidget() is None
    assert said[-1][2].startswith("Drawing page 1 of ")
    assert said[-1][:2] == (2, 2 + page.pane.shown.pages.count)


def test_every_page_is_painted_on_a_sheet_of_its_own(page, qtbot, saved_at):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(saved_at / "printed.pdf"))
    printer.setFullPage(True)
    paint(printer, (page.pane.shown.picture.content,) * 3)
    assert len(pypdf.PdfReader(saved_at / "printed.pdf").pages) == 3


def test_the_pages_go_below_the_choices_as_the_window_becomes_narrow(page, window, qtbot):
    window.resize(930, 700)
    assert page.pane.parent() is not page.content
    window.resize(800, 700)
    assert page.pane.parent() is page.content
    window.resize(930, 700)
    assert page.pane.parent() is not page.content


def test_paper_changes_the_pages(page, qtbot):
    wide = page.pane.sheet.inches
    page.paper.paper.value = Paper.LETTER
    page.paper.paper.changed.emit(Paper.LETTER)
    calm(qtbot, page)
    assert page.pane.sheet.inches[0] > wide[0]
    assert page.pane.sheet.inches[1] < wide[1]


class BusyWorker:
    """Keeps the worker busy until `free`: what is asked of it meanwhile waits its turn."""

    def __init__(self, page):
        self._gate = Event()
        jobs.run(page, lambda: self._gate.wait(20), lambda _done: None)

    def free(self):
        self._gate.set()


def test_what_is_chosen_while_the_diary_is_being_read_is_not_lost(page, qtbot):
    worker = BusyWorker(page)
    page.refresh()
    click(page.paper.grey)
    qtbot.waitUntil(lambda: not page._settling.isActive())
    worker.free()
    calm(qtbot, page)
    assert page.choices.grey
    assert page.paper.grey.isChecked()
    assert page._whole.check_ins


def test_a_read_is_not_dropped_for_a_preview_that_overtakes_it(page, qtbot, today):
    worker = BusyWorker(page)
    writing.apply(page.editor.diary, [(None, Session(day=today, route=Route.NASAL))], today)
    page.refresh()
    page._settling.start()
    qtbot.waitUntil(lambda: not page._settling.isActive())
    worker.free()
    calm(qtbot, page)
    assert [session.route for session in page._whole.sessions] == [Route.INTRAVENOUS, Route.NASAL]


def test_a_file_asked_for_before_the_diary_is_read_holds_the_diary(window, today, qtbot, saved_at):
    writing.apply(window.diary_view.editor.diary, [(None, each) for each in lived(today)], today)
    worker = BusyWorker(window)
    window.diary_view.show_page("share")
    page = window.diary_view.page("share")
    page._ask = lambda _owner, _kind, name: str(saved_at / Path(name).name)
    click(page.files.save)
    worker.free()
    calm(qtbot, page)
    assert "Ada Byron" in text_of(the_file(saved_at).read_bytes())


def test_words_that_are_being_typed_stay_while_the_diary_is_read(page, qtbot):
    page.questions.field.setFocus()
    QTest.keyClicks(page.questions.field, "Why is it fading")
    page.refresh()
    settle(qtbot)
    assert page.questions.field.value == "Why is it fading"


def test_a_lock_keeps_the_question_that_was_being_typed(page, window, qtbot):
    page.questions.field.setFocus()
    QTest.keyClicks(page.questions.field, "Why")
    diary = page.editor.diary
    window.diary_view.close_page()
    with diary.read() as connection:
        assert [visit_question.words for visit_question in reading.visit_questions(connection)] == ["Why"]


def test_a_lock_stops_the_file_that_is_being_made(page, window, qtbot, saved_at):
    click(page.files.save)
    qtbot.waitUntil(lambda: bool(page.files.step.text()) and page.files.step.text() != "Beginning…")
    window.lock()
    assert list(saved_at.iterdir()) == []


def test_a_page_turned_to_while_the_pages_are_made_stays(page, qtbot):
    worker = BusyWorker(page)
    page._preview()
    click(page.pane.forward)
    worker.free()
    calm(qtbot, page)
    assert page.pane.number == 2
    assert page.pane.where.text().startswith("Page 2 of ")


def test_dates_are_written_as_on_this_computer_or_as_chosen(page, qtbot, saved_at):
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        click(page.files.save)
        calm(qtbot, page)
    finally:
        QLocale.setDefault(before)
    assert "24.09.2026" in text_of(the_file(saved_at).read_bytes())
    page.paper.dates.value = "en_US"
    page.paper.dates.changed.emit("en_US")
    calm(qtbot, page)
    click(page.files.save)
    calm(qtbot, page)
    assert "Sep 24, 2026" in text_of(the_file(saved_at).read_bytes())


def test_a_lock_forgets_what_was_read(page, window, qtbot):
    page.close_page()
    assert page._whole.records == ()
    assert page.pane.empty
    settle(qtbot)


def test_an_empty_diary_has_pages_too(window, qtbot):
    window.diary_view.show_page("share")
    page = window.diary_view.page("share")
    calm(qtbot, page)
    assert page.paper.covers.text().startswith("0 entries on 0 of 1 days")
    assert page.pane.where.text().startswith("Page 1 of ")
