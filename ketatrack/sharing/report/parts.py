"""What sections of the report are made of. The template is given these as they are; it formats nothing itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or two with a semibold beginning."""

    lead: str
    words: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the numbers on top: its name, the number ("–" where it is missing) and two lines about it."""

    label: str
    value: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart under its heading: `file` of `width` x `height` points and its alternative text.

    Where there is too little to draw, `file` is empty and `empty` says what there is.
    """

    title: str
    file: str = ""
    spoken: str = ""
    width: float = 0
    height: float = 0
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, whether numbers stand flush right, and its share of the width (0: own)."""

    head: str
    right: bool = False
    share: float = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words under repeated headings; with no rows, `empty` says what there is."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""
