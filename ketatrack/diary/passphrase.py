"""Changing the passphrase: a copy under the new key, verified, then put in the place of the old file.

Older backups keep the passphrase they were made with.
"""

import os
from contextlib import suppress

from ketatrack.diary import keys
from ketatrack.diary.database import APPLICATION_ID, Diary, open_diary, verify
from ketatrack.diary.faults import in_words
from ketatrack.errors import WrongPassphrase
from ketatrack.paths import sync_folder


def change(diary: Diary, old: str, new: str) -> Diary:
    """Close `diary` and open it again under `new`.

    Raises WrongPassphrase when `old` is not its passphrase, InvalidValue when `new` cannot be used, StorageFull
    or ReadOnlyPlace when the copy cannot be written; the diary is then open and unchanged.
    """
    if keys.derive(old, diary.key.salt) != diary.key:
        raise WrongPassphrase("The present passphrase is not right, so nothing was changed.")
    key = keys.derive(new, keys.new_salt())
    aside = diary.path.with_name(diary.path.name + ".rekeyed")
    try:
        aside.unlink(missing_ok=True)
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
        verify(aside, key)
        diary.close()
        os.replace(aside, diary.path)
        sync_folder(diary.path.parent)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    return open_diary(diary.path, new)
