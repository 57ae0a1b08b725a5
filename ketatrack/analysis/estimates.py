"""How long relief lasts, and how sure that is: what the gates of the design allow to be said, and the numbers for it.

Needs numpy, so Today does without it; a `Relief` result comes in, one frozen `Estimates` goes out.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import inf

from ketatrack.analysis.bounds import Bound, peterson_bounds, restricted_mean_bounds
from ketatrack.analysis.comparisons import wilson
from ketatrack.analysis.episodes import Span, Status
from ketatrack.analysis.kaplan_meier import midpoints, restricted_mean
from ketatrack.analysis.npmle import Turnbull, turnbull
from ketatrack.analysis.result import GOOD_DAYS_WITHIN, Gate, Relief, gate_of
from ketatrack.analysis.trends import Drift, drift
from ketatrack.analysis.weibull import MOOD_PRIOR, PAIN_PRIOR, Prior, WeibullPosterior, weibull_posterior

_PAIN = frozenset({"pain", "peg"})


@dataclass(frozen=True, slots=True)
class Response:
    """How many of the sessions that could be judged were followed by relief, with Wilson's 95 % interval."""

    responded: int
    assessed: int
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class GoodDays:
    """Mean days in relief within `within` days after a session, its error, and the least and most it can be."""

    mean: float
    standard_error: float
    within: int
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Estimates:
    """All that may be said; None or empty is what the gate withholds.

    `turnbull` is there where readings lie too far apart for midpoints; else the curve is the Kaplan-Meier one of
    the `Relief` result.
    """

    gate: Gate
    response: Response
    posterior: WeibullPosterior | None
    good_days: GoodDays | None
    turnbull: Turnbull | None
    bounds: tuple[Bound, ...]
    drift: Drift | None


def estimates(result: Relief, look_for_drift: bool = True) -> Estimates:
    """Work out everything the gate allows for one result; drift takes longest and can be left out."""
    followed = [span for span in result.spans if span.lower is not None]
    gate = gate_of(len(followed), sum(span.upper is not None for span in followed))
    response = _response(result)
    if gate in (Gate.LIST, Gate.NO_ENDS):
        return Estimates(gate, response, None, None, None, (), None)
    prior = prior_of(result)
    posterior = weibull_posterior([_interval(span) for span in followed], prior)
    if not gate.draws_curve:
        return Estimates(gate, response, posterior, None, None, (), None)
    times, ended = midpoints([(span.lower or 0, span.upper) for span in followed])
    bounds = peterson_bounds(times, ended, [span.running and span.upper is None for span in followed])
    return Estimates(
        gate,
        response,
        posterior,
        _good_days(times, ended, bounds),
        turnbull([_interval(span) for span in followed]) if result.estimate.apart else None,
        bounds,
        drift([float(time) for time in times], ended) if gate is Gate.MEDIAN and look_for_drift else None,
    )


def prior_of(result: Relief) -> Prior:
    """Return what published studies say beforehand about relief on this measure."""
    return PAIN_PRIOR if result.measure.key in _PAIN else MOOD_PRIOR


def _interval(span: Span) -> tuple[float, float]:
    return float(span.lower or 0), inf if span.upper is None else float(span.upper)


def _response(result: Relief) -> Response:
    assessed = [span for span in result.spans if span.status is not Status.NOT_ASSESSED]
    responded = sum(span.status is not Status.NO_RESPONSE for span in assessed)
    return Response(responded, len(assessed), *wilson(responded, len(assessed)))


def _good_days(times: list[int | Fraction], ended: list[bool], bounds: tuple[Bound, ...]) -> GoodDays:
    within = min(GOOD_DAYS_WITHIN, int(max(times)))
    mean, error = restricted_mean(times, ended, within)
    lower, upper = restricted_mean_bounds(bounds, within)
    return GoodDays(mean, error, within, float(lower), float(upper))


def as_json(estimated: Estimates, sentence: str) -> dict[str, object]:
    """Return what `ketatrack relief --json` says besides the spans and the curve; what is withheld is null or empty."""
    return {
        "gate": str(estimated.gate),
        "sentence": sentence,
        "response_rate": _response_json(estimated.response),
        "estimate": _posterior_json(estimated.posterior),
        "restricted_mean": _good_days_json(estimated.good_days),
        "turnbull": _turnbull_json(estimated.turnbull),
        "bounds": [
            {"t": float(row.t), "lower": float(row.lower), "upper": float(row.upper)} for row in estimated.bounds
        ],
        "drift": _drift_json(estimated.drift),
    }


def _response_json(response: Response) -> dict[str, object]:
    value = response.responded / response.assessed if response.assessed else None
    counted: dict[str, object] = {"responded": response.responded, "assessed": response.assessed, "value": value}
    return {**counted, "lower": response.lower, "upper": response.upper} if response.assessed else counted


def _posterior_json(posterior: WeibullPosterior | None) -> dict[str, object] | None:
    if posterior is None:
        return None
    return {
        "median": posterior.median,
        "lower": posterior.lower,
        "upper": posterior.upper,
        "own_share": posterior.own_share,
        "differs": posterior.differs,
    }


def _good_days_json(good_days: GoodDays | None) -> dict[str, object] | None:
    if good_days is None:
        return None
    return {
        "value": good_days.mean,
        "standard_error": good_days.standard_error,
        "horizon": good_days.within,
        "lower_bound": good_days.lower,
        "upper_bound": good_days.upper,
    }


def _turnbull_json(estimate: Turnbull | None) -> list[dict[str, object]]:
    if estimate is None:
        return []
    return [
        {"lower": low, "upper": None if high == inf else high, "mass": mass}
        for (low, high), mass in zip(estimate.intervals, estimate.masses, strict=True)
    ]


def _drift_json(trend: Drift | None) -> dict[str, object] | None:
    if trend is None:
        return None
    return {"n": trend.n, "tau": trend.tau, "p": trend.p, "days_per_5_sessions": trend.slope}
