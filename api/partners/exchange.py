"""All that an installation does with other companies, in one plain object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from api.partners.client import Client
from api.partners.host import Host
from api.partners.inbox import Heard, Inbox
from api.partners.registry import PartnerRegistry
from api.partners.superseded import Superseded
from api.services.lifecycle import LifeCycle
from api.settings import Settings
from api.store.database import Database, UnitOfWork
from footprint.inventory.compiled import CompiledInventory
from footprint.rules import RuleBook


@dataclass(frozen=True, slots=True)
class PartnerExchange:
    """Partners, what they fetch and send, what they are asked, and what a newer answer touches."""

    registry: PartnerRegistry
    host: Host
    inbox: Inbox
    client: Client
    superseded: Superseded


@dataclass(frozen=True, slots=True)
class Ground:
    """What the parts of an exchange stand on."""

    settings: Settings
    database: Database
    inventory: CompiledInventory
    rules: RuleBook
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]


def exchange_on(
    ground: Ground, lifecycle: LifeCycle, hear: Callable[[UnitOfWork, Heard], None]
) -> PartnerExchange:
    """The parts, wired; `hear` is told of each request of a partner."""
    settings, database = ground.settings, ground.database
    clock, entropy, base_url = ground.clock, ground.entropy, ground.settings.base_url
    client = Client(database, clock, entropy, base_url)
    return PartnerExchange(
        registry=PartnerRegistry(database, clock, entropy, settings.keys_folder),
        host=Host(database, ground.inventory, clock, entropy, base_url),
        inbox=Inbox(database, clock, entropy, base_url, client, hear),
        client=client,
        superseded=Superseded(database, ground.inventory, ground.rules, lifecycle, clock),
    )
