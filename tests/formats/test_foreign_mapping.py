"""A mapping as a file: what it keeps, and what of it is refused."""

import json

import pytest

from ketatrack.errors import ImportRefused
from ketatrack.formats.foreign import mapping
from ketatrack.formats.foreign.mapping import Mapping, SourceColumn
from ketatrack.formats.foreign.reader import CsvText
from ketatrack.models.typed import DateOrder

SEMICOLONS = Mapping(
    date="Datum", order=DateOrder.DAY_FIRST, values={"low_mood": SourceColumn("Laune")}, text=CsvText("cp1252", ";")
)


def test_encoding_and_delimiter_come_back():
    assert mapping.from_json(mapping.to_json(SEMICOLONS)) == SEMICOLONS


@pytest.mark.parametrize("change", [{"encoding": "klingon"}, {"delimiter": ";;"}, {"delimiter": '"'}])
def test_a_text_that_cannot_be_read_is_refused(change):
    data = json.loads(mapping.to_json(SEMICOLONS)) | change
    with pytest.raises(ImportRefused):
        mapping.from_json(json.dumps(data))


def test_a_file_that_is_no_mapping_is_refused(tmp_path):
    path = tmp_path / "mapping.json"
    path.write_bytes(b"\xff\xfe\x00broken")
    with pytest.raises(ImportRefused, match="cannot be read"):
        mapping.load(path)
    with pytest.raises(ImportRefused, match="cannot be read"):
        mapping.load(tmp_path / "nothing.json")
