"""What several tests ask of a FHIR bundle without the code that builds it: a validator, references, narratives."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fhir.resources.R4B.bundle import Bundle

RUNNER = Path(__file__).parent / "fhir_validator" / "validate.js"
INSTALLED = Path(sys.prefix) / "fhir_validator" / "node_modules"
XHTML = "{http://www.w3.org/1999/xhtml}"


def problems(folder: Path, *bundles: bytes) -> list[list[str]]:
    """What npm's `fhir` finds wrong with each bundle by the R4 definitions, unexpected properties included."""
    node = shutil.which("node")
    if node is None or not (INSTALLED / "fhir").is_dir():
        pytest.skip("the independent FHIR validator needs node and npm; `make test` installs it where npm is there")
    paths = []
    for number, bundle in enumerate(bundles):
        paths.append(folder / f"bundle-{number}.json")
        paths[-1].write_bytes(bundle)
    done = subprocess.run(
        [node, str(RUNNER), *map(str, paths)],
        env=os.environ | {"NODE_PATH": str(INSTALLED)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        [f"{each['resourceId']} {each['location']}: {each['message']}" for each in found["messages"] if bad(each)]
        + ([] if found["valid"] else ["not valid"])
        for found in json.loads(done.stdout)
    ]


def bad(message: dict[str, str]) -> bool:
    """Whether a message of the validator is an error; warnings tell of codes that no R4 value set lists."""
    return message["severity"] in ("error", "fatal")


def resources(bundle: bytes | dict[str, Any], kind: str = "") -> list[dict[str, Any]]:
    """The resources of a bundle, all or of one type."""
    read = json.loads(bundle) if isinstance(bundle, bytes) else bundle
    held = [entry["resource"] for entry in read["entry"]]
    return [each for each in held if not kind or each["resourceType"] == kind]


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object inside `value`, itself included."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(each)


def assert_whole(bundle: bytes) -> None:
    """Ids are unique, full URLs are theirs, references resolve, and the composition leads to everything."""
    read = json.loads(bundle)
    held = {entry["fullUrl"]: entry["resource"] for entry in read["entry"]}
    assert len(held) == len(read["entry"])
    assert all(url == f"urn:uuid:{resource['id']}" for url, resource in held.items())
    assert read["entry"][0]["resource"]["resourceType"] == "Composition"
    for resource in held.values():
        assert targets(resource) <= set(held)
        contained = {f"#{each['id']}" for each in resource.get("contained", [])}
        assert contained == ({resource["questionnaire"]} if "questionnaire" in resource else set())
    reached, left = set(), [read["entry"][0]["fullUrl"]]
    while left:
        url = left.pop()
        reached.add(url)
        left += targets(held[url]) - reached
    assert reached == set(held)


def targets(resource: dict[str, Any]) -> set[str]:
    """What a resource refers to."""
    return {each["reference"] for each in walk(resource) if "reference" in each}


def through_the_models(bundle: bytes) -> Any:
    """The bundle as its models read and write it again; they write UTC as Z."""
    return json.loads(Bundle.model_validate_json(bundle.replace(b'+00:00"', b'Z"')).model_dump_json())


def as_written(bundle: bytes) -> Any:
    """The bundle, with UTC written as the models do."""
    return json.loads(bundle.replace(b'+00:00"', b'Z"'))


def told(bundle: bytes) -> str:
    """The words of all narratives, read by an XML parser; fails where one is not well-formed XHTML."""
    words = []
    for each in walk(json.loads(bundle)):
        if "div" in each:
            root = ElementTree.fromstring(each["div"])
            assert root.tag == f"{XHTML}div"
            assert all(child.tag.startswith(XHTML) for child in root.iter())
            words.append("\n".join(root.itertext()))
    return "\n".join(words)
