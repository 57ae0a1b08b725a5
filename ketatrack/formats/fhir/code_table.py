"""The table of codes, resources/fhir/codes.toml, as it stands; reading it needs none of FHIR's heavy models."""

import tomllib
from functools import cache
from typing import Any

from ketatrack.paths import resource


@cache
def table() -> dict[str, Any]:
    """Return the whole file."""
    return tomllib.loads(resource("fhir/codes.toml").read_text(encoding="utf-8"))


def notice(name: str) -> str:
    """Return a notice that must go along with codes of a system."""
    return str(table()["notices"][name])
