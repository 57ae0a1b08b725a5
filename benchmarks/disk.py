"""How large the diary is, for each year of daily notes."""

from benchmarks.fhir import shared
from benchmarks.material import YEARS, Material
from benchmarks.table import Figure, against
from ketatrack.formats.archive import archive

# How many times the bare thing each may be.
REACH_SIZE = 4.5


def figures(material: Material) -> list[Figure]:
    """Return the file's size over its years."""
    megabytes = material.diary.stat().st_size / 1e6
    plain = len(archive(shared(YEARS).diary)) / 1e6
    return [against("file size, its archive as plain JSON", megabytes, plain, REACH_SIZE, "MB", f"{YEARS} years")]
