"""The issuer's seals: keys that seal PDFs, kept outside the database; their certificates for all.

The first start makes a key with a self-signed certificate, in a file `seal-0001.pem` beside the
signing keys; the last file seals. A bought certificate (PKCS#12) takes their place by a setting.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from api.services.keyring import KeyRing, newest, write_secret
from api.store.audit import append
from api.store.database import Database
from api.store.keys import KnownKey, known_keys, mark_leaked, publish_keys
from api.store.tenants import Actor
from footprint.certificates.faults import SEAL_KEY_REFUSED
from footprint.certificates.seal_jwk import is_seal
from footprint.certificates.seal_keys import (
    SealKey,
    dump_seal_pem,
    generate_seal,
    load_pkcs12,
    load_seal_pem,
    seal_jwk,
)

_SEAL_FILE = re.compile(r"seal-\d{4}\.pem")


class SealStore(Protocol):
    """Where seal keys are. Others than a folder or a file can be given to `open_service`."""

    def current(self) -> SealKey | None:
        """The key that seals now; None where there is none yet."""

    def add(self, seal: SealKey, *, first: bool) -> None:
        """Keep another key, which seals from now on; with `first`, unless there is one already.

        Raises InputRefused (CER-013) where keys come from somewhere else.
        """


@dataclass(frozen=True, slots=True)
class FolderSeals:
    """Seal keys as files in a folder that only its owner can read."""

    folder: Path
    _read: dict[str, SealKey] = field(default_factory=dict)

    def current(self) -> SealKey | None:
        """The key in the last file; the folder is looked at anew each time.

        Raises InputRefused (CER-013) for a file that is no seal key, OSError when it cannot be
        read.
        """
        name = max(self._names(), default=None)
        if name is None:
            return None
        if name not in self._read:
            self._read[name] = load_seal_pem((self.folder / name).read_bytes())
        return self._read[name]

    def add(self, seal: SealKey, *, first: bool) -> None:
        """Write `seal` behind the last one. Raises OSError when the folder cannot be written."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = 1 if first else max((int(name[5:9]) for name in self._names()), default=0) + 1
        # Of two first starts at once the file that is there first counts, and of two rotations too.
        write_secret(self.folder / f"seal-{number:04}.pem", dump_seal_pem(seal))

    def _names(self) -> list[str]:
        if not self.folder.is_dir():
            return []
        return [path.name for path in self.folder.iterdir() if _SEAL_FILE.fullmatch(path.name)]


@dataclass(frozen=True, slots=True)
class BoughtSeal:
    """The one seal of a PKCS#12 file."""

    seal: SealKey

    def current(self) -> SealKey:
        """The key of the file, as it was at the start."""
        return self.seal

    def add(self, seal: SealKey, *, first: bool) -> None:  # noqa: ARG002 - SealStore's form
        """Refused: a bought certificate is renewed by naming another file."""
        raise SEAL_KEY_REFUSED.refuse(
            "The seal comes from a PKCS#12 file.",
            hint="Name the new file in FOOTPRINT_SEAL_FILE and start again; the old certificate "
            "stays published.",
        )


def bought_seal(file: Path, password: str) -> BoughtSeal:
    """The seal in a PKCS#12 file. Raises InputRefused (CER-013), OSError."""
    return BoughtSeal(load_pkcs12(file.read_bytes(), password))


@dataclass(frozen=True, slots=True)
class SealRing:
    """The key that seals now, and the certificates of it and all before it."""

    store: SealStore
    database: Database
    clock: Callable[[], datetime]
    issuer_name: str
    address: str
    _known: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    @property
    def active(self) -> SealKey:
        """The key that seals. Its certificate is published before it is ever used.

        Raises InputRefused (CER-013) when its certificate has ended.
        """
        seal = self.publish()
        end = seal.certificate.not_valid_after_utc
        if self.clock() > end:
            raise SEAL_KEY_REFUSED.refuse(
                f"The seal certificate ended on {end:%Y-%m-%d}.",
                hint="Name a new one in FOOTPRINT_SEAL_FILE and start again.",
            )
        return seal

    def refuse_ended(self) -> None:
        """Raise as `active` does: asked before something is signed whose PDFs it is to seal."""
        _ = self.active

    @property
    def jwks(self) -> list[dict[str, Any]]:
        """The seals that may be trusted as JWKs, oldest first; leaked ones are left out."""
        return [key.jwk for key in self._all() if key.leaked_at is None]

    def publish(self) -> SealKey:
        """Store the certificate of the key that seals, after making the first key if there is
        none; returns the key."""
        seal = self.store.current()
        if seal is None:
            self.store.add(self._made(), first=True)
            seal = self.store.current()
        if seal is None:
            raise LookupError("the seal store does not keep what it is given")
        with self._lock:
            if seal.id not in self._known:
                now = self.clock()
                publish_keys(self.database, {seal.id: seal_jwk(seal, now)}, now)
                self._known.add(seal.id)
        return seal

    def rotate(self, actor: Actor, *, leaked: bool = False) -> str:
        """Make a new seal, which seals from now on; returns its id. The old one stays published,
        unless it `leaked`: then files that it sealed no longer verify.

        Raises InputRefused (CER-013) for a seal that was bought, after it was marked as leaked.
        """
        old = self.store.current()
        if leaked and old is not None:
            # First and by itself: when what follows fails and is tried again, `old` is another.
            with self.database.writing() as uow:
                mark_leaked(uow, old.id, self.clock())
                append(uow, actor, self.clock(), "seal.leaked", old.id, {})
        self.store.add(self._made(), first=False)
        new = self.active.id
        with self.database.writing() as uow:
            facts = {"from": None if old is None else old.id, "leaked": leaked}
            append(uow, actor, self.clock(), "seal.rotated", new, facts)
        return new

    def listed(self) -> list[dict[str, Any]]:
        """Every seal that was ever used: id, since when, whether it seals, since when leaked."""
        known = self._all()
        active = self._sealing_id() or newest(known)
        return [
            {
                "id": key.id,
                "since": key.created_at.isoformat(),
                "seals": key.id == active,
                "leaked_at": None if key.leaked_at is None else key.leaked_at.isoformat(),
            }
            for key in known
        ]

    def _sealing_id(self) -> str:
        """The id of the key that seals, written nowhere; empty where it is not at hand."""
        try:
            seal = self.store.current()
        except OSError:
            return ""
        return "" if seal is None else seal.id

    def _made(self) -> SealKey:
        return generate_seal(self.issuer_name, self.address, self.clock())

    def _all(self) -> list[KnownKey]:
        with self.database.reading() as uow:
            return [key for key in known_keys(uow) if is_seal(key.jwk)]


def open_seals(
    store: SealStore,
    database: Database,
    clock: Callable[[], datetime],
    issuer_name: str,
    address: str,
) -> SealRing:
    """The seals of a store, with a first one when it is new; published.

    Raises InputRefused (CER-013) for a file that is no seal key, OSError when the folder cannot be
    read or written.
    """
    ring = SealRing(store, database, clock, issuer_name, address)
    ring.publish()
    return ring


def issuer_keys(keyring: KeyRing, seals: SealRing) -> dict[str, Any]:
    """The JWK set of an issuer: the keys that sign credentials, then the seals of its PDFs."""
    return {"keys": [*keyring.jwks["keys"], *seals.jwks]}
