"""The store finds and changes the rows of partners and answers that it is asked for, and no other.

Each case says which values the columns of a row must have. Rows with every combination of these
and of other values are put into an empty table, one at a time: only the one that has them all may
be found, or changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from meant_rows import (
    AFTER_NOW,
    ANY_STATE,
    ASKED,
    BEFORE,
    DAY,
    LATER,
    NEVER,
    NOON,
    PAST,
    TOMORROW,
    UNTIL_NOW,
    WAITING,
    YESTERDAY,
    Asked,
    ask,
    hits,
    made,
    tables_in_memory,
    touched,
)

from api.answering import campaign_rows, model
from api.answering import rows as cases
from api.answering.campaign_model import CampaignSupplier
from api.partners import published
from api.partners import rows as partners
from api.partners.filters import Wanted
from api.partners.model import Partner, SentEvent
from api.store import (
    campaign_tables,
    hook_tables,
    hooks,
    partner_tables,
    request_tables,
    room_tables,
    rooms,
    supplier_pcfs,
    verifier_tables,
    verifiers,
)

PARTNER = made(Partner, partner_tables.partners, id="i", events_url="new")
EVENT = made(SentEvent, partner_tables.events_sent, id="i")
ASK = made(supplier_pcfs.SupplierAsk, partner_tables.supplier_asks, id="i")
CASE = made(model.Case, request_tables.buyer_cases, id="i", tenant="t")
PACK = made(model.PackFile, request_tables.answer_packs, id="i", tenant="t")
SUPPLIER = made(CampaignSupplier, campaign_tables.campaign_suppliers, id="i", state="new")
WEBHOOK = made(hooks.Webhook, hook_tables.webhooks, id="i")
OF_PRODUCT = Wanted(products=("x",))


def _is_there(found: object) -> bool:
    return found is not None


GROUP = {"id": 3, "tenant": "t", "size": 1}

MINE: dict[str, Any] = {"tenant": "t", "id": "i"}
SECRET: dict[str, Any] = {"secret_hash": "h"}
OLD: dict[str, Any] = {"old_secret_hash": "h"}
P, H, R = partner_tables, hook_tables, request_tables
V, W = verifier_tables, campaign_tables

PARTNERS = [
    ask(partners.find_partner, "t", "i", of=P.partners, **MINE),
    ask(partners.partner_by_id, "i", of=P.partners, id="i"),
    ask(partners.partner_by_client, "c", of=P.partners, client_id="c"),
    ask(
        *(partners.partner_by_secret, "c", "h", NOON),
        of=P.partners, client_id="c", **SECRET, closed_at=NEVER,
    ),
    ask(
        *(partners.partner_by_secret, "c", "h", NOON),
        of=P.partners, client_id="c", **OLD, old_secret_until=AFTER_NOW, closed_at=NEVER,
    ),
    ask(partners.list_partners, "t", of=P.partners, tenant="t"),
    ask(partners.change_partner, PARTNER, of=P.partners, id="i"),
    ask(partners.change_scopes, PARTNER, "new", of=P.partners, id="i"),
    ask(partners.rotate_secret, PARTNER, "new", LATER, of=P.partners, id="i"),
    ask(partners.close_partner, PARTNER, NOON, of=P.partners, id="i"),
    ask(partners.close_partner, PARTNER, NOON, of=P.partner_tokens, partner="i"),
    ask(partners.close_partner, PARTNER, NOON, of=P.events_sent, partner="i", state=WAITING),
    ask(partners.close_partner, PARTNER, NOON, of=P.supplier_asks, partner="i", state=WAITING),
    ask(partners.partner_of_token, "h", of=P.partner_tokens, **SECRET, partner="i",
        beside=((P.partners, {"id": "i"}), (P.partners, {"id": "other", "client_id": "2"}))),
    ask(partners.list_received, "t", 9, None, of=P.events_received, tenant="t"),
    ask(partners.list_sent, "t", 9, None, of=P.events_sent, tenant="t"),
    ask(partners.is_due, NOON, of=P.events_sent, state=WAITING, due_at=UNTIL_NOW),
    ask(
        *(partners.due_events, NOON, LATER, 9),
        of=P.events_sent, state=WAITING, due_at=UNTIL_NOW,
    ),
    ask(partners.end_attempt, EVENT, "sent", NOON, "", of=P.events_sent, id="i", state=WAITING),
    ask(supplier_pcfs.find_ask, "t", "i", of=P.supplier_asks, **MINE),
    ask(supplier_pcfs.list_asks, "t", 9, None, of=P.supplier_asks, tenant="t"),
    ask(
        *(supplier_pcfs.wanted_of, "p"),
        of=P.supplier_asks, partner="p", way=(["event", "list"], ["ids"]),
    ),
    ask(
        *(supplier_pcfs.is_ask_due, NOON),
        of=P.supplier_asks, state=WAITING, way=(["list", "ids"], ["event"]), due_at=UNTIL_NOW,
    ),
    ask(
        *(supplier_pcfs.due_asks, NOON, LATER, 9),
        of=P.supplier_asks, state=WAITING, way=(["list", "ids"], ["event"]), due_at=UNTIL_NOW,
    ),
    ask(supplier_pcfs.end_ask, "i", "failed", "", NOON, of=P.supplier_asks, id="i", state=WAITING),
    ask(supplier_pcfs.try_again, ASK, LATER, "", of=P.supplier_asks, id="i", state=WAITING),
    ask(
        *(supplier_pcfs.fail_asks, "p", "", NOON),
        of=P.supplier_asks, partner="p", state=WAITING,
    ),
    ask(supplier_pcfs.find_pcf, "t", "i", of=P.supplier_pcfs, **MINE),
    ask(supplier_pcfs.find_pcfs, "t", ["i"], of=P.supplier_pcfs, **MINE),
    ask(supplier_pcfs.list_pcfs, "t", 9, None, of=P.supplier_pcfs, tenant="t"),
    ask(supplier_pcfs.replace_pcf, "t", "i", "j", of=P.supplier_pcfs, **MINE),
    ask(supplier_pcfs.footprints_using, "t", "p", of=P.supplier_uses, tenant="t", pcf="p"),
    ask(published.find_published, "t", "i", of=P.pact_footprints, **MINE),
    ask(published.newest_published, "t", 9, None, of=P.pact_footprints, tenant="t"),
    ask(
        *(published.readers_of, 3),
        of=P.pact_group_values, group_id=3, kind="reader", value=(["*"], []),
    ),
    ask(
        *(published.list_published, "t", None, Wanted(valid_on=NOON), 9, published.PagePlace()),
        of=P.pact_groups, id=3, tenant="t", size=([1], [0]), valid_from=UNTIL_NOW,
        valid_until=([NOON, LATER], [BEFORE]),
        beside=((P.pact_footprints, {"number": 1, "group_id": 3}),),
    ),
    ask(
        *(published.list_published, "t", None, Wanted(valid_after=NOON), 9, published.PagePlace()),
        of=P.pact_groups, id=3, tenant="t", size=([1], [0]), valid_from=AFTER_NOW,
        beside=((P.pact_footprints, {"number": 1, "group_id": 3}),),
    ),
    ask(
        *(published.list_published, "t", None, Wanted(valid_before=NOON), 9, published.PagePlace()),
        of=P.pact_groups, id=3, tenant="t", size=([1], [0]), valid_until=PAST,
        beside=((P.pact_footprints, {"number": 1, "group_id": 3}),),
    ),
    ask(
        *(published.list_published, "t", "p", Wanted(), 9, published.PagePlace()),
        of=P.pact_group_values, group_id=3, kind="reader", value=(["p", "*"], ["q"]),
        beside=(
            (P.pact_footprints, {"number": 1, "group_id": 3}),
            (P.pact_groups, GROUP),
        ),
    ),
    ask(
        *(published.list_published, "t", None, OF_PRODUCT, 9, published.PagePlace(3, 7)),
        of=P.pact_products, tenant="t", product="x", number=([8], [7, 6]),
        beside=(
            *((P.pact_footprints, {"number": n, "group_id": 3, "id": str(n)}) for n in (6, 7, 8)),
            (P.pact_groups, GROUP),
        ),
    ),
    ask(
        *(published.list_published, "t", None, OF_PRODUCT, 9, published.PagePlace(3, 7)),
        of=P.pact_footprints, number=([6], []), group_id=([4], [2, 3]),
        beside=(
            (P.pact_products, {"tenant": "t", "product": "x", "number": 6}),
            *((P.pact_groups, GROUP | {"id": n, "hash": str(n)}) for n in (2, 3, 4)),
        ),
    ),
    ask(
        *(published.list_published, "t", None, Wanted(), 9, published.PagePlace(3, 7)),
        of=P.pact_footprints, number=([8], [7, 6]), group_id=3,
        beside=((P.pact_groups, GROUP),),
    ),
    ask(hooks.find_webhook, "i", of=H.webhooks, id="i"),
    ask(hooks.find_webhook, "i", "t", of=H.webhooks, **MINE),
    ask(hooks.list_webhooks, "t", of=H.webhooks, tenant="t"),
    ask(hooks.open_webhooks, of=H.webhooks, closed_at=NEVER),
    ask(hooks.open_webhooks, ["t"], of=H.webhooks, tenant="t", closed_at=NEVER),
    ask(hooks.renew_webhook, WEBHOOK, LATER, of=H.webhooks, id="i"),
    ask(hooks.close_webhook, "i", NOON, "", of=H.webhooks, id="i", closed_at=NEVER),
    ask(hooks.close_webhook, "i", NOON, "", of=H.webhook_messages, webhook="i", state=WAITING),
    ask(hooks.list_messages, "t", 9, None, of=H.webhook_messages, tenant="t"),
    ask(hooks.end_message, EVENT, "sent", NOON, "", of=H.webhook_messages, id="i", state=WAITING),
]  # fmt: skip
ANSWERS = [
    ask(cases.find_case, "t", "i", of=R.buyer_cases, **MINE),
    ask(cases.list_cases, "t", "asked", 9, None, of=R.buyer_cases, tenant="t", state="asked"),
    ask(cases.list_cases, "t", None, 9, None, of=R.buyer_cases, tenant="t", state=ANY_STATE),
    ask(cases.case_counts, "t", of=R.buyer_cases, tenant="t"),
    ask(
        *(cases.due_cases, "t", DAY, 9),
        of=R.buyer_cases, tenant="t", state=ASKED, due=([YESTERDAY, DAY], [TOMORROW, None]),
    ),
    ask(
        *(cases.due_dates, "t", DAY),
        of=R.buyer_cases, tenant="t", state=ASKED, due=([YESTERDAY, DAY], [TOMORROW, None]),
    ),
    ask(cases.change_case, CASE, 4, of=R.buyer_cases, **MINE, revision=4),
    ask(cases.find_evidence, "t", ["i"], of=R.company_evidence, **MINE),
    ask(cases.list_evidence, "t", 9, of=R.company_evidence, tenant="t"),
    ask(cases.case_file, "t", "i", of=R.buyer_cases, then=_is_there, **MINE),
    ask(
        *(cases.find_pack, "t", "c", "i"), of=R.answer_packs, **MINE, case_id="c",
    ),
    ask(cases.packs_of, "t", "c", of=R.answer_packs, tenant="t", case_id="c"),
    ask(cases.mark_sent, PACK, NOON, "mail", of=R.answer_packs, **MINE),
    ask(campaign_rows.find_campaign, "t", "i", of=W.campaigns, **MINE),
    ask(campaign_rows.list_campaigns, "t", 9, None, of=W.campaigns, tenant="t"),
    ask(campaign_rows.supplier_counts, "c", of=W.campaign_suppliers, campaign="c"),
    ask(campaign_rows.suppliers_of, "c", of=W.campaign_suppliers, campaign="c"),
    ask(campaign_rows.supplier_by_link, "h", of=W.campaign_suppliers, **SECRET),
    ask(campaign_rows.is_withdrawn, "h", of=W.withdrawn_links, **SECRET),
    ask(campaign_rows.change_supplier, SUPPLIER, of=W.campaign_suppliers, id="i"),
    ask(campaign_rows.lock_supplier, "i", of=W.campaign_suppliers, id="i"),
]  # fmt: skip
ROOMS = [
    ask(rooms.grant_of, "h", of=room_tables.room_grants, **SECRET),
    ask(rooms.grants_for, "a", of=room_tables.room_grants, application="a"),
    ask(rooms.grants_in, "t", of=room_tables.room_grants, tenant="t"),
    ask(
        *(rooms.revoke_grant, "a", "i", NOON),
        of=room_tables.room_grants, application="a", id="i", revoked_at=NEVER,
    ),
    ask(rooms.seeds_of, "a", of=room_tables.room_samples, application="a"),
    ask(rooms.openings_of, "a", of=room_tables.room_openings, application="a"),
    ask(rooms.findings_of, "a", of=room_tables.findings, application="a"),
    ask(
        *(rooms.move_finding, "a", "i", ("open",)),
        of=room_tables.findings, application="a", id="i", state="open",
        named={"state": "answered"},
    ),
    ask(rooms.statements_on, "a", of=room_tables.statements, application="a"),
    ask(verifiers.change_verifier, "i", "new", NOON, of=V.verifiers, id="i"),
    ask(verifiers.find_verifier, "i", of=V.verifiers, id="i"),
    ask(verifiers.find_verifier_key, "i", of=V.verifier_keys, id="i"),
    ask(
        *(verifiers.withdraw_verifier_key, "v", "i", NOON),
        of=V.verifier_keys, id="i", verifier="v", withdrawn_at=NEVER,
    ),
    ask(
        *(verifiers.statements_numbered, "f", "n"),
        of=V.verifier_statements, footprint="f", number="n",
    ),
    ask(
        *(verifiers.statements_of_number, "t", "n"),
        of=V.verifier_statements, tenant="t", number="n",
    ),
    ask(verifiers.statement_hashed, "h", of=V.verifier_statements, hash="h"),
    ask(verifiers.list_held_statements, "t", 9, None, of=V.verifier_statements, tenant="t"),
    ask(
        *(verifiers.withdraw_held_statement, "i", NOON, ""),
        of=V.verifier_statements, id="i", withdrawn_at=NEVER,
    ),
]  # fmt: skip
CASES = [*PARTNERS, *ANSWERS, *ROOMS]


@pytest.fixture(scope="module")
def connection() -> Iterator[sa.Connection]:
    with tables_in_memory() as opened:
        yield opened


@pytest.mark.parametrize("asked", CASES, ids=lambda asked: asked.call.__name__)
def test_only_the_row_that_is_meant_is_touched(connection: sa.Connection, asked: Asked) -> None:
    found, meant = hits(connection, asked)
    assert found == meant


def test_published_footprints_are_listed_behind_the_last_one(connection: sa.Connection) -> None:
    asked = ask(published.newest_published, "t", 9, (NOON, "b"), of=P.pact_footprints)
    for at in (BEFORE, NOON, LATER):
        for name in ("a", "b", "c"):
            found = touched(connection, asked, {"tenant": "t", "id": name, "published_at": at})
            assert found == (at < NOON or (at == NOON and name > "b")), (at, name)
