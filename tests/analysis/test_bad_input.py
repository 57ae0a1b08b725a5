"""Notes as people really keep them: out of order, doubled, too early, too late. Each counts right and has its words."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest

from ketatrack.analysis import estimate_sentences, sentences
from ketatrack.analysis.episodes import Status
from ketatrack.analysis.estimates import estimates
from ketatrack.analysis.measures import measure_of
from ketatrack.analysis.result import Relief, computed_baseline, relief
from ketatrack.models.enums import BaselineSource, Reason, Route
from ketatrack.models.records import Baseline, Session
from ketatrack.models.tracked import built_in

MOOD = measure_of("low_mood", built_in())
MADE = datetime(2026, 1, 1, tzinfo=UTC)
START = date(2026, 1, 10)
EIGHT = Baseline(measure="low_mood", value=Fraction(8), source=BaselineSource.TYPED, recorded_at=MADE)


def day(n: int) -> date:
    return START + timedelta(days=n)


def session(n: int, **more) -> Session:
    return Session(day=day(n), route=Route.ORAL, **({"reason": Reason.PLANNED} | more))


def rated(n: int, rating: int, at: time | None = None):
    return day(n), at, rating * 100


def after(n: int, lasts: int, until: int):
    """Daily ratings after a session on day n: 2 while in relief, then 8."""
    return [rated(n + d, 2 if d <= lasts else 8) for d in range(1, until)]


def found(scores, sessions, baseline=EIGHT, today=100) -> Relief:
    return relief(MOOD, scores, sessions, baseline=baseline, rule=None, today=day(today))


def told(result: Relief) -> str:
    """Everything the page says about a result."""
    numbers = estimates(result)
    said = [estimate_sentences.headline(result, numbers).sentence, sentences.now(result), sentences.counts(result)]
    parts = estimate_sentences.parts(result, numbers, date.isoformat)
    return "\n".join([*said, *sentences.cautions(result), *(line for part in parts for line in part.lines)])


def test_readings_out_of_order_count_as_in_order():
    scores, sessions = after(0, 12, 30) + after(30, 8, 30), [session(0), session(30)]
    assert found(scores[::-1], sessions[::-1]) == found(scores, sessions)
    assert [(s.lower, s.upper) for s in found(scores[::-1], sessions[::-1]).spans] == [(12, 13), (8, 9)]


def test_two_readings_at_the_same_minute_are_one_day_with_their_exact_mean():
    at = time(9, 0)
    scores = [rated(d, 2) for d in (1, 2)] + [rated(3, 3, at), rated(3, 6, at)] + [rated(d, 8) for d in (4, 5)]
    (span,) = found(scores, [session(0)]).spans
    assert (span.lower, span.upper) == (2, 3)  # the mean of 3 and 6 is above 4, half of the baseline
    (span,) = found([*scores, rated(3, 3, at)], [session(0)]).spans
    assert (span.lower, span.upper) == (3, 4)  # and of 3, 6 and 3 it is exactly 4


def test_readings_before_the_first_session_make_the_baseline_and_no_relief():
    scores = [rated(-n, 7) for n in range(1, 8)] + [rated(-40, 1)]
    result = found([*scores, *after(0, 9, 20)], [session(0)], None)
    assert result.spans[0].status is Status.NOT_ASSESSED
    proposal = computed_baseline(MOOD, scores, [session(0)], day(100), MADE)
    assert proposal is not None
    assert (proposal.value, proposal.readings, proposal.from_day) == (7, 7, day(-7))
    assert found(scores, []).spans == ()
    assert sentences.now(found(scores, [])) == ""


def test_no_baseline_is_said_and_nothing_is_assessed():
    result = found(after(0, 9, 20), [session(0)], None)
    assert result.criterion is None
    assert result.spans[0].status is Status.NOT_ASSESSED
    assert "No baseline yet: without one nobody can say when a score counts as relief." in told(result)
    assert "Not assessed: 2026-01-10. There is no baseline yet." in told(result)


def test_a_baseline_too_low_for_a_percentage_is_said():
    result = found(after(0, 9, 20), [session(0)], replace(EIGHT, value=Fraction(7, 2)))
    assert result.criterion is None
    assert "Your baseline of 3.5 is too low for a percentage, so the scores are shown as they are." in told(result)
    assert "Not assessed: 2026-01-10. The baseline is too low for a percentage." in told(result)


def test_one_session_is_listed_and_no_length_is_claimed():
    result = found(after(0, 9, 20), [session(0)])
    assert told(result).startswith(
        "Not enough sessions yet to say how long relief lasts for you: 1 followed, 1 ends seen; 3 and 2 are needed.\n"
        "Day 100 since your last session.\n1 followed, 1 end\n"
    )
    assert estimates(result).posterior is None


def test_all_censored_gives_no_median():
    sessions = [session(n) for n in range(0, 100, 20)]
    result = found([each for n in range(0, 100, 20) for each in after(n, 99, 20)], sessions)
    assert [span.status for span in result.spans] == [Status.CENSORED] * 5
    assert told(result).startswith(
        "Relief had not faded in any session before the next one (longest follow-up 19 days), so its length cannot be "
        "measured; it is at least that long."
    )
    assert estimates(result).posterior is None
    assert result.estimate.median is None


def test_sessions_on_the_same_day_are_one_course():
    sessions = [session(0, local_time=time(9, 0)), session(0, local_time=time(17, 0)), session(30)]
    result = found(after(0, 12, 30), sessions)
    assert [len(span.session_ids) for span in result.spans] == [2, 1]
    assert result.spans[0].session_ids[-1] == sessions[1].id
    assert (result.spans[0].lower, result.spans[0].upper) == (12, 13)
    assert "count together, as one: the last of them on 2026-01-10." in told(result)


def test_a_session_in_the_future_is_not_counted_yet():
    scores, past = after(0, 12, 30), session(0)
    ahead = found(scores, [past, session(101, reason=Reason.SYMPTOMS)])
    assert ahead == found(scores, [past])
    assert "Day 100 since your last session." in told(ahead)


def test_a_measure_that_starts_years_later_leaves_the_sessions_before_it_out():
    early = [session(-1000 + 30 * n) for n in range(6)]
    late = [session(30 * n) for n in range(3)]
    scores = [each for n in (0, 30, 60) for each in after(n, 10, 30)]
    result = found(scores, [*early, *late])
    assert [span.status for span in result.spans] == [Status.NOT_ASSESSED] * 6 + [Status.ENDED] * 3
    assert result.estimate == found(scores, late).estimate
    alone, together = estimates(found(scores, late)).posterior, estimates(result).posterior
    assert alone is not None
    assert together is not None
    assert (together.median, together.own_share) == (alone.median, alone.own_share)
    assert "Not assessed: 2023-04-16, " in told(result)
    assert "There is no entry in the first 3 days." in told(result)
    assert computed_baseline(MOOD, scores, [*early, *late], day(100), MADE) is None


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_clock_change_moves_no_day(change):
    """Relief is counted in diary days: an hour that is skipped or lived twice makes none longer or shorter."""
    first = change - timedelta(days=2)
    late = Session(
        day=first,
        route=Route.ORAL,
        local_time=time(23, 30),
        duration_minutes=90,
        utc_offset_minutes=120,
        reason=Reason.PLANNED,
    )
    twice = [(change, time(2, 30), 200), (change, time(2, 30), 200)]
    scores = [(first + timedelta(days=n), time(2, 30), 200 if n <= 9 else 800) for n in range(1, 20)] + twice
    result = relief(MOOD, scores, [late], baseline=EIGHT, rule=None, today=change + timedelta(days=30))
    (span,) = result.spans
    assert (span.day, span.lower, span.upper) == (first, 9, 10)
    offsets = [replace(late, utc_offset_minutes=minutes) for minutes in (None, 60, -600)]
    for other in offsets:
        again = relief(MOOD, scores, [other], baseline=EIGHT, rule=None, today=change + timedelta(days=30))
        assert again.spans == result.spans
