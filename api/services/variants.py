"""What a product would be if something changed: tried, kept as a variant, and compared."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from api.faults import REFUSED, UNKNOWN_PATH
from api.services.products import Products, listed_summary
from api.services.recompute import inputs_of
from api.services.reports import Reportable, reportable
from api.store.database import Database
from api.store.products import StoredProduct, StoredVersion, find_product
from api.store.tenants import Actor
from api.store.variants import (
    StoredVariant,
    add_variant,
    find_variant,
    find_version,
    keep_comparison,
    kept_comparison,
    variants_of,
)
from footprint.analysis.changes import Change, Scenario
from footprint.analysis.scenario import ScenarioOutcome, scenario
from footprint.canonical_fast import canonical_bytes
from footprint.documents.footprint import footprint_document
from footprint.drafts.covered import Covered
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.study import calculated
from footprint.uncertainty.compare import compare_footprints
from footprint.uncertainty.simulate import add_uncertainty
from footprint.values.result import Footprint

#: Reductions that a comparison is asked for, as shares.
THRESHOLDS = (0.0, 0.05)


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared: a version, or a variant of one; `document` is its footprint document."""

    id: str
    product: StoredProduct
    number: int | None
    name: str
    created_at: datetime
    summary: dict[str, Any]
    document: dict[str, Any]
    source: StoredVersion | StoredVariant


@dataclass(frozen=True, slots=True)
class Variants:
    """The variants of all tenants; each method names whose it is about."""

    database: Database
    products: Products
    inventory: CompiledInventory
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def tried(self, actor: Actor, footprint: str, changes: Sequence[Change]) -> ScenarioOutcome:
        """What a stored footprint of the actor's would be with these changes, with the data of now.

        Raises InputRefused (ANA, BOM, ENG codes), ServiceRefused API-201.
        """
        found = reportable(self.database, actor, footprint)
        return self._tried(found, changes)

    def _tried(self, found: Reportable, changes: Sequence[Change]) -> ScenarioOutcome:
        inputs = inputs_of(found.footprint, found.source)
        return scenario(
            inputs.read(),
            Scenario(name="variant", changes=tuple(changes)),
            self.inventory,
            inputs.gwp_set,
            allow_gaps=inputs.allow_gaps,
            electricity=inputs.electricity,
        )

    def keep(
        self, actor: Actor, version: StoredVersion, name: str, changes: Sequence[Change]
    ) -> StoredVariant:
        """Keep a variant of a version under a name. Raises as `tried` does, API-003 without a name
        or without a change."""
        if not name.strip() or not changes:
            raise REFUSED.refuse("A variant needs a name and at least one change.")
        made = add_uncertainty(self.tried(actor, version.footprint, changes).after, self.inventory)
        told = json.loads(version.summary)
        # What is counted are the lines of the version; its stated weight is not that of a variant.
        covered = Covered(
            told["share"], told.get("by_data", told["share"]), told["by_mass"], told["counted"],
            told["open"],
        )  # fmt: skip
        variant = StoredVariant(
            id=str(UUID(bytes=self.entropy(16), version=4)),
            tenant=actor.tenant,
            product=version.product,
            footprint=version.footprint,
            name=name.strip()[:100],
            created_at=self.clock(),
            by=actor.identity,
            changes=json.dumps([one.model_dump(mode="json") for one in changes]),
            document=canonical_bytes(footprint_document(made)).decode(),
            summary=listed_summary(made, covered),
        )
        with self.database.writing() as uow:
            add_variant(uow, variant)
        return variant

    def of(self, actor: Actor, product: str) -> Sequence[StoredVariant]:
        """The variants of a product of the actor's, the newest first."""
        with self.database.reading() as uow:
            return variants_of(uow, actor.tenant, product)

    def compared(self, actor: Actor, id: str) -> Compared:
        """A version or variant of the actor's. Raises ServiceRefused API-204."""
        with self.database.reading() as uow:
            source: StoredVersion | StoredVariant | None = find_version(uow, actor.tenant, id)
            source = source or find_variant(uow, actor.tenant, id)
            product = None if source is None else find_product(uow, actor.tenant, source.product)
        if source is None or product is None:
            raise UNKNOWN_PATH.refuse(f"There is no version {id[:64]!r} among yours.")
        if isinstance(source, StoredVariant):
            document, number, name = json.loads(source.document), None, source.name
        else:
            document = self.products.footprint(actor, source).footprint.content
            number, name = source.number, ""
        summary = json.loads(source.summary)
        return Compared(
            source.id, product, number, name, source.created_at, summary, document, source
        )

    def how_sure(self, actor: Actor, old: Compared, new: Compared) -> dict[str, Any]:
        """How probable it is that the new one is lower, from paired draws: worked out once, kept.

        Raises InputRefused (UNC codes) where the two cannot be compared, and where one was made
        with other data than those in use and nobody compared them before.
        """
        pair = (old.id, new.id)
        with self.database.reading() as uow:
            known = kept_comparison(uow, actor.tenant, pair)
        if known is None:
            before, after = self._now(actor, old), self._now(actor, new)
            found = [
                asdict(compare_footprints(before, after, self.inventory, one)) for one in THRESHOLDS
            ]
            known = json.dumps(found)
            with self.database.writing() as uow:
                keep_comparison(uow, actor.tenant, pair, self.clock(), known)
        lower, much = json.loads(known)
        return {"lower": lower["probability"], "much": much["probability"], **lower}

    def today(self, actor: Actor, one: Compared) -> float:
        """What a version or variant would be with the data in use, kg CO2e per declared unit.
        Raises InputRefused (ANA, BOM, ENG codes) where it cannot be calculated with them."""
        found = reportable(self.database, actor, one.source.footprint)
        if isinstance(one.source, StoredVariant):
            return self._tried(found, changes_in(one.source.changes)).after_kg_co2e
        inputs = inputs_of(found.footprint, found.source)
        return calculated(inputs.read(), inputs, self.inventory).total

    def _now(self, actor: Actor, one: Compared) -> Footprint:
        """The footprint as a value. Raises InputRefused (API-003) where the data in use are others
        than those that it was made with."""
        if one.summary["inventory"] != self.inventory.hash:
            raise REFUSED.refuse(
                "It was made with earlier data, and nobody asked then how sure it is.",
                "Calculate both again with the data of today.",
            )
        found = reportable(self.database, actor, one.source.footprint)
        if isinstance(one.source, StoredVariant):
            changes = changes_in(one.source.changes)
            return self._tried(found, changes).after
        inputs = inputs_of(found.footprint, found.source)
        return calculated(inputs.read(), inputs, self.inventory)


def changes_in(text: str) -> tuple[Change, ...]:
    """The changes of a JSON list. Raises InputRefused (API-003) for what is none."""
    try:
        return Scenario.model_validate({"name": "variant", "changes": json.loads(text)}).changes
    except ValueError:
        raise no_change() from None


def no_change() -> InputRefused:
    """API-003 for a change that is none; the caller raises it."""
    return REFUSED.refuse("A change in this address cannot be understood.")
