"""The issuer's keys: private ones in a key store outside the database, public ones for all.

The first start makes a key. In a folder they are files named `signing-0001.jwk.json` and so on; the
last one signs. A rotation adds a key; the public halves of the older ones stay published.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from joserfc.jwk import ECKey

from api.store.audit import append
from api.store.database import Database
from api.store.keys import KnownKey, known_keys, mark_leaked, publish_keys
from api.store.tenants import Actor
from footprint.certificates import keys
from footprint.certificates.seal_jwk import is_seal

_KEY_FILE = re.compile(r"signing-\d{4}\.jwk\.json")


class KeyStore(Protocol):
    """Where private keys are. Others than a folder can be given to `open_service`."""

    def owned(self) -> tuple[ECKey, ...]:
        """The private ES256 keys, oldest first; the last one signs."""

    def add(self, key: ECKey) -> None:
        """Keep another key, which signs from now on."""


@dataclass(frozen=True, slots=True)
class FolderKeys:
    """Keys as files in a folder that only its owner can read."""

    folder: Path
    _read: dict[str, ECKey] = field(default_factory=dict)

    def owned(self) -> tuple[ECKey, ...]:
        """The keys, in the order of their names; the folder is looked at anew each time.

        Raises InputRefused (CER-008) for a file that is no ES256 key, OSError when the folder
        cannot be read.
        """
        names = _key_files(self.folder)
        for name in names:
            if name not in self._read:
                self._read[name] = keys.load_jwk((self.folder / name).read_bytes())
        return tuple(self._read[name] for name in names)

    def add(self, key: ECKey) -> None:
        """Write `key` behind the last one. Raises OSError when the folder cannot be written."""
        text = keys.dump_jwk(key)
        written = False
        while not written:  # of two rotations at once each finds a place of its own
            number = max((int(name[8:12]) for name in _key_files(self.folder)), default=0) + 1
            written = write_secret(self.folder / f"signing-{number:04}.jwk.json", text)


def open_folder(folder: Path) -> FolderKeys:
    """The keys in `folder`, which is made (mode 0700) with a first key when it is new."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _key_files(folder):
        # Of two services that start at once both use the file that was written first.
        write_secret(folder / "signing-0001.jwk.json", keys.dump_jwk(keys.generate_key()))
    return FolderKeys(folder)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The key that signs now, and the public set of it and all before it (RFC 7517).

    Both are looked up each time, so that a rotation by another process counts at once.
    """

    store: KeyStore
    database: Database
    clock: Callable[[], datetime]
    _known: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    @property
    def active(self) -> ECKey:
        """The key that signs. Its public half is published before it is ever used."""
        key = self.store.owned()[-1]
        if keys.key_id(key) not in self._known:
            self.publish()
        return key

    @property
    def active_id(self) -> str:
        """The RFC 7638 thumbprint of the key that signs."""
        return keys.key_id(self.active)

    @property
    def jwks(self) -> Mapping[str, Any]:
        """The public keys that may be trusted, old ones included, leaked ones not."""
        return {"keys": [key.jwk for key in self._all() if key.leaked_at is None]}

    def publish(self) -> None:
        """Store the public half of every key that is not stored yet."""
        with self._lock:
            owned = keys.public_jwks(self.store.owned())["keys"]
            publish_keys(self.database, {jwk["kid"]: jwk for jwk in owned}, self.clock())
            self._known.update(jwk["kid"] for jwk in owned)

    def rotate(self, actor: Actor, *, leaked: bool = False) -> str:
        """Make a new key, which signs from now on; returns its id. The old one stays published,
        unless it `leaked`: then nothing that it signed can be trusted, and it is taken out."""
        old = self.active_id
        if leaked:
            # First and by itself: when what follows fails and is tried again, `old` is another.
            with self.database.writing() as uow:
                mark_leaked(uow, old, self.clock())
                append(uow, actor, self.clock(), "key.leaked", old, {})
        self.store.add(keys.generate_key())
        new = self.active_id
        with self.database.writing() as uow:
            facts = {"from": old, "leaked": leaked}
            append(uow, actor, self.clock(), "key.rotated", new, facts)
        return new

    def listed(self) -> list[dict[str, Any]]:
        """Every key that ever signed: id, since when, whether it signs now, since when leaked."""
        known = self._all()
        active = self._signing_id() or newest(known)
        return [
            {
                "id": key.id,
                "since": key.created_at.isoformat(),
                "signs": key.id == active,
                "leaked_at": None if key.leaked_at is None else key.leaked_at.isoformat(),
            }
            for key in known
        ]

    def _signing_id(self) -> str:
        """The id of the key that signs, written nowhere; empty where no private key is at hand, as
        with a copy of a store."""
        try:
            owned = self.store.owned()
        except OSError:
            return ""
        return keys.key_id(owned[-1]) if owned else ""

    def _all(self) -> list[KnownKey]:
        """The keys that ever signed; seals are kept in the same table."""
        with self.database.reading() as uow:
            return [key for key in known_keys(uow) if not is_seal(key.jwk)]


def open_keyring(
    store: KeyStore | Path, database: Database, clock: datetime | Callable[[], datetime]
) -> KeyRing:
    """The keys of a key store, or of the folder `keys` in the path of an installation's store.

    Raises InputRefused (CER-008) for a file that is no ES256 key, OSError when the folder cannot
    be read or written.
    """
    opened = open_folder(store / "keys") if isinstance(store, Path) else store
    moment = clock if callable(clock) else lambda: clock
    ring = KeyRing(opened, database, moment)
    ring.publish()
    if ring.active_id not in {jwk["kid"] for jwk in ring.jwks["keys"]}:
        # A rotation broke off after it had marked the key as leaked.
        opened.add(keys.generate_key())
        ring.publish()
    return ring


def newest(known: Sequence[KnownKey]) -> str:
    """The id of the newest key that is not leaked; empty where there is none."""
    sound = [key for key in known if key.leaked_at is None]
    return max(sound, key=lambda key: key.created_at).id if sound else ""


def write_secret(path: Path, text: str) -> bool:
    """Create `path` with mode 0600, whole or not at all; whether it was created. Keeps a file that
    is already there, so that of two services that start at once both use the same secret."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".")  # mode 0600 from the start
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
            return True
        return False
    finally:
        Path(draft).unlink()


def _key_files(folder: Path) -> list[str]:
    """The names of the key files, oldest first."""
    return sorted(path.name for path in folder.iterdir() if _KEY_FILE.fullmatch(path.name))
