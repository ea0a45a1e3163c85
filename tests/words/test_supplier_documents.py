"""What is wrong with a supplier's document is said in Chinese, whatever it is."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from footprint.faults import InputRefused, Where
from footprint.supplier.read import read_supplier
from footprint.words.language import in_language

PCF: dict[str, Any] = {
    "declaredUnitOfMeasurement": "piece",
    "declaredUnitAmount": "1",
    "fossilGhgEmissions": "1.5",
    "pcfExcludingBiogenicUptake": "1.5",
    "pcfIncludingBiogenicUptake": "1.5",
    "ipccCharacterizationFactors": ["AR6"],
}
VIEW: dict[str, Any] = {
    "type": "certificate",
    "boundary": "cradle-to-gate",
    "declared_amount": "1",
    "declared_unit": "piece",
    "total_kg_co2e": "1.5",
    "split": [{"name": "fossil", "kg_co2e": "1.5"}],
    "gwp_sets_used": ["AR6"],
}
#: Changes of a ProductFootprint's pcf, and of a certificate, each with what is wrong with it.
WRONG_PCF: tuple[dict[str, Any], ...] = (
    {"declaredUnitAmount": "0"},
    {"declaredUnitAmount": None},
    {"declaredUnitAmount": "many"},
    {"declaredUnitAmount": {}},
    {"declaredUnitOfMeasurement": "bushel"},
    {"fossilGhgEmissions": "-1"},
    {"fossilGhgEmissions": "1e999999"},
    {"pcfExcludingBiogenicUptake": "9"},
    {"primaryDataShare": "700"},
    {"ipccCharacterizationFactors": "AR6"},
    {"referencePeriodEnd": "last year"},
    {"aircraftGhgEmissions": "7"},
    {"dqi": "good"},
    {"dqi": {"technologicalDQR": "9", "geographicalDQR": "1", "temporalDQR": "1"}},
)
WRONG_VIEW: tuple[dict[str, Any], ...] = (
    {"boundary": "cradle-to-grave"},
    {"boundary": ""},
    {"declared_amount": "0"},
    {"declared_unit": "bushel"},
    {"split": "all"},
    {"split": [{"name": "fossil", "kg_co2e": "-1.5"}]},
    {"total_kg_co2e": "9"},
    {"gwp_sets_used": "AR6"},
    {"valid_until": "soon"},
)
_ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
_NAMES = re.compile(r"accept_stated_totals: \S+|PACT v3|kg CO2e|'[^']*'")


def pact(changes: dict[str, Any]) -> bytes:
    return json.dumps({"specVersion": "3.0.0", "pcf": PCF | changes}).encode()


DOCUMENTS = [
    *(pact(changes) for changes in WRONG_PCF),
    *(json.dumps(VIEW | changes).encode() for changes in WRONG_VIEW),
    json.dumps({"specVersion": "2.3.0", "pcf": PCF}).encode(),
    json.dumps({"pcf": PCF}).encode(),
    b"{}",
    b'{"a": "\\u0007"}',
    b" " * 30_000_000,
]


@pytest.mark.parametrize("at", range(len(DOCUMENTS)))
def test_no_english_sentence_is_left(at: int) -> None:
    with pytest.raises(InputRefused) as refused:
        read_supplier(DOCUMENTS[at], "cell.json", Where("bom.csv", 3))
    for problem in refused.value.problems:
        told = in_language(problem, "zh")
        for text in (told.message, told.hint):
            assert not _ENGLISH.search(_NAMES.sub("", text)), (problem.message, text)
