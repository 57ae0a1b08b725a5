"""Words in the person's language: gettext for every room, without Qt.

`_` looks a sentence up when it is said; `N_` only marks one that stands in a constant and is looked up later.
"""

import gettext as _gettext
from pathlib import Path

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def install(catalogue: _gettext.NullTranslations) -> None:
    """Look every later sentence up in `catalogue`."""
    global _catalogue
    _catalogue = catalogue


def load(folder: Path, language: str) -> _gettext.NullTranslations:
    """Load the catalogue of a language ("de") from `folder`; one that leaves English as it is where there is none."""
    return _gettext.translation("ketatrack", str(folder), [language], fallback=True)


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
