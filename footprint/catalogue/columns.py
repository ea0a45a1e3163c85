"""The columns of a catalogue, in and out.

Every column of a bill of materials that the engine knows is a column here; one that nothing would
read is refused, never dropped.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

#: Columns of text. `product` and `line` name; the next ones choose the dataset.
TEXTS = (
    *("product", "line", "parent", "name", "dataset", "unit", "stage", "location", "data_type"),
    *("transport", "supplier_pcf", "recycled_content", "recycled_dataset", "contract", "note"),
    *("material", "specification", "category", "uncertainty"),
)
#: Facts of the product, the same on all its lines. Mass in kg.
FACTS = ("product_name", "country", "reference_period")
#: Columns of numbers; `unit_mass` and `product_mass` in kg, `loss` as a share.
NUMBERS = ("quantity", "loss", "unit_mass", "product_mass")
NEEDED = ("product", "name", "quantity", "unit")
#: Cells that only the way for one product knows: whoever has one goes that way.
RARE = (
    *("supplier_pcf", "recycled_content", "recycled_dataset", "contract", "note", "material"),
    *("specification", "category", "uncertainty"),
)

WORST = 3
_FLOATS = (
    *("excluding_biogenic_uptake_kg_co2e", "including_biogenic_uptake_kg_co2e"),
    *("fossil", "biogenic_uptake", "biogenic_emission", "biogenic_non_co2", "land_use_change"),
    *("land_management", "aircraft", "packaging", "outbound_logistics"),
    *("material", "production", "inbound_transport", "waste", "direct_emission", "use"),
    *("end_of_life", "coverage_mass", "coverage_lines", "primary_data_share", "technological"),
    *("geographical", "temporal"),
)
#: All but the two totals are kg CO2e too, up to the shares and ratings of PACT v3 at the end.
RESULTS = pa.schema(
    [(name, pa.string()) for name in ("product", "file")]
    + [("row", pa.int64()), ("lines", pa.int32())]
    + [(name, pa.float64()) for name in _FLOATS]
    + [(name, pa.string()) for name in ("boundary", "gwp_sets", "completeness", "warnings")]
    + [
        field
        for at in range(1, WORST + 1)
        for field in (
            (f"worst_{at}", pa.string()),
            (f"worst_{at}_name", pa.string()),
            (f"worst_{at}_kg_co2e", pa.float64()),
        )
    ]
)
#: Intervals that a run with draws adds: 95 % of the draws of the background lie between the outer
#: two, kg CO2e; quantities are held fixed, but for those that state how far off they may be.
INTERVALS = ("low_kg_co2e", "median_kg_co2e", "high_kg_co2e")


def results_schema(*, draws: bool = False, decisions: Sequence[str] = ()) -> pa.Schema:
    """The columns of results, with intervals where draws were made, and these of decisions."""
    intervals = [(name, pa.float64()) for name in (INTERVALS if draws else ())]
    return pa.schema([*RESULTS, *intervals, *((name, pa.string()) for name in decisions)])


REFUSED = pa.schema(
    [
        ("product", pa.string()),
        ("file", pa.string()),
        ("row", pa.int64()),
        ("column", pa.string()),
        ("code", pa.string()),
        ("message", pa.string()),
        ("hint", pa.string()),
    ]
)
