"""Make a footprint from an uploaded bill of materials, keep it, give it back to its owner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from api.faults import UNKNOWN_FOOTPRINT, ServiceRefused
from api.services.matches import Matches
from api.services.requests import creation
from api.store.audit import append
from api.store.database import Database, UnitOfWork
from api.store.footprints import (
    FootprintSource,
    StoredFootprint,
    add_footprint,
    find_footprint,
    packed,
)
from api.store.idempotency import claim, earlier_resource
from api.store.tenants import Actor
from footprint.canonical import bytes_hash, canonical_json
from footprint.certificates.build import document_hash, public_part
from footprint.inventory.compiled import CompiledInventory
from footprint.recompute.commitment import SECRET_BYTES, commitment_leaves, commitment_root
from footprint.recompute.inputs import Inputs
from footprint.recompute.recalculate import footprint_of


@dataclass(frozen=True, slots=True)
class Footprints:
    """The footprints of all tenants; each method names whose it is about."""

    database: Database
    inventory: CompiledInventory
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    matches: Matches

    def calculate(
        self,
        actor: Actor,
        inputs: Inputs,
        idempotency_key: str | None = None,
    ) -> StoredFootprint:
        """Calculate and store the footprint of a bill of materials (CSV or XLSX bytes).

        Suppliers' documents that no line names are not kept. The same `idempotency_key` with the
        same content gives the footprint made before. Raises InputRefused with every problem of the
        files; ServiceRefused API-401 or API-402 for the key.
        """
        content = ["footprint", inputs.file, inputs.gwp_set, inputs.fingerprint()]
        request = creation(actor.tenant, idempotency_key, content)
        if request is not None:
            with self.database.reading() as uow:
                earlier = earlier_resource(uow, request)
            if earlier is not None:
                return self.get(actor, earlier)
        # Outside the transaction: it takes its time.
        made, source = self._made(actor, self.matches.with_choices(actor, inputs))
        with self.database.writing() as uow:
            if request is not None:
                holder = claim(uow, request, made.id, made.created_at)
                if holder != made.id:
                    return found_footprint(uow, actor, holder)
            add_footprint(uow, made, source)
            facts = {
                "bom": made.bom_hash,
                "document": made.document_hash,
                "commitment": made.commitment,
            }
            append(uow, actor, made.created_at, "footprint.calculated", made.id, facts)
        return made

    def get(self, actor: Actor, footprint: str) -> StoredFootprint:
        """The actor's footprint of this id. Raises ServiceRefused API-201 when there is none."""
        with self.database.reading() as uow:
            return found_footprint(uow, actor, footprint)

    def _made(self, actor: Actor, given: Inputs) -> tuple[StoredFootprint, FootprintSource]:
        """The footprint, and what it was made from with the secret behind its commitment."""
        bom, content = footprint_of(given, self.inventory)
        document = canonical_json(content)
        used = {one.file: given.documents[one.file] for one in bom.suppliers}
        inputs = replace(given, documents=used)
        secret = self.entropy(SECRET_BYTES)
        leaves = commitment_leaves(bom, inputs, secret)
        made = StoredFootprint(
            id=str(UUID(bytes=self.entropy(16), version=4)),
            tenant=actor.tenant,
            created_at=self.clock(),
            file=inputs.file,
            bom_hash=bytes_hash(inputs.data),
            document=document.decode(),
            document_hash=bytes_hash(document),
            commitment=commitment_root(leaves),
            public_hash=document_hash("footprint", public_part(content)),
        )
        source = FootprintSource(
            inputs.data,
            inputs.product_file,
            secret,
            inputs.site_file,
            packed(used),
            inputs.electricity,
            inputs.matches_file,
        )
        return made, source


def found_footprint(uow: UnitOfWork, actor: Actor, footprint: str) -> StoredFootprint:
    """The actor's footprint of this id. Raises ServiceRefused API-201 when there is none."""
    found = find_footprint(uow, actor.tenant, footprint)
    if found is None:
        raise unknown_footprint(footprint)
    return found


def unknown_footprint(footprint: str) -> ServiceRefused:
    """API-201 for this id; the caller raises it."""
    return UNKNOWN_FOOTPRINT.refuse(
        f"There is no footprint {footprint[:64]!r} among yours.",
        "Use the id that POST /v1/footprints answered with.",
    )
