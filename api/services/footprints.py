"""Make a footprint from an uploaded bill of materials, keep it, give it back to its owner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from api.faults import UNKNOWN_FOOTPRINT, ServiceRefused
from api.services.requests import creation
from api.store.audit import append
from api.store.database import Database, UnitOfWork
from api.store.footprints import (
    FootprintSource,
    StoredFootprint,
    add_footprint,
    find_footprint,
)
from api.store.idempotency import claim, earlier_resource
from api.store.tenants import Actor
from footprint.canonical import bytes_hash, canonical_json
from footprint.certificates.build import document_hash, public_part
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import DEFAULT_GWP_SET
from footprint.recompute.commitment import SECRET_BYTES, commitment_leaves, commitment_root
from footprint.recompute.recalculate import Inputs, footprint_of


@dataclass(frozen=True, slots=True)
class Footprints:
    """The footprints of all tenants; each method names whose it is about."""

    database: Database
    inventory: CompiledInventory
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def calculate(
        self,
        actor: Actor,
        bom: bytes,
        file: str,
        gwp_set: str = DEFAULT_GWP_SET,
        idempotency_key: str | None = None,
        product_file: bytes | None = None,
    ) -> StoredFootprint:
        """Calculate and store the footprint of a bill of materials (CSV or XLSX bytes).

        `product_file` is YAML with product facts that the bill of materials does not hold.
        The same `idempotency_key` with the same content gives the footprint made before. Raises
        InputRefused with every problem of the file; ServiceRefused API-401 or API-402 for the key.
        """
        content = ["footprint", bytes_hash(bom), file, gwp_set, bytes_hash(product_file or b"")]
        request = creation(actor.tenant, idempotency_key, content)
        if request is not None:
            with self.database.reading() as uow:
                earlier = earlier_resource(uow, request)
            if earlier is not None:
                return self.get(actor, earlier)
        # Outside the transaction: it takes its time.
        made, secret = self._made(actor, Inputs(file, bom, product_file, gwp_set))
        with self.database.writing() as uow:
            if request is not None:
                holder = claim(uow, request, made.id, made.created_at)
                if holder != made.id:
                    return found_footprint(uow, actor, holder)
            add_footprint(uow, made, FootprintSource(bom, product_file, secret))
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

    def _made(self, actor: Actor, inputs: Inputs) -> tuple[StoredFootprint, bytes]:
        """The footprint, and the secret behind the commitment to its lines."""
        bom, content = footprint_of(inputs, self.inventory)
        document = canonical_json(content)
        secret = self.entropy(SECRET_BYTES)
        leaves = commitment_leaves(bom, inputs.data, inputs.product_file, secret)
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
        return made, secret


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
