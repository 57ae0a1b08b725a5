"""The archive: one JSON document with everything in it, the same bytes for the same diary.

What it may hold is stated in resources/archive, field by field; importing it gives the identical diary.
"""

import json
from dataclasses import fields

from ketatrack.models.plain import ARCHIVE_FORMAT, ARCHIVE_VERSION, to_plain
from ketatrack.models.whole import WholeDiary


def archive(whole: WholeDiary) -> bytes:
    """The JSON of a whole diary, UTF-8, one record a line, each kind in the order of the diary."""
    kinds = [f"{json.dumps(each.name)}: {_lines(getattr(whole, each.name))}" for each in fields(whole)]
    head = [f'"format": {json.dumps(ARCHIVE_FORMAT)}', f'"version": {ARCHIVE_VERSION}']
    return ("{\n" + ",\n".join((*head, *kinds)) + "\n}\n").encode()


def _lines(records: tuple[object, ...]) -> str:
    if not records:
        return "[]"
    written = (json.dumps(to_plain(each), ensure_ascii=False, allow_nan=False) for each in records)
    return "[\n" + ",\n".join(written) + "\n]"
