"""The measures and habits that every diary starts with, and the names of all measures relief can be timed by."""

from ketatrack.models.enums import Kind
from ketatrack.models.records import Tracked, built_in_id

_BUILT_IN = (
    ("low_mood", "Low mood", Kind.RATING, "", True, False),
    ("anxiety", "Anxiety", Kind.RATING, "", True, False),
    ("pain", "Pain", Kind.RATING, "", True, False),
    ("energy", "Energy", Kind.RATING, "", True, True),
    ("sleep_hours", "Sleep", Kind.HOURS, "h", False, True),
    ("sleep_quality", "Sleep quality", Kind.RATING, "", False, True),
    ("mindfulness", "Mindfulness", Kind.MINUTES, "min", False, True),
    ("exercise", "Exercise", Kind.MINUTES, "min", False, True),
    ("meals", "Meals", Kind.RATING, "", False, True),
    ("psychotherapy", "Psychotherapy", Kind.MINUTES, "min", False, True),
    ("integration", "Integration", Kind.MINUTES, "min", False, True),
)


def built_in() -> tuple[Tracked, ...]:
    """Return what a new diary tracks; the person renames, archives and adds to it."""
    return tuple(
        Tracked(
            id=built_in_id(key),
            key=key,
            name=name,
            kind=kind,
            unit=unit,
            is_measure=is_measure,
            higher_is_better=better,
            position=position,
        )
        for position, (key, name, kind, unit, is_measure, better) in enumerate(_BUILT_IN)
    )


def end_words(tracked: Tracked) -> tuple[str, str]:
    """Return the words at both ends of a 0-10 rating."""
    if tracked.key == "sleep_quality":
        return "very poor", "very good"
    if tracked.higher_is_better:
        return "none", "plenty"
    return "none", "worst I can imagine"
