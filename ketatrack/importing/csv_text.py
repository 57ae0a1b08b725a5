"""A foreign CSV as rows of cells: its encoding and delimiter found out, read line by line, never whole.

Endless lines, NULs and wrong encodings end in a sentence that names the line.
"""

import codecs
import csv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from ketatrack.errors import ImportRefused
from ketatrack.models.values import NOTE_LENGTH

LONGEST_LINE = 1_000_000
# One cell holds a note of full length and the guard in front of it; csv's own limit is an eighth of that.
csv.field_size_limit(NOTE_LENGTH + 1)
_SAMPLE_BYTES = 65_536
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_ENCODINGS = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}


Source = Path | zipfile.Path
"""A file of its own, or one inside a zip."""


@dataclass(frozen=True, slots=True)
class CsvText:
    """How a file is written: what must be known to split it into cells."""

    encoding: str
    delimiter: str

    def words(self) -> str:
        """For people: "UTF-8, comma between the columns"."""
        encoding = _ENCODINGS.get(self.encoding, self.encoding)
        return f"{encoding}, {_DELIMITERS.get(self.delimiter, self.delimiter)} between the columns"


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the number of its first line in the file, and its cells."""

    number: int
    cells: tuple[str, ...]


def find_out(path: Source) -> CsvText:
    """The encoding and delimiter of a file, from its beginning.

    Raises ImportRefused where it is no table of text at all.
    """
    encoding = encoding_of(path)
    return CsvText(encoding, _delimiter(path, encoding))


def encoding_of(path: Source) -> str:
    """The encoding of a file, from its beginning; ImportRefused where it is empty, or no text."""
    try:
        with path.open("rb") as file:
            sample = file.read(_SAMPLE_BYTES)
    except OSError as error:
        raise ImportRefused(f"{path.name} cannot be read: {error.strerror}.") from error
    if not sample.strip():
        raise ImportRefused(f"{path.name} is empty, so there is nothing to bring in.")
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in sample:
        raise ImportRefused(f"{path.name} is not a text file, so it cannot be read as CSV.")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(path: Source, encoding: str) -> str:
    """The one that splits the first rows into the most columns, the same number in each."""
    best, best_score = ",", (False, 0)
    for delimiter in _DELIMITERS:
        widths = [len(line.cells) for line in islice(lines(path, CsvText(encoding, delimiter), trying=True), 50)]
        score = (len(set(widths)) == 1, min(widths, default=0))
        if score[1] > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def lines(path: Source, text: CsvText, *, trying: bool = False, longest: int = LONGEST_LINE) -> Iterator[Line]:
    """All rows of a file, the header first; empty lines are passed over.

    Raises ImportRefused at a line that is no text in this encoding, or that is `longest` characters and does not end.
    `trying` a delimiter, a quotation mark that is never closed says nothing about the file.
    """
    with path.open(encoding=text.encoding, newline="") as file:
        source = _Quoted(_bounded(path, file, longest))
        reader = csv.reader(source, delimiter=text.delimiter)
        while True:
            number, source.marks = reader.line_num + 1, 0
            try:
                cells = next(reader)
            except StopIteration:
                return
            except UnicodeError as error:
                raise ImportRefused(f"{path.name}, line {number}: this is not text in {text.encoding}.") from error
            except csv.Error as error:
                raise ImportRefused(f"{path.name}, line {number}: this row does not end, or is not CSV.") from error
            open_to_the_end = source.ended and source.marks % 2 and set("\r\n") & set(cells[-1])
            if open_to_the_end and not trying:
                raise ImportRefused(
                    f"{path.name}, line {number}: a quotation mark opens here and is never closed, so where the rows "
                    "after it begin cannot be told. Nothing was brought in."
                )
            if cells:
                yield Line(number, tuple(cells))


class _Quoted:
    """Lines as they pass by: how many quotation marks they held since `marks` was last set, and whether they ended."""

    def __init__(self, lines_of_file: Iterator[str]) -> None:
        self._lines = lines_of_file
        self.marks = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.marks += line.count('"')
            yield line
        self.ended = True


def _bounded(path: Source, file: IO[str], longest: int) -> Iterator[str]:
    number = 0
    while line := file.readline(longest):
        number += 1
        if len(line) == longest and not line.endswith(("\n", "\r")):
            raise ImportRefused(f"{path.name}, line {number}: longer than {longest:,} characters; not CSV.")
        if "\x00" in line:
            raise ImportRefused(f"{path.name}, line {number}: holds a NUL, so this is not a text file.")
        yield line
