"""Names and notes in any script, and anything else a person can type: never a refused export, never run as markup."""

import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
import pikepdf
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from reports import EVERYTHING, MADE, TODAY, asking, made_up, shared, text_of
from whole_diaries import full_diaries, whole_diaries

from ketatrack.formats.export_data import Consent
from ketatrack.models import enums, records
from ketatrack.models.diary_data import DiaryData
from ketatrack.report import pdf as typesetting
from ketatrack.report.build import prepare
from ketatrack.report.formatting import printable

NOTED = Consent(notes=True)


def named(name: str, note: str = "") -> DiaryData:
    session = records.Session(day=TODAY, route=enums.Route.NASAL, notes=note)
    return DiaryData(profiles=(records.Profile(name=name),), sessions=(session,))


def made(whole: DiaryData, **choices) -> typesetting.Made:
    return typesetting.pdf(prepare(shared(whole, NOTED, **choices), "en_GB"))


def claims(pdf: bytes) -> set[str]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        about = opened.open_metadata()
        return {name for name in ("pdfaid:part", "pdfuaid:part") if name in about}


def fonts(pdf: bytes) -> set[str]:
    found = {
        str(font["/BaseFont"]).partition("+")[2]
        for page in pypdf.PdfReader(BytesIO(pdf)).pages
        for font in (each.get_object() for each in page["/Resources"]["/Font"].values())
    }
    return {name.removesuffix("-Identity-H") for name in found}


@pytest.mark.parametrize("name", ["Анна Ковальчук", "Ελένη Παπαδοπούλου", "Łucja Žižka", "Nguyễn Thị Hạnh"])
def test_the_bundled_fonts_have_latin_cyrillic_and_greek(name):
    found = made(named(name, note=name))
    assert found.note == ""
    assert claims(found.content) == {"pdfaid:part", "pdfuaid:part"}
    assert all(font.startswith("Inter-") for font in fonts(found.content))
    assert name in text_of(found.content)[0]


@pytest.fixture
def a_system_font(tmp_path, monkeypatch):
    """A system whose own font folder has DejaVu Sans, which matplotlib brings along."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    shutil.copy(Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf", folder)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    typesetting._with_system.cache_clear()
    yield
    typesetting._with_system.cache_clear()


@pytest.mark.usefixtures("a_system_font")
def test_other_scripts_come_from_the_system_and_keep_the_standards():
    found = made(named("ليلى حداد", note="سارت الأمور بهدوء"))
    assert found.note == ""
    assert claims(found.content) == {"pdfaid:part", "pdfuaid:part"}
    assert any(not font.startswith("Inter-") for font in fonts(found.content))


@pytest.mark.parametrize("name", ["\U0010fffd", "王小明 \U0010fffd \N{SMILING FACE WITH SMILING EYES}"])
def test_a_character_that_no_font_has_is_said_and_never_refused(name):
    found = made(named(name))
    assert "not claim to follow PDF/UA-1 and PDF/A-3a" in found.note
    assert claims(found.content) == set()
    assert found.note in text_of(found.content)[-1]
    with pikepdf.open(BytesIO(found.content)) as opened:
        assert bool(opened.Root.MarkInfo.Marked)


MARKUP = '#panic("x") = *bold* _it_ $x^2$ `raw` <label> @ref \\ // c /* d */ [a](b) ~ -- --- ... #let x = 1; ]} \' "'


def test_markup_is_words():
    whole = replace(
        named(MARKUP, note=f"{MARKUP}\n= No heading\n+ no list\n{MARKUP}"),
        visit_questions=(records.VisitQuestion(words=MARKUP),),
        tracked=(records.Tracked(key="own", name=MARKUP, kind=enums.Kind.RATING, is_measure=True),),
    )
    told = " ".join(text_of(made(whole).content))
    assert told.replace("’", "'").count("#let x = 1;") == 3
    assert "= No heading" in told
    assert '#panic("x") = *bold* _it_ $x^2$ `raw` <label> @ref \\ // c /* d */ [a](b)' in told


def test_a_very_long_note_goes_on_over_pages():
    pages = text_of(made(named("A", note="many words here " * 6250), sections=(enums.Section.SESSIONS,)).content)
    assert len(pages) > 5
    assert sum(page.count("many words here") for page in pages) > 6200


def test_a_word_longer_than_a_line_is_broken():
    pages = text_of(made(named("A", note="x" * 100_000), sections=(enums.Section.SESSIONS,)).content)
    assert sum(page.count("x") for page in pages) >= 100_000


def test_control_characters_go_and_lines_stay():
    assert printable("a\x01b\x1b[0m\r\nc\td\x7f\ufeff\u2028e\ud800") == "ab[0m\nc dе".replace("е", "e")
    assert printable("plain words") == "plain words"
    assert "\u200b" in printable("y" * 41)


def test_three_time_zones():
    hours = (-600, 0, 765)
    sessions = tuple(
        records.Session(day=TODAY, local_time=MADE.time(), utc_offset_minutes=offset, route=enums.Route.ORAL)
        for offset in hours
    )
    told = " ".join(text_of(made(DiaryData(sessions=sessions)).content))
    assert told.count("23 Nov 2026 14:02") >= 3


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(whole=whole_diaries() | full_diaries())
def test_no_diary_is_refused(whole):
    report = typesetting.pdf(prepare(shared(whole, Consent(True, True), sections=EVERYTHING), "en_GB"))
    assert report.content.startswith(b"%PDF")
    assert (report.note == "") is (claims(report.content) != set())


def test_questions_are_numbered_and_leave_room():
    told = text_of(made(asking(made_up(1), "Is it the dose?", "Or the season?"), sections=EVERYTHING[:1]).content)[0]
    assert "1. Is it the dose? 2. Or the season?" in told
