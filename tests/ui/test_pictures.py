"""What is painted by hand: the sparkline, the strength meter, the logo, markers of the band bar, icons by state."""

import itertools
from datetime import date, timedelta

import pytest
from PySide6.QtGui import QIcon, QPainter, QPixmap

from ketatrack.models.instruments import Band
from ketatrack.ui.theme import icons, tokens
from ketatrack.ui.theme.icons import Logo, window_icon
from ketatrack.ui.theme.stylesheet import apply_theme
from ketatrack.ui.widgets.painted import DAYS, BandBar, Marker, Sparkline, _runs
from ketatrack.ui.widgets.passphrase import StrengthMeter

TODAY = date(2026, 11, 23)
LIGHT = tokens.LIGHT


def picture(widget):
    return widget.grab().toImage()


def colours(image, row=None):
    rows = range(image.height()) if row is None else [row]
    return {image.pixelColor(x, y).name().upper() for y in rows for x in range(image.width())}


def first_column(image, colour):
    """The first x at which the colour is seen; None where it is nowhere."""
    return next(
        (
            x
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).name().upper() == colour
        ),
        None,
    )


@pytest.fixture
def line(stage):
    made = Sparkline("Low mood, 30 days")
    stage(made, width=300)
    return made


def test_an_empty_month_has_a_frame_and_no_line(line):
    line.show_days(TODAY, {})
    seen = colours(picture(line))
    assert LIGHT.hairline in seen
    assert not seen & {LIGHT.accent, LIGHT.mark, LIGHT.soft}


def test_values_sessions_and_relief_are_where_their_days_are(line):
    session = TODAY - timedelta(days=17)
    values = {TODAY - timedelta(days=n): 3.0 for n in range(30)}
    line.show_days(TODAY, values, [session], [(session, TODAY)], "Low mood was 3 all month.")
    image = picture(line)
    assert {LIGHT.accent, LIGHT.mark, LIGHT.soft} <= colours(image)
    assert abs(first_column(image, LIGHT.soft) - line._x(session)) <= 3
    assert abs(first_column(image, LIGHT.accent) - line._x(TODAY - timedelta(days=29))) <= 4
    assert line.accessibleDescription() == "Low mood was 3 all month."


def test_what_lies_before_the_month_is_not_drawn(line):
    old = TODAY - timedelta(days=DAYS)
    line.show_days(TODAY, {old: 9.0}, [old], [(old - timedelta(days=9), old)])
    assert not colours(picture(line)) & {LIGHT.accent, LIGHT.mark, LIGHT.soft}


def test_a_day_without_an_entry_is_a_gap_in_the_line():
    days = [TODAY - timedelta(days=n) for n in (5, 4, 2)]
    assert _runs(dict.fromkeys(days, 1.0), TODAY - timedelta(days=29), TODAY) == [days[:2], days[2:]]


def test_a_session_of_yesterday_does_not_write_over_today(line):
    line.show_days(TODAY, {}, [TODAY - timedelta(days=1)])
    image = picture(line)
    foot = {image.pixelColor(x, line.height() - 6).name().upper() for x in range(200, image.width())}
    assert LIGHT.mark not in foot


def test_strength_is_told_in_bars_and_in_a_word(stage):
    meter = StrengthMeter()
    stage(meter, width=300)
    filled = []
    for bars, word in ((0, "Too short"), (1, "Weak"), (3, "Good"), (4, "Very strong")):
        meter.set_strength(bars, word, "A hint.")
        image = picture(meter)
        filled.append(sum(image.pixelColor(x, 3).name().upper() == LIGHT.accent for x in range(image.width())))
        assert meter.accessibleName() == f"{word} A hint."
    assert filled[0] == 0
    assert filled == sorted(filled)
    assert filled[3] > 3 * filled[1]


def test_the_logo_follows_the_theme(qapp, stage):
    logo = Logo(40)
    stage(logo)
    assert LIGHT.accent in colours(picture(logo))
    apply_theme(qapp, tokens.DARK)
    assert tokens.DARK.accent in colours(picture(logo))
    assert {size.width() for size in window_icon().availableSizes()} >= {16, 64}


def test_markers_close_together_do_not_write_over_each_other(stage):
    bar = BandBar("PHQ-9", [Band("minimal", 0, 4), Band("moderately severe", 5, 7), Band("severe", 8, 27)], 27)
    stage(bar, width=560)
    apart, close = [], []
    for scores, found in (((3, 20), apart), ((13, 14), close), ((27, 26), close), ((0, 1), close)):
        now, before = scores
        bar.set_markers([Marker(now, f"today: {now}", True), Marker(before, f"16 Nov: {before}", False)])
        image = picture(bar)
        inked = [
            x
            for x in range(image.width())
            if any(image.pixelColor(x, y).name().upper() != LIGHT.window for y in range(2, 18))
        ]
        gaps = [b - a for a, b in itertools.pairwise(inked)]
        found.append(max(gaps))
    assert min(close) >= 6
    assert min(apart) > 100


def test_an_icon_of_a_disabled_or_chosen_button_has_its_own_token(qapp):
    made = icons.icon("plus", "secondary", chosen="accent")
    for mode, state, token in (
        (QIcon.Mode.Normal, QIcon.State.Off, "secondary"),
        (QIcon.Mode.Normal, QIcon.State.On, "accent"),
        (QIcon.Mode.Disabled, QIcon.State.On, "disabled"),
    ):
        image = made.pixmap(40, mode, state).toImage()
        assert image.pixelColor(20, 20).name().upper() == getattr(LIGHT, token)


def test_a_copied_icon_paints_into_any_rectangle(qapp):
    drawing = QPixmap(40, 40)
    drawing.fill("white")
    painter = QPainter(drawing)
    QIcon(icons.icon("plus", "mark")).paint(painter, 0, 0, 40, 40)
    painter.end()
    assert drawing.toImage().pixelColor(20, 20).name().upper() == LIGHT.mark
