import pytest
from matplotlib.figure import Figure
from people import result, share_of

from ketatrack.charts.base import DARK, GREY, LIGHT, PRINT
from ketatrack.charts.survival import SurvivalChart


def drawn(share: SurvivalChart, style=LIGHT, width: float = 436, height: float = 244) -> Figure:
    return share.draw(style, width, height)


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def line(figure: Figure, label: str):
    return next(a for a in figure.axes[0].lines if a.get_label() == label)


def test_the_steps_are_the_estimate():
    relief = result(count=10)
    share = share_of(relief)
    steps = line(drawn(share), "recorded")
    rows = relief.estimate.curve
    assert steps.get_drawstyle() == "steps-post"
    assert list(steps.get_xdata())[:-1] == [0, *(float(row.t) for row in rows)]
    assert list(steps.get_ydata())[:-1] == pytest.approx([1, *(float(row.survival) for row in rows)])
    assert steps.get_xdata()[-1] == pytest.approx(share.longest)


def test_under_the_days_stands_how_many_are_still_followed():
    share = share_of(result(count=10))
    words = texts(drawn(share))
    assert [str(day) for day in (0, 7, 14, 21, 28, 35, 42)] == [w for w in words if w.isdigit()][0:14:2]
    assert share.followed(0) == len(share.times) == 10
    assert share.followed(7) == sum(time >= 7 for time in share.times) < 10
    assert [w for w in words if w.isdigit()][1] == "10"
    assert {"all", "half", "none", "still followed", "days since\nsession"} <= set(words)


def test_now_is_a_line_and_a_word():
    share = share_of(result(count=10))
    figure = drawn(share)
    assert line(figure, "now").get_xdata()[0] == share.now == 46
    assert "now: day 46" in texts(figure)
    assert share.last_day == 49


def test_hover_tells_share_range_and_count():
    share = share_of(result(count=10))
    points = share.points(LIGHT, 436, 244)
    assert len(points) == int(share.longest) + 1
    tenth = points[10]
    percent = round(100 * float(share.share(10)))
    low, high = (round(100 * float(limit)) for limit in share.limits(10))
    assert tenth.words.startswith(f"Day 10: {percent} % still in relief; limits {low} to {high} %")
    assert tenth.words.endswith("of 10 sessions still followed")
    frame = share.frame(436, 244, 1)
    assert (tenth.x, tenth.y) == (frame.x(10), frame.y(percent / 100))


def test_the_spoken_sentence_counts():
    share = share_of(result(count=10))
    lowers = [span.lower for span in result(count=10).spans if span.lower is not None]
    a, b, c = (sum(lower >= days for lower in lowers) for days in (7, 14, 21))
    assert share.spoken().startswith(
        f"Of 10 sessions, relief lasted at least 7 days after {a}, 14 after {b}, 21 after {c}. Half had faded by day "
    )
    assert share.subtitle.startswith("half by day ")


def test_too_little_is_counted_in_squares():
    share = share_of(result(count=3))
    assert share.too_little == "3 of 5 sessions followed, 3 of 3 ends seen"
    figure = drawn(share)
    squares = [patch.get_label() for axes in figure.axes for patch in axes.patches if patch.get_label()]
    assert squares == ["there"] * 3 + ["missing"] * 2 + ["there"] * 3
    assert texts(figure) == [share.too_little]
    assert share.points(LIGHT, 436, 244) == ()
    assert share.spoken() == "Share of sessions still in relief. 3 of 5 sessions followed, 3 of 3 ends seen"


def test_never_seen_to_fade_is_a_flat_line_with_an_arrow():
    share = share_of(result(count=6, lasts=30))
    assert share.flat
    figure = drawn(share)
    assert set(line(figure, "recorded").get_ydata()) == {1.0}
    assert line(figure, "arrow").get_xdata()[0] == share.longest
    assert f"Not seen to fade (longest {int(share.longest)} days)" in texts(figure)


def test_an_empty_diary_counts_from_nothing():
    share = share_of(result(count=0, baseline=None))
    assert texts(drawn(share)) == ["0 of 5 sessions followed, 0 of 3 ends seen"]


@pytest.mark.parametrize("style", [DARK, PRINT, GREY, LIGHT.scaled(2)])
def test_every_style_draws_the_same_words(style):
    share = share_of(result(count=10))
    assert texts(drawn(share, style, 436 * style.k, 244 * style.k)) == texts(drawn(share))


def test_the_honesty_band_and_the_smooth_estimate():
    share = share_of(result(count=10))
    figure = drawn(share)
    band = next(collection for collection in figure.axes[0].collections if collection.get_label() == "band")
    assert band.get_paths()
    for row in share.rows:
        low, high = share.limits(row.t)
        assert low <= row.survival <= high
    smooth = line(figure, "smooth")
    assert list(smooth.get_ydata()) == list(share.smooth)
    assert len(share.smooth) == int(share.longest) + 1
    assert {"recorded", "smooth estimate", "band: nothing assumed\nabout why you came back"} <= set(texts(figure))


def test_where_readings_lie_far_apart_grey_boxes_stand_for_the_drops():
    share = share_of(result(count=9, lasts=4, key="phq9", baseline=18))
    assert share.boxes is not None
    assert share.rows == ()
    figure = drawn(share)
    boxes = [patch for patch in figure.axes[0].patches if patch.get_label() == "box"]
    masses = [(box, mass) for box, mass in zip(share.boxes.intervals, share.boxes.masses, strict=True) if mass > 1e-6]
    assert [(b.get_x(), b.get_height()) for b in boxes] == [
        (pytest.approx(low), pytest.approx(mass)) for (low, high), mass in masses if high != float("inf")
    ]
    assert any("grey box" in text for text in texts(figure))
    assert share.spoken().startswith("Of ")
    assert share.points(LIGHT, 436, 244)
