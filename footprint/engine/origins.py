"""Where the numbers of a result come from: suppliers' documents, and the sources of datasets."""

from __future__ import annotations

from collections.abc import Sequence

from footprint.engine.items import Item
from footprint.engine.known import source_of
from footprint.gwp_sources import GWP_SOURCES
from footprint.inventory.compiled import CompiledInventory
from footprint.values.bom import Bom
from footprint.values.result import Source, SupplierDocument


def documents_of(bom: Bom) -> tuple[SupplierDocument, ...]:
    return tuple(
        SupplierDocument(
            file=one.file,
            id=one.id,
            hash=one.hash,
            kind=one.kind,
            company=one.company,
            valid_until=one.valid_until.isoformat() if one.valid_until else None,
            primary_data_share=one.primary_data_share,
            gwp_sets=one.gwp_sets,
        )
        for one in bom.suppliers
    )


def sources_of(
    items: Sequence[Item], inventory: CompiledInventory, gwp_set: str
) -> tuple[Source, ...]:
    """The sources of the datasets in the order of their ids, then the tables of the GWP set."""
    lists = {item.traits.sources for item in items if item.traits is not None}
    names = {name for one in lists for name in one}
    gwp = GWP_SOURCES[gwp_set]
    return (
        *(source_of(name, inventory) for name in sorted(names)),
        Source(gwp.id, gwp.citation, gwp.licence, gwp.title, gwp.edition),
    )
