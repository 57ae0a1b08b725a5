"""No exception leaves a method that Qt calls: Qt goes on with it, and PySide has crashed there (6.11, in resizeEvent).

Switched on once, before any widget class of KetaTrack is made; it then holds for every one of them.
"""

import functools
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent

# What closes something or says yes to a question: where it fails, nothing is closed and nothing was agreed to.
_CLOSING = frozenset({"accept", "reject", "done", "close", "closeEvent"})


def guard_overrides() -> None:
    """From now on every class of KetaTrack's has its overrides of Qt's methods guarded; harmless when called again."""
    if not isinstance(vars(QObject).get("__init_subclass__"), classmethod):
        QObject.__init_subclass__ = classmethod(_guard)  # type: ignore[assignment]


def _guard(cls: type[QObject], /, **kwargs: Any) -> None:
    super(QObject, cls).__init_subclass__(**kwargs)
    if not cls.__module__.startswith("ketatrack."):
        return
    for name, method in list(vars(cls).items()):
        if callable(method) and not name.startswith("__") and _is_qts(cls, name):
            setattr(cls, name, _guarded(cls, name, method))


def _is_qts(cls: type[QObject], name: str) -> bool:
    """Whether a class of Qt above `cls` has a method of that name."""
    return any(name in vars(above) for above in cls.__mro__[1:] if above.__module__.startswith("PySide6."))


def _guarded(cls: type[QObject], name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(self: Any, *arguments: Any, **named: Any) -> Any:
        try:
            return method(self, *arguments, **named)
        except Exception:
            # As if it had been raised in a slot: written down and told. Qt's own method answers in its place.
            sys.excepthook(*sys.exc_info())
            if name in _CLOSING:
                for event in arguments:
                    if isinstance(event, QCloseEvent):
                        event.ignore()
                return None
            return getattr(super(cls, self), name)(*arguments, **named)

    return call
