"""The gates: what each amount of data allows, in the exact words, and nothing beyond it."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import inf

import pytest

from ketatrack.analysis import estimate_sentences, sentences
from ketatrack.analysis.estimates import as_json, estimates
from ketatrack.analysis.measures import measure_of
from ketatrack.analysis.result import Gate, Relief, gate_of, relief
from ketatrack.models.enums import BaselineSource, Reason, Route
from ketatrack.models.records import Baseline, Session
from ketatrack.models.tracked import built_in

START = date(2026, 1, 1)
EVERY = 30
EIGHT = Baseline(
    measure="low_mood", value=Fraction(8), source=BaselineSource.TYPED, recorded_at=datetime(2026, 1, 1, tzinfo=UTC)
)


def lived(lengths, key="low_mood", step=1):
    """Sessions 30 days apart, planned; relief after each lasts as many days as said (29: not seen to end)."""
    attended = [
        Session(day=START + timedelta(days=EVERY * n), route=Route.ORAL, reason=Reason.PLANNED)
        for n in range(len(lengths) + 1)
    ]
    scores = [
        (session.day + timedelta(days=day), None, 200 if day <= length else 800)
        for session, length in zip(attended, lengths, strict=False)
        for day in range(step, EVERY, step)
    ]
    today = START + timedelta(days=EVERY * len(lengths))
    measure = measure_of(key, built_in())
    return relief(measure, scores, attended, baseline=EIGHT, rule=None, today=today)


@pytest.mark.parametrize(
    ("followed", "ends", "gate"),
    [
        (0, 0, Gate.LIST),
        (2, 2, Gate.LIST),
        (3, 1, Gate.LIST),
        (9, 1, Gate.LIST),
        (2, 0, Gate.LIST),
        (3, 0, Gate.NO_ENDS),
        (9, 0, Gate.NO_ENDS),
        (3, 2, Gate.HEADLINE),
        (4, 4, Gate.HEADLINE),
        (9, 2, Gate.HEADLINE),
        (5, 3, Gate.CURVE),
        (7, 7, Gate.CURVE),
        (9, 4, Gate.CURVE),
        (8, 5, Gate.MEDIAN),
        (30, 30, Gate.MEDIAN),
    ],
)
def test_the_table_of_gates(followed, ends, gate):
    assert gate_of(followed, ends) is gate


def sentence(result: Relief) -> str:
    return estimate_sentences.headline(result, estimates(result)).sentence


@pytest.mark.parametrize("lengths", [[], [12], [12, 14], [12, 29, 29]])
def test_too_few_sessions(lengths):
    result = lived(lengths)
    n, e = len(lengths), sum(length < 29 for length in lengths)
    assert sentence(result) == (
        "Not enough sessions yet to say how long relief lasts for you: "
        f"{n} followed, {e} ends seen; 3 and 2 are needed."
    )
    assert estimates(result).posterior is None


def test_no_ends():
    assert sentence(lived([29, 29, 29])) == (
        "Relief had not faded in any session before the next one (longest follow-up 29 days), so its length cannot be "
        "measured; it is at least that long."
    )


def test_an_early_estimate_leans_on_published_studies():
    result = lived([7, 10, 29])
    found = estimates(result)
    posterior = found.posterior
    said = estimate_sentences.headline(result, found)
    words, number = said.sentence, said.number
    assert number == f"about {round(posterior.median)} days"
    assert words == (
        f"Early estimate, leaning partly on published studies: {number} "
        f"(could be {round(posterior.lower)} to {round(posterior.upper)})."
    )
    behind = estimate_sentences.behind(result, found)
    assert behind[0] == f"{round(100 * posterior.own_share)} % of this comes from your own sessions."
    assert (found.good_days, found.bounds, found.turnbull, found.drift) == (None, (), None, None)
    assert not any("half of the sessions" in each for each in behind)


def test_with_a_curve():
    result = lived([9, 12, 13, 29, 29])
    found = estimates(result)
    assert sentence(result).startswith("After the sessions recorded here, relief lasted about ")
    assert "(likely range " in sentence(result)
    assert found.good_days.lower <= found.good_days.mean <= found.good_days.upper
    assert found.bounds
    assert found.drift is None
    assert not any("half of the sessions" in each for each in estimate_sentences.behind(result, found))


def test_with_a_median_and_drift():
    result = lived([28 - n for n in range(12)])
    found = estimates(result)
    behind = " ".join(estimate_sentences.behind(result, found))
    assert "In half of the sessions relief had faded by day" in behind
    assert "relief became shorter: by 5.0 days per 5 sessions" in behind
    assert "Relief followed 12 of 12 sessions" in behind
    steady = lived([15, 12, 17, 14, 16, 13, 15, 12, 17, 14])
    assert not any("became" in each for each in estimate_sentences.behind(steady, estimates(steady)))


def test_readings_far_apart_get_turnbulls_boxes():
    result = lived([14, 14, 21, 21, 14, 7, 21, 14, 7], step=7)
    found = estimates(result)
    assert result.estimate.apart is (found.turnbull is not None)


def test_pain_leans_on_its_own_studies():
    found = estimates(lived([12, 14, 29], key="pain"))
    mood = estimates(lived([12, 14, 29]))
    assert found.posterior.median != mood.posterior.median


def test_the_json_holds_what_the_gate_allows_and_no_more():
    few, many = lived([12]), lived([28 - n for n in range(12)])
    small, large = (as_json(estimates(each), sentence(each)) for each in (few, many))
    assert list(small) == list(large)
    assert (small["estimate"], small["restricted_mean"], small["turnbull"], small["bounds"], small["drift"]) == (
        None,
        None,
        [],
        [],
        None,
    )
    assert small["response_rate"]["assessed"] == 1
    assert large["estimate"]["median"] > 0
    assert large["restricted_mean"]["horizon"] == 28
    assert large["sentence"] == sentence(many)


def test_no_word_that_says_what_to_do_or_what_will_come():
    results = [lived([12 + n % 5 for n in range(many)]) for many in (1, 3, 6, 12)]
    said = " ".join(
        " ".join(
            (
                sentence(result),
                *estimate_sentences.behind(result, estimates(result)),
                sentences.now(result),
                *sentences.cautions(result),
            )
        )
        for result in results
    )
    for forbidden in ("predict", "due", "should", "recommend", "optimal"):
        assert forbidden not in said
    assert "not a forecast and not advice" in sentences.not_a_forecast()


def test_the_json_holds_turnbulls_boxes_and_their_masses():
    result = lived([9, 12, 14, 16, 20, 29], step=3)
    numbers = estimates(result)
    boxes = as_json(numbers, sentence(result))["turnbull"]
    assert [(box["lower"], box["upper"]) for box in boxes] == [
        (low, None if high == inf else high) for low, high in numbers.turnbull.intervals
    ]
    assert boxes[-1]["upper"] is None
    assert sum(box["mass"] for box in boxes) == pytest.approx(1)
