"""What every FHIR resource is made with: ids, references, moments, XHTML, and who the diary is about."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from html import escape
from typing import Any, Protocol
from uuid import UUID, uuid5

from fhir.resources.R4B import get_fhir_model_class
from pydantic import ValidationError

from ketatrack.formats.csv_columns import certain_from
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.records import Session, Settings

Resource = dict[str, Any]
_NAMESPACE = UUID("0d3a2f5c-7f0e-4c39-9a6e-2b8f1c1d7a44")
# What XML 1.0 cannot hold, escaped or not; FHIR's own strings forbid most of it too.
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Part(dict[str, Any]):
    """A piece of JSON that is valid as the FHIR type `kind`; never changed after it is made."""

    __slots__ = ("model",)

    def __init__(self, kind: str, content: Resource) -> None:
        super().__init__(content)
        self.model = _checked(kind, content)


def check(resource: Resource) -> Resource:
    """`resource` as it is, once its model has accepted it.

    Raises ValueError, without anything of the diary in it, for what is not valid FHIR: that is a fault of ours.
    """
    _checked(resource["resourceType"], resource)
    return resource


def reference(resource: Resource) -> Resource:
    """Return a reference to a resource of the same bundle."""
    return {"reference": f"urn:uuid:{resource['id']}"}


def identity(*names: object) -> str:
    """Return a resource's id, always the same for the same names (a record's id, and what is made of it)."""
    return str(uuid5(_NAMESPACE, "/".join(map(str, names))))


@cache
def _model(kind: str) -> Any:
    return get_fhir_model_class(kind)


def _checked(kind: str, content: Resource) -> Any:
    try:
        return _model(kind).model_validate({key: _with_models(value) for key, value in content.items()})
    except ValidationError as wrong:
        # The error's own words hold what a person wrote, and this may reach a log.
        places = ", ".join(f"{'.'.join(map(str, error['loc']))} ({error['type']})" for error in wrong.errors())
        raise ValueError(f"not valid FHIR: {kind} {places}") from None


def _with_models(value: Any) -> Any:
    kind = type(value)
    if kind is Part:
        return value.model
    if kind is list:
        return [_with_models(item) for item in value]
    if kind is dict:
        return {key: _with_models(item) for key, item in value.items()}
    return value


class Timed(Protocol):
    """Any entry of the diary."""

    @property
    def day(self) -> date:
        """The diary day."""

    @property
    def local_time(self) -> time | None:
        """The clock time, where it was noted."""

    @property
    def utc_offset_minutes(self) -> int | None:
        """The offset from UTC, where it is known."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When entries were, in their own offset. A clock time from `certain_from` on is of its diary day's own date.

    An earlier one may be of that date or, being written before the diary's next day began, of the date after it.
    """

    certain_from: time

    def when(self, entry: Timed, clock: time | None) -> str:
        """`clock` on the day of an entry as a FHIR dateTime: with time and offset where certain, else the day."""
        exact = self._moment(entry, clock)
        return written(exact) if exact else entry.day.isoformat()

    def entry(self, entry: Timed) -> str:
        """When an entry was, as a FHIR dateTime."""
        return self.when(entry, entry.local_time)

    def session(self, session: Session) -> dict[str, str | dict[str, str]]:
        """When a session was: from its start to its end where both are known."""
        start = self._moment(session, session.local_time)
        if start is None or not session.duration_minutes:
            return {"effectiveDateTime": self.entry(session)}
        end = start + timedelta(minutes=session.duration_minutes)
        return {"effectivePeriod": {"start": written(start), "end": written(end)}}

    def _moment(self, entry: Timed, clock: time | None) -> datetime | None:
        if clock is None or entry.utc_offset_minutes is None or clock < self.certain_from:
            return None
        return datetime.combine(entry.day, clock, timezone(timedelta(minutes=entry.utc_offset_minutes)))


def written(exact: datetime) -> str:
    """Return an aware moment as FHIR writes it, to the second."""
    return exact.isoformat(timespec="seconds")


def in_words(day: date, clock: time | None) -> str:
    """Return a day and, where there is one, a clock time, for a table that people read."""
    return f"{day.isoformat()} {clock:%H:%M}" if clock else day.isoformat()


@dataclass(frozen=True, slots=True)
class FhirContext:
    """A reference to the patient, and the calendar of the diary."""

    patient: Part
    calendar: Calendar


def context(patient: Resource, diary: DiaryData) -> FhirContext:
    """Return the context of a diary, whose Patient has been made."""
    settings = diary.settings[0] if diary.settings else Settings()
    return FhirContext(Part("Reference", reference(patient)), Calendar(certain_from(settings)))


def fhir_text(words: str) -> str:
    """`words` without what FHIR cannot hold; "" where only spaces are left, because FHIR has no empty text."""
    printable = _UNPRINTABLE.sub("\ufffd", words)
    return printable if printable.strip() else ""


def paragraph(words: str) -> str:
    """Return running text; lines stay lines."""
    return f"<p>{_markup(words)}</p>"


def heading(words: str) -> str:
    """Return the title of one table."""
    return f"<h3>{_markup(words)}</h3>"


def listing(items: Iterable[str]) -> str:
    """Return a list, one line for each."""
    return f"<ul>{''.join(f'<li>{_markup(item)}</li>' for item in items)}</ul>"


def rows(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """Return a table; columns in which every cell is empty are left out, and without rows nothing is drawn."""
    visible = [number for number in range(len(head)) if any(row[number] for row in body)]
    if not visible:
        return ""
    top = "".join(f"<th>{_markup(head[number])}</th>" for number in visible)
    lines = ("".join(f"<td>{_markup(row[number])}</td>" for number in visible) for row in body)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"


def narrative(*blocks: str) -> Resource:
    """Return a FHIR Narrative of paragraphs and tables."""
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(blocks)}</div>'
    return {"status": "generated", "div": div}


def _markup(words: str) -> str:
    return escape(fhir_text(words)).replace("\r\n", "\n").replace("\n", "<br/>")
