"""Every record as JSON and back, and only what JSON of a diary can be."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from strategies import any_record

from ketatrack.errors import InvalidValue
from ketatrack.models import records
from ketatrack.models.fields import describe
from ketatrack.models.record_json import from_draft, from_plain, to_draft, to_plain


@settings(max_examples=200, deadline=None)
@given(record=any_record)
def test_every_record_comes_back_through_json(record):
    written = json.loads(json.dumps(to_plain(record), allow_nan=False), parse_float=Decimal)
    assert from_plain(type(record), written) == record


@settings(max_examples=200, deadline=None)
@given(record=any_record)
def test_a_value_of_another_type_is_refused(record):
    for field in describe(type(record)):
        with pytest.raises(InvalidValue, match="must be"):
            from_plain(type(record), to_plain(record) | {field.key: {"another": "type"}})


def test_fields_must_be_all_there_and_no_more():
    whole = to_plain(records.VisitQuestion(words="Is that all right?"))
    for name in whole:
        with pytest.raises(InvalidValue, match=f"“{name}” is missing"):
            from_plain(records.VisitQuestion, {key: held for key, held in whole.items() if key != name})
    with pytest.raises(InvalidValue, match="a field that is not known"):
        from_plain(records.VisitQuestion, whole | {"more": 1})


def test_a_number_beyond_what_others_can_read_is_refused():
    whole = to_plain(records.VisitQuestion(words="Is that all right?"))
    with pytest.raises(InvalidValue, match="A whole number must be from"):
        from_plain(records.VisitQuestion, whole | {"position": 2**53})


@settings(max_examples=100, deadline=None)
@given(record=any_record)
def test_a_draft_of_any_record_comes_back(record):
    fields = {field.name: getattr(record, field.name) for field in describe(type(record))}
    kept = json.loads(json.dumps(to_draft(type(record), fields), allow_nan=False))
    assert from_draft(type(record), kept | {"of_a_later_version": 1}) == fields


def test_a_draft_holds_what_is_typed_so_far_and_what_is_empty():
    fields = {"dose_mg": 4250, "notes": "", "vitals": (records.Vital(systolic=120),), "weight_kg": None}
    kept = json.loads(json.dumps(to_draft(records.Session, fields)))
    assert from_draft(records.Session, kept) == fields
