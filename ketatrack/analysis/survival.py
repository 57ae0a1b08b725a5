"""Every way KetaTrack estimates how long relief lasts, in one place for those who use it from Python."""

from ketatrack.analysis.kaplan_meier import Median, Row, kaplan_meier, median_of, restricted_mean
from ketatrack.analysis.npmle import Turnbull, innermost, turnbull
from ketatrack.analysis.weibull import MOOD_PRIOR, PAIN_PRIOR, Prior, WeibullPosterior, weibull_posterior

__all__ = [
    "MOOD_PRIOR",
    "PAIN_PRIOR",
    "Median",
    "Prior",
    "Row",
    "Turnbull",
    "WeibullPosterior",
    "innermost",
    "kaplan_meier",
    "median_of",
    "restricted_mean",
    "turnbull",
    "weibull_posterior",
]
