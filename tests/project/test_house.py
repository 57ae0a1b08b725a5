"""The rules of the house: what may be imported where, what is loaded when, and which words are never said."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "ketatrack").rglob("*.py"))
# What KetaTrack may import besides the standard library; anything new must be put here on purpose.
LIBRARIES = {
    "PySide6",
    "shiboken6",
    "matplotlib",
    "numpy",
    "platformdirs",
    "sqlalchemy",
    "sqlcipher3",
    "zxcvbn",
    "ketatrack",
    "fhir",
    "pydantic",
    "typst",
    "babel",
    "pikepdf",
    "dateutil",
    "filelock",
}
NETWORK = {
    "asyncio",
    "ftplib",
    "http",
    "imaplib",
    "nntplib",
    "poplib",
    "select",
    "selectors",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "subprocess",
    "telnetlib",
    "urllib",
    "webbrowser",
    "wsgiref",
    "xmlrpc",
}
ALLOWED = LIBRARIES | (set(sys.stdlib_module_names) - NETWORK)
HEAVY = (
    "matplotlib",
    "numpy",
    "sqlalchemy",
    "zxcvbn",
    "scipy",
    "lifelines",
    "pandas",
    "keyring",
    "typst",
    "fhir",
    "pydantic",
)
FORBIDDEN = re.compile(r"\b(due|recommend\w*|predict\w*|should|optimal interval)\b", re.IGNORECASE)


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_known_modules_are_imported(path):
    assert {name.partition(".")[0] for name in imports(path)} <= ALLOWED


def test_the_local_socket_is_the_only_use_of_qtnetwork():
    users = {path.name: imports(path) for path in SOURCES if any("QtNetwork" in name for name in imports(path))}
    assert set(users) == {"single_instance.py"}
    used = {name.rpartition(".")[2] for name in users["single_instance.py"] if name.startswith("PySide6.QtNetwork.")}
    assert used == {"QLocalServer", "QLocalSocket"}


def test_qt_only_in_the_window():
    for path in SOURCES:
        if "ui" not in path.relative_to(ROOT).parts:
            assert not any(name.startswith(("PySide6", "shiboken6")) for name in imports(path)), path


def test_no_figures_by_way_of_pyplot():
    for path in SOURCES:
        assert not any("pyplot" in name for name in imports(path)), path


def loaded_after(code: str) -> set[str]:
    """The modules a fresh Python has after running `code`."""
    say = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", say], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_nothing_heavy_on_the_way_to_the_first_window():
    start = ("__main__", "cli", "ui.app", "ui.main_window", "ui.today.page", "ui.start.unlock", "diary.backup")
    loaded = loaded_after("\n".join(f"import ketatrack.{name}" for name in start))
    assert "ketatrack.ui.diary_view" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_the_command_line_does_not_load_qt():
    loaded = loaded_after("import ketatrack.__main__\nassert ketatrack.__main__.main(['new', '--nothing']) == 2")
    assert "ketatrack.cli" in loaded
    assert not any(name.startswith("PySide6") for name in loaded)


def test_import_rules_hold():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout


def spoken(path: Path) -> list[str]:
    """Every text in a source file that is not a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_words_that_are_never_said(path):
    said = [text for text in spoken(path) if FORBIDDEN.search(text)]
    assert said == []


def test_names_that_say_nothing_are_not_used():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                assert not re.search(r"(Manager|Helper|Utils|Base)$", node.name), (path, node.name)


def test_no_download_address_in_the_repository():
    listed = [*ROOT.glob("requirements/*"), *(ROOT / "tests" / "fhir_validator").glob("[!n]*")]
    for path in [*listed, ROOT / "pyproject.toml", ROOT / "Makefile"]:
        assert "://" not in path.read_text(encoding="utf-8"), path


def test_everything_is_pinned_with_hashes():
    for name in ("run", "dev", "build"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        assert text.count("==") <= text.count("--hash=sha256:")
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    pinned = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8").lower()
    for each in wanted:
        assert f"\n{re.split('[><=!]', each.lower())[0]}==" in f"\n{pinned}"
    assert "pyside6-essentials==6.12.0" not in pinned


def test_a_wheel_contains_the_resources(tmp_path):
    call = [Path(sys.executable).with_name("hatchling"), "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(call, capture_output=True, check=True, cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as content:
        names = set(content.namelist())
    for path in (ROOT / "resources").rglob("*"):
        if path.is_file():
            assert f"ketatrack/resources/{path.relative_to(ROOT / 'resources').as_posix()}" in names
    assert "ketatrack/diary/writing.py" in names


def test_a_preview_waits_for_none_of_fhirs_models():
    loaded = loaded_after("import ketatrack.report.build, ketatrack.report.pdf")
    assert "typst" in loaded
    assert not any(name.startswith(("pydantic", "fhir.")) for name in loaded)
