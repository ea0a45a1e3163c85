"""All that answers buyers, in one plain object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from api.answering.campaigns import Campaigns
from api.answering.cases import Cases
from api.answering.evidence import EvidenceStore
from api.answering.link_answers import LinkAnswers
from api.answering.links import Links
from api.answering.offers import Offers
from api.answering.pack import Packs
from api.services.register import Register
from api.store.database import Database
from footprint.inventory.compiled import CompiledInventory


@dataclass(frozen=True, slots=True)
class AnswerDesk:
    """Cases, evidence of the company, footprints on offer, packs; campaigns, answers by link."""

    cases: Cases
    evidence: EvidenceStore
    packs: Packs
    offers: Offers
    campaigns: Campaigns
    links: LinkAnswers


def answer_desk(
    database: Database,
    inventory: CompiledInventory,
    clock: Callable[[], datetime],
    entropy: Callable[[int], bytes],
    keys_folder: Path,
    register: Register,
) -> AnswerDesk:
    """The parts, wired."""
    cases = Cases(database, clock, entropy)
    return AnswerDesk(
        cases=cases,
        evidence=EvidenceStore(database, clock, entropy),
        packs=Packs(database, inventory, cases, register, clock, entropy),
        offers=Offers(database),
        campaigns=Campaigns(database, clock, entropy, Links(keys_folder, entropy)),
        links=LinkAnswers(database, inventory, clock),
    )
