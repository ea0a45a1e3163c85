"""Drafts: from a file to a number, a change at a time, on both databases."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from databases import BOTH, database_address
from pydantic import SecretStr
from served import settings_for
from still_clock import StillClock

from api.faults import STALE_DRAFT, UNKNOWN_DRAFT, ServiceRefused
from api.opening import opened
from api.services.drafts import DRAFT_LIFE
from api.services.service import Service
from api.services.sessions import LINK_LIFE, SESSION_LIFE
from api.services.supplier_numbers import choose_supplier
from api.store.tenants import Actor
from footprint.bom.choices import NOT_A_PART
from footprint.bom.read import read_bom_bytes
from footprint.drafts.work import read_draft
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.reading.options import ReadingOptions
from footprint.supplier.typed import TypedNumber, typed_document

ME, OTHER = Actor("default", "local", "Li"), Actor("elsewhere", "x", "Eve")
LIST = """Name,Quantity,Unit,Unit mass (g),Material
Cover,2,pcs,85,ABS
Bracket,1,pcs,120,SPCC
Mystery widget,3,pcs,,
"""


@pytest.fixture(params=BOTH)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    with database_address(request.param, tmp_path) as address:
        settings = settings_for(tmp_path, database_url=SecretStr(address))
        with opened(settings, StillClock(), secrets.token_bytes) as found:
            yield found


def test_a_file_becomes_a_partial_number_and_a_choice_changes_it(service: Service) -> None:
    drafts = service.drafts
    draft, layout = drafts.upload(ME, "list.csv", LIST.encode())
    assert layout is None
    work = drafts.work(draft)
    assert work.footprint.completeness.word == "at least"
    (open_line,) = work.open
    assert open_line.line.name == "Mystery widget"
    chosen = drafts.choose(ME, draft, open_line.key, "screening-plastic", 0.01)
    now = drafts.work(drafts.get(ME, chosen.id))
    assert now.footprint.total > work.footprint.total
    assert not now.open
    assert now.kind(open_line.key).state == "screening"  # type: ignore[union-attr]
    assert now.footprint.completeness.screening_lines == 1
    again = drafts.change(chosen, chosen.draft.without_choice(open_line.key))
    assert drafts.work(again).footprint.total == work.footprint.total


def test_the_files_of_a_draft_give_its_number_again(service: Service) -> None:
    """What the console shows can be calculated from the files that it names, without it."""
    drafts = service.drafts
    draft, _ = drafts.upload(ME, "list.csv", LIST.encode())
    draft = drafts.state_facts(draft, {"name": "Thing", "country": "CN", "mass": "0.4 kg"})
    key = drafts.work(draft).open[0].key
    draft = drafts.choose(ME, draft, key, "part-screw-steel", 0.004)
    given = draft.draft.inputs
    bom = read_bom_bytes(
        given.data, given.file, given.product_file,
        mapping=given.mapping_file, matches=given.matches_file,
    )  # fmt: skip
    apart = calculate(bom, service.inventory, allow_gaps=True)
    assert apart.total == drafts.work(draft).footprint.total
    assert apart.product.name == "Thing"


def test_what_is_no_part_of_the_product_is_left_out_and_said(service: Service) -> None:
    drafts = service.drafts
    draft, _ = drafts.upload(ME, "list.csv", LIST.encode())
    key = drafts.work(draft).open[0].key
    left = drafts.choose(ME, draft, key, NOT_A_PART)
    work = drafts.work(left)
    assert not work.open
    assert work.kind(key).state == "not-part"  # type: ignore[union-attr]
    assert any("no part of the product" in str(one) for one in work.bom.warnings)


def test_every_line_cannot_be_left_out(service: Service) -> None:
    drafts = service.drafts
    draft, _ = drafts.upload(ME, "list.csv", LIST.encode())
    for kind in drafts.work(draft).kinds:
        draft = drafts.choose(ME, draft, kind.key, NOT_A_PART)
    with pytest.raises(InputRefused) as refused:
        drafts.work(draft)
    assert "every line was chosen" in refused.value.problems[0].message


def test_a_late_change_is_refused(service: Service) -> None:
    drafts = service.drafts
    draft, _ = drafts.upload(ME, "list.csv", LIST.encode())
    key = drafts.work(draft).open[0].key
    drafts.change(draft, draft.draft.put_off(key))
    with pytest.raises(ServiceRefused) as refused:
        drafts.choose(ME, draft, key, NOT_A_PART)
    assert refused.value.fault is STALE_DRAFT


def test_another_tenant_finds_no_draft(service: Service) -> None:
    draft, _ = service.drafts.upload(ME, "list.csv", LIST.encode())
    for ask in (service.drafts.get, service.drafts.remove):
        with pytest.raises(ServiceRefused) as refused:
            ask(OTHER, draft.id)
        assert refused.value.fault is UNKNOWN_DRAFT
    assert service.drafts.listed(OTHER) == []


def test_a_draft_that_nobody_changes_is_forgotten(service: Service) -> None:
    draft, _ = service.drafts.upload(ME, "list.csv", LIST.encode())
    clock = service.clock
    assert isinstance(clock, StillClock)
    clock.now += DRAFT_LIFE + timedelta(days=1)
    service.drafts.upload(ME, "other.csv", LIST.encode())
    with pytest.raises(ServiceRefused):
        service.drafts.get(ME, draft.id)


def test_answers_about_a_layout_are_used_for_its_next_file(service: Service) -> None:
    drafts = service.drafts
    draft, _ = drafts.upload(ME, "may.csv", LIST.encode())
    options = replace(draft.draft.options, unit="piece")
    drafts.answer(ME, draft, options)
    second, layout = drafts.upload(ME, "june.csv", LIST.replace("85", "86").encode())
    assert layout is not None
    assert layout.file == "may.csv"
    assert second.draft.options.unit == "piece"
    _, foreign = drafts.upload(ME, "other.csv", b"Part,Qty\nScrew,3\n")
    assert foreign is None


def test_choices_of_a_kept_draft_are_remembered_for_the_next_file(service: Service) -> None:
    drafts = service.drafts
    draft, _ = drafts.upload(ME, "may.csv", LIST.encode())
    cover = next(k for k in drafts.work(draft).kinds if k.line.name == "Cover")
    draft = drafts.choose(ME, draft, cover.key, "pc-abs-cn")
    drafts.remember(ME, draft)
    second, _ = drafts.upload(ME, "june.csv", LIST.encode())
    kind = drafts.work(second).kind(cover.key)
    assert kind is not None
    assert (kind.state, kind.dataset) == ("remembered", "pc-abs-cn")
    assert "Li" in kind.by


def test_a_link_signs_in_once_and_a_session_ends(service: Service) -> None:
    sessions, clock = service.sessions, service.clock
    assert isinstance(clock, StillClock)
    secret = sessions.new_link()
    assert sessions.stands(secret)
    assert sessions.stands(secret)
    session = sessions.open(secret)
    assert not sessions.stands(secret)
    with pytest.raises(ServiceRefused):
        sessions.open(secret)
    assert sessions.actor(session) is not None
    assert sessions.actor("made-up") is None
    clock.now += SESSION_LIFE
    assert sessions.actor(session) is None
    late = sessions.new_link()
    clock.now += LINK_LIFE
    assert not sessions.stands(late)


def test_a_list_is_read_once_for_many_choices(service: Service) -> None:
    draft, _ = service.drafts.upload(ME, "once.csv", LIST.encode())
    before = read_draft.cache_info().misses
    for _ in range(5):
        service.drafts.work(draft)
    assert read_draft.cache_info().misses == before


def test_a_suppliers_number_counts_as_typed_and_stands_in_the_files_of_the_draft(
    service: Service,
) -> None:
    drafts = service.drafts
    draft, _ = drafts.upload(ME, "list.csv", LIST.encode())
    before = drafts.work(draft)
    key = before.open[0].key
    number = TypedNumber("Sound Works", "Widget", "piece", "1.25", 2025, "Typed by Li")
    chosen = choose_supplier(drafts, ME, draft, key, typed_document(number))
    work = drafts.work(drafts.get(ME, chosen.id))
    assert work.kind(key).kg_co2e == pytest.approx(3.75)  # type: ignore[union-attr]
    assert work.footprint.total == pytest.approx(before.footprint.total + 3.75)
    given = chosen.draft.inputs
    bom = read_bom_bytes(
        given.data, given.file, documents=given.documents, matches=given.matches_file
    )
    assert calculate(bom, service.inventory, allow_gaps=True).total == work.footprint.total
    undone = chosen.draft.without_choice(key)
    assert not undone.documents
    kept = service.products.keep(ME, chosen)
    again = service.products.continued(ME, kept)
    assert again.draft.documents == chosen.draft.documents


def test_a_suppliers_number_per_another_unit_is_refused_and_changes_nothing(
    service: Service,
) -> None:
    drafts = service.drafts
    draft, _ = drafts.upload(ME, "list.csv", LIST.encode())
    key = drafts.work(draft).open[0].key
    number = TypedNumber("Sound Works", "Widget", "kilogram", "1.25", 2025, "Typed by Li")
    with pytest.raises(ServiceRefused, match="per another unit"):
        choose_supplier(drafts, ME, draft, key, typed_document(number))
    with pytest.raises(InputRefused, match="not JSON"):
        choose_supplier(drafts, ME, draft, key, b"%PDF-1.7")
    assert drafts.get(ME, draft.id) == draft
    weighed = choose_supplier(drafts, ME, draft, key, typed_document(number), 0.2)
    assert drafts.work(weighed).kind(key).kg_co2e == pytest.approx(0.75)  # type: ignore[union-attr]


def test_answers_about_rows_are_of_one_file_and_not_of_its_layout(service: Service) -> None:
    drafts = service.drafts
    table = LIST + "Spare fuse,0,pcs,2,\n"
    draft, _ = drafts.upload(ME, "a.csv", table.encode())
    assert [one.row for one in drafts.reading(draft).skipped] == [5]
    draft = drafts.answer(ME, draft, ReadingOptions(rows=(5,)))
    assert [one.row for one in drafts.reading(draft).lines] == [2, 3, 4, 5]
    assert drafts.get(ME, draft.id).draft.options.rows == (5,)
    following, layout = drafts.upload(ME, "b.csv", table.encode())
    assert layout is not None
    assert following.draft.options.rows == ()
