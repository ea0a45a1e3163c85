"""The signed status lists: which certificates are revoked, suspended or superseded, as of now.

One that rows and log do not agree on is in the list that either of them would put it in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from api.faults import UNKNOWN_LIST
from api.services.keyring import KeyRing
from api.services.withdrawn import Withdrawn
from api.store.certificates import indices_with_status, list_in_use
from api.store.database import Database
from footprint.canonical import content_hash
from footprint.certificates.lifecycle import KeptStatus
from footprint.certificates.statuslist import (
    LIFETIME,
    PURPOSES,
    Purpose,
    issue_status_list,
    list_name,
)

#: How long the same signature is handed out while nothing changes.
RESIGNED_AFTER = timedelta(minutes=5)

#: A superseded certificate counts as revoked for every reader; the third list tells why.
_STATUSES_OF: dict[Purpose, tuple[KeptStatus, ...]] = {
    "revocation": ("revoked", "superseded"),
    "suspension": ("suspended",),
    "refresh": ("superseded",),
}


@dataclass(frozen=True, slots=True)
class SignedList:
    """A signed list (compact JWS) and a tag that changes with every change of it."""

    token: str
    tag: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class StatusLists:
    """Makes status lists from the register. A change shows at once; an unchanged list keeps its
    signature for some minutes, so that caches can keep it too."""

    database: Database
    keyring: KeyRing
    issuer_did: str
    base_url: str
    clock: Callable[[], datetime]
    _withdrawn: Withdrawn = field(default_factory=Withdrawn)
    _signed: dict[tuple[Purpose, int], SignedList] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def named(self, name: str) -> SignedList:
        """The list of this name, such as `revocation-1`.

        Raises ServiceRefused API-203 for a list that is not in use.
        """
        purpose, _, digits = name.rpartition("-")
        number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 0
        for known in PURPOSES:
            if known == purpose and name == list_name(known, number):
                with self.database.reading() as uow:
                    in_use = number == 1 or list_in_use(uow, number)
                if in_use:
                    return self._list(known, number)
        raise UNKNOWN_LIST.refuse(
            f"There is no status list {name[:64]!r} here.",
            "A certificate's credential names its lists.",
        )

    def of(self, number: int) -> list[str]:
        """The lists with this number, one for each purpose."""
        return [self._list(purpose, number).token for purpose in PURPOSES]

    def _list(self, purpose: Purpose, number: int) -> SignedList:
        now = self.clock()
        key = self.keyring.active
        with self.database.reading() as uow:
            statuses = _STATUSES_OF[purpose]
            rows = indices_with_status(uow, number, statuses)
            indices = tuple(sorted({*rows, *self._withdrawn.indices(uow, number, statuses)}))
        content = content_hash([list(indices), key.thumbprint()])
        with self._lock:
            known = self._signed.get((purpose, number))
            if known is not None and known.tag.startswith(content):
                age = now - known.signed_at
                if timedelta() <= age < RESIGNED_AFTER:
                    return known
            token = issue_status_list(
                self.base_url,
                self.issuer_did,
                purpose,
                number,
                indices,
                key,
                valid_from=now,
                valid_until=now + LIFETIME,
            )
            made = SignedList(token, f"{content}@{now.isoformat()}", now)
            self._signed[purpose, number] = made
            return made
