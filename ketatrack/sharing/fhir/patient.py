"""The person: with a name where there is one to show, else a pseudonym that is only an id."""

from itertools import chain

from ketatrack.sharing.fhir.codes import patient_supplied
from ketatrack.sharing.fhir.narrative import plain
from ketatrack.sharing.fhir.parts import Resource, identity
from ketatrack.sharing.shared import Shared


def patient(shared: Shared) -> Resource:
    """A Patient. What was hidden is no longer in `shared`, so nothing is decided here."""
    profile = shared.diary.profile
    made: Resource = {"resourceType": "Patient", "id": _identity(shared), "meta": patient_supplied()}
    if plain(profile.name):
        made["name"] = [{"text": plain(profile.name)}]
    if profile.birth_date:
        made["birthDate"] = profile.birth_date.isoformat()
    return made


def _identity(shared: Shared) -> str:
    """From the oldest entry: the same for every export of it, another for another person's diary."""
    diary = shared.diary
    dated = ([(each.day, each.id) for each in entries] for entries in (diary.sessions, diary.check_ins, diary.answers))
    oldest = min(chain.from_iterable(dated), default=None)
    return identity("patient", oldest[1] if oldest else shared.made_at.isoformat())
