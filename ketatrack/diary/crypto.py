"""From a passphrase to SQLCipher 4's key: PBKDF2-HMAC-SHA512, 256,000 rounds, the file's own salt.

Derived once when a diary is opened; further connections use the raw key, and locking forgets it.
"""

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ketatrack.errors import InvalidValue
from ketatrack.i18n import _

ROUNDS = 256_000
SALT_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Key:
    """A raw 256-bit key and the 16-byte salt that stands at the start of the file it belongs to."""

    secret: bytes
    salt: bytes

    def __repr__(self) -> str:
        """Nothing of the key, so that it can never reach a log or a traceback."""
        return "Key(...)"

    @property
    def pragma(self) -> str:
        """The key as SQLCipher takes it in PRAGMA key or ATTACH ... KEY."""
        return f"x'{self.secret.hex()}{self.salt.hex()}'"


def check_passphrase(passphrase: str) -> None:
    """Raise InvalidValue for a passphrase that cannot be used."""
    if not passphrase:
        raise InvalidValue(_("The passphrase is empty."))
    try:
        passphrase.encode()
    except UnicodeEncodeError as error:
        raise InvalidValue(_("The passphrase is not text in UTF-8, so it cannot be used.")) from error
    if "\x00" in passphrase:
        raise InvalidValue(_("The passphrase holds a character that cannot be used (NUL)."))
    if re.fullmatch(r"[xX]'[0-9a-fA-F]*'", passphrase):
        raise InvalidValue(
            _("A passphrase of the form x'...' cannot be used: other tools would take it for a raw key.")
        )


def derive(passphrase: str, salt: bytes) -> Key:
    """Return the key of a passphrase (any Unicode; composed to NFC, encoded as UTF-8) and a salt of 16 bytes.

    Takes about a tenth of a second, on purpose. Raises InvalidValue as `check_passphrase` does.
    """
    check_passphrase(passphrase)
    secret = hashlib.pbkdf2_hmac("sha512", unicodedata.normalize("NFC", passphrase).encode(), salt, ROUNDS, 32)
    return Key(secret, salt)


def new_salt() -> bytes:
    """Return a random salt for a new file."""
    return os.urandom(SALT_LENGTH)


def salt_of(path: Path) -> bytes:
    """Return the salt of an existing file.

    Call it only while no connection to that file is open in this process: closing any other handle would
    drop SQLite's POSIX locks.
    """
    with path.open("rb") as file:
        return file.read(SALT_LENGTH)
