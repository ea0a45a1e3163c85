"""The application: routes, error answers and guards around one open service."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from fastapi import Depends, FastAPI
from limits.storage import Storage
from starlette.concurrency import run_in_threadpool

from api.console import (
    answer,
    audit_pages,
    campaigns,
    desk,
    drafts,
    front,
    library,
    match,
    owner,
    public,
    result,
    room,
    tiers,
    watched,
)
from api.console import requests as request_pages
from api.console.supplier_side import SUPPLIER_ROOMS
from api.first_match import FirstMatch
from api.guards import BodyLimit, SecurityHeaders
from api.hooks.carrier import HookCarrier
from api.hooks.reminders import Reminders
from api.metrics import Metrics
from api.openapi import describe_problems
from api.opening import open_service, system_clock
from api.own_counts import OwnCounts
from api.partners.courier import Courier
from api.partners.fetcher import Fetcher
from api.partners.reach import Reach
from api.partners.tokens import TheirTokens
from api.problems import handle_problems
from api.rates import AddressRates, rates, reader_rates
from api.request_log import Observed, request_logger
from api.routes import (
    applications,
    catalogues,
    certificates,
    disclosures,
    documents,
    door,
    exchange_forms,
    footprints,
    issuer,
    jobs,
    laws,
    matches,
    objections,
    pact,
    pact_second,
    pact_tokens,
    partners,
    people,
    readings,
    recompute,
    register,
    requests,
    running,
    suppliers,
    surveillance,
    verifiers,
    verify,
    webhooks,
)
from api.routes import campaigns as campaign_routes
from api.services.service import Clock, Entropy, Progress, Service
from api.settings import Settings
from api.starting import starting_lines
from api.strict import exact_query
from api.tidying import settle_often, tidy_daily
from api.workers.dispatcher import Dispatcher
from footprint.version import __version__

_DESCRIPTION = """Product carbon footprints and carbon-label certificates.

Send a bill of materials, get its footprint in kg CO2e per declared unit; order a certificate on it
under the rules of a label scheme. Certificates are public: anyone can read and verify them.

Errors are problem documents (RFC 9457) with stable codes, listed at `/v1/problems`.
"""

_TAGS = [
    {"name": "Footprints", "description": "Product carbon footprints of your tenant."},
    {"name": "Readings", "description": "How a file of parts is understood, before it counts."},
    {"name": "Catalogues", "description": "Long tables of many products, as jobs."},
    {"name": "Jobs", "description": "Work that takes longer than a request."},
    {"name": "Matches", "description": "Datasets that your people chose for lines."},
    {"name": "Applications", "description": "Orders on their way through three people."},
    {"name": "Register", "description": "The public register, its log, and verification."},
    {"name": "Recomputation", "description": "Bundles, proofs and recalls, for owners."},
    {"name": "Certificates", "description": "Certificates on footprints, and all their forms."},
    {"name": "Rules", "description": "Label schemes, decisions, and laws on a product."},
    {"name": "Verifiers", "description": "Who may verify, and what verifiers signed."},
    {"name": "Issuer", "description": "Keys and status lists, for verifiers."},
    {"name": "Partners", "description": "Who may fetch footprints, and what is published."},
    {"name": "Requests", "description": "What buyers ask, evidence, and the packs that answer."},
    {"name": "Campaigns", "description": "Many suppliers are asked at once, each by a link."},
    {"name": "Webhooks", "description": "Your own systems are told what happens."},
    {"name": "PACT", "description": "The PACT protocol, version 3, for partners' systems."},
    {"name": "Door", "description": "Who came in, and who is locked out, for owners."},
    {"name": "Service", "description": "The service itself."},
]

#: The rooms of routes, in the order of the description.
_MODULES = (
    readings,
    footprints,
    catalogues,
    exchange_forms,
    jobs,
    laws,
    matches,
    applications,
    certificates,
    objections,
    surveillance,
    disclosures,
    documents,
    recompute,
    register,
    issuer,
    verifiers,
    verify,
    partners,
    suppliers,
    requests,
    campaign_routes,
    webhooks,
    door,
    people,
    running,
)


#: The rooms of pages.
_CONSOLE = (
    front,
    drafts,
    match,
    result,
    tiers,
    watched,
    desk,
    owner,
    audit_pages,
    room,
    public,
    library,
    request_pages,
    campaigns,
    answer,
)


@dataclass(frozen=True, slots=True)
class OneOfSeveral:
    """What an application has in common with those of other processes on the same port: counters
    of requests by name, the folder of their metrics. It calls `ready` when it begins to answer."""

    counts: Callable[[str], Storage]
    metrics: Path
    ready: Callable[[], None]


def create_app(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    entropy: Entropy = secrets.token_bytes,
    progress: Progress | None = None,
    linked: Progress | None = None,
    log: TextIO | None = None,
    shared: OneOfSeveral | None = None,
) -> FastAPI:
    """The ASGI application for `settings`. The store is opened when the server starts.

    `clock` gives an aware time; `entropy(n)` gives n random bytes. Both are for numbers, dates and
    secrets; tests fix them. `progress` is told what takes long and where the first token is, never
    what it is. `linked` is told, once everything is open, the address that signs somebody in once.
    `log` is where requests are logged, stderr if it is left out. With `shared` it is one of several
    processes that answer, and leaves to another all that is to be done once.
    """

    metrics = Metrics(None if shared is None else shared.metrics)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service = await run_in_threadpool(open_service, settings, clock, entropy, progress)
        app.state.service = service
        metrics.watch(service.database)
        if progress is not None:
            await run_in_threadpool(announce_start, service, progress)
        if linked is not None:
            secret = await run_in_threadpool(service.sessions.new_link)
            linked(f"{settings.base_url}/open/{secret}")
        if shared is None:
            async with at_work(service, entropy):
                yield
            return
        shared.ready()
        try:
            yield
        finally:
            service.close()

    app = FastAPI(
        title="footprint",
        version=__version__,
        description=_DESCRIPTION,
        openapi_tags=_TAGS,
        servers=[{"url": settings.base_url}],
        lifespan=lifespan,
        docs_url=None,  # the viewers load scripts from elsewhere, which our own policy forbids
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    _add_routes(app, settings)
    handle_problems(app)
    describe_problems(app)
    _add_layers(app, settings, request_logger(settings.log, log), metrics, shared)
    return app


@asynccontextmanager
async def at_work(service: Service, entropy: Entropy) -> AsyncIterator[None]:
    """The service with its jobs, its events and its broom; closed at the end."""
    settings, database, clock = service.settings, service.database, service.clock
    dispatcher = Dispatcher(settings, database, clock, entropy, service.jobs.woken)
    workers = (dispatcher, *_senders(service))
    tidying = [asyncio.create_task(one(service)) for one in (tidy_daily, settle_often)]
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for task in tidying:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for worker in workers:
            await run_in_threadpool(worker.stop)
        service.close()


def _add_routes(app: FastAPI, settings: Settings) -> None:
    for module in _MODULES:
        app.include_router(module.router, dependencies=[Depends(exact_query)])
    for family in (*_CONSOLE, *SUPPLIER_ROOMS):
        app.include_router(family.pages)
    # The protocol ignores parameters that it does not know.
    second = (pact_second,) if settings.pact_version_two else ()
    for protocol in (pact_tokens, *second, pact):
        app.include_router(protocol.router)
    app.router.routes.insert(0, FirstMatch(app.router.routes))


def _add_layers(
    app: FastAPI, settings: Settings, logger: Any, metrics: Metrics, shared: OneOfSeveral | None
) -> None:
    """What is around every route, the innermost first."""
    larger = {
        "POST /v1/catalogues": (settings.catalogue_max_bytes, "FOOTPRINT_CATALOGUE_MAX_BYTES")
    }
    app.add_middleware(BodyLimit, limit=settings.max_body_bytes, others=larger)
    counts = _own_counts if shared is None else shared.counts
    limits = rates(settings.rate_per_address, counts("addresses"))
    app.add_middleware(AddressRates, rates=limits)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Observed, logger=logger, metrics=metrics)
    app.state.token_rates = rates(settings.rate_per_token, counts("tokens"))
    app.state.reader_rates = reader_rates(settings, counts)
    app.state.metrics = metrics


def _own_counts(_: str) -> Storage:
    return OwnCounts()


def _senders(service: Service) -> tuple[Courier, HookCarrier]:
    settings = service.settings
    hosts = filter(None, (one.strip() for one in settings.partner_private_hosts.split(",")))
    reach = Reach(frozenset(hosts), str(settings.partner_authorities or ""))
    tokens = TheirTokens(reach, service.exchange.registry.their_secret)
    fetcher = Fetcher(service.database, reach, tokens, service.clock)
    reminders = Reminders(service.database, service.clock, settings.days_of_reminders)
    return (
        Courier(service.database, reach, tokens, fetcher),
        HookCarrier(service.database, reach, service.webhooks.secrets_of, reminders),
    )


def announce_start(service: Service, progress: Progress) -> None:
    """Tell what the service is set up like, and what is wrong with its log."""
    for line in starting_lines(service):
        progress(line)
    if service.token_file.exists():
        progress(f"The first access token is in {service.token_file}")
    report = service.check_audit_log()
    if not report.intact:
        progress(f"The audit log was changed: its chain breaks at entry {report.broken_at}.")
