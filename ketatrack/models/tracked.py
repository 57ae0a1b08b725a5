"""The measures and habits that every diary starts with, and the names of all measures relief can be timed by."""

from ketatrack.i18n import N_, _, pgettext
from ketatrack.models.enums import Kind
from ketatrack.models.records import Tracked, built_in_id

_BUILT_IN = (
    ("low_mood", N_("Low mood"), Kind.RATING, "", True, False),
    ("anxiety", N_("Anxiety"), Kind.RATING, "", True, False),
    ("pain", N_("Pain"), Kind.RATING, "", True, False),
    ("energy", N_("Energy"), Kind.RATING, "", True, True),
    ("sleep_hours", N_("Sleep"), Kind.HOURS, N_("h"), False, True),
    ("sleep_quality", N_("Sleep quality"), Kind.RATING, "", False, True),
    ("mindfulness", N_("Mindfulness"), Kind.MINUTES, N_("min"), False, True),
    ("exercise", N_("Exercise"), Kind.MINUTES, N_("min"), False, True),
    ("meals", N_("Meals"), Kind.RATING, "", False, True),
    ("psychotherapy", N_("Psychotherapy"), Kind.MINUTES, N_("min"), False, True),
    ("integration", N_("Integration"), Kind.MINUTES, N_("min"), False, True),
)


def built_in() -> tuple[Tracked, ...]:
    """Return what a new diary tracks; the person renames, archives and adds to it."""
    return tuple(
        Tracked(
            id=built_in_id(key),
            key=key,
            name=_(name),
            kind=kind,
            unit=_(unit) if unit else "",
            is_measure=is_measure,
            higher_is_better=better,
            position=position,
        )
        for position, (key, name, kind, unit, is_measure, better) in enumerate(_BUILT_IN)
    )


def end_words(tracked: Tracked) -> tuple[str, str]:
    """Return the words at both ends of a 0-10 rating."""
    if tracked.key == "sleep_quality":
        return _("very poor"), _("very good")
    if tracked.higher_is_better:
        return pgettext("end of a scale", "none"), _("plenty")
    return pgettext("end of a scale", "none"), _("worst I can imagine")
