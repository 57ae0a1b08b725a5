"""How the file's schema came to be, step by step, as literal SQL on PRAGMA user_version.

A step that has been released is never edited; each has a frozen diary in tests/databases. Where SQL cannot say it, a
step is a function.
"""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from ketatrack.models import earlier_versions

_WHEN = """
    day TEXT NOT NULL CHECK (day >= '1900-01-01'),
    local_time TEXT,
    utc_offset_minutes INTEGER CHECK (utc_offset_minutes BETWEEN -840 AND 840)"""

_TO_1 = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO meta VALUES ('changes', '0');
CREATE TABLE session (
    id TEXT PRIMARY KEY,{_WHEN},
    duration_minutes INTEGER CHECK (duration_minutes BETWEEN 0 AND 10080),
    route TEXT NOT NULL CHECK (route IN
        ('intravenous', 'intramuscular', 'subcutaneous', 'sublingual', 'oral', 'nasal')),
    drug TEXT CHECK (drug IN ('ketamine', 'esketamine')),
    dose_mg INTEGER CHECK (dose_mg BETWEEN 1 AND 1000000),
    weight_kg INTEGER CHECK (weight_kg BETWEEN 2000 AND 40000),
    phase TEXT CHECK (phase IN ('series', 'booster')),
    phase_number INTEGER CHECK (phase_number BETWEEN 1 AND 10000),
    reason TEXT NOT NULL CHECK (reason IN ('planned', 'symptoms', 'clinic', 'other', 'not_said')),
    place TEXT CHECK (place IN ('clinic', 'home')),
    provider TEXT NOT NULL CHECK (length(provider) <= 200),
    detached INTEGER CHECK (detached BETWEEN 0 AND 1000),
    sleepy INTEGER CHECK (sleepy BETWEEN 0 AND 1000),
    nausea INTEGER CHECK (nausea BETWEEN 0 AND 1000),
    mood_before INTEGER CHECK (mood_before BETWEEN 0 AND 1000),
    mood_after INTEGER CHECK (mood_after BETWEEN 0 AND 1000),
    side_effects TEXT NOT NULL,
    medicines TEXT NOT NULL,
    intention TEXT NOT NULL CHECK (length(intention) <= 1000000),
    notes TEXT NOT NULL CHECK (length(notes) <= 1000000),
    taken_home INTEGER CHECK (taken_home IN (0, 1)),
    taken_home_by TEXT NOT NULL CHECK (length(taken_home_by) <= 200),
    talked_through INTEGER CHECK (talked_through IN (0, 1)),
    psychotherapy INTEGER CHECK (psychotherapy IN (0, 1))
) STRICT;
CREATE TABLE vital (
    session_id TEXT NOT NULL REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    moment TEXT NOT NULL CHECK (moment IN ('before', '40_min', 'before_leaving', 'other')),
    local_time TEXT,
    systolic INTEGER CHECK (systolic BETWEEN 40 AND 300),
    diastolic INTEGER CHECK (diastolic BETWEEN 20 AND 200),
    pulse INTEGER CHECK (pulse BETWEEN 20 AND 300),
    spo2 INTEGER CHECK (spo2 BETWEEN 40 AND 100),
    CHECK (systolic > diastolic),
    PRIMARY KEY (session_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE check_in (
    id TEXT PRIMARY KEY,{_WHEN},
    note TEXT NOT NULL CHECK (length(note) <= 1000000)
) STRICT;
CREATE TABLE tracked (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    kind TEXT NOT NULL CHECK (kind IN ('rating', 'minutes', 'hours', 'count', 'yes_no')),
    unit TEXT NOT NULL,
    is_measure INTEGER NOT NULL CHECK (is_measure IN (0, 1)),
    higher_is_better INTEGER NOT NULL CHECK (higher_is_better IN (0, 1)),
    archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE value (
    entry_id TEXT NOT NULL REFERENCES check_in (id) DEFERRABLE INITIALLY DEFERRED,
    tracked_id TEXT NOT NULL REFERENCES tracked (id) DEFERRABLE INITIALLY DEFERRED,
    hundredths INTEGER NOT NULL CHECK (hundredths BETWEEN 0 AND 1000000),
    PRIMARY KEY (entry_id, tracked_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE answers (
    id TEXT PRIMARY KEY,
    instrument TEXT NOT NULL,{_WHEN},
    items TEXT,
    unscored INTEGER,
    total INTEGER NOT NULL CHECK (total >= 0),
    note TEXT NOT NULL CHECK (length(note) <= 1000000)
) STRICT;
CREATE TABLE baseline (
    id TEXT PRIMARY KEY,
    measure TEXT NOT NULL,
    value TEXT NOT NULL CHECK (value GLOB '[0-9]*/[1-9]*'),
    source TEXT NOT NULL CHECK (source IN ('typed', 'computed')),
    recorded_at TEXT NOT NULL,
    from_day TEXT,
    to_day TEXT,
    readings INTEGER
) STRICT;
CREATE TABLE rule (
    id TEXT PRIMARY KEY,
    measure TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('half', 'thirty_percent', 'at_most', 'remission')),
    value INTEGER CHECK (value BETWEEN 0 AND 10000),
    recorded_at TEXT NOT NULL
) STRICT;
CREATE TABLE appointment (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('session', 'visit')),{_WHEN},
    place TEXT NOT NULL CHECK (length(place) <= 200),
    provider TEXT NOT NULL CHECK (length(provider) <= 200),
    note TEXT NOT NULL CHECK (length(note) <= 1000000)
) STRICT;
CREATE TABLE profile (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) <= 200),
    birth_date TEXT CHECK (birth_date >= '1900-01-01')
) STRICT;
CREATE TABLE contact (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    phone TEXT NOT NULL CHECK (length(phone) <= 200),
    treatment_team INTEGER NOT NULL CHECK (treatment_team IN (0, 1)),
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE settings (
    id TEXT PRIMARY KEY,
    day_start_minutes INTEGER NOT NULL CHECK (day_start_minutes BETWEEN 0 AND 720),
    lock_after_minutes INTEGER CHECK (lock_after_minutes BETWEEN 1 AND 1440),
    planned_sessions INTEGER CHECK (planned_sessions BETWEEN 0 AND 60),
    instruments TEXT NOT NULL
) STRICT;
CREATE TABLE draft (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    saved_at TEXT NOT NULL
) STRICT;
CREATE TABLE card_shown (
    id TEXT PRIMARY KEY,
    shown_at TEXT NOT NULL,
    answers_id TEXT
) STRICT
"""

# Relief and Today ask for one measure, or a few days, out of ten years.
_TO_2 = """
CREATE INDEX value_by_tracked ON value (tracked_id, entry_id, hundredths);
CREATE INDEX check_in_by_day ON check_in (day);
CREATE INDEX answers_by_instrument ON answers (instrument, day)
"""

_TO_3 = """
CREATE TABLE habit_choice (
    id TEXT PRIMARY KEY,
    habits TEXT NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT;
CREATE TABLE early_sign (
    id TEXT PRIMARY KEY,
    sign TEXT NOT NULL CHECK (length(sign) BETWEEN 1 AND 200),
    helps TEXT NOT NULL CHECK (length(helps) <= 200),
    position INTEGER NOT NULL
) STRICT
"""

_TO_4 = """
CREATE TABLE visit_question (
    id TEXT PRIMARY KEY,
    words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 2000),
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE sharing_choices (
    id TEXT PRIMARY KEY,
    period TEXT NOT NULL CHECK (period IN ('since_visit', 'months_3', 'months_6', 'months_12', 'all', 'own')),
    from_day TEXT CHECK (from_day >= '1900-01-01'),
    to_day TEXT CHECK (to_day >= '1900-01-01'),
    paper TEXT NOT NULL CHECK (paper IN ('a4', 'letter')),
    hide_name INTEGER NOT NULL CHECK (hide_name IN (0, 1)),
    grey INTEGER NOT NULL CHECK (grey IN (0, 1)),
    attach INTEGER NOT NULL CHECK (attach IN (0, 1)),
    locale TEXT NOT NULL CHECK (length(locale) <= 200),
    sections TEXT NOT NULL
) STRICT
"""


def _to_5(connection: Any) -> None:
    """Side effects and medicines become codes; words that have none stay, beside them, as they were typed."""
    for name in ("other_side_effects", "other_medicines"):
        connection.execute(f"ALTER TABLE session ADD COLUMN {name} TEXT NOT NULL DEFAULT '[]'")
    for key, effects, medicines in connection.execute("SELECT id, side_effects, medicines FROM session").fetchall():
        coded = earlier_versions.with_codes({"side_effects": json.loads(effects), "medicines": json.loads(medicines)})
        for name, words in coded.items():
            stored = json.dumps(words, ensure_ascii=False)
            connection.execute(f"UPDATE session SET {name} = ? WHERE id = ?", [stored, key])
    drafts = connection.execute("SELECT id, payload FROM draft WHERE kind = 'session'").fetchall()
    for key, payload in drafts:
        connection.execute(
            "UPDATE draft SET payload = ? WHERE id = ?", [earlier_versions.draft_with_codes(payload), key]
        )


_TO_6 = """
ALTER TABLE settings ADD COLUMN relief_measure TEXT CHECK (length(relief_measure) BETWEEN 1 AND 200)
"""


def _to_7(connection: Any) -> None:
    """Give the diary an id that its backups share, which tells them from those of another diary of its name."""
    connection.execute("INSERT INTO meta (key, value) VALUES ('id', ?)", [str(uuid4())])


MIGRATIONS: tuple[str | Callable[[Any], None], ...] = (_TO_1, _TO_2, _TO_3, _TO_4, _to_5, _TO_6, _to_7)
VERSION = len(MIGRATIONS)


def migrate(connection: Any) -> None:
    """Run the steps a file still lacks, inside the transaction the caller began.

    `connection` is SQLite's own; user_version is part of the transaction, so a failed step leaves the old version.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for step in MIGRATIONS[version:]:
        if callable(step):
            step(connection)
        else:
            for statement in step.split(";\n"):
                connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")
