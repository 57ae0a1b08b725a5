"""What a file would bring, in words."""

import pytest

from ketatrack.formats.plan import read_in_words


@pytest.mark.parametrize(
    ("unit", "n", "words"),
    [
        ("entries", 1, "1 entry read"),
        ("entries", 1476, "1,476 entries read"),
        ("rows", 1, "1 row read"),
        ("rows", 1476, "1,476 rows read"),
    ],
)
def test_how_much_was_read(unit, n, words):
    assert read_in_words(unit, n) == words
