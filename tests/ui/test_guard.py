"""An exception in a method that Qt calls is told and written down, and Qt's own method answers in its place."""

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import delete

from ketatrack.ui.guard import guard_overrides
from ketatrack.ui.page import Page


def widget(module: str) -> type[QWidget]:
    def size(self: QWidget) -> QSize:
        raise RuntimeError("Zaubernuss")

    def own(self: QWidget, *_event: object) -> None:
        raise RuntimeError("its own")

    return type("Made", (QWidget,), {"__module__": module, "sizeHint": size, "resizeEvent": own, "own": own})


def test_an_override_that_fails_is_told_and_qts_own_answers(qtbot):
    made = widget("ketatrack.ui.somewhere")()
    qtbot.addWidget(made)
    with qtbot.capture_exceptions() as raised:
        assert made.sizeHint() == QWidget().sizeHint()
        made.resize(300, 300)
        made.show()
    assert {str(error) for _kind, error, _where in raised} == {"Zaubernuss", "its own"}


def test_what_is_not_qts_raises_as_ever(qtbot):
    made = widget("ketatrack.ui.somewhere")()
    qtbot.addWidget(made)
    with pytest.raises(RuntimeError, match="its own"):
        made.own()


def test_it_holds_for_every_class_of_the_window_and_for_no_other():
    guard_overrides()
    assert hasattr(Page.resizeEvent, "__wrapped__")
    other = type("Other", (QObject,), {"__module__": "elsewhere", "event": lambda self, event: False})
    assert not hasattr(other.event, "__wrapped__")
    assert not other().event(QEvent(QEvent.Type.None_))


def test_what_fails_to_close_stays_open_and_agrees_to_nothing(qtbot):
    def fail(self: QDialog, *_event: object) -> None:
        raise RuntimeError("Zaubernuss")

    overrides = dict.fromkeys(("accept", "reject", "closeEvent"), fail)
    made = type("Asked", (QDialog,), {"__module__": "ketatrack.ui.somewhere", **overrides})()
    made.show()
    with qtbot.capture_exceptions() as raised:
        made.accept()
        QTest.keyClick(made, Qt.Key.Key_Escape)
        assert not made.close()
    assert made.isVisible()
    assert made.result() == 0
    assert len(raised) == 3
    delete(made)  # it would not be closed at the end of the test either
