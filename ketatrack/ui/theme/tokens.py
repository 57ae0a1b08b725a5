"""The colours and sizes of the whole window: one record a theme, and what Qt needs of it.

A theme becomes a palette, one style sheet and colours for painting; nothing in the window states a colour itself.
"""

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of the window, as #RRGGBB; the names say what a colour is for."""

    name: str
    window: str
    sidebar: str
    card: str
    field: str
    hairline: str
    groove: str
    control: str
    text: str
    secondary: str
    disabled: str
    accent: str
    fill: str
    fill_hover: str
    on_fill: str
    soft: str
    hover: str
    mark: str
    note: str
    note_line: str
    error: str
    ramp1: str
    ramp2: str
    ramp3: str
    ramp4: str
    ramp5: str

    @property
    def is_dark(self) -> bool:
        """Whether text is lighter than the page."""
        return self.name == "dark"

    @property
    def ramp(self) -> tuple[str, str, str, str, str]:
        """The five steps of severity, minimal to severe; a word always stands on them."""
        return self.ramp1, self.ramp2, self.ramp3, self.ramp4, self.ramp5


LIGHT = Theme(
    name="light",
    window="#F6F5F1",
    sidebar="#EFEDE7",
    card="#FFFFFF",
    field="#FFFFFF",
    hairline="#DDD9D0",
    groove="#DDD9D0",
    control="#818A86",
    text="#22302F",
    secondary="#5B6664",
    disabled="#616A67",
    accent="#1F6F6B",
    fill="#1F6F6B",
    fill_hover="#185A57",
    on_fill="#FFFFFF",
    soft="#D9EAE7",
    hover="#EAE7DF",
    mark="#A94C19",
    note="#FBF1E3",
    note_line="#E6CFA8",
    error="#8F3B1F",
    ramp1="#E8F1EF",
    ramp2="#D2E4E1",
    ramp3="#B4D2CD",
    ramp4="#92BEB7",
    ramp5="#6DA59C",
)
DARK = Theme(
    name="dark",
    window="#151A1A",
    sidebar="#111515",
    card="#1D2424",
    field="#171D1D",
    hairline="#2F3A39",
    groove="#37423F",
    control="#6B7876",
    text="#E6ECEA",
    secondary="#A3AFAC",
    disabled="#919C99",
    accent="#6FC2BA",
    fill="#2A7771",
    fill_hover="#23655F",
    on_fill="#FFFFFF",
    soft="#21403D",
    hover="#232C2B",
    mark="#E39A66",
    note="#2E2619",
    note_line="#5A4726",
    error="#F0A184",
    ramp1="#22322F",
    ramp2="#28423D",
    ramp3="#2E534B",
    ramp4="#35645A",
    ramp5="#3B7368",
)

_theme = LIGHT
_text_scale = 1.0


def theme() -> Theme:
    """Return the theme that is shown now."""
    return _theme


def color(name: str) -> QColor:
    """Return the token `name` of the theme that is shown now, for painting."""
    return _parsed(getattr(_theme, name))


def px(n: float) -> int:
    """`n` pixels of the design at 100 %, in pixels at the person's text size; at least 1 for anything above 0."""
    return max(1, round(n * _text_scale)) if n > 0 else 0


def text_scale() -> float:
    """Return the person's text size; 1.0 is 100 %."""
    return _text_scale


def set_theme(new: Theme, scale: float) -> None:
    """Let colours and sizes be those of `new` at the text size `scale` from now on."""
    global _theme, _text_scale
    _theme, _text_scale = new, scale


def palette(of: Theme) -> QPalette:
    """All roles of a QPalette from a theme."""
    role, result = QPalette.ColorRole, QPalette()
    for which, hex_color in {
        role.Window: of.window,
        role.WindowText: of.text,
        role.Base: of.field,
        role.AlternateBase: of.hover,
        role.Text: of.text,
        role.Button: of.field,
        role.ButtonText: of.text,
        role.BrightText: of.on_fill,
        role.Light: of.card,
        role.Midlight: of.hover,
        role.Mid: of.hairline,
        role.Dark: of.control,
        role.Shadow: of.control,
        role.Highlight: of.fill,
        role.HighlightedText: of.on_fill,
        role.Link: of.accent,
        role.LinkVisited: of.accent,
        role.Accent: of.accent,
        role.PlaceholderText: of.secondary,
        role.ToolTipBase: of.card,
        role.ToolTipText: of.text,
    }.items():
        result.setColor(which, QColor(hex_color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, which, QColor(of.disabled))
    return result


@cache
def _parsed(hex_color: str) -> QColor:
    return QColor(hex_color)
