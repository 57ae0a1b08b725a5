"""Records of another diary put beside those of this one: what is new comes in, what is there is never overwritten.

Only rows that nobody has touched since the diary was made give way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from ketatrack.i18n import _, ngettext
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.records import Profile, Record, Settings, SharingChoices
from ketatrack.models.tracked import built_in

Pair = tuple[Record | None, Record | None]


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that does not come in: of which file, on which line, and why."""

    file: str
    line: int
    reason: str

    def words(self) -> str:
        """For people: where, and why."""
        return _("{file}, line {n}: {why}").format(file=self.file, n=self.line, why=self.reason)


@dataclass(slots=True)
class Merge:
    """What would be written, and an account of everything read: read = imported + duplicates + skipped.

    `defaults` of the duplicates are what every new diary holds; nobody entered them, so the words leave them out.
    """

    read: int = 0
    imported: int = 0
    duplicates: int = 0
    defaults: int = 0
    skipped: list[Bad] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    unit: ClassVar = "entries"

    def as_json(self) -> dict[str, object]:
        """Return the account as the command line prints it."""
        skipped = [{"file": row.file, "line": row.line, "reason": row.reason} for row in self.skipped]
        return {"read": self.read, "imported": self.imported, "duplicates": self.duplicates, "skipped": skipped}


def add(merge: Merge, records: Iterable[Record], present: DiaryData) -> None:
    """Account for each record that was found and was good, and plan how it comes in.

    One that the diary has, by its id, counts as here already, also where it differs: what the person changed since
    stays. An untouched default (a built-in habit, the settings) is no entry of theirs, so the other one replaces it.
    """
    here = {(type(known), known.id): known for known in present.records}
    planned = set()
    for record in records:
        key = (type(record), record.id)
        existing = here.get(key)
        if key not in planned and (existing is None or (existing != record and is_untouched(existing))):
            planned.add(key)
            merge.imported += 1
            merge.pairs.append((existing, record))
        else:
            merge.duplicates += 1
            merge.defaults += is_untouched(record)


def instead_of(data: DiaryData, present: DiaryData) -> Iterator[Pair]:
    """Where the diary holds nothing but defaults: the removal of those that the other one does without."""
    if all(is_untouched(record) for record in present.records):
        wanted = {(type(record), record.id) for record in data.records}
        yield from ((record, None) for record in present.records if (type(record), record.id) not in wanted)


def is_untouched(record: Record) -> bool:
    """Whether this is a row of every new diary, as it was made."""
    return record in (*built_in(), Profile(), Settings(), SharingChoices())


def read_in_words(unit: str, n: int) -> str:
    """Return how much of a file was read: "1 row read", "1,476 entries read"; `unit` is that of the plan."""
    if unit == Merge.unit:
        return ngettext("{n} entry read", "{n} entries read", n).format(n=f"{n:,}")
    return ngettext("{n} row read", "{n} rows read", n).format(n=f"{n:,}")
