import re
import xml.etree.ElementTree as ET

import matplotlib as mpl
import pytest
from people import result, share_of

from ketatrack import __version__
from ketatrack.charts.export import FileKind, captioned, picture_bytes
from ketatrack.charts.journey import journey_of

FACTS = "1 Jan 2026 to 15 Aug 2026 · in relief: at most half of baseline"


@pytest.mark.parametrize(("kind", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_each_format_is_what_it_says_and_the_same_every_time(kind: str, magic: bytes):
    picture = journey_of(result())
    content = picture_bytes(picture, FileKind(kind), FACTS)
    assert content.startswith(magic)
    assert content == picture_bytes(picture, FileKind(kind), FACTS)


def test_a_png_has_300_dpi():
    content = picture_bytes(share_of(result(10)), FileKind.PNG, FACTS, 500)
    at = content.index(b"pHYs")
    per_metre = int.from_bytes(content[at + 4 : at + 8], "big")
    assert round(per_metre * 0.0254) == 300
    assert int.from_bytes(content[16:20], "big") == pytest.approx(500 / 72 * 300, abs=1)


def test_an_svg_has_no_date_and_text_as_paths():
    content = picture_bytes(journey_of(result()), FileKind.SVG, FACTS).decode()
    root = ET.fromstring(content)
    assert root.tag.endswith("svg")
    assert "<text" not in content
    assert not re.search(r"<dc:date>", content)


def test_every_picture_carries_title_period_rule_version_and_the_fixed_sentence():
    picture = journey_of(result())
    words = [text.get_text() for text in captioned(picture, FACTS, 918).texts]
    assert words[:2] == [picture.title, picture.subtitle]
    below = " ".join(words[2:])
    assert FACTS in below
    assert f"KetaTrack {__version__}" in below
    assert "This describes your past sessions. It is not a forecast and not advice" in below
    assert below.endswith("discuss timing with your prescriber.")


def test_the_chart_is_not_stretched_by_its_caption():
    picture = journey_of(result())
    figure = captioned(picture, FACTS, 918)
    width, height = figure.get_size_inches() * 72
    plot = figure.axes[0].get_position()
    assert plot.height * height == pytest.approx(250 - 46 - 42)
    assert plot.width * width == pytest.approx(918 - 40 - 64 - 92)


def test_saving_leaves_matplotlibs_settings_alone():
    before = dict(mpl.rcParams)
    picture_bytes(journey_of(result()), FileKind.SVG, FACTS)
    assert dict(mpl.rcParams) == before
