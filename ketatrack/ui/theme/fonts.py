"""The type of the window: the system's own font, or the Inter that comes with KetaTrack.

Sizes are pixels of the design at 100 %; the person's text size multiplies them.
"""

import sys
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from ketatrack.paths import resource
from ketatrack.ui.theme.tokens import px

_DESKTOP_FONTS = ("Adwaita Sans", "Cantarell", "Ubuntu", "Ubuntu Sans", "Noto Sans", "Inter", "Oxygen-Sans")
_FACES = ("Regular", "Italic", "Medium", "SemiBold", "Bold")


@cache
def family() -> str:
    """Return the name of the font: the system's UI font; bundled Inter on a Linux that has no desktop font."""
    own = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    if sys.platform in ("win32", "darwin") or (own in _DESKTOP_FONTS and QFontDatabase.hasFamily(own)):
        return own
    for face in _FACES:
        QFontDatabase.addApplicationFont(str(resource(f"fonts/Inter-{face}.otf")))
    return "Inter"


def font(size: float, weight: int = 400, tabular: bool = False) -> QFont:
    """Return a font of `size` design pixels and a weight of 400, 500 or 600; `tabular` gives digits one width."""
    return _of_pixels(px(size), weight, tabular)


@cache
def _of_pixels(pixels: int, weight: int, tabular: bool) -> QFont:
    q_font = QFont(family())
    q_font.setPixelSize(pixels)
    q_font.setWeight(QFont.Weight(weight))
    return with_tabular_figures(q_font) if tabular else q_font


def with_tabular_figures(plain: QFont) -> QFont:
    """Return a copy of `plain` whose digits all have one width, for columns, dates and values."""
    q_font = QFont(plain)
    q_font.setFeature(QFont.Tag("tnum"), 1)
    return q_font
