"""Typst at work on a prepared report: the PDF, and the pages of each section.

A character that no bundled font has is taken from the system's fonts; where they lack it too, the file is made
without the two standards that forbid that, and says so.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import typst

from ketatrack.i18n import translate
from ketatrack.paths import resource
from ketatrack.sharing.report.finishing import finished
from ketatrack.sharing.report.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF, and a sentence for the person where it falls short of its standards ("" as a rule)."""

    content: bytes
    note: str


def pdf(prepared: Prepared, attachments: Mapping[str, bytes] | None = None) -> Made:
    """The report as one tagged file by PDF/UA-1 and PDF/A-3a.

    Args:
        prepared: from `prepare`.
        attachments: files to put inside, by name; where that was chosen, the appendix says so.
    """
    made, note = _laid_out(prepared)
    return Made(finished(made, attachments or {}, prepared.made_at), note)


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
    """The first and last page of each section in the report, by its name; the appendix is "appendix"."""
    found = json.loads(typst.query(files_of(prepared), "<place>", font_paths=fonts_for(prepared)))
    pages: dict[str, list[int]] = {}
    for each in found:
        pages.setdefault(each["value"]["name"], []).append(each["value"]["page"])
    return {name: (min(held), max(held)) for name, held in pages.items()}


def compiled(files: Any, fonts: typst.Fonts, **how: Any) -> Any:
    """What Typst makes of files in memory: bytes, or a list of them for several pictures."""
    return typst.compile(files, font_paths=fonts, **how)


def files_of(prepared: Prepared) -> Any:
    """What Typst reads, all of it in memory: nothing plain of the diary touches the disk."""
    files = dict(prepared.files)
    return {"main": files.pop("report.typ"), **files}


def fonts_for(prepared: Prepared) -> typst.Fonts:
    """The bundled fonts, and the system's too where a character is in none of them."""
    return _bundled() if prepared.fonts_suffice else _with_system()


@cache
def _bundled() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[resource("fonts")])


@cache
def _with_system() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[resource("fonts")])


def _note() -> str:
    return translate(
        "Report",
        "Some characters are in no font of this computer and are shown as boxes, so this file does not claim to "
        "follow PDF/UA-1 and PDF/A-3a.",
    )
