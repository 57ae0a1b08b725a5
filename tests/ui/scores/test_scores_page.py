"""The Scores page in a real window on a real encrypted diary, filled in with real keys and clicks."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from windows import settle

from ketatrack.diary import reading, writing
from ketatrack.diary.database import Diary
from ketatrack.models import safety
from ketatrack.models.enums import Route
from ketatrack.models.instruments import instrument
from ketatrack.models.records import Answers, CardShown, Contact, Session
from ketatrack.ui import jobs
from ketatrack.ui.editor import Editor
from ketatrack.ui.scores.answers import AnswerDraft, begin
from ketatrack.ui.scores.page import ScoresPage
from ketatrack.ui.scores.questionnaire import MEANT_FOR_LAST_MS, SEEN_MS

TODAY = date(2026, 11, 23)
SLOWLY = 800  # ms between two keys of somebody who reads
Show = Callable[..., ScoresPage]


@pytest.fixture
def editor(diary: Diary, now: Callable[[], datetime]) -> Editor:
    seconds = count()
    return Editor(diary, lambda: now() + timedelta(seconds=next(seconds)))


@pytest.fixture
def show(qtbot: QtBot, editor: Editor, focus_ring: object) -> Iterator[Show]:
    """Put the page into a window of its own; it listens to the editor as the diary_view makes it."""

    def shown(width: int = 992, height: int = 800, **kwargs: object) -> ScoresPage:
        page = ScoresPage(editor, **kwargs)  # type: ignore[arg-type]
        editor.changed.connect(lambda kinds: page.refresh())
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        page.refresh()
        qtbot.waitUntil(page.overview.isVisible)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    yield shown
    jobs.drain()


def write(editor: Editor, *records: object) -> None:
    writing.apply(editor.diary, [(None, record) for record in records], TODAY)  # type: ignore[arg-type]


def answers_of(editor: Editor, key: str | None = None) -> tuple[Answers, ...]:
    with editor.diary.read() as connection:
        return reading.answers(connection, key)


def drafts_of(editor: Editor) -> tuple[object, ...]:
    with editor.diary.read() as connection:
        return reading.drafts(connection)


def cards_of(editor: Editor) -> tuple[CardShown, ...]:
    with editor.diary.read() as connection:
        return reading.load(connection, CardShown)


def press(qtbot: QtBot, *keys: str | Qt.Key) -> None:
    """Type into whatever has the focus; each question is waited for."""
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def fill(qtbot: QtBot, page: ScoresPage, digits: str) -> None:
    """Type one digit for each question, fast, and wait until the page has gone on after the last one."""
    press(qtbot, *digits)
    form = page.questionnaire
    if form is not None and form.card is None:
        qtbot.waitUntil(lambda: page.questionnaire is None or not form._onwards.isActive())
    QApplication.processEvents()


def texts(page: ScoresPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


def button(page: ScoresPage, words: str) -> QPushButton:
    found = [child for child in page.findChildren(QPushButton) if words in child.text() and child.isVisibleTo(page)]
    assert len(found) == 1, (words, [child.text() for child in page.findChildren(QPushButton)])
    return found[0]


def past(key: str, days: int, total: int, **fields: object) -> Answers:
    return Answers(instrument=key, day=TODAY - timedelta(days=days), total=total, **fields)  # type: ignore[arg-type]


def test_a_questionnaire_can_be_started_before_the_page_was_seen(show: Show, qtbot: QtBot, editor: Editor):
    page = ScoresPage(editor)
    qtbot.addWidget(page)
    page.refresh()
    page.start("gad7")
    page.show()
    qtbot.waitUntil(lambda: not jobs.busy())
    QApplication.processEvents()
    assert page.questionnaire.isVisible()
    assert not page.overview.isVisible()


def test_an_empty_diary_says_how_to_begin(show: Show):
    page = show()
    assert any(text.startswith("Once a questionnaire is filled in") for text in texts(page))
    assert texts(page).count("not filled in yet") == 3
    assert texts(page).count("no total yet") == 2
    assert [page.overview.list.buttons[key].text() for key in ("phq9", "peg", "madrs")] == [
        "Start PHQ-9",
        "Start PEG",
        "Type in a total",
    ]


def test_phq9_by_digits_alone(show: Show, qtbot: QtBot, editor: Editor):
    page = show()
    qtbot.mouseClick(page.overview.list.buttons["phq9"], Qt.MouseButton.LeftButton)
    fill(qtbot, page, "111111110")
    assert page.questionnaire.place == 9
    assert "Not scored; you can leave it out." in texts(page)
    fill(qtbot, page, "2")
    [entry] = answers_of(editor)
    assert (entry.items, entry.unscored, entry.total, entry.day) == ((1,) * 8 + (0,), 2, 8, TODAY)
    assert entry.utc_offset_minutes == 60
    assert drafts_of(editor) == ()
    assert "of 27, mild" in texts(page)
    assert "Your first PHQ-9 here." in texts(page)
    assert editor.undo_stack.undoText() == "Log PHQ-9"


def test_without_any_problem_the_last_question_is_not_asked(show: Show, qtbot: QtBot, editor: Editor):
    page = show()
    page.start("phq9")
    fill(qtbot, page, "0" * 9)
    assert page.questionnaire is None
    assert answers_of(editor)[0].total == 0


def test_the_unscored_question_is_left_out_by_its_button_and_not_by_enter(show: Show, qtbot: QtBot, editor: Editor):
    page = show()
    page.start("phq9")
    fill(qtbot, page, "100000000")
    press(qtbot, Qt.Key.Key_Return)
    assert page.questionnaire.place == 9
    assert answers_of(editor) == ()
    qtbot.mouseClick(button(page, "See the result"), Qt.MouseButton.LeftButton)
    assert answers_of(editor)[0].unscored is None


def test_arrows_move_space_chooses_and_backspace_goes_back(show: Show, qtbot: QtBot):
    page = show()
    page.start("gad7")
    form = page.questionnaire
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert form.draft.answered == 0  # moving is not answering
    press(qtbot, Qt.Key.Key_Return)
    assert form.draft.answered == 0  # nor is going on
    press(qtbot, Qt.Key.Key_Space)
    assert form.draft.items[0] == 1
    press(qtbot, Qt.Key.Key_Return)
    assert form.place == 1
    press(qtbot, Qt.Key.Key_Backspace)
    assert form.place == 0
    assert form.rows[1].isChecked()
    assert QApplication.focusWidget() is form.rows[1]
    press(qtbot, "3")
    qtbot.waitUntil(lambda: form.place == 1)
    assert form.draft.items[0] == 3


def test_clicks_answer_too_and_the_list_goes_back(show: Show, qtbot: QtBot):
    page = show()
    page.start("gad7")
    form = page.questionnaire
    qtbot.mouseClick(form.rows[2], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: form.place == 1)
    entries = form.index.entries
    assert (entries[0].isEnabled(), entries[1].isChecked(), entries[2].isEnabled()) == (True, True, False)
    assert entries[0].accessibleName() == "1. Nervousness: 2"
    qtbot.mouseClick(entries[0], Qt.MouseButton.LeftButton)
    assert form.place == 0
    qtbot.mouseClick(form.next, Qt.MouseButton.LeftButton)
    assert form.place == 1
    assert not form.next.isEnabled()
    qtbot.mouseClick(form.back, Qt.MouseButton.LeftButton)
    assert form.place == 0


def test_a_fast_typist_loses_nothing(show: Show, qtbot: QtBot, editor: Editor):
    page = show()
    page.start("gad7")
    press(qtbot, *"1230123")
    qtbot.waitUntil(lambda: page.questionnaire is None)
    assert answers_of(editor)[0].items == (1, 2, 3, 0, 1, 2, 3)


def test_peg_takes_ten_as_one_and_zero(show: Show, qtbot: QtBot, editor: Editor):
    page = show()
    page.start("peg")
    press(qtbot, "1", "0")
    assert page.questionnaire.draft.items[0] == 10
    qtbot.waitUntil(lambda: page.questionnaire.place == 1, timeout=2000)
    press(qtbot, "1")
    qtbot.wait(SLOWLY)
    assert page.questionnaire.place == 1  # a 0 can still make it 10
    assert "1 is chosen.  0 makes it 10,  Enter goes on" in texts(page)
    press(qtbot, Qt.Key.Key_Return)
    assert page.questionnaire.place == 2
    press(qtbot, "7")
    qtbot.waitUntil(lambda: page.questionnaire is None)
    [entry] = answers_of(editor)
    assert (entry.items, entry.total) == ((10, 1, 7), 18)
    assert {"6.0", "of 10.0"} <= set(texts(page))


def test_a_slow_zero_after_a_one_is_ten_and_stays_in_sight(show: Show, qtbot: QtBot):
    page = show()
    page.start("peg")
    press(qtbot, "1")
    qtbot.wait(SLOWLY)
    press(qtbot, "0")
    qtbot.wait(SLOWLY)
    form = page.questionnaire
    assert (form.place, form.draft.items) == (0, (10, None, None))
    press(qtbot, "0")
    assert form.draft.items == (0, None, None)


@pytest.mark.parametrize("pause", [0, 60, SEEN_MS + 100, SLOWLY])
def test_enter_and_space_after_each_digit_answer_nothing(show: Show, qtbot: QtBot, pause: int):
    page = show()
    page.start("phq9")
    for key in ("2", Qt.Key.Key_Return, "1", Qt.Key.Key_Space, "3", Qt.Key.Key_Return):
        press(qtbot, key)
        qtbot.wait(pause)
    assert page.questionnaire.draft.items == (2, 1, 3, *(None,) * 6)


def test_enter_meant_for_the_last_question_does_not_skip_an_answered_one(show: Show, qtbot: QtBot):
    page = show()
    page.start("gad7")
    fill(qtbot, page, "222")
    form = page.questionnaire
    form.show_question(0)
    press(qtbot, "3")
    qtbot.waitUntil(lambda: form.place == 1)
    press(qtbot, Qt.Key.Key_Return)
    assert form.place == 1
    qtbot.wait(MEANT_FOR_LAST_MS + 100)
    press(qtbot, Qt.Key.Key_Return)
    assert form.place == 2


def test_enter_meant_for_the_last_answer_does_not_take_the_result_away(show: Show, qtbot: QtBot, editor: Editor):
    page = show()
    page.start("gad7")
    fill(qtbot, page, "2222222")
    qtbot.waitUntil(lambda: page.result is not None)
    press(qtbot, Qt.Key.Key_Return)
    assert page.result is not None


def test_a_digit_too_many_is_no_new_draft(show: Show, qtbot: QtBot, editor: Editor):
    page = show()
    page.start("gad7")
    press(qtbot, *"22222223")
    assert answers_of(editor)[0].items == (2,) * 7
    assert drafts_of(editor) == ()


def test_a_key_that_is_held_down_answers_once(show: Show, qtbot: QtBot):
    page = show()
    page.start("gad7")
    form = page.questionnaire
    for again in (False, True, True):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_2, Qt.KeyboardModifier.NoModifier, "2", again)
        QApplication.sendEvent(QApplication.focusWidget(), held)
        qtbot.wait(SEEN_MS + 50)
    assert form.draft.items == (2, *(None,) * 6)


def test_the_second_half_of_a_double_click_answers_nothing(show: Show, qtbot: QtBot):
    page = show()
    page.start("gad7")
    form = page.questionnaire
    qtbot.mouseClick(form.rows[2], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: form.place == 1)
    qtbot.mouseClick(form.rows[2], Qt.MouseButton.LeftButton)
    assert form.draft.items == (2, *(None,) * 6)
    assert not any(row.isChecked() for row in form.rows)


def test_a_button_held_over_one_question_does_not_answer_the_next(show: Show, qtbot: QtBot):
    page = show()
    page.start("gad7")
    form = page.questionnaire
    press(qtbot, "1")
    qtbot.mousePress(form.rows[3], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: form.place == 1)
    qtbot.wait(QApplication.doubleClickInterval() + 50)
    qtbot.mouseRelease(form.rows[3], Qt.MouseButton.LeftButton)
    assert form.draft.items == (1, *(None,) * 6)


def test_the_answers_are_one_tab_stop_and_space_there_changes_nothing(show: Show, qtbot: QtBot):
    page = show()
    page.start("gad7")
    form = page.questionnaire
    fill(qtbot, page, "2")
    press(qtbot, Qt.Key.Key_Backspace, Qt.Key.Key_Up, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() not in form.rows
    press(qtbot, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is form.rows[2]
    qtbot.wait(MEANT_FOR_LAST_MS + 100)
    press(qtbot, Qt.Key.Key_Space)
    assert (form.place, form.draft.items) == (0, (2, *(None,) * 6))
    press(qtbot, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() not in form.rows


KEYS = (
    *"01234",
    *[
        Qt.Key(k)
        for k in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Space,
            Qt.Key.Key_Tab,
            Qt.Key.Key_Backtab,
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
            Qt.Key.Key_Backspace,
        )
    ],
)


@given(
    key=st.sampled_from(["phq9", "gad7", "peg"]),
    typed=st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from([0, 0, 10, 40, 130])), max_size=24),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_answer_was_not_chosen(window, qtbot: QtBot, monkeypatch, key: str, typed: list[tuple[str | Qt.Key, int]]):
    """Random keys at random speeds: each answer that changes was asked for by the digit or Space just pressed."""
    for name, ms in (("SEEN_MS", 25), ("ZERO_MS", 60), ("MEANT_FOR_LAST_MS", 100)):
        monkeypatch.setattr(f"ketatrack.ui.scores.questionnaire.{name}", ms)
    window.diary_view.start_questionnaire(key)
    page = window.diary_view.page("scores")
    page._draft = None
    page._fill_in(instrument(key), begin(instrument(key), TODAY))
    form = page.questionnaire
    for each, pause in typed:
        if page.questionnaire is not form or not form.isAncestorOf(QApplication.focusWidget()):
            break  # it is finished, or Tab has left it
        before, place, focused = form.draft, form.place, QApplication.focusWidget()
        press(qtbot, each)
        changed = differing(before, form.draft)
        if isinstance(each, str):
            assert changed in ({}, {form.place: int(each)}, {form.place: 10} if form.draft != before else {})
            assert 10 not in changed.values() or before.items[place] == 1
            assert form.place - place in (0, 1) or None not in before.items
        elif each == Qt.Key.Key_Space and focused in form.rows:
            assert changed in ({}, {place: focused.score})
        else:
            assert changed == {}
        after = form.draft
        qtbot.wait(pause)
        assert differing(after, form.draft) == {}
    settle(qtbot)


def differing(before: AnswerDraft, after: AnswerDraft) -> dict[int, int | None]:
    """Which questions have another answer after than before."""
    pairs = zip((*before.items, before.unscored), (*after.items, after.unscored), strict=True)
    return {place: new for place, (old, new) in enumerate(pairs) if old != new}


def test_every_answer_is_kept_at_once_and_never_scored(show: Show, qtbot: QtBot, editor: Editor):
    page = show()
    page.start("phq9")
    fill(qtbot, page, "2321")
    assert len(drafts_of(editor)) == 1
    press(qtbot, Qt.Key.Key_Escape)
    assert page.questionnaire is None
    assert answers_of(editor) == ()
    assert "begun, 4 of 9 answered" in texts(page)
    assert not editor.undo_stack.canUndo()  # answering is no step to take back
    again = show()
    again.start("phq9")
    assert again.questionnaire.draft.items[:5] == (2, 3, 2, 1, None)
    assert again.questionnaire.place == 4


def test_starting_over_forgets_the_draft(show: Show, qtbot: QtBot, editor: Editor):
    page = show()
    page.start("phq9")
    fill(qtbot, page, "23")
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.mouseClick(page.overview.list.buttons["phq9"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(page, "Start over"), Qt.MouseButton.LeftButton)
    assert page.questionnaire.draft.answered == 0
    assert drafts_of(editor) == ()


def test_undo_takes_the_result_back_and_offers_the_answers_again(show: Show, qtbot: QtBot, editor: Editor):
    page = show()
    page.start("gad7")
    fill(qtbot, page, "1111111")
    editor.undo_stack.undo()
    assert answers_of(editor) == ()
    assert "begun, 7 of 7 answered" in texts(page)
    editor.undo_stack.redo()
    assert answers_of(editor)[0].total == 7
    assert "begun, 7 of 7 answered" not in texts(page)


class TestSafetyCard:
    @pytest.fixture
    def page(self, show: Show, qtbot: QtBot, editor: Editor) -> ScoresPage:
        write(
            editor, Contact(name="Dr Larsen", phone="555 0142", treatment_team=True), Contact(name="Jonas", position=1)
        )
        page = show()
        page.start("phq9")
        fill(qtbot, page, "222212101")
        return page

    def test_it_comes_at_once_word_for_word_and_before_any_total(self, page: ScoresPage):
        words, shown = safety.card(), texts(page)
        assert words.opening in shown
        assert f"{words.urgent} {words.emergency_numbers}" in shown
        assert {"988", "116 123", "13 11 14", "findahelpline.com", words.team, "Dr Larsen, 555 0142"} <= set(shown)
        assert "when you continue" in shown
        assert not any("moderate" in text or text == "13" for text in shown)

    def test_that_it_was_shown_stands_in_the_diary(self, page: ScoresPage, editor: Editor):
        assert len(cards_of(editor)) == 1
        assert len(drafts_of(editor)) == 1

    def test_it_is_seen_whole_in_a_small_window(self, show: Show, qtbot: QtBot, editor: Editor):
        page = show(784, 640)
        page.start("phq9")
        fill(qtbot, page, "000000001")
        card = page.questionnaire.card

        def seen() -> bool:
            top = card.mapTo(page.area.viewport(), QPoint(0, 0)).y()
            return top >= 0 and top + card.height() <= page.area.viewport().height()

        qtbot.waitUntil(seen)
        assert page.area.horizontalScrollBar().maximum() == 0

    def test_no_key_takes_it_away(self, page: ScoresPage, qtbot: QtBot):
        card = page.questionnaire.card
        press(qtbot, Qt.Key.Key_Return)
        assert QApplication.focusWidget() is card.show_contacts
        press(qtbot, Qt.Key.Key_Space)
        page.questionnaire.rows[0].setFocus()
        press(qtbot, "0", Qt.Key.Key_Return)
        assert page.questionnaire.card is card
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        assert page.questionnaire.card is card

    def test_its_first_button_shows_the_contacts(self, page: ScoresPage, qtbot: QtBot):
        card = page.questionnaire.card
        assert not card.contacts.isVisible()
        qtbot.mouseClick(card.show_contacts, Qt.MouseButton.LeftButton)
        assert [label.text() for label in card.contacts.findChildren(QLabel)] == ["Dr Larsen, 555 0142", "Jonas"]

    def test_its_second_button_goes_on_to_the_result(self, page: ScoresPage, qtbot: QtBot, editor: Editor):
        qtbot.mouseClick(page.questionnaire.card.go_on, Qt.MouseButton.LeftButton)
        assert page.questionnaire.place == 9
        press(qtbot, "1")
        qtbot.waitUntil(lambda: page.result is not None)
        assert answers_of(editor)[0].total == 13
        assert "of 27, moderate" in texts(page)

    def test_leaving_keeps_the_answers_and_it_comes_again(self, page: ScoresPage, qtbot: QtBot, editor: Editor):
        press(qtbot, Qt.Key.Key_Escape)
        assert page.questionnaire is None
        assert answers_of(editor) == ()
        page.start("phq9")
        assert page.questionnaire.card is not None
        assert len(cards_of(editor)) == 2

    def test_taking_the_answer_back_does_not_take_it_away(self, page: ScoresPage, qtbot: QtBot, editor: Editor):
        press(qtbot, "0")
        assert page.questionnaire.draft.items[8] == 0
        assert page.questionnaire.card is not None
        qtbot.mouseClick(page.questionnaire.card.go_on, Qt.MouseButton.LeftButton)
        page.questionnaire.next.click()
        assert answers_of(editor)[0].items[8] == 0

    def test_a_later_rise_shows_it_too(self, show: Show, qtbot: QtBot, editor: Editor):
        page = show()
        page.start("phq9")
        fill(qtbot, page, "000000000")
        qtbot.mouseClick(button(page, "Change answers"), Qt.MouseButton.LeftButton)
        assert page.questionnaire.place == 8
        press(qtbot, "2")
        assert page.questionnaire.card is not None
        assert cards_of(editor)[0].answers_id == answers_of(editor)[0].id

    def test_without_contacts_it_says_where_to_write_them_down(self, show: Show, qtbot: QtBot):
        page = show()
        page.start("phq9")
        fill(qtbot, page, "000000003")
        assert safety.card().team not in texts(page)
        qtbot.mouseClick(page.questionnaire.card.show_contacts, Qt.MouseButton.LeftButton)
        assert "No contacts are saved yet. You can write them down in Settings." in texts(page)

    def test_zero_shows_nothing(self, show: Show, qtbot: QtBot, editor: Editor):
        page = show()
        page.start("phq9")
        fill(qtbot, page, "333333330")
        assert page.questionnaire.card is None
        assert cards_of(editor) == ()


@pytest.mark.parametrize(("days", "words"), [(0, "earlier today"), (1, "yesterday"), (6, "6 days ago"), (7, "")])
def test_filling_in_again_within_a_week_gets_a_calm_sentence(show: Show, editor: Editor, days: int, words: str):
    write(editor, past("phq9", days, 3, items=(1, 1, 1) + (0,) * 6))
    page = show()
    page.start("phq9")
    note = page.questionnaire.note
    assert note.isVisible() is bool(words)
    if words:
        assert note.words() == (
            f"You filled in PHQ-9 {words}. It looks back over the last 2 weeks, so both answers share most of their "
            "days."
        )


def test_a_result_stands_beside_the_one_before(show: Show, qtbot: QtBot, editor: Editor):
    write(editor, past("phq9", 7, 16, items=(2, 3, 2, 2, 2, 2, 1, 1, 1)))
    page = show()
    page.start("phq9")
    fill(qtbot, page, "222212100")
    press(qtbot, "1")
    qtbot.waitUntil(lambda: page.result is not None)
    assert "4 lower than on 16 Nov. A change of 5 or more is usually noticeable." in texts(page)
    assert page.result.bar.accessibleName() == "PHQ-9 bands, today: 12, 16 Nov: 16"
    rows = [[label.text() for label in row] for row in page.result.table.rows]
    assert rows[1] == ["More than half the days", "2", "3"]
    assert rows[9] == ["Somewhat difficult", "", "not scored"]
    assert {"Today", "16 Nov", "Over the last 2 weeks", "Feeling down, depressed, or hopeless"} <= set(texts(page))
    qtbot.mouseClick(button(page, "Done"), Qt.MouseButton.LeftButton)
    assert page.result is None
    assert page.overview.isVisible()


def test_changing_answers_keeps_the_day_and_the_entry(show: Show, qtbot: QtBot, editor: Editor):
    entry = past("gad7", 30, 7, items=(1,) * 7, note="before the trip")
    write(editor, entry)
    page = show()
    page.open_answers(entry.id)
    qtbot.mouseClick(button(page, "Change answers"), Qt.MouseButton.LeftButton)
    assert page.questionnaire.place == 6
    press(qtbot, "3")
    qtbot.waitUntil(lambda: page.result is not None)
    [changed] = answers_of(editor)
    assert (changed.id, changed.day, changed.note, changed.total) == (entry.id, entry.day, "before the trip", 9)
    assert editor.undo_stack.undoText() == "Edit GAD-7"
    editor.undo_stack.undo()
    assert answers_of(editor) == (entry,)


def test_day_and_note_of_a_result_can_be_changed(show: Show, qtbot: QtBot, editor: Editor):
    entry = past("phq9", 3, 0, items=(0,) * 9)
    write(editor, entry)
    page = show()
    page.open_answers(entry.id)
    field = page.result.date_field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "18 Nov 2026")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert answers_of(editor)[0].day == date(2026, 11, 18)
    page.result.note.setFocus()
    qtbot.keyClicks(page.result.note, "quiet week")
    page.result.note.commit()
    assert answers_of(editor)[0].note == "quiet week"
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value == date(2026, 11, 18)
    editor.undo_stack.undo()
    editor.undo_stack.undo()
    assert answers_of(editor) == (entry,)
    assert page.result.date_field.value == entry.day


def test_a_future_day_is_refused_and_the_old_one_stands(show: Show, qtbot: QtBot, editor: Editor):
    entry = past("phq9", 3, 0, items=(0,) * 9)
    write(editor, entry)
    page = show()
    refusals = []
    editor.refused.connect(refusals.append)
    page.open_answers(entry.id)
    page.result.date_field.selectAll()
    qtbot.keyClicks(page.result.date_field, "1 Dec 2026")
    qtbot.keyClick(page.result.date_field, Qt.Key.Key_Return)
    assert refusals == ["The date must not be later than tomorrow; 2026-12-01 is."]
    assert page.result.date_field.value == entry.day


def test_deleting_a_result_can_be_undone(show: Show, qtbot: QtBot, editor: Editor):
    entry = past("phq9", 3, 0, items=(0,) * 9)
    write(editor, entry)
    page = show()
    page.open_answers(entry.id)
    qtbot.mouseClick(page.result.remove, Qt.MouseButton.LeftButton)
    assert answers_of(editor) == ()
    assert page.overview.isVisible()
    assert editor.undo_stack.undoText() == "Delete PHQ-9"
    editor.undo_stack.undo()
    assert answers_of(editor) == (entry,)


def test_totals_from_the_clinic(show: Show, qtbot: QtBot, editor: Editor):
    given = past("madrs", 1, 34)
    asked = []

    def answer(key, editor, owner, save):
        asked.append((key, editor.today()))
        assert save(given)

    page = show(ask=answer)
    qtbot.mouseClick(page.overview.list.buttons["madrs"], Qt.MouseButton.LeftButton)
    assert asked == [("madrs", TODAY)]
    assert answers_of(editor, "madrs") == (given,)
    assert editor.undo_stack.undoText() == "Log MADRS total"
    assert "34 · 22 Nov" in texts(page)
    page.open_answers(given.id)
    assert page.result.total.isVisible()
    assert not any(child.text() == "Change answers" for child in page.findChildren(QPushButton))
    page.result.total.setFocus()
    page.result.total.selectAll()
    qtbot.keyClicks(page.result.total, "61")
    qtbot.keyClick(page.result.total, Qt.Key.Key_Return)
    assert "A MADRS total must be from 0 to 60; 61 is outside." in page.result.total.refusal
    page.result.total.selectAll()
    qtbot.keyClicks(page.result.total, "31")
    qtbot.keyClick(page.result.total, Qt.Key.Key_Return)
    assert answers_of(editor)[0].total == 31


def test_the_dialog_for_a_total_is_asked_for_real(show: Show, qtbot: QtBot, editor: Editor):
    page = show()

    def type_into_dialog() -> None:
        dialog = QApplication.activeModalWidget()
        qtbot.keyClicks(dialog.total, "17")
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)

    QTimer.singleShot(100, type_into_dialog)
    qtbot.mouseClick(button(page, "Type in a clinic total"), Qt.MouseButton.LeftButton)
    assert [(entry.instrument, entry.total) for entry in answers_of(editor)] == [("madrs", 17)]


def test_thinking_better_of_a_total_changes_nothing(show: Show, qtbot: QtBot, editor: Editor):
    page = show(ask=lambda *_: None)
    page.type_total("madrs")
    assert answers_of(editor) == ()
    assert not editor.undo_stack.canUndo()


def test_a_day_before_1900_is_refused_with_a_sentence(show: Show, qtbot: QtBot, editor: Editor):
    entry = past("phq9", 3, 0, items=(0,) * 9)
    write(editor, entry)
    page = show()
    refusals = []
    editor.refused.connect(refusals.append)
    page.open_answers(entry.id)
    page.result.date_field.selectAll()
    qtbot.keyClicks(page.result.date_field, "1 Dec 1850")
    qtbot.keyClick(page.result.date_field, Qt.Key.Key_Return)
    rule = "The date must be in 1900 or later; 1850-12-01 is earlier."
    said = f"Date of this result: {rule} The old value, 20 Nov 2026, still stands."
    assert page.result.date_field.refusal == said
    assert refusals == []
    assert answers_of(editor) == (entry,)


def test_a_note_that_cannot_be_kept_says_why(show: Show, qtbot: QtBot, editor: Editor):
    entry = past("phq9", 3, 0, items=(0,) * 9)
    write(editor, entry)
    page = show()
    refusals = []
    editor.refused.connect(refusals.append)
    page.open_answers(entry.id)
    page.result.note.setPlainText("word\n" * 200_001)
    page.result.note.commit()
    assert refusals == ["The note may have up to 1,000,000 characters; this has 1,000,005."]
    assert answers_of(editor) == (entry,)


def test_an_empty_total_leaves_the_old_one(show: Show, qtbot: QtBot, editor: Editor):
    entry = past("qids_sr16", 3, 11)
    write(editor, entry)
    page = show()
    page.open_answers(entry.id)
    page.result.total.selectAll()
    qtbot.keyClick(page.result.total, Qt.Key.Key_Delete)
    qtbot.keyClick(page.result.total, Qt.Key.Key_Return)
    assert page.result.total.value == 11
    assert answers_of(editor) == (entry,)


def test_escape_leaves_a_result(show: Show, qtbot: QtBot, editor: Editor):
    entry = past("phq9", 3, 0, items=(0,) * 9)
    write(editor, entry)
    page = show()
    page.open_answers(entry.id)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.overview.isVisible()


def test_escape_anywhere_on_the_page_keeps_the_answers(show: Show, qtbot: QtBot, editor: Editor):
    page = show()
    page.start("phq9")
    fill(qtbot, page, "12")
    page.questionnaire.next.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.questionnaire is None
    assert len(drafts_of(editor)) == 1


def test_a_result_that_cannot_be_written_leaves_the_answers_where_they_are(show: Show, qtbot: QtBot, editor: Editor):
    page = show()
    page.start("gad7")
    press(qtbot, *"111111")
    writing.apply(editor.diary, [(draft, None) for draft in drafts_of(editor)], TODAY)
    refusals = []
    editor.refused.connect(refusals.append)
    press(qtbot, "1")
    qtbot.waitUntil(lambda: len(refusals) == 2)
    assert "Nothing was written" in refusals[0]
    assert page.questionnaire.draft.complete
    assert answers_of(editor) == ()


def test_a_narrow_window_has_the_question_first_and_no_answer_words(show: Show, qtbot: QtBot, editor: Editor):
    entry = past("phq9", 3, 9, items=(1,) * 9)
    write(editor, entry)
    page = show(600, 700)
    page.start("phq9")
    QApplication.processEvents()
    form = page.questionnaire
    assert form.index.y() > form.question.y()
    page.resize(992, 700)
    QApplication.processEvents()
    assert form.index.y() == form.question.y()
    press(qtbot, Qt.Key.Key_Escape)
    page.open_answers(entry.id)
    assert page.result.table.rows[0][0].isVisible()
    page.resize(600, 700)
    QApplication.processEvents()
    assert not page.result.table.rows[0][0].isVisible()


class TestHistory:
    @pytest.fixture
    def filled(self, editor: Editor) -> list[Answers]:
        entries = [past("phq9", 7 * n, 9 + n % 3, items=(1,) * 8 + (1 + n % 3,)) for n in range(12, 0, -1)]
        write(editor, *entries, past("madrs", 3, 20), Session(day=date(2026, 10, 1), route=Route.NASAL))
        return entries

    def test_the_chart_comes_from_the_worker(self, show: Show, qtbot: QtBot, filled: list[Answers]):
        page = show()
        qtbot.waitUntil(lambda: page.overview.chart_card is not None, timeout=10_000)
        card = page.overview.chart_card
        assert card.title.text() == "PHQ-9 over time"
        assert "12 readings, 1 session." in card.chart.accessibleDescription()

    def test_the_period_is_chosen_beside(self, show: Show, qtbot: QtBot, editor: Editor, filled: list[Answers]):
        write(editor, past("phq9", 3000, 20))
        page = show()
        qtbot.waitUntil(lambda: page.overview.chart_card is not None, timeout=10_000)
        chart = page.overview.chart_card.chart
        assert (chart.picture.last - chart.picture.first).days == 729  # both days included
        for words, days in (("12 m", 364), ("All", 3000)):
            segment = next(b for b in page.overview.period.findChildren(QAbstractButton) if b.text() == words)
            qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
            assert (chart.picture.last - chart.picture.first).days == days

    def test_a_score_in_the_chart_opens_its_result(self, show: Show, qtbot: QtBot, filled: list[Answers]):
        page = show(992, 900)
        qtbot.waitUntil(lambda: page.overview.chart_card is not None, timeout=10_000)
        chart = page.overview.chart_card.chart
        page.area.ensureWidgetVisible(chart)
        point = next(point for point in chart.points() if point.record == filled[3].id)
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(point.x), round(point.y)))
        assert page.result is not None
        assert page.result.date_field.value == filled[3].day

    def test_a_session_in_the_chart_is_handed_on(self, show: Show, qtbot: QtBot, filled: list[Answers]):
        page = show(992, 900)
        qtbot.waitUntil(lambda: page.overview.chart_card is not None, timeout=10_000)
        opened = []
        page.open_session.connect(opened.append)
        chart = page.overview.chart_card.chart
        mark = next(point for point in chart.points() if point.stop)
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(mark.x), round(mark.y)))
        assert [session.day for session in opened] == [date(2026, 10, 1)]

    def test_segments_change_between_questionnaires(self, show: Show, qtbot: QtBot, filled: list[Answers]):
        page = show()
        assert page.overview.segments.value == "phq9"
        madrs = next(b for b in page.overview.segments.findChildren(QAbstractButton) if b.text() == "MADRS")
        qtbot.mouseClick(madrs, Qt.MouseButton.LeftButton)
        assert page.overview.key == "madrs"
        assert page.overview.model.rowCount() == 1
        assert not page.overview.items.isVisible()

    def test_each_question_over_time_by_keys(self, show: Show, qtbot: QtBot, filled: list[Answers]):
        page = show()
        items = page.overview.items
        assert items.accessibleName() == "PHQ-9, question by question"
        assert "Thoughts 2 (first 1)" in items.accessibleDescription()
        items.setFocus()
        said = []
        items.pointed.connect(said.append)
        press(qtbot, Qt.Key.Key_Left)
        assert said[-1] == "16 Nov 2026 · Interest 1, Several days"
        press(qtbot, Qt.Key.Key_Left, Qt.Key.Key_Down)
        assert said[-1] == "9 Nov 2026 · Mood 1, Several days"
        press(qtbot, Qt.Key.Key_Escape)
        assert said[-1] == ""
        press(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Return)
        assert page.result is not None

    def test_each_question_over_time_by_mouse(self, show: Show, qtbot: QtBot, filled: list[Answers]):
        page = show()
        items = page.overview.items
        said = []
        items.pointed.connect(said.append)
        qtbot.waitUntil(lambda: page.overview.chart_card is not None, timeout=10_000)
        QApplication.processEvents()
        page.area.ensureWidgetVisible(items)
        place = items._cell(11, 8).center().toPoint()
        qtbot.mouseMove(items, place)
        assert said[-1] == "16 Nov 2026 · Thoughts 2, More than half the days"
        qtbot.mouseClick(items, Qt.MouseButton.LeftButton, pos=place)
        assert page.result.date_field.value == date(2026, 11, 16)

    def test_the_table_lists_opens_copies_and_deletes(
        self, show: Show, qtbot: QtBot, editor: Editor, filled: list[Answers]
    ):
        page = show()
        table, model = page.overview.table, page.overview.model
        first = [model.index(0, column).data() for column in range(5)]
        assert first == ["16 Nov 2026", "10", "moderate", "1 lower", "question by question"]
        table.setFocus()
        table.selectRow(0)
        assert table.selected_text().splitlines()[0].startswith("Date\tScore\tIn words")
        press(qtbot, Qt.Key.Key_Return)
        assert page.result.date_field.value == date(2026, 11, 16)
        press(qtbot, Qt.Key.Key_Escape)
        table.setFocus()
        table.selectRow(1)
        press(qtbot, Qt.Key.Key_Delete)
        assert len(answers_of(editor, "phq9")) == 11
        editor.undo_stack.undo()
        assert len(answers_of(editor, "phq9")) == 12


@pytest.mark.parametrize("view", ["overview", "question", "card", "result"])
def test_every_control_has_a_name(show: Show, qtbot: QtBot, editor: Editor, view: str):
    write(editor, past("phq9", 20, 9, items=(1,) * 9), past("madrs", 4, 20))
    page = show()
    qtbot.waitUntil(lambda: page.overview.chart_card is not None, timeout=10_000)
    if view != "overview":
        page.start("phq9")
    if view in ("card", "result"):
        fill(qtbot, page, "000000001")
    if view == "result":
        page.questionnaire.card.go_on.click()
        page.questionnaire.next.click()
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
    controls = [child for kind in kinds for child in page.findChildren(kind) if child.isVisibleTo(page)]
    assert len(controls) >= 5
    assert [control for control in controls if not control.accessibleName()] == []


@pytest.mark.parametrize("width", [784, 992, 1400])
def test_nothing_is_cut_off_sideways(show: Show, qtbot: QtBot, editor: Editor, width: int):
    write(editor, past("phq9", 20, 9, items=(1,) * 9), past("gad7", 20, 7, items=(1,) * 7))
    page = show(width, 640)
    qtbot.waitUntil(lambda: page.overview.chart_card is not None, timeout=10_000)
    sideways = page.area.horizontalScrollBar()
    assert sideways.maximum() == 0
    page.start("phq9")
    fill(qtbot, page, "111111110")
    assert sideways.maximum() == 0
    page.questionnaire.next.click()
    QApplication.processEvents()
    assert sideways.maximum() == 0
