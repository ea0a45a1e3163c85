"""What can be wrong with a store as a whole, in one sentence for the person at the keyboard."""

from __future__ import annotations

import errno

from sqlalchemy.exc import SQLAlchemyError

from api.store.faults import STORE_UNUSABLE
from footprint.faults import InputRefused, Where

#: Part of a database's own message -> what happened and what to do. The first that fits counts.
_MEANINGS = (
    ("disk is full", "the disk is full; nothing was stored", "Make room and try again."),
    ("database is locked", "another program keeps it locked", "Try again when that one is done."),
    ("readonly database", "it cannot be written", "Open a copy that can be written."),
    ("read-only transaction", "it cannot be written", "Open a copy that can be written."),
    ("not a database", "the file is no database", "Restore it from a backup."),
    ("malformed", "the database is damaged", "Restore it from a backup."),
    ("disk I/O error", "the disk fails or is full; nothing was stored", "Look at the disk."),
    ("unable to open", "it cannot be opened", "Name a folder that can be read and written."),
)
#: Errors of the operating system that say nothing of a path.
_DISK = {
    errno.ENOSPC: _MEANINGS[0][1:],
    errno.EDQUOT: _MEANINGS[0][1:],
    errno.EROFS: _MEANINGS[2][1:],
    errno.EIO: _MEANINGS[6][1:],
}


def trouble_of(error: SQLAlchemyError | OSError, store: str) -> InputRefused | None:
    """The refusal (STO-003) that an error of the store's database or disk comes to; None for an
    error of another kind. `store` is its folder."""
    if isinstance(error, OSError):
        if error.errno not in _DISK:
            return None
        says, hint = _DISK[error.errno]
    else:
        text = str(getattr(error, "orig", None) or error)
        fitting = (meaning for part, *meaning in _MEANINGS if part in text)
        says, hint = next(fitting, ["the database cannot be used", "Is its server running?"])
    return STORE_UNUSABLE.refuse(f"The store cannot be used: {says}.", Where(store), hint)
