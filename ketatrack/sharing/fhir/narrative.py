"""XHTML for people without a FHIR viewer, and text that FHIR and XML can both hold."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from ketatrack.sharing.fhir.parts import Resource

# What XML 1.0 cannot hold, escaped or not; FHIR's own strings forbid most of it too.
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(words: str) -> str:
    """`words` without what FHIR cannot hold; "" where only spaces are left, because FHIR has no empty text."""
    kept = _UNPRINTABLE.sub("\ufffd", words)
    return kept if kept.strip() else ""


def paragraph(words: str) -> str:
    """Running text; lines stay lines."""
    return f"<p>{_markup(words)}</p>"


def heading(words: str) -> str:
    """The title of one table."""
    return f"<h3>{_markup(words)}</h3>"


def listing(items: Iterable[str]) -> str:
    """A list, one line for each."""
    return f"<ul>{''.join(f'<li>{_markup(each)}</li>' for each in items)}</ul>"


def rows(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """A table; columns in which every cell is empty are left out, and without rows nothing is drawn."""
    shown = [number for number in range(len(head)) if any(row[number] for row in body)]
    if not shown:
        return ""
    top = "".join(f"<th>{_markup(head[number])}</th>" for number in shown)
    lines = ("".join(f"<td>{_markup(row[number])}</td>" for number in shown) for row in body)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"


def narrative(*blocks: str) -> Resource:
    """A FHIR Narrative of paragraphs and tables."""
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(blocks)}</div>'
    return {"status": "generated", "div": div}


def _markup(words: str) -> str:
    return escape(plain(words)).replace("\r\n", "\n").replace("\n", "<br/>")
