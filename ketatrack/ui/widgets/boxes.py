"""Rows and columns of widgets written as one call: what stands in them, how far apart, and who gives the room."""

from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ketatrack.ui.theme.tokens import px

Box = TypeVar("Box", bound=QBoxLayout)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Empty room that grows, by its share of all that do."""

    share: int = 1


Part = QWidget | QLayout | Stretch | int | tuple[QWidget | QLayout, int]
"""A widget or layout, with its share of the room where it grows; empty room that grows; or so many design pixels."""
Margins = int | tuple[int, int, int, int]


def hbox(
    *parts: Part, gap: int | None = None, margins: Margins | None = None, of: QWidget | None = None
) -> QHBoxLayout:
    """Return a row of `parts`, `gap` design pixels apart, as the layout `of` a widget where one is given.

    Without `gap` or `margins` (one for all sides, or left, top, right, bottom) the style's own ones hold.
    """
    return _filled(QHBoxLayout(of) if of else QHBoxLayout(), parts, gap, margins)


def vbox(
    *parts: Part, gap: int | None = None, margins: Margins | None = None, of: QWidget | None = None
) -> QVBoxLayout:
    """Return a column of `parts`, described as for `hbox`."""
    return _filled(QVBoxLayout(of) if of else QVBoxLayout(), parts, gap, margins)


def _filled(box: Box, parts: tuple[Part, ...], gap: int | None, margins: Margins | None) -> Box:
    if margins is not None:
        sides = (margins,) * 4 if isinstance(margins, int) else margins
        box.setContentsMargins(*map(px, sides))
    if gap is not None:
        box.setSpacing(px(gap))
    for part in parts:
        _add(box, part)
    return box


def _add(box: QBoxLayout, part: Part) -> None:
    """Put one more part at the end of a row or column."""
    item, share = part if isinstance(part, tuple) else (part, 0)
    if isinstance(item, Stretch):
        box.addStretch(item.share)
    elif isinstance(item, int):
        box.addSpacing(px(item))
    elif isinstance(item, QLayout):
        box.addLayout(item, share)
    else:
        box.addWidget(item, share)
