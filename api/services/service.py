"""All an installation can do, in one plain object. The routes and the command line use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from api.answering.desk import AnswerDesk
from api.jobs.model import Job
from api.jobs.payload import FOOTPRINT, footprint_payload
from api.jobs.queue import KEPT_AS, Jobs
from api.partners.exchange import PartnerExchange
from api.services.access import DEFAULT_TENANT
from api.services.applications import Applications
from api.services.batches import Batches
from api.services.benchmarks import Benchmarks
from api.services.catalogues import Catalogues
from api.services.certificates import Certificates
from api.services.door import Door
from api.services.drafts import Drafts
from api.services.footprints import Footprints, lines_about
from api.services.glances import Glances
from api.services.keyring import KeyRing
from api.services.lifecycle import LifeCycle
from api.services.log import RegisterLog
from api.services.matches import Matches
from api.services.objections import Objections
from api.services.personal import PersonalData
from api.services.plans import SurveillancePlans
from api.services.products import Products
from api.services.recalls import Recalls
from api.services.recompute import Recompute
from api.services.register import Register
from api.services.rooms import Rooms
from api.services.seals import SealRing, issuer_keys
from api.services.sessions import Sessions
from api.services.staff import Staff
from api.services.statements import Statements
from api.services.statuslists import StatusLists
from api.services.tokens import Tokens
from api.services.variants import Variants
from api.services.verifiers import Verifiers
from api.services.webhooks import Webhooks
from api.settings import Settings
from api.store.audit import ChainReport
from api.store.database import Database
from api.store.footprints import StoredFootprint
from api.store.idempotency import earlier_resource
from api.store.tenants import Actor, tenant_exists
from footprint.inventory.compiled import CompiledInventory
from footprint.rules import RuleBook
from footprint.study import Inputs

Clock = Callable[[], datetime]
Entropy = Callable[[int], bytes]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Service:
    """An open installation. `register`, `benchmarks`, `lists` and `log` are public; the others act
    for a tenant. `token_file` is where the first access token was put."""

    settings: Settings
    database: Database
    keyring: KeyRing
    seals: SealRing
    issuer_did: str
    token_file: Path
    inventory: CompiledInventory
    rules: RuleBook
    footprints: Footprints
    matches: Matches
    certificates: Certificates
    batches: Batches
    applications: Applications
    lifecycle: LifeCycle
    objections: Objections
    plans: SurveillancePlans
    recompute: Recompute
    recalls: Recalls
    register: Register
    benchmarks: Benchmarks
    lists: StatusLists
    log: RegisterLog
    jobs: Jobs
    sessions: Sessions
    drafts: Drafts
    staff: Staff
    rooms: Rooms
    glances: Glances
    tokens: Tokens
    clock: Clock
    exchange: PartnerExchange
    desk: AnswerDesk

    @property
    def webhooks(self) -> Webhooks:
        """Where tenants' own systems are told what happens."""
        return Webhooks(self.database, self.clock, self.drafts.entropy, self.settings.keys_folder)

    @property
    def verifiers(self) -> Verifiers:
        """Who may verify."""
        return Verifiers(self.database, self.clock, self.drafts.entropy)

    @property
    def statements(self) -> Statements:
        """What verifiers signed on footprints."""
        return Statements(self.database, self.clock, self.drafts.entropy)

    @property
    def door(self) -> Door:
        """Who may come to the door again, and who came."""
        settings = self.settings
        return Door(
            self.database, self.clock, self.drafts.entropy, settings.lock_failures,
            timedelta(minutes=settings.lock_minutes),
        )  # fmt: skip

    @property
    def personal(self) -> PersonalData:
        """What is held about people, for how long, and how they are forgotten."""
        settings = self.settings
        return PersonalData(
            self.database, self.clock, self.drafts.entropy,
            timedelta(days=settings.keep_sign_ins_days),
            timedelta(days=settings.keep_invitations_days),
        )  # fmt: skip

    @property
    def products(self) -> Products:
        """What suppliers keep of their drafts."""
        return Products(
            self.database, self.footprints, self.drafts, self.inventory, self.clock,
            self.drafts.entropy,
        )  # fmt: skip

    @property
    def catalogues(self) -> Catalogues:
        """Long tables of many products."""
        return Catalogues(self.jobs, self.settings.catalogues_folder, self.drafts.entropy)

    @property
    def variants(self) -> Variants:
        """What products would be if something changed."""
        entropy = self.drafts.entropy
        return Variants(self.database, self.products, self.inventory, self.clock, entropy)

    @property
    def published_keys(self) -> dict[str, Any]:
        """The JWK set that verifiers need: keys and seals, old ones included."""
        return issuer_keys(self.keyring, self.seals)

    def footprint_or_job(
        self, actor: Actor, inputs: Inputs, idempotency_key: str | None, *, as_job: bool = False
    ) -> StoredFootprint | Job:
        """Calculate a footprint, or hand it in as a job: when that is asked for, and for files with
        `settings.job_lines` lines or more. The same `idempotency_key` with the same content gives
        what it made before, be it the one or the other.

        Raises as `Footprints.calculate` and `Jobs.submit` do.
        """
        request = self.footprints.request(actor, inputs, idempotency_key)
        earlier = None
        if request is not None:
            with self.database.reading() as uow:
                earlier = earlier_resource(uow, request)
        if earlier is not None and earlier.startswith(KEPT_AS):
            return self.jobs.get(actor, earlier.removeprefix(KEPT_AS))
        if earlier is None and (as_job or lines_about(inputs.data) >= self.settings.job_lines):
            return self.jobs.submit(actor, FOOTPRINT, footprint_payload(inputs), request)
        return self.footprints.calculate(actor, inputs, idempotency_key)

    def check_database(self) -> None:
        """Read from the database. Raises `sqlalchemy.exc.SQLAlchemyError` when it cannot be."""
        with self.database.reading() as uow:
            tenant_exists(uow, DEFAULT_TENANT)

    def check_audit_log(self) -> ChainReport:
        """Recompute the whole chain of the audit log."""
        return self.log.check()

    def close(self) -> None:
        """Give the database connections back."""
        self.database.close()
