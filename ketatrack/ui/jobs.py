"""Work in one background thread: one signal back, and nothing for a widget that is gone.

A job opens and closes its own connection; what it returns is frozen.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

T = TypeVar("T")


class _Bridge(QObject):
    """Carries a finished job from the background thread to the GUI thread."""

    finished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.finished.connect(lambda deliver: deliver(), Qt.ConnectionType.QueuedConnection)


_executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ketatrack")
_pending: set[Future[Any]] = set()
_needed: set[Future[Any]] = set()
_bridges: list[_Bridge] = []


def run(
    owner: QObject,
    work: Callable[[], T],
    done: Callable[[T], None],
    failed: Callable[[Exception], None] | None = None,
    unclaimed: Callable[[T], None] | None = None,
    needed: bool = False,
) -> None:
    """Call `work` in the background thread, then `done` with what it returned, or `failed` with what it raised, here.

    Without `failed` an error is raised on the GUI thread. Neither is called once `owner` has been deleted or the
    jobs were drained; then `unclaimed` gets the result, to close what must be closed. What is `needed` is done all the
    same, even where it had not begun when the jobs were drained.
    """
    if not _bridges:
        _bridges.append(_Bridge())
    bridge = _bridges[0]

    def deliver(future: Future[T]) -> None:
        drained = future not in _pending
        _pending.discard(future)
        error = future.exception()
        if drained or not isValid(owner):
            if error is None and unclaimed is not None:
                unclaimed(future.result())
        elif error is None:
            done(future.result())
        elif failed is not None and isinstance(error, Exception):
            failed(error)
        else:
            raise error

    def hand_over(future: Future[T]) -> None:
        if not future.cancelled():
            bridge.finished.emit(lambda: deliver(future))

    future = _executor.submit(work)
    _pending.add(future)
    if needed:
        _needed.add(future)
        future.add_done_callback(_needed.discard)
    future.add_done_callback(hand_over)


class Latest:
    """Runs work of which only the latest counts: what an earlier one returns or raises is dropped."""

    def __init__(self, owner: QObject) -> None:
        self._owner = owner
        self._asked = 0

    def run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        """As `run`, in the place of whatever was asked for before."""
        self.drop()
        asked = self._asked

        def fail(error: Exception) -> None:
            if asked != self._asked:
                return
            if failed is None:
                raise error
            failed(error)

        run(self._owner, work, lambda result: done(result) if asked == self._asked else None, fail)

    def drop(self) -> None:
        """Want nothing any more of what was asked for."""
        self._asked += 1


def busy() -> bool:
    """Whether any work waits, runs, or has not been delivered yet."""
    return bool(_pending)


def drain() -> None:
    """Cancel what has not begun and wait for what has; before the diary is closed."""
    for future in _pending - _needed:
        future.cancel()
    wait(_pending)
    _pending.clear()
