"""Cells of an exported table: guarded, exact, and back as they were."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ketatrack.errors import InvalidValue
from ketatrack.formats import csv_columns
from ketatrack.models import records
from ketatrack.models.enums import Kind
from ketatrack.models.fields import NOTE_LENGTH, describe

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
OWN_WORDS = next(field for field in describe(records.Session) if field.name == "other_side_effects")


@given(typed=words)
@example("'")
@example("'=")
@example("\rx")
def test_what_was_typed_comes_back_and_is_no_formula(typed):
    cell = csv_columns.guarded(typed)
    assert csv_columns.unguarded(cell) == typed
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in (typed, f"'{typed}")


@pytest.mark.parametrize("typed", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_each_beginning_of_a_formula_is_guarded(typed):
    assert csv_columns.guarded(typed) == f"'{typed}"


@given(items=st.lists(words, max_size=4).map(tuple))
@example(("",))
@example(("", ""))
@example((" a ", "b;c", 'say "d"', "two\r\nlines"))
def test_several_words_in_a_cell_come_back(items):
    cell = csv_columns.write(OWN_WORDS, items)
    assert csv_columns.read(OWN_WORDS, cell, "side_effects") == items


@given(hundredths=st.integers(0, 10**9))
def test_hundredths_are_exact_decimals(hundredths):
    cell = csv_columns.decimal(hundredths)
    assert Decimal(cell) * 100 == hundredths
    assert "E" not in cell
    assert csv_columns.read_hundredths(cell, "x") == hundredths


@pytest.mark.parametrize("cell", ["", "a", "1,5", "1e3", "NaN", "Infinity", "٣", "1.", ".5", "1 000", "--1"])
def test_what_is_no_number_gets_a_sentence_with_its_column(cell):
    with pytest.raises(InvalidValue, match=r"dose \(mg\): .* is not a number"):
        csv_columns.read_hundredths(cell, "dose (mg)")


@pytest.mark.parametrize("cell", ["12345678901234567", "1" * 5000])
def test_a_number_too_large_is_said_to_be(cell):
    with pytest.raises(InvalidValue, match=r"^dose \(mg\): “1.{16,39}” is too large\.$"):
        csv_columns.read_hundredths(cell, "dose (mg)")


@given(hundredths=st.integers(0, 100), kind=st.sampled_from(Kind))
def test_values_of_every_kind_come_back(hundredths, kind):
    assert csv_columns.read_value(kind, csv_columns.write_value(kind, hundredths), "x") == hundredths


def test_a_column_of_ones_own_is_known_by_its_id():
    own = records.Tracked(key="k", name="Tea [x]", kind=Kind.COUNT, unit="cups", is_measure=False)
    assert csv_columns.header_of(own) == f"Tea [x] (cups) [{own.id}]"
    assert csv_columns.own_column(csv_columns.header_of(own)) == own.id
    for other in ("low_mood (0-10)", "Tea [x]", "[" + "-" * 36 + "]", ""):
        assert csv_columns.own_column(other) is None


def test_every_column_is_a_field():
    for kind, columns in (
        (records.Session, csv_columns.SESSION_COLUMNS),
        (records.Vital, (csv_columns.LOCAL_TIME, *csv_columns.VITAL_COLUMNS)),
        (records.Tracked, csv_columns.TRACKED_COLUMNS),
    ):
        apart = {"id", "day", "local_time", "utc_offset_minutes", "vitals"} if kind is records.Session else set()
        assert {column.field for column in columns} == {field.name for field in describe(kind)} - apart
        assert len({column.header for column in columns}) == len(columns)


def test_a_whole_number_has_no_decimals():
    with pytest.raises(InvalidValue, match=r"“1\.5” is not a whole number"):
        csv_columns.read_whole_number("1.5", "minutes")


@pytest.mark.parametrize("cell", ["a\nb", "x" * (NOTE_LENGTH + 2)])
def test_several_words_that_are_no_row_of_a_table_are_refused(cell):
    with pytest.raises(InvalidValue, match=r"^side_effects: several things in this cell need semicolons"):
        csv_columns.read(OWN_WORDS, cell, "side_effects")
