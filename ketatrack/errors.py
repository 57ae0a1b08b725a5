"""What can go wrong, each with one sentence that a patient can read.

The person's disk, file or input is at fault here; anything else is our bug and not a KetaTrackError.
"""


class KetaTrackError(Exception):
    """Something the person can understand and act on; `str()` of it is the sentence."""


class InvalidValue(KetaTrackError):
    """A value outside its range; the sentence names the range."""


class WrongUsage(KetaTrackError):
    """A command was given arguments that do not go together."""


class DiaryError(KetaTrackError):
    """The diary file could not be opened, read or written."""


class WrongPassphrase(DiaryError):
    """The passphrase is another one (or the file's first bytes are damaged, which looks the same)."""


class DamagedDiary(DiaryError):
    """Some pages of the file are not what was written."""


class NotADiary(DiaryError):
    """The file is empty, or was made by something else."""


class NewerDiary(DiaryError):
    """A later KetaTrack wrote this file."""


class DiaryInUse(DiaryError):
    """Another KetaTrack has this diary open."""


class DiaryChanged(DiaryError):
    """A record is not as the change expected it; nothing was written."""


class StorageFull(DiaryError):
    """There is no room left where the diary lies."""


class ReadOnlyPlace(DiaryError):
    """The diary, or the folder it lies in, cannot be written."""


class BackupError(KetaTrackError):
    """A backup could not be made, read or restored."""


class ImportRefused(KetaTrackError):
    """A foreign file, or its mapping, cannot be read at all."""


class NotConfirmed(KetaTrackError):
    """What was asked for is done, but the disk did not confirm it: after a power cut it could be undone."""


class NotSaved(KetaTrackError):
    """A report or an export could not be written where it was wanted; an older file there is as it was."""
