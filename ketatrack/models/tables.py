"""The tables that records are kept in, as SQLAlchemy writes them.

A field is stated once in records.py and once here; a test holds the two, and the migrated schema, together.
"""

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text

from ketatrack.models import mapping

metadata = MetaData()


def _table(name: str, integers: str = "", *columns: Column[Any], texts: str = "", optional: str = "") -> Table:
    """A table keyed by a UUID; columns named in `optional` may be null, all others may not."""
    may_be_null = set(optional.split())
    plain: list[Column[Any]] = [Column(n, Text, nullable=n in may_be_null) for n in texts.split()]
    plain += [Column(n, Integer, nullable=n in may_be_null) for n in integers.split()]
    return Table(name, metadata, Column("id", Text, primary_key=True), *plain, *columns)


WHEN = "day local_time utc_offset_minutes"

session = _table(
    "session",
    "utc_offset_minutes duration_minutes dose_mg weight_kg phase_number detached sleepy nausea mood_before mood_after "
    "taken_home talked_through psychotherapy",
    texts="day local_time route drug phase reason place provider side_effects other_side_effects medicines "
    "other_medicines intention notes taken_home_by",
    optional="local_time utc_offset_minutes duration_minutes drug dose_mg weight_kg phase phase_number place detached "
    "sleepy nausea mood_before mood_after taken_home talked_through psychotherapy",
)
vital = Table(
    "vital",
    metadata,
    Column("session_id", Text, ForeignKey("session.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("moment", Text, nullable=False),
    Column("local_time", Text),
    *(Column(name, Integer) for name in ("systolic", "diastolic", "pulse", "spo2")),
)
check_in = _table(
    "check_in", "utc_offset_minutes", texts="day local_time note", optional="local_time utc_offset_minutes"
)
value = Table(
    "value",
    metadata,
    Column("entry_id", Text, ForeignKey("check_in.id"), primary_key=True),
    Column("tracked_id", Text, ForeignKey("tracked.id"), primary_key=True),
    Column("hundredths", Integer, nullable=False),
)
answers = _table(
    "answers",
    "utc_offset_minutes unscored total",
    texts="instrument day local_time items note",
    optional="local_time utc_offset_minutes items unscored",
)
tracked = _table("tracked", "is_measure higher_is_better archived position", texts="key name kind unit")
baseline = _table(
    "baseline",
    "readings",
    texts="measure value source recorded_at from_day to_day",
    optional="from_day to_day readings",
)
rule = _table("rule", "value", texts="measure kind recorded_at", optional="value")
appointment = _table(
    "appointment",
    "utc_offset_minutes",
    texts="kind day local_time place provider note",
    optional="local_time utc_offset_minutes",
)
profile = _table("profile", texts="name birth_date", optional="birth_date")
contact = _table("contact", "treatment_team position", texts="name phone")
settings = _table(
    "settings",
    "day_start_minutes lock_after_minutes planned_sessions",
    texts="instruments relief_measure",
    optional="lock_after_minutes planned_sessions relief_measure",
)
draft = _table("draft", texts="kind payload saved_at")
card_shown = _table("card_shown", texts="shown_at answers_id", optional="answers_id")
habit_choice = _table("habit_choice", texts="habits recorded_at")
early_sign = _table("early_sign", "position", texts="sign helps")
visit_question = _table("visit_question", "position", texts="words")
sharing_choices = _table(
    "sharing_choices",
    "hide_name grey attach",
    texts="period from_day to_day paper locale sections",
    optional="from_day to_day",
)
meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

TABLES: dict[type[Any], Table] = {kind: metadata.tables[name] for kind, name in mapping.TABLES.items()}
CHILD_TABLES: dict[type[Any], Table] = {kind: metadata.tables[child.table] for kind, child in mapping.CHILDREN.items()}
