"""What the program publishes has the form of its schemas, which lie in the package."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from footprint.bom.read import read_bom
from footprint.canonical_fast import canonical_bytes
from footprint.documents.footprint import footprint_document
from footprint.documents.forms import DocumentName, FootprintForm, document_schema
from footprint.documents.schemas import schema_text
from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory
from footprint.rules import load_rules
from footprint.study import DecidedQuestion, decision_on
from footprint.uncertainty.simulate import SimulationSettings, add_uncertainty

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
FIXTURES = sorted((ROOT / "tests" / "proof" / "fixtures").iterdir())


def _valid(document: dict[str, Any], name: str) -> None:
    jsonschema.Draft202012Validator(json.loads(schema_text(name))).validate(document)


@pytest.mark.parametrize("name", get_args(DocumentName))
def test_the_schema_in_the_package_is_that_of_the_form(
    name: DocumentName, update_golden: bool
) -> None:
    made = json.dumps(document_schema(name), ensure_ascii=False, indent=2) + "\n"
    path = ROOT / "footprint" / "documents" / "published" / f"{name}.schema.json"
    if update_golden:
        path.write_text(made, "utf-8")
    assert schema_text(name) == made, "make golden writes the schemas anew"
    jsonschema.Draft202012Validator.check_schema(json.loads(made))


@pytest.mark.parametrize("file", ["power-bank.csv", "t-shirt.xlsx", "biscuits.csv"])
def test_a_footprint_has_its_published_form(file: str, inventory: CompiledInventory) -> None:
    """Read into the form and written again it is the same bytes."""
    result = calculate(read_bom(EXAMPLES / file), inventory)
    for one in (result, add_uncertainty(result, inventory, SimulationSettings(draws=200))):
        document = json.loads(canonical_bytes(footprint_document(one)))
        _valid(document, "footprint")
        form = FootprintForm.model_validate(document)
        again = form.model_dump(mode="json", by_alias=True, exclude_unset=True)
        assert canonical_bytes(again) == canonical_bytes(document)


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_documents_of_earlier_versions_have_it_too(folder: Path) -> None:
    for name in ("footprint", "decision"):
        _valid(json.loads((folder / f"{name}.json").read_text("utf-8")), name)


@pytest.mark.parametrize("scheme", ["th-tgo", "nz-toitu", "iso-14067"])
def test_a_decision_has_its_published_form(scheme: str) -> None:
    footprint = json.loads((FIXTURES[0] / "footprint.json").read_text("utf-8"))
    rules = load_rules()
    tier = next(iter(rules.scheme(scheme).tiers))
    question = DecidedQuestion(scheme, tier, date(2026, 11, 20), "sales_channel: b2b\n")
    _, document = decision_on(footprint, question, rules)
    _valid(json.loads(canonical_bytes(document)), "decision")
    assert ("scheme_short_name" in document) == (scheme == "th-tgo")


@pytest.mark.parametrize("name", ["footprint", "decision"])
def test_a_member_that_is_not_published_is_refused_by_the_schema(name: DocumentName) -> None:
    document = json.loads((FIXTURES[0] / f"{name}.json").read_text("utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        _valid({**document, "another": 1}, name)
    with pytest.raises(jsonschema.ValidationError):
        _valid(dict(list(document.items())[:-4]), name)
