"""Every member of every enum that people see has words of its own, and other words for no other member."""

from datetime import date

import pytest

from ketatrack.models import enums, labels
from ketatrack.models.enums import Medicine, Phase, Reason, Route, RuleKind, SideEffect
from ketatrack.models.records import Session
from ketatrack.models.tracked import built_in

EVERY = [
    (labels.route, enums.Route),
    (labels.short_route, enums.Route),
    (labels.route_in_text, enums.Route),
    (labels.drug, enums.Drug),
    (labels.reason, enums.Reason),
    (labels.short_reason, enums.Reason),
    (labels.reason_in_text, enums.Reason),
    (labels.phase, enums.Phase),
    (labels.place, enums.Place),
    (labels.place_in_text, enums.Place),
    (labels.moment, enums.VitalMoment),
    (labels.moment_in_text, enums.VitalMoment),
    (labels.side_effect, enums.SideEffect),
    (labels.medicine, enums.Medicine),
    (labels.kind, enums.Kind),
    (labels.appointment, enums.AppointmentKind),
    (labels.period, enums.Period),
    (labels.section, enums.Section),
]


@pytest.mark.parametrize(("label", "kind"), EVERY)
def test_each_member_has_its_own_words(label, kind):
    words = [label(each) for each in kind]
    assert all(words)
    assert len(set(words)) == len(words)


def test_what_is_not_said_has_no_words():
    assert labels.drug(None) == labels.phase(None) == labels.place_in_text(None) == ""
    assert labels.reason(None) == labels.reason_in_text(None) == ""
    assert labels.phase_in_text(Session(day=date(2026, 11, 1), route=Route.ORAL)) == ""


def test_a_sentence_has_small_letters_but_for_abbreviations():
    assert [labels.route_in_text(route) for route in Route] == ["IV", "IM", "SC", "sublingual", "oral", "nasal"]
    assert labels.reason_in_text(Reason.CLINIC) == "clinic or travel"
    assert labels.moment_of(enums.VitalMoment.FORTY_MINUTES, "IV 55 mg") == "40 min after IV 55 mg"


def test_own_words_come_after_those_with_a_code():
    session = Session(
        day=date(2026, 11, 1),
        route=Route.ORAL,
        phase=Phase.BOOSTER,
        phase_number=8,
        side_effects=(SideEffect.VOMITED, SideEffect.DIZZY, SideEffect.VOMITED),
        other_side_effects=("Metal taste", "  "),
        medicines=(Medicine.MAOI,),
    )
    assert labels.side_effects(session) == ("Dizzy", "Vomited", "Metal taste")
    assert labels.medicines(session) == ("MAOI",)
    assert labels.phase_in_text(session) == "booster 8"


def test_units_of_files_are_part_of_their_format():
    units = {item.key: labels.file_unit(item) for item in built_in()}
    assert (units["pain"], units["exercise"], units["sleep_hours"]) == ("0-10", "min", "h")


def test_each_rule_in_words() -> None:
    assert [labels.rule(kind) for kind in RuleKind] == [
        "at most half of baseline",
        "at least 30 % below baseline",
        "at most a number you choose",
        "below 5 (remission)",
    ]
    assert labels.rule(RuleKind.AT_MOST, higher_is_better=True) == "at least a number you choose"
    assert labels.rule(RuleKind.HALF, higher_is_better=True) == "at least halfway up to 10"
