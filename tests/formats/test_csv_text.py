"""Foreign files: every encoding and delimiter named in the design, and what is no table at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketatrack.errors import ImportRefused
from ketatrack.formats.foreign.reader import CsvText, find_out, lines

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
        (b'a,b\n"' + b"x,\n" * 400_000, "does not end"),
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


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('date,note\n2024-01-01,"open\n2024-01-02,b\n2024-01-03,c\n', encoding="utf-8")
    with pytest.raises(ImportRefused, match="line 2: a quotation mark opens here"):
        list(lines(path, find_out(path)))


@pytest.mark.parametrize(
    "last", ['2024-01-01,"a\n"', '2024-01-01,5" tall', '2024-01-01,"a ""b"""', '2024-01-01,"a\r\nb"']
)
def test_other_quotation_marks_at_the_end_do_no_harm(tmp_path, last):
    for end in ("", "\n", "\r\n"):
        path = tmp_path / "a.csv"
        path.write_text(f"date,note\n{last}{end}", encoding="utf-8", newline="")
        assert len(list(lines(path, find_out(path)))) == 2
