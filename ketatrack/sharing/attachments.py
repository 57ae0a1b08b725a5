"""The data that a report carries inside: the tables and the FHIR document of the same shared diary."""

from ketatrack.sharing import csv_files
from ketatrack.sharing.fhir import bundle
from ketatrack.sharing.shared import Shared

FHIR_NAME = "ketatrack-fhir.json"


def attachments(shared: Shared) -> dict[str, bytes]:
    """File contents by name, exactly what the exports of the same choices give; none where that was not chosen."""
    if not shared.choices.attach:
        return {}
    return {**csv_files.csv_files(shared), FHIR_NAME: bundle.document(shared)}
