"""Above which dose the session sheet asks back whether it was typed right.

The limits only catch slips of a factor ten (400 for 40, 5,000 for 500). They come from no guideline and say nothing
about what is usual, safe or too much: each lies between a common dose by that route and ten times that dose.
"""

from ketatrack.models.values import Route

_ASK_ABOVE_MG = {
    Route.INTRAVENOUS: 300,
    Route.INTRAMUSCULAR: 300,
    Route.SUBCUTANEOUS: 300,
    Route.NASAL: 300,
    Route.SUBLINGUAL: 1_000,
    Route.ORAL: 1_000,
}


def may_be_a_slip(dose: int | None, route: Route) -> bool:
    """Whether a dose (hundredths of a mg) is so high that it may be a slip of the finger."""
    return dose is not None and dose > _ASK_ABOVE_MG[route] * 100
