"""The inventory as values, before and after compilation.

Impact categories are the parts of a footprint (`SPLIT`, which add up) and the parts of parts
(`OVERLAYS`, "of which").
"""

from __future__ import annotations

from dataclasses import dataclass

from footprint.gwp_sources import READINGS

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

#: IPCC reports under which CO2e is published.
REPORTS = ("AR6", "AR5", "AR4")
GWP_SETS = (*REPORTS, *READINGS)
DEFAULT_GWP_SET = "AR6"

#: What each set takes for methane, which reports and their users read differently, in English and
#: Chinese. See docs/decisions/0026-methane.md.
GWP_RULES = {
    "AR6": (
        "IPCC AR6 WGI, Table 7.15: methane 29.8 where its carbon comes from fossils or from a "
        "stock that land use change ends (with the CO2 it turns into), 27.0 biogenic",
        "IPCC AR6 第一工作组表 7.15：化石源及土地利用变化碳库来源的甲烷取 29.8"
        "（含其氧化生成的 CO2），生物源取 27.0",
    ),
    "AR5": (
        "IPCC AR5 WGI, Table 8.A.1, without climate-carbon feedback: methane 30 where its carbon "
        "comes from fossils or from a stock that land use change ends (28 and 2 for the CO2 it "
        "turns into), 28 biogenic; AR5-CH4-28 counts 28 for all",
        "IPCC AR5 第一工作组表 8.A.1（不含气候—碳反馈）：化石源及土地利用变化碳库来源的甲烷取 30"
        "（28 加氧化生成 CO2 的 2），生物源取 28；AR5-CH4-28 一律取 28",
    ),
    "AR4": (
        "IPCC AR4 WGI, Table 2.14: methane 25, whatever its origin",
        "IPCC AR4 第一工作组表 2.14：甲烷不分来源一律取 25",
    ),
    "AR5-CH4-28": (
        "IPCC AR5 WGI, Table 8.A.1, without climate-carbon feedback, as publishers of combustion "
        "factors (DESNZ, IPCC guidelines) read it: methane 28, whatever its origin",
        "IPCC AR5 第一工作组表 8.A.1（不含气候—碳反馈），按燃烧因子发布方"
        "（DESNZ、IPCC 指南）的取法：甲烷不分来源一律取 28",
    ),
}


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

    `input` is a dataset id (technosphere) or a flow id (biosphere). `distribution` is the kind of
    uncertainty that the source states (empty: it follows from what is stated); `centre` its median,
    mean or mode, None for the amount; `sd` the standard deviation of a normal one. See
    `footprint.uncertainty.spread`.
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
    distribution: str = ""
    centre: float | None = None
    sd: float | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """An inventory entry that a line can point to: what it is, where, when, from which source.

    `completeness` is below 1 for an import of which inputs were cut off, here or upstream: see
    `footprint.importers.completeness`.
    """

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
    completeness: float = 1.0
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


def with_readings(gwp: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Potentials of all sets: a reading has those of its report, but for what it states anew."""
    return gwp | {name: gwp[report] | gwp.get(name, {}) for name, report in READINGS.items()}
