"""The beginning of a file that someone brings in: enough to propose which column is what."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ketatrack.importing.csv_text import CsvText, find_out, lines
from ketatrack.importing.mapping import SAMPLE_ROWS


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file: how it is written, its columns, and its first rows."""

    text: CsvText
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def cells(self, name: str) -> list[str]:
        """The first cells of one column."""
        place = self.names.index(name)
        return [row[place] for row in self.rows if len(row) > place]


def sample(path: Path) -> Sample:
    """Look at the beginning of a file; ImportRefused where it is no table."""
    text = find_out(path)
    head, *rows = islice(lines(path, text), SAMPLE_ROWS)
    return Sample(text, tuple(name.strip() for name in head.cells), tuple(row.cells for row in rows))
