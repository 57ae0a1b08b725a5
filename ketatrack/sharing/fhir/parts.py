"""Pieces of FHIR that recur by the thousand (codes, units, references), each checked by its model once.

A resource is checked with its pieces' models in their places, which costs a third of checking everything anew.
"""

from functools import cache
from typing import Any
from uuid import UUID, uuid5

from fhir.resources.R4B import get_fhir_model_class
from pydantic import ValidationError

Resource = dict[str, Any]
_NAMESPACE = UUID("0d3a2f5c-7f0e-4c39-9a6e-2b8f1c1d7a44")


class Part(dict[str, Any]):
    """A piece of JSON that is valid as the FHIR type `kind`; never changed after it is made."""

    __slots__ = ("model",)

    def __init__(self, kind: str, content: Resource) -> None:
        super().__init__(content)
        self.model = _checked(kind, content)


def check(resource: Resource) -> Resource:
    """`resource` as it is, once its model has accepted it.

    Raises ValueError, without anything of the diary in it, for what is not valid FHIR: that is a fault of ours.
    """
    _checked(resource["resourceType"], resource)
    return resource


def reference(resource: Resource) -> Resource:
    """A reference to a resource of the same bundle."""
    return {"reference": f"urn:uuid:{resource['id']}"}


def identity(*names: object) -> str:
    """A resource's id, always the same for the same names (a record's id, and what is made of it)."""
    return str(uuid5(_NAMESPACE, "/".join(map(str, names))))


@cache
def _model(kind: str) -> Any:
    return get_fhir_model_class(kind)


def _checked(kind: str, content: Resource) -> Any:
    try:
        return _model(kind).model_validate({key: _with_models(value) for key, value in content.items()})
    except ValidationError as wrong:
        # The error's own words hold what a person wrote, and this may reach a log.
        places = ", ".join(f"{'.'.join(map(str, each['loc']))} ({each['type']})" for each in wrong.errors())
        raise ValueError(f"not valid FHIR: {kind} {places}") from None


def _with_models(value: Any) -> Any:
    kind = type(value)
    if kind is Part:
        return value.model
    if kind is list:
        return [_with_models(each) for each in value]
    if kind is dict:
        return {key: _with_models(each) for key, each in value.items()}
    return value
