"""Campaigns: a buyer asks many suppliers, sees who answered with what, and asks again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from api.answering.campaign_model import (
    STATES,
    WAITING,
    Campaign,
    CampaignSupplier,
    GivenAnswer,
)
from api.answering.campaign_rows import (
    add_campaign,
    change_supplier,
    find_campaign,
    list_campaigns,
    lock_supplier,
    supplier_answers,
    supplier_counts,
    suppliers_of,
    withdraw_link,
)
from api.answering.links import Links, link_hash
from api.answering.supplier_list import ListedSupplier, read_suppliers_list
from api.faults import CASE_STATE, REFUSED, UNKNOWN_CAMPAIGN
from api.services.lifecycle import checked_text
from api.services.people import need_role
from api.store.audit import append
from api.store.database import Database, UnitOfWork
from api.store.tenants import Actor
from footprint.faults import Where
from label_templates.console_pages import CONSOLE_LANGUAGES, console_words

#: Nobody is reminded twice within this time.
BETWEEN_REMINDERS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CampaignOrder:
    """A campaign to be made: who asks, why, until when, and the file with the suppliers.

    `texts` are invitations by language; what is left out is our own text.
    """

    name: str
    buyer: str
    due: date
    file: str
    data: bytes
    why: str = ""
    texts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """A campaign as it stands: all suppliers with what they gave, and counts that add up."""

    campaign: Campaign
    suppliers: Sequence[CampaignSupplier]
    answers: Mapping[str, Sequence[GivenAnswer]]
    counts: Mapping[str, int]
    overdue: int
    late: int


@dataclass(frozen=True, slots=True)
class Campaigns:
    """The campaigns of all tenants; each method names whose it is about."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    links: Links

    def start(self, actor: Actor, order: CampaignOrder) -> Campaign:
        """Make a campaign of a list. Nothing is mailed: each supplier has a text and a link.

        Raises ServiceRefused API-102 (no maker), API-003 with every row that cannot be used;
        InputRefused (BOM codes, CER-003, CER-004).
        """
        need_role(actor, "maker")
        now = self.clock()
        if order.due < now.date():
            raise REFUSED.refuse("The date is over already.", where=Where(column="body.due"))
        listed = read_suppliers_list(order.data, order.file)
        texts: dict[str, str] = {one: console_words(one)["invitation"] for one in CONSOLE_LANGUAGES}
        for language, text in (order.texts or {}).items():
            if text.strip():
                texts[language] = text.replace("\r\n", "\n")[:5_000]
        campaign = Campaign(
            id=self._new_id(),
            tenant=actor.tenant,
            name=checked_text(order.name, "name"),
            buyer=checked_text(order.buyer, "buyer"),
            why=checked_text(order.why, "why") if order.why.strip() else "",
            due=order.due,
            texts=json.dumps(texts, ensure_ascii=False),
            made_at=now,
        )
        them = [self._supplier(campaign, at, one, now) for at, one in enumerate(listed)]
        with self.database.writing() as uow:
            add_campaign(uow, campaign, them)
            append(uow, actor, now, "campaign.started", campaign.id, {"suppliers": len(them)})
        return campaign

    def _supplier(
        self, campaign: Campaign, at: int, one: ListedSupplier, now: datetime
    ) -> CampaignSupplier:
        made = self._new_id()
        return CampaignSupplier(
            id=made,
            tenant=campaign.tenant,
            campaign=campaign.id,
            position=at,
            name=checked_text(one.name, "name"),
            mail=one.mail,
            language=one.language,
            spend=one.spend,
            products=json.dumps([checked_text(each, "product") for each in one.products] or [""]),
            generation=1,
            secret_hash=link_hash(self.links.secret(made, 1)),
            state="not-sent",
            steps="[]",
            said="",
            changed_at=now,
        )

    def _new_id(self) -> str:
        return str(UUID(bytes=self.entropy(16), version=4))

    def listed(
        self, actor: Actor, limit: int, after: tuple[datetime, str] | None = None
    ) -> list[tuple[Campaign, dict[str, int]]]:
        """The actor's campaigns, newest first, each with how many suppliers are in which state."""
        with self.database.reading() as uow:
            found = list_campaigns(uow, actor.tenant, limit, after)
            return [(one, supplier_counts(uow, one.id)) for one in found]

    def board(self, actor: Actor, campaign: str) -> Board:
        """A campaign with all that came. Raises ServiceRefused API-213."""
        today = self.clock().date()
        with self.database.snapshot() as uow:
            found = found_campaign(uow, actor, campaign)
            them = suppliers_of(uow, found.id)
            answers = supplier_answers(uow, [one.id for one in them])
        counts: dict[str, int] = {
            state: sum(one.state == state for one in them) for state in STATES
        }
        overdue = sum(one.is_overdue(found.due, today) for one in them)
        late = sum(one.was_late(found.due) for one in them)
        return Board(found, them, answers, counts, overdue, late)

    def address(self, supplier: CampaignSupplier, base_url: str) -> str:
        """The supplier's own link."""
        return f"{base_url}/answer/{self.links.secret(supplier.id, supplier.generation)}"

    def mark_sent(self, actor: Actor, campaign: str, suppliers: Sequence[str] = ()) -> int:
        """Write that invitations were sent: to these suppliers, or to all that were not. How many.

        Raises ServiceRefused API-102 (no maker), API-213.
        """
        need_role(actor, "maker")
        now = self.clock()
        with self.database.writing() as uow:
            found = found_campaign(uow, actor, campaign)
            chosen = [
                one
                for one in suppliers_of(uow, found.id)
                if one.state == "not-sent" and (not suppliers or one.id in suppliers)
            ]
            for one in chosen:
                change_supplier(uow, replace(one, state="sent", sent_at=now, changed_at=now))
            append(uow, actor, now, "campaign.sent", found.id, {"suppliers": len(chosen)})
        return len(chosen)

    def to_remind(self, board: Board) -> list[CampaignSupplier]:
        """Who was invited, has not answered, and was not written to within seven days."""
        before = self.clock() - BETWEEN_REMINDERS
        return [
            one
            for one in board.suppliers
            if one.state in WAITING
            and one.state != "not-sent"
            and max(filter(None, (one.sent_at, one.reminded_at)), default=before) <= before
        ]

    def mark_reminded(self, actor: Actor, campaign: str) -> list[CampaignSupplier]:
        """Write that those who have not answered are reminded now; who they are.

        Raises ServiceRefused API-102 (no maker), API-213.
        """
        need_role(actor, "maker")
        now = self.clock()
        chosen = self.to_remind(self.board(actor, campaign))
        with self.database.writing() as uow:
            for one in chosen:
                known = lock_supplier(uow, one.id)
                if known is not None and known.state in WAITING:
                    change_supplier(uow, replace(known, reminded_at=now))
            append(uow, actor, now, "campaign.reminded", campaign, {"suppliers": len(chosen)})
        return chosen

    def judge(self, actor: Actor, campaign: str, supplier: str, accept: bool, words: str) -> None:
        """Accept an answer, or send it back with a reason: he may change it by the same link.

        Raises ServiceRefused API-102 (no maker), API-213, API-003 without a reason, API-516 for one
        who has not answered.
        """
        need_role(actor, "maker")
        now = self.clock()
        if not accept and not words.strip():
            raise REFUSED.refuse("Say why.", where=Where(column="body.words"))
        with self.database.writing() as uow:
            found = _found_supplier(uow, actor, campaign, supplier)
            if found.state != "answered":
                if found.state in ("accepted", "sent-back"):
                    raise CASE_STATE.refuse(f"The answer was judged already: {found.state}.")
                raise CASE_STATE.refuse(f"The supplier has not answered: {found.state}.")
            said = checked_text(words, "words") if words.strip() else ""
            state = "accepted" if accept else "sent-back"
            change_supplier(
                uow,
                replace(found, state=state, said=said, changed_at=now),  # type: ignore[arg-type]
            )
            append(uow, actor, now, f"campaign.{state}", found.id, {})

    def new_link(self, actor: Actor, campaign: str, supplier: str) -> CampaignSupplier:
        """Another link for a supplier; the present one says from now on that it was withdrawn.

        Raises ServiceRefused API-102 (no maker), API-213.
        """
        need_role(actor, "maker")
        now = self.clock()
        with self.database.writing() as uow:
            found = _found_supplier(uow, actor, campaign, supplier)
            withdraw_link(uow, found)
            generation = found.generation + 1
            secret = self.links.secret(found.id, generation)
            made = replace(
                found, generation=generation, secret_hash=link_hash(secret), changed_at=now
            )
            change_supplier(uow, made)
            append(uow, actor, now, "campaign.new-link", found.id, {"generation": generation})
        return made


def found_campaign(uow: UnitOfWork, actor: Actor, campaign: str) -> Campaign:
    """The actor's campaign of this id. Raises ServiceRefused API-213."""
    found = find_campaign(uow, actor.tenant, campaign[:64])
    if found is None:
        raise UNKNOWN_CAMPAIGN.refuse(f"There is no campaign {campaign[:64]!r} among yours.")
    return found


def _found_supplier(
    uow: UnitOfWork, actor: Actor, campaign: str, supplier: str
) -> CampaignSupplier:
    found = lock_supplier(uow, supplier[:64])
    if found is None or found.tenant != actor.tenant or found.campaign != campaign:
        raise UNKNOWN_CAMPAIGN.refuse(f"There is no supplier {supplier[:64]!r} in this campaign.")
    return found
