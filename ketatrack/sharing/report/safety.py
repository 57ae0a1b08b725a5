"""Safety in a few lines: blood pressure, side effects, other medicines, as noted in the sessions of the period."""

from collections import Counter
from collections.abc import Iterable

from ketatrack.models import labels
from ketatrack.models.records import Session
from ketatrack.models.values import SideEffect, VitalMoment
from ketatrack.sharing.report import pressure
from ketatrack.sharing.report.basis import Basis
from ketatrack.sharing.report.parts import Passage
from ketatrack.sharing.report.words import counted, filled, spelled, tr

MOST_NAMED = 12
# Worth saying that they were never ticked.
WATCHED = (SideEffect.VOMITED, SideEffect.BLADDER_DISCOMFORT)


def safety(basis: Basis) -> tuple[Passage, ...]:
    """What page 1 says of safety."""
    return _pressure(basis), _side_effects(basis.sessions), _medicines(basis.sessions)


def _pressure(basis: Basis) -> Passage:
    sessions = basis.sessions
    read = [each for each in sessions if any(pressure.pressure_of(vital) for vital in each.vitals)]
    if not read:
        return Passage(tr("Blood pressure:"), tr("not noted in this period."))
    lead = filled("Blood pressure, {n} of {all} sessions:", n=len(read), all=len(sessions))
    middles = [
        (word, pressure.middle(found for each in read if (found := pressure.at(each, moment))))
        for word, moment in ((tr("before"), VitalMoment.BEFORE), (tr("at 40 min"), VitalMoment.FORTY_MINUTES))
    ]
    told = ", ".join(f"{word} {pressure.written(found)}" for word, found in middles if found)
    said = [f"{told} {tr('(medians).')}"] if told else []
    times = pressure.above_before(sessions)
    if any(pressure.at(each, VitalMoment.BEFORE) for each in read):
        said.append(filled("Above 140/90 before a session: {times}.", times=_times(times)))
    rise = pressure.largest_rise(sessions)
    if rise is not None and rise.rise is not None:
        day = basis.formats.day(rise.session.day)
        said.append(filled("Largest rise {rise}, {day}.", rise=pressure.rise_written(rise.rise), day=day))
    return Passage(lead, " ".join(said))


def _times(n: int) -> str:
    return {0: tr("never"), 1: tr("once"), 2: tr("twice")}.get(n) or filled("{n} times", n=spelled(n))


def counts_of(words: Iterable[tuple[str, ...]], most: int = MOST_NAMED) -> str:
    """In how many sessions each was noted, the `most` frequent first: "dizzy 14, headache 6"; "" for none."""
    found = Counter(each.strip() for noted in words for each in dict.fromkeys(noted) if each.strip())
    ordered = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    told = [f"{_small(word)} {n}" for word, n in ordered[:most]]
    more = len(ordered) - len(told)
    return ", ".join(told) + (", " + counted(more, "other kind", "other kinds") if more > 0 else "")


def _small(word: str) -> str:
    """Without a capital at the beginning, where only the first letter is one."""
    return word[0].lower() + word[1:] if word[1:].islower() else word


def _side_effects(sessions: Iterable[Session]) -> Passage:
    noted = list(sessions)
    told = counts_of(map(labels.side_effects, noted))
    if not told:
        return Passage(tr("Side effects:"), tr("none noted."))
    held = {effect for each in noted for effect in each.side_effects}
    never = [_small(labels.side_effect(effect)) for effect in WATCHED if effect not in held]
    silent = " " + filled("{names}: none noted.", names=", ".join(never).capitalize()) if never else ""
    return Passage(tr("Side effects, sessions with:"), f"{told}.{silent}")


def _medicines(sessions: Iterable[Session]) -> Passage:
    told = counts_of(map(labels.medicines, sessions))
    if not told:
        return Passage(tr("Other medicines on session days:"), tr("none noted."))
    return Passage(tr("Other medicines, session days with:"), f"{told}.")
