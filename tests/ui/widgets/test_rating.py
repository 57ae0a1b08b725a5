"""The rating row by real keys and clicks: digits, the wait for a 10, no rating against 0, and a silent wheel."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from ketatrack.ui.widgets.rating import TEN_WAIT_MS, RatingRow


@pytest.fixture
def row(stage):
    made = RatingRow("Low mood", "none", "worst I can imagine")
    stage(made)
    made.setFocus()
    return made


@pytest.fixture
def told(row):
    heard = []
    row.changed.connect(heard.append)
    return heard


def press(qtbot, row, *keys):
    for key in keys:
        qtbot.keyClick(row.slider, key)


@pytest.mark.parametrize("digit", [0, 2, 3, 4, 5, 6, 7, 8, 9])
def test_a_digit_is_the_value_at_once(qtbot, row, told, digit):
    qtbot.keyClicks(row.slider, str(digit))
    assert row.value == digit * 100
    assert told == [digit * 100]


def test_one_waits_for_a_zero_and_then_stands(qtbot, row, told):
    press(qtbot, row, Qt.Key.Key_1)
    assert told == []
    assert row.value == 100
    qtbot.wait(TEN_WAIT_MS + 100)
    assert told == [100]


def test_one_and_zero_are_ten_in_one_change(qtbot, row, told):
    press(qtbot, row, Qt.Key.Key_1, Qt.Key.Key_0)
    qtbot.wait(TEN_WAIT_MS + 100)
    assert row.value == 1000
    assert told == [1000]


def test_another_digit_after_one_replaces_it(qtbot, row, told):
    press(qtbot, row, Qt.Key.Key_1, Qt.Key.Key_4)
    qtbot.wait(TEN_WAIT_MS + 100)
    assert told == [400]


def test_leaving_the_row_does_not_lose_the_one(qtbot, row, told):
    press(qtbot, row, Qt.Key.Key_1)
    row.slider.clearFocus()
    assert told == [100]


def test_retyping_the_same_one_is_no_change(qtbot, row, told):
    row.value = 100
    press(qtbot, row, Qt.Key.Key_1)
    qtbot.wait(TEN_WAIT_MS + 100)
    assert told == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_goes_back_to_no_rating_which_is_not_zero(qtbot, row, told, key):
    qtbot.keyClicks(row.slider, "0")
    assert row.value == 0
    press(qtbot, row, key)
    assert row.value is None
    assert told == [0, None]


def test_arrows_step_and_stop_at_both_ends(qtbot, row):
    press(qtbot, row, Qt.Key.Key_Right)
    assert row.value == 0
    press(qtbot, row, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left)
    assert row.value == 100
    press(qtbot, row, Qt.Key.Key_End, Qt.Key.Key_Right)
    assert row.value == 1000
    press(qtbot, row, Qt.Key.Key_Home, Qt.Key.Key_Left)
    assert row.value == 0


def test_an_imported_value_between_two_dots_is_kept_until_it_is_changed(qtbot, row, told):
    row.value = 333
    assert row.value == 333
    assert told == []
    press(qtbot, row, Qt.Key.Key_Right)
    assert row.value == 400


def test_the_wheel_changes_nothing(row, told):
    row.value = 500
    here = QPointF(row.slider.rect().center())
    wheel = QWheelEvent(
        here,
        row.slider.mapToGlobal(here),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(row.slider, wheel)
    assert row.value == 500
    assert told == []
    assert not wheel.isAccepted()


def test_a_click_on_the_scale_rates_and_a_drag_is_one_change(qtbot, row, told):
    start, stop = row.slider._scale()
    at = [QPoint(round(start + (stop - start) * n / 10), 18) for n in range(11)]
    qtbot.mouseClick(row.slider, Qt.MouseButton.LeftButton, pos=at[7])
    assert told == [700]
    qtbot.mousePress(row.slider, Qt.MouseButton.LeftButton, pos=at[7])
    for point in (at[6], at[5], at[3]):
        qtbot.mouseMove(row.slider, point)
    qtbot.mouseRelease(row.slider, Qt.MouseButton.LeftButton, pos=at[3])
    assert told == [700, 300]


def test_a_click_on_the_name_rates_nothing(qtbot, row, told):
    qtbot.mouseClick(row.slider, Qt.MouseButton.LeftButton, pos=QPoint(5, 18))
    assert told == []
    assert row.value is None


def test_a_screen_reader_hears_name_value_and_that_there_is_none(row):
    assert row.slider.accessibleName() == "Low mood"
    assert row.slider.accessibleDescription().startswith("No rating yet")
    row.value = 700
    assert "no rating" not in row.slider.accessibleDescription()
    assert row.slider.sliderPosition() == 7


def test_setting_a_value_tells_nobody(row, told):
    row.value = 400
    row.value = None
    assert told == []
