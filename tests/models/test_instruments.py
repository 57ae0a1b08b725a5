"""Every text, code and band edge of every questionnaire, and scoring that refuses what it must."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketatrack.errors import InvalidValue
from ketatrack.models.instruments import KEYS, Instrument, instrument, instruments

GOLDEN = Path(__file__).parents[1] / "golden" / "instruments.txt"
ITEM_BY_ITEM = ("phq9", "gad7", "peg")
BANDS = {
    "phq9": [
        ("minimal", 0, 4),
        ("mild", 5, 9),
        ("moderate", 10, 14),
        ("moderately severe", 15, 19),
        ("severe", 20, 27),
    ],
    "gad7": [("minimal", 0, 4), ("mild", 5, 9), ("moderate", 10, 14), ("severe", 15, 21)],
}
EDGES = [(key, *band) for key, bands in BANDS.items() for band in bands]
MAXIMA = {"phq9": 27, "gad7": 21, "peg": 30, "madrs": 60, "qids_sr16": 27}


def written_out(form: Instrument) -> list[str]:
    lines = [f"{form.key}: {form.name}, {form.title}", form.lead, f"panel {form.loinc_panel} total {form.loinc_total}"]
    for item in (*form.items, *([form.unscored] if form.unscored else [])):
        lines.append(f"{item.loinc} {item.text}")
        lines += [f"    {option.score} {option.text} {option.loinc}".rstrip() for option in item.options]
    return [*lines, form.copyright, ""]


def check_digit(number: str) -> int:
    """The mod-10 check digit (Luhn) of a LOINC number without its hyphen and last digit."""
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(number))]
    return -sum(n - 9 if n > 9 else n for n in doubled) % 10


def codes() -> set[str]:
    found = set()
    for form in instruments():
        questions = (*form.items, *([form.unscored] if form.unscored else []))
        found |= {form.loinc_panel, form.loinc_total} | {item.loinc for item in questions}
        found |= {option.loinc for item in questions for option in item.options}
    return found - {""}


def test_the_texts_are_word_for_word_those_of_the_golden_file():
    assert [line for form in instruments() for line in written_out(form)] == GOLDEN.read_text("utf-8").splitlines()


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_loinc_code_carries_its_check_digit(code: str):
    number, digit = code.removeprefix("LA").split("-")
    letters = 5 if code.startswith("LA") else 0  # what the two letters of an answer code add
    assert (check_digit(number) + letters) % 10 == int(digit)


def test_a_wrong_check_digit_would_be_noticed():
    assert check_digit("69689") == 8  # a public list has 69689-6


def test_the_last_two_answers_of_question_10_have_their_codes_in_the_odd_order():
    unscored = instrument("phq9").unscored
    assert unscored is not None
    assert [option.loinc for option in unscored.options] == ["LA6572-7", "LA6573-5", "LA6575-0", "LA6574-3"]


def test_item_codes_belong_to_their_own_questions():
    by_short = {item.short: item.loinc for item in instrument("phq9").items}
    assert (by_short["Energy"], by_short["Thoughts"]) == ("44254-1", "44260-8")
    assert instrument("phq9").safety_item == 9
    assert [instrument(key).safety_item for key in KEYS[1:]] == [None] * 4


@pytest.mark.parametrize(("key", "name", "low", "high"), EDGES)
def test_both_edges_of_every_band(key: str, name: str, low: int, high: int):
    def band_name(total: int) -> str | None:
        band = instrument(key).band(total)
        return band.name if band else None

    names = [each[0] for each in BANDS[key]]
    place = names.index(name)
    assert (band_name(low), band_name(high)) == (name, name)
    assert (band_name(low + 1), band_name(high - 1)) == (name, name)
    assert band_name(low - 1) == (names[place - 1] if place else None)
    assert band_name(high + 1) == (names[place + 1] if place + 1 < len(names) else None)


@pytest.mark.parametrize("key", ["phq9", "gad7"])
def test_bands_cover_every_total_once(key: str):
    form = instrument(key)
    covered = [total for band in form.bands for total in range(band.low, band.high + 1)]
    assert covered == list(range(form.maximum + 1))


@pytest.mark.parametrize("key", ["peg", "madrs", "qids_sr16"])
def test_no_band_is_made_up_where_none_is_published(key: str):
    form = instrument(key)
    assert [form.band(total) for total in range(form.maximum + 1)] == [None] * (form.maximum + 1)


@pytest.mark.parametrize(("key", "maximum"), MAXIMA.items())
def test_totals_are_refused_outside_their_range_with_the_range(key: str, maximum: int):
    form = instrument(key)
    form.check_total(0)
    form.check_total(maximum)
    for outside in (-1, maximum + 1):
        with pytest.raises(InvalidValue, match=rf"{form.name} total must be from 0 to {form.words(maximum)};"):
            form.check_total(outside)


@pytest.mark.parametrize("key", ITEM_BY_ITEM)
def test_the_highest_answers_make_the_maximum(key: str):
    form = instrument(key)
    assert form.score(tuple(item.options[-1].score for item in form.items)) == form.maximum


@pytest.mark.parametrize("key", ITEM_BY_ITEM)
def test_a_missing_or_surplus_answer_is_refused(key: str):
    form = instrument(key)
    for count in (0, len(form.items) - 1, len(form.items) + 1):
        with pytest.raises(InvalidValue, match=f"needs all {len(form.items)} answers; {count} are there"):
            form.score((0,) * count)


@pytest.mark.parametrize("key", ITEM_BY_ITEM)
def test_an_answer_that_does_not_exist_is_refused_by_its_number(key: str):
    form = instrument(key)
    highest = form.items[1].options[-1].score
    for wrong in (-1, highest + 1):
        with pytest.raises(InvalidValue, match=f"{form.name} question 2 has no answer {wrong}"):
            form.score((0, wrong, *(0,) * (len(form.items) - 2)))


@given(
    st.sampled_from(ITEM_BY_ITEM).flatmap(
        lambda key: st.tuples(
            st.just(instrument(key)),
            st.tuples(*(st.sampled_from([o.score for o in item.options]) for item in instrument(key).items)),
        )
    )
)
def test_every_possible_form_scores_as_its_sum(case: tuple[Instrument, tuple[int, ...]]):
    form, answers = case
    total = form.score(answers)
    form.check_total(total)
    assert total == sum(answers)
    assert form.value(total) == Fraction(sum(answers), form.items_per_point)


def test_peg_is_written_as_a_mean_with_one_decimal():
    peg = instrument("peg")
    assert (peg.words(0), peg.words(20), peg.words(21), peg.words(30)) == ("0.0", "6.7", "7.0", "10.0")
    assert instrument("phq9").words(20) == "20"


def test_an_unknown_questionnaire_is_refused():
    with pytest.raises(InvalidValue, match="no questionnaire called bdi"):
        instrument("bdi")


@pytest.mark.parametrize("key", ["madrs", "qids_sr16"])
def test_clinic_scales_have_a_total_only(key: str):
    form = instrument(key)
    assert (form.items, form.unscored, form.bands) == ((), None, ())
    assert "not part of KetaTrack" in form.copyright
