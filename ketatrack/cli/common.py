"""What every command asks of the call and the machine: the passphrase, and which day it is."""

import argparse
import getpass
import os
import sys
from datetime import date, datetime, timedelta

from ketatrack.errors import WrongUsage
from ketatrack.i18n import _


def passphrase(arguments: argparse.Namespace, prompt: str = "", *, twice: bool = False) -> str:
    """Return the passphrase from --passphrase-file, KETATRACK_PASSPHRASE or the prompt, in this order."""
    text = passphrase_given(arguments)
    if text is not None:
        return text
    if not sys.stdin.isatty():
        raise WrongUsage(_("No passphrase: give --passphrase-file FILE, or set KETATRACK_PASSPHRASE."))
    typed = getpass.getpass((prompt or _("Passphrase:")) + " ")
    if twice and getpass.getpass(_("The same again:") + " ") != typed:
        raise WrongUsage(_("The two passphrases are not the same. Nothing was made."))
    return typed


def passphrase_given(arguments: argparse.Namespace) -> str | None:
    """Return the passphrase that came with the call; one trailing newline of a file is dropped."""
    path = getattr(arguments, "passphrase_file", None)
    if path is None:
        return os.environ.get("KETATRACK_PASSPHRASE")
    try:
        text: str = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(_("The passphrase file {path} cannot be read as text.").format(path=path)) from error
    return text.removesuffix("\n").removesuffix("\r")


def today(day_start_minutes: int | None = None) -> date:
    """Return the diary day of now; `day_start_minutes` after midnight a new one begins."""
    from ketatrack.models.records import DEFAULT_DAY_START_MINUTES

    minutes = DEFAULT_DAY_START_MINUTES if day_start_minutes is None else day_start_minutes
    return (datetime.now().astimezone() - timedelta(minutes=minutes)).date()
