"""Make a footprint from an uploaded bill of materials, keep it, give it back to its owner."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from api.faults import UNKNOWN_FOOTPRINT, ServiceRefused
from api.services.matches import Matches
from api.services.requests import creation
from api.services.supplier_documents import with_kept
from api.store.audit import Event, append_all
from api.store.database import Database, UnitOfWork
from api.store.footprints import (
    FootprintSource,
    ListedFootprint,
    StoredFootprint,
    add_footprints,
    find_footprint,
    list_footprints,
    packed,
)
from api.store.idempotency import Request, claim, earlier_resource
from api.store.supplier_pcfs import add_supplier_uses
from api.store.tenants import Actor
from footprint.bom.choices import Choice
from footprint.bom.plausible import refuse_period_ahead
from footprint.canonical import bytes_hash
from footprint.certificates.build import document_hash, public_part
from footprint.collecting import collecting_later
from footprint.exchange.binding import bound_documents
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.pact.document import pact_document
from footprint.proof.commitment import SECRET_BYTES, commitment_to
from footprint.study import Inputs, written_result
from footprint.values.result import Footprint

#: Footprints that are stored in one transaction: others wait for so long at most.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class MadeFootprint:
    """A footprint that is not stored yet, and the suppliers' footprints that it rests on: their
    own ids, and how its lines name them."""

    footprint: StoredFootprint
    source: FootprintSource
    suppliers: tuple[tuple[str, str], ...] = ()


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
        request = self.request(actor, inputs, idempotency_key)
        if request is not None:
            with self.database.reading() as uow:
                earlier = earlier_resource(uow, request)
            if earlier is not None:
                return self.get(actor, earlier)
        # Outside the transaction: it takes its time.
        made = self.make(actor, self.completed(actor, inputs))
        footprint = made.footprint
        with self.database.writing() as uow:
            if request is not None:
                holder = claim(uow, request, footprint.id, footprint.created_at)
                if holder != footprint.id:
                    return found_footprint(uow, actor, holder)
            self.keep(uow, actor, made)
        return footprint

    def calculate_all(
        self, actor: Actor, files: Sequence[Inputs]
    ) -> list[StoredFootprint | InputRefused]:
        """As `calculate` for each, in their order, with what stood in the way of those that were
        refused. `CHUNK` are stored in one transaction: it is the disk that one by one waits for."""
        found: list[StoredFootprint | InputRefused] = []
        for start in range(0, len(files), CHUNK):
            with collecting_later():
                choices = self.matches.choices(actor)
                made = [
                    self._made_or_refused(actor, one, choices)
                    for one in files[start : start + CHUNK]
                ]
                sound = [one for one in made if isinstance(one, MadeFootprint)]
                with self.database.writing() as uow:
                    self._keep_all(uow, actor, sound)
            found += [one.footprint if isinstance(one, MadeFootprint) else one for one in made]
        return found

    def _made_or_refused(
        self, actor: Actor, inputs: Inputs, choices: Sequence[Choice]
    ) -> MadeFootprint | InputRefused:
        try:
            return self.make(actor, self.completed(actor, inputs, choices))
        except InputRefused as refused:
            return refused

    def completed(
        self, actor: Actor, inputs: Inputs, choices: Sequence[Choice] | None = None
    ) -> Inputs:
        """The files with what the tenant keeps beside them: suppliers' footprints, and choices,
        which are read unless they are given.

        Raises InputRefused with every problem of the files.
        """
        kept = with_kept(self.database, actor.tenant, inputs)
        if inputs.matches_file is not None:
            return kept
        return self.matches.with_choices(
            kept, self.matches.choices(actor) if choices is None else choices
        )

    def request(self, actor: Actor, inputs: Inputs, idempotency_key: str | None) -> Request | None:
        """The identity of a request for a footprint; None without a key. Raises API-402."""
        content = ["footprint", inputs.file, inputs.gwp_set, inputs.fingerprint()]
        return creation(actor.tenant, idempotency_key, content)

    def keep(self, uow: UnitOfWork, actor: Actor, made: MadeFootprint) -> None:
        """Store what `make` made, with its entry in the log."""
        self._keep_all(uow, actor, [made])

    @staticmethod
    def _keep_all(uow: UnitOfWork, actor: Actor, made: Sequence[MadeFootprint]) -> None:
        if not made:
            return
        add_footprints(uow, [(one.footprint, one.source) for one in made])
        for one in made:
            add_supplier_uses(uow, one.footprint.tenant, one.footprint.id, one.suppliers)
        append_all(uow, [_calculated_event(actor, one.footprint) for one in made])

    def get(self, actor: Actor, footprint: str) -> StoredFootprint:
        """The actor's footprint of this id. Raises ServiceRefused API-201 when there is none."""
        with self.database.reading() as uow:
            return found_footprint(uow, actor, footprint)

    def listed(
        self, actor: Actor, limit: int, after: tuple[datetime, str] | None = None
    ) -> list[ListedFootprint]:
        """The actor's footprints, newest first, `limit` at a time, behind `after`."""
        with self.database.reading() as uow:
            return list_footprints(uow, actor.tenant, limit, after)

    def make(self, actor: Actor, given: Inputs) -> MadeFootprint:
        """The footprint, and what it was made from with the secret behind its commitment; nothing
        is stored. Raises InputRefused with every problem of the files."""
        bom, result, content, document = written_result(given, self.inventory)
        refuse_period_ahead(bom.product, self.clock().date(), given.file)
        used = {one.file: given.documents[one.file] for one in bom.suppliers}
        inputs = replace(given, documents=used)
        secret = self.entropy(SECRET_BYTES)
        now, name = self.clock(), str(UUID(bytes=self.entropy(16), version=4))
        made = StoredFootprint(
            id=name,
            tenant=actor.tenant,
            created_at=now,
            file=inputs.file,
            file_hash=bytes_hash(inputs.data),
            document=document.decode(),
            document_hash=bytes_hash(document),
            commitment=commitment_to(bom, inputs, secret),
            public_hash=document_hash("footprint", public_part(content)),
            bound=_bound(result, name, now),
        )
        source = FootprintSource(
            inputs.data,
            inputs.product_file,
            secret,
            inputs.site_file,
            packed(used),
            inputs.electricity,
            inputs.matches_file,
            inputs.mapping_file,
            inputs.allow_gaps,
            inputs.screening,
        )
        return MadeFootprint(made, source, tuple((o.id, o.file) for o in bom.suppliers if o.id))


def _calculated_event(actor: Actor, footprint: StoredFootprint) -> Event:
    facts = {
        "file": footprint.file_hash,
        "document": footprint.document_hash,
        "commitment": footprint.commitment,
    }
    return Event(actor, footprint.created_at, "footprint.calculated", footprint.id, facts)


def _bound(result: Footprint, name: str, now: datetime) -> str:
    """The forms of exchange of a footprint, as `StoredFootprint.bound`: under the id that follows
    from its content, and under its `name` here. None where a fact is missing that PACT asks for."""
    try:
        document = pact_document(result, now)
    except InputRefused:
        return "[]"
    documents = (*bound_documents(document), *bound_documents(document | {"id": name}))
    return json.dumps([[one.form, one.hash] for one in documents])


#: Bytes of a row in the XML of a workbook: of those with few and short cells.
_ROW_BYTES = 200


def lines_about(data: bytes) -> int:
    """About how many lines a file has, told without reading it."""
    if data[:1] == b"{":
        return data.count(b"{")
    if data[:2] != b"PK":
        return data.count(b"\n")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheets = [one for one in archive.infolist() if "worksheets/" in one.filename]
    except zipfile.BadZipFile:
        return 0
    return sum(one.file_size for one in sheets) // _ROW_BYTES


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
