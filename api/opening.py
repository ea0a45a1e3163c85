"""Open an installation: its store, keys, seals and inventory, and all parts wired together."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from api.answering.desk import answer_desk
from api.jobs.queue import Jobs
from api.partners.exchange import Ground, exchange_on
from api.services.access import TOKEN_FILE, first_token
from api.services.applications import Applications
from api.services.batches import Batches
from api.services.benchmarks import Benchmarks
from api.services.certificates import Certificates
from api.services.drafts import Drafts
from api.services.footprints import Footprints
from api.services.glances import Glances
from api.services.issuer import Issuer
from api.services.keyring import FolderKeys, KeyRing, KeyStore, open_folder, open_keyring
from api.services.lifecycle import LifeCycle
from api.services.log import RegisterLog
from api.services.matches import Matches
from api.services.objections import Objections
from api.services.plans import SurveillancePlans
from api.services.recalls import Recalls
from api.services.recompute import Recompute
from api.services.register import Register
from api.services.rooms import Rooms
from api.services.seals import FolderSeals, SealRing, SealStore, bought_seal, open_seals
from api.services.service import Clock, Entropy, Progress, Service
from api.services.sessions import Sessions
from api.services.staff import Staff
from api.services.statements import Statements
from api.services.statuslists import StatusLists
from api.services.tokens import Tokens
from api.services.verdicts import Verdicts
from api.settings import Settings
from api.store.database import Database, open_database, open_read_only
from api.store.migrate import refuse_foreign_store, require_current, upgrade
from footprint.certificates.keys import did_web
from footprint.inventory.build import ensure_compiled
from footprint.inventory.compiled import CompiledInventory
from footprint.rules import RuleBook, load_rules


def system_clock() -> datetime:
    """The time now in UTC, in whole seconds, as certificates print it."""
    return datetime.now(UTC).replace(microsecond=0)


@contextmanager
def opened(
    settings: Settings,
    clock: Clock = system_clock,
    entropy: Entropy = secrets.token_bytes,
    progress: Progress | None = None,
) -> Iterator[Service]:
    """`open_service` for a `with` block, which closes it."""
    service = open_service(settings, clock, entropy, progress)
    try:
        yield service
    finally:
        service.close()


def open_service(
    settings: Settings,
    clock: Clock = system_clock,
    entropy: Entropy = secrets.token_bytes,
    progress: Progress | None = None,
    key_store: KeyStore | None = None,
    seal_store: SealStore | None = None,
) -> Service:
    """Open the store in `settings.store_dir`, making it when it is new: tables, keys, first token.

    `clock` gives an aware time, `entropy(n)` n random bytes; `progress` is told what takes long.
    `key_store` and `seal_store` hold the private keys; left out, they are where the settings say.
    Raises InputRefused: CER-008, CER-013 for a base address or a key file that cannot be used,
    STO-001 for a database that is not ours, STO-004 for an empty token file; OSError and
    `sqlalchemy.exc.SQLAlchemyError` when the store cannot be reached.
    """
    issuer_did = did_web(settings.base_url)
    settings.store_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    refuse_foreign_store(settings.database)
    database = open_database(settings.database)
    try:
        upgrade(database)
        folder = settings.keys_folder
        keyring = open_keyring(key_store or open_folder(folder), database, clock)
        store = seal_store or _seal_store(settings, folder)
        seals = open_seals(store, database, clock, settings.issuer_name, settings.base_url)
        token_file = first_token(settings.store_dir, database, clock(), entropy)
        inventory = ensure_compiled(settings.cache, progress)
        rules = load_rules()
    except BaseException:
        database.close()
        raise
    return _wired(
        settings, database, keyring, seals, issuer_did, token_file, inventory, rules, clock, entropy
    )


@contextmanager
def opened_read_only(
    settings: Settings, clock: Clock = system_clock, progress: Progress | None = None
) -> Iterator[Service]:
    """An existing store for a `with` block in which nothing is written: no tables, keys or tokens
    are made, and what writes fails. It may be a copy without its private keys.

    Raises InputRefused (STO-001, STO-002) for what is no store of this version, OSError and
    `sqlalchemy.exc.SQLAlchemyError` when it cannot be read.
    """
    issuer_did = did_web(settings.base_url)
    database = open_read_only(settings.database)
    try:
        require_current(database)
        folder = settings.keys_folder
        yield _wired(
            settings,
            database,
            KeyRing(FolderKeys(folder), database, clock),
            SealRing(FolderSeals(folder), database, clock, settings.issuer_name, settings.base_url),
            issuer_did,
            settings.store_dir / TOKEN_FILE,
            ensure_compiled(settings.cache, progress),
            load_rules(),
            clock,
            secrets.token_bytes,
        )
    finally:
        database.close()


def _seal_store(settings: Settings, folder: Path) -> SealStore:
    if settings.seal_file is None:
        return FolderSeals(folder)
    return bought_seal(settings.seal_file, settings.seal_secret())


def _issuer(settings: Settings, did: str, rules: RuleBook) -> Issuer:
    return Issuer(
        name=settings.issuer_name,
        name_zh=settings.issuer_name_zh,
        did=did,
        base_url=settings.base_url,
        rules=rules,
        surveillance_months=settings.surveillance_months,
        private_address=settings.private_address,
    )


def _wired(  # noqa: PLR0913, PLR0917 - the one place where all parts meet
    settings: Settings,
    database: Database,
    keyring: KeyRing,
    seals: SealRing,
    issuer_did: str,
    token_file: Path,
    inventory: CompiledInventory,
    rules: RuleBook,
    clock: Clock,
    entropy: Entropy,
) -> Service:
    issuer = _issuer(settings, issuer_did, rules)
    certificates = Certificates(
        database, issuer, keyring, seals, clock, entropy, settings.four_eyes
    )
    matches = Matches(database, inventory, clock)
    ground = Ground(settings, database, inventory, rules, clock, entropy)
    register = Register(database, issuer, seals, Verdicts(database, clock), clock)
    desk = answer_desk(database, inventory, clock, entropy, settings.keys_folder, register)
    lifecycle = LifeCycle(database, clock, entropy, settings.surveillance_months)
    return Service(
        settings=settings,
        database=database,
        keyring=keyring,
        seals=seals,
        issuer_did=issuer_did,
        token_file=token_file,
        inventory=inventory,
        rules=rules,
        footprints=Footprints(database, inventory, clock, entropy, matches),
        matches=matches,
        certificates=certificates,
        applications=Applications(database, certificates, clock, entropy),
        lifecycle=lifecycle,
        objections=Objections(database, clock, entropy),
        plans=SurveillancePlans(database, clock, entropy),
        recompute=Recompute(database, inventory, rules, Statements(database, clock, entropy)),
        recalls=Recalls(database, lifecycle, rules, clock),
        batches=Batches(database, issuer, keyring, clock, entropy, settings.four_eyes),
        register=register,
        benchmarks=Benchmarks(database, register, clock),
        lists=StatusLists(database, keyring, issuer_did, settings.base_url, clock),
        log=RegisterLog(database, keyring, issuer_did, clock),
        jobs=Jobs(database, clock, entropy),
        sessions=Sessions(database, clock, entropy),
        drafts=Drafts(database, inventory, clock, entropy, matches),
        staff=Staff(database, clock, entropy),
        rooms=Rooms(database, clock, entropy),
        glances=Glances(database, rules),
        tokens=Tokens(database, clock, entropy),
        clock=clock,
        exchange=exchange_on(ground, lifecycle, desk.cases.heard),
        desk=desk,
    )
