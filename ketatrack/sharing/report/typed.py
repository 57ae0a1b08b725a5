"""What a person typed, so that it can stand on paper: no invisible controls, no word longer than a line."""

import re
from functools import cache

from ketatrack.paths import resource

LONGEST_WORD = 40
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\uffff\ud800-\udfff]")
_LONG = re.compile(rf"\S{{{LONGEST_WORD},}}")
_BREAK = "\u200b"


def printable(words: str) -> str:
    """`words` without control characters, tabs as spaces, and places to break inside very long words."""
    if words.isascii() and words.isprintable() and len(words) < LONGEST_WORD:
        return words
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _LONG.sub(_broken, _CONTROLS.sub("", lines))


def has_all(*texts: bytes) -> bool:
    """Whether the bundled font has every character of these UTF-8 texts."""
    known = _characters()
    return all({ord(each) for each in set(text.decode("utf-8"))} <= known for text in texts)


@cache
def _characters() -> frozenset[int]:
    from matplotlib.font_manager import get_font

    # A line break is no glyph, and Typst draws nothing for a place to break.
    return frozenset(get_font(resource("fonts/Inter-Regular.otf")).get_charmap()) | {0x0A, ord(_BREAK)}


def _broken(found: re.Match[str]) -> str:
    word = found.group()
    return _BREAK.join(word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD))
