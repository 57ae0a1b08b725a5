"""Every chart of one measure, written as files: what `ketatrack charts` makes."""

import re
from pathlib import Path

from ketatrack.analysis.estimates import Estimates
from ketatrack.analysis.relief import Relief
from ketatrack.analysis.relief_words import rule_words
from ketatrack.charts.each_session import each_session
from ketatrack.charts.journey import journey_of
from ketatrack.charts.overlaid import overlaid
from ketatrack.charts.saving import FileKind, Picture, picture_bytes
from ketatrack.charts.share_in_relief import share_in_relief
from ketatrack.charts.side_by_side import side_by_side
from ketatrack.charts.words import day_words, filled
from ketatrack.paths import write_all_aside

WIDE, NARROW = 918.0, 620.0


def pictures(relief: Relief, found: Estimates, kind: FileKind) -> dict[str, bytes]:
    """Every chart of one measure as the bytes of a file, by its name."""
    journey = journey_of(relief)
    drawn: tuple[tuple[str, Picture, float], ...] = (
        ("journey", journey, WIDE),
        ("sessions-overlaid", overlaid(relief), NARROW),
        ("share-in-relief", share_in_relief(relief, found), NARROW),
        ("each-session", each_session(relief, found), WIDE),
        *((f"side-by-side-{each.by.lower()}", each, WIDE) for each in side_by_side(relief)),
    )
    facts = filled(
        "{a} to {b} · {measure}, in relief when {rule}",
        a=day_words(journey.first), b=day_words(journey.last), measure=relief.measure.name,
        rule=rule_words(relief.rule, relief.measure.higher_is_better),
    )  # fmt: skip
    # A key that was brought in from a file may hold anything; a file's name must not leave its folder.
    begin = re.sub(r"[^\w-]", "_", relief.measure.key)
    return {f"{begin}-{name}.{kind}": picture_bytes(picture, kind, facts, wide) for name, picture, wide in drawn}


def write_all(relief: Relief, found: Estimates, folder: Path, kind: FileKind) -> tuple[Path, ...]:
    """Write every chart into `folder` (made where missing), in place of older ones, and return their paths.

    Raises OSError where that is refused; the files that were there stay whole until the new ones are.
    """
    made = pictures(relief, found, kind)
    folder.mkdir(parents=True, exist_ok=True)
    write_all_aside(folder, made)
    return tuple(folder / name for name in made)
