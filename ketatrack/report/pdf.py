"""A prepared report as a PDF (tagged, with the data inside where asked for, or encrypted) and as pages for a screen.

The whole report is laid out once, which is quick; only a page that is looked at becomes a picture, which is not.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import typst
from pikepdf import Array, Name

from ketatrack.errors import WrongUsage
from ketatrack.formats.export_data import ExportData
from ketatrack.i18n import N_, _
from ketatrack.models.records import normalised
from ketatrack.paths import resource
from ketatrack.report.build import Prepared

FHIR_NAME = "ketatrack-fhir.json"
_KINDS = {
    "csv": ("text/csv", N_("Spreadsheet of the report's data")),
    "json": ("application/json", N_("The report's data for other programs")),
}
_ONE_PAGE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(json("page.json")))'


def attachments(shared: ExportData) -> dict[str, bytes]:
    """File contents by name, exactly what the exports of the same choices give; none where that was not chosen."""
    if not shared.choices.attach:
        return {}
    from ketatrack.formats import csv_tables
    from ketatrack.formats.fhir import document

    return {**csv_tables.csv_files(shared), FHIR_NAME: document.document(shared)}


def encrypted(pdf: bytes, password: str) -> bytes:
    """Return the PDF under AES-256 (R6, ISO 32000-2), its metadata and attachments included; PDF/A does not allow this.

    The password, in its composed Unicode form, opens it for everything. Raises WrongUsage for an empty one.
    """
    import pikepdf

    if not password.strip():
        raise WrongUsage(_("An encrypted copy needs a password; without one anyone could open it."))
    secret, file = normalised(password), BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        with opened.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
            # An encrypted file must not claim to follow PDF/A.
            for claim in ("pdfaid:part", "pdfaid:conformance"):
                about.pop(claim, None)
        opened.save(file, encryption=pikepdf.Encryption(owner=secret, user=secret, R=6, aes=True, metadata=True))
    return file.getvalue()


def finished(pdf: bytes, attachments: Mapping[str, bytes], made_at: datetime) -> bytes:
    """Return the PDF with the files inside; the same arguments give the same bytes.

    Args:
        pdf: from Typst.
        attachments: file contents by name.
        made_at: the aware moment that the files are dated.
    """
    packed = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        if attachments:
            _attach(opened, attachments, made_at)
        # "false" is what it means when absent too, and some readers take its presence for a fault.
        marks = opened.Root.get(Name.MarkInfo)
        if marks is not None and Name.Suspects in marks:
            del marks[Name.Suspects]
        # Object streams: the tags of a long table are most of its file otherwise.
        opened.save(packed, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return packed.getvalue()


def _attach(opened: pikepdf.Pdf, attachments: Mapping[str, bytes], made_at: datetime) -> None:
    for name, content in sorted(attachments.items()):
        kind, words = _KINDS.get(name.rpartition(".")[2], ("text/plain", N_("Text")))
        spec = pikepdf.AttachedFileSpec(
            opened,
            b"",
            description=_(words),
            filename=name,
            mime_type=kind,
            mod_date=_stamp(made_at),
            relationship=Name.Data,
        )
        # Packed here: pikepdf would hold ten years of plain text twice more.
        file = spec.obj.EF.F
        file.write(zlib.compress(content), filter=Name.FlateDecode)
        file.Params.Size = len(content)
        file.Params.CheckSum = pikepdf.String(hashlib.md5(content, usedforsecurity=False).digest())
        opened.attachments[name] = spec
    # PDF/A-3 wants each file named by the document too.
    opened.Root.AF = Array([opened.attachments[name].obj for name in sorted(attachments)])


def _stamp(moment: datetime) -> str:
    """Return a moment as PDF writes it: D:20261123140200+01'00'."""
    offset = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF, and a sentence for the person where it falls short of its standards ("" as a rule)."""

    content: bytes
    note: str


def pdf(prepared: Prepared, attachments: Mapping[str, bytes] | None = None) -> Made:
    """Return the report as one tagged file by PDF/UA-1 and PDF/A-3a.

    Args:
        prepared: from `prepare`.
        attachments: files to put inside, by name; where that was chosen, the appendix says so.
    """
    result, note = _laid_out(prepared)
    return Made(finished(result, attachments or {}, prepared.made_at), note)


def _laid_out(prepared: Prepared) -> tuple[bytes, str]:
    files, fonts = files_of(prepared), fonts_for(prepared)
    try:
        return compiled(files, fonts, pdf_standards=["a-3a", "ua-1"]), ""
    except typst.TypstError as error:
        # The only thing that a diary can bring which the standards refuse; all else is our own mistake.
        if "could not be displayed" not in error.message:
            raise
    note = _note()
    return compiled(files, fonts, sys_inputs={"note": note}), note


def places(prepared: Prepared) -> dict[str, tuple[int, int]]:
    """Return the first and last page of each section in the report, by its name; the appendix is "appendix"."""
    result = json.loads(typst.query(files_of(prepared), "<place>", font_paths=fonts_for(prepared)))
    pages: dict[str, list[int]] = {}
    for mark in result:
        pages.setdefault(mark["value"]["name"], []).append(mark["value"]["page"])
    return {name: (min(numbers), max(numbers)) for name, numbers in pages.items()}


def compiled(files: Any, fonts: typst.Fonts, **how: Any) -> Any:
    """Return what Typst makes of files in memory: bytes, or a list of them for several pictures."""
    return typst.compile(files, font_paths=fonts, **how)


def files_of(prepared: Prepared) -> Any:
    """Return what Typst reads, all of it in memory: nothing plain of the diary touches the disk."""
    files = dict(prepared.files)
    return {"main": files.pop("report.typ"), **files}


def fonts_for(prepared: Prepared) -> typst.Fonts:
    """Return the bundled fonts, and the system's too where a character is in none of them."""
    return _bundled() if prepared.fonts_suffice else _with_system()


@cache
def _bundled() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[resource("fonts")])


@cache
def _with_system() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[resource("fonts")])


def _note() -> str:
    return _(
        "Some characters are in no font of this computer and are shown as boxes, so this file does not claim to "
        "follow PDF/UA-1 and PDF/A-3a.",
    )


@dataclass(frozen=True, slots=True)
class Pages:
    """`count` pages; `places` has the first and last page of each section by its name ("appendix" is one)."""

    count: int
    places: dict[str, tuple[int, int]]
    _laid_out: bytes
    _fonts: typst.Fonts

    def picture(self, number: int, pixels_per_inch: float) -> bytes:
        """One page, counted from 1, as a PNG of that resolution."""
        file = BytesIO()
        with pikepdf.open(BytesIO(self._laid_out)) as report, pikepdf.new() as one:
            one.pages.append(report.pages[number - 1])
            one.save(file)
        # Files in memory have to be text for Typst; a list of numbers is.
        files = {"main": _ONE_PAGE, "page.json": json.dumps(list(file.getvalue())).encode()}
        content: bytes = compiled(files, self._fonts, format="png", ppi=pixels_per_inch)
        return content


def pages(prepared: Prepared) -> Pages:
    """Lay out a prepared report, without the tags and files that only the saved PDF needs."""
    fonts = fonts_for(prepared)
    laid_out: bytes = compiled(files_of(prepared), fonts, pdf_tags=False)
    with pikepdf.open(BytesIO(laid_out)) as opened:
        count = len(opened.pages)
    return Pages(count, places(prepared), laid_out, fonts)
