"""Text in charts: always the bundled Inter, registered by file, measured before it is placed."""

import logging
from functools import cache, lru_cache
from typing import Any

from matplotlib import font_manager

from ketatrack.charts.style import ChartStyle
from ketatrack.paths import resource

SMALL = 12
FALLBACK = "DejaVu Sans"
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}


@cache
def register_fonts() -> None:
    """Tell matplotlib of the bundled font files, once."""
    # The fallback font has no semibold; matplotlib would say so on the console for every text.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    for file in sorted(resource("fonts").glob("Inter-*.otf")):
        font_manager.fontManager.addfont(file)


def font(style: ChartStyle, weight: int = 400, size: float = SMALL, typed: bool = False) -> dict[str, Any]:
    """The font of one text, as keyword arguments; `size` in px at 100 %.

    Words that a person `typed` may be in another script and get a second font; looking for two takes twice as long.
    """
    families = (style.family, FALLBACK) if typed else (style.family,)
    return {"fontproperties": _properties(families, weight, size * style.k)}


@cache
def _properties(family: tuple[str, ...], weight: int, size: float) -> font_manager.FontProperties:
    """Made once: matplotlib checks family, weight and size anew for every text that states them one by one."""
    return font_manager.FontProperties(family=list(family), weight=weight, size=size)


@lru_cache(maxsize=512)
def width(text: str, weight: int = 400, size: float = SMALL) -> float:
    """The advance width of `text` in px at 100 %."""
    loaded = font_manager.get_font(resource(f"fonts/Inter-{WEIGHTS[weight]}.otf"))
    loaded.set_size(size, 72)
    loaded.set_text(text, 0.0)
    return float(loaded.get_width_height()[0]) / 64


def pad(style: ChartStyle) -> dict[str, Any]:
    """The background-coloured box of 0.1 em behind a text that stands over data."""
    return {"facecolor": style.background, "edgecolor": "none", "boxstyle": "square,pad=0.1"}
