"""Every way KetaTrack estimates how long relief lasts, in one place for those who use it from Python."""

from ketatrack.analysis.bounds import Bound, peterson_bounds, restricted_mean_bounds
from ketatrack.analysis.comparisons import Group, comparisons, wilson
from ketatrack.analysis.kaplan_meier import Median, Row, kaplan_meier, median_of, restricted_mean
from ketatrack.analysis.npmle import Turnbull, innermost, turnbull
from ketatrack.analysis.trends import Drift, drift
from ketatrack.analysis.weibull import MOOD_PRIOR, PAIN_PRIOR, Prior, WeibullPosterior, weibull_posterior

__all__ = [
    "MOOD_PRIOR",
    "PAIN_PRIOR",
    "Bound",
    "Drift",
    "Group",
    "Median",
    "Prior",
    "Row",
    "Turnbull",
    "WeibullPosterior",
    "comparisons",
    "drift",
    "innermost",
    "kaplan_meier",
    "median_of",
    "peterson_bounds",
    "restricted_mean",
    "restricted_mean_bounds",
    "turnbull",
    "weibull_posterior",
    "wilson",
]
