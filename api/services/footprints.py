"""Make a footprint from an uploaded bill of materials, keep it, give it back to its owner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from api.faults import UNKNOWN_FOOTPRINT
from api.services.requests import creation
from api.store.audit import append
from api.store.database import Database, UnitOfWork
from api.store.footprints import StoredFootprint, add_footprint, find_footprint
from api.store.idempotency import claim, earlier_resource
from api.store.tenants import Actor
from footprint.bom.read import read_bom_bytes
from footprint.canonical import bytes_hash, canonical_json
from footprint.engine.calculate import calculate
from footprint.engine.document import footprint_document
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import DEFAULT_GWP_SET


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
        made = self._made(actor, bom, file, gwp_set, product_file)
        with self.database.writing() as uow:
            if request is not None:
                holder = claim(uow, request, made.id, made.created_at)
                if holder != made.id:
                    return found_footprint(uow, actor, holder)
            add_footprint(uow, made, bom, product_file)
            facts = {"bom": made.bom_hash, "document": made.document_hash}
            append(uow, actor, made.created_at, "footprint.calculated", made.id, facts)
        return made

    def get(self, actor: Actor, footprint: str) -> StoredFootprint:
        """The actor's footprint of this id. Raises ServiceRefused API-201 when there is none."""
        with self.database.reading() as uow:
            return found_footprint(uow, actor, footprint)

    def _made(
        self, actor: Actor, bom: bytes, file: str, gwp_set: str, product_file: bytes | None
    ) -> StoredFootprint:
        result = calculate(read_bom_bytes(bom, file, product_file), self.inventory, gwp_set)
        document = canonical_json(footprint_document(result))
        return StoredFootprint(
            id=str(UUID(bytes=self.entropy(16), version=4)),
            tenant=actor.tenant,
            created_at=self.clock(),
            file=file,
            bom_hash=bytes_hash(bom),
            document=document.decode(),
            document_hash=bytes_hash(document),
        )


def found_footprint(uow: UnitOfWork, actor: Actor, footprint: str) -> StoredFootprint:
    """The actor's footprint of this id. Raises ServiceRefused API-201 when there is none."""
    found = find_footprint(uow, actor.tenant, footprint)
    if found is None:
        raise UNKNOWN_FOOTPRINT.refuse(
            f"There is no footprint {footprint[:64]!r} among yours.",
            "Use the id that POST /v1/footprints answered with.",
        )
    return found
