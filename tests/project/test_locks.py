"""The locks leave nothing to decide: they name every package that any pinned one needs, and just what is asked for."""

import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("build", "run", "dev", "lock")


def group(name: str) -> list[Requirement]:
    """The requirements of one dependency group, with the groups it includes."""
    listed: list[Requirement] = []
    for entry in PROJECT["dependency-groups"][name]:
        listed += [Requirement(entry)] if isinstance(entry, str) else group(entry["include-group"])
    return listed


RUN = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
ASKED = {"run": RUN, "dev": [*RUN, *group("dev")], "build": group("build"), "lock": group("lock")}


def pins(lock: str) -> dict[str, str]:
    """Name -> version of what a lock installs on this system and Python."""
    lines = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8").splitlines()
    pinned = {}
    for line in lines:
        if "==" in line and not line.startswith(" "):
            requirement = Requirement(line.removesuffix("\\").strip())
            if requirement.marker is None or requirement.marker.evaluate():
                pinned[canonicalize_name(requirement.name)] = next(iter(requirement.specifier)).version
    return pinned


def applies(marker: Marker | None, extras: Iterable[str]) -> bool:
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras)


def reached(asked: list[Requirement], pinned: dict[str, str]) -> dict[str, set[str]]:
    """Follow what is asked for through the metadata of the installed packages; name -> what is wrong with its pin."""
    faults: dict[str, set[str]] = {}
    waiting, seen = list(asked), set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        wrong = faults.setdefault(name, set())
        if name not in pinned:
            wrong.add("is not pinned")
        elif not requirement.specifier.contains(pinned[name], prereleases=True):
            wrong.add(f"is pinned to {pinned[name]}, but {requirement} is needed")
        key = (name, tuple(sorted(requirement.extras)))
        if key in seen:
            continue
        seen.add(key)
        try:
            needed = [Requirement(line) for line in requires(name) or ()]
        except PackageNotFoundError:
            needed = []  # a tool that only `make lock` installs
        waiting += [each for each in needed if applies(each.marker, ("", *requirement.extras))]
    return faults


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_every_package_that_is_needed(lock):
    faults = reached([each for each in ASKED[lock] if applies(each.marker, ("",))], pins(lock))
    assert {name: wrong for name, wrong in faults.items() if wrong} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_nothing_that_nobody_asks_for(lock):
    asked = [each for each in ASKED[lock] if applies(each.marker, ("",))]
    assert set(pins(lock)) - set(reached(asked, pins(lock))) == set()


def test_what_builds_is_what_is_locked():
    assert sorted(PROJECT["build-system"]["requires"]) == sorted(map(str, group("build")))


def test_a_missing_pin_and_a_stale_one_are_seen():
    pinned = pins("dev")
    without = {name: version for name, version in pinned.items() if name != "iniconfig"}
    assert reached(ASKED["dev"], without)["iniconfig"] == {"is not pinned"}
    older = {**pinned, "coverage": "7.0"}
    assert reached(ASKED["dev"], older)["coverage"]
    assert "somebody-else" not in reached(ASKED["dev"], {**pinned, "somebody-else": "1.0"})


def test_nothing_is_installed_that_a_resolver_could_choose():
    for path in (ROOT / "Makefile", ROOT / "README.md"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if "pip install" in line and ".txt" in line:
                assert "--no-deps" in line, line
                assert "--require-hashes" in line, line
