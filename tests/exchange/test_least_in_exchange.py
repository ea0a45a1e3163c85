"""Forms that strangers read say of a total that lacks something that it is at least so much."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.exchange_samples import pact_sample
from footprint.exchange.catena_x_write import catena_x_document
from footprint.exchange.exact_json import exact_bytes
from footprint.exchange.open_epd_write import open_epd_document
from footprint.exchange.read import read_supplier_document
from footprint.exchange.untp_certificate import certified_passport
from footprint.exchange.untp_write import untp_document
from footprint.faults import Where
from footprint.values.lacks import LACKS, screening_sentence
from footprint.values.supplier import SupplierPcf

sys.path.append(str(Path(__file__).parents[1] / "certificates"))
import certificate_samples as samples

LEAST = "The total is at least what it says; it lacks: steps that models of parts do not have."


@pytest.mark.parametrize("said", [LEAST, "The total is complete.", ""])
def test_the_comment_of_a_document_goes_along(said: str) -> None:
    source: dict[str, Any] = {**pact_sample(), "comment": said}
    assert open_epd_document(source)["ext"]["pact"].get("comment", "") == said
    (claim,) = untp_document(source)["credentialSubject"]["performanceClaim"]
    assert claim["description"].endswith(said or "GWP100.")


@pytest.mark.parametrize("lacks", [(), ("part_steps",)])
def test_the_passport_of_a_certificate_begins_with_it(lacks: tuple[str, ...]) -> None:
    whole = replace(samples.view(), coverage_mass="1", coverage_lines="1", lacks=lacks)
    (claim,) = certified_passport(whole)["credentialSubject"]["performanceClaim"]
    assert ("The value is a lower bound; it lacks: steps" in claim["description"]) == bool(lacks)


def _read_again(document: Any, file: str) -> SupplierPcf:
    return read_supplier_document(
        exact_bytes(document), file, Where("table.csv", 2, "supplier_pcf")
    )


@pytest.mark.parametrize("form", [open_epd_document, untp_document, catena_x_document])
def test_what_a_form_says_is_read_in_it_again(form: Any) -> None:
    """A total that was at least so much came back as complete, by openEPD and by passports."""
    source = pact_sample()
    for said, lacks in ((LEAST, (LACKS["part_steps"],)), ("The total is complete.", ())):
        found = _read_again(form({**source, "comment": said}), "form.json")
        assert (found.lacks, found.coverage) == (lacks, 1.0)
    screened = screening_sentence(0.25, "the mass rests on screening figures")
    assert _read_again(form({**source, "comment": screened}), "form.json").coverage == 0.75


@pytest.mark.parametrize("lacks", [(), ("part_steps",)])
def test_a_passport_of_a_certificate_is_read_as_it_says(lacks: tuple[str, ...]) -> None:
    whole = replace(samples.view(), coverage_mass="1", coverage_lines="1", lacks=lacks)
    found = _read_again(certified_passport(whole), "passport.json")
    assert found.lacks == tuple(LACKS[one] for one in lacks)
    partly = _read_again(certified_passport(replace(whole, coverage_mass="0.9")), "passport.json")
    assert bool(partly.lacks) is True
