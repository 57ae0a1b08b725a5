"""Cells of an exported table: guarded, exact, and back as they were."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ketatrack.errors import InvalidValue
from ketatrack.models import records, sheet_cells, sheets
from ketatrack.models.plain import shapes
from ketatrack.models.values import Kind

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
OWN_WORDS = next(each for each in shapes(records.Session) if each.name == "other_side_effects")


@given(typed=words)
@example("'")
@example("'=")
@example("\rx")
def test_what_was_typed_comes_back_and_is_no_formula(typed):
    cell = sheet_cells.guarded(typed)
    assert sheet_cells.unguarded(cell) == typed
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in (typed, f"'{typed}")


@pytest.mark.parametrize("typed", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_each_beginning_of_a_formula_is_guarded(typed):
    assert sheet_cells.guarded(typed) == f"'{typed}"


@given(items=st.lists(words, max_size=4).map(tuple))
@example(("",))
@example(("", ""))
@example((" a ", "b;c", 'say "d"', "two\r\nlines"))
def test_several_words_in_a_cell_come_back(items):
    cell = sheet_cells.write(OWN_WORDS, items)
    assert sheet_cells.read(OWN_WORDS, cell, "side_effects") == items


@given(hundredths=st.integers(0, 10**9))
def test_hundredths_are_exact_decimals(hundredths):
    cell = sheet_cells.decimal(hundredths)
    assert Decimal(cell) * 100 == hundredths
    assert "E" not in cell
    assert sheet_cells.number(cell, "x") == hundredths


@pytest.mark.parametrize(
    "cell", ["", "a", "1,5", "1e3", "NaN", "Infinity", "٣", "1.", ".5", "1 000", "--1", "1" * 5000]
)
def test_what_is_no_number_gets_a_sentence_with_its_column(cell):
    with pytest.raises(InvalidValue, match=r"dose \(mg\): .* is not a number"):
        sheet_cells.number(cell, "dose (mg)")


@given(hundredths=st.integers(0, 100), kind=st.sampled_from(Kind))
def test_values_of_every_kind_come_back(hundredths, kind):
    assert sheet_cells.read_value(kind, sheet_cells.write_value(kind, hundredths), "x") == hundredths


def test_a_column_of_ones_own_is_known_by_its_id():
    own = records.Tracked(key="k", name="Tea [x]", kind=Kind.COUNT, unit="cups", is_measure=False)
    assert sheets.header_of(own) == f"Tea [x] (cups) [{own.id}]"
    assert sheets.own_column(sheets.header_of(own)) == own.id
    for other in ("low_mood (0-10)", "Tea [x]", "[" + "-" * 36 + "]", ""):
        assert sheets.own_column(other) is None


def test_every_column_is_a_field():
    for kind, columns in (
        (records.Session, sheets.SESSION_COLUMNS),
        (records.Vital, (sheets.LOCAL_TIME, *sheets.VITAL_COLUMNS)),
        (records.Tracked, sheets.TRACKED_COLUMNS),
    ):
        apart = {"id", "day", "local_time", "utc_offset_minutes", "vitals"} if kind is records.Session else set()
        assert {column.field for column in columns} == {each.name for each in shapes(kind)} - apart
        assert len({column.header for column in columns}) == len(columns)
