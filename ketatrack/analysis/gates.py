"""How much data each number needs before it may be shown: every limit stands here, and only here.

The table is relief.md's "What may be shown when"; a pair is (sessions followed, ends seen).
"""

from enum import StrEnum

HEADLINE_NEEDS = (3, 2)
CURVE_NEEDS = (5, 3)
MEDIAN_NEEDS = (8, 5)
KNOWN_NEEDED = 3


class Gate(StrEnum):
    """What so much data allows; each row allows what the ones before do."""

    LIST = "list"
    NO_ENDS = "no_ends"
    HEADLINE = "headline"
    CURVE = "curve"
    MEDIAN = "median"

    @property
    def draws_curve(self) -> bool:
        """Whether the curve, its band and the mean good days may be shown."""
        return self in (Gate.CURVE, Gate.MEDIAN)


def gate_of(followed: int, ends: int) -> Gate:
    """The row of the table for so many sessions followed and ends seen; the row without ends wins over the first."""
    if ends == 0 and followed >= HEADLINE_NEEDS[0]:
        return Gate.NO_ENDS
    for needs, gate in ((MEDIAN_NEEDS, Gate.MEDIAN), (CURVE_NEEDS, Gate.CURVE), (HEADLINE_NEEDS, Gate.HEADLINE)):
        if followed >= needs[0] and ends >= needs[1]:
            return gate
    return Gate.LIST
