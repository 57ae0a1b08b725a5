"""What earlier versions wrote in words and is stored as a code now: a diary, a draft, an archive or a table of theirs.

A migration that has been released reads these; nothing here is ever changed, only added to.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

# What the session sheet said up to version 4 of the diary.
_LABELS: dict[str, dict[str, str]] = {
    "side_effects": {
        "Dizzy": "dizzy",
        "Headache": "headache",
        "Blurred sight": "blurred_sight",
        "Anxious": "anxious",
        "Vomited": "vomited",
        "Bladder discomfort": "bladder_discomfort",
    },
    "medicines": {
        "Benzodiazepine": "benzodiazepine",
        "Other sleep aid": "other_sleep_aid",
        "Stimulant": "stimulant",
        "MAOI": "maoi",
        "Opioid": "opioid",
    },
}


def with_codes(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a session with a code for each side effect and medicine that has one.

    Other words move to the field for the person's own, as they were; codes stay. What is no list of words is left.
    """
    result = dict(fields)
    for name, labels in _LABELS.items():
        words, own = fields.get(name), f"other_{name}"
        if isinstance(words, list | tuple) and all(isinstance(word, str) for word in words):
            codes, others = _codes_and_others(words, labels)
            kind = type(words)
            result[name], result[own] = kind(codes), kind([*others, *fields.get(own, ())])
    return result


def draft_with_codes(payload: str) -> str:
    """Return the JSON of an unfinished session sheet, likewise; anything else as it is."""
    try:
        data = json.loads(payload)
    except (ValueError, RecursionError):
        return payload
    if not isinstance(data, dict) or not isinstance(data.get("fields"), dict):
        return payload
    return json.dumps(data | {"fields": with_codes(data["fields"])}, ensure_ascii=False)


def archive_of_version_1(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stood in an archive of version 1, as version 2 says it.

    There, numbers with decimals stood in whole hundredths, and side effects and medicines in words. Anything that is
    not as version 1 wrote it stays as it is, for the reader to refuse.
    """
    result = dict(data)
    result["sessions"] = _each(data.get("sessions"), lambda row: _in_units(with_codes(row), *_SESSION_HUNDREDTHS))
    result["rules"] = _each(data.get("rules"), lambda row: _in_units(row, "value"))
    result["check_ins"] = _each(data.get("check_ins"), lambda row: row | {"values": _each(row.get("values"), _value)})
    result["drafts"] = _each(data.get("drafts"), _draft)
    result["settings"] = _each(data.get("settings"), lambda row: {"relief_measure": None} | row)
    return {kind: rows for kind, rows in result.items() if kind in data}


_SESSION_HUNDREDTHS = ("dose_mg", "weight_kg", "detached", "sleepy", "nausea", "mood_before", "mood_after")


def _each(rows: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    if not isinstance(rows, list):
        return rows
    return [change(row) if isinstance(row, dict) else row for row in rows]


def _in_units(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return row | {name: Decimal(row[name]) / 100 for name in names if type(row.get(name)) in (int, Decimal)}


def _value(row: dict[str, Any]) -> dict[str, Any]:
    """Return a value of a check-in, whose field was named for how it was stored."""
    result = _in_units(row, "hundredths")
    return {("value" if name == "hundredths" else name): value for name, value in result.items()}


def _draft(row: dict[str, Any]) -> dict[str, Any]:
    is_sheet = row.get("kind") == "session" and isinstance(row.get("payload"), str)
    return row | {"payload": draft_with_codes(row["payload"])} if is_sheet else row


def _codes_and_others(words: Iterable[str], labels: Mapping[str, str]) -> tuple[list[str], list[str]]:
    known = {label.casefold(): code for label, code in labels.items()} | {code: code for code in labels.values()}
    codes: list[str] = []
    others: list[str] = []
    for word in words:
        code = known.get(word.strip().casefold())
        if code is None:
            others.append(word)
        elif code not in codes:
            codes.append(code)
    return codes, others
