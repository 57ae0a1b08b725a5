"""The pages of a prepared report for a screen: how many, which section is where, and a picture of any one of them.

The whole report is laid out once, which is quick; only a page that is looked at becomes a picture, which is not.
"""

import json
from dataclasses import dataclass
from io import BytesIO

import pikepdf
import typst

from ketatrack.sharing.report import typesetting
from ketatrack.sharing.report.prepared import Prepared

_ONE_PAGE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(json("page.json")))'


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
        with pikepdf.open(BytesIO(self._laid_out)) as whole, pikepdf.new() as one:
            one.pages.append(whole.pages[number - 1])
            one.save(file)
        # Files in memory have to be text for Typst; a list of numbers is.
        files = {"main": _ONE_PAGE, "page.json": json.dumps(list(file.getvalue())).encode()}
        made: bytes = typesetting.compiled(files, self._fonts, format="png", ppi=pixels_per_inch)
        return made


def pages(prepared: Prepared) -> Pages:
    """Lay out a prepared report, without the tags and files that only the saved PDF needs."""
    fonts = typesetting.fonts_for(prepared)
    laid_out: bytes = typesetting.compiled(typesetting.files_of(prepared), fonts, pdf_tags=False)
    with pikepdf.open(BytesIO(laid_out)) as opened:
        count = len(opened.pages)
    return Pages(count, typesetting.places(prepared), laid_out, fonts)
