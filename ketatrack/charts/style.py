"""How every chart is coloured and sized, as a value; and the one place where matplotlib's settings are touched.

Colours and weights: look-charts.md. Figures have 72 dpi, so points are logical pixels.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """Colours of one look, the font family, and k, by which every size, weight and margin is multiplied."""

    name: str
    background: str
    text: str
    secondary: str
    hairline: str
    grid: str
    accent: str
    bar: str
    soft: str
    mark: str
    raw: str
    band: str
    box: str
    second: str
    ramp: tuple[str, str, str, str, str]
    k: float = 1.0
    family: str = "Inter"

    def scaled(self, k: float) -> "ChartStyle":
        """The same look at another text scale: 1 on screen at 100 %, 2 at 200 %, 0.65 on paper."""
        return replace(self, k=k)


LIGHT = ChartStyle(
    "light", "#FFFFFF", "#22302F", "#5B6664", "#DDD9D0", "#ECE9E2", "#1F6F6B", "#1F6F6B", "#D9EAE7",
    "#A94C19", "#74807D", "#EBE7DE", "#B9BDB8", "#0072B2",
    ("#E8F1EF", "#D2E4E1", "#B4D2CD", "#92BEB7", "#6DA59C"),
)  # fmt: skip
DARK = ChartStyle(
    "dark", "#1D2424", "#E6ECEA", "#A3AFAC", "#2F3A39", "#283231", "#6FC2BA", "#4E9F98", "#21403D",
    "#E39A66", "#8A9794", "#2B3534", "#55615F", "#56B4E9",
    ("#22322F", "#28423D", "#2E534B", "#35645A", "#3B7368"),
)  # fmt: skip
PRINT = ChartStyle(
    "print", "#FFFFFF", "#1A2423", "#4E5957", "#C9C5BB", "#E7E4DC", "#1F6F6B", "#1F6F6B", "#DCEBE8",
    "#A94C19", "#74807D", "#EBE7DE", "#B9BDB8", "#0072B2", LIGHT.ramp,
)  # fmt: skip
GREY = ChartStyle(
    "grey", "#FFFFFF", "#111111", "#4A4A4A", "#BDBDBD", "#E4E4E4", "#1A1A1A", "#1A1A1A", "#E6E6E6",
    "#111111", "#767676", "#E9E9E9", "#ABABAB", "#4A4A4A",
    ("#F2F2F2", "#E0E0E0", "#C8C8C8", "#ACACAC", "#8E8E8E"),
)  # fmt: skip


@contextmanager
def drawing(svg_text_as_text: bool = False) -> Iterator[None]:
    """Around everything that draws or saves: the four settings that matplotlib takes from nowhere else.

    A character that no font has (a name in another script) becomes a box, without a warning on the console.
    """
    import matplotlib as mpl

    settings: Any = {
        "svg.fonttype": "none" if svg_text_as_text else "path",
        "svg.hashsalt": "ketatrack",
        "hatch.linewidth": 0.7,
        "text.hinting": "none",
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        yield
