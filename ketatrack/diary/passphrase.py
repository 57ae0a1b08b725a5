"""Changing the passphrase: a copy under the new key, verified, then put in the place of the old file.

Older backups keep the passphrase they were made with.
"""

from contextlib import suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from ketatrack.diary import crypto
from ketatrack.diary.connection import in_words
from ketatrack.diary.copies import confirmed, remove_with_journal, verify
from ketatrack.diary.crypto import Key
from ketatrack.diary.database import APPLICATION_ID, Diary
from ketatrack.errors import ReadOnlyPlace, StorageFull, WrongPassphrase
from ketatrack.i18n import _


def change(diary: Diary, old: str, new: str) -> None:
    """Put `diary` under the passphrase `new`; it stays open, and what is saved meanwhile waits for the new file.

    Raises WrongPassphrase when `old` is not its passphrase, InvalidValue when `new` cannot be used, StorageFull
    or ReadOnlyPlace when the copy cannot be written; the diary is then open and unchanged. Raises NotConfirmed when the
    passphrase is changed, but the disk did not confirm it.
    """
    if crypto.derive(old, diary.key.salt) != diary.key:
        raise WrongPassphrase(_("The present passphrase is not right, so nothing was changed."))
    key = crypto.derive(new, crypto.new_salt())
    aside = diary.path.with_name(diary.path.name + ".rekeyed")
    # An entry saved between the copy and its taking the place would be lost.
    with diary.nothing_written():
        try:
            remove_with_journal(aside)
            _export(diary, aside, key)
            verify(aside, key)
            with confirmed(_("The passphrase is changed, and the new one opens the diary.")):
                diary.replace_file(aside, key)
        except dbapi2.Error as error:  # the export reports a full disk as an error of no kind
            raise StorageFull(
                _(
                    "The passphrase could not be changed: there is no room for the copy under the new one, or the disk "
                    "fails. The diary is as it was."
                )
            ) from error
        except OSError as error:
            raise ReadOnlyPlace(
                _("The passphrase could not be changed: {path} cannot be replaced. The diary is as it was.").format(
                    path=diary.path
                )
            ) from error
        finally:
            with suppress(OSError):
                remove_with_journal(aside)


def _export(diary: Diary, aside: Path, key: Key) -> None:
    with diary.raw() as connection, in_words(aside):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f'ATTACH DATABASE ? AS rekeyed KEY "{key.pragma}"', (str(aside),))
        try:
            connection.execute("SELECT sqlcipher_export('rekeyed')")
            connection.execute(f"PRAGMA rekeyed.application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA rekeyed.user_version = {version}")
        finally:
            connection.execute("DETACH DATABASE rekeyed")
    aside.chmod(0o600)
