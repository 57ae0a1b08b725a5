"""Who tells all this, and by which calendar: what every resource needs to know of the diary."""

from dataclasses import dataclass

from ketatrack.models.records import Settings
from ketatrack.models.sheets import certain_from
from ketatrack.models.whole import WholeDiary
from ketatrack.sharing.fhir.parts import Part, Resource, reference
from ketatrack.sharing.fhir.times import Calendar


@dataclass(frozen=True, slots=True)
class Teller:
    """A reference to the patient, and the calendar of the diary."""

    patient: Part
    calendar: Calendar


def teller(patient: Resource, diary: WholeDiary) -> Teller:
    """The teller of a diary, whose Patient has been made."""
    settings = diary.settings[0] if diary.settings else Settings()
    return Teller(Part("Reference", reference(patient)), Calendar(certain_from(settings)))
