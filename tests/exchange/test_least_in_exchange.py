"""Forms that strangers read say of a total that lacks something that it is at least so much."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.exchange_samples import pact_sample
from footprint.exchange.open_epd_write import open_epd_document
from footprint.exchange.untp_certificate import certified_passport
from footprint.exchange.untp_write import untp_document

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
    assert ("The value is a lower bound." in claim["description"]) == bool(lacks)
