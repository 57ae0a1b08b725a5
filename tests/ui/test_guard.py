"""An exception in a method that Qt calls is told and written down, and Qt's own method answers in its place."""

import pytest
from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QWidget

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
