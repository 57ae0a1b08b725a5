"""How large the diary is, for each year of daily notes."""

from benchmarks.material import YEARS, Material
from benchmarks.table import Figure


def figures(material: Material) -> list[Figure]:
    """The file's size over its years."""
    megabytes = material.diary.stat().st_size / 1e6
    return [Figure("file size per year of daily diary", megabytes / YEARS, 1.5, "MB", f"{megabytes:.1f} MB in all")]
