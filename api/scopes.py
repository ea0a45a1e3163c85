"""What a token may be used for, beside what its roles allow: least for new ones, named by area.

An area is what the first word of an address is about; to ask is `read`, to change is `write`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, get_args

Scope = Literal[
    "sign-in",
    "footprints:read",
    "footprints:write",
    "certificates:read",
    "certificates:write",
    "requests:read",
    "requests:write",
    "partners:read",
    "partners:write",
    "admin",
]
SCOPES: tuple[Scope, ...] = get_args(Scope)
#: What a new token has unless more is asked for: a person signs in with it, a machine reads.
LEAST: tuple[Scope, ...] = (
    "sign-in",
    "footprints:read",
    "certificates:read",
    "requests:read",
    "partners:read",
)
#: How tokens are marked that were made before there were scopes, and the first one of a store.
EVERYTHING = "*"

PartnerScope = Literal["footprints:read", "events:write"]
PARTNER_SCOPES: tuple[PartnerScope, ...] = get_args(PartnerScope)

_AREAS = {
    "footprints": "footprints",
    "catalogues": "footprints",
    "readings": "footprints",
    "jobs": "footprints",
    "matches": "footprints",
    "schemes": "footprints",
    "decisions": "footprints",
    "journeys": "footprints",
    "laws": "footprints",
    "disclosures": "footprints",
    "applications": "certificates",
    "certificates": "certificates",
    "objections": "certificates",
    "recalls": "certificates",
    "surveillance": "certificates",
    "statements": "certificates",
    "requests": "requests",
    "evidence": "requests",
    "campaigns": "requests",
    "partners": "partners",
    "publications": "partners",
    "events": "partners",
    "webhooks": "partners",
    "supplier-requests": "partners",
    "supplier-footprints": "partners",
    "sign-ins": "admin",
    "locks": "admin",
    "people": "admin",
    "verifiers": "admin",
}
#: What is sent to be looked at, and is not kept: reading, though by POST.
_KEPT_NOWHERE = ("readings", "decisions", "laws", "journeys", "disclosures")
_PROOFS = "/proofs"


def needed_scope(method: str, template: str) -> str:
    """The scope that a route under /v1 needs. Raises KeyError for an address of no area."""
    word = template.removeprefix("/v1/").partition("/")[0]
    area = _AREAS[word]
    if area == "admin":
        return area
    reads = method in ("GET", "HEAD") or word in _KEPT_NOWHERE or template.endswith(_PROOFS)
    return f"{area}:{'read' if reads else 'write'}"


def held_scopes(text: str) -> frozenset[str]:
    """The scopes of a stored token."""
    return frozenset(SCOPES) if text == EVERYTHING else frozenset(text.split())


def unknown_scopes(named: Iterable[str], known: Sequence[str] = SCOPES) -> list[str]:
    """Those that are no scopes."""
    return [one for one in named if one not in known]


def scope_text(named: Iterable[str], known: Sequence[str] = SCOPES) -> str:
    """Scopes as they are stored: each once, in their order."""
    wanted = set(named)
    return " ".join(one for one in known if one in wanted)
