"""From records to patterns: which days count, the gates, and the exact words."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

from ketatrack.analysis.episodes import Span, Status
from ketatrack.analysis.habit_patterns import day_words, limit_words, not_causes, patterns, session_words
from ketatrack.models.tracked import built_in

HABITS = {item.key: item for item in built_in()}
START = date(2024, 1, 1)


def lived(n, every=30):
    """Sessions 30 days apart; more exercise in the first week goes with longer relief and a better next day."""
    spans, exercise, scores = [], {}, {}
    for number in range(n):
        day = START + timedelta(days=every * number)
        minutes = 10.0 * (number * 7 % 11)
        length = 9 + number * 7 % 11
        spans.append(Span(day, (UUID(int=number),), Status.ENDED, length, length + 1, "", None, every))
        for t in range(1, every):
            exercise[day + timedelta(days=t)] = minutes if t <= 7 else float(40 * (t % 2))
            scores[day + timedelta(days=t)] = (
                3.0 + (t * 5 % 7) / 7 - (1.5 if t > 8 and exercise[day + timedelta(days=t - 1)] > 30 else 0)
            )
    return spans, exercise, scores


def test_a_pattern_in_both():
    spans, exercise, scores = lived(24)
    (found,) = patterns([HABITS["exercise"]], {"exercise": exercise}, scores, spans)
    assert found.sessions.sessions == 24
    assert found.sessions.r > 0.9
    strong, said = session_words(found)
    assert strong == ""
    assert said.startswith("After sessions with more exercise in the first week, the relief that followed was ")
    assert "days longer" in said
    strong, said = day_words(found, "low mood")
    assert said.startswith("On days after more than 30 min of exercise your low mood rating was ")
    assert " lower (" in said
    assert "This may be because you do it when you feel better." in said


def test_too_little_is_counted():
    spans, exercise, _ = lived(4)
    (found,) = patterns([HABITS["exercise"]], {"exercise": exercise}, {}, spans)
    assert session_words(found) == ("Not enough data yet.", "4 of 12 sessions, 4 of 8 ends.")
    assert day_words(found, "low mood") == ("Not enough data yet.", "0 of 60 days, 0 of 4 sessions.")


def test_only_sessions_still_in_relief_on_day_seven_with_enough_noted_days_count():
    spans, exercise, scores = lived(14)
    short = Span(spans[0].day, spans[0].session_ids, Status.ENDED, 5, 6, "", None, 30)
    unnoted = {
        day: value for day, value in exercise.items() if not spans[1].day < day <= spans[1].day + timedelta(days=4)
    }
    (found,) = patterns([HABITS["exercise"]], {"exercise": unnoted}, scores, [short, *spans[1:]])
    assert found.sessions.sessions == 12


def test_no_pattern_says_what_could_have_been_seen():
    spans, _, scores = lived(20)
    steady = {day: float(day.toordinal() * 7919 % 60) for day in scores}
    (found,) = patterns([HABITS["exercise"]], {"exercise": steady}, scores, spans)
    strong, said = session_words(found)
    assert strong == "No clear pattern."
    assert "only a strong link could have shown (above 0.59). From 20 sessions, 20 ends." in said


def test_limits_are_said():
    assert limit_words(HABITS["exercise"]) == "more than 30 min of exercise"
    assert limit_words(HABITS["sleep_hours"]) == "more than 7 h of sleep"
    assert limit_words(HABITS["meals"]) == "more than 6 of meals"
    assert "need not cause each other" in not_causes()


def test_the_limit_that_divides_nothing_is_named():
    spans, exercise, scores = lived(24)
    (found,) = patterns([HABITS["exercise"]], {"exercise": dict.fromkeys(exercise, 10.0)}, scores, spans)
    assert " ".join(day_words(found, "low mood")) == (
        "Nothing to compare. All days were on the same side of the limit (more than 30 min of exercise)."
    )


def test_choosing_beforehand_is_said_only_once_it_was_done():
    assert not_causes().endswith("The habits were chosen before looking.")
    assert "chosen" not in not_causes(chosen=False)


def test_a_next_day_that_may_be_either_way_is_no_pattern():
    spans, exercise, scores = lived(24)
    draw = Random(4)
    noise = {day: float(draw.randint(0, 10)) for day in scores}
    (result,) = patterns([HABITS["exercise"]], {"exercise": exercise}, noise, spans)
    assert result.days.lower <= 0 <= result.days.upper
    strong, rest = day_words(result, "low mood")
    assert strong == "No clear pattern."
    assert rest.endswith(f"From {result.days.pairs} pairs of days, {result.days.sessions} sessions.")
