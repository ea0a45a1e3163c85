"""`verify --bundle`: the same to the last digit, or the part that does not fit is named."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from evidence import some
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recompute_kit import BOM, EVIDENCE, QUESTION, Case, codes, issued, outcomes

from footprint.canonical import content_hash
from footprint.documents.decision import decision_document
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory, load_compiled
from footprint.proof.bundle import read_bundle
from footprint.proof.manifest import engine_manifest
from footprint.proof.verify_results import Tools
from footprint.rules import decide, facts_from_document, load_rules
from footprint.rules.evidence_file import read_evidence
from footprint.study import decision_on


@pytest.fixture(scope="module")
def case(inventory: CompiledInventory) -> Case:
    return issued(inventory, load_rules())


def test_a_genuine_bundle_gives_the_signed_digits(case: Case) -> None:
    report = case.recomputed()
    assert report.verdict == "genuine"
    parts = ("bundle", "bom", "inventory", "factors", "rules", "engine", "footprint", "decision")
    assert {outcomes(report)[part] for part in parts} == {"passed"}
    said = next(check.says for check in report.checks if check.name == "footprint")
    assert case.certificate["total_kg_co2e"] in said
    assert report.view_document == case.certificate


def test_every_check_speaks_both_languages(case: Case) -> None:
    for check in some(case.recomputed().checks):
        assert check.says.endswith(".")
        assert any("\u4e00" <= character <= "\u9fff" for character in check.says_zh)


def _bom(bundle: dict[str, Any], change: Callable[[bytes], bytes]) -> None:
    data = base64.b64decode(bundle["bom"]["base64"])
    bundle["bom"]["base64"] = base64.b64encode(change(data)).decode()


def _factor(bundle: dict[str, Any], factor: float) -> None:
    values = bundle["factors"][0]["kg_co2e_per_unit"]
    values["fossil"] *= factor


#: What is changed in the bundle, the check that must fail first, and its code.
TAMPERINGS: dict[str, tuple[Callable[[dict[str, Any]], None], str, str]] = {
    "a quantity": (lambda b: _bom(b, lambda d: d.replace(b"0.55", b"0.54")), "bom", "VER-021"),
    "a comment of the table": (
        lambda b: _bom(b, lambda d: d.replace(b"\n", b"\n\n", 1)),
        "bom",
        "VER-021",
    ),
    "a table that is none": (lambda b: _bom(b, lambda _: b"\x00\x01"), "bom", "VER-021"),
    "base64 that is none": (lambda b: b["bom"].update(base64="!"), "bom", "VER-021"),
    "a product file": (
        lambda b: b.update(product_file={"name": "p", "base64": "bm90ZTogYQ=="}),
        "bom",
        "VER-021",
    ),
    "a committed line": (
        lambda b: b["leaves"][1]["line"].update(quantity=0.1),
        "bom",
        "VER-021",
    ),
    "a salt": (lambda b: b["leaves"][2].update(salt="0" * 64), "bom", "VER-021"),
    "a line left out": (lambda b: b["leaves"].pop(), "bom", "VER-021"),
    "the evidence": (lambda b: b.update(evidence=EVIDENCE + "#"), "decision", "VER-022"),
    "evidence that is none": (lambda b: b.update(evidence="a: [b"), "footprint", "VER-026"),
    "the inventory's hash": (
        lambda b: b["inventory"].update(hash="sha256:" + "0" * 64),
        "inventory",
        "VER-023",
    ),
    "a factor": (lambda b: _factor(b, 1.1), "factors", "VER-023"),
    "the last bit of a factor": (lambda b: _factor(b, 1 + 2**-52), "factors", "VER-023"),
    "a factor's unit": (lambda b: b["factors"][0].update(unit="ton"), "factors", "VER-023"),
    "a factor twice": (lambda b: b["factors"].append(b["factors"][0]), "factors", "VER-023"),
    "a factor of a stranger": (
        lambda b: b["factors"][0].update(dataset="no-such"),
        "factors",
        "VER-023",
    ),
    "the rules' hash": (
        lambda b: b["rules"].update(hash="sha256:" + "0" * 64),
        "rules",
        "VER-024",
    ),
    "a rule": (lambda b: b["rules"]["scheme"].update(region="XX"), "rules", "VER-024"),
    "a file of the engine": (
        lambda b: b["engine"]["files"].update({"units.py": "sha256:" + "0" * 64}),
        "engine",
        "VER-025",
    ),
    "a library of the engine": (
        lambda b: b["engine"]["libraries"].update(numpy="0.1"),
        "engine",
        "VER-025",
    ),
    "the GWP set": (lambda b: b.update(gwp_set="AR5"), "factors", "VER-023"),
    "an unknown GWP set": (lambda b: b.update(gwp_set="AR0"), "factors", "VER-023"),
    "the scheme": (lambda b: b.update(scheme="kr-keiti"), "rules", "VER-024"),
    "an unknown scheme": (lambda b: b.update(scheme="no-such"), "rules", "VER-024"),
    "the tier": (lambda b: b.update(tier="reduction"), "footprint", "VER-026"),
    "the day": (lambda b: b.update(decided_on="2026-11-21"), "decision", "VER-027"),
    "the number": (lambda b: b.update(number="FP-0000-0000-1"), "bundle", "VER-028"),
    "the certificate": (
        lambda b: b["certificate"].update(total_kg_co2e="0.1"),
        "bundle",
        "VER-028",
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_changed_part_is_refused_and_named(case: Case, name: str) -> None:
    change, part, code = TAMPERINGS[name]
    bundle = case.changed()
    change(bundle)
    report = case.recomputed(bundle)
    assert report.verdict == "invalid"
    first = next(check for check in report.checks if check.outcome == "failed")
    assert (first.name, first.code) == (part, code), first
    assert report.view_document is None


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.integers(0, len(BOM) - 1), st.integers(1, 255))
def test_no_flipped_byte_of_the_bill_of_materials_goes_unnoticed(
    case: Case, place: int, mask: int
) -> None:
    bundle = case.changed()
    _bom(bundle, lambda d: d[:place] + bytes((d[place] ^ mask,)) + d[place + 1 :])
    report = case.recomputed(bundle)
    assert outcomes(report)["bom"] == "failed"
    assert "VER-021" in codes(report)


FORMS = [b"", b"{", b"[]", b"{}", b"[" * 100_000, b'{"type":"bundle","type":"bundle"}']


@pytest.mark.parametrize("data", FORMS)
def test_a_file_that_is_no_bundle_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused, match="VER-028"):
        read_bundle(data)


def test_a_bundle_with_another_member_is_refused(case: Case) -> None:
    with pytest.raises(InputRefused, match="VER-028"):
        read_bundle(json.dumps(case.bundle | {"extra": 1}).encode())


def test_a_bundle_of_another_certificate_is_refused(
    case: Case, inventory: CompiledInventory
) -> None:
    other = issued(inventory, load_rules(), BOM.replace("0.55", "0.65"))
    assert codes(case.recomputed(other.bundle)) == {"VER-028"}


def test_a_forged_certificate_is_not_even_compared(case: Case) -> None:
    forged = replace(case, certificate={**case.certificate, "total_kg_co2e": "0.1"})
    report = forged.recomputed()
    assert report.codes == ("VER-011",)
    assert "bundle" not in outcomes(report)


def test_another_inventory_here_is_named(case: Case) -> None:
    stranger = replace(case.inventory, hash="sha256:" + "0" * 64)
    report = case.recomputed(tools=Tools(stranger, case.rules, engine_manifest()))
    assert outcomes(report)["inventory"] == "failed"


def test_other_rules_here_are_named(case: Case) -> None:
    rules = replace(case.rules, hash="sha256:" + "0" * 64)
    report = case.recomputed(tools=Tools(case.inventory, rules, engine_manifest()))
    assert "VER-024" in codes(report)


def test_another_engine_here_is_named_with_its_file(case: Case) -> None:
    here = dict(engine_manifest())
    here["files"] = {**here["files"], "engine/calculate.py": "sha256:" + "0" * 64}
    report = case.recomputed(tools=Tools(case.inventory, case.rules, here))
    assert report.verdict == "genuine"
    (other,) = [check for check in report.checks if check.name == "engine"]
    assert other.outcome == "skipped"
    assert "engine/calculate.py" in other.says
    assert "install version" in other.says


def test_what_another_program_finds_different_is_not_checked_here(case: Case) -> None:
    """And what contradicts the signed text stays a failure, whatever program reads it."""
    here = {**engine_manifest(), "version": "9.0.0", "files": {}}
    rules = replace(case.rules, hash="sha256:" + "0" * 64)
    tools = Tools(replace(case.inventory, hash="sha256:" + "1" * 64), rules, here)
    report = case.recomputed(tools=tools)
    assert report.verdict == "genuine", report.codes
    found = outcomes(report)
    assert {found[name] for name in ("inventory", "rules", "engine")} == {"skipped"}
    assert found["footprint"] in {"passed", "skipped"}
    for change in ("leaves", "rules", "engine"):
        bundle = case.changed()
        if change == "leaves":
            bundle["leaves"][1]["line"].update(quantity=0.1)
        elif change == "rules":
            bundle["rules"]["hash"] = "sha256:" + "2" * 64
        else:
            bundle["engine"]["version"] = "9.0.0"
        assert case.recomputed(bundle, tools).verdict == "invalid", change


def test_other_libraries_here_are_told_and_the_digits_decide(case: Case) -> None:
    here = {**engine_manifest(), "libraries": {"numpy": "99"}}
    report = case.recomputed(tools=Tools(case.inventory, case.rules, here))
    assert report.verdict == "genuine"
    assert any("99" in check.says for check in report.checks if check.name == "engine")


@pytest.mark.parametrize("name", ["intensities-AR6.npy", "inventory.json", "index.json"])
def test_a_flipped_byte_in_the_compiled_inventory_is_found(
    case: Case, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "inventory"
    shutil.copytree(case.inventory.folder, folder)
    target = folder / name
    data = bytearray(target.read_bytes())
    data[-3] ^= 1
    target.write_bytes(data)
    try:
        damaged = load_compiled(folder)
    except InputRefused:
        return  # it could not even be read
    report = case.recomputed(tools=Tools(damaged, case.rules, engine_manifest()))
    assert outcomes(report)["inventory"] == "failed"
    assert name in next(check.says for check in report.checks if check.name == "inventory")


def test_a_missing_file_of_the_inventory_is_named(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "inventory"
    shutil.copytree(case.inventory.folder, folder)
    damaged = load_compiled(folder)
    (folder / "index.json").unlink()
    report = case.recomputed(tools=Tools(damaged, case.rules, engine_manifest()))
    assert "index.json" in next(check.says for check in report.checks if check.name == "inventory")


def test_last_bits_of_another_processor_are_told_apart_from_a_changed_factor(case: Case) -> None:
    """The same matrices solved elsewhere differ in the last bits: the bundle's own bits, which
    agree with ours to nine digits, then give the signed digits."""
    table = np.array(case.inventory.tables["AR6"]) * (1 + 1e-12)
    elsewhere = replace(case.inventory, tables={**case.inventory.tables, "AR6": table})
    report = case.recomputed(tools=Tools(elsewhere, case.rules, engine_manifest()))
    assert report.verdict == "genuine", report.codes
    said = next(check.says for check in report.checks if check.name == "factors")
    assert "another processor" in said
    table = np.array(case.inventory.tables["AR6"]) * (1 + 1e-6)
    corrected = replace(case.inventory, tables={**case.inventory.tables, "AR6": table})
    report = case.recomputed(tools=Tools(corrected, case.rules, engine_manifest()))
    assert {"VER-023", "VER-026"} <= codes(report)


def test_the_document_of_a_decision_is_that_of_the_rules_with_the_hash_of_the_evidence(
    case: Case,
) -> None:
    facts = facts_from_document(case.footprint)
    evidence = read_evidence(EVIDENCE, "evidence")
    decision = decide(case.rules, facts, evidence, "th-tgo", "disclosure", QUESTION.as_of)
    _, made = decision_on(case.footprint, QUESTION, case.rules)
    assert made.pop("evidence_hash").startswith("sha256:")
    assert made == decision_document(decision)


def test_the_certificate_names_hashes_of_everything_it_rests_on(case: Case) -> None:
    view = case.certificate
    assert view["inventory_hash"] == case.inventory.hash
    assert view["rules_hash"] == case.rules.hash
    assert view["engine"].endswith(content_hash(case.bundle["engine"]))
    assert view["bom_commitment"] != case.footprint["provenance"]["bom"]
    assert Decimal(view["total_kg_co2e"]) == Decimal(
        str(case.footprint["totals"]["excluding_biogenic_uptake_kg_co2e"])
    )


def test_nothing_that_is_published_is_a_hash_that_lines_could_be_guessed_from(case: Case) -> None:
    """Every published hash over lines is salted: that of the document is over its public part."""
    published = json.dumps(case.certificate)
    assert case.footprint["provenance"]["bom"] not in published
    assert content_hash(case.footprint) not in published
