"""Words in the person's language.

The same signature as Qt's translate, without Qt, so that every room can use it; the window installs its own.
"""

from collections.abc import Callable

Translator = Callable[[str, str, int], str]


def _untranslated(_context: str, text: str, n: int) -> str:
    return text.replace("%n", str(n)) if n >= 0 else text


_translator: Translator = _untranslated


def install(translator: Translator) -> None:
    """Make every later translate() ask `translator`."""
    global _translator
    _translator = translator


def translate(context: str, text: str, n: int = -1) -> str:
    """`text` in the current language; `%n` becomes `n` where a count is given."""
    return _translator(context, text, n)
