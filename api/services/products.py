"""Products: what came of drafts, kept; each version is a stored footprint and never changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from api.faults import REFUSED, UNKNOWN_PATH
from api.services.drafts import Drafts, OpenDraft, stale
from api.services.footprints import Footprints, MadeFootprint, found_footprint
from api.services.recompute import inputs_of
from api.services.reports import Reportable, reportable
from api.store.database import Database, UnitOfWork
from api.store.drafts import change_draft
from api.store.footprints import StoredFootprint
from api.store.products import (
    StoredProduct,
    StoredVersion,
    add_product,
    add_version,
    change_product,
    find_product,
    hold_product,
    newest_versions,
    products_named,
    products_of,
    version_with,
    versions_of,
)
from api.store.tenants import Actor
from footprint.drafts.covered import Covered, covered
from footprint.drafts.work import Work
from footprint.inventory.compiled import CompiledInventory
from footprint.rules import read_evidence
from footprint.rules.answers import evidence_in, evidence_text
from footprint.rules.later import refuse_later
from footprint.study import calculated
from footprint.uncertainty.simulate import add_uncertainty
from footprint.values.result import Footprint


@dataclass(frozen=True, slots=True)
class KeptProduct:
    """A product with its versions, the newest first."""

    product: StoredProduct
    versions: Sequence[StoredVersion]

    def version(self, number: int | None) -> StoredVersion:
        """The version of this number; None: the newest. Raises ServiceRefused API-204."""
        for one in self.versions:
            if number in {None, one.number}:
                return one
        raise UNKNOWN_PATH.refuse("The product has no such version.")


@dataclass(frozen=True, slots=True)
class Products:
    """The products of all tenants; each method names whose it is about."""

    database: Database
    footprints: Footprints
    drafts: Drafts
    inventory: CompiledInventory
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def keep(self, actor: Actor, opened: OpenDraft, product: str = "") -> StoredVersion:
        """Keep what a draft gives now as the next version of a product of the actor's ("": of a new
        one). What did not change since its newest version is that version.

        Raises ServiceRefused API-003 where nothing is counted yet, API-204, API-403 for a draft
        that was changed meanwhile; InputRefused as `Drafts.work` does.
        """
        work = self.drafts.work(opened)
        if not work.settled:
            raise REFUSED.refuse("No line is counted yet, so there is nothing to keep.")
        given = replace(opened.draft.inputs, allow_gaps="gaps" in work.footprint.completeness.lacks)
        made = self.footprints.make(actor, given)
        summary = _summary(add_uncertainty(work.footprint, self.inventory), work)
        with self.database.writing() as uow:
            version = self._next(uow, actor, made, summary, product or self._own(uow, opened, made))
            kept = replace(opened.stored, footprint=version.footprint, revision=opened.revision + 1)
            if not change_draft(uow, kept, opened.revision):
                raise stale()
        return version

    def _own(self, uow: UnitOfWork, opened: OpenDraft, made: MadeFootprint) -> str:
        """The product that this very result was kept as from this draft, so that a button that is
        pressed twice makes one product; ""."""
        if opened.stored.footprint is None:
            return ""
        known = version_with(uow, opened.stored.tenant, opened.stored.footprint)
        if known is None:
            return ""
        earlier = found_footprint(uow, Actor(known.tenant, ""), known.footprint)
        same = earlier.document_hash == made.footprint.document_hash
        return known.product if same else ""

    def _next(
        self, uow: UnitOfWork, actor: Actor, made: MadeFootprint, summary: str, product: str
    ) -> StoredVersion:
        now = made.footprint.created_at
        known: Sequence[StoredVersion] = ()
        if product:
            target = hold_product(uow, actor.tenant, product)
            if target is None:
                raise unknown_product(product)
            known = versions_of(uow, actor.tenant, target.id)
            change_product(uow, replace(target, changed_at=now))
        else:
            named = _names_of(made.footprint)
            target = StoredProduct(self._id(), actor.tenant, named[0], now, now, name_zh=named[1])
            add_product(uow, target)
        if known:
            last = found_footprint(uow, actor, known[0].footprint)
            if last.document_hash == made.footprint.document_hash:
                return known[0]
        self.footprints.keep(uow, actor, made)
        number = known[0].number + 1 if known else 1
        version = StoredVersion(
            self._id(), actor.tenant, target.id, number, now, actor.identity, made.footprint.id,
            summary,
        )  # fmt: skip
        add_version(uow, version)
        return version

    def get(self, actor: Actor, product: str) -> KeptProduct:
        """The actor's product of this id. Raises ServiceRefused API-204."""
        with self.database.reading() as uow:
            return _kept(uow, actor, product)

    def listed(
        self,
        actor: Actor,
        limit: int = 100,
        after: tuple[datetime, str] | None = None,
        named: str = "",
    ) -> list[tuple[StoredProduct, StoredVersion]]:
        """The actor's products of which a name holds `named`, with their newest versions: the last
        changed first, behind `after`."""
        with self.database.reading() as uow:
            found = products_of(uow, actor.tenant, limit, after, named)
            newest = newest_versions(uow, actor.tenant, [one.id for one in found])
        return [(one, newest[one.id]) for one in found if one.id in newest]

    def likely(self, actor: Actor, opened: OpenDraft, name: str) -> KeptProduct | None:
        """Which product a draft is a further version of: the one that it was kept as, or begun
        from; else one of the same name."""
        with self.database.reading() as uow:
            kept = opened.stored.footprint
            version = version_with(uow, actor.tenant, kept) if kept else None
            named = products_named(uow, actor.tenant, name)
            product = version.product if version else named[0].id if named else ""
            return _kept(uow, actor, product) if product else None

    def with_footprint(self, actor: Actor, footprint: str) -> KeptProduct | None:
        """The actor's product that a footprint is a version of."""
        with self.database.reading() as uow:
            version = version_with(uow, actor.tenant, footprint)
            return None if version is None else _kept(uow, actor, version.product)

    def rename(self, actor: Actor, product: str, name: str) -> None:
        """Call a product otherwise, in all languages. Raises ServiceRefused API-204, API-003 for no
        name."""
        if not name.strip():
            raise REFUSED.refuse("The product needs a name.")
        self._change(actor, product, lambda found: replace(found, name=name.strip(), name_zh=""))

    def say(
        self, actor: Actor, product: str, saying: Callable[[dict[str, Any]], dict[str, Any]]
    ) -> None:
        """Change the evidence of a product: `saying` makes the new one of that of now.

        Raises ServiceRefused API-204, InputRefused (RUL codes) for what cannot be used; then
        nothing is changed.
        """

        def said(found: StoredProduct) -> StoredProduct:
            text = evidence_text(saying(evidence_in(found.evidence)))
            refuse_later(read_evidence(text), self.clock().date())
            return replace(found, evidence=text)

        self._change(actor, product, said)

    def _change(
        self, actor: Actor, product: str, change: Callable[[StoredProduct], StoredProduct]
    ) -> None:
        with self.database.writing() as uow:
            found = hold_product(uow, actor.tenant, product)
            if found is None:
                raise unknown_product(product)
            change_product(uow, change(found))

    def footprint(self, actor: Actor, version: StoredVersion) -> Reportable:
        """The footprint that a version is, with what it was made from."""
        return reportable(self.database, actor, version.footprint)

    def continued(self, actor: Actor, version: StoredVersion) -> OpenDraft:
        """A new draft of what a version was made from: to change it, or to finish it."""
        found = self.footprint(actor, version)
        return self.drafts.reopened(
            actor, inputs_of(found.footprint, found.source), found.footprint.id
        )

    def today(self, found: Reportable) -> Footprint | None:
        """What a version would be with the data in use now; None where they are the same.
        Raises InputRefused (BOM, ENG codes) where it cannot be calculated with them."""
        if found.footprint.content["provenance"]["inventory"] == self.inventory.hash:
            return None
        inputs = inputs_of(found.footprint, found.source)
        return calculated(inputs.read(), inputs, self.inventory)

    def _id(self) -> str:
        return str(UUID(bytes=self.entropy(16), version=4))


def _names_of(footprint: StoredFootprint) -> tuple[str, str]:
    """What a product is called, and its Chinese name; ""."""
    product = footprint.content["product"]
    return str(product["name"]) or footprint.file, str(product.get("name_zh") or "")


def _summary(made: Footprint, work: Work) -> str:
    """What lists show of a version, as JSON; kg CO2e per declared unit."""
    return listed_summary(made, covered(work))


def listed_summary(made: Footprint, counted: Covered) -> str:
    """What lists show of a footprint, as JSON, with how much of it is counted."""
    interval = made.uncertainty
    told: dict[str, Any] = {
        "kg": made.total,
        "amount": made.declared_unit.amount,
        "unit": made.declared_unit.unit,
        "word": made.completeness.word,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
        "boundary": made.boundary,
        "inventory": made.provenance.inventory,
        "mass_kg": made.product.mass_kg,
        **asdict(counted),
    }
    return json.dumps(told)


def unknown_product(product: str) -> Exception:
    """API-204 for this id; the caller raises it."""
    return UNKNOWN_PATH.refuse(f"There is no product {product[:64]!r} among yours.")


def _kept(uow: UnitOfWork, actor: Actor, product: str) -> KeptProduct:
    """The actor's product with its versions. Raises ServiceRefused API-204."""
    found = find_product(uow, actor.tenant, product)
    if found is None:
        raise unknown_product(product)
    return KeptProduct(found, versions_of(uow, actor.tenant, product))
