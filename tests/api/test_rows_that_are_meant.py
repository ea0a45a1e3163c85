"""The store finds and changes the rows of our own that it is asked for, and no other.

Each case says which values the columns of a row must have. Rows with every combination of these
and of other values are put into an empty table, one at a time: only the one that has them all may
be found, or changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from meant_rows import (
    AFTER_NOW,
    ANY_STATE,
    BEFORE,
    DAY,
    DRAFT,
    ID,
    IN_FORCE,
    LATER,
    NEVER,
    NO_DRAFT,
    NOON,
    OPEN,
    PAST,
    TOMORROW,
    UNFINISHED,
    YESTERDAY,
    Asked,
    ask,
    hits,
    made,
    row_of,
    tables_in_memory,
    touched,
)
from sqlalchemy import Table

from api.answering.campaign_model import GivenAnswer
from api.answering.campaign_rows import put_answer
from api.jobs import rows as job_rows
from api.store import (
    applications,
    audit,
    certificates,
    claim_tables,
    console_tables,
    counts,
    credits,
    door,
    door_tables,
    drafts,
    files,
    footprints,
    idempotency,
    keys,
    matches,
    objections,
    personal,
    plans,
    products,
    room_tables,
    same_orders,
    sessions,
    staff,
    tables,
    tenants,
    variants,
)
from api.store.campaign_tables import campaign_answers
from api.store.database import UnitOfWork
from footprint.rules.ledger import CreditUse

APPLICATION = made(applications.Application, tables.applications, id="i", tenant="t", state="draft")
DRAFTED = made(drafts.StoredDraft, console_tables.drafts, id="i", tenant="t")
CERTIFICATE = made(
    certificates.StoredCertificate, tables.certificates, number="n", tenant="t", status="issued"
)
WATCHED = made(
    certificates.StoredCertificate,
    tables.certificates,
    number="n",
    tenant="t",
    surveillance_due=DAY,
)
PRODUCT = made(products.StoredProduct, console_tables.products, id="i", tenant="t", name="new")
COUNT = made(door.DoorCount, door_tables.door_counts, key="k")
MEMBER = made(staff.Member, console_tables.staff, id="i")
HELD = job_rows.Held("i", 3)
PERSON = tenants.Actor("t", "person:i")
USE = CreditUse("r", "s", 5, 8, "n", "c")
CREDIT = {"registry": "r", "series": "s", "claim": "c", "number": "n"}
TAKEN: dict[str, Any] = {name: ([said], []) for name, said in CREDIT.items()}
HELD_ROW: dict[str, Any] = {"id": "i", "attempt": 3, "state": (["running"], ["waiting", "done"])}

A, C = tables.applications, tables.certificates
J, F, K = tables.jobs, tables.footprints, tables.access_tokens
MINE: dict[str, Any] = {"tenant": "t", "id": "i"}
SECRET: dict[str, Any] = {"secret_hash": "h"}
OLD: dict[str, Any] = {"old_secret_hash": "h"}
OWN: dict[str, Any] = {"tenant": "t", "id": ID}
TERM: dict[str, Any] = {
    "valid_from": ([YESTERDAY, DAY], [TOMORROW]),
    "valid_until": ([DAY, TOMORROW], [YESTERDAY]),
}


def _signs(person: str) -> str:
    return json.dumps({"tenant": "t", "name": "n", "person": person, "roles": []})


ACTOR: tuple[list[str], list[str]] = ([_signs("P")], [])
ACTORS = ([_signs("P")], [_signs("Q")])


SESSION = {"secret_hash": "h", "expires_at": LATER, "token": "i", "actor": _signs("P")}


def _signed(column: str) -> dict[str, Any]:
    return {"tenant": "t", column: "P"}


ORDERS = [
    ask(applications.find_application, "t", "i", of=A, **MINE),
    ask(
        *(applications.move_application, APPLICATION, "checked", LATER),
        of=A, **MINE, state="draft", changed_at=NOON,
    ),
    ask(applications.list_applications, "t", "draft", 9, of=A, tenant="t", state="draft"),
    ask(applications.list_applications, "t", None, 9, of=A, tenant="t", state=ANY_STATE),
    ask(applications.open_applications, "t", 9, of=A, tenant="t", state=OPEN),
    ask(applications.ended_applications, "t", 9, of=A, tenant="t", state=OPEN[::-1]),
    ask(objections.objections_to, "n", 9, of=tables.objections, number="n"),
    ask(objections.find_objection, "n", "i", of=tables.objections, number="n", id="i"),
    ask(
        *(objections.count_open, "n", "t"),
        of=tables.objections, number="n", tenant=(["t"], ["x", None]), state="open",
    ),
    ask(
        *(objections.count_open, "n", None),
        of=tables.objections, number="n", tenant=([None], ["x"]), state="open",
    ),
    ask(
        *(objections.same_from_a_reader, "n", "why"),
        of=tables.objections, number="n", tenant=([None], ["x"]), text="why", state="open",
    ),
    ask(objections.tally_of, "n", of=tables.objections, number="n"),
    ask(
        *(objections.forget_readers, NOON),
        of=tables.objections, answered_at=([BEFORE], [NOON, None]), name=(["R"], []),
    ),
    ask(
        *(objections.forget_readers, NOON),
        of=tables.objections, answered_at=([BEFORE], [NOON]), contact=(["r@x"], []),
    ),
    ask(
        *(objections.answer_objection, "n", "i", ("upheld", "other", ""), NOON),
        of=tables.objections, number="n", id="i", state="open",
    ),
    ask(
        *(objections.open_objections, "t", 9),
        of=tables.objections, number="n", state="open",
        beside=((C, {"number": "n", "tenant": "t"}),),
    ),
    ask(
        *(objections.open_objections, "t", 9),
        of=C, number="n", tenant="t",
        beside=((tables.objections, {"number": "n", "state": "open"}),),
    ),
    ask(certificates.find_certificate, "n", of=C, number="n"),
    ask(certificates.certificates_on, "t", of=C, tenant="t", status=IN_FORCE, number=(["n"], [""])),
    ask(
        *(certificates.surveillance_of, "t", 9),
        of=C, tenant="t", status=IN_FORCE, surveillance_due=([DAY], [None]),
    ),
    ask(
        *(certificates.certificates_of_footprint, "t", "f"),
        of=C, tenant="t", footprint="f", status=IN_FORCE,
    ),
    ask(
        *(certificates.own_certificates, "t", 9, DAY),
        of=C, tenant="t", status=IN_FORCE, valid_until=TERM["valid_until"],
    ),
    ask(
        *(certificates.set_status, CERTIFICATE, "revoked", LATER, ""),
        of=C, tenant="t", number="n", status="issued", status_at=NOON,
    ),
    ask(
        *(certificates.set_surveillance, WATCHED, TOMORROW),
        of=C, tenant="t", number="n", surveillance_due=([DAY], [TOMORROW, None]),
    ),
    ask(
        *(certificates.set_surveillance, CERTIFICATE, TOMORROW),
        of=C, tenant="t", number="n", surveillance_due=([None], [DAY]),
    ),
    ask(certificates.indices_taken, 2, [5], of=C, status_list=2, status_index=5),
    ask(certificates.list_in_use, 2, of=C, status_list=2),
    ask(
        *(certificates.indices_with_status, 2, ["revoked"]),
        of=C, status_list=2, status=(["revoked"], ["issued"]),
    ),
    ask(
        *(plans.sampling_units, "t", DAY),
        of=C, tenant="t", status=(["issued"], ["suspended"]), view=([NO_DRAFT], [DRAFT]), **TERM,
    ),
    ask(plans.find_plan, "t", "i", of=claim_tables.surveillance_plans, **MINE),
    ask(plans.plans_of, "t", 9, of=claim_tables.surveillance_plans, tenant="t"),
    ask(
        *(same_orders.certificates_by_key, ["k"]),
        of=claim_tables.order_keys, key="k", number="n",
        beside=((C, {"number": "n", "status": "issued"}),),
    ),
    ask(
        *(same_orders.certificates_by_key, ["k"]),
        of=C, number="n", status=IN_FORCE,
        beside=((claim_tables.order_keys, {"key": "k", "number": "n"}),),
    ),
    ask(files.find_file, "n", "en", of=tables.certificate_files, number="n", language="en"),
    ask(files.file_hashes, "n", of=tables.certificate_files, number="n"),
]  # fmt: skip
CREDITS = [
    ask(
        *(credits.ledger_entries_about, USE),
        of=tables.credit_uses, **TAKEN, first=([5, 8], [9]), last=([9], []),
        beside=((C, {"number": "n", "view": NO_DRAFT}),),
    ),
    ask(
        *(credits.ledger_entries_about, USE),
        of=tables.credit_uses, **TAKEN, first=([1], []), last=([5, 9], [4]),
        beside=((C, {"number": "n", "view": NO_DRAFT}),),
    ),
    ask(
        *(credits.ledger_entries_about, USE),
        of=C, number="n", view=([NO_DRAFT], [DRAFT]),
        beside=((tables.credit_uses, CREDIT | {"first": 5, "last": 7}),),
    ),
    ask(
        *(credits.draft_entries_about, USE, "t", DAY),
        of=C, number="n", tenant="t", view=([DRAFT], [NO_DRAFT]),
        status=IN_FORCE, valid_until=TERM["valid_until"],
        beside=((tables.credit_uses, CREDIT | {"first": 5, "last": 7}),),
    ),
    ask(credits.stored_claim, "n", of=tables.credit_uses, claim=(["c"], []), number="n"),
]  # fmt: skip
WORK = [
    ask(drafts.find_draft, "t", ID, of=console_tables.drafts, **OWN),
    ask(drafts.change_draft, DRAFTED, 4, of=console_tables.drafts, **MINE, revision=4),
    ask(drafts.drafts_of, "t", 9, of=console_tables.drafts, tenant="t"),
    ask(drafts.forget_drafts, NOON, of=console_tables.drafts, changed_at=PAST),
    ask(drafts.remove_draft, "t", "i", of=console_tables.drafts, **MINE),
    ask(drafts.find_layout, "t", "f", of=console_tables.layouts, tenant="t", fingerprint="f"),
    ask(products.find_product, "t", ID, of=console_tables.products, **OWN),
    ask(products.hold_product, "t", ID, of=console_tables.products, **OWN),
    ask(products.products_of, "t", 9, of=console_tables.products, tenant="t"),
    ask(
        *(products.products_of, "t", 9, None, "air"),
        of=console_tables.products, tenant="t", name=(["Chair"], ["Chai"]),
    ),
    ask(
        *(products.products_named, "t", "Chair"),
        of=console_tables.products, tenant="t", name="Chair",
    ),
    ask(products.change_product, PRODUCT, of=console_tables.products, **MINE),
    ask(products.versions_of, "t", "p", of=console_tables.versions, tenant="t", product="p"),
    ask(products.newest_versions, "t", ["p"], of=console_tables.versions, tenant="t", product="p"),
    ask(products.version_with, "t", "f", of=console_tables.versions, tenant="t", footprint="f"),
    ask(variants.find_version, "t", ID, of=console_tables.versions, **OWN),
    ask(variants.variants_of, "t", "p", of=console_tables.variants, tenant="t", product="p"),
    ask(variants.find_variant, "t", ID, of=console_tables.variants, **OWN),
    ask(
        *(variants.kept_comparison, "t", ("a", "b")),
        of=console_tables.comparisons, tenant="t", old="a", new="b", content=(["x"], []),
    ),
    ask(footprints.find_footprint, "t", ID, of=F, **OWN),
    ask(footprints.find_source, "t", ID, of=F, **OWN),
    ask(footprints.find_footprints, "t", [ID], of=F, **OWN),
    ask(footprints.document_hashes, "t", [ID], of=F, **OWN),
    ask(footprints.list_footprints, "t", 9, of=F, tenant="t"),
    ask(matches.matches_of, "t", of=tables.matches, tenant="t"),
    ask(job_rows.find_job, "t", "i", of=J, **MINE),
    ask(job_rows.list_jobs, "t", 9, of=J, tenant="t"),
    ask(job_rows.count_open_jobs, "t", of=J, tenant="t", state=UNFINISHED),
    ask(job_rows.assignment, HELD, of=J, **HELD_ROW),
    ask(job_rows.is_held, HELD, of=J, **HELD_ROW),
    ask(job_rows.renew, HELD, LATER, of=J, **HELD_ROW),
    ask(job_rows.give_back, HELD, of=J, **HELD_ROW),
    ask(job_rows.lose, HELD, of=J, **HELD_ROW),
    ask(job_rows.set_progress, HELD, 1, 2, NOON, of=J, **HELD_ROW),
    ask(job_rows.end_job, HELD, "done", NOON, of=J, **HELD_ROW),
    ask(job_rows.cancel_job, "t", "i", NOON, of=J, **MINE, state=UNFINISHED),
    ask(
        *(job_rows.is_ready, NOON),
        of=J, state=(["running"], ["done"]), leased_until=([BEFORE], [NOON, LATER, None]),
    ),
    ask(job_rows.is_ready, NOON, of=J, state=(["waiting"], ["failed"]), leased_until=([None], [])),
    ask(
        *(idempotency.earlier_resource, idempotency.Request("t", "k", "h")),
        of=tables.idempotency_keys, tenant="t", key="k", request_hash=(["h"], []),
        resource=(["r"], []),
    ),
    ask(
        *(counts.store_counts, NOON), of=door_tables.door_counts, locked_until=AFTER_NOW,
        then=lambda found: found.locks,
    ),
    ask(
        *(counts.store_counts, NOON), of=J, state=(["waiting"], ["done"]),
        created_at=([BEFORE], [LATER]),
        then=lambda found: found.oldest_job_seconds,
    ),
]  # fmt: skip
PEOPLE = [
    ask(tenants.tenant_exists, "i", of=tables.tenants, id="i"),
    ask(tenants.revoke_token, "i", NOON, of=K, id="i", revoked_at=NEVER),
    ask(tenants.tokens_of, "t", of=K, tenant="t"),
    ask(tenants.tokens_of, "t", "P", of=K, tenant="t", person="P"),
    ask(tenants.find_token, "i", of=K, id="i"),
    ask(tenants.narrow_token, "i", "new", of=K, id="i"),
    ask(tenants.rotate_token, "i", "new", LATER, of=K, id="i"),
    ask(
        *(tenants.entry_of, "h", NOON),
        of=K, **SECRET, revoked_at=NEVER, expires_at=([None, LATER], [NOON, BEFORE]),
    ),
    ask(
        *(tenants.entry_of, "h", NOON),
        of=K, **OLD, old_secret_until=AFTER_NOW, revoked_at=NEVER,
    ),
    ask(
        *(sessions.link_stands, "h", NOON),
        of=console_tables.sign_in_links, **SECRET, used_at=NEVER, expires_at=AFTER_NOW,
    ),
    ask(
        *(sessions.use_link, "h", NOON),
        of=console_tables.sign_in_links, **SECRET, used_at=NEVER, expires_at=AFTER_NOW, actor=ACTOR,
    ),
    ask(
        *(sessions.session_actor, "h", NOON),
        of=console_tables.sessions, **SECRET, expires_at=AFTER_NOW, actor=ACTOR,
    ),
    ask(
        *(sessions.session_actor, "h", NOON),
        of=K, id="i", revoked_at=NEVER,
        beside=((console_tables.sessions, SESSION),),
    ),
    ask(sessions.end_session, "h", of=console_tables.sessions, **SECRET),
    ask(sessions.end_person, "t", "P", of=console_tables.sessions, tenant="t", actor=ACTORS),
    ask(sessions.end_person, "t", "P", of=console_tables.sign_in_links, tenant="t", actor=ACTORS),
    ask(staff.members_of, "t", of=console_tables.staff, tenant="t"),
    ask(staff.find_member, "t", "i", of=console_tables.staff, **MINE),
    ask(
        staff.change_member, MEMBER, of=console_tables.staff, id="i",
        named={"roles": "maker", "ended_at": NOON},
    ),
    ask(staff.mark_joined, PERSON, NOON, of=console_tables.staff, **MINE, joined_at=NEVER),
    ask(door.list_sign_ins, "t", 9, None, of=door_tables.sign_ins, tenant="t"),
    ask(
        *(door.locked_counts, ["k"], NOON),
        of=door_tables.door_counts, key="k", locked_until=AFTER_NOW,
    ),
    ask(door.list_locks, "t", NOON, of=door_tables.door_counts, tenant="t", locked_until=AFTER_NOW),
    ask(door.find_lock, "t", "i", NOON, of=door_tables.door_counts, **MINE, locked_until=AFTER_NOW),
    ask(door.forget_old_failures, NOON, of=door_tables.door_counts, since=PAST),
    ask(door.lock_count, COUNT, NOON, LATER, of=door_tables.door_counts, key="k"),
    ask(door.forget_failures, "k", of=door_tables.door_counts, key="k"),
    ask(personal.person_sign_ins, "t", "P", of=door_tables.sign_ins, tenant="t", person="P"),
    ask(personal.forget_sign_ins, "t", "P", of=door_tables.sign_ins, tenant="t", person="P"),
    ask(personal.forget_old_sign_ins, NOON, of=door_tables.sign_ins, at=PAST),
    ask(
        *(personal.old_invitations, NOON),
        of=console_tables.staff, joined_at=NEVER, ended_at=NEVER, invited_at=PAST,
    ),
    ask(
        *(personal.entries_naming, "t", "P"),
        of=tables.audit_log, tenant="t", facts=(['{"a":"P"}'], ['{"a":"Q"}', '{"P":"a"}']),
    ),
    ask(audit.hash_at, 4, of=tables.audit_log, sequence=4, hash=(["h"], [])),
    ask(audit.entries_after, 4, 9, of=tables.audit_log, sequence=([5], [4, 3])),
    ask(audit.entries_about, "s", of=tables.audit_log, subject="s"),
    ask(
        *(audit.newest_entries, 9),
        of=tables.audit_log, tenant="t", sequence=([4], [5, 6]), action=(["key.made"], ["keys.x"]),
        subject="s",
        named={"tenant": "t", "before": 5, "kind": "key", "about": "s"},
    ),
    ask(
        *(audit.acted_after, 4, 6, ["a"]),
        of=tables.audit_log, sequence=([5, 6], [4, 7]), action=(["a"], ["b"]),
    ),
    ask(keys.mark_leaked, "i", NOON, of=tables.signing_keys, id="i", leaked_at=NEVER),
    *(
        ask(personal.signs_somewhere, "t", "P", of=one.table, **_signed(column))
        for one in personal.SIGNED if "tenant" in one.table.c
        for column in one.names
    ),
    *(
        ask(personal.replace_name, "t", "P", "person 1", of=one.table, **_signed(column))
        for one in personal.SIGNED if "tenant" in one.table.c
        for column in one.names
    ),
    ask(
        *(personal.signs_somewhere, "t", "P"), of=room_tables.findings, application="a",
        answered_by="P",
        beside=((A, {"id": "a", "tenant": "t"}),),
    ),
    ask(
        *(personal.replace_name, "t", "P", "person 1"),
        of=room_tables.findings, application="a", answered_by="P",
        beside=((A, {"id": "a", "tenant": "t"}), (A, {"id": "ax", "tenant": "x"})),
    ),
]  # fmt: skip
CASES = [*ORDERS, *CREDITS, *WORK, *PEOPLE]


@pytest.fixture(scope="module")
def connection() -> Iterator[sa.Connection]:
    with tables_in_memory() as opened:
        yield opened


@pytest.mark.parametrize("asked", CASES, ids=lambda asked: asked.call.__name__)
def test_only_the_row_that_is_meant_is_touched(connection: sa.Connection, asked: Asked) -> None:
    found, meant = hits(connection, asked)
    assert found == meant


ENDED_ORDER = {"tenant": "t", "state": "issued"}
PLACES = [(at, name) for at in (BEFORE, NOON, LATER) for name in ("a", "b", "c")]
OPEN_ORDER = {"tenant": "t", "state": "open"}
OBJECTION = {"number": "n", "state": "open"}


@pytest.mark.parametrize(
    ("call", "args", "table", "said", "moment", "newest_first"),
    [
        (applications.list_applications, ("t", None), A, OPEN_ORDER, "created_at", False),
        (applications.ended_applications, ("t",), A, ENDED_ORDER, "changed_at", True),
        (objections.objections_to, ("n",), tables.objections, OBJECTION, "at", False),
        (objections.open_objections, ("t",), tables.objections, OBJECTION, "at", False),
        (job_rows.list_jobs, ("t",), J, OPEN_ORDER, "created_at", True),
        (footprints.list_footprints, ("t",), F, {"tenant": "t"}, "created_at", True),
    ],
)  # fmt: skip
def test_a_page_begins_behind_the_last_one_of_the_page_before(
    connection: sa.Connection,
    call: Callable[..., Any],
    args: tuple[Any, ...],
    table: Table,
    said: dict[str, Any],
    moment: str,
    newest_first: bool,
) -> None:
    beside = ((C, {"number": "n", "tenant": "t"}),)
    asked = ask(call, *args, 9, (NOON, "b"), of=table, beside=beside)
    for at, name in PLACES:
        farther = at < NOON if newest_first else at > NOON
        behind = farther or (at == NOON and name > "b")
        found = touched(connection, asked, said | {"id": name, moment: at})
        assert found == behind, (at, name)


@pytest.mark.parametrize(
    ("call", "kind", "table", "names"),
    [
        (drafts.keep_layout, drafts.KnownLayout, console_tables.layouts, ("tenant", "fingerprint")),
        (matches.keep_match, matches.StoredMatch, tables.matches, ("tenant", "line")),
        (put_answer, GivenAnswer, campaign_answers, ("supplier", "product")),
    ],
)  # fmt: skip
def test_what_is_kept_replaces_what_stood_there_alone(
    connection: sa.Connection,
    call: Callable[..., Any],
    kind: type[Any],
    table: Table,
    names: tuple[str, str],
) -> None:
    first, second = names
    values = [1, 2] if second == "product" else ["a", "b"]
    with connection.begin() as transaction:
        for one in ("a", "b"):
            for other in values:
                connection.execute(
                    sa.insert(table).values(row_of(table, {first: one, second: other}))
                )
        before = {tuple(row) for row in connection.execute(sa.select(table))}
        made_later = {"saved_at": LATER, "chosen_at": LATER, "given_at": LATER}
        said = {first: "a", second: values[0]} | {
            name: at for name, at in made_later.items() if name in table.c
        }
        call(UnitOfWork(connection), made(kind, table, **said))
        after = {tuple(row) for row in connection.execute(sa.select(table))}
        transaction.rollback()
    assert after - before == {tuple(row_of(table, said).values())}
    assert len(before - after) == 1


def test_the_newest_list_is_counted_alone(connection: sa.Connection) -> None:
    uow = UnitOfWork(connection)
    with connection.begin() as transaction:
        assert certificates.newest_list(uow) == (1, 0)
        for status_list, index in ((1, 0), (1, 1), (2, 0)):
            place = {"status_list": status_list, "status_index": index}
            row = row_of(C, {"number": f"{status_list}-{index}"} | place)
            connection.execute(sa.insert(C).values(row))
        assert certificates.newest_list(uow) == (2, 1)
        transaction.rollback()
