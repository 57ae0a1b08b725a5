"""What a file is shows in what it holds, whatever it is called."""

from datetime import UTC, datetime

import pytest
from whole_diaries import TODAY

from ketatrack.errors import ImportRefused
from ketatrack.formats.archive import archive
from ketatrack.formats.csv_tables import csv_files, csv_zip
from ketatrack.formats.detect import Origin, origin_of
from ketatrack.formats.export_data import Consent, share
from ketatrack.models.diary_data import DiaryData
from ketatrack.models.records import SharingChoices
from ketatrack.models.tracked import built_in

WHOLE = DiaryData(tracked=built_in())
SHARED = share(WHOLE, SharingChoices(), Consent(), TODAY, datetime(2026, 11, 23, tzinfo=UTC))
TABLES = csv_files(SHARED)
ESM = b"date,low_mood\n2026-11-20,4\n"


@pytest.mark.parametrize(
    ("content", "origin"),
    [
        (archive(WHOLE), Origin.ARCHIVE),
        (b"\xef\xbb\xbf\n " + archive(WHOLE), Origin.ARCHIVE),
        (b'{"other": 1}', Origin.ARCHIVE),
        (csv_zip(SHARED), Origin.TABLES),
        *((TABLES[name], Origin.TABLES) for name in TABLES if name not in ("habits.csv", "relief.csv")),
        (TABLES["sessions.csv"].decode("utf-8-sig").replace(",", ";").encode("cp1252"), Origin.TABLES),
        (ESM, Origin.FOREIGN_CSV),
        (TABLES["relief.csv"], Origin.FOREIGN_CSV),
        (b"id,date,note\n", Origin.FOREIGN_CSV),
        (b"", Origin.FOREIGN_CSV),
        (b"\x00\x01", Origin.FOREIGN_CSV),
    ],
)
def test_a_file_is_what_it_holds(tmp_path, content, origin):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    assert origin_of(path) is origin


def test_a_folder_holds_tables(tmp_path):
    assert origin_of(tmp_path) is Origin.TABLES


def test_a_missing_file(tmp_path):
    with pytest.raises(ImportRefused, match="cannot be read"):
        origin_of(tmp_path / "none")
