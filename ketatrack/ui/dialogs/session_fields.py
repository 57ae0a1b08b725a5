"""A session that is still being written: its fields as a plain dict, and that dict as the JSON of a draft."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, time
from typing import Any
from uuid import UUID

from ketatrack.models.records import Session, Vital
from ketatrack.models.values import Drug, Medicine, Phase, Place, Reason, Route, SideEffect, VitalMoment

KIND = "session"
COPIED = ("route", "drug", "dose_mg", "weight_kg", "phase", "phase_number", "place", "provider", "duration_minutes")
Fields = dict[str, Any]


def fields_of(session: Session) -> Fields:
    """Every field of a session by name."""
    return {each.name: getattr(session, each.name) for each in fields(Session)}


def copied_from(last: Session) -> Fields:
    """What a new session takes over from the last one, with the next number."""
    taken = {name: getattr(last, name) for name in COPIED}
    if last.phase_number is not None:
        taken["phase_number"] = last.phase_number + 1
    return taken


def to_json(values: Mapping[str, Any], new: bool) -> str:
    """The draft's payload; `new` tells a session that is not in the diary yet."""
    plain = {name: _plain(value) for name, value in values.items()}
    return json.dumps({"new": new, "fields": plain}, ensure_ascii=False)


def from_json(payload: str) -> tuple[Fields, bool]:
    """The fields of a draft, and whether it is of a new session."""
    data = json.loads(payload)
    return {name: _read(name, value) for name, value in data["fields"].items() if name in _NAMES}, data["new"]


_NAMES = frozenset(each.name for each in fields(Session))
_READERS: dict[str, Callable[[Any], Any]] = {
    "id": UUID, "day": date.fromisoformat, "local_time": time.fromisoformat, "route": Route, "drug": Drug,
    "phase": Phase, "reason": Reason, "place": Place,
    "side_effects": lambda codes: tuple(map(SideEffect, codes)), "other_side_effects": tuple,
    "medicines": lambda codes: tuple(map(Medicine, codes)), "other_medicines": tuple,
    "vitals": lambda rows: tuple(_vital(row) for row in rows),
}  # fmt: skip


def _read(name: str, value: Any) -> Any:
    return value if value is None or name not in _READERS else _READERS[name](value)


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Vital):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(Vital)}
    return value


def _vital(row: dict[str, Any]) -> Vital:
    clock = row.pop("local_time")
    moment = VitalMoment(row.pop("moment"))
    return Vital(moment=moment, local_time=time.fromisoformat(clock) if clock else None, **row)
