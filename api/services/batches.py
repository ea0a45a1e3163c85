"""Issue many certificates at once: made by several processes, stored by this one in chunks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from joserfc.jwk import ECKey
from sqlalchemy.exc import IntegrityError

from api.faults import ServiceRefused
from api.services.backing import SignedStatement, backed_evidence
from api.services.credits import uses_credits
from api.services.footprints import unknown_footprint
from api.services.issuer import Issuer, Order, Signatures
from api.services.keyring import KeyRing
from api.services.people import need_role, refuse_one_person
from api.services.places import NumberPlace, free_places
from api.services.same_orders import MadeOrder
from api.services.storing import store_certificates
from api.store.audit import append_all
from api.store.certificates import StoredCertificate
from api.store.database import Database, UnitOfWork
from api.store.footprints import StoredFootprint, find_footprints
from api.store.tenants import Actor
from footprint.apart import apart
from footprint.certificates.keys import dump_jwk, load_jwk
from footprint.collecting import collecting_later
from footprint.faults import InputRefused, Problem
from footprint.rules import load_rules

#: Certificates that are stored in one transaction: others wait for so long at most.
CHUNK = 500
#: Chunks that are made ahead of the one that is stored, for each process.
AHEAD = 2
#: Somebody else may take a place between drawing and storing; then the chunk is made again.
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class CertificateTask:
    """One certificate to be made, on a verifier's statement or none."""

    footprint: StoredFootprint
    order: Order
    place: NumberPlace
    statement: SignedStatement | None = None


@dataclass(frozen=True, slots=True)
class OrderRefused:
    """An order that was not granted, and everything that stood in the way."""

    order: Order
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """The numbers that were issued, and the orders that were not granted."""

    numbers: tuple[str, ...]
    refused: tuple[OrderRefused, ...]


@dataclass(frozen=True, slots=True)
class Batches:
    """Issues many certificates for a tenant. Their PDFs are drawn when they are first asked for."""

    database: Database
    issuer: Issuer
    keyring: KeyRing
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    four_eyes: bool

    def issue(self, actor: Actor, orders: Sequence[Order], processes: int = 1) -> BatchResult:
        """Issue all that are granted, `CHUNK` to a transaction; the others are told with reasons.

        `processes` above one makes the certificates in as many processes beside this one. A batch
        that is stopped leaves whole chunks. Raises ServiceRefused API-102, API-505, ValueError for
        orders that name the certificate they replace or use credits: send those one at a time.
        An order whose like is in force is refused (API-531) unless it says `replace`.
        """
        refuse_one_person(self.four_eyes)
        need_role(actor, "maker", "approver")
        if any(order.replaces for order in orders):
            raise ValueError("an order in a batch cannot replace a certificate")
        if any(uses_credits(order.tier) for order in orders):
            raise ValueError("an order in a batch cannot use credits")
        chunks = [orders[start : start + CHUNK] for start in range(0, len(orders), CHUNK)]
        run = _Run(self, actor, self.clock(), self.keyring.active)
        numbers: list[str] = []
        refused: list[OrderRefused] = []
        with _workshop(run, processes) as make:
            for made, failed in run.stored(chunks, make, AHEAD * processes):
                numbers += made
                refused += failed
        return BatchResult(tuple(numbers), tuple(refused))


_OneOutcome = StoredCertificate | OrderRefused
_Outcome = list[_OneOutcome]
_Make = Callable[[list[CertificateTask]], "Future[_Outcome]"]


@dataclass(frozen=True, slots=True)
class _Run:
    """One batch: who asked, when, and the key that signs all of it."""

    batches: Batches
    actor: Actor
    now: datetime
    key: ECKey

    @property
    def signatures(self) -> Signatures:
        return Signatures(self.actor.identity)

    def stored(
        self, chunks: Sequence[Sequence[Order]], make: _Make, ahead: int
    ) -> Iterator[tuple[list[str], list[OrderRefused]]]:
        """Each chunk as it was stored; the next ones are made meanwhile."""
        waiting: list[tuple[list[CertificateTask], list[OrderRefused], Future[_Outcome]]] = []
        position = 0
        while position < len(chunks) or waiting:
            while position < len(chunks) and len(waiting) <= ahead:
                pending = [task.place for tasks, _, _ in waiting for task in tasks]
                tasks, failed = self._tasks(chunks[position], pending)
                waiting.append((tasks, failed, make(tasks)))
                position += 1
            tasks, failed, outcome = waiting.pop(0)
            pending = [task.place for others, _, _ in waiting for task in others]
            made = self._store(tasks, outcome, make, pending)
            yield (
                [one.number for one in made if isinstance(one, StoredCertificate)],
                [*failed, *(one for one in made if isinstance(one, OrderRefused))],
            )

    def _tasks(
        self, orders: Sequence[Order], pending: list[NumberPlace]
    ) -> tuple[list[CertificateTask], list[OrderRefused]]:
        batches = self.batches
        with batches.database.reading() as uow:
            known = find_footprints(uow, self.actor.tenant, [order.footprint for order in orders])
            wanted: list[tuple[Order, SignedStatement | None]] = []
            refused = []
            for order in orders:
                try:
                    wanted.append(_backed(uow, known, order))
                except InputRefused as problem:
                    refused.append(OrderRefused(order, problem.problems))
            places = free_places(uow, len(wanted), batches.entropy, pending)
        return [
            CertificateTask(known[order.footprint], order, place, statement)
            for (order, statement), place in zip(wanted, places, strict=True)
        ], refused

    def _store(
        self,
        tasks: list[CertificateTask],
        outcome: Future[_Outcome],
        make: _Make,
        pending: list[NumberPlace],
    ) -> _Outcome:
        for attempt in range(ATTEMPTS):
            made = outcome.result()
            pairs = zip(tasks, made, strict=True)
            certificates = [
                (task.order, one) for task, one in pairs if isinstance(one, StoredCertificate)
            ]
            try:
                with self.batches.database.writing() as uow:
                    wanted = [MadeOrder(one, order.replace) for order, one in certificates]
                    stored, events = store_certificates(uow, self.actor, wanted)
                    append_all(uow, events)
                break
            except IntegrityError:
                if attempt == ATTEMPTS - 1:
                    raise
            with self.batches.database.reading() as uow:
                places = free_places(uow, len(tasks), self.batches.entropy, pending)
            again = zip(tasks, places, strict=True)
            outcome = make([replace(task, place=place) for task, place in again])
        refused = [one for one in made if isinstance(one, OrderRefused)]
        told = zip(certificates, stored, strict=True)
        return [*(_told(order, one) for (order, _), one in told), *refused]


def _told(order: Order, stored: StoredCertificate | ServiceRefused) -> _OneOutcome:
    if isinstance(stored, ServiceRefused):
        return OrderRefused(order, stored.problems)
    return stored


@contextmanager
def _workshop(run: _Run, processes: int) -> Iterator[_Make]:
    """A function that makes the certificates of a chunk, here or in other processes."""
    if processes <= 1:
        issuer, key = run.batches.issuer, run.key
        yield lambda tasks: _done(_made(issuer, key, tasks, run.now, run.signatures))
        return
    issuer = run.batches.issuer
    facts = {
        "name": issuer.name,
        "name_zh": issuer.name_zh,
        "did": issuer.did,
        "base_url": issuer.base_url,
        "surveillance_months": issuer.surveillance_months,
        "private_address": issuer.private_address,
    }
    executor: Executor = ProcessPoolExecutor(
        processes,
        mp_context=apart(__name__),  # a fork of this one would share database connections
        initializer=_open_workshop,
        initargs=(json.dumps(facts), issuer.rules.hash, dump_jwk(run.key)),
    )
    with executor:
        yield lambda tasks: executor.submit(_made_elsewhere, tasks, run.now, run.signatures)


def _backed(
    uow: UnitOfWork, known: Mapping[str, StoredFootprint], order: Order
) -> tuple[Order, SignedStatement | None]:
    """An order on a known footprint, and the statement that its evidence names."""
    footprint = known.get(order.footprint)
    if footprint is None:
        raise unknown_footprint(order.footprint)
    evidence, statement = backed_evidence(uow, footprint, order.scheme, order.evidence)
    return replace(order, evidence=evidence), statement


def _done(outcome: _Outcome) -> Future[_Outcome]:
    future: Future[_Outcome] = Future()
    future.set_result(outcome)
    return future


def _made(
    issuer: Issuer, key: ECKey, tasks: list[CertificateTask], now: datetime, signatures: Signatures
) -> _Outcome:
    outcome: _Outcome = []
    with collecting_later():
        for task in tasks:
            try:
                signed = replace(signatures, statement=task.statement)
                made = issuer.make(task.footprint, task.order, task.place, now, signed, key)
                outcome.append(made)
            except InputRefused as refused:
                outcome.append(OrderRefused(task.order, refused.problems))
    return outcome


#: What a process of a workshop works with, once it is open.
_OPEN: list[tuple[Issuer, ECKey]] = []


def _open_workshop(facts: str, rules_hash: str, jwk: str) -> None:
    rules = load_rules()
    if rules.hash != rules_hash:
        raise RuntimeError("the rule files changed while the service was running: start it again")
    _OPEN[:] = [(Issuer(rules=rules, **json.loads(facts)), load_jwk(jwk))]


def _made_elsewhere(
    tasks: list[CertificateTask], now: datetime, signatures: Signatures
) -> _Outcome:
    ((issuer, key),) = _OPEN
    return _made(issuer, key, tasks, now, signatures)
