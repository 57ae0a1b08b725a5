from dataclasses import replace

import pytest
from matplotlib.figure import Figure
from people import result

from ketatrack.analysis.episodes import Status
from ketatrack.analysis.estimates import estimates
from ketatrack.charts.base import DARK, GREY, LIGHT, PRINT
from ketatrack.charts.session_bars import SessionBars, bars_of_sessions
from ketatrack.models.enums import Reason


def chart_of(**person) -> SessionBars:
    found = result(**person)
    return bars_of_sessions(found, estimates(found))


def drawn(chart: SessionBars, style=LIGHT, width: float = 918, height: float = 216) -> Figure:
    return chart.draw(style, width, height)


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def boxes(figure: Figure, label: str) -> list[tuple[float, float, float]]:
    """The bars of a kind as (place, from, to)."""
    found = next(collection for collection in figure.axes[0].collections if collection.get_label() == label)
    ends = [path.get_extents() for path in found.get_paths()]
    return [(round((box.x0 + box.x1) / 2, 6), box.y0, box.y1) for box in ends]


def line(figure: Figure, label: str):
    return next((a for a in figure.axes[0].lines if a.get_label() == label), None)


def test_a_bar_is_filled_to_the_last_reading_in_relief_and_open_to_the_first_without():
    found = result(count=9)
    figure = drawn(chart_of(count=9))
    assert boxes(figure, "seen") == [(place, 0, span.lower) for place, span in enumerate(found.spans)]
    assert boxes(figure, "faded in here") == [(n, span.lower, span.upper) for n, span in enumerate(found.spans)]
    assert {f"{span.lower}–{span.upper}" for span in found.spans} <= set(texts(figure))


def test_relief_that_was_not_seen_to_end_has_an_arrow_and_a_plus():
    chart = chart_of(count=6, lasts=30)
    figure = drawn(chart)
    assert [bar.status for bar in chart.bars] == [Status.CENSORED] * 6
    assert list(line(figure, "not seen to end").get_xdata()) == list(range(6))
    assert boxes(figure, "seen") == [(place, 0, 19) for place in range(5)]
    assert boxes(figure, "running") == [(5, 0, 19)]
    assert texts(figure).count("19+") == 6
    assert {"↑ still in relief at\nthe last reading", "outline: still open"} <= set(texts(figure))
    assert line(figure, "headline") is None


def test_a_loss_seen_once_is_hatched():
    chart = chart_of(count=8, lasts=16)
    unconfirmed = [place for place, bar in enumerate(chart.bars) if bar.status is Status.UNCONFIRMED]
    assert [place for place, _, _ in boxes(drawn(chart), "not confirmed")] == unconfirmed != []
    assert "/// faded once,\nnot confirmed" in texts(drawn(chart))


def test_no_response_and_not_assessed_stand_in_words():
    assert texts(drawn(chart_of(count=3, lasts=-5))).count("× no response") == 3
    assert texts(drawn(chart_of(count=12, baseline=None))).count("? not assessed") == 12


def test_the_headline_is_a_dashed_line_with_its_number():
    found = result(count=9)
    chart = chart_of(count=9)
    figure = drawn(chart)
    assert line(figure, "headline").get_ydata()[0] == estimates(found).posterior.median
    assert chart.headline_words in texts(figure)
    assert line(drawn(chart_of(count=1)), "headline") is None


def test_treatments_are_bracketed():
    figure = drawn(chart_of(count=9))
    brackets = next(collection for collection in figure.axes[0].collections if collection.get_label() == "regimens")
    assert [(a[0], b[0]) for a, b in brackets.get_segments()] == [(-0.35, 3.35), (3.65, 8.35)]
    assert {"IV 55 mg", "IM 70 mg"} <= set(texts(figure))


def test_where_slots_grow_too_narrow_the_latest_are_shown():
    chart = chart_of(count=11)
    frame = chart.frame(382, 216, 1)
    assert list(chart.visible(frame)) == list(range(3, 11))
    assert [point.session for point in chart.points(LIGHT, 382, 216)] == [bar.session for bar in chart.bars[3:]]
    assert len(boxes(drawn(chart, width=382), "seen")) == 8
    assert "← 3 earlier" in texts(drawn(chart, width=382))


def test_the_ones_out_of_sight_can_be_brought_in():
    chart = chart_of(count=11)
    back = chart.moved(-0.25, chart.frame(382, 216, 1))
    frame = back.frame(382, 216, 1)
    assert list(back.visible(frame)) == list(range(1, 9))
    assert "← 1 earlier\n2 later →" in texts(drawn(back, width=382))
    assert back.moved(-9, frame).frame(382, 216, 1).first == -0.5
    assert back.moved(9, frame) == chart
    assert chart.moved(-9, chart.frame(918, 216, 1)) == chart


@pytest.mark.parametrize("style", [PRINT, GREY])
def test_on_paper_nothing_can_be_moved(style):
    said = texts(drawn(chart_of(count=11), style, width=382))
    assert "3 earlier\nnot shown" in said
    assert not any("←" in text or "→" in text for text in said)


def test_days_months_and_years_stand_on_one_line_each():
    figure = drawn(chart_of(count=9))
    below = [text for text in figure.axes[0].texts if text.get_va() == "baseline"]
    assert {text.get_position()[1] for text in below if text.get_text().isdigit() and len(text.get_text()) < 3} == {
        below[0].get_position()[1]
    }
    assert len({text.get_position()[1] for text in below}) == 3


@pytest.mark.parametrize(
    ("days", "room", "label"), [("15–20", 60, "15–20"), ("15–20", 22, "15–\n20"), ("15+", 60, "15+"), ("15–20", 5, "")]
)
def test_the_number_above_a_bar(days, room, label):
    bar = chart_of(count=1).bars[0]
    assert replace(bar, days=days).label(room) == label


def test_hover_and_speech_say_each_session_newest_first():
    chart = chart_of(count=9)
    words = [point.words for point in chart.points(LIGHT, 918, 216)]
    assert words[0] == "1 Jan 2026, IV 55 mg: relief 6–7 days, faded; next session: planned date"
    said = chart.spoken()
    assert said.startswith(
        f"Days of relief after each session. The headline says {chart.headline_words}. {words[-1]}. "
    )
    assert said.endswith(f"{words[0]}.")
    found = result(count=2)
    assert found.spans[0].next_reason is Reason.PLANNED


def test_without_sessions_there_is_an_empty_chart():
    chart = chart_of(count=0)
    assert chart.points(LIGHT, 918, 216) == ()
    assert set(texts(drawn(chart))) == {"0", "5", "10"}


@pytest.mark.parametrize("style", [DARK, PRINT, GREY, LIGHT.scaled(2)])
def test_every_style_draws_the_same_words(style):
    chart = chart_of(count=9)
    assert texts(drawn(chart, style, 918 * style.k, 216 * style.k)) == texts(drawn(chart))
