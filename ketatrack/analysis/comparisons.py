"""Groups of sessions side by side (route, drug, dose, phase, place): numbers, and never a verdict."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import sqrt

from ketatrack.analysis.episodes import Span, Status
from ketatrack.analysis.kaplan_meier import NORMAL_975, midpoints, restricted_mean

LEAST_SESSIONS, LEAST_ENDS = 5, 4
HORIZON = 28


@dataclass(frozen=True, slots=True)
class Group:
    """One group: sessions followed, ends seen, mean days in relief within 28 days, and how many responded.

    `good_days` and its standard error are None where the group is too small to be compared.
    """

    key: Hashable
    followed: int
    ends: int
    responded: int
    assessed: int
    response_interval: tuple[float, float]
    good_days: float | None
    good_days_error: float | None

    @property
    def is_enough(self) -> bool:
        """At least 5 sessions followed and 4 ends seen."""
        return self.followed >= LEAST_SESSIONS and self.ends >= LEAST_ENDS


def comparisons(spans: Sequence[Span], key: Callable[[Span], Hashable | None]) -> tuple[Group, ...]:
    """Return the groups that `key` makes of the spans, largest first; spans whose key is None are left out.

    Only where every group of interest is enough may they stand side by side; the caller shows the others as
    "too few ends".
    """
    keys = list(dict.fromkeys(result for span in spans if (result := key(span)) is not None))
    groups = [_group(group_key, [span for span in spans if key(span) == group_key]) for group_key in keys]
    return tuple(sorted(groups, key=lambda group: -group.followed))


def _group(key: Hashable, spans: Sequence[Span]) -> Group:
    followed = [(span.lower, span.upper) for span in spans if span.lower is not None]
    ends = sum(upper is not None for _, upper in followed)
    assessed = sum(span.status is not Status.NOT_ASSESSED for span in spans)
    enough = len(followed) >= LEAST_SESSIONS and ends >= LEAST_ENDS
    days, error = restricted_mean(*midpoints(followed), HORIZON) if enough else (None, None)
    return Group(key, len(followed), ends, len(followed), assessed, wilson(len(followed), assessed), days, error)


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a proportion (Wilson 1927, J Am Stat Assoc 22:209-212); (0, 1) for n = 0."""
    if n == 0:
        return 0.0, 1.0
    z, share = NORMAL_975, successes / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - reach), min(1.0, middle + reach)
