"""One diary as a FHIR R4 Bundle: a document for people and clinics, or a collection for import.

The models are R4B's; only what R4 and R4B share is used. The same `Shared` always gives the same bytes.
"""

import json
from collections.abc import Iterable
from itertools import chain

from ketatrack.sharing.fhir.composition import composition
from ketatrack.sharing.fhir.content import content
from ketatrack.sharing.fhir.parts import Resource, check, identity
from ketatrack.sharing.fhir.times import written
from ketatrack.sharing.shared import Shared


def document(shared: Shared) -> bytes:
    """A document Bundle as JSON (UTF-8): Composition, Patient, and every resource that a section points at."""
    return _bundle("document", shared)


def collection(shared: Shared) -> bytes:
    """The same resources as a Bundle of type collection, for systems that import those."""
    return _bundle("collection", shared)


def _bundle(kind: str, shared: Shared) -> bytes:
    made = content(shared)
    first = composition(shared, made)
    name = identity(first["id"], kind)
    envelope = check(
        {
            "resourceType": "Bundle",
            "id": name,
            "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{name}"},
            "type": kind,
            "timestamp": written(shared.made_at),
        }
    )
    return _written(envelope, chain((first,), made.resources))


def _written(envelope: Resource, resources: Iterable[Resource]) -> bytes:
    # Entry by entry: as one text, a single emoji would make fifty megabytes two hundred.
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    entries = (encode({"fullUrl": f"urn:uuid:{each['id']}", "resource": each}).encode() for each in resources)
    return encode(envelope).encode().removesuffix(b"}") + b',"entry":[' + b",".join(entries) + b"]}"
