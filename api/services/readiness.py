"""Whether this server can do its work now: what a load balancer asks before it sends anybody."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy.exc import SQLAlchemyError

from api.store.migrate import require_current
from footprint.faults import InputRefused

if TYPE_CHECKING:
    from api.services.service import Service

CheckName = Literal["database", "schema", "keys", "disk"]


@dataclass(frozen=True, slots=True)
class ReadyCheck:
    """One thing that must be so, and what was seen; never a path, an address or a secret."""

    name: CheckName
    ok: bool
    says: str


def ready_checks(service: Service) -> list[ReadyCheck]:
    """Database, schema, signing key and disk, each looked at now."""
    return [
        _checked("database", lambda: _database(service)),
        _checked("schema", lambda: _schema(service)),
        _checked("keys", lambda: _keys(service)),
        _checked("disk", lambda: _disk(service)),
    ]


def _checked(name: CheckName, look: Callable[[], tuple[bool, str]]) -> ReadyCheck:
    """What cannot even be looked at is not ready; only the kind of the error is said."""
    try:
        ok, says = look()
    except (SQLAlchemyError, InputRefused, OSError) as error:
        ok, says = False, f"It cannot be looked at: {type(error).__name__}."
    return ReadyCheck(name, ok, says)


def _database(service: Service) -> tuple[bool, str]:
    service.check_database()
    return True, "It can be read."


def _schema(service: Service) -> tuple[bool, str]:
    require_current(service.database)
    return True, "It is of this version."


def _keys(service: Service) -> tuple[bool, str]:
    found = bool(service.keyring.store.owned())
    return found, "There is a signing key." if found else "There is no signing key."


def _disk(service: Service) -> tuple[bool, str]:
    free = shutil.disk_usage(service.settings.store_dir).free // 1024**2
    needed = service.settings.ready_disk_mb
    return free >= needed, f"{'At least' if free >= needed else 'Less than'} {needed} MB are free."
