"""Drafts of questionnaires come back as they were, and what does not fit is never offered."""

import json
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketatrack.models.instruments import instrument
from ketatrack.models.records import Answers, Draft
from ketatrack.ui.scores.answers import AnswerDraft, begin, from_record, of_answers, to_record

NOW = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)
DAY = date(2026, 11, 23)


@st.composite
def drafts(draw: st.DrawFn) -> AnswerDraft:
    form = instrument(draw(st.sampled_from(["phq9", "gad7", "peg"])))
    highest = form.items[0].options[-1].score
    answer = st.none() | st.integers(0, highest)
    items = tuple(draw(answer) for _ in form.items)
    unscored = draw(st.none() | st.integers(0, 3)) if form.unscored else None
    return AnswerDraft(form.key, items, unscored, draw(st.none() | st.uuids()), draw(st.none() | st.dates()))


@given(drafts())
def test_a_draft_comes_back_as_it_was(draft: AnswerDraft):
    assert from_record(to_record(draft, None, NOW), instrument(draft.instrument)) == draft


def test_the_record_stays_the_same_one():
    first = to_record(begin(instrument("phq9"), DAY), None, NOW)
    assert to_record(begin(instrument("phq9"), DAY).with_answer(0, 2), first, NOW).id == first.id


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "[]",
        "null",
        "{",
        json.dumps({"items": [0] * 9}),
        json.dumps({"items": [0] * 8, "unscored": None, "edits": None, "begun": None}),
        json.dumps({"items": [4] + [0] * 8, "unscored": None, "edits": None, "begun": None}),
        json.dumps({"items": ["1"] + [0] * 8, "unscored": None, "edits": None, "begun": None}),
        json.dumps({"items": [0] * 9, "unscored": 7, "edits": None, "begun": None}),
        json.dumps({"items": [0] * 9, "unscored": None, "edits": "x", "begun": None}),
        json.dumps({"items": [0] * 9, "unscored": None, "edits": None, "begun": "yesterday"}),
    ],
)
def test_what_does_not_fit_is_not_offered(payload: str):
    assert from_record(Draft(kind="answers:phq9", payload=payload, saved_at=NOW), instrument("phq9")) is None


def test_another_kind_of_draft_is_left_alone():
    record = to_record(begin(instrument("gad7"), DAY), None, NOW)
    assert from_record(record, instrument("phq9")) is None


def test_answers_are_counted_and_changed_one_by_one():
    draft = begin(instrument("phq9"), DAY)
    assert (draft.answered, draft.complete) == (0, False)
    for place in range(9):
        draft = draft.with_answer(place, 1)
    assert (draft.answered, draft.complete, draft.unscored) == (9, True, None)
    assert draft.with_answer(9, 2).unscored == 2
    assert draft.with_answer(8, None).complete is False


def test_an_entry_opened_again_knows_what_it_changes():
    entry = Answers(id=uuid4(), instrument="peg", day=DAY, items=(1, 2, 3), total=6)
    assert of_answers(entry) == AnswerDraft("peg", (1, 2, 3), None, entry.id, DAY)
