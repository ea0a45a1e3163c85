"""The bundle: everything a verifier needs to calculate a certificate again, in one JSON document.

It holds the bill of materials, so it is for the verifier alone; a buyer gets the certificate.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from footprint.certificates.jose import json_object
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import CATEGORIES
from footprint.proof.faults import BUNDLE
from footprint.study import DecidedQuestion, Inputs
from footprint.values.decision import Tier

SCHEMA = "1"
#: Far above any bill of materials that is certified; a larger file is not opened.
MAX_BYTES = 100_000_000


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _File(_Shape):
    name: str
    base64: str


class _Factor(_Shape):
    dataset: str
    unit: str
    kg_co2e_per_unit: dict[str, float]


class _InventoryReference(_Shape):
    hash: str


class _RulesReference(_Shape):
    hash: str
    scheme: dict[str, Any]


class Bundle(_Shape):
    """A bundle as it was read; nothing in it is trusted before it was checked."""

    type: Literal["bundle"]
    version: Annotated[Literal["1"], Field(alias="schema")]
    number: str
    credential: str
    certificate: dict[str, Any]
    bom: _File
    product_file: _File | None
    site_file: _File | None = None
    matches_file: _File | None = None
    mapping_file: _File | None = None
    documents: list[_File] = []
    electricity: Literal["location", "market"] = "location"
    allow_gaps: bool = False
    screening: bool = False
    leaves: Annotated[list[dict[str, Any]], Field(min_length=1)]
    evidence: str
    scheme: str
    tier: Tier
    decided_on: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    gwp_set: str
    inventory: _InventoryReference
    factors: list[_Factor]
    rules: _RulesReference
    engine: dict[str, Any]
    seed: int | None
    statement: str = ""
    verifier: dict[str, Any] | None = None

    def inputs(self) -> Inputs:
        """The files of the bill of materials. Raises ValueError when one is not base64."""
        return Inputs(
            self.bom.name,
            _decoded(self.bom.base64),
            None if self.product_file is None else _decoded(self.product_file.base64),
            self.gwp_set,
            None if self.site_file is None else _decoded(self.site_file.base64),
            {one.name: _decoded(one.base64) for one in self.documents},
            self.electricity,
            None if self.matches_file is None else _decoded(self.matches_file.base64),
            None if self.mapping_file is None else _decoded(self.mapping_file.base64),
            self.allow_gaps,
            self.screening,
        )


@dataclass(frozen=True, slots=True)
class SignedBehind:
    """The signed statement behind "verified by", and its verifier as the register publishes it."""

    token: str
    verifier: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BundleContents:
    """What goes into a bundle, as its owner keeps it."""

    number: str
    credential: str
    certificate: Mapping[str, Any]
    inputs: Inputs
    leaves: Sequence[Mapping[str, Any]]
    question: DecidedQuestion
    datasets: Sequence[str]
    statement: SignedBehind | None = None


def bundle_document(
    contents: BundleContents,
    inventory: CompiledInventory,
    rules: Mapping[str, Any],
    rules_hash: str,
    engine: Mapping[str, Any],
) -> dict[str, Any]:
    """The bundle of a certificate as JSON.

    `rules` is the document of its scheme; `datasets` names what its lines point to, whose factors
    are written out. `seed` is null: a certified value is calculated without random numbers.
    """
    inputs = contents.inputs
    return {
        "type": "bundle",
        "schema": SCHEMA,
        "number": contents.number,
        "credential": contents.credential,
        "certificate": dict(contents.certificate),
        "bom": _file(inputs.file, inputs.data),
        "product_file": _file_or_none("product.yaml", inputs.product_file),
        "site_file": _file_or_none("site.yaml", inputs.site_file),
        "matches_file": _file_or_none("matches.yaml", inputs.matches_file),
        "mapping_file": _file_or_none("mapping.yaml", inputs.mapping_file),
        "documents": [_file(name, data) for name, data in sorted(inputs.documents.items())],
        "electricity": inputs.electricity,
        "allow_gaps": inputs.allow_gaps,
        "screening": inputs.screening,
        "leaves": [dict(leaf) for leaf in contents.leaves],
        "evidence": contents.question.evidence,
        "scheme": contents.question.scheme,
        "tier": contents.question.tier,
        "decided_on": contents.question.as_of.isoformat(),
        "gwp_set": inputs.gwp_set,
        "inventory": {"hash": inventory.hash},
        "factors": factors_of(inventory, contents.datasets, inputs.gwp_set),
        "rules": {"hash": rules_hash, "scheme": dict(rules)},
        "engine": dict(engine),
        "seed": None,
        **_statement_members(contents.statement),
    }


def _statement_members(behind: SignedBehind | None) -> dict[str, Any]:
    """Left out where there is none, so that every reader of bundles reads those of before."""
    if behind is None:
        return {}
    return {"statement": behind.token, "verifier": dict(behind.verifier)}


def factors_of(
    inventory: CompiledInventory, datasets: Sequence[str], gwp_set: str
) -> list[dict[str, Any]]:
    """The intensities of the datasets that the inventory has, in kg CO2e per unit, by category."""
    table = inventory.table(gwp_set)
    entries = [inventory.datasets[name] for name in sorted(set(datasets) & set(inventory.datasets))]
    return [
        {
            "dataset": entry.id,
            "unit": entry.unit,
            "kg_co2e_per_unit": dict(zip(CATEGORIES, table[:, entry.column].tolist(), strict=True)),
        }
        for entry in entries
    ]


def read_bundle(data: bytes) -> Bundle:
    """The bundle in a file. Raises InputRefused (VER-028) for anything else."""
    try:
        if len(data) > MAX_BYTES:
            raise ValueError(f"it is over {MAX_BYTES} bytes")
        json_object(data)  # refuses names that stand twice
        return Bundle.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "its root"
        says = f"{place}: {first['msg']}"
    except (ValueError, RecursionError) as error:
        says = str(error) or type(error).__name__
    raise BUNDLE.refuse(
        f"The bundle cannot be read: {says}.",
        hint="Ask the holder of the certificate for `footprint bundle NUMBER --out FILE`.",
    )


def _file(name: str, data: bytes) -> dict[str, str]:
    return {"name": name, "base64": base64.b64encode(data).decode("ascii")}


def _file_or_none(name: str, data: bytes | None) -> dict[str, str] | None:
    return None if data is None else _file(name, data)


def _decoded(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("a file in the bundle is not base64") from error
    if base64.b64encode(data).decode("ascii") != text:
        raise ValueError("a file in the bundle is not written in the one form of base64")
    return data
