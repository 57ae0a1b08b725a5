"""Every version there ever was still opens, with everything in it, after a verified copy was put aside."""

import json
import shutil
from pathlib import Path

import pytest
from frozen import PASSPHRASE, VERSION_1, VERSION_3, VERSION_4, VERSION_5, VERSION_6

from ketatrack.diary import backup, copies, crypto, database, migrations, reading
from ketatrack.errors import StorageFull
from ketatrack.models import records
from ketatrack.paths import backup_folder

DATABASES = Path(__file__).resolve().parents[1] / "databases"
FROZEN = {1: VERSION_1, 2: VERSION_1, 3: VERSION_3, 4: VERSION_4, 5: VERSION_5, 6: VERSION_6, 7: VERSION_6}
OLDER = pytest.mark.parametrize("frozen", [each for each in FROZEN if each < migrations.VERSION], indirect=True)


def everything(diary) -> set[records.Record]:
    with diary.read() as connection:
        return {record for kind in records.RECORD_TYPES for record in reading.load(connection, kind)}


@pytest.fixture(params=sorted(FROZEN))
def frozen(request, tmp_path) -> tuple[int, Path]:
    path = tmp_path / "frozen" / "diary.ketatrack"
    path.parent.mkdir()
    shutil.copy(DATABASES / f"version_{request.param}.ketatrack", path)
    return request.param, path


def test_it_opens_with_everything_in_it(frozen):
    version, path = frozen
    key = crypto.derive(PASSPHRASE, crypto.salt_of(path))
    assert database.probe(path, key) == version
    diary = database.open_diary(path, PASSPHRASE)
    assert everything(diary) == set(FROZEN[version])
    assert backup.check(diary) == []
    diary.close()
    assert database.probe(path, key) == migrations.VERSION


@OLDER
def test_a_copy_of_the_old_version_is_put_aside_first(frozen):
    version, path = frozen
    before = backup.inspect(path, PASSPHRASE)
    database.open_diary(path, PASSPHRASE).close()
    (copy,) = backup_folder(path).glob("*.ketatrack")
    assert copy.stem == f"diary before upgrade from {version}"
    assert backup.inspect(copy, PASSPHRASE).version == version
    assert backup.inspect(copy, PASSPHRASE).counts == before.counts


@pytest.mark.parametrize("frozen", [1, 4], indirect=True)
def test_side_effects_and_medicines_are_stored_as_codes(frozen):
    version, path = frozen
    diary = database.open_diary(path, PASSPHRASE)
    query = "SELECT side_effects, other_side_effects, medicines, other_medicines FROM session ORDER BY id"
    with diary.raw() as connection:
        rows = connection.execute(query).fetchall()
    diary.close()
    assert rows[0] == ('["dizzy"]', '["Übel"]', '["opioid"]', "[]")
    if version == 4:
        assert [json.loads(row) for row in rows[1]] == [
            ["bladder_discomfort", "vomited", "anxious", "blurred_sight", "headache", "dizzy"],
            ["Metal taste"],
            ["opioid", "maoi", "stimulant", "other_sleep_aid", "benzodiazepine"],
            ["Lorazepam"],
        ]


def test_a_migrated_diary_has_the_schema_of_a_new_one(frozen, diary):
    _, path = frozen
    old = database.open_diary(path, PASSPHRASE)
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
    with old.raw() as migrated, diary.raw() as new:
        assert migrated.execute(query).fetchall() == new.execute(query).fetchall()
    old.close()


def test_a_step_that_fails_leaves_the_old_version(frozen, monkeypatch):
    version, path = frozen
    broken = (*migrations.MIGRATIONS[:version], "CREATE TABLE extra (x);\nINSERT INTO nowhere VALUES (1)")
    monkeypatch.setattr(migrations, "MIGRATIONS", broken)
    monkeypatch.setattr(migrations, "VERSION", len(broken))
    with pytest.raises(Exception, match="nowhere"):
        database.open_diary(path, PASSPHRASE)
    monkeypatch.undo()
    key = crypto.derive(PASSPHRASE, crypto.salt_of(path))
    assert database.probe(path, key) == version
    diary = database.open_diary(path, PASSPHRASE)
    assert everything(diary) == set(FROZEN[version])
    diary.close()


@OLDER
def test_no_room_for_the_copy_leaves_the_old_version(frozen, monkeypatch):
    version, path = frozen
    backup_folder(path).mkdir()

    def full(*_: object) -> None:
        raise StorageFull("full")

    monkeypatch.setattr(copies, "verify", full)
    with pytest.raises(StorageFull):
        database.open_diary(path, PASSPHRASE)
    monkeypatch.undo()
    assert list(backup_folder(path).iterdir()) == []
    assert database.probe(path, crypto.derive(PASSPHRASE, crypto.salt_of(path))) == version
