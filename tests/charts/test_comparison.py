import pytest
from matplotlib.figure import Figure
from people import result

from ketatrack.charts.base import DARK, GREY, LIGHT, PRINT
from ketatrack.charts.comparison import ComparisonChart, comparison_charts


def drawn(chart: ComparisonChart, style=LIGHT, width: float = 918) -> Figure:
    return chart.draw(style, width * style.k, chart.height * style.k)


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts] + [each.get_text() for each in figure.texts]


def by(name: str, **person) -> ComparisonChart:
    return next(each for each in comparison_charts(result(**person)) if each.by == name)


def test_only_groupings_with_two_groups_are_there():
    assert [each.by for each in comparison_charts(result(count=11))] == ["Route"]  # 55 and 70 mg are of one band
    assert comparison_charts(result(count=4)) == ()
    assert comparison_charts(result(count=0)) == ()


def test_a_group_that_is_large_enough_has_a_dot_and_its_range():
    chart = by("Route", count=11)
    assert [(row.name, row.group.followed, row.group.ends) for row in chart.rows] == [("IM", 7, 7), ("IV", 4, 4)]
    figure = drawn(chart)
    means = next(line for line in figure.axes[0].lines if line.get_label() == "means")
    assert list(means.get_xdata()) == [chart.rows[0].group.good_days]
    assert list(means.get_ydata()) == [1]
    ranges = next(collection for collection in figure.axes[0].collections if collection.get_label() == "ranges")
    (segment,) = ranges.get_segments()
    assert tuple(segment[:, 0]) == pytest.approx(chart.rows[0].range)
    low, high = chart.rows[0].range
    assert 0 <= low < chart.rows[0].group.good_days < high <= 28


def test_a_group_that_is_too_small_keeps_its_row_with_the_reason():
    chart = by("Route", count=11)
    assert chart.rows[1].too_few == "too few sessions (4 of 5)"
    assert {"IV", "too few sessions (4 of 5)"} <= set(texts(drawn(chart)))
    assert chart.rows[1].range is None


def test_under_it_stands_what_it_cannot_show():
    chart = by("Route", count=11)
    warning = "Different sessions differ in more than the route. This comparison cannot show which route works better."
    assert texts(drawn(chart))[-1].replace("\n", " ") == warning
    assert texts(drawn(chart, width=436))[-1].replace("\n", " ") == warning
    assert chart.spoken().endswith(warning)
    assert "IV: too few sessions (4 of 5); 4 followed, 4 ends; relief after 4 of 4" in chart.spoken()


def test_hover_tells_the_group():
    (point,) = by("Route", count=11).points(LIGHT, 918, 158)
    assert point.words.startswith("IM: ")
    assert "7 followed, 7 ends; relief after 7 of 7 (65 to 100 %)" in point.words


def test_where_room_is_short_the_counts_are_said_more_shortly():
    chart = by("Route", count=11)
    assert "7 followed, 7 ends; relief after 7 of 7" in texts(drawn(chart, width=380))
    assert "7 followed, 7 ends" in texts(drawn(chart, width=300))


@pytest.mark.parametrize("style", [DARK, PRINT, GREY, LIGHT.scaled(2)])
def test_every_style_draws_the_same_words(style):
    chart = by("Route", count=11)
    assert texts(drawn(chart, style)) == texts(drawn(chart))
