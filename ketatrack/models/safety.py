"""When which safety sentence is said, exactly as it is worded; and above which dose the person is asked back."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from ketatrack.models.enums import Place, Route
from ketatrack.paths import resource

_ASK_ABOVE_MG = {
    Route.INTRAVENOUS: 300,
    Route.INTRAMUSCULAR: 300,
    Route.SUBCUTANEOUS: 300,
    Route.NASAL: 300,
    Route.SUBLINGUAL: 1_000,
    Route.ORAL: 1_000,
}


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """Whom to call: where it helps, and the number (or address) itself."""

    label: str
    number: str
    on_card: bool


@dataclass(frozen=True, slots=True)
class CardWords:
    """The safety card's sentences in reading order, and the words of its two buttons."""

    marked: str
    not_alone: str
    not_monitored: str
    urgent: str
    emergency_numbers: str
    talk: str
    team: str
    show_contacts: str
    go_on: str

    @property
    def opening(self) -> str:
        """The first three sentences, after an answer; "Help now" begins with the second alone."""
        return f"{self.marked} {self.not_alone} {self.not_monitored}"


@cache
def card() -> CardWords:
    """Return the card that a non-zero answer to the safety question, and "Help now", bring up."""
    words = _words()["card"]
    names = ("marked", "not_alone", "not_monitored", "urgent", "emergency_numbers", "talk", "team", "show_contacts")
    return CardWords(go_on=words["continue"], **{name: words[name] for name in names})


@cache
def crisis_lines() -> tuple[CrisisLine, ...]:
    """All crisis lines in the order in which they are shown; the card shows those with `on_card`."""
    return tuple(CrisisLine(row["label"], row["number"], row["on_card"]) for row in _crisis()["lines"])


def crisis_lines_checked_on() -> date:
    """Return the day on which someone last looked up every crisis line."""
    checked: date = _crisis()["checked_on"]
    return checked


def pressure_note(systolic: int | None, diastolic: int | None, before_session: bool, *, recent: bool = True) -> str:
    """Return the calm sentence about one blood pressure reading (mmHg); empty where none is needed.

    Above 140/90 counts before a session only, 180/120 and more at any time (clinical.md, section 3). What to do now
    is said of a `recent` reading only.
    """
    words = _words()["pressure"]
    high, low = systolic or 0, diastolic or 0
    if high >= words["urgent_systolic"] or low >= words["urgent_diastolic"]:
        return f"{words['urgent']} {words['urgent_also']}" if recent else _said_of_the_past("urgent")
    if before_session and (high > words["above_systolic"] or low > words["above_diastolic"]):
        return str(words["above"]) if recent else _said_of_the_past("above")
    return ""


def is_recent(day: date | None, clock: time | None, now: datetime) -> bool:
    """Whether a reading can be of the last 24 hours; without a time it may be of the end of its day.

    `now` is the local time. A reading without a day counts as recent.
    """
    if day is None:
        return True
    latest = datetime.combine(day, clock or time.max)
    return now.replace(tzinfo=None) - latest <= timedelta(hours=24)


def _said_of_the_past(kind: str) -> str:
    words = _words()["pressure"]
    limits = {name: words[f"{kind}_{name}"] for name in ("systolic", "diastolic")}
    return str(words[f"{kind}_past"]).format(**limits)


def driving_note() -> str:
    """Return what is said after each session."""
    return str(_words()["session"]["driving"])


def home_use_note(place: Place | None) -> str:
    """Return what is said when ketamine at home is logged; empty for anywhere else."""
    return str(_words()["session"]["home_use"]) if place is Place.HOME else ""


def frequency_note(sessions: int, planned: int | None) -> str:
    """Sessions in the last 30 days beside the person's own plan; empty without a plan."""
    if planned is None:
        return ""
    words = _words()["session"]
    count = str(words["frequency_one" if sessions == 1 else "frequency"]).format(sessions=sessions, planned=planned)
    return f"{count} {words['more_than_planned']}" if sessions > planned else count


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resource("words/safety.toml").read_text(encoding="utf-8"))


@cache
def _crisis() -> dict[str, Any]:
    return tomllib.loads(resource("words/crisis_lines.toml").read_text(encoding="utf-8"))


def may_be_a_slip(dose: int | None, route: Route) -> bool:
    """Whether a dose (hundredths of a mg) is so high that it may be a slip of the finger."""
    return dose is not None and dose > _ASK_ABOVE_MG[route] * 100
