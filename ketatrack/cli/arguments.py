"""What every command may be given, and what is refused at once."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

from ketatrack import __version__
from ketatrack.errors import WrongUsage
from ketatrack.models.values import Paper, Section

LONGEST_DEMO = 30


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{message[:1].upper()}{message[1:]}. See {self.prog} --help.")


def parser() -> argparse.ArgumentParser:
    """The arguments of every command; without a command the window opens."""
    common = _Parser(add_help=False)
    common.add_argument(
        "--diary", type=Path, default=argparse.SUPPRESS, metavar="FILE", help="the diary (default: your own)"
    )
    common.add_argument(
        "--passphrase-file", type=Path, default=argparse.SUPPRESS, metavar="FILE", help="read the passphrase here"
    )
    top = _Parser(prog="ketatrack", parents=[common], description="An encrypted diary of ketamine therapy.")
    top.add_argument("--version", action="version", version=f"KetaTrack {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def add(name: str, words: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words, parents=[common])
        return made

    _about_files(add)
    _about_notes(add)
    _about_the_report(add)
    _about_exports(add)
    return top


_Add = Callable[[str, str], argparse.ArgumentParser]


def _about_files(add: _Add) -> None:
    add("new", "Make an empty diary.")
    made_up = add("demo", "Fill a new diary with a made-up person's notes.")
    made_up.add_argument("--years", type=_years, default=2, metavar="N", help="how many years of notes (default: 2)")
    made_up.add_argument("--seed", type=int, default=8, metavar="S", help="the same seed makes the same diary")
    made_up.add_argument("--today", type=day, default=None, metavar="YYYY-MM-DD", help="the day the diary ends")
    backup = add("backup", "Make a verified encrypted copy.")
    backup.add_argument("file", type=Path, nargs="?", metavar="FILE")
    restore = add("restore", "Put a backup in the place of the diary.")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--yes", action="store_true", help="do not ask")
    add("check", "Look for damage: every page and every record.")


def _about_notes(add: _Add) -> None:
    bring = add("import", "Bring in older notes: a CSV file, or what KetaTrack exported as csv or json.")
    bring.add_argument("file", type=Path, metavar="FILE", help="or the folder of an export; told by what is in it")
    bring.add_argument("--mapping", type=Path, metavar="M.json", help="which column is what, as the window saves it")
    bring.add_argument(
        "--tables-beside",
        action="store_true",
        help="with one table of an export, the others in its folder too",
    )
    bring.add_argument("--dry-run", action="store_true", help="say what would come in, write nothing")
    bring.add_argument("--json", action="store_true")
    timed = add("relief", "Tell how long relief lasted after each session.")
    names = "phq9, gad7, peg, low_mood, anxiety, pain, energy, or your own (default: the one that the diary uses)"
    timed.add_argument("--measure", default=None, help=names)
    timed.add_argument("--json", action="store_true")
    charts = add("charts", "Draw every chart of one measure into a folder.")
    charts.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="made where it is missing")
    charts.add_argument("--measure", default=None, help="as under relief (default: the one that the diary uses)")
    charts.add_argument("--format", choices=("png", "svg", "pdf"), default="png")


def _about_the_report(add: _Add) -> None:
    made = add("report", "Write the report for a doctor as a PDF.")
    made.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    made.add_argument("--from", dest="from_day", type=day, metavar="YYYY-MM-DD", help="the first day (default: all)")
    made.add_argument("--to", dest="to_day", type=day, metavar="YYYY-MM-DD", help="the last day (default: all)")
    made.add_argument(
        "--sections", type=_sections, metavar="A,B", help=f"of {', '.join(Section)} (default: the first 3)"
    )
    made.add_argument("--hide-name", action="store_true", help="without names, birth date, providers and contacts")
    made.add_argument("--grey", action="store_true", help="for printers without colour")
    made.add_argument("--paper", choices=[each.value for each in Paper], default=Paper.A4.value)
    made.add_argument("--locale", metavar="NAME", help="whose dates and numbers: en_GB, en_US, de_DE (default: yours)")
    made.add_argument("--without-data", action="store_true", help="without the tables and FHIR inside the PDF")
    made.add_argument("--with-question-9", action="store_true", help="with the answers to PHQ-9, question by question")
    made.add_argument("--with-notes", action="store_true", help="with your notes, of sessions and of days")


def _sections(words: str) -> tuple[Section, ...]:
    try:
        return tuple(Section(each.strip()) for each in words.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be some of {', '.join(Section)}, not {words}") from None


def _about_exports(add: _Add) -> None:
    made = add("export", "Write the diary to a plain file that other programs read.")
    made.add_argument("--format", choices=("csv", "json", "fhir"), required=True, help=_FORMATS)
    made.add_argument("-o", "--output", type=Path, required=True, metavar="PATH", help=_OUTPUT)
    made.add_argument("--from", dest="from_day", type=day, metavar="YYYY-MM-DD", help="the first day (default: all)")
    made.add_argument("--to", dest="to_day", type=day, metavar="YYYY-MM-DD", help="the last day (default: all)")
    made.add_argument("--hide-name", action="store_true", help="without names, birth date, providers and contacts")
    made.add_argument("--with-question-9", action="store_true", help="with the answers to PHQ-9, question by question")
    made.add_argument("--with-notes", action="store_true", help="with your notes, of sessions and of days")


_FORMATS = (
    "csv: tables for a spreadsheet; json: everything, also question 9 and your notes, unless --from, --to or "
    "--hide-name is given; importing these two gives the same entries back. fhir: for a clinic's system"
)
_OUTPUT = "json, fhir: a file; csv: a folder, made where it is missing, or a file whose name ends in .zip"


def _years(words: str) -> int:
    if words.isascii() and words.isdigit() and 1 <= int(words) <= LONGEST_DEMO:
        return int(words)
    raise argparse.ArgumentTypeError(f"must be from 1 to {LONGEST_DEMO}, not {words}")


def day(words: str) -> date:
    """The day that was typed; an argument that is none, or out of reach, is wrong usage."""
    try:
        found = date.fromisoformat(words)
        if not 1940 <= found.year <= 2200:
            raise ValueError
        return found
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a day like 2026-11-23, from 1940 to 2200, not {words}") from None
