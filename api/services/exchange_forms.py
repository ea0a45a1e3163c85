"""A stored footprint in the forms of exchange, calculated again from its source."""

from __future__ import annotations

from api.services.reports import recalculated, reportable
from api.store.database import Database
from api.store.tenants import Actor
from footprint.exchange.faults import NO_EXTRA
from footprint.exchange.forms import ExchangeForm, exchanged_form
from footprint.inventory.compiled import CompiledInventory
from footprint.pact.document import pact_document


def exchanged(
    database: Database,
    actor: Actor,
    footprint: str,
    inventory: CompiledInventory,
    form: ExchangeForm,
) -> bytes:
    """The actor's footprint in a form, under its id here and dated with its calculation: the same
    bytes each time, and what certificates on it bind.

    Raises ServiceRefused API-201, API-509 (it cannot be made again here); InputRefused (PAC, EXC
    codes) for a footprint that the form cannot say, or EXC-004 where the extra is not installed.
    """
    found = reportable(database, actor, footprint)
    _, result = recalculated(found, inventory)
    stored = found.footprint
    document = pact_document(result, stored.created_at) | {"id": stored.id}
    try:
        content, _ = exchanged_form(document, form)
    except ModuleNotFoundError as error:
        hint = "Ask for another form, or have the extras `aas` and `epd` installed here."
        message = f"{form} is written by a library that is not installed here: {error.name}"
        raise NO_EXTRA.refuse(message, hint=hint) from error
    return content
