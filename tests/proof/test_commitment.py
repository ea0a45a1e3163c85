"""The commitment to a bill of materials: every byte counts, nothing can be guessed, lines prove."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from recompute_kit import BOM, Case, issued
from rfc8785 import IntegerDomainError

from footprint.certificates import VerificationReport
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.proof.commitment import (
    commitment_leaves,
    commitment_root,
    commitment_to,
    proof_holds,
    prove_lines,
)
from footprint.proof.proof import proof_document, read_proof, verify_proof
from footprint.rules import load_rules
from footprint.study import Inputs

SECRET = bytes(range(32))


def root(data: bytes, secret: bytes = SECRET, **more: Any) -> str:
    inputs = Inputs("b.csv", data, **more)
    return commitment_root(commitment_leaves(inputs.read(), inputs, secret))


@pytest.fixture(scope="module")
def case(inventory: CompiledInventory) -> Case:
    return issued(inventory, load_rules())


def test_the_same_lines_and_secret_give_the_same_commitment() -> None:
    assert root(BOM.encode()) == root(BOM.encode())


@pytest.mark.parametrize(
    "changed",
    [("", ""), ("0.55", "55"), ("Cold-rolled", '冷轧 "\\'), ("0.55", "0.00000012")],
)
def test_the_root_alone_is_that_of_the_leaves(changed: tuple[str, str]) -> None:
    inputs = Inputs("b.csv", BOM.replace(*changed, 1).encode())
    bom = inputs.read()
    leaves = commitment_leaves(bom, inputs, SECRET)
    assert commitment_to(bom, inputs, SECRET) == commitment_root(leaves)


def test_lines_that_only_the_slower_way_writes_have_the_same_root() -> None:
    inputs = Inputs("b.csv", BOM.encode())
    read = inputs.read()
    bom = replace(read, lines=tuple(replace(line, row=2**53 - 1) for line in read.lines))
    assert commitment_to(bom, inputs, SECRET) == commitment_root(
        commitment_leaves(bom, inputs, SECRET)
    )
    wrong = replace(read, lines=tuple(replace(line, row=2**60) for line in read.lines))
    for way in (commitment_to, lambda *given: commitment_root(commitment_leaves(*given))):
        with pytest.raises(IntegerDomainError):
            way(wrong, inputs, SECRET)
    with pytest.raises(ValueError, match="32 bytes"):
        commitment_to(read, inputs, b"short")


def test_another_secret_gives_another_commitment_to_the_same_lines() -> None:
    assert root(BOM.encode()) != root(BOM.encode(), os.urandom(32))


@pytest.mark.parametrize(
    ("old", "new"),
    [("0.55", "0.56"), ("Cold-rolled", "Hot-rolled"), ("2,Elec", "9,Elec"), ("0.5 kg", "0.6 kg")],
)
def test_every_cell_counts(old: str, new: str) -> None:
    assert root(BOM.replace(old, new, 1).encode()) != root(BOM.encode())


def test_every_byte_of_the_files_counts_even_where_it_says_nothing() -> None:
    assert root(BOM.replace("\n", "\r\n").encode()) != root(BOM.encode())
    assert root(BOM.encode(), product_file=b"category: a") != root(
        BOM.encode(), product_file=b"category: a "
    )


def test_salts_differ_from_leaf_to_leaf_and_are_long_enough() -> None:
    inputs = Inputs("b.csv", BOM.encode())
    leaves = commitment_leaves(inputs.read(), inputs, SECRET)
    salts = {leaf["salt"] for leaf in leaves}
    assert len(salts) == len(leaves) == 4
    assert {len(bytes.fromhex(salt)) for salt in salts} == {32}


def test_a_short_secret_is_a_programming_error() -> None:
    inputs = Inputs("b.csv", BOM.encode())
    with pytest.raises(ValueError, match="32 bytes"):
        commitment_leaves(inputs.read(), inputs, b"short")


def test_a_proof_shows_its_line_and_nothing_of_the_others(case: Case) -> None:
    document = proof_document("FP", case.leaves, ["2"])
    text = json.dumps(document)
    assert "Electricity" in text
    assert "steel" not in text
    assert "0.55" not in text
    secrets = {leaf["salt"] for leaf in case.leaves} - {case.leaves[2]["salt"]}
    assert not [salt for salt in secrets if salt in text]


def proved(case: Case, document: dict[str, Any]) -> VerificationReport:
    return verify_proof(case.verified(), read_proof(json.dumps(document).encode()))


def test_a_proof_is_verified_against_the_signed_certificate(case: Case) -> None:
    report = proved(case, proof_document(case.bundle["number"], case.leaves, ["1", "3"]))
    assert report.verdict == "genuine"
    assert [check.name for check in report.checks].count("line") == 2
    assert "0.55 kg Cold-rolled steel" in report.checks[-2].says


def _line(proof: dict[str, Any]) -> dict[str, Any]:
    line: dict[str, Any] = proof["lines"][0]["leaf"]["line"]
    return line


FORGERIES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a smaller quantity": lambda p: _line(p).update(quantity=0.1),
    "another dataset": lambda p: _line(p).update(dataset="wood"),
    "another place": lambda p: p["lines"][0]["leaf"].update(index=2),
    "another number of lines": lambda p: p["lines"][0]["leaf"].update(of=3),
    "another salt": lambda p: p["lines"][0]["leaf"].update(salt="00" * 32),
    "another path": lambda p: p["lines"][0]["path"].reverse(),
    "no path": lambda p: p["lines"][0].update(path=[]),
    "a path of words": lambda p: p["lines"][0].update(path=["x"]),
    "short hashes": lambda p: p["lines"][0].update(path=["00"]),
    "an index of text": lambda p: p["lines"][0]["leaf"].update(index="1"),
    "no lines": lambda p: p.update(lines=[]),
    "lines of another kind": lambda p: p.update(lines="x"),
    "an empty line": lambda p: p.update(lines=[None]),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_proof_is_refused(case: Case, name: str) -> None:
    document = copy.deepcopy(proof_document("FP", case.leaves, ["1"]))
    FORGERIES[name](document)
    report = proved(case, document)
    assert (report.verdict, set(report.codes)) == ("invalid", {"VER-029"})


def test_a_proof_of_another_certificate_is_refused(
    case: Case, inventory: CompiledInventory
) -> None:
    other = issued(inventory, load_rules())  # the same lines, another secret
    assert proved(case, proof_document("FP", other.leaves, ["1"])).codes == ("VER-029",)


def test_a_proof_says_nothing_about_a_forged_certificate(case: Case) -> None:
    forged = replace(case, certificate={**case.certificate, "bom_commitment": "sha256:" + "0" * 64})
    report = proved(forged, proof_document("FP", case.leaves, ["1"]))
    assert report.codes == ("VER-011",)
    assert not [check for check in report.checks if check.name == "line"]


@pytest.mark.parametrize("lines", [[], ["9"], ["1", "9"]])
def test_a_line_that_is_not_there_cannot_be_proved(case: Case, lines: list[str]) -> None:
    with pytest.raises(InputRefused, match="VER-030"):
        prove_lines(case.leaves, lines)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"type":"x"}', b"[" * 100_000])
def test_a_file_that_is_no_proof_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused, match="VER-029"):
        read_proof(data)


@pytest.mark.parametrize("proof", [None, 1, {}, {"leaf": 1}, {"leaf": {}, "path": []}])
def test_nonsense_is_no_proof_and_never_raises(proof: object) -> None:
    assert not proof_holds(proof, "sha256:" + "0" * 64)
