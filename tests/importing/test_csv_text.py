"""Foreign files: every encoding and delimiter named in the design, and what is no table at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketatrack.errors import ImportRefused
from ketatrack.importing.csv_text import CsvText, find_out, lines

ROWS = 'date;"Übel, sehr";x\n2024-01-01;"a\nb";3,5\n\n2024-01-02;c;4\n'


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8-sig"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_encodings(tmp_path, encoding, found):
    path = tmp_path / "a.csv"
    path.write_bytes(ROWS.encode(encoding))
    text = find_out(path)
    assert text == CsvText(found, ";")
    read = list(lines(path, text))
    assert [row.cells for row in read] == [
        ("date", "Übel, sehr", "x"),
        ("2024-01-01", "a\nb", "3,5"),
        ("2024-01-02", "c", "4"),
    ]
    assert [row.number for row in read] == [1, 2, 5]
    assert "semicolon" in text.words()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    path.write_text("\n".join(delimiter.join(row) for row in (["a", "b", "c"], ["1,5", "2", "3"]) * 3))
    if delimiter != ",":
        assert find_out(path).delimiter == delimiter


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"a,b\x00c\n", "not a text file"),
        (b"a,b\n" + b"x" * 1_200_000, "longer than"),
        (b'a,b\n"' + b"x,\n" * 200_000, "does not end"),
        (b"a,b\n" * 20_000 + b"\xff\xfe\x81\n", "not text"),
        (b"a,b\n" * 20_000 + b"\x00\n", "NUL"),
    ],
)
def test_what_is_no_table_gets_a_sentence(tmp_path, content, words):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(ImportRefused, match=words):
        list(lines(path, find_out(path)))


def test_a_missing_file(tmp_path):
    with pytest.raises(ImportRefused, match="cannot be read"):
        find_out(tmp_path / "none.csv")


@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(content)
    refused = None
    try:
        list(lines(path, find_out(path)))
    except ImportRefused as error:
        refused = str(error)
    assert refused is None or "a.csv" in refused
