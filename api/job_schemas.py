"""Shapes of jobs, and of bills of materials sent as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from api.schemas import Asked, ProblemDocument, Shape

JobStateName = Literal["waiting", "running", "done", "failed", "cancelled"]


class JobProgress(Shape):
    """How far a job is."""

    done: int = Field(description="Steps that are done.")
    total: int = Field(description="All steps; 0 before they are known.")


class JobResult(Shape):
    """What came of a job that is done."""

    footprint_id: str | None = Field(default=None, description="Id of the footprint it made.")
    url: str | None = Field(default=None, description="Address of what it made.")
    refused_url: str | None = Field(
        default=None, description="Of a catalogue: address of the table of what was refused."
    )
    products: int | None = Field(
        default=None, description="Of a catalogue: how many products have results."
    )
    refused: int | None = Field(
        default=None, description="Of a catalogue: how many products were refused."
    )


class JobAnswer(Shape):
    """Work that takes longer than a request."""

    id: str = Field(description="Id of the job (UUID).")
    kind: str = Field(description="Kind of work.", examples=["footprint"])
    state: JobStateName = Field(
        description="waiting or running; then done, failed (see `problem`) or cancelled, for good."
    )
    created_at: datetime = Field(description="When it was handed in (UTC).")
    changed_at: datetime = Field(description="When it last changed (UTC).")
    progress: JobProgress = Field(description="How far it is.")
    attempt: int = Field(description="How often it was begun; more than 1 after an interruption.")
    url: str = Field(description="Where to ask after it.")
    result: JobResult | None = Field(description="What came of it; null unless it is done.")
    problem: ProblemDocument | None = Field(
        description="Why it failed, as the request itself would have been answered; else null."
    )


class JobPage(Shape):
    """A page of your jobs, newest first."""

    jobs: list[JobAnswer] = Field(description="The jobs.")
    next: str | None = Field(description="Cursor of the next page; null on the last one.")


class BomProduct(Asked):
    """Facts of the product, as the rows `# key: value` of a table state them."""

    name: str = Field(min_length=1, max_length=500, description="Name of the product.")
    name_zh: str | None = Field(default=None, description="Chinese name.")
    product_ids: list[str] | None = Field(default=None, description="Identifiers, such as GTINs.")
    declared_unit: str | None = Field(
        default=None, description="Amount and unit that the result is per.", examples=["1 piece"]
    )
    mass: str | None = Field(
        default=None, description="Mass per declared unit, with its unit.", examples=["0.5 kg"]
    )
    country: str | None = Field(default=None, description="Country of the site (ISO 3166).")
    reference_period: str | None = Field(
        default=None, description="Period of the data.", examples=["2025-01-01/2025-12-31"]
    )
    company: str | None = Field(default=None, description="Who makes it.")
    company_zh: str | None = Field(default=None, description="Chinese name of the company.")
    company_ids: list[str] | None = Field(default=None, description="Its identifiers.")
    category: str | None = Field(default=None, description="Product category.")
    description: str | None = Field(default=None, description="Description.")
    exempted_emissions_percent: float | None = Field(
        default=None, description="Share of emissions left out, in percent (PACT)."
    )
    exempted_emissions_description: str | None = Field(default=None, description="Why left out.")
    fossil_carbon_content: float | str | None = Field(
        default=None,
        description="Fossil carbon per declared unit, with its unit; 0 needs none.",
        examples=["12 g"],
    )
    biogenic_carbon_content: float | str | None = Field(
        default=None, description="Biogenic carbon, as fossil carbon.", examples=["12 g"]
    )
    recycled_carbon_content: float | str | None = Field(
        default=None, description="Recycled carbon, as fossil carbon.", examples=["12 g"]
    )
    classifications: list[str] | None = Field(
        default=None, description="What kind of product it is, for PACT.", examples=[["CPC:46410"]]
    )
    accept_stated_totals: list[str] | None = Field(
        default=None,
        description="Names among `documents` whose totals count as stated.",
    )
    energy_certificates: str | None = Field(
        default=None,
        description="Of an organisation or event: certificates of clean power, in kWh.",
    )
    subject: Literal["product", "organisation", "event"] | None = Field(
        default=None, description="What the footprint is of; a product if left out."
    )
    subject_boundary: str | None = Field(
        default=None, description="Of an organisation or event: what is counted, in words."
    )


class BomLine(Asked):
    """A row of the bill of materials; its members are the columns of a table."""

    level: int | None = Field(default=None, ge=0, description="Level in a tree, from 0.")
    parent: str | None = Field(default=None, description="Id of the assembly it belongs to.")
    id: str | None = Field(default=None, description="Id of the line.")
    name: str = Field(min_length=1, max_length=500, description="What it is.")
    quantity: float = Field(description="Quantity in `unit`, per declared unit or parent.")
    unit: str = Field(min_length=1, max_length=60, description="Unit.", examples=["kg"])
    dataset: str | None = Field(
        default=None, description="Id of a dataset. Left out, it is found by name, and said so."
    )
    location: str | None = Field(default=None, description="ISO 3166 code, or GLO, RoW, RER, RNA.")
    stage: str | None = Field(default=None, description="Life-cycle stage.", examples=["material"])
    loss: float | str | None = Field(default=None, description="Share lost in production.")
    transport: str | None = Field(
        default=None, description="Legs: mode and distance.", examples=["road 300 km"]
    )
    supplier_pcf: str | None = Field(
        default=None, description="Name of a supplier's footprint among `documents`."
    )
    recycled_content: float | str | None = Field(default=None, description="Share recycled.")
    recycled_dataset: str | None = Field(default=None, description="Dataset of recycled input.")
    contract: str | None = Field(default=None, description="Electricity contract: dataset share.")
    unit_mass: str | None = Field(default=None, description="Mass of one unit, with its unit.")
    data_type: Literal["primary", "secondary"] | None = Field(
        default=None, description="Whether the quantity was measured here."
    )
    uncertainty: float | str | None = Field(
        default=None, description="How far off the quantity may be, a share."
    )
    note: str | None = Field(default=None, description="A note.")
    name_en: str | None = Field(default=None, description="Its name for readers of English.")
    name_zh: str | None = Field(default=None, description="Its name for readers of Chinese.")
    scope: str | None = Field(
        default=None, description="Of an organisation: its scope; of an event: the activity."
    )


class BomOrder(Asked):
    """A bill of materials as JSON. A problem's `row` is the place of a line, from 1."""

    product: BomProduct = Field(description="The product.")
    lines: list[BomLine] = Field(min_length=1, max_length=200_000, description="The lines.")
    site: dict[str, Any] | None = Field(
        default=None, description="A year of the site, as a site file states it."
    )
    documents: dict[str, dict[str, Any]] = Field(
        default_factory=dict,
        max_length=100,
        description="Suppliers' footprints by the names that lines give.",
    )


class FootprintEntry(Shape):
    """A footprint in a list; its document is at `url`."""

    id: str = Field(description="Id of the footprint (UUID).")
    created_at: datetime = Field(description="When it was calculated (UTC).")
    file: str = Field(description="Name of the file it was made from.")
    file_hash: str = Field(description="SHA-256 of the file, byte for byte.")
    document_hash: str = Field(description="SHA-256 of the footprint's document.")
    url: str = Field(description="Address of the footprint.")


class FootprintPage(Shape):
    """A page of your footprints, newest first."""

    footprints: list[FootprintEntry] = Field(description="The footprints.")
    next: str | None = Field(description="Cursor of the next page; null on the last one.")
