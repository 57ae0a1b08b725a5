"""Work off the GUI thread comes back to it, in order, and never to a widget that is gone."""

import threading

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from ketatrack.ui import jobs


def test_the_answer_comes_back_on_the_gui_thread(qtbot):
    owner, seen = QObject(), []
    jobs.run(owner, threading.get_ident, lambda worker: seen.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != threading.get_ident()
    assert seen[0][1] == threading.get_ident()


def test_an_error_is_handed_over(qtbot):
    owner, seen = QObject(), []
    jobs.run(owner, lambda: 1 // 0, pytest.fail, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ZeroDivisionError)


def test_nothing_is_told_to_an_owner_that_is_gone(qtbot):
    owner, other, seen = QObject(), QObject(), []
    jobs.run(owner, lambda: 1, lambda _: seen.append("gone"))
    delete(owner)
    jobs.run(other, lambda: 2, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [2]


def test_draining_waits_for_what_runs_and_cancels_the_rest(qtbot):
    owner, started, go, seen = QObject(), threading.Event(), threading.Event(), []

    def slow() -> None:
        started.set()
        go.wait(5)
        seen.append("ran")

    jobs.run(owner, slow, lambda _: None)
    jobs.run(owner, lambda: seen.append("never"), lambda _: None)
    started.wait(5)
    threading.Timer(0.05, go.set).start()
    jobs.drain()
    assert seen == ["ran"]


def test_what_came_too_late_is_told_to_no_one_but_can_be_closed(qtbot):
    owner, other, told, closed, seen = QObject(), QObject(), [], [], []
    finished = threading.Event()
    jobs.run(owner, lambda: "diary", told.append, unclaimed=closed.append)
    jobs.run(owner, finished.set, lambda _: None)
    finished.wait(5)
    jobs.drain()
    jobs.run(other, lambda: 1, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert (told, closed) == ([], ["diary"])


def test_what_comes_to_an_owner_that_is_gone_can_be_closed(qtbot):
    owner, closed = QObject(), []
    jobs.run(owner, lambda: "diary", pytest.fail, unclaimed=closed.append)
    delete(owner)
    qtbot.waitUntil(lambda: closed == ["diary"])


def test_an_error_that_nobody_takes_is_raised_on_the_gui_thread(qtbot):
    with qtbot.capture_exceptions() as raised:
        jobs.run(owner := QObject(), lambda: 1 // 0, pytest.fail)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError
    delete(owner)


def test_of_several_requests_only_the_latest_is_answered(qtbot):
    owner, seen = QObject(), []
    latest = jobs.Latest(owner)
    latest.run(lambda: 1, seen.append)
    latest.run(lambda: 1 // 0, seen.append)
    latest.run(lambda: 3, seen.append)
    qtbot.waitUntil(lambda: not jobs.busy())
    assert seen == [3]
    latest.run(lambda: 4, seen.append)
    latest.drop()
    qtbot.waitUntil(lambda: not jobs.busy())
    assert seen == [3]


def test_the_latest_request_tells_what_went_wrong(qtbot):
    owner, seen = QObject(), []
    latest = jobs.Latest(owner)
    latest.run(lambda: 1 // 0, pytest.fail, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ZeroDivisionError)
    with qtbot.capture_exceptions() as raised:
        latest.run(lambda: 1 // 0, pytest.fail)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError
