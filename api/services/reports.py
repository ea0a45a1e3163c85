"""Make the report on a stored footprint: calculated again from its source, and held against it."""

from __future__ import annotations

from dataclasses import dataclass

from api.faults import NO_REPORT
from api.services.footprints import found_footprint, unknown_footprint
from api.services.recompute import inputs_of
from api.store.database import Database
from api.store.footprints import FootprintSource, StoredFootprint, find_source
from api.store.tenants import Actor
from footprint.canonical_fast import fast_hash
from footprint.documents.footprint import footprint_document
from footprint.inventory.compiled import CompiledInventory
from footprint.report.build import footprint_report
from footprint.study import calculated
from footprint.uncertainty.simulate import add_uncertainty
from footprint.values.bom import Bom
from footprint.values.result import Footprint
from label_templates.report.forms import ReportForm, rendered
from label_templates.report.words import ReportLanguage


@dataclass(frozen=True, slots=True)
class Reportable:
    """A footprint of the actor's with what it was made from."""

    footprint: StoredFootprint
    source: FootprintSource


def reportable(database: Database, actor: Actor, footprint: str) -> Reportable:
    """The actor's footprint of this id, with its source. Raises ServiceRefused API-201."""
    with database.reading() as uow:
        found = found_footprint(uow, actor, footprint)
        source = find_source(uow, actor.tenant, footprint)
    if source is None:
        raise unknown_footprint(footprint)
    return Reportable(found, source)


def report_on(
    found: Reportable,
    inventory: CompiledInventory,
    form: ReportForm,
    language: ReportLanguage,
    *,
    interval: bool = False,
) -> bytes:
    """The report, dated with the day of the calculation: the same bytes each time.

    `interval` adds the 95 % interval, always from the same draws: they are kept on disk once, and
    a caller who chose the seed could fill it.
    Raises ServiceRefused API-509 when the inventory or the program in use gives another result
    than the stored one, InputRefused (RPT-001, RPT-002) for a PDF that cannot be made.
    """
    bom, result = recalculated(found, inventory)
    if interval:
        result = add_uncertainty(result, inventory)
    report = footprint_report(result, bom, inventory, found.footprint.created_at.date())
    return rendered(report, result, form, language)


def recalculated(found: Reportable, inventory: CompiledInventory) -> tuple[Bom, Footprint]:
    """A stored footprint as a value, calculated again. Raises ServiceRefused API-509 when the
    inventory or the program in use gives another result than the stored one."""
    stored = found.footprint
    if stored.content["provenance"]["inventory"] != inventory.hash:
        raise _not_repeatable(stored, "another inventory than the one in use here")
    inputs = inputs_of(stored, found.source)
    bom = inputs.read()
    result = calculated(bom, inputs, inventory)
    if fast_hash(footprint_document(result)) != stored.document_hash:
        raise _not_repeatable(stored, "another version of the program")
    return bom, result


def _not_repeatable(stored: StoredFootprint, cause: str) -> Exception:
    return NO_REPORT.refuse(
        f"Footprint {stored.id} was made with {cause}; it would show other figures now.",
        "Send the bill of materials to POST /v1/footprints again and use that one.",
    )
