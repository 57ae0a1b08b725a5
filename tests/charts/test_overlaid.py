import numpy as np
import pytest
from matplotlib.figure import Figure
from people import result

from ketatrack.charts.base import DARK, GREY, LIGHT, PRINT
from ketatrack.charts.overlaid import Overlaid, overlaid


def drawn(chart: Overlaid, style=LIGHT, width: float = 436, height: float = 244) -> Figure:
    return chart.draw(style, width, height)


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def line(figure: Figure, label: str):
    return next((a for a in figure.axes[0].lines if a.get_label() == label), None)


def lines_of(figure: Figure, label: str):
    return next((a for a in figure.axes[0].collections if a.get_label() == label), None)


def test_each_session_is_a_thin_line_and_the_running_one_stands_out():
    chart = overlaid(result(count=10))
    figure = drawn(chart)
    assert len(chart.runs) == 10
    assert chart.running == 9
    assert len(lines_of(figure, "sessions").get_segments()) == 9
    (own,) = lines_of(figure, "running").get_segments()
    assert list(own[:, 0]) == list(chart.runs[9].days)
    assert list(own[:, 1]) == pytest.approx(list(chart.runs[9].smooth))
    assert (line(figure, "now").get_xdata()[0], line(figure, "now").get_ydata()[0]) == (19, 7)
    assert "this session, day 19" in texts(figure)


def test_the_median_is_that_of_the_thin_lines_and_needs_three():
    chart = overlaid(result(count=10))
    figure = drawn(chart)
    assert list(line(figure, "median").get_xdata()) == [middle.day for middle in chart.middles] == list(range(1, 20))
    on_tenth = [run.smooth[run.days.index(10)] for run in chart.runs]
    tenth = chart.middles[9]
    assert (tenth.low, tenth.median, tenth.high) == pytest.approx(tuple(np.percentile(on_tenth, (25, 50, 75))))
    assert {"median", "middle half"} <= set(texts(figure))


def test_with_two_sessions_there_are_thin_lines_and_words_only():
    chart = overlaid(result(count=2))
    figure = drawn(chart)
    assert chart.subtitle == "Median from 3 sessions on"
    assert line(figure, "median") is None
    assert len(lines_of(figure, "sessions").get_segments()) == 1
    assert chart.spoken() == "All sessions laid over each other. 2 sessions. Median from 3 sessions on."


def test_each_line_is_smoothed_over_two_days_each_way():
    run = overlaid(result(count=10)).runs[0]
    assert run.values[4:8] == (2, 2, 7, 7)
    assert run.smooth[5] == pytest.approx((1 * 2 + 2 * 2 + 3 * 2 + 2 * 7 + 1 * 7) / 9)


def test_under_the_days_stands_how_many_sessions_have_a_value():
    chart = overlaid(result(count=10))
    words = texts(drawn(chart))
    assert [chart.count(day) for day in (7, 14, 19, 21)] == [10, 10, 10, 0]
    assert {"0", "7", "42", "10", "sessions", "days since\nsession", "10 worst", "0 none"} <= set(words)
    assert chart.last_day == 42


def test_weekly_scores_meet_where_their_lines_pass():
    chart = overlaid(result(count=10, key="phq9", baseline=18))
    assert chart.middles
    assert not chart.daily
    assert chart.count(9) > sum(9 in run.days for run in chart.runs)


def test_hover_names_the_session_and_what_was_written():
    chart = overlaid(result(count=10))
    points = chart.points(LIGHT, 436, 244)
    assert len(points) == sum(len(run.days) for run in chart.runs)
    assert [point.x for point in points] == sorted(point.x for point in points)
    first = next(point for point in points if point.session == chart.runs[0].session)
    assert first.words == "1 Jan 2026 · IV 55 mg · day 1: 2"


def test_the_spoken_sentence_says_where_the_median_leaves_relief():
    chart = overlaid(result(count=10))
    said = chart.spoken()
    assert said.startswith(
        "All sessions laid over each other. 10 sessions. Median 2 on day 1, 2 on day 7, 7 on day 14; "
    )
    since = next(middle.day for middle in chart.middles if middle.median > chart.relief_line)
    assert said.endswith(f"above the relief line from day {since}.")


def test_without_a_baseline_there_is_no_relief_line_and_nothing_breaks_without_entries():
    assert line(drawn(overlaid(result(count=10, baseline=None))), "relief line") is None
    assert "No entries after a session yet" in texts(drawn(overlaid(result(count=0, baseline=None))))


@pytest.mark.parametrize("style", [DARK, PRINT, GREY, LIGHT.scaled(2)])
def test_every_style_draws_the_same_words(style):
    chart = overlaid(result(count=10))
    assert texts(drawn(chart, style, 436 * style.k, 244 * style.k)) == texts(drawn(chart))
