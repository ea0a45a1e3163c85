"""What a verifier's room rests on: samples that anybody draws again, chains, differences."""

from __future__ import annotations

import hashlib
import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from evidence import some
from hypothesis import given
from hypothesis import strategies as st

from footprint.inventory.compiled import CompiledInventory
from footprint.proof.chain import line_chains, line_shares
from footprint.proof.difference import first_difference
from footprint.proof.sample import HEAVY, draw_sample, sample_size
from footprint.rules.evidence_file import read_evidence
from footprint.rules.statement import with_statement
from footprint.study import Inputs, footprint_from

EXAMPLES = Path(__file__).parents[2] / "examples"


@given(
    shares=st.lists(st.floats(-0.2, 1.0), max_size=150),
    seed=st.integers(0, 10**9),
)
def test_a_sample_is_all_that_is_heavy_and_one_more_than_the_root_of_the_rest(
    shares: list[float], seed: int
) -> None:
    numbered = dict(enumerate(shares, start=1))
    found = draw_sample(numbered, seed)
    assert set(found.heavy) == {at for at, share in numbered.items() if abs(share) >= HEAVY}
    rest = len(shares) - len(found.heavy)
    assert len(found.drawn) == min(rest, 1 + math.ceil(math.sqrt(rest))) * (rest > 0)
    assert not set(found.drawn) & set(found.heavy)
    assert list(found.numbers) == sorted(found.numbers)
    assert found == draw_sample(dict(reversed(numbered.items())), seed)


def test_anybody_draws_the_same_lines_with_sha256() -> None:
    found = draw_sample(dict.fromkeys(range(1, 121), 0.001), 4711)
    order = sorted(range(1, 121), key=lambda n: hashlib.sha256(f"4711 {n}".encode()).hexdigest())
    assert list(found.drawn) == sorted(order[:12])
    assert draw_sample(dict.fromkeys(range(1, 121), 0.001), 4712) != found


def test_every_line_has_about_the_same_chance() -> None:
    """Of 40 lines, 8 are drawn: 200 for each in 1,000 draws, with a standard deviation of 12.6."""
    shares = dict.fromkeys(range(1, 41), 0.0)
    assert sample_size(40) == 8
    counts = dict.fromkeys(shares, 0)
    for seed in range(1_000):
        for number in draw_sample(shares, seed).drawn:
            counts[number] += 1
    assert max(abs(count - 200) for count in counts.values()) < 5 * 12.65


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ({"a": 1, "b": [1, 2]}, {"a": 1, "b": [1, 3]}, "b.2"),
        ({"a": 1}, {"a": 1, "b": 2}, "b"),
        ({"a": [1]}, {"a": [1, 2]}, "a.2"),
        ({"a": {"b": "x"}}, {"a": {"b": "y"}}, "a.b"),
        ({"a": 0.1 + 0.2}, {"a": 0.3}, "a"),
        ({"a": True}, {"a": 1}, "a"),
        ({"a": None}, {"a": 0}, "a"),
    ],
)
def test_the_first_part_that_differs_is_named(before: Any, after: Any, where: str) -> None:
    found = first_difference(before, after)
    assert found is not None
    assert found.where == where
    assert first_difference(before, before) is None


def test_a_chain_leads_from_the_cells_to_the_kg(inventory: CompiledInventory) -> None:
    path = EXAMPLES / "fan-erp.xlsx"
    mapping = EXAMPLES / "fan-erp.mapping.yaml"
    given_mapping = mapping.read_bytes() if mapping.exists() else None
    inputs = Inputs(path.name, path.read_bytes(), mapping_file=given_mapping, allow_gaps=True)
    bom, table = inputs.read_with_table()
    document = footprint_from(bom, inputs, inventory)
    chains = line_chains(range(1, len(bom.lines) + 1), bom, table, document, inventory)
    assert [chain.number for chain in chains] == list(range(1, len(bom.lines) + 1))
    total = document["totals"]["excluding_biogenic_uptake_kg_co2e"]
    assert math.fsum(chain.kg_co2e for chain in chains) == pytest.approx(total, rel=1e-12)
    for chain, line in some(list(zip(chains, bom.lines, strict=True))):
        texts = [text for _, text in chain.cells]
        assert line.name in texts
        for link in chain.links:
            if link.factor is not None:
                assert link.factor * link.quantity == pytest.approx(link.kg_co2e, rel=1e-12)
    named = [link for chain in chains for link in chain.links if link.publisher]
    assert named
    for link in some(named):
        assert link.licence
        assert link.locator
        assert link.figures
    shares = line_shares(bom, document)
    assert math.fsum(shares.values()) == pytest.approx(1.0)


def test_a_link_of_an_estimate_by_material_has_its_chinese_name(
    inventory: CompiledInventory,
) -> None:
    table = b"# name: Cover\nid,name,quantity,unit,dataset\n1,Lid,1,kg,screening-plastic\n"
    inputs = Inputs("cover.csv", table, allow_gaps=True)
    bom, found = inputs.read_with_table()
    document = footprint_from(bom, inputs, inventory)
    (chain,) = line_chains([1], bom, found, document, inventory)
    (link,) = chain.links
    assert (link.name, link.name_zh) == ("Screening figure: plastics", "按材料类别估算：塑料")


def test_a_statement_goes_into_the_evidence_and_replaces_an_older_one() -> None:
    text = "# a remark\nsales_channel: b2b\nmethods: [TGO CFP guideline]\n"
    day = date(2026, 11, 20)
    once = with_statement(text, "Prüf Ltd", "third-party", "limited", day)
    twice = with_statement(once, "Other Ltd", "accredited-body", "reasonable", day)
    first, second = read_evidence(once, "e"), read_evidence(twice, "e")
    assert first.verification is not None
    assert second.verification is not None
    assert (first.verification.by, second.verification.by) == ("Prüf Ltd", "Other Ltd")
    assert (first.sales_channel, second.sales_channel) == ("b2b", "b2b")
    assert str(first.verification.date) == "2026-11-20"
    empty = read_evidence(with_statement("", "Prüf Ltd", "third-party", "limited", day), "e")
    assert empty.verification is not None
