"""What every command may be given, and what is refused at once."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

from ketatrack import __version__
from ketatrack.errors import WrongUsage
from ketatrack.i18n import N_, _, ngettext
from ketatrack.models.enums import Paper, Section

LONGEST_DEMO = 30


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        sentence = message[:1].upper() + message[1:]
        raise WrongUsage(_("{sentence}. See {program} --help.").format(sentence=sentence, program=self.prog))


# What argparse itself says, for translators.
_OF_ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
)


def parser() -> argparse.ArgumentParser:
    """Return the arguments of every command; without a command the window opens."""
    # argparse looks its words up by these two names and offers no other way: its formatter writes "usage: " itself.
    vars(argparse).update(_=_, ngettext=ngettext)
    common = _Parser(add_help=False)
    common.add_argument(
        "--diary", type=Path, default=argparse.SUPPRESS, metavar="FILE", help=_("the diary (default: your own)")
    )
    common.add_argument(
        "--passphrase-file", type=Path, default=argparse.SUPPRESS, metavar="FILE", help=_("read the passphrase here")
    )
    top = _Parser(prog="ketatrack", parents=[common], description=_("An encrypted diary of ketamine therapy."))
    top.add_argument("--version", action="version", version=f"KetaTrack {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def add(name: str, words: str) -> argparse.ArgumentParser:
        argument_parser: argparse.ArgumentParser = commands.add_parser(
            name, help=words, description=words, parents=[common]
        )
        return argument_parser

    _about_files(add)
    _about_notes(add)
    _about_the_report(add)
    _about_exports(add)
    return top


_Add = Callable[[str, str], argparse.ArgumentParser]


def _about_files(add: _Add) -> None:
    add("new", _("Make an empty diary."))
    made_up = add("demo", _("Fill a new diary with a made-up person's notes."))
    made_up.add_argument("--years", type=_years, default=2, metavar="N", help=_("how many years of notes (default: 2)"))
    made_up.add_argument("--seed", type=int, default=8, metavar="S", help=_("the same seed makes the same diary"))
    made_up.add_argument("--today", type=day, default=None, metavar="YYYY-MM-DD", help=_("the day the diary ends"))
    backup = add("backup", _("Make a verified encrypted copy."))
    backup.add_argument("file", type=Path, nargs="?", metavar="FILE")
    restore = add("restore", _("Put a backup in the place of the diary."))
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--yes", action="store_true", help=_("do not ask"))
    add("check", _("Look for damage: every page and every record."))


def _about_notes(add: _Add) -> None:
    bring = add("import", _("Bring in older notes: a CSV file, or what KetaTrack exported as csv or json."))
    bring.add_argument("file", type=Path, metavar="FILE", help=_("or the folder of an export; told by what is in it"))
    bring.add_argument("--mapping", type=Path, metavar="M.json", help=_("which column is what, as the window saves it"))
    bring.add_argument(
        "--tables-beside",
        action="store_true",
        help=_("with one table of an export, the others in its folder too"),
    )
    bring.add_argument("--dry-run", action="store_true", help=_("say what would come in, write nothing"))
    bring.add_argument("--json", action="store_true")
    timed = add("relief", _("Tell how long relief lasted after each session."))
    names = _("{names}, or your own (default: the one that the diary uses)").format(
        names="phq9, gad7, peg, low_mood, anxiety, pain, energy"
    )
    timed.add_argument("--measure", default=None, help=names)
    timed.add_argument("--json", action="store_true")
    charts = add("charts", _("Draw every chart of one measure into a folder."))
    charts.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help=_("made where it is missing"))
    charts.add_argument("--measure", default=None, help=_("as under relief (default: the one that the diary uses)"))
    charts.add_argument("--format", choices=("png", "svg", "pdf"), default="png")


def _about_the_report(add: _Add) -> None:
    result = add("report", _("Write the report for a doctor as a PDF."))
    result.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    result.add_argument(
        "--from", dest="from_day", type=day, metavar="YYYY-MM-DD", help=_("the first day (default: all)")
    )
    result.add_argument("--to", dest="to_day", type=day, metavar="YYYY-MM-DD", help=_("the last day (default: all)"))
    result.add_argument(
        "--sections",
        type=_sections,
        metavar="A,B",
        help=_("of {names} (default: the first 3)").format(names=", ".join(Section)),
    )
    result.add_argument("--hide-name", action="store_true", help=_("without names, birth date, providers and contacts"))
    result.add_argument("--grey", action="store_true", help=_("for printers without colour"))
    result.add_argument("--paper", choices=[paper.value for paper in Paper], default=Paper.A4.value)
    result.add_argument(
        "--locale", metavar="NAME", help=_("whose dates and numbers: en_GB, en_US, de_DE (default: yours)")
    )
    result.add_argument("--without-data", action="store_true", help=_("without the tables and FHIR inside the PDF"))
    result.add_argument(
        "--with-question-9", action="store_true", help=_("with the answers to PHQ-9, question by question")
    )
    result.add_argument("--with-notes", action="store_true", help=_("with your notes, of sessions and of days"))


def _sections(words: str) -> tuple[Section, ...]:
    try:
        return tuple(Section(part.strip()) for part in words.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("must be some of {names}, not {words}").format(names=", ".join(Section), words=words)
        ) from None


def _about_exports(add: _Add) -> None:
    result = add("export", _("Write the diary to a plain file that other programs read."))
    result.add_argument("--format", choices=("csv", "json", "fhir"), required=True, help=_(_FORMATS))
    result.add_argument("-o", "--output", type=Path, required=True, metavar="PATH", help=_(_OUTPUT))
    result.add_argument(
        "--from", dest="from_day", type=day, metavar="YYYY-MM-DD", help=_("the first day (default: all)")
    )
    result.add_argument("--to", dest="to_day", type=day, metavar="YYYY-MM-DD", help=_("the last day (default: all)"))
    result.add_argument("--hide-name", action="store_true", help=_("without names, birth date, providers and contacts"))
    result.add_argument(
        "--with-question-9", action="store_true", help=_("with the answers to PHQ-9, question by question")
    )
    result.add_argument("--with-notes", action="store_true", help=_("with your notes, of sessions and of days"))


_FORMATS = N_(
    "csv: tables for a spreadsheet; json: everything, also question 9 and your notes, unless --from, --to or "
    "--hide-name is given; importing these two gives the same entries back. fhir: for a clinic's system"
)
_OUTPUT = N_("json, fhir: a file; csv: a folder, made where it is missing, or a file whose name ends in .zip")


def _years(words: str) -> int:
    if words.isascii() and words.isdigit() and 1 <= int(words) <= LONGEST_DEMO:
        return int(words)
    raise argparse.ArgumentTypeError(
        _("must be from 1 to {longest_demo}, not {words}").format(longest_demo=LONGEST_DEMO, words=words)
    )


def day(words: str) -> date:
    """Return the day that was typed; an argument that is none, or out of reach, is wrong usage."""
    try:
        result = date.fromisoformat(words)
        if not 1940 <= result.year <= 2200:
            raise ValueError
        return result
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("must be a day like 2026-11-23, from 1940 to 2200, not {words}").format(words=words)
        ) from None
