"""The tables behind the pages and the answers of suppliers: no row is missing or changed places.

Most are held against another statement of the same thing: the words of the pages, the types, what
the reading of files accepts. The rest are written out from docs/requests.md and docs/console.md.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from importlib.resources import files
from typing import Any, get_args

import pytest
import yaml
from evidence import some

from api.answering import campaign_model, campaign_table, evidence, link_answers, model
from api.answering.questionnaire import read_questionnaire
from api.answering.supplier_list import MOST_PRODUCTS, MOST_SUPPLIERS, read_suppliers_list
from api.app import _CONSOLE
from api.console import (
    audit_pages,
    certificates_view,
    columns_view,
    desk_view,
    door,
    drafts,
    evidence_view,
    facts_view,
    own_certificates,
    requests,
    result_view,
    room,
    tiers_view,
)
from api.console.supplier_side import SUPPLIER_ROOMS
from api.faults import FINDING_OPEN, INVALID, STATUS_FINAL, ServiceRefused
from footprint.faults import Where
from footprint.reading.mapping import column_answer
from footprint.reading.options import ReadingOptions
from footprint.rules.evidence_schema import EvidenceFile

#: What docs/requests.md says of the facts of evidence.
FACTS: dict[Any, dict[str, str]] = {
    "targets": {
        "scope": "1 and 2",
        "base_year": "2020",
        "target_year": "2030",
        "reduction_percent": "42",
    },
    "measures": {"what": "A heat pump", "since": "2024-05-01"},
    "clean-energy": {"period": "2025", "kwh": "2000", "clean_kwh": "500"},
}
BESIDES: dict[Any, dict[str, str]] = {
    "targets": {"neutral_year": "2050", "validated_by": "SBTi"},
    "measures": {"saving_kg_co2e_per_year": "1200", "until": "2030-12-31"},
    "clean-energy": {"sources": "wind", "instrument": "contract"},
}


def _words(file: str, table: str) -> dict[str, str]:
    text = files("label_templates").joinpath("locale", file).read_text("utf-8")
    found: dict[str, str] = yaml.safe_load(text)[table]
    return found


# Suppliers and buyers ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", some(FACTS))
def test_each_kind_of_evidence_needs_its_facts_and_may_have_others(kind: Any) -> None:
    checked = evidence.checked_facts(kind, FACTS[kind] | BESIDES[kind])
    assert {*FACTS[kind], *BESIDES[kind]} <= set(checked)
    for name in FACTS[kind]:
        with pytest.raises(ServiceRefused, match=f"{name} is missing"):
            evidence.checked_facts(kind, {k: v for k, v in FACTS[kind].items() if k != name})
    for name in BESIDES[kind]:
        evidence.checked_facts(kind, FACTS[kind] | {name: BESIDES[kind][name]})
    others = {name for one in (FACTS, BESIDES) for facts in one.values() for name in facts}
    for name in some(others - {*FACTS[kind], *BESIDES[kind]}):
        with pytest.raises(ServiceRefused, match=f"{name} is no fact of {kind}"):
            evidence.checked_facts(kind, FACTS[kind] | {name: "1"})


@pytest.mark.parametrize("name", ["base_year", "target_year", "neutral_year"])
def test_a_year_is_one_from_1990_to_2100(name: str) -> None:
    facts = FACTS["targets"] | {"base_year": "1990", "target_year": "2100", "neutral_year": "2100"}
    assert evidence.checked_facts("targets", facts)[name] == facts[name]
    for wrong in ("1989", "2101", "soon"):
        with pytest.raises(ServiceRefused, match=f"{name} is no year"):
            evidence.checked_facts("targets", facts | {name: wrong})
    assert evidence.checked_facts("targets", facts | {"neutral_year": "1990"})


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("targets", "reduction_percent"),
        ("measures", "saving_kg_co2e_per_year"),
        ("clean-energy", "kwh"),
        ("clean-energy", "clean_kwh"),
    ],
)
def test_an_amount_of_evidence_is_a_number(kind: Any, name: str) -> None:
    with pytest.raises(ServiceRefused, match=name):
        evidence.checked_facts(kind, FACTS[kind] | {name: "a lot"})


def test_a_target_is_after_its_base_and_at_most_everything() -> None:
    check = evidence.checked_facts
    assert check("targets", FACTS["targets"] | {"reduction_percent": "100"})
    with pytest.raises(ServiceRefused, match="at most 100"):
        check("targets", FACTS["targets"] | {"reduction_percent": "100.1"})
    for year in ("2020", "2019"):
        with pytest.raises(ServiceRefused, match="not after the year"):
            check("targets", FACTS["targets"] | {"target_year": year})


def test_clean_energy_is_a_share_of_the_energy() -> None:
    check = evidence.checked_facts
    assert check("clean-energy", FACTS["clean-energy"])["clean_share_percent"] == "25.0"
    whole = check("clean-energy", FACTS["clean-energy"] | {"clean_kwh": "2000"})
    assert whole["clean_share_percent"] == "100.0"
    for wrong in ({"clean_kwh": "2001"}, {"kwh": "0", "clean_kwh": "0"}):
        with pytest.raises(ServiceRefused, match="more clean energy"):
            check("clean-energy", FACTS["clean-energy"] | wrong)


def test_a_supplier_is_asked_every_fact_that_the_page_has_words_for() -> None:
    says = _words("console-buyers.en.yaml", "say")
    asked = [name.removeprefix("answer_fact_") for name in says if name.startswith("answer_fact_")]
    assert set(link_answers.FACTS) == set(some(asked))


def test_states_of_suppliers_and_requests_are_those_of_their_documentation() -> None:
    assert (
        *("not-sent", "sent", "opened", "working", "answered", "sent-back", "accepted"),
        "declined",
    ) == campaign_model.STATES
    assert set(campaign_model.STATES) == set(get_args(campaign_model.SupplierState))
    over = {"answered", "accepted", "declined"}
    for states in (campaign_model.WAITING, campaign_model.OPEN):
        assert set(states) == set(campaign_model.STATES) - over
    assert campaign_model.CASCADE == ("inventory", "target", "plan", "projects")
    assert model.QUESTIONS == ("footprint", "targets", "measures", "clean-energy")
    assert set(model.OPEN_STATES) == {"asked", "working", "sent-back"}
    assert set(requests._OUTCOMES) == {"accepted", "sent-back", "declined"}


def test_tables_of_campaigns_have_their_documented_columns() -> None:
    assert campaign_table.MAIL_COLUMNS == ("name", "mail", "language", "subject", "text", "link")
    assert (
        *("supplier", "mail", "state", "late", "overdue", "spend", "product", "kind", "kg_co2e"),
        *("unit", "measured_percent", "complete", "findings", "next_step", "said", "answered_at"),
    ) == campaign_table.ANSWER_COLUMNS


@pytest.mark.parametrize(
    ("text", "question"),
    [
        *[(text, "footprint") for text in ("Your PCF please", "产品碳足迹", "kg CO2e per piece")],
        *[(text, "targets") for text in ("Do you have a target?", "Net zero by?", "贵司减排目标")],
        *[
            (text, "measures")
            for text in ("Reduction actions", "Measures?", "减排措施", "减碳项目")
        ],
        *[
            (text, "clean-energy")
            for text in ("Renewable electricity share", "绿电比例", "清洁能源")
        ],
        *[("When will you call?", None), ("Pupil counts", None)],
    ],
)
def test_a_question_of_a_buyer_is_known_by_its_words(text: str, question: str | None) -> None:
    guess = read_questionnaire(_table([[text, "x"]]), "asked.csv")
    assert guess.questions == (() if question is None else (question,))
    asks = question is None and text.endswith("?")
    assert guess.others == ((text,) if asks else ())


def test_twenty_other_questions_are_quoted() -> None:
    rows = [[f"What colour has number {at}?", "x"] for at in range(25)]
    assert len(read_questionnaire(_table(rows), "asked.csv").others) == 20


@pytest.mark.parametrize(
    "headings",
    [
        ["Supplier", "E-mail", "Language", "Spend", "Products"],
        ["供应商", "邮箱", "语言", "采购额", "物料"],
        ["Vendor name", "mail", "lang", "purchasing volume", "Part numbers"],
    ],
)
def test_headings_of_a_list_of_suppliers_are_known(headings: list[str]) -> None:
    row = ["Zhang Ltd", "z@example.org", "zh", "1,250.5", "screw; nut"]
    (found,) = read_suppliers_list(_table([headings, row]), "list.csv")
    assert dataclasses.astuple(found) == ("Zhang Ltd", row[1], "zh", 1250.5, ("screw", "nut"))


def test_a_row_of_a_list_of_suppliers_may_end_before_its_columns_do() -> None:
    head = ["supplier", "mail", "language", "spend", "products"]
    found = read_suppliers_list(_table([head, ["A", "a@b.cn"], ["B", "b@b.cn", "zh"]]), "list.csv")
    assert [(one.name, one.language, one.spend, one.products) for one in found] == [
        ("A", "en", None, ()),
        ("B", "zh", None, ()),
    ]


def test_a_campaign_has_so_many_suppliers_and_a_supplier_so_many_products() -> None:
    assert (MOST_SUPPLIERS, MOST_PRODUCTS) == (2_000, 50)
    head = ["supplier", "mail", "products"]
    many = ";".join(f"part {at}" for at in range(60))
    (one,) = read_suppliers_list(_table([head, ["A", "a@b.cn", many]]), "list.csv")
    assert len(one.products) == 50
    rows = [[f"S{at}", f"s{at}@b.cn", "x"] for at in range(2_001)]
    assert len(read_suppliers_list(_table([head, *rows[:2_000]]), "list.csv")) == 2_000
    with pytest.raises(ServiceRefused, match="2001 suppliers"):
        read_suppliers_list(_table([head, *rows]), "list.csv")


def _table(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


# Columns and facts ------------------------------------------------------------------------------


def test_the_page_offers_every_meaning_of_a_column_that_counts() -> None:
    assert set(columns_view.MEANINGS) == {
        *("name", "quantity", "unit", "material", "spec", "unit_mass:g", "unit_mass:kg"),
        *("line_mass:g", "line_mass:kg", "loss:%", "id", "level", "parent", "category"),
        *("location", "line_no", "note", "name_en", "name_zh", "price", "other"),
    }
    words = _words("console.en.yaml", "means")
    for meaning in columns_view.MEANINGS:
        assert meaning in words
        means, _, unit = meaning.partition(":")
        _, answer = column_answer(f"Heading={meaning}", Where("x"))
        assert answer[0] == means
        assert bool(answer[1]) == bool(unit)


#: Each kind of question that stops the reading, and the answer in `Options` that settles it.
SETTLED = {
    "unit": ("unit_missing", "unit_empty"),
    "mass_unit": ("mass_unit_missing",),
    "sheet": ("sheet",),
    "variant": ("variant",),
    "product": ("product",),
    "loss": ("loss_unclear",),
    "base": ("base_order", "base_required", "base_title", "base_mark"),
    "decimal": ("quantity_ambiguous", "mass_ambiguous", "loss_ambiguous"),
    "columns": ("quantity_columns", "unit_mass_columns", "loss_columns"),
}


def test_each_question_about_columns_is_settled_by_its_own_answer() -> None:
    expected = {kind: answer for answer, kinds in SETTLED.items() for kind in kinds}
    assert expected == columns_view._FIELDS
    assert set(SETTLED) <= {one.name for one in dataclasses.fields(ReadingOptions)}


@pytest.mark.parametrize(
    ("field", "choices"),
    [
        ("unit", ("piece", "kg", "g", "m", "m2")),
        ("mass_unit", ("g", "kg", "mg")),
        ("length_unit", ("mm", "cm", "m")),
        ("loss", ("percent", "share")),
        ("decimal", ("point", "comma")),
        ("variant", ("blue", "red")),
        ("product", ("P1", "P2")),
        ("sheet", ("one", "two")),
        ("base", ("1", "100")),
        ("columns", ()),
    ],
)
def test_a_question_offers_the_choices_of_its_answer(field: str, choices: tuple[str, ...]) -> None:
    values = {"variants": "blue, red", "products": "P1, P2", "sheets": "one, two", "amount": "100"}
    assert columns_view._choices(field, values) == choices


def test_answers_with_a_field_of_their_own_are_those_that_are_texts() -> None:
    texts = {
        one.name
        for one in dataclasses.fields(ReadingOptions)
        if one.name not in {"columns", "header_row", "base", "rows", "name"}
    }
    assert set(drafts._ANSWERS) == texts


def test_facts_for_buyers_and_the_places_that_stand_first() -> None:
    assert set(facts_view._FOR_BUYERS) == {"company", "company_ids", "product_ids"}
    assert tuple("CN VN IN TH ID MY TW KR JP BD TR MX DE US".split()) == facts_view._FIRST


# Evidence of an order ---------------------------------------------------------------------------


def _shape(name: str) -> dict[str, Any]:
    root = EvidenceFile.model_json_schema()
    shape = root if name == "EvidenceFile" else root["$defs"][name]
    found: dict[str, Any] = shape["properties"]
    return found


def _texts_of(schema: Any) -> set[str]:
    """All words among which a member of a shape may choose."""
    if isinstance(schema, list):
        return {text for one in schema for text in _texts_of(one)}
    if not isinstance(schema, dict):
        return set()
    return {*schema.get("enum", ()), *_texts_of([v for k, v in schema.items() if k != "enum"])}


@pytest.mark.parametrize(
    ("field", "shape", "member"),
    [
        ("sales_channel", "EvidenceFile", "sales_channel"),
        ("audience", "EvidenceFile", "audience"),
        ("unit_kind", "EvidenceFile", "unit_kind"),
        ("kind", "VerificationEntry", "kind"),
        ("level", "VerificationEntry", "level"),
        ("issuance", "CreditEntry", "issuance"),
        ("tier", "HeldTierEntry", "tier"),
    ],
)
def test_a_page_offers_what_an_evidence_file_may_say(field: str, shape: str, member: str) -> None:
    assert set(evidence_view.CHOICES[field]) == _texts_of(_shape(shape)[member])


def test_choices_of_which_a_page_offers_a_part() -> None:
    assert evidence_view.CHOICES["renewal"] == ("no", "yes")
    # Boundaries of whole products, and credits: what else a file may name does not count as one.
    assert evidence_view.CHOICES["boundary"] == ("cradle-to-gate", "cradle-to-grave")
    assert evidence_view.CHOICES["credit_kind"] == ("reduction", "removal")
    assert set(evidence_view.CHOICES["credit_kind"]) < _texts_of(_shape("CreditEntry")["kind"])
    words = _words("console.en.yaml", "ask_choices")
    assert {one for choices in evidence_view.CHOICES.values() for one in choices} <= set(words)


@pytest.mark.parametrize(
    ("form", "shape", "left_out"),
    [
        ("verification", "VerificationEntry", {"statement"}),
        ("document", "DocumentEntry", set()),
        ("reference", "ReferenceEntry", {"chosen", "source", "history"}),
        ("credits", "CreditEntry", {"reason"}),
        ("tiers", "HeldTierEntry", set()),
    ],
)
def test_a_form_has_the_fields_of_its_record(form: str, shape: str, left_out: set[str]) -> None:
    fields = evidence_view.FIELDS[form]
    assert set(fields) == set(_shape(shape)) - left_out
    assert len(fields) == len(set(fields))


# Steps, rooms and the door ----------------------------------------------------------------------


def test_steps_in_the_order_of_their_buttons() -> None:
    assert certificates_view._STEPS == ("suspend", "reinstate", "revoke")
    assert desk_view._ONWARD == ("submit", "check", "issue")
    assert desk_view._STEPS == ("submit", "check", "issue", "return", "withdraw")
    assert own_certificates._WANTED == {
        "suspend": "suspended", "reinstate": "reinstated", "revoke": "revoked"
    }  # fmt: skip
    assert set(room._SAID) == {INVALID, STATUS_FINAL, FINDING_OPEN}


def test_the_log_is_narrowed_by_every_kind_that_has_a_word() -> None:
    assert set(audit_pages.KINDS) == set(_words("console.en.yaml", "audit_kinds"))


def test_groups_of_tiers_and_boundaries_have_their_words() -> None:
    assert tuple(_words("console.en.yaml", "tier_groups")) == tiers_view.GROUPS
    assert result_view.BOUNDARY_SAYS == {
        "cradle-to-gate": "boundary_gate",
        "cradle-to-grave": "boundary_grave",
        "organisation": "boundary_whole",
        "event": "boundary_whole",
    }


def test_plain_http_is_for_this_computer_and_some_methods_change_nothing() -> None:
    assert set(door._LOOPBACK) == {"127.0.0.1", "localhost", "::1", "[::1]"}
    assert set(door._SAFE) == {"GET", "HEAD", "OPTIONS"}  # RFC 9110, section 9.2.1, but TRACE


def test_every_room_of_pages_is_there() -> None:
    rooms = {module.__name__.rpartition(".")[2] for module in (*_CONSOLE, *SUPPLIER_ROOMS)}
    assert rooms == {
        *("front", "drafts", "match", "result", "tiers", "watched", "desk", "owner"),
        *("audit_pages", "room", "public", "library", "requests", "campaigns", "answer"),
        *("supplier_numbers", "products", "evidence", "order", "own_certificates", "improve"),
        "compare",
    }
