"""What comes from a supplier: checked with explanations, kept as it came, older ones replaced."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from api.partners.model import Partner
from api.store.database import UnitOfWork
from api.store.hooks import announce
from api.store.news import PROPOSED, News
from api.store.supplier_pcfs import (
    KeptPcf,
    add_pcf,
    find_pcf,
    find_pcfs,
    footprints_using,
    replace_pcf,
)
from footprint.faults import InputRefused, Problem, Where
from footprint.pact.check import check_document, is_fault
from footprint.printable import shown
from footprint.supplier.read import MAX_BYTES, read_supplier

#: Texts that are kept for lists.
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Arrived:
    """Documents of a supplier, of which request, and when."""

    partner: Partner
    ask: str
    documents: Sequence[Mapping[str, Any]]
    at: datetime


def keep_arrived(uow: UnitOfWork, arrived: Arrived) -> str:
    """Keep the documents; what is said about them, for the one who asked. The same document again
    changes nothing but that it may be deprecated: a footprint never changes otherwise."""
    notes: list[str] = []
    kept = 0
    for document in arrived.documents:
        pcf = _id(document)
        if pcf is None:
            notes.append("A document without a UUID as its id was not kept.")
            continue
        note = _keep(uow, arrived, pcf, document)
        kept += not note
        if note:
            notes.append(note)
    return " ".join([f"Received: {kept}.", *notes])


def _id(document: Mapping[str, Any]) -> str | None:
    try:
        return str(UUID(str(document.get("id", ""))))
    except ValueError:
        return None


def _keep(uow: UnitOfWork, arrived: Arrived, pcf: str, document: Mapping[str, Any]) -> str:
    """Keep one document; why not, or what is odd about it, or nothing."""
    tenant = arrived.partner.tenant
    text = json.dumps(document, sort_keys=True)
    if len(text) > MAX_BYTES:
        return f"{pcf} is longer than {MAX_BYTES:,} bytes and was not kept."
    status = "Deprecated" if document.get("status") == "Deprecated" else "Active"
    earlier = find_pcf(uow, tenant, pcf)
    if earlier is not None:
        return _again(uow, arrived, earlier, document, status)
    usable, problems = examined(text.encode(), f"{pcf}.json", document)
    made = KeptPcf(
        tenant=tenant,
        id=pcf,
        partner=arrived.partner.id,
        ask=arrived.ask,
        document=text,
        company=_text(document, "companyName"),
        product=_text(document, "productNameCompany"),
        status=status,
        usable=usable,
        findings=json.dumps([one.as_json() for one in problems]),
        received_at=arrived.at,
    )
    add_pcf(uow, made)
    preceding = document.get("precedingPfIds")
    named = [str(one).lower() for one in preceding] if isinstance(preceding, list) else []
    for old in find_pcfs(uow, tenant, named[:100]):
        if old.partner == arrived.partner.id and old.id != pcf:
            replace_pcf(uow, tenant, old.id, pcf)
            _propose_recall(uow, old, pcf, arrived.at)
    return ""


def _propose_recall(uow: UnitOfWork, old: KeptPcf, by: str, at: datetime) -> None:
    """Tell webhooks of a replaced footprint that some of ours rest on; `by` is empty where nothing
    has taken its place yet."""
    uses = footprints_using(uow, old.tenant, old.id)
    if uses:
        facts = {"replaced_by": by, "footprints": len({one.footprint for one in uses})}
        key = f"{PROPOSED} {old.id} {by}"
        announce(uow, [News(old.tenant, PROPOSED, old.id, at, key, facts)])


def _again(
    uow: UnitOfWork, arrived: Arrived, earlier: KeptPcf, document: Mapping[str, Any], status: str
) -> str:
    if earlier.partner != arrived.partner.id:
        return f"{earlier.id} is kept from another supplier and was not replaced."
    if status == "Deprecated" and earlier.status != "Deprecated":
        replace_pcf(uow, earlier.tenant, earlier.id, "")
        _propose_recall(uow, earlier, "", arrived.at)
    if dict(document) | {"status": ""} != json.loads(earlier.document) | {"status": ""}:
        return f"{earlier.id} came before with other figures under the same id; the first is kept."
    return ""


def examined(
    data: bytes, file: str, document: Mapping[str, Any] | None = None
) -> tuple[bool, list[Problem]]:
    """Whether a line can use this document, and everything that is wrong or remarkable about it:
    by the protocol (PAC), and for use as a supplier's footprint (SUP)."""
    problems = [] if document is None else list(check_document(document, file))
    try:
        read_supplier(data, file, Where(file))
    except InputRefused as refused:
        return False, [*refused.problems, *problems]
    return True, sorted(problems, key=lambda one: not is_fault(one))


def _text(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    # Half a character can be in JSON, and in no database.
    text = shown(value) if isinstance(value, str) else ""
    return text[:_LONGEST].encode("utf-8", "replace").decode().replace("\x00", "")
