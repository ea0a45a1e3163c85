"""What a supplier's document says that its total lacks, the total that rests on it lacks too."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from test_supplier_footprints import PERIOD, certificate, pact, supplied
from toy_boms import footprint, row

from footprint.faults import InputRefused
from footprint.pact.document import pact_document
from footprint.values.lacks import LACKS, lacks_told, least_sentence, screened_share_told
from footprint.words.language import in_words

NOW = datetime(2026, 1, 2, tzinfo=UTC)
#: What PACT documents ask of a product.
FACTS = (
    PERIOD,
    "company: Tool works",
    "company_ids: urn:gln:4000001000005",
    "product_ids: urn:gtin:04000001000012",
    "mass: 1 kg",
)


def _least(document: Any) -> Any:
    return supplied(document, quantity=1)


@pytest.mark.parametrize("name", LACKS)
def test_a_comment_of_ours_is_read_as_it_is_written(name: str) -> None:
    assert lacks_told(f"Note. {least_sentence([name, 'gaps'])} More.") == (
        LACKS[name],
        LACKS["gaps"],
    )
    assert lacks_told("The total is complete.") == ()


def test_a_document_that_says_at_least_makes_the_buyers_total_at_least() -> None:
    document = pact() | {
        "comment": "The total is at least what it says; it lacks: "
        "lines that were left out, steps that models of parts do not have."
    }
    found = _least(document)
    assert found.total == pytest.approx(2.0)
    assert (found.completeness.word, found.completeness.lacks) == (
        "at least",
        ("supplier_coverage",),
    )
    assert found.completeness.lacking_share == 1.0
    told = [one.message for one in found.warnings if one.code == "SUP-014"]
    assert [one.rpartition("it lacks ")[2] for one in told] == [LACKS["gaps"], LACKS["part_steps"]]
    spoken = in_words(told[0], "zh")
    assert spoken.endswith("是下限：缺未计入的行")


def test_a_document_that_is_complete_or_silent_changes_nothing() -> None:
    for comment in ({}, {"comment": "The total is complete."}, {"comment": "two\nlines"}):
        found = _least(pact() | comment)
        assert (found.completeness.word, found.completeness.lacking_share) == ("complete", 0.0)


@pytest.mark.parametrize(("stated", "share"), [("3", 0.03), ("0.5", 0.005), (2.5, 0.025)])
def test_exempted_emissions_of_a_supplier_are_missing_in_the_buyers_total(
    stated: Any, share: float
) -> None:
    found = supplied(pact(exemptedEmissionsPercent=stated), row(quantity=1, dataset="steel"),
                     quantity=1)  # fmt: skip
    assert found.completeness.lacks == ("supplier_coverage",)
    coil = found.contributions[0].kg_co2e
    assert found.completeness.lacking_share == pytest.approx(share * coil / found.total)
    assert any(one.code == "SUP-014" for one in found.warnings)
    assert _least(pact(exemptedEmissionsPercent="0")).completeness.word == "complete"


def test_a_certificate_hands_on_what_its_total_lacks() -> None:
    line: dict[str, Any] = {"quantity": 1, "unit": "piece"}
    found = supplied(certificate(lacks=["making_of_parts"]), **line)
    assert found.completeness.lacks == ("supplier_coverage",)
    assert supplied(certificate(lacks=[]), **line).completeness.word == "complete"
    with pytest.raises(InputRefused, match=r"SUP-003.*coil\.json: lacks is not a list"):
        supplied(certificate(lacks="gaps"), **line)


def test_a_screening_result_of_a_supplier_covers_the_rest_alone() -> None:
    said = (
        "SCREENING RESULT: 40.0% of the mass rests on screening figures (1 lines, 1 to 2 kg CO2e)."
    )
    found = _least(pact() | {"comment": said})
    assert screened_share_told(said) == 0.4
    assert found.coverage.mass == pytest.approx(0.6)
    assert found.completeness.lacks == ("supplier_coverage",)


def test_what_lacks_something_is_told_down_a_chain_of_suppliers() -> None:
    """Tier 2 exempts; tier 1 writes it in its PACT document; the buyer reads it there."""
    first = supplied(
        pact(exemptedEmissionsPercent="2"), quantity=1, unit="kg", facts="|".join(FACTS)
    )
    second = pact_document(first, NOW)
    found = footprint(
        row("Tool", supplier_pcf="tool.json", quantity=1, unit="piece"),
        documents={"tool.json": second},
        facts=PERIOD,
    )
    assert found.completeness.lacks == ("supplier_coverage",)
    assert any(LACKS["supplier_coverage"] in one.message for one in found.warnings)


def test_a_refusal_names_the_document_and_not_the_table() -> None:
    with pytest.raises(InputRefused) as refused:
        _least(pact("0"))
    (problem,) = refused.value.problems
    assert problem.message == "coil.json: pcf.declaredUnitAmount is not above zero"
    with pytest.raises(InputRefused) as refused:
        _least(pact(pcfExcludingBiogenicUptake="9000"))
    (problem,) = refused.value.problems
    assert problem.message.startswith("coil.json: the total is 9000 kg CO2e")
    assert in_words(problem.message, "zh").startswith("coil.json：总量为 9000")


@pytest.mark.parametrize(
    ("coverage", "told"), [("0.5", "50%"), ("0.29", "29%"), ("0.996", "99%"), ("0.004", "0%")]
)
def test_what_a_document_covers_is_rounded_down(coverage: str, told: str) -> None:
    found = supplied(certificate(coverage_mass=coverage), quantity=1, unit="piece")
    assert any(one.message.endswith(f"covers {told} of its mass") for one in found.warnings)
