"""The issuer's keys: private ones in files that only their owner can read, public ones for all.

The first start makes a key. Files are named `signing-0001.jwk.json` and so on; the last one signs.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from joserfc.jwk import ECKey

from api.store.database import Database
from api.store.keys import public_keys, remember_key
from footprint.certificates import keys


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The key that signs now, and the public set of it and all before it (RFC 7517)."""

    active: ECKey
    jwks: Mapping[str, Any]

    @property
    def active_id(self) -> str:
        """The RFC 7638 thumbprint of the key that signs."""
        return keys.key_id(self.active)


def open_keyring(store_dir: Path, database: Database, now: datetime) -> KeyRing:
    """Read the keys of a store; make the first one when there is none.

    Raises InputRefused (CER-008) for a file that is no ES256 key, OSError when the folder cannot
    be read or written.
    """
    folder = store_dir / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(folder.glob("signing-*.jwk.json")):
        write_secret(folder / "signing-0001.jwk.json", keys.dump_jwk(keys.generate_key()))
    owned = [keys.load_jwk(path.read_bytes()) for path in sorted(folder.glob("signing-*.jwk.json"))]
    with database.writing() as uow:
        for jwk in keys.public_jwks(owned)["keys"]:
            remember_key(uow, jwk["kid"], jwk, now)
        known = public_keys(uow)
    return KeyRing(owned[-1], {"keys": list(known)})


def write_secret(path: Path, text: str) -> None:
    """Create `path` with mode 0600, whole or not at all. Keeps a file that is already there, so
    that of two services that start at once both use the same secret."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".")  # mode 0600 from the start
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
