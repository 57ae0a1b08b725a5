"""Tells a field whether what it gave away could be saved: it says so through a signal, and gets no answer from one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_watching: list[list[str]] = []


@contextmanager
def watching() -> Iterator[Callable[[], str]]:
    """Yield what tells why the diary refused to save something inside the block; "" where it refused nothing."""
    seen: list[str] = []
    _watching.append(seen)
    try:
        yield lambda: seen[0] if seen else ""
    finally:
        _watching.remove(seen)


def tell_refused(sentence: str) -> None:
    """Tell those who are watching that the diary refused to save something."""
    for seen in _watching:
        seen.append(sentence)
