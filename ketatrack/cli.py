"""The commands without a window, for people and scripts: they share the code of the window.

Exit code 0: done; 2: wrong usage; 1: anything else, with one sentence on stderr.
"""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, NoReturn

from ketatrack import __version__
from ketatrack.errors import BackupError, KetaTrackError, WrongPassphrase, WrongUsage
from ketatrack.paths import default_diary

if TYPE_CHECKING:
    from ketatrack.analysis.estimates import Estimates
    from ketatrack.analysis.relief import Relief
    from ketatrack.diary.backup import Contents
    from ketatrack.importing import check_ins


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

    add("new", "Make an empty diary.")
    bring = add("import", "Bring in older notes from a CSV file.")
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument("--mapping", type=Path, metavar="M.json", help="which column is what, as the window saves it")
    bring.add_argument("--dry-run", action="store_true", help="say what would come in, write nothing")
    bring.add_argument("--json", action="store_true")
    timed = add("relief", "Tell how long relief lasted after each session.")
    timed.add_argument("--measure", required=True, help="phq9, gad7, peg, low_mood, anxiety, pain, energy, or your own")
    timed.add_argument("--json", action="store_true")
    charts = add("charts", "Draw every chart of one measure into a folder.")
    charts.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="made where it is missing")
    charts.add_argument("--measure", default=None, help="as under relief (default: the first that has entries)")
    charts.add_argument("--format", choices=("png", "svg", "pdf"), default="png")
    made_up = add("demo", "Fill a new diary with a made-up person's notes.")
    made_up.add_argument("--years", type=_years, default=2, metavar="N", help="how many years of notes (default: 2)")
    made_up.add_argument("--seed", type=int, default=8, metavar="S", help="the same seed makes the same diary")
    made_up.add_argument("--today", type=_day, default=None, metavar="YYYY-MM-DD", help="the day the diary ends")
    backup = add("backup", "Make a verified encrypted copy.")
    backup.add_argument("file", type=Path, nargs="?", metavar="FILE")
    restore = add("restore", "Put a backup in the place of the diary.")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--yes", action="store_true", help="do not ask")
    add("check", "Look for damage: every page and every record.")
    return top


def main(arguments: argparse.Namespace) -> int:
    """Carry out one parsed command and return its exit code; what went wrong goes to stderr in one sentence."""
    try:
        return _run(arguments)
    except BrokenPipeError:
        # The reader has gone, as `| head` does; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (Exception, KeyboardInterrupt) as error:
        print(f"ketatrack: {_sentence(error)}", file=sys.stderr)
        return 2 if isinstance(error, WrongUsage) else 1


def _sentence(error: BaseException) -> str:
    if isinstance(error, KetaTrackError):
        return str(error)
    if isinstance(error, KeyboardInterrupt):
        return "Stopped."
    if isinstance(error, OSError):
        return f"{error.strerror or 'The system refused'}: {error.filename or 'a file'}."
    # Our own mistake. Its text may quote the diary, so only its kind and place are told.
    where = extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__}, {Path(where.filename).name} line {where.lineno}"
    return f"Something went wrong inside KetaTrack ({place}); the diary is as it was."


def _run(arguments: argparse.Namespace) -> int:
    bodies: dict[str, Callable[[argparse.Namespace], int]] = {
        "new": new,
        "demo": demo,
        "import": bring_in,
        "relief": relief,
        "charts": charts,
        "backup": backup,
        "restore": restore,
        "check": check,
    }
    arguments.diary = getattr(arguments, "diary", None) or default_diary()
    return bodies[arguments.command](arguments)


def passphrase(arguments: argparse.Namespace, prompt: str = "Passphrase: ", *, twice: bool = False) -> str:
    """The passphrase from --passphrase-file, KETATRACK_PASSPHRASE or the prompt, in this order."""
    given = passphrase_given(arguments)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise WrongUsage("No passphrase: give --passphrase-file FILE, or set KETATRACK_PASSPHRASE.")
    typed = getpass.getpass(prompt)
    if twice and getpass.getpass("The same again: ") != typed:
        raise WrongUsage("The two passphrases are not the same. Nothing was made.")
    return typed


def passphrase_given(arguments: argparse.Namespace) -> str | None:
    """The passphrase that came with the call; one trailing newline of a file is dropped."""
    path = getattr(arguments, "passphrase_file", None)
    if path is None:
        return os.environ.get("KETATRACK_PASSPHRASE")
    try:
        text: str = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"The passphrase file {path} cannot be read as text.") from error
    return text.removesuffix("\n").removesuffix("\r")


def _today(day_start_minutes: int | None = None) -> date:
    from ketatrack.models.records import DEFAULT_DAY_START_MINUTES

    minutes = DEFAULT_DAY_START_MINUTES if day_start_minutes is None else day_start_minutes
    return (datetime.now().astimezone() - timedelta(minutes=minutes)).date()


def new(arguments: argparse.Namespace) -> int:
    """Make an empty diary that tracks the built-in measures and habits."""
    from ketatrack.diary import changes, database
    from ketatrack.models.tracked import built_in

    database.refuse_existing(arguments.diary)
    diary = database.create(arguments.diary, passphrase(arguments, twice=True))
    try:
        changes.apply(diary, [(None, tracked) for tracked in built_in()], _today())
    finally:
        diary.close()
    print(f"A new diary is at {arguments.diary}.")
    return 0


def _years(words: str) -> int:
    if words.isascii() and words.isdigit() and 1 <= int(words) <= LONGEST_DEMO:
        return int(words)
    raise argparse.ArgumentTypeError(f"must be from 1 to {LONGEST_DEMO}, not {words}")


def _day(words: str) -> date:
    try:
        day = date.fromisoformat(words)
        if not 1940 <= day.year <= 2200:
            raise ValueError
        return day
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a day like 2026-11-23, from 1940 to 2200, not {words}") from None


def demo(arguments: argparse.Namespace) -> int:
    """A new diary of a made-up person."""
    from ketatrack import demo as made_up
    from ketatrack.diary import database

    database.refuse_existing(arguments.diary)
    diary = database.create(arguments.diary, passphrase(arguments, twice=True))
    try:
        made_up.fill(diary, arguments.years, arguments.seed, arguments.today or _today())
    except BaseException:
        diary.path.unlink()  # half a made-up diary is of no use, and would stand in the way of the next try
        raise
    finally:
        diary.close()
    print(f"A made-up diary is at {arguments.diary}. Nobody lived it.")
    return 0


def relief(arguments: argparse.Namespace) -> int:
    """How long relief lasted after each session, as a table or as JSON; a missing baseline is computed."""
    from ketatrack.analysis import estimates
    from ketatrack.analysis.estimate_words import headline
    from ketatrack.analysis.relief import as_json

    found = _relief(arguments)
    estimated = estimates.estimates(found)
    if arguments.json:
        said = headline(found, estimated)[0]
        print(json.dumps({**as_json(found), **estimates.as_json(estimated, said)}, ensure_ascii=False))
    else:
        print("\n".join(_relief_lines(found, estimated)))
    return 0


def charts(arguments: argparse.Namespace) -> int:
    """Every chart of one measure as a file; an older picture of the same name gives way."""
    from ketatrack.analysis.estimates import estimates
    from ketatrack.charts import album
    from ketatrack.charts.saving import FileKind

    found = _relief(arguments)
    written = album.write_all(found, estimates(found), arguments.output, FileKind(arguments.format))
    print("\n".join(map(str, written)))
    print("These are plain pictures, not encrypted.")
    return 0


def _relief(arguments: argparse.Namespace) -> "Relief":
    from ketatrack.analysis import measures
    from ketatrack.analysis import relief as analysis
    from ketatrack.diary import database, queries

    diary = database.open_diary(arguments.diary, passphrase(arguments))
    try:
        with diary.read() as connection:
            tracked, sessions = queries.tracked(connection), queries.sessions(connection)
            known = [each.key for each in measures.measures(tracked)]
            filled = (key for key in known if queries.scores(connection, key))
            key = arguments.measure or next(filled, known[0])
            scores = queries.scores(connection, key)
            baselines, rules = queries.baselines(connection), queries.rules(connection)
            day_start = queries.settings(connection).day_start_minutes
    finally:
        diary.close()
    names = {each.key for each in tracked if each.is_measure} | set(measures.QUESTIONNAIRES)
    if key not in names:
        raise WrongUsage(f"There is no measure called {key} here; there are {', '.join(sorted(names))}.")
    measure, today = measures.measure_of(key, tracked), _today(day_start)
    baseline = analysis.newest(baselines, measure.key)
    if baseline is None:
        now = datetime.now().astimezone()
        baseline = analysis.computed_baseline(measure, scores, sessions, today, now)
    rule = analysis.newest(rules, measure.key)
    return analysis.relief(measure, scores, sessions, baseline=baseline, rule=rule, today=today)


def _relief_lines(found: "Relief", estimated: "Estimates") -> list[str]:
    from ketatrack.analysis import estimate_words
    from ketatrack.analysis import relief_words as words

    about = [found.measure.name, words.rule_words(found.rule, found.measure.higher_is_better), words.limit_words(found)]
    spans = [
        (
            span.day.isoformat(),
            words.days_in_relief(span),
            words.status_words(span),
            words.reason_words(span.next_reason),
        )
        for span in found.spans
    ]
    rows = [("Session", "Relief, days", "How it ended", "Next session because"), *spans]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    said = estimate_words.headline(found, estimated)[0]
    behind = estimate_words.behind(found, estimated)
    facts = [said, words.now(found), words.counts(found), *behind, *words.cautions(found)]
    return [
        " · ".join(part for part in (*about, words.baseline_words(found.measure, found.baseline)) if part),
        *(fact for fact in facts if fact), *(("", *table) if spans else ()), "", words.not_a_forecast(),
    ]  # fmt: skip


def bring_in(arguments: argparse.Namespace) -> int:
    """Import a CSV as check-ins, in one transaction, and account for every row."""
    from ketatrack.diary import changes, database, queries
    from ketatrack.importing import check_ins, mapping
    from ketatrack.models.records import CheckIn

    chosen = mapping.load(arguments.mapping) if arguments.mapping else mapping.guess(arguments.file)
    diary = database.open_diary(arguments.diary, passphrase(arguments))
    try:
        with diary.read() as connection:
            tracked, settings = queries.tracked(connection), queries.settings(connection)
            known = queries.ids(connection, CheckIn)
        made = check_ins.plan(arguments.file, chosen, tracked, known, _today(), settings.day_start_minutes)
        if not arguments.dry_run:
            changes.apply(diary, [(None, entry) for entry in made.entries], _today())
    finally:
        diary.close()
    if arguments.json:
        print(json.dumps(made.as_json(), ensure_ascii=False))
    else:
        print("\n".join(_account(made, arguments.dry_run)))
    return 0


def _account(made: "check_ins.Plan", dry_run: bool) -> list[str]:
    verb = "would come in" if dry_run else "imported"
    skipped = [f"  line {row.line}: {row.reason}" for row in made.skipped]
    return [
        f"{made.read} rows read, {made.imported} {verb}, {made.duplicates} here already, {len(skipped)} skipped.",
        *skipped,
    ]


def backup(arguments: argparse.Namespace) -> int:
    """A copy at FILE, or today's in the backup folder."""
    from ketatrack.diary import backup as backups
    from ketatrack.diary import copies, database
    from ketatrack.paths import backup_folder

    diary = database.open_diary(arguments.diary, passphrase(arguments))
    try:
        target = arguments.file
        if target is None:
            now = datetime.now().astimezone()
            stem = f"{diary.path.stem} by hand {now:%Y-%m-%d %H%M}"
            target = copies.unused_name(backup_folder(diary.path), stem)
        backups.make(diary, target)
    finally:
        diary.close()
    print(f"A verified copy is at {target}. It opens with the same passphrase.")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Show what the backup and the present diary hold, ask, keep a safety copy, and put the backup in place."""
    from ketatrack.diary import backup as backups

    secret = passphrase(arguments, f"Passphrase of {arguments.file.name}: ")
    print("The backup:   ", _contents(backups.inspect(arguments.file, secret)))
    if arguments.diary.exists():
        try:
            print("Your diary now:", _contents(backups.inspect(arguments.diary, secret)))
        except WrongPassphrase:
            print("Your diary now: it has another passphrase, so what it holds cannot be shown; it is kept.")
        except KetaTrackError as error:
            print("Your diary now:", error)
    if not arguments.yes:
        if not sys.stdin.isatty():
            raise WrongUsage("Nothing was changed: add --yes to restore without being asked.")
        if input("Put the backup in its place? Your diary of now is kept. [y/N] ").strip().lower() not in ("y", "yes"):
            raise BackupError("Nothing was changed.")
    diary, kept = backups.restore(arguments.file, arguments.diary, secret, datetime.now().astimezone())
    diary.close()
    print(f"Restored. The diary as it was is kept at {kept}." if kept else "Restored.")
    return 0


def _contents(found: "Contents") -> str:
    counted = ", ".join(f"{number} {name}" for name, number in found.counts.items())
    period = f"{found.first_day} to {found.last_day}" if found.first_day else "no entries"
    return f"{counted}; {period}; written {found.modified:%Y-%m-%d %H:%M}"


def check(arguments: argparse.Namespace) -> int:
    """Both integrity checks, then every record loads and is valid."""
    from ketatrack.diary import backup as backups
    from ketatrack.diary import database, queries

    diary = database.open_diary(arguments.diary, passphrase(arguments))
    try:
        problems = backups.check(diary)
        with diary.read() as connection:
            counted = queries.counts(connection) if not problems else {}
    finally:
        diary.close()
    if problems:
        raise BackupError(" ".join(problems))
    print("All is well: " + ", ".join(f"{number} {name}" for name, number in counted.items()) + ".")
    return 0
