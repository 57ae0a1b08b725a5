from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from matplotlib.figure import Figure
from people import START, TODAY, result, sessions

from ketatrack.charts.base import DARK, GREY, LIGHT, PRINT
from ketatrack.charts.journey import Journey, history_of, journey_of
from ketatrack.models.enums import Route
from ketatrack.models.instruments import instrument
from ketatrack.models.records import Answers


def drawn(journey: Journey, style=LIGHT, width: float = 918, height: float = 250) -> Figure:
    return journey.draw(style, width, height)


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def labelled(figure: Figure, label: str):
    found = [a for axes in figure.axes for a in (*axes.lines, *axes.collections) if a.get_label() == label]
    assert len(found) == 1, label
    return found[0]


def test_margins_are_those_of_the_design():
    figure = drawn(journey_of(result()))
    plot = figure.axes[0].get_position()
    assert plot.x0 * 918 == pytest.approx(64)
    assert plot.y0 * 250 == pytest.approx(42)
    assert plot.width * 918 == pytest.approx(918 - 64 - 92)
    assert plot.height * 250 == pytest.approx(250 - 46 - 42)


def test_the_shading_runs_from_each_session_to_the_last_reading_in_relief():
    relief = result()
    boxes = [path.vertices for path in labelled(drawn(journey_of(relief)), "relief").get_paths()]
    spans = [span for span in relief.spans if span.lower is not None]
    assert len(boxes) == len(spans) > 3
    for box, span in zip(boxes, spans, strict=True):
        assert box[:, 0].min() == span.day.toordinal()
        assert box[:, 0].max() == span.day.toordinal() + span.lower


def test_scores_and_lines_stand_at_their_values():
    journey = journey_of(result())
    figure = drawn(journey)
    dots = labelled(figure, "readings")
    assert np.array_equal(dots.get_ydata(), [score.value for score in journey.scores])
    assert dots.get_xdata()[0] == journey.scores[0].day.toordinal()
    assert labelled(figure, "baseline").get_ydata()[0] == 7
    assert labelled(figure, "relief line").get_ydata()[0] == 3.5


def test_the_line_is_broken_at_every_session():
    journey = journey_of(result())
    x = labelled(drawn(journey), "mean").get_xdata()
    for session in journey.sessions:
        around = x[(~np.isnan(x)) & (np.abs(x - session.day.toordinal()) <= 1)]
        assert len(around) <= 2
    assert np.isnan(x).sum() >= len(journey.sessions)


def test_regimens_are_named_once_with_their_count():
    words = texts(drawn(journey_of(result())))
    assert words.count("IV 55 mg") == 1
    assert words.count("IM 70 mg") == 1
    assert words.count("× 4") == 2


def test_a_route_is_a_marker_of_its_own():
    markers = {str(route): labelled(drawn(journey_of(result())), str(route)).get_marker() for route in list(Route)[:2]}
    assert markers == {"intravenous": "v", "intramuscular": "D"}


def test_the_right_edge_names_the_lines_with_their_values():
    words = texts(drawn(journey_of(result())))
    assert {"baseline 7", "relief line", "3.5 or lower", "0 none", "5", "10 worst"} <= set(words)


def test_higher_is_better_turns_the_words_round():
    relief = result(key="energy", baseline=3)
    journey = journey_of(relief)
    assert (journey.end_words, journey.relief_words) == (("none", "plenty"), "6.5 or higher")
    assert (journey.baseline, journey.relief_line) == (3, 6.5)
    assert journey.scores[0].value == 7  # as it was entered


def test_peg_is_drawn_as_its_mean():
    journey = journey_of(result(key="peg", baseline=21))
    assert (journey.highest, journey.baseline) == (10, 7)
    assert journey.relief_line == pytest.approx(4.9)
    assert max(score.value for score in journey.scores) == pytest.approx(14 / 3)


def test_questionnaires_have_band_limits_as_grid_and_their_names_at_the_edge():
    figure = drawn(journey_of(result(key="phq9", baseline=18)))
    grid = labelled(figure, "grid")
    assert [path.vertices[0, 1] for path in grid.get_paths()] == [5, 10, 15, 20, 27]
    words = texts(figure)
    assert {"minimal", "mild", "moderate", "moderately\nsevere", "severe", "27"} <= set(words)
    assert {"baseline 18", "relief line, 9 or lower"} <= set(words)


def test_without_a_baseline_everything_else_is_drawn_and_the_subtitle_says_so():
    journey = journey_of(result(baseline=None))
    assert journey.subtitle == "No baseline yet"
    figure = drawn(journey)
    assert len(labelled(figure, "readings").get_xdata()) == len(journey.scores)
    assert not labelled(figure, "relief").get_paths()
    assert "relief line" not in texts(figure)
    assert journey_of(result(baseline=3)).subtitle == "Baseline too low for a percentage"


def test_an_empty_diary_still_draws():
    journey = journey_of(result(count=0, baseline=None))
    empty = replace(journey, scores=())
    assert texts(drawn(empty))
    assert empty.spoken().startswith("Low mood from ")


def test_the_spoken_sentence():
    journey = journey_of(result()).between(date(2026, 1, 1), date(2026, 2, 28))
    assert journey.spoken() == (
        "Low mood from 1 Jan 2026 to 28 Feb 2026, 56 readings, 3 sessions. Baseline 7. Latest 7 on 28 Feb 2026. "
        "In relief 38 % of the days with an entry."
    )


def test_points_stand_where_they_are_drawn_and_say_what_is_there():
    journey = journey_of(result())
    figure = drawn(journey)
    points = journey.points(LIGHT, 918, 250)
    score = next(point for point in points if not point.stop and "Thu 22 Jan 2026" in point.words)
    assert score.words == "Thu 22 Jan 2026 · low mood 2 · day 1 after session 2 (IV 55 mg)"
    assert score.session == journey.sessions[1].id
    x, y = figure.axes[0].transData.transform((date(2026, 1, 22).toordinal(), 2))
    assert (score.x, 250 - score.y) == (pytest.approx(x), pytest.approx(y))
    stops = [point for point in points if point.stop]
    assert [point.session for point in stops] == [session.id for session in journey.sessions]
    assert stops[0].words == "Thu 1 Jan 2026 · session 1 (IV 55 mg) · relief 6–7 days, faded"


def test_zooming_keeps_inside_the_entries_and_at_least_a_fortnight():
    journey = journey_of(result())
    near = journey.between(START, START + timedelta(days=1))
    assert (near.last - near.first).days == 14
    far = journey.between(date(1990, 1, 1), date(2090, 1, 1))
    assert (far.first, far.last) == (journey.begin, journey.end)
    left = journey.between(journey.begin - timedelta(days=50), journey.begin)
    assert (left.first, (left.last - left.first).days) == (journey.begin, 50)


@pytest.mark.parametrize("style", [LIGHT, DARK, PRINT, GREY, LIGHT.scaled(2), PRINT.scaled(0.65)])
def test_every_style_draws_the_same_things(style):
    figure = drawn(journey_of(result()), style, 918 * style.k, 250 * style.k)
    assert texts(figure) == texts(drawn(journey_of(result())))
    assert figure.get_facecolor()[:3] == pytest.approx(
        tuple(int(style.background[n : n + 2], 16) / 255 for n in (1, 3, 5))
    )


def test_no_text_is_smaller_than_12_px():
    figure = drawn(journey_of(result()))
    assert min(text.get_fontsize() for axes in figure.axes for text in axes.texts) == 12


def test_narrow_charts_drop_the_count_and_then_the_name_of_a_regimen():
    roomy, tight, tightest = (
        texts(drawn(journey_of(result()), LIGHT.scaled(2), wide, 500)) for wide in (918, 700, 520)
    )
    assert (roomy.count("IV 55 mg"), roomy.count("× 4")) == (1, 2)
    assert (tight.count("IV 55 mg"), tight.count("× 4")) == (1, 1)
    assert (tightest.count("IV 55 mg"), tightest.count("IM 70 mg")) == (0, 1)


def test_the_history_of_a_questionnaire_opens_its_answers():
    filled = [Answers(instrument="phq9", day=START + timedelta(days=7 * n), total=18 - n) for n in range(4)]
    journey = history_of(instrument("phq9"), filled, sessions(2), TODAY)
    points = [point for point in journey.points(LIGHT, 918, 250) if not point.stop]
    assert [point.record for point in points] == [each.id for each in filled]
    assert points[0].words == "Thu 1 Jan 2026 · PHQ-9 18 · day 0 after session 1 (IV 55 mg)"
    assert journey.spoken().endswith("Latest 15 on 22 Jan 2026.")
