"""The look in numbers: contrast of every pair, live change of theme, nothing clipped at 200 %, the ring."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ketatrack.models.instruments import Band
from ketatrack.paths import resource
from ketatrack.ui.page import Page
from ketatrack.ui.scores.answers import AnswerRow
from ketatrack.ui.theme import icons, tokens
from ketatrack.ui.theme.stylesheet import apply_theme
from ketatrack.ui.widgets import buttons
from ketatrack.ui.widgets.cards import Card, Note
from ketatrack.ui.widgets.choices import Chips, Choice, Segments
from ketatrack.ui.widgets.fields import TextField
from ketatrack.ui.widgets.labels import label
from ketatrack.ui.widgets.painted import BandBar, Marker
from ketatrack.ui.widgets.rating import RatingRow

GROUNDS = ("window", "sidebar", "card", "soft", "hover", "note")
TEXT_PAIRS = [
    *[("text", ground) for ground in GROUNDS],
    *[("text", f"ramp{step}") for step in range(1, 6)],
    *[("secondary", ground) for ground in (*GROUNDS, "field")],
    *[("disabled", ground) for ground in ("window", "card")],
    *[("accent", ground) for ground in (*GROUNDS, "field")],
    *[("mark", ground) for ground in ("window", "card", "note")],
    *[("error", ground) for ground in ("window", "card", "note")],
    ("on_fill", "fill"),
    ("on_fill", "fill_hover"),
]
EDGE_PAIRS = [("control", ground) for ground in ("window", "sidebar", "card", "field")]


def contrast(one: str, two: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def luminance(hex_color: str) -> float:
        parts = [int(hex_color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [tokens.LIGHT, tokens.DARK], ids=lambda each: each.name)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_has_enough_contrast(theme, ink, ground):
    assert round(contrast(getattr(theme, ink), getattr(theme, ground)), 1) >= 4.5


@pytest.mark.parametrize("theme", [tokens.LIGHT, tokens.DARK], ids=lambda each: each.name)
@pytest.mark.parametrize(("ink", "ground"), EDGE_PAIRS)
def test_edges_of_controls_have_enough_contrast(theme, ink, ground):
    assert round(contrast(getattr(theme, ink), getattr(theme, ground)), 1) >= 3.0


def colors_in(widget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())}


def everything() -> list:
    note = Note("Tell the person treating you.", "146/92.")
    rating = RatingRow("Low mood", "none", "worst")
    rating.value = 300
    segments = Segments("Why", [(1, "Planned"), (2, "Other")])
    segments.value = 1
    chips = Chips("Side effects", ["Dizzy"], str)
    chips.value = ("Dizzy",)
    field = TextField("Words")
    field.value = "words"
    return [
        label("Words"),
        note,
        rating,
        segments,
        chips,
        field,
        Choice("Route", [(1, "Oral")]),
        buttons.primary("Save"),
        buttons.quiet("Add", "plus"),
        buttons.check_box("On"),
        AnswerRow(0, "Not at all"),
    ]


def test_a_change_of_theme_repaints_everything_that_is_open(qapp, stage, qtbot):
    parts = everything()
    card = Card()
    for part in parts:
        card.body.addWidget(part)
    stage(card)
    apply_theme(qapp, tokens.DARK)
    qtbot.wait(10)
    left_over = {tokens.LIGHT.text, tokens.LIGHT.card, tokens.LIGHT.note, tokens.LIGHT.soft, tokens.LIGHT.accent}
    for part in parts:
        found = colors_in(part)
        assert not found & (left_over - {tokens.DARK.on_fill}), part
    assert tokens.DARK.card in colors_in(card)


def test_the_palette_has_the_tokens(qapp):
    made = tokens.palette(tokens.DARK)
    assert made.color(QPalette.ColorRole.PlaceholderText) == QColor(tokens.DARK.secondary)
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == QColor(tokens.DARK.disabled)


class Showing(Page):
    def refresh(self):
        pass


def test_text_at_200_percent_is_not_clipped(qapp, qtbot):
    apply_theme(qapp, tokens.LIGHT, 2.0)
    page = Showing("Sessions")
    card = Card()
    for part in everything():
        card.body.addWidget(part)
    page.body.addWidget(card)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    assert page.narrow()
    for part in page.findChildren(QLabel):
        if part.isVisible():
            assert part.height() >= part.heightForWidth(part.width()), part.text()
            assert part.width() >= part.minimumSizeHint().width(), part.text()
    for part in everything():
        assert part.sizeHint().height() >= 40 or isinstance(part, QLabel)


def test_breakpoints_follow_the_text_size(qapp, qtbot):
    page = Showing("Today")
    qtbot.addWidget(page)
    page.show()
    seen = []
    for width in (1200, 1000, 700):
        page.resize(width, 600)
        seen.append((page.narrow(), page.compact()))
    assert seen == [(False, False), (False, True), (True, True)]


def test_running_text_wraps_and_keeps_its_lines(stage):
    words = label("One two three four five six seven eight nine ten. " * 6, "secondary", wrap=True)
    stage(words, width=260)
    assert words.height() == words.heightForWidth(words.width())
    assert words.heightForWidth(400) < words.heightForWidth(200)


def test_a_note_shows_only_while_it_has_words(stage):
    note = Note()
    stage(note)
    assert not note.isVisible()
    note.set_words("Tell the person treating you.", "146/92.")
    assert note.isVisible()
    assert note.words() == "146/92. Tell the person treating you."
    note.set_words("")
    assert not note.isVisible()


def test_a_note_that_got_its_words_before_it_was_placed_is_shown_with_its_page(stage):
    note = Note()
    note.set_words("Words.")
    assert not note.isVisible()
    stage(note)
    assert note.isVisible()


def test_the_ring_follows_tab_and_stays_away_from_a_click(qtbot, stage, focus_ring):
    first, second = buttons.secondary("First"), buttons.secondary("Second")
    stage(first, second)
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert focus_ring.ring() is None
    qtbot.keyClick(second, Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second
    assert focus_ring.ring() is not None
    assert focus_ring.ring().geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    second.hide()
    assert focus_ring.ring().geometry() == first.geometry().adjusted(-4, -4, 4, 4)


def test_the_ring_moves_with_its_control(qtbot, stage, focus_ring):
    above, field = label("short"), TextField("Words")
    stage(above, field)
    field.setFocus()
    assert focus_ring.ring() is not None
    before = focus_ring.ring().y()
    above.setMinimumHeight(above.height() + 50)
    qtbot.waitUntil(lambda: focus_ring.ring().y() == before + 50)


@pytest.mark.parametrize("drawing", sorted(resource("icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_is_drawn_in_the_token_of_now_and_has_one_placeholder_colour(qapp, drawing: Path):
    text = drawing.read_text("utf-8")
    assert set(re.findall(r"#[0-9A-Fa-f]{3,6}", text)) == {"#000000"}
    for theme in (tokens.LIGHT, tokens.DARK):
        apply_theme(qapp, theme)
        image = icons.icon(drawing.stem, "mark").pixmap(40, 40).toImage()
        inked = {
            image.pixelColor(x, y).name().upper()
            for x in range(40)
            for y in range(40)
            if image.pixelColor(x, y).alpha() == 255
        }
        assert inked == {theme.mark}


def test_bands_are_as_wide_as_the_scores_they_hold(stage):
    bar = BandBar("PHQ-9", [Band("minimal", 0, 4), Band("severe", 5, 27)], 27)
    stage(bar)
    bar.set_markers([Marker(13, "today: 13", True), Marker(14, "16 Nov: 14", False)])
    assert bar.accessibleName() == "PHQ-9, today: 13, 16 Nov: 14"
    assert bar._x(5) == pytest.approx(bar.width() * 5 / 28)
    assert tokens.LIGHT.accent in colors_in(bar)


def test_every_part_that_takes_the_focus_has_a_name(stage):
    window = stage(*everything())
    focusable = [child for child in window.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(focusable) >= 10
    assert [each for each in focusable if not each.accessibleName()] == []
