"""Commands about the file itself: new, demo, backup, restore, check."""

import argparse
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from ketatrack.cli.common import passphrase, today
from ketatrack.errors import BackupError, KetaTrackError, WrongPassphrase, WrongUsage
from ketatrack.i18n import _
from ketatrack.models import labels

if TYPE_CHECKING:
    from ketatrack.diary.backup import Contents


def new(arguments: argparse.Namespace) -> int:
    """Make an empty diary that tracks the built-in measures and habits."""
    from ketatrack.diary import database, writing
    from ketatrack.models.tracked import built_in

    database.refuse_existing(arguments.diary)
    diary = database.create(arguments.diary, passphrase(arguments, twice=True))
    try:
        writing.apply(diary, [(None, tracked) for tracked in built_in()], today())
    finally:
        diary.close()
    print(_("A new diary is at {diary}.").format(diary=arguments.diary))
    return 0


def demo(arguments: argparse.Namespace) -> int:
    """Return a new diary of a made-up person."""
    from ketatrack import demo as made_up
    from ketatrack.diary import database

    database.refuse_existing(arguments.diary)
    diary = database.create(arguments.diary, passphrase(arguments, twice=True))
    try:
        made_up.fill(diary, arguments.years, arguments.seed, arguments.today or today())
    except BaseException:
        diary.path.unlink()  # half a made-up diary is of no use, and would stand in the way of the next try
        raise
    finally:
        diary.close()
    print(_("A made-up diary is at {diary}. Nobody lived it.").format(diary=arguments.diary))
    return 0


def backup(arguments: argparse.Namespace) -> int:
    """Return a copy at FILE, or today's in the backup folder."""
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
    print(_("A verified copy is at {target}. It opens with the same passphrase.").format(target=target))
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Show what the backup and the present diary hold, ask, keep a safety copy, and put the backup in place."""
    from ketatrack.diary import backup as backups

    secret = passphrase(arguments, _("Passphrase of {name}:").format(name=arguments.file.name))
    print(_("The backup: {contents}").format(contents=_contents(backups.inspect(arguments.file, secret))))
    if arguments.diary.exists():
        try:
            contents = _contents(backups.inspect(arguments.diary, secret))
            print(_("Your diary now: {contents}").format(contents=contents))
        except WrongPassphrase:
            print(_("Your diary now: it has another passphrase, so what it holds cannot be shown; it is kept."))
        except KetaTrackError as error:
            print(_("Your diary now: {contents}").format(contents=error))
    if not arguments.yes:
        if not sys.stdin.isatty():
            raise WrongUsage(_("Nothing was changed: add --yes to restore without being asked."))
        if not _agreed():
            raise BackupError(_("Nothing was changed."))
    diary, previous = backups.restore(arguments.file, arguments.diary, secret, datetime.now().astimezone())
    diary.close()
    if previous:
        print(_("Restored. The diary as it was is kept at {path}.").format(path=previous))
    else:
        print(_("Restored."))
    return 0


def _agreed() -> bool:
    question = _("Put the backup in its place? Your present diary is kept. [y/N]")
    return input(f"{question} ").strip().lower() in {"y", "yes", _("y"), _("yes")}


def _contents(contents: "Contents") -> str:
    period = _("no entries")
    if contents.first_day:
        period = _("{first} to {last}").format(first=contents.first_day, last=contents.last_day)
    return _("{counts}; {period}; written {moment:%Y-%m-%d %H:%M}").format(
        counts=labels.entry_counts(contents.counts), period=period, moment=contents.modified
    )


def check(arguments: argparse.Namespace) -> int:
    """Both integrity checks, then every record loads and is valid."""
    from ketatrack.diary import backup as backups
    from ketatrack.diary import database, reading

    diary = database.open_diary(arguments.diary, passphrase(arguments))
    try:
        problems = backups.check(diary)
        with diary.read() as connection:
            counted = reading.counts(connection) if not problems else {}
    finally:
        diary.close()
    if problems:
        raise BackupError(" ".join(problems))
    print(_("All is well: {counts}.").format(counts=labels.entry_counts(counted)))
    return 0
