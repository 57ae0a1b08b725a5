"""Segments, chips, combo boxes and check boxes by real keys and clicks."""

import itertools

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton

from ketatrack.models.enums import SideEffect
from ketatrack.ui.scores.answers import AnswerRow
from ketatrack.ui.widgets.buttons import check_box
from ketatrack.ui.widgets.choices import Chips, Choice, Segments

WHY = [("planned", "Planned"), ("symptoms", "Symptoms back"), ("other", "Other")]


def listen(widget):
    heard = []
    widget.changed.connect(heard.append)
    return heard


def buttons(widget):
    return {child.text().strip("\u2009 "): child for child in widget.findChildren(QPushButton) if not child.isHidden()}


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_segments_choose_one_and_a_second_click_takes_it_back(qtbot, stage):
    why = Segments("Why", WHY)
    stage(why)
    heard = listen(why)
    click(qtbot, buttons(why)["Symptoms back"])
    click(qtbot, buttons(why)["Other"])
    click(qtbot, buttons(why)["Other"])
    assert heard == ["symptoms", "other", None]
    assert not any(button.isChecked() for button in buttons(why).values())


def test_segments_by_keys(qtbot, stage):
    why = Segments("Why", WHY)
    stage(why)
    heard = listen(why)
    why.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert heard == ["planned", "symptoms"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert why.value is None
    assert heard[-1] is None


def test_segments_that_need_an_answer_keep_it(qtbot, stage):
    kind = Segments("Kind", WHY, optional=False)
    kind.value = "other"
    stage(kind)
    heard = listen(kind)
    click(qtbot, buttons(kind)["Other"])
    kind.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert (kind.value, heard) == ("other", [])


def test_nothing_moves_when_a_segment_is_chosen(qtbot, stage):
    why = Segments("Why", WHY)
    stage(why)
    segments = list(buttons(why).values())
    before = [segment.geometry() for segment in segments]
    why.value = "symptoms"
    qtbot.wait(10)
    assert [segment.geometry() for segment in segments] == before
    assert all(a.right() == b.left() for a, b in itertools.pairwise(before))


def test_chips_are_any_number_in_the_order_of_the_options(qtbot, stage):
    chips = Chips("Side effects", ["Dizzy", "Headache", "Anxious"], str)
    stage(chips)
    heard = listen(chips)
    click(qtbot, buttons(chips)["Anxious"])
    click(qtbot, buttons(chips)["Dizzy"])
    click(qtbot, buttons(chips)["Anxious"])
    assert heard == [("Anxious",), ("Dizzy", "Anxious"), ("Dizzy",)]


def test_a_chosen_chip_has_a_tick_and_not_colour_alone(qtbot, stage):
    chips = Chips("Side effects", ["Dizzy"], str)
    stage(chips)
    dizzy = buttons(chips)["Dizzy"]
    assert dizzy.icon().isNull()
    click(qtbot, dizzy)
    assert not dizzy.icon().isNull()


def test_own_words_become_a_chip(qtbot, stage):
    chips = Chips("Side effects", ["Dizzy"], str)
    stage(chips)
    heard = listen(chips)
    click(qtbot, buttons(chips)["+ Other"])
    qtbot.keyClicks(QApplication.focusWidget(), "Metal taste")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert heard == [("Metal taste",)]
    click(qtbot, buttons(chips)["+ Other"])
    qtbot.keyClicks(QApplication.focusWidget(), "dizzy")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert chips.value == ("Dizzy", "Metal taste")


def test_chips_show_what_a_record_holds_even_if_it_is_no_option(stage):
    chips = Chips("Side effects", ["Dizzy"], str)
    stage(chips)
    chips.value = ("Itchy", "Dizzy")
    assert chips.value == ("Dizzy", "Itchy")


def test_options_are_codes_shown_in_words_and_own_words_are_words(qtbot, stage):
    chips = Chips("Side effects", SideEffect, lambda effect: f"Was {effect}")
    stage(chips)
    click(qtbot, buttons(chips)["Was headache"])
    click(qtbot, buttons(chips)["+ Other"])
    qtbot.keyClicks(QApplication.focusWidget(), "Metal taste")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert chips.value == (SideEffect.HEADACHE, "Metal taste")
    assert [type(each) for each in chips.value] == [SideEffect, str]


def test_chips_wrap_when_there_is_no_room(stage):
    chips = Chips("Side effects", [f"A longer word {n}" for n in range(8)], str)
    window = stage(chips, width=300)
    rows = {button.y() for button in buttons(chips).values()}
    assert len(rows) > 2
    assert all(button.geometry().right() <= chips.width() for button in buttons(chips).values())
    assert max(button.geometry().bottom() for button in buttons(chips).values()) <= chips.height()
    assert window.width() == 300


def test_a_choice_by_keys_and_not_by_the_wheel(qtbot, stage):
    route = Choice("Route", [("iv", "Intravenous (IV)"), ("oral", "Oral")], placeholder="choose")
    stage(route)
    heard = listen(route)
    assert route.value is None
    route.setFocus()
    qtbot.keyClick(route, Qt.Key.Key_Down)
    assert (route.value, heard) == ("iv", ["iv"])
    here = QPointF(route.rect().center())
    wheel = QWheelEvent(
        here,
        route.mapToGlobal(here),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(route, wheel)
    assert route.value == "iv"


@pytest.mark.parametrize("make", [lambda: check_box("Talked it through"), lambda: AnswerRow(1, "Several days")])
def test_the_whole_row_is_the_target(qtbot, stage, make):
    box = make()
    stage(box)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 2, 2))
    assert box.isChecked()
