"""The report as a file: standards, fonts, vectors, attachments, and the same bytes for the same diary."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdf
import pytest
from matplotlib.image import imread
from reports import EVERYTHING, MADE, TODAY, asking, made_up, pdf_of, shared, text_of, told_by, with_tools

from ketatrack.errors import WrongUsage
from ketatrack.formats.export_data import Consent, share
from ketatrack.models import enums, records
from ketatrack.models.diary_data import DiaryData
from ketatrack.report import pdf as typesetting
from ketatrack.report.build import prepare
from ketatrack.report.cache import ReportCache
from ketatrack.report.pdf import encrypted, pages

ATTACHED = {"sessions.csv": "\ufeffday,route\r\n2026-01-01,ž\r\n".encode(), "diary.json": b'{"a": 1}'}


@pytest.fixture(scope="module")
def year() -> bytes:
    return pdf_of(asking(made_up(1), "Is that all right?"), attachments=ATTACHED)


def test_it_claims_and_has_what_the_standards_ask(year):
    with pikepdf.open(BytesIO(year)) as opened:
        about = opened.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")
        assert about["pdfuaid:part"] == "1"
        assert bool(opened.Root.MarkInfo.Marked)
        assert str(opened.Root.Lang) == "en-GB"
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        assert str(opened.docinfo.Title) == "Ketamine therapy: summary for my doctor"
        assert str(opened.docinfo.CreationDate).startswith("D:20261123140200")


def alternatives(opened: pikepdf.Pdf) -> list[str]:
    found = (each for each in opened.objects if isinstance(each, pikepdf.Dictionary))
    return [str(each.Alt) for each in found if "/Alt" in each]


def test_every_chart_speaks(year):
    prepared = prepare(shared(asking(made_up(1), "Is that all right?")), "en_GB")
    charts = [name for name in prepared.files if name.endswith(".svg")]
    with pikepdf.open(BytesIO(year)) as opened:
        told = alternatives(opened)
    assert len(told) == len(charts) >= 8
    assert any(each.startswith("PHQ-9 from ") for each in told)
    assert all(len(each) > 40 for each in told)


def test_headings_do_not_skip_a_level(year):
    with pikepdf.open(BytesIO(year)) as opened:
        kinds = [str(each.S) for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure"} <= set(kinds)
    assert "/H4" not in kinds


@with_tools
def test_readers_find_no_fault(year, tmp_path):
    info = told_by("pdfinfo", year, tmp_path)
    assert "Tagged:          yes" in info
    assert "Error" not in info
    assert "No syntax or stream encoding errors found" in told_by("qpdf", year, tmp_path, "--check")


@with_tools
def test_all_fonts_are_inter_embedded_and_nothing_is_a_bitmap(year, tmp_path):
    rows = told_by("pdffonts", year, tmp_path).splitlines()[2:]
    assert rows
    for row in rows:
        assert "+Inter-" in row.split()[0]
        assert row.split()[-5:-2] == ["yes", "yes", "yes"]
    images = told_by("pdfimages", year, tmp_path, "-list")
    assert len(images.splitlines()) == 2


def test_the_same_diary_gives_the_same_bytes(year):
    again = pdf_of(asking(made_up(1), "Is that all right?"), attachments=ATTACHED)
    assert again == year
    kept = ReportCache()
    one, two = (prepare(shared(made_up(1)), "en_GB", kept) for _ in range(2))
    assert one == two


def test_what_is_attached_comes_back_as_it_was(year):
    found = {name: contents[0] for name, contents in pypdf.PdfReader(BytesIO(year)).attachments.items()}
    assert found == ATTACHED
    assert "attached to its PDF file" in text_of(year)[-1]
    assert (
        "attached to its PDF file"
        not in text_of(pdf_of(made_up(1), sections=(enums.Section.SUMMARY,), attach=False))[-1]
    )


@pytest.mark.parametrize(("paper", "width", "height"), [("a4", 595, 842), ("letter", 612, 792)])
def test_paper(paper, width, height):
    pdf = pdf_of(made_up(1), paper=enums.Paper(paper), sections=(enums.Section.SUMMARY,))
    box = pypdf.PdfReader(BytesIO(pdf)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (width, height)


def test_pages_are_counted_and_sections_found():
    prepared = prepare(shared(made_up(1)), "en_GB")
    printed = text_of(typesetting.pdf(prepared).content)
    assert all(f"page {n} of {len(printed)}" in page for n, page in enumerate(printed, start=1))
    places = typesetting.places(prepared)
    assert list(places) == [*(each.value for each in EVERYTHING), "appendix"]
    assert places["summary"] == (1, 1)
    assert places["curves"] == (2, 2)
    for name, title in (("sessions", "Every session"), ("habits", "Habits"), ("readings", "Table of all readings")):
        first, last = places[name]
        assert title in printed[first - 1]
        assert 1 <= first <= last <= len(printed)
    first, last = places["sessions"]
    assert first < last
    assert f"sessions on pages {first}–{last}" in printed[0]


def pictures(prepared, pixels_per_inch) -> list[bytes]:
    """Every page as Typst draws it by itself: what the screen's single pages are held to."""
    files, fonts = typesetting.files_of(prepared), typesetting.fonts_for(prepared)
    made = typesetting.compiled(files, fonts, format="png", ppi=pixels_per_inch)
    return made if isinstance(made, list) else [made]


def test_a_page_alone_is_the_page_that_is_printed():
    prepared = prepare(shared(made_up(1), sections=(enums.Section.SUMMARY, enums.Section.CURVES)), "en_GB")
    laid_out, printed = pages(prepared), pictures(prepared, 100)
    assert laid_out.count == len(printed)
    assert laid_out.places == typesetting.places(prepared)
    ours = [ink(laid_out.picture(number + 1, 100)) for number in range(laid_out.count)]
    theirs = [ink(page) for page in printed]
    for at, page in enumerate(theirs):
        assert [abs(our - page).max() < 0.1 for our in ours] == [at == other for other in range(len(ours))]


def ink(png: bytes):
    """How bright each square of 20 x 20 pixels is: edges may be smoothed otherwise, ink stands in the same places."""
    found = pixels(png).mean(axis=2)
    high, wide = (side // 20 for side in found.shape)
    return found[: 20 * high, : 20 * wide].reshape(high, 20, wide, 20).mean(axis=(1, 3))


def test_what_is_kept_changes_nothing_but_the_time():
    kept, whole = ReportCache(), made_up(1)
    habits = {"sections": EVERYTHING[3:4]}
    changes = ({}, {"grey": True}, {"hide_name": True}, {"period": enums.Period.MONTHS_3}, habits)
    for change in changes:
        choices = records.SharingChoices(**change)
        quick = kept.share(whole, choices, Consent(), TODAY, MADE)
        assert quick == share(whole, choices, Consent(), TODAY, MADE)
        assert prepare(quick, "en_GB", kept) == prepare(quick, "en_GB")
    more = replace(whole, sessions=whole.sessions[:-3])
    assert kept.share(more, choices, Consent(), TODAY, MADE) == share(more, choices, Consent(), TODAY, MADE)


def test_grey_has_no_colour():
    for page in pictures(prepare(shared(made_up(1), grey=True), "en_GB"), 40):
        assert is_grey(page)
    assert not is_grey(pictures(prepare(shared(made_up(1)), "en_GB"), 40)[0])


def pixels(png: bytes):
    return imread(BytesIO(png))[..., :3]


def is_grey(png: bytes) -> bool:
    found = pixels(png)
    return bool((abs(found.max(axis=2) - found.min(axis=2)) < 0.02).all())


def test_an_encrypted_copy_opens_with_its_password_alone(year):
    locked = encrypted(year, "pässword of its own")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(locked))
    with pikepdf.open(BytesIO(locked), password="pässword of its own") as opened:
        assert opened.encryption.bits == 256
        assert opened.encryption.R == 6
        assert {name: each.get_file().read_bytes() for name, each in opened.attachments.items()} == ATTACHED
        assert "pdfaid:part" not in opened.open_metadata()
    assert b"Ketamine therapy" not in locked


@with_tools
def test_another_reader_opens_the_encrypted_copy(year, tmp_path):
    told = told_by("pdfinfo", encrypted(year, "of its own"), tmp_path, "-upw", "of its own")
    assert "Title:           Ketamine therapy: summary for my doctor" in told
    assert "algorithm:AES-256" in told


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_encrypted_copy_needs_a_password(empty, year):
    with pytest.raises(WrongUsage, match="needs a password"):
        encrypted(year, empty)


def test_an_empty_diary_has_every_heading_and_counts():
    printed = text_of(pdf_of(DiaryData()))
    whole = " ".join(printed)
    for words in (
        "No session is noted in this period.",
        "No score or rating in this period.",
        "none filled in yet",
        "0 sessions noted, and no score or rating to tell",
        "0 sessions noted; relief was timed after none of them.",
        "0 sessions to put side by side.",
        "0 sessions are noted in this period.",
        "0 days with a habit noted",
        "0 questionnaires are filled in",
        "0 entries, newest first",
        "entries on 0 of 1 days",
        "Self-reported, not medical advice",
        "No name given",
    ):
        assert words in whole, words
    assert [title for title in ("Safety", "My questions for this visit", "How long relief lasted") if title in whole]
