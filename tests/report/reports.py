"""Reports of made-up people for the tests, and independent readers of PDF files."""

import subprocess
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import which

import pypdf
import pytest
from whole_diaries import in_order

from ketatrack import demo
from ketatrack.formats.export_data import Consent, ExportData, share
from ketatrack.models import enums, records
from ketatrack.models.diary_data import KINDS, DiaryData
from ketatrack.report import pdf as typesetting
from ketatrack.report.build import prepare

TODAY = date(2026, 11, 23)
MADE = datetime(2026, 11, 23, 14, 2, tzinfo=timezone(timedelta(hours=1)))
EVERYTHING = tuple(enums.Section)
with_tools = pytest.mark.skipif(not which("pdfinfo") or not which("qpdf"), reason="needs poppler-utils and qpdf")


@cache
def made_up(years: int) -> DiaryData:
    """The made-up person's diary of so many years, without a file."""
    found = demo.records(years, demo.SEED, TODAY)
    kept = {name: tuple(each for each in found if type(each) is kind) for name, kind in KINDS.items()}
    return in_order(DiaryData(**kept))


def asking(whole: DiaryData, *questions: str) -> DiaryData:
    asked = (records.VisitQuestion(words=words, position=at) for at, words in enumerate(questions))
    return replace(whole, visit_questions=tuple(asked))


def shared(whole: DiaryData, asked: Consent = Consent(), **choices) -> ExportData:  # noqa: B008 - frozen
    choices = {"period": enums.Period.ALL, "sections": EVERYTHING} | choices
    return share(whole, records.SharingChoices(**choices), asked, TODAY, MADE)


def pdf_of(whole: DiaryData, asked: Consent = Consent(), attachments=None, locale="en_GB", **choices) -> bytes:  # noqa: B008
    return typesetting.pdf(prepare(shared(whole, asked, **choices), locale), attachments).content


def text_of(pdf: bytes) -> list[str]:
    """The text of each page, by a reader that did not write it; runs of spaces as one."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(pdf)).pages]


def told_by(tool: str, pdf: bytes, folder: Path, *more: str) -> str:
    """What one of the command-line readers says of a PDF."""
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    done = subprocess.run([tool, *more, str(path)], capture_output=True, text=True, check=True)
    return done.stdout + done.stderr
