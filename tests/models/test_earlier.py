"""Side effects and medicines that earlier versions kept in words: codes where there is one, and nothing lost."""

import json

from hypothesis import given
from hypothesis import strategies as st

from ketatrack.models import earlier_versions
from ketatrack.models.enums import Medicine, SideEffect

OLD_EFFECTS = ["Dizzy", "Headache", "Blurred sight", "Anxious", "Vomited", "Bladder discomfort"]
OLD_MEDICINES = ["Benzodiazepine", "Other sleep aid", "Stimulant", "MAOI", "Opioid"]


def test_every_old_label_has_its_code():
    made = earlier_versions.with_codes({"side_effects": OLD_EFFECTS, "medicines": OLD_MEDICINES})
    assert made == {
        "side_effects": list(SideEffect),
        "other_side_effects": [],
        "medicines": list(Medicine),
        "other_medicines": [],
    }


@given(words=st.lists(st.sampled_from(OLD_EFFECTS) | st.text(max_size=8), max_size=6))
def test_what_has_no_code_stays_as_it_was_typed(words):
    made = earlier_versions.with_codes({"side_effects": words, "notes": "Waves"})
    codes = [SideEffect(each) for each in made["side_effects"]]
    assert set(OLD_EFFECTS) & set(words) <= {OLD_EFFECTS[list(SideEffect).index(code)] for code in codes}
    assert made["other_side_effects"] == [
        each for each in words if each.strip().casefold() not in {old.casefold() for old in OLD_EFFECTS}
    ]
    assert made["notes"] == "Waves"
    assert earlier_versions.with_codes(made) == made


def test_what_is_no_list_of_words_is_left_for_others_to_refuse():
    assert earlier_versions.with_codes({"side_effects": "Dizzy"}) == {"side_effects": "Dizzy"}
    assert earlier_versions.with_codes({"medicines": [1]}) == {"medicines": [1]}


def test_drafts():
    old = {"new": True, "fields": {"notes": "half", "side_effects": ["Dizzy", "Itchy"], "medicines": []}}
    made = json.loads(earlier_versions.draft_with_codes(json.dumps(old)))
    assert made["new"] is True
    assert made["fields"] == {
        "notes": "half",
        "side_effects": ["dizzy"],
        "other_side_effects": ["Itchy"],
        "medicines": [],
        "other_medicines": [],
    }
    for odd in ("", "{", "[]", '{"notes": "half"}', '{"fields": 1}', "[" * 100_000):
        assert earlier_versions.draft_with_codes(odd) == odd
