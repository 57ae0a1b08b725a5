"""Records, tables and the migrated schema say the same; every record comes back as it went in."""

from dataclasses import fields
from typing import get_type_hints

from hypothesis import HealthCheck, given, settings
from sqlalchemy import inspect
from strategies import any_record
from whole_diaries import TODAY, whole_diaries

from ketatrack.diary import reading, tables, writing
from ketatrack.diary.database import Diary
from ketatrack.models import records, row_mapping
from ketatrack.models.diary_data import KINDS, DiaryData


def test_every_record_class_has_a_table():
    assert set(tables.TABLES) == set(records.RECORD_TYPES)


def test_each_field_is_a_column_of_the_same_name():
    for kind, table in tables.TABLES.items():
        child = row_mapping.CHILDREN.get(kind)
        held = {f.name for f in fields(kind)} - ({child.field} if child else set())
        assert held == set(table.columns.keys()), kind
    for kind, child in row_mapping.CHILDREN.items():
        held = {f.name for f in fields(child.record)} | {child.parent}
        assert held == set(tables.CHILD_TABLES[kind].columns.keys()) - {"position"}


def test_the_migrated_schema_is_what_the_tables_say(diary: Diary):
    with diary.write() as connection:
        found = inspect(connection)
        assert set(found.get_table_names()) == set(tables.metadata.tables)
        for name, table in tables.metadata.tables.items():
            columns = {c["name"]: (str(c["type"]), c["nullable"]) for c in found.get_columns(name)}
            stated = {c.name: (str(c.type), bool(c.nullable)) for c in table.columns}
            # SQLite calls a TEXT PRIMARY KEY nullable; everything else must agree.
            for column in table.primary_key:
                columns[column.name] = (columns[column.name][0], False)
            assert columns == stated, name


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=any_record)
def test_every_record_comes_back_as_it_went_in(diary: Diary, today, record):
    writing.apply(diary, [(None, record)], today)
    with diary.read() as connection:
        assert reading.get(connection, type(record), record.id) == record
    writing.apply(diary, [(record, None)], today)
    with diary.read() as connection:
        assert reading.get(connection, type(record), record.id) is None


def test_a_whole_diary_has_a_place_for_every_kind():
    assert {name: tuple[kind, ...] for name, kind in KINDS.items()} == get_type_hints(DiaryData)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(whole=whole_diaries())
def test_a_whole_diary_comes_back_as_it_went_in(diary: Diary, whole):
    with diary.read() as connection:
        default = reading.diary_data(connection).records
    writing.apply(diary, [(each, None) for each in default], TODAY)
    writing.apply(diary, [(None, record) for record in whole.records], TODAY)
    with diary.read() as connection:
        assert reading.diary_data(connection) == whole
    writing.apply(diary, [(record, None) for record in reversed(whole.records)], TODAY)
    writing.apply(diary, [(None, each) for each in default], TODAY)


def test_a_whole_diary_is_everything_that_was_written(diary: Diary, today):
    question = records.VisitQuestion(words="Is that all right?")
    writing.apply(diary, [(None, question)], today)
    with diary.read() as connection:
        found = reading.diary_data(connection)
        assert found == DiaryData(tracked=reading.tracked(connection), visit_questions=(question,))
    assert found.records == (*found.tracked, question)
