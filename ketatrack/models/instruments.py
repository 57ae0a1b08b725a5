"""Questionnaires: items, answers, scoring and bands, read from resources/instruments/*.toml.

The texts stand there word for word, with their LOINC codes and sources; nothing of them is in code.
"""

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from ketatrack.errors import InvalidValue
from ketatrack.i18n import _
from ketatrack.paths import resource

KEYS = ("phq9", "gad7", "peg", "madrs", "qids_sr16")

# Totals of PHQ-9 below this are called remission (McInnes, 2022); for GAD-7 it is a convention.
REMISSION_BELOW = 5


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer: its score, its words, and its LOINC answer code."""

    score: int
    text: str
    loinc: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question, verbatim, with a short name for lists and its LOINC code."""

    text: str
    short: str
    loinc: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A published severity band; both ends belong to it."""

    name: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Instrument:
    """One questionnaire. `items` is empty where only a clinic's total can be typed in.

    `maximum` and all stored totals are integer sums; `items_per_point` is 3 for PEG, whose score is the
    mean of three answers, and 1 elsewhere.
    """

    key: str
    name: str
    title: str
    lead: str
    minutes: str
    maximum: int
    items: tuple[Item, ...]
    unscored: Item | None
    bands: tuple[Band, ...]
    items_per_point: int
    noticeable_change: int | None
    change_source: str
    safety_item: int | None
    loinc_panel: str
    loinc_total: str
    copyright: str

    def score(self, items: tuple[int, ...]) -> int:
        """Return the integer sum of all items.

        Raises InvalidValue when an item is missing or is not one of its answers: nothing is prorated.
        """
        if len(items) != len(self.items):
            raise InvalidValue(
                _("{name} needs all {n} answers; {n2} are there.").format(
                    name=self.name, n=len(self.items), n2=len(items)
                )
            )
        for number, (answer, item) in enumerate(zip(items, self.items, strict=True), start=1):
            if answer not in {option.score for option in item.options}:
                raise InvalidValue(
                    _("{name} question {number} has no answer {answer}.").format(
                        name=self.name, number=number, answer=answer
                    )
                )
        return sum(items)

    def check_total(self, total: int) -> None:
        """Raise InvalidValue for a total that this questionnaire cannot have."""
        if not 0 <= total <= self.maximum:
            raise InvalidValue(
                _("A {name} total must be from 0 to {maximum}; {total} is outside.").format(
                    name=self.name, maximum=self.words(self.maximum), total=self.words(total)
                )
            )

    def band(self, total: int) -> Band | None:
        """Return the severity band of a total; None where none is published."""
        return next((band for band in self.bands if band.low <= total <= band.high), None)

    def value(self, total: int) -> Fraction:
        """Return the score as it is written: PEG's mean of three, else the total."""
        return Fraction(total, self.items_per_point)

    def words(self, total: int) -> str:
        """Return the score as it is written, with one decimal for a mean."""
        return str(total) if self.items_per_point == 1 else f"{float(self.value(total)):.1f}"


def instrument(key: str) -> Instrument:
    """Return the questionnaire of that key; InvalidValue if there is none."""
    if key not in KEYS:
        raise InvalidValue(_("There is no questionnaire called {key}.").format(key=key))
    return _load(key)


def instruments() -> tuple[Instrument, ...]:
    """All questionnaires, in the order in which pages list them."""
    return tuple(_load(key) for key in KEYS)


@cache
def _load(key: str) -> Instrument:
    data = tomllib.loads(resource(f"instruments/{key}.toml").read_text(encoding="utf-8"))
    scales = {name: _options(rows) for name, rows in data.get("scales", {}).items()}
    items = tuple(_item(row, scales) for row in data.get("items", []))
    unscored = _item(data["unscored"], scales) if "unscored" in data else None
    bands = tuple(Band(row["name"], row["low"], row["high"]) for row in data.get("bands", []))
    return Instrument(
        key=key,
        name=data["name"],
        title=data["title"],
        lead=data.get("lead", ""),
        minutes=data.get("minutes", ""),
        maximum=data["maximum"],
        items=items,
        unscored=unscored,
        bands=bands,
        items_per_point=data.get("items_per_point", 1),
        noticeable_change=data.get("noticeable_change"),
        change_source=data.get("change_source", ""),
        safety_item=data.get("safety_item"),
        loinc_panel=data.get("loinc_panel", ""),
        loinc_total=data.get("loinc_total", ""),
        copyright=data["copyright"],
    )


def _options(rows: list[dict[str, object]]) -> tuple[Option, ...]:
    return tuple(Option(int(str(row["score"])), str(row["text"]), str(row.get("loinc", ""))) for row in rows)


def _item(row: dict[str, str], scales: dict[str, tuple[Option, ...]]) -> Item:
    return Item(row["text"], row["short"], row["loinc"], scales[row["scale"]])
