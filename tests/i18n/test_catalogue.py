"""The template for translators holds every sentence, and nothing of the machine that made it."""

import ast
import gettext
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from pseudo import BEGIN, END, TEMPLATE, catalogue, pseudo, template

from ketatrack import i18n

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "ketatrack").rglob("*.py"))
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def test_it_is_up_to_date():
    """`make translations` brings it up to date."""
    found = extract_from_dir(ROOT / "ketatrack", [("**.py", "python")], keywords=KEYWORDS)
    said = {(context, text) for _file, _line, text, _comments, context in found if text}
    held = {(message.context, message.id) for message in template() if message.id}
    assert {text for _context, text in said - held} == set()
    assert {text for _context, text in held - said} == set()


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_no_sentence_hides_inside_an_f_string(path: Path):
    """What looks for sentences does not look there."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = [each for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for each in ast.walk(node)]
    calls = [each for each in inside if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)]
    hidden = [each for each in calls if each.func.id in KEYWORDS and isinstance(each.args[0], ast.Constant)]
    assert [each.lineno for each in hidden] == []


# Parts of a format or a file, not words for a person: the schema's descriptions.
NOT_SAID = {"formats/archive.py": "Everything in one diary"}
CODE = re.compile(r"[{};<>=|\\\\]|SELECT|CREATE|PRAGMA|INSERT|UPDATE ")


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_no_sentence_is_said_in_english_alone(path: Path):
    """Three words or more that end as a sentence does are for somebody to read."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    marked = {id(each) for node in ast.walk(tree) if _marks(node) for each in ast.walk(node)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in marked]
    sentences = [node for node in texts if isinstance(node.value, str) and _is_sentence(node.value)]
    exempt = NOT_SAID.get(path.relative_to(ROOT / "ketatrack").as_posix())
    assert [node.value for node in sentences if exempt is None or not str(node.value).startswith(exempt)] == []


def _marks(node: ast.AST) -> bool:
    """Whether what stands inside is translated, or is for nobody but programmers: docstrings, logs, broken promises."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if not isinstance(node, ast.Call):
        return False
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    return name in {*KEYWORDS, "TypeError", "ValueError", "error", "warning", "info", "debug", "exception", "compile"}


def _is_sentence(text: str) -> bool:
    ends = text.rstrip().endswith((".", ":", "?", "!")) or ". " in text
    return ends and " " in text.strip() and not CODE.search(text) and len(re.findall(r"[A-Za-z]{2,}", text)) >= 3


def test_it_holds_no_path_and_no_date():
    text = TEMPLATE.read_text(encoding="utf-8")
    assert "POT-Creation-Date" not in text
    assert not any(line.startswith("#:") for line in text.splitlines())


def test_every_placeholder_has_a_name():
    with TEMPLATE.open("rb") as file:
        nameless = [message.id for message in read_po(file) if "{}" in str(message.id) or "%n" in str(message.id)]
    assert nameless == []


def test_the_pseudo_language_keeps_placeholders_and_markup():
    said = pseudo("In <b>half</b> of {sessions:,} at 5 % ")
    assert said.startswith(BEGIN)
    assert said.endswith(f"{END} ")
    assert "{sessions:,}" in said
    assert "<b>" in said
    assert len(pseudo("Sessions used")) > 1.4 * len("Sessions used")


def test_one_that_is_installed_is_looked_up():
    try:
        i18n.install(catalogue())
        assert i18n._("Sessions") == pseudo("Sessions")
        assert i18n.ngettext("{n} session", "{n} sessions", 2) == pseudo("{n} sessions")
    finally:
        i18n.install(i18n.load(ROOT / "resources" / "i18n", ["xx"]))
    assert i18n._("Sessions") == "Sessions"


def test_the_command_line_speaks_the_language_of_the_system(tmp_path):
    """A catalogue that is there is read at the start, and English is said where there is none."""
    code = (
        "import sys; from pathlib import Path; from ketatrack import i18n; "
        "i18n.install(i18n.load(Path(sys.argv[1]))); print(i18n._('Sessions'), i18n.language())"
    )
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    made = Catalog(locale="de")
    made.add("Sessions", "Sitzungen")
    with (folder / "ketatrack.mo").open("wb") as file:
        write_mo(file, made)
    for language, said in (("de_DE.UTF-8", "Sitzungen de"), ("fr_FR.UTF-8", "Sessions en")):
        ran = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={"LANG": language, "LC_ALL": language, "PYTHONPATH": str(ROOT), "PATH": "", "PYTHONUTF8": "1"},
            check=True,
        )
        assert ran.stdout.strip() == said


def test_a_word_with_two_meanings_is_looked_up_by_the_one_that_is_meant():
    class Meanings(gettext.NullTranslations):
        def pgettext(self, context, message):
            return f"{message} ({context})"

    assert i18n.pgettext("a verb", "Open") == "Open"
    i18n.install(Meanings())
    try:
        assert i18n.pgettext("a verb", "Open") == "Open (a verb)"
    finally:
        i18n.install(gettext.NullTranslations())
