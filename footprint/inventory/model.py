"""The inventory as values, before and after compilation.

Impact categories are the parts of a footprint (`SPLIT`, which add up) and the parts of parts
(`OVERLAYS`, "of which").
"""

from __future__ import annotations

from dataclasses import dataclass

SPLIT = (
    "fossil",
    "biogenic_uptake",
    "biogenic_emission",
    "biogenic_non_co2",
    "land_use_change",
    "land_management",
)
#: Of which: aviation, and CO2e that was published under one GWP set without its gases.
OVERLAYS = ("aircraft", "unsplit_AR4", "unsplit_AR5", "unsplit_AR6", "unsplit_unstated")
CATEGORIES = SPLIT + OVERLAYS

#: The parts that make the total excluding biogenic CO2 (PACT v3 pcfExcludingBiogenicUptake).
EXCLUDING_BIOGENIC = tuple(
    CATEGORIES.index(name)
    for name in ("fossil", "biogenic_non_co2", "land_use_change", "land_management")
)

GWP_SETS = ("AR6", "AR5", "AR4")
DEFAULT_GWP_SET = "AR6"


@dataclass(frozen=True, slots=True)
class Flow:
    """An elementary flow, measured in kg. `category` is the part of the split it belongs to."""

    id: str
    name_en: str
    name_zh: str
    category: str
    formula: str = ""
    cas: str = ""
    aircraft: bool = False
    unsplit: str = ""  # the GWP set under which this CO2e was published, for pseudo-flows


@dataclass(frozen=True, slots=True)
class Exchange:
    """One input or emission of a dataset, in the unit of the input, per its reference amount.

    `input` is a dataset id (technosphere) or a flow id (biosphere).
    """

    kind: str
    input: str
    amount: float
    source: str
    locator: str
    published_amount: float
    published_unit: str
    gsd2: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    pedigree: tuple[int, ...] = ()
    data_kind: str = "literature"
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """An inventory entry that a line can point to: what it is, where, when, from which source."""

    id: str
    name_en: str
    name_zh: str
    unit: str
    location: str
    year: int
    kind: str
    activity: str
    boundary: str
    source: str
    locator: str
    synonyms_en: tuple[str, ...] = ()
    synonyms_zh: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    density_kg_per_l: float | None = None
    grammage_kg_per_m2: float | None = None
    mass_kg_per_unit: float | None = None
    lhv_mj_per_unit: float | None = None
    biogenic_carbon_kg_per_unit: float = 0.0
    technology: str = ""
    includes: tuple[str, ...] = ()
    technological: int = 3
    #: Steps that a part model lacks, in both languages: its figure is a lower bound.
    lacks_en: tuple[str, ...] = ()
    lacks_zh: tuple[str, ...] = ()
    #: By how much of the figure these steps could raise it; None if nobody knows.
    lacks_up_to: float | None = None
    #: Default factor of the inputs of a part model (squared geometric standard deviation).
    spread: float | None = None
    #: Where the inputs of a part model come from: it is rated as the farthest of them.
    places: tuple[str, ...] = ()
    #: A part model whose lacking steps could exceed its interval is a screening figure.
    screening: bool = False
    status: str = "reviewed"
    comment: str = ""
    check_value: float | None = None
    check_tolerance: float | None = None
    check_source: str = ""
    exchanges: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """The sidecar of a folder of figures: who published them, under which licence, checked how."""

    id: str
    producer: str
    citation: str
    title: str
    edition: str
    year: int
    url: str
    licence: str
    redistributable: str
    attribution: str
    accessed: str
    verification: str
    taken_from: str
    files: dict[str, str]
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """Everything that is compiled: sources, flows, GWP sets and datasets, each keyed by id."""

    sources: dict[str, SourceRecord]
    flows: dict[str, Flow]
    gwp: dict[str, dict[str, float]]
    datasets: dict[str, Dataset]
