"""Habits: a year by keyboard too, the dated choice, patterns where there is enough data, and early signs."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from windows import settle, words_on

from ketatrack import demo
from ketatrack.diary import reading
from ketatrack.models.enums import BaselineSource, Route
from ketatrack.models.records import Baseline, CheckIn, EarlySign, Session, Tracked, Value, built_in_id
from ketatrack.ui.widgets.painted import DotRange


@pytest.fixture
def lived(window, today, qtbot):
    """The window on a made-up year; built-in habits are there already."""
    held = [r for r in demo.records(1, 3, today) if not isinstance(r, Tracked) or r.name == "Piano"]
    window.diary_view.editor.edit("x", [(None, each) for each in held])
    window.diary_view.show_page("habits")
    settle(qtbot)
    return window


def tabbed_from(first, count, qtbot):
    """What has the focus as Tab is pressed `count` times from `first` on, each once."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    reached = [first]
    for _ in range(count):
        QTest.keyClick(reached[-1], Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    return reached


def choices(window):
    with window.diary_view.editor.diary.read() as connection:
        return reading.habit_choices(connection)


def test_a_year_of_a_habit(lived, today, qtbot):
    page = lived.diary_view.page("habits")
    chart = page.cards()[0].chart
    assert chart.picture.habit.key == "sleep_hours"
    assert chart.picture.days()[-1] == today
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert page.cards()[0].subtitle.text().startswith("Mon 23 Nov 2026: ")
    page.habit.value = "exercise"
    page.habit.changed.emit("exercise")
    settle(qtbot)
    assert page.cards()[0].chart.picture.habit.key == "exercise"
    assert "noted on" in chart.accessibleDescription()
    assert page.cards()[1].chart.picture.habit.key == "exercise"
    assert sum(month.days for month in page.cards()[1].chart.picture.months) == len(chart.picture.values)


def test_the_year_moves_back_and_not_beyond_today(lived, today, qtbot):
    page = lived.diary_view.page("habits")
    assert not page.forward.isEnabled()
    page.back.click()
    settle(qtbot)
    assert page.cards()[0].chart.picture.last == today - timedelta(weeks=52)
    page.forward.click()
    settle(qtbot)
    assert page.cards()[0].chart.picture.last == today


def test_tab_follows_the_screen(lived, qtbot):
    page = lived.diary_view.page("habits")
    page.back.click()
    settle(qtbot)
    lived.diary_view.editor.edit("x", [(None, EarlySign(sign="I stop cooking", helps="A walk"))])
    settle(qtbot)
    (year, months), signs = page.cards(), page.signs
    sign, helps, delete = signs._fields
    expected = [
        page.habit,
        page.forward,
        year.more,
        year.chart,
        months.more,
        months.chart,
        *page.patterns.boxes.values(),
        sign,
        helps,
        delete,
        signs.sign,
        signs.helps,
    ]
    reached = tabbed_from(page.habit, len(expected) - 1, qtbot)
    assert [each.accessibleName() for each in reached] == [each.accessibleName() for each in expected]


def test_the_table_of_a_chart_comes_where_the_chart_was(lived, qtbot):
    page = lived.diary_view.page("habits")
    year, months = page.cards()
    year.as_table.trigger()
    assert tabbed_from(year.more, 2, qtbot) == [year.more, year.table, months.more]


def test_arrows_in_a_year_of_squares_go_where_they_point(lived, qtbot):
    card = lived.diary_view.page("habits").cards()[0]
    chart, area = card.chart, lived.diary_view.page("habits").area
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_End)
    days = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Home):
        scrolled = area.verticalScrollBar().value()
        QTest.keyClick(chart, key)
        assert area.verticalScrollBar().value() == scrolled
        days.append(card.subtitle.text().split(":")[0])
    assert days == [
        "Mon 23 Nov 2026",
        "Sun 22 Nov 2026",
        "Sun 15 Nov 2026",
        "Mon 16 Nov 2026",
        "Mon 23 Nov 2026",
        "Mon 24 Nov 2025",
    ]


def test_up_to_three_habits_are_chosen_beforehand_and_dated(lived, qtbot):
    patterns = lived.diary_view.page("habits").patterns
    assert "chosen before looking" not in words_on(patterns)
    for key in ("exercise", "mindfulness", "sleep_hours"):
        patterns.boxes[key].click()
        settle(qtbot)
    assert choices(lived)[-1].habits == ("sleep_hours", "mindfulness", "exercise")
    assert not patterns.boxes["meals"].isEnabled()
    assert "Chosen on 23 Nov 2026" in patterns.chosen.text()
    assert "chosen before looking" in words_on(patterns)
    ends = {child.accessibleName().split(" … ")[0] for child in patterns.findChildren(DotRange)}
    assert ends
    assert ends <= {"days shorter", "points lower"}
    assert "Exercise and the next day" in words_on(patterns)
    lived.diary_view.editor.undo_stack.undo()
    settle(qtbot)
    assert not patterns.boxes["sleep_hours"].isChecked() or not patterns.boxes["exercise"].isChecked()


def test_early_signs_are_written_changed_and_deleted(window, qtbot):
    window.diary_view.show_page("habits")
    settle(qtbot)
    signs = window.diary_view.page("habits").signs
    QTest.keyClicks(signs.sign, "I stop answering messages")
    QTest.keyClicks(signs.helps, "A walk")
    QTest.keyClick(signs.helps, Qt.Key.Key_Return)
    settle(qtbot)
    with window.diary_view.editor.diary.read() as connection:
        (kept,) = reading.early_signs(connection)
    assert (kept.sign, kept.helps) == ("I stop answering messages", "A walk")
    signs._change(kept, helps="A short walk")
    with window.diary_view.editor.diary.read() as connection:
        assert reading.early_signs(connection)[0].helps == "A short walk"
    settle(qtbot)


@pytest.mark.parametrize("faded", [True, False])
def test_early_signs_come_back_once_relief_has_faded(window, today, now, qtbot, faded):
    editor, start = window.diary_view.editor, today - timedelta(days=14)
    base = Baseline(measure="low_mood", value=8, source=BaselineSource.TYPED, recorded_at=now())
    rated = [
        CheckIn(
            day=start + timedelta(days=n),
            values=(Value(tracked_id=built_in_id("low_mood"), hundredths=800 if faded and n > 9 else 200),),
        )
        for n in range(1, 14)
    ]
    sign = EarlySign(sign="I stop answering messages", helps="A walk")
    records = [base, Session(day=start, route=Route.ORAL), sign, *rated]
    editor.edit("x", [(None, record) for record in records])
    settle(qtbot)
    words = "You wrote while you were well: I stop answering messages – A walk."
    assert window.diary_view.page("today").since.signs.words() == (words if faded else "")
    window.diary_view.show_page("relief")
    settle(qtbot)
    assert window.diary_view.page("relief").cards().signs.words() == (words if faded else "")


def test_without_habits_there_is_a_sentence(window, qtbot):
    with window.diary_view.editor.diary.read() as connection:
        habits = [item for item in reading.tracked(connection) if not item.is_measure]
    from dataclasses import replace

    window.diary_view.editor.edit("x", [(habit, replace(habit, archived=True)) for habit in habits])
    window.diary_view.show_page("habits")
    settle(qtbot)
    page = window.diary_view.page("habits")
    assert page.empty.isVisible()
    assert page.patterns.isHidden()
