"""The result: a frozen `Footprint`, everything it was made of, and nothing rounded."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Literal, NamedTuple

from footprint.faults import Problem
from footprint.values.line import Stage
from footprint.values.product import DeclaredUnit, Product
from footprint.values.supplier import SupplierForm
from footprint.values.uncertainty import Uncertainty

if TYPE_CHECKING:
    from footprint.values.allocation import Allocation

#: How far a product's life cycle is counted; of an organisation or event, that it is one: its own
#: boundary stands in words (`SubjectAccount.boundary`).
Boundary = Literal["cradle-to-gate", "cradle-to-grave", "organisation", "event"]
#: How a line's dataset was found: by its id; by words, its material alone, or the model of a part,
#: which nobody confirmed; chosen by a person before; by the class of its material.
MatchedBy = Literal[
    "id",
    "name",
    "material",
    "part",
    "pick",
    "screening",
    "transport-mode",
    "substance",
    "supplier",
]


@dataclass(frozen=True, slots=True)
class Split:
    """Parts of the footprint, kg CO2e per declared unit.

    `aircraft` and `packaging` are parts of the others ("of which"); `outbound_logistics` stands
    apart from the cradle-to-gate total. Uptake is negative or zero. The names follow PACT v3,
    section 3.3.2.4; `biogenic_emission` is biogenic CO2 released before the gate.
    """

    fossil: float = 0.0
    biogenic_uptake: float = 0.0
    biogenic_emission: float = 0.0
    biogenic_non_co2: float = 0.0
    land_use_change: float = 0.0
    land_management: float = 0.0
    aircraft: float = 0.0
    packaging: float = 0.0
    outbound_logistics: float = 0.0

    @property
    def excluding_biogenic_uptake(self) -> float:
        """Total without biogenic CO2 (taken up or released): PACT v3 pcfExcludingBiogenicUptake."""
        return self.fossil + self.biogenic_non_co2 + self.land_use_change + self.land_management

    @property
    def including_biogenic_uptake(self) -> float:
        """Total with net biogenic CO2: PACT v3 pcfIncludingBiogenicUptake."""
        return self.excluding_biogenic_uptake + self.biogenic_uptake + self.biogenic_emission

    def as_dict(self) -> dict[str, float]:
        return {f.name: getattr(self, f.name) for f in fields(self)}


class Contribution(NamedTuple):
    """What one line of the bill of materials adds to the total excluding biogenic uptake.

    `uncertainty` is that of the line's quantity, as a share; None if the line states none.
    `quantity_of` is the line's own stage, name and dataset, the same for all that comes from it:
    its recycled part, the supplies of its contract, its transport. `parts` are the line's own parts
    of the split, as `Split` orders them. (A tuple is made in a third of the time of a frozen
    dataclass, and these are most of what a calculation makes.)
    """

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
    uncertainty: float | None
    quantity_of: tuple[str, str, str]
    parts: tuple[float, ...]

    @property
    def split(self) -> Split:
        """The line's own parts of the split, kg CO2e per declared unit."""
        return Split(*self.parts)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Share of the product's mass and of its lines that has an intensity, 0 to 1."""

    mass: float
    lines: float


@dataclass(frozen=True, slots=True)
class Quality:
    """PACT v3, 4.2: primary data share in percent (0-100); ratings 1 (best) to 5, weighted by
    contribution."""

    primary_data_share: float
    technological: float
    geographical: float
    temporal: float


@dataclass(frozen=True, slots=True)
class SupplierDocument:
    """A supplier's document that the result rests on: file, id, hash of its bytes, its own facts.

    `primary_data_share` is in percent; None where the document states none (PACT v3: counts as 0).
    """

    file: str
    id: str
    hash: str
    kind: SupplierForm
    company: str
    valid_until: str | None
    primary_data_share: float | None
    gwp_sets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the result was made of: engine version, content hashes, suppliers' documents."""

    engine: str
    inventory: str
    bom: str
    documents: tuple[SupplierDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class Electricity:
    """The total on both bases, kg CO2e per declared unit, and the one that the result is on.

    Location-based: the grid's average; market-based: what the lines' contracts name (GHG Protocol
    Scope 2 Guidance, 2015).
    """

    location_based_kg_co2e: float
    market_based_kg_co2e: float
    basis: Literal["location", "market"]


@dataclass(frozen=True, slots=True)
class RecycledContent:
    """Recycled share of the product's material mass, net of losses, 0 to 1.

    `stated` is the share of that mass for which the lines state a content; below 1 `share` is the
    least that is known.
    """

    share: float
    stated: float


@dataclass(frozen=True, slots=True)
class Completeness:
    """Whether the total is complete, or the least that it can be because something is lacking.

    `lacks` says what: `gaps` (lines left out), `screening` (figures by class of material),
    `part_steps` (steps that models of parts lack), `making_of_parts` (only their material is
    counted), `cut_off` (datasets imported without some inputs), `supplier_coverage`,
    `unlisted_mass` (the product weighs more than its lines), `exempted` (its maker says that he
    left something out, `exempted_emissions_percent`). Shares are of
    the mass, 0 to 1; `unknown_mass_share` is that without any figure, None where it cannot be told;
    `unlisted_mass_share` that of the product's stated mass which no line is. `lacking_share`: how
    much of the total stands on figures that lack something, together with that mass, 0 to 1.
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


@dataclass(frozen=True, slots=True)
class GroupShare:
    """What one scope, or kind of activity, adds: kg CO2e, and its share of the total, 0 to 1."""

    group: str
    kg_co2e: float
    share: float


@dataclass(frozen=True, slots=True)
class CleanPower:
    """Electricity of an organisation or event in kWh: all of it, what contracts with clean sources
    supply, what certificates of clean power cover of the rest. No kWh counts twice; certificates
    beyond what is left are `unused_kwh`. `share` is clean of all, 0 to 1; None without electricity.
    """

    kwh: float
    contract_kwh: float
    certificate_kwh: float
    unused_kwh: float
    share: float | None


@dataclass(frozen=True, slots=True)
class SubjectAccount:
    """What a footprint of an organisation or event says beyond a product's: its boundary in words,
    its scopes or activities in their order, the source of its power."""

    kind: Literal["organisation", "event"]
    boundary: str
    groups: tuple[GroupShare, ...]
    clean_power: CleanPower


#: How the ids of the tables of global warming potentials begin; no dataset has such a source.
GWP_SOURCE = "ipcc-gwp100-"


@dataclass(frozen=True, slots=True)
class DerivedStage:
    """An assumption: the file says no stage, and what the line is (`by`: its unit, category, name
    or dataset) puts it into this one."""

    row: int
    line: str
    name: str
    stage: Stage
    by: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source that the result rests on, to be named wherever the result is shown.

    `title` and `edition` name it as a database and its version; empty where they are not known.
    """

    id: str
    citation: str
    licence: str
    title: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Footprint:
    """A product carbon footprint per declared unit. All masses in kg, all burdens in kg CO2e.

    `undetermined` names the parts of the split that some data behind the result do not tell apart:
    their values are what is known of them, and a zero there is not "none".
    """

    product: Product
    declared_unit: DeclaredUnit
    boundary: Boundary
    gwp_set: str
    gwp_sets_used: tuple[str, ...]
    split: Split
    stages: dict[str, float]
    contributions: tuple[Contribution, ...]
    coverage: Coverage
    quality: Quality
    provenance: Provenance
    sources: tuple[Source, ...] = ()
    warnings: tuple[Problem, ...] = field(default=())
    uncertainty: Uncertainty | None = None
    electricity: Electricity | None = None
    recycled_content: RecycledContent | None = None
    allocation: Allocation | None = None
    undetermined: tuple[str, ...] = ()
    completeness: Completeness = Completeness()
    derived_stages: tuple[DerivedStage, ...] = ()
    subject: SubjectAccount | None = None

    @property
    def total(self) -> float:
        """kg CO2e per declared unit, excluding biogenic uptake (the number a label shows)."""
        return self.split.excluding_biogenic_uptake

    @property
    def data_sources(self) -> tuple[Source, ...]:
        """The sources of the datasets: all but the tables of global warming potentials."""
        return tuple(source for source in self.sources if not source.id.startswith(GWP_SOURCE))
