"""Our own archive read back: strictly, because a file that was changed or cut short must not become a diary.

Nothing of it comes in unless all of it can be read.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from ketatrack.errors import ImportRefused, InvalidValue
from ketatrack.importing.merging import Merge, add, instead_of
from ketatrack.models import earlier
from ketatrack.models.plain import ARCHIVE_FORMAT, ARCHIVE_VERSION, from_plain
from ketatrack.models.records import Record
from ketatrack.models.values import check_value
from ketatrack.models.whole import KINDS, WholeDiary

LARGEST_FILE = 256 * 1024 * 1024
_LONGEST_NUMBER = 20
_BEGINNING = 512
_FHIR = re.compile(rb'"resourceType"\s*:')


class _NotOurs(ValueError):
    """JSON that an archive never holds; the sentence says what."""


def plan(path: Path, present: WholeDiary) -> Merge:
    """What an archive would bring to the diary that is `present`; nothing is written.

    A diary that holds nothing but defaults becomes the archived one. Raises ImportRefused as `read` does.
    """
    found, made = read(path), Merge()
    _check_keys(path.name, found, present)
    made.read = len(found.records)
    add(made, found.records, present)
    made.pairs.extend(instead_of(found, present))
    return made


def read(path: Path) -> WholeDiary:
    """The diary that an archive holds.

    Raises ImportRefused where it was written by a newer KetaTrack, is not whole, or holds what no diary can.
    """
    data = _document(path)
    if not isinstance(data, dict) or data.get("format") != ARCHIVE_FORMAT:
        raise ImportRefused(f"{path.name} is JSON, but not an archive of KetaTrack. Nothing was brought in.")
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise _damaged(path.name, "it does not say its version")
    if version > ARCHIVE_VERSION:
        raise ImportRefused(
            f"{path.name} was written by a newer KetaTrack (version {version} of the archive; this one knows up to "
            f"{ARCHIVE_VERSION}). Install the newer KetaTrack to bring it in. Nothing was changed."
        )
    if version == 1:
        data = earlier.archive_of_version_1(data)
    if data.keys() != {"format", "version", *KINDS}:
        raise _damaged(path.name, "whole kinds of entries are missing, or there are some that are not known")
    whole = WholeDiary(**{name: _records(path.name, name, kind, data[name]) for name, kind in KINDS.items()})
    _check_values(path.name, whole)
    return whole


def _document(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ImportRefused(
                f"{path.name} is larger than {LARGEST_FILE // 1024**2} MB, more than any diary's archive. "
                "Nothing was brought in."
            )
        content = path.read_bytes()
    except OSError as error:
        raise ImportRefused(f"{path.name} cannot be read: {error.strerror}.") from error
    if _FHIR.search(content[:_BEGINNING]):
        raise ImportRefused(
            f"{path.name} is a FHIR document, made for a clinic’s system, which KetaTrack cannot bring in. Export the "
            "archive (JSON) or the tables (CSV) from the same diary and bring those in. Nothing was changed."
        )
    try:
        return json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_object, parse_float=_decimal, parse_constant=_no_number,
            parse_int=_integer,
        )  # fmt: skip
    except json.JSONDecodeError as error:
        raise _damaged(path.name, f"it stops being JSON in line {error.lineno}") from None
    except UnicodeDecodeError:
        raise _damaged(path.name, "it is not text in UTF-8") from None
    except RecursionError:
        raise _damaged(path.name, "lists stand in lists without end") from None
    except _NotOurs as error:
        raise _damaged(path.name, str(error)) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _NotOurs("one of its entries has the same field twice")
    return made


def _no_number(_: str) -> NoReturn:
    raise _NotOurs("it holds something in the place of a number that is none")


def _decimal(digits: str) -> Decimal:
    if len(digits) > _LONGEST_NUMBER or "e" in digits.lower():
        raise _NotOurs("it holds a number in a form that KetaTrack does not write")
    return Decimal(digits)


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise _NotOurs("it holds a number that is far too large")
    return int(digits)


def _damaged(name: str, what: str) -> ImportRefused:
    return ImportRefused(
        f"{name} is not a whole archive: {what}. Nothing was brought in; take an unchanged copy, or export it again."
    )


def _records(file: str, name: str, kind: type[Record], rows: Any) -> tuple[Any, ...]:
    if not isinstance(rows, list):
        raise _damaged(file, f"“{name}” is no list")
    made = []
    for number, row in enumerate(rows, start=1):
        try:
            made.append(from_plain(kind, row))
        except InvalidValue as error:
            raise _damaged(file, f"{name}, entry {number}: {str(error).removesuffix('.')}") from None
    repeated = _repeated(each.id for each in made)
    if repeated:
        raise _damaged(file, f"{name}: two entries have the id {repeated}")
    return tuple(made)


def _repeated(things: Iterable[object]) -> object | None:
    return next((thing for thing, times in Counter(things).items() if times > 1), None)


def _check_values(file: str, whole: WholeDiary) -> None:
    """What a check-in says is of something that is tracked, and within its range."""
    if _repeated(each.key for each in whole.tracked):
        raise _damaged(file, "tracked: two entries have the same key")
    kinds = {each.id: each.kind for each in whole.tracked}
    for number, entry in enumerate(whole.check_ins, start=1):
        for value in entry.values:
            where = f"check_ins, entry {number}"
            if value.tracked_id not in kinds:
                raise _damaged(file, f"{where}: it rates something that the archive does not track")
            try:
                check_value(kinds[value.tracked_id], value.hundredths)
            except InvalidValue as error:
                raise _damaged(file, f"{where}: {str(error).removesuffix('.')}") from None


def _check_keys(file: str, found: WholeDiary, present: WholeDiary) -> None:
    """The same key under two ids would be one measure in two places."""
    ids = {each.key: each.id for each in present.tracked}
    for each in found.tracked:
        if ids.get(each.key, each.id) != each.id:
            raise ImportRefused(
                f"{file} and this diary know the same measure under two ids, so their entries cannot be put together. "
                "Bring it into a new diary instead."
            )
