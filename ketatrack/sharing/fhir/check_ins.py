"""Check-ins: each rating and habit as an Observation of its own, and the note."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from ketatrack.models.records import CheckIn, Tracked
from ketatrack.models.values import Kind
from ketatrack.sharing.fhir import codes
from ketatrack.sharing.fhir.narrative import plain
from ketatrack.sharing.fhir.observation import observation
from ketatrack.sharing.fhir.parts import Resource, identity
from ketatrack.sharing.fhir.teller import Teller

UNITS = {Kind.RATING: "score", Kind.MINUTES: "minutes", Kind.HOURS: "hours", Kind.COUNT: "count"}


def values(check_in: CheckIn, tracked: Mapping[UUID, Tracked], teller: Teller) -> Iterator[tuple[Tracked, Resource]]:
    """Every rating and habit of a check-in, with what it is of."""
    at = teller.calendar.entry(check_in)
    for value in check_in.values:
        of = tracked.get(value.tracked_id)
        if of is not None:
            name = _entry(of)
            code = codes.concept(codes.OBSERVATIONS, name, plain(of.name))
            told = {"code": code, **_value(of.kind, value.hundredths)}
            yield of, observation(name, identity(check_in.id, of.id), teller, at, **told)


def note(check_in: CheckIn, teller: Teller) -> Resource | None:
    """The note of a check-in; None without one."""
    words = plain(check_in.note)
    if not words:
        return None
    at = teller.calendar.entry(check_in)
    return observation("note", identity(check_in.id, "note"), teller, at, valueString=words)


def _entry(tracked: Tracked) -> str:
    if codes.known(codes.OBSERVATIONS, tracked.key):
        return tracked.key
    return "own_measure" if tracked.is_measure else "own_habit"


def _value(kind: Kind, stored: int) -> Resource:
    if kind is Kind.YES_NO:
        return {"valueBoolean": stored > 0}
    return {"valueQuantity": codes.hundredths(stored, UNITS[kind])}
