"""A supplier's own number for a kind of line of a draft, as a file or as somebody typed it."""

from __future__ import annotations

from dataclasses import replace

from api.faults import REFUSED
from api.services.drafts import Drafts, OpenDraft
from api.store.tenants import Actor
from footprint.bom.choices import BY_SUPPLIER, choice_of
from footprint.drafts.work import work_out
from footprint.exchange.read import read_supplier_document
from footprint.faults import Where


def choose_supplier(
    drafts: Drafts,
    actor: Actor,
    opened: OpenDraft,
    key: str,
    data: bytes,
    mass_kg: float | None = None,
    called: str = "",
) -> OpenDraft:
    """Let a supplier's own footprint (in any form that is read here) stand for a kind of line.

    Raises ServiceRefused API-003 for a line that is not there and for a document that cannot stand
    for it, API-403; InputRefused (SUP, BOM, ENG codes) for one that cannot be read. Nothing is
    changed then. Faults name the document as it is `called` by people.
    """
    name = f"supplier-{key}.json"
    read_supplier_document(data, called or name, Where(called or name))
    line = drafts.line_of(opened, key)
    made = choice_of(line, f"{BY_SUPPLIER}{name}", actor.identity, drafts.clock().date())
    before = opened.draft.choice_for(key)
    kept = before.mass_kg if mass_kg is None and before is not None else mass_kg
    draft = opened.draft.with_document(name, data).with_choice(replace(made, mass_kg=kept))
    kind = work_out(draft, drafts.inventory).kind(key)
    if kind is None or kind.is_open:
        raise REFUSED.refuse(
            "The supplier's number is per another unit, or no longer valid: it cannot stand for "
            "this line.",
            "Give the weight of one, or ask the supplier for a number per the unit you buy in.",
        )
    return drafts.change(opened, draft)
