"""A pseudo-language made from the catalogue's template: what is not in it stands out, what is longer shows its room."""

import gettext
import re
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TEMPLATE = Path(__file__).resolve().parents[2] / "resources" / "i18n" / "ketatrack.pot"
_ACCENTS = str.maketrans("aceinosuyzACEINOSUYZ", "âčêîñôšûýžÂČÊÎÑÔŠÛÝŽ")
_KEPT = re.compile(r"(\{[^{}]*\}|\{\{[^{}]*\}\}|<[^<>]*>|%\([a-z]+\)s|%)")
_FILL = "öüäëï"
BEGIN, END = "⟦", "⟧"


def pseudo(text: str) -> str:
    """`text` with accents, in brackets and 40 % longer; placeholders and markup stay, and so does white space."""
    words = text.strip()
    if not words:
        return text
    parts = _KEPT.split(words)
    letters = sum(len(part) for part in parts[::2])
    longer = "".join(part.translate(_ACCENTS) if n % 2 == 0 else part for n, part in enumerate(parts))
    fill = (_FILL * letters)[: round(0.4 * letters)]
    return text.replace(words, f"{BEGIN}{longer}{' ' + fill if fill else ''}{END}")


def template() -> Catalog:
    """The template as it is committed."""
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def catalogue() -> gettext.GNUTranslations:
    """Every sentence of the template in the pseudo-language."""
    made = Catalog(locale="en")
    for message in template():
        if not message.id:
            continue
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        said = tuple(pseudo(text) for text in texts)
        made.add(message.id, said if len(said) > 1 else said[0], context=message.context)
    file = BytesIO()
    write_mo(file, made)
    file.seek(0)
    return gettext.GNUTranslations(file)
