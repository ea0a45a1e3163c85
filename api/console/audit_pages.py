"""Pages of the log: whole, for the owner of a tenant; without what is private, for everybody."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from fastapi.responses import Response

from api.console.desk_view import readable_moment
from api.console.route import router
from api.console.shell import AnyVisit, PersonVisit, Same, SignedIn
from api.faults import BAD_CURSOR
from api.paging import cursor_at, place_after
from api.store.audit import AuditEntry

pages = router()

#: Entries on a page.
ENTRIES = 50
#: Kinds of actions by which the log is narrowed.
KINDS = (
    "application",
    "room",
    "certificate",
    "footprint",
    "objection",
    "person",
    "token",
    "key",
    "seal",
    "door",
)


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An entry as an owner reads it."""

    sequence: int
    when: str
    who: str
    action: str
    subject: str
    facts: tuple[tuple[str, str], ...]
    hash: str


def _row(entry: AuditEntry, names: dict[str, str]) -> AuditRow:
    facts = json.loads(entry.facts)
    return AuditRow(
        entry.sequence,
        readable_moment(entry.at),
        names.get(entry.actor, entry.actor),
        entry.action,
        entry.subject,
        tuple((name, _fact(value)) for name, value in facts.items() if value not in ("", None)),
        entry.hash,
    )


def _fact(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def sequence_of(cursor: str | None) -> int | None:
    """The number of the entry where a page of the log ended. Raises ServiceRefused API-508."""
    place = place_after(cursor)
    if place is None:
        return None
    if not place[1].isdecimal() or len(place[1]) > 12:
        raise BAD_CURSOR.refuse("The cursor is not one that this service gave out.")
    return int(place[1])


@dataclass(frozen=True, slots=True)
class _AuditPage:
    """What the address asks for: a kind of action, a subject; and what there is."""

    kind: str
    about: str
    entries: list[AuditEntry]
    names: dict[str, str]
    following: str

    @property
    def narrowed(self) -> dict[str, str]:
        return {"kind": self.kind, "about": self.about}


def _asked(visit: PersonVisit) -> _AuditPage:
    """Raises ServiceRefused API-102 for nobody who owns the log, API-508."""
    asked = visit.request.query_params
    kind = asked.get("kind", "") if asked.get("kind") in KINDS else ""
    about = asked.get("about", "").strip()[:100]
    log, before = visit.service.log, sequence_of(asked.get("cursor"))
    found = log.own(visit.actor, ENTRIES + 1, before, kind, about)
    shown, following = found[:ENTRIES], ""
    if len(found) > ENTRIES:
        following = cursor_at(shown[-1].at, str(shown[-1].sequence))
    return _AuditPage(kind, about, shown, log.names(visit.actor), following)


@pages.get("/audit.json")
def audit_rows(visit: SignedIn) -> Response:
    """The entries of the page as JSON: whole, and the cursor of the next page ("" at the end)."""
    page = _asked(visit)
    entries = [
        {
            "sequence": one.sequence,
            "at": one.at.isoformat(),
            "actor": one.actor,
            "who": page.names.get(one.actor, one.actor),
            "action": one.action,
            "subject": one.subject,
            "facts": json.loads(one.facts),
            "hash": one.hash,
        }
        for one in page.entries
    ]
    content = json.dumps({"entries": entries, "next": page.following}, ensure_ascii=False)
    return Response(content, media_type="application/json", headers={"Cache-Control": "no-store"})


@pages.get("/audit")
def show_audit(visit: SignedIn) -> Response:
    """Who did what, when?"""
    page = _asked(visit)
    kind, about, narrowed, following = page.kind, page.about, page.narrowed, page.following
    values = {
        "rows": [_row(one, page.names) for one in page.entries],
        "kinds": [(one, _link(narrowed | {"kind": one}), one == kind) for one in KINDS],
        "all": _link(narrowed | {"kind": ""}),
        "everything": not kind,
        "about": about,
        "kind": kind,
        "next": _link(narrowed | {"cursor": following}) if following else "",
        "owner": True,
    }
    cursor = visit.request.query_params.get("cursor", "")
    file = _link(narrowed | {"cursor": cursor}).replace("/audit?", "/audit.json?").removesuffix("?")
    return visit.show("audit.html.j2", values, same=Same(file=file))


def _link(asked: dict[str, str]) -> str:
    return "/audit?" + urlencode({name: value for name, value in asked.items() if value})


@pages.get("/log")
def show_log(visit: AnyVisit) -> Response:
    """What happened here, in public: a chain that nobody can change unseen."""
    log = visit.service.log
    before = sequence_of(visit.request.query_params.get("cursor"))
    found = log.newest(ENTRIES + 1, before)
    shown = found[:ENTRIES]
    following = ""
    if len(found) > ENTRIES:
        last = shown[-1]
        following = cursor_at(datetime.fromisoformat(last["at"]), str(last["sequence"]))
    entries, head, _ = log.head()
    values = {
        "rows": shown,
        "entries": entries,
        "head": head,
        "next": f"/log?{urlencode({'cursor': following})}" if following else "",
    }
    same = Same("footprint verify-audit --head head.jwt", "GET /v1/log", "/v1/log/head")
    return visit.show("log.html.j2", values, same=same)
