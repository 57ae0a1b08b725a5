"""An unfinished questionnaire as it is kept in the diary: offered again, never scored."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ketatrack.models.instruments import Instrument, Item
from ketatrack.models.records import Answers, Draft

PREFIX = "answers:"


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """Answers so far, one place for each question (None: none yet); `edits` is the entry that is being changed."""

    instrument: str
    items: tuple[int | None, ...]
    unscored: int | None = None
    edits: UUID | None = None
    begun: date | None = None

    @property
    def answered(self) -> int:
        """How many scored questions have an answer."""
        return sum(answer is not None for answer in self.items)

    @property
    def complete(self) -> bool:
        """Whether every scored question has its answer."""
        return None not in self.items

    def with_answer(self, place: int, score: int | None) -> "AnswerDraft":
        """The same with one answer changed; the place after the last item is the unscored question."""
        if place == len(self.items):
            return replace(self, unscored=score)
        return replace(self, items=(*self.items[:place], score, *self.items[place + 1 :]))


def begin(form: Instrument, day: date) -> AnswerDraft:
    """A questionnaire without any answer."""
    return AnswerDraft(form.key, (None,) * len(form.items), begun=day)


def of_answers(answers: Answers) -> AnswerDraft:
    """An entry opened again, to change its answers."""
    return AnswerDraft(answers.instrument, answers.items or (), answers.unscored, answers.id, answers.day)


def to_record(draft: AnswerDraft, before: Draft | None, now: datetime) -> Draft:
    """What is written into the diary; the same record as `before` where there is one."""
    payload = {
        "items": draft.items,
        "unscored": draft.unscored,
        "edits": str(draft.edits) if draft.edits else None,
        "begun": draft.begun.isoformat() if draft.begun else None,
    }
    fields: dict[str, Any] = {"id": before.id} if before else {}
    return Draft(kind=PREFIX + draft.instrument, payload=json.dumps(payload), saved_at=now, **fields)


def from_record(record: Draft, form: Instrument) -> AnswerDraft | None:
    """The draft of a questionnaire, or None where the record is of another kind or does not fit the form."""
    if record.kind != PREFIX + form.key:
        return None
    try:
        payload = json.loads(record.payload)
        items = tuple(payload["items"])
        edits, begun = payload["edits"], payload["begun"]
        made = AnswerDraft(
            form.key,
            items,
            payload["unscored"],
            UUID(edits) if edits else None,
            date.fromisoformat(begun) if begun else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return made if _fits(made, form) else None


def _fits(draft: AnswerDraft, form: Instrument) -> bool:
    if len(draft.items) != len(form.items):
        return False
    pairs = list(zip(draft.items, form.items, strict=True))
    if form.unscored is not None:
        pairs.append((draft.unscored, form.unscored))
    return all(_has(item, answer) for answer, item in pairs)


def _has(item: Item, answer: object) -> bool:
    return answer is None or any(option.score == answer for option in item.options)
