"""Words in the person's language: gettext for every room, without Qt.

`_` looks a sentence up when it is said; `N_` only marks one that stands in a constant and is looked up later.
"""

import gettext as _gettext
from collections.abc import Sequence
from pathlib import Path

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def install(catalogue: _gettext.NullTranslations) -> None:
    """Look every later sentence up in `catalogue`."""
    global _catalogue
    _catalogue = catalogue


def load(folder: Path, languages: Sequence[str] | None = None) -> _gettext.NullTranslations:
    """Load the catalogue of the first of `languages` ("de", "pt_BR") that `folder` has; English where it has none.

    Without `languages` those that the environment names (LANGUAGE, LC_ALL, LC_MESSAGES, LANG) are looked for.
    """
    return _gettext.translation("ketatrack", str(folder), languages, fallback=True)


def language() -> str:
    """Return the language of the words that are said now, as Babel names it: "en", "de"."""
    return _catalogue.info().get("language") or "en"


def _(text: str) -> str:
    """`text` in the current language."""
    return _catalogue.gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """Return form of a sentence that goes with the number `n` in the current language; `{n}` is left to be filled."""
    return _catalogue.ngettext(one, many, n)


def pgettext(context: str, text: str) -> str:
    """`text` as it is meant in `context`, where one English word has two meanings."""
    return _catalogue.pgettext(context, text)


def N_(text: str) -> str:
    """Mark a constant for translation; `_` says it in the language of the moment."""
    return text
