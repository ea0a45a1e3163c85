"""The form of the published documents, for readers: `footprint.json` and `decision.json`.

Their JSON Schemas (draft 2020-12) are made from here and lie beside this file.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from footprint.method.checks import MethodCheck
from footprint.values.allocation import Allocation
from footprint.values.bom import Bom
from footprint.values.decision import Decision
from footprint.values.product import DeclaredUnit, EnergyCertificate
from footprint.values.result import (
    Boundary,
    CleanPower,
    Coverage,
    Electricity,
    GroupShare,
    MatchedBy,
    Quality,
    RecycledContent,
    Source,
    Split,
    SupplierDocument,
)
from footprint.values.uncertainty import Convergence, QuantityGsd2, Share

DocumentName = Literal["footprint", "decision", "bom"]
_Hash = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, ser_json_inf_nan="strings")


class ProductForm(_Form):
    """Facts about the product and its maker; empty or null means not given."""

    name: str
    name_zh: str
    product_ids: tuple[str, ...]
    mass_kg: float | None
    country: str
    period_start: str | None
    period_end: str | None
    company: str
    company_zh: str
    company_ids: tuple[str, ...]
    category: str
    description: str
    exempted_emissions_percent: float | None
    exempted_emissions_description: str
    fossil_carbon_content: float | None
    biogenic_carbon_content: float | None
    recycled_carbon_content: float | None
    classifications: tuple[str, ...] = ()
    accept_stated_totals: tuple[str, ...] = ()


class TotalsForm(_Form):
    """kg CO2e per declared unit; the first is what a label shows."""

    excluding_biogenic_uptake_kg_co2e: float
    including_biogenic_uptake_kg_co2e: float


class ContributionForm(_Form):
    """What one line of the bill of materials adds to the total excluding biogenic uptake."""

    line: str
    row: int
    name: str
    stage: str
    dataset: str
    dataset_name: str
    quantity: float
    unit: str
    kg_co2e: float
    share: float
    matched_by: MatchedBy
    data_type: str
    uncertainty: float | None = None


class CompletenessForm(_Form):
    """Whether the total is complete, or the least that it can be because something is lacking.

    `lacks` says what: `gaps` (lines left out), `screening` (figures by class of material),
    `part_steps` (steps that models of parts lack), `making_of_parts` (only their material is
    counted), `cut_off` (datasets imported without some inputs), `supplier_coverage`,
    `unlisted_mass` (the product weighs more than its lines), `exempted` (its maker says that he
    left something out, `exempted_emissions_percent`). Shares are of
    the mass, 0 to 1; `unknown_mass_share` is that without any figure, None where it cannot be told;
    `unlisted_mass_share` that of the product's stated mass which no line is (not there: none).
    `lacking_share`: how much of the total stands on figures that lack something, together with
    that mass, 0 to 1 (not there: none).
    The interval of the screening figures is the sum of their 5th and 95th percentiles, kg CO2e.
    """

    word: Literal["complete", "at least"] = "complete"
    lacks: tuple[str, ...] = ()
    screening_result: bool = False
    screening_lines: int = 0
    screening_mass_share: float = 0.0
    unknown_mass_share: float | None = 0.0
    unlisted_mass_share: float = 0.0
    lacking_share: float = 0.0
    screening_kg_co2e: float = 0.0
    screening_low_kg_co2e: float = 0.0
    screening_high_kg_co2e: float = 0.0


class SharesForm(_Form):
    """Shares of the variance, largest first, and how they were made."""

    method: str
    shares: tuple[Share, ...]


class UncertaintyForm(_Form):
    """The interval of the total excluding biogenic uptake."""

    low: float
    high: float
    level: float
    draws: int
    seed: int
    median: float
    mean: float
    extended: bool
    convergence: Convergence
    unstated_share: float
    quantity_gsd2: QuantityGsd2
    by_line: SharesForm
    by_figure: SharesForm


class ProvenanceForm(_Form):
    """Version of the program, and the hashes of what the result was made of."""

    engine: str
    inventory: _Hash
    bom: _Hash
    documents: tuple[SupplierDocument, ...] = ()


class WarningForm(_Form):
    """What the calculation noticed and did not refuse."""

    code: str
    message: str
    hint: str
    file: str
    row: int | None
    column: str | None


class SubjectForm(_Form):
    """What an organisation or an event says beyond a product."""

    kind: Literal["organisation", "event"]
    boundary: str
    groups: tuple[GroupShare, ...]
    clean_power: CleanPower
    energy_certificates: tuple[EnergyCertificate, ...]


class FootprintForm(_Form):
    """A footprint per declared unit: `footprint calculate BOM --format json`. Numbers are
    unrounded; burdens are kg CO2e per declared unit."""

    type: Literal["footprint"]
    schema_version: Literal["1"] = Field(alias="schema")
    product: ProductForm
    declared_unit: DeclaredUnit
    boundary: Boundary
    gwp_set: str
    gwp_rule: str
    gwp_rule_zh: str
    gwp_sets_used: tuple[str, ...]
    totals: TotalsForm
    split: Split
    undetermined: tuple[str, ...]
    stages: dict[str, float]
    contributions: tuple[ContributionForm, ...]
    coverage: Coverage
    completeness: CompletenessForm
    quality: Quality
    uncertainty: UncertaintyForm | None = None
    electricity: Electricity | None = None
    recycled_content: RecycledContent | None = None
    allocation: Allocation | None = None
    subject: SubjectForm | None = None
    checks: tuple[MethodCheck, ...]
    provenance: ProvenanceForm
    sources: tuple[Source, ...]
    warnings: tuple[WarningForm, ...]


_FORMS: dict[DocumentName, Any] = {"footprint": FootprintForm, "decision": Decision, "bom": Bom}
_SAYS: dict[DocumentName, str] = {
    "footprint": "A product carbon footprint as this program publishes it.",
    "decision": "A decision on a footprint under the rules of a label scheme.",
    "bom": "A bill of materials as it is understood: product, lines in file order, documents.",
}


def document_schema(name: DocumentName, refs: str = "#/$defs/{model}") -> dict[str, Any]:
    """The JSON Schema of a document, made from its form. `refs`: how a part is named, with its
    parts in `$defs`."""
    schema = TypeAdapter(_FORMS[name]).json_schema(ref_template=refs)
    if name == "decision":  # written beside the fields of the decision, in a certificate's bundle
        schema["properties"]["evidence_hash"] = {
            "title": "Evidence Hash",
            "type": "string",
            "pattern": "^sha256:[0-9a-f]{64}$",
        }
        schema["additionalProperties"] = False
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        "description": _SAYS[name],
    }
    return schema | head
