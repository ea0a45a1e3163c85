"""The results of all plain products of one part: one sparse product with the matrix of keys."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from scipy.sparse import csr_matrix

from footprint.bom.faults import ZERO_QUANTITY
from footprint.catalogue import matrix as m
from footprint.catalogue.cells import Flags, Floats, Ints
from footprint.catalogue.flags import (
    AT_LEAST,
    MATERIAL,
    PER_MASS,
    PRODUCES,
    SAID,
    WEIGHED,
    bits,
    flag_words,
    merged_flags,
)
from footprint.catalogue.intervals import fast_intervals
from footprint.catalogue.keys import Keys
from footprint.catalogue.lines import LineArrays
from footprint.catalogue.ranks import worst_lines
from footprint.engine import faults
from footprint.engine.completeness import ROUNDING
from footprint.engine.warnings import MASS_TOLERANCE
from footprint.gwp_sources import READINGS
from footprint.inventory.model import CATEGORIES, SPLIT


def fast_results(lines: LineArrays, keys: Keys, rows: Ints) -> pa.Table:
    """The results of the products of a part that are neither refused nor calculated alone.

    Marks as `alone`, too, those for which the fast way does not know enough: a line is transported
    whose mass is unknown, or the product has no burden that could weigh its ratings.
    """
    known, key = keys.matrix, lines.key
    flags = known.flags[key]
    mass = known.mass[key]
    stated = ~np.isnan(lines.unit_mass)
    amount = lines.tree.gross
    if stated.any():
        mass = np.where(stated, lines.unit_mass, mass)
        amount = np.where(flags & PER_MASS, amount * lines.unit_mass, amount)
    legs = lines.legs
    tonne_km = (lines.tree.gross[legs.row] * mass[legs.row]) / 1000.0 * legs.km
    lines.alone[lines.number[legs.row[np.isnan(tonne_km)]]] = True
    tonne_km = np.nan_to_num(tonne_km)
    shape = (len(lines.starts), len(known.flags))
    bounds = np.append(lines.starts, len(key))
    sums = csr_matrix((amount, key, bounds), shape=shape) @ known.dense
    burden = amount * known.excluding[key]
    if len(legs.row):
        ends = np.searchsorted(legs.row, bounds)
        sums += csr_matrix((tonne_km, legs.key, ends), shape=shape) @ known.dense
        own = tonne_km * known.excluding[legs.key]
        burden += np.bincount(legs.row, own, minlength=len(burden))
    lines.alone |= (sums[:, m.WEIGHT] == 0.0) & ~lines.refused
    leaf = ~lines.tree.is_assembly
    leaves = np.add.reduceat(leaf, lines.starts, dtype=np.int32)
    completeness = known.completeness[key]
    done = np.add.reduceat(completeness, lines.starts)
    totals = _masses(lines, flags, mass, completeness) | _sums(sums)
    found: dict[str, Any] = {**totals, **_said(lines, keys, flags, sums, totals)}
    found |= worst_lines(lines, burden, rows)
    found |= {
        "product": pa.array(lines.product.words).take(pa.array(lines.product.codes[lines.starts])),
        "file": pa.repeat(pa.scalar(""), len(lines.starts)),
        "row": rows[lines.starts],
        "lines": leaves,
        "coverage_lines": done / np.maximum(leaves, 1),
    }
    if keys.draws is not None:
        whole = totals["excluding_biogenic_uptake_kg_co2e"]
        found |= fast_intervals(lines, keys, keys.draws, (amount, tonne_km), whole)
    schema = keys.schema
    kept = np.flatnonzero(~(lines.alone | lines.refused))
    nothing = np.zeros(len(lines.starts))
    arrays = [pa.array(found.get(name, nothing)) for name in schema.names]
    table = pa.Table.from_arrays(arrays, names=schema.names).cast(schema)
    return table if len(kept) == len(lines.starts) else table.take(pa.array(kept))


def _sums(sums: Floats) -> dict[str, Floats]:
    """The columns that are sums, and the ratings, which are means weighted by burden."""
    found = {name: sums[:, at] for at, name in enumerate((*SPLIT, "aircraft"))}
    excluding = sum(found[name] for name in ("fossil", "biogenic_non_co2"))
    excluding = excluding + found["land_use_change"] + found["land_management"]
    stages = {name: sums[:, m.BY_STAGE.start + at] for at, name in enumerate(m.BY_STAGES)}
    outbound = stages.pop("distribution")
    with np.errstate(invalid="ignore", divide="ignore"):
        ratings = {
            name: np.clip(sums[:, at] / sums[:, m.WEIGHT], 1.0, 5.0)
            for name, at in (
                ("technological", m.TECHNOLOGICAL),
                ("geographical", m.GEOGRAPHICAL),
                ("temporal", m.TEMPORAL),
            )
        }
    both = found["biogenic_uptake"] + found["biogenic_emission"]
    return {
        **found,
        **stages,
        **ratings,
        "outbound_logistics": outbound,
        "excluding_biogenic_uptake_kg_co2e": excluding,
        "including_biogenic_uptake_kg_co2e": excluding + both,
    }


def _masses(
    lines: LineArrays, flags: Ints, mass: Floats, completeness: Floats
) -> dict[str, Floats]:
    """Masses of each product in kg, under names with a dot, and the coverage by mass."""
    weighed = (flags & WEIGHED) != 0
    unknown = np.isnan(mass) & weighed
    weight = np.where(weighed & ~unknown, lines.tree.net * mass, 0.0)
    whole = np.add.reduceat(weight, lines.starts)
    covered = np.add.reduceat(weight * completeness, lines.starts)
    material = np.add.reduceat(weight * ((flags & MATERIAL) != 0), lines.starts)
    with np.errstate(invalid="ignore", divide="ignore"):
        coverage = np.where(whole > 0.0, covered / whole, 1.0)
    return {
        "coverage_mass": coverage,
        ".material": material,
        ".unknown": np.add.reduceat(unknown, lines.starts, dtype=np.int32),
    }


def _said(
    lines: LineArrays, keys: Keys, flags: Ints, sums: Floats, found: dict[str, Floats]
) -> dict[str, Any]:
    """Warnings, completeness, boundary and the GWP sets that a result rests on."""
    at = lines.starts
    masks = merged_flags(flags, at)
    masks[lines.number[lines.quantity == 0.0]] |= bits([ZERO_QUANTITY.code])
    lacking = (keys.matrix.flags[lines.legs.key] & AT_LEAST) != 0
    masks[lines.number[lines.legs.row[lacking]]] |= AT_LEAST

    def mark(products: Flags, code: str) -> None:
        masks[products] |= bits([code])

    unknown, material = found[".unknown"] > 0, found[".material"]
    own = lines.product_mass[at]
    mark(unknown, faults.UNKNOWN_MASS.code)
    apart = np.abs(material - own) > MASS_TOLERANCE * own
    told = ~np.isnan(own) & ~unknown
    mark(told & apart, faults.MASS_BALANCE.code)
    masks[told & (own - material > ROUNDING * own)] |= AT_LEAST
    mark((masks & PRODUCES) == 0, faults.NO_PROCESS.code)
    excluding = found["excluding_biogenic_uptake_kg_co2e"]
    texts, used = _sets(sums, keys.gwp_set)
    mixed = np.array([" " in text for text in texts])[used]
    mark(mixed & (excluding != 0.0), faults.MIXED_GWP.code)
    least = pa.array(["complete", "at least"])
    return {
        "warnings": flag_words(masks & SAID),
        "completeness": least.take(pa.array(((masks & AT_LEAST) != 0).astype(np.int8))),
        "gwp_sets": pa.array(texts).take(pa.array(used)),
        "boundary": pa.repeat(pa.scalar("cradle-to-gate"), len(at)),
    }


def _sets(sums: Floats, gwp_set: str) -> tuple[list[str], Ints]:
    """The GWP sets of products, the one asked for, then others of their sources; and the position
    of those of each product."""
    names = [name.removeprefix("unsplit_") for name in CATEGORIES[m.UNSPLIT]]
    own = {gwp_set, READINGS.get(gwp_set, "")}
    used = [(name, sums[:, m.UNSPLIT.start + at] != 0.0) for at, name in enumerate(names)]
    masks = np.zeros(len(sums), dtype=np.int64)
    others = sorted((name, flags) for name, flags in used if name not in own)
    for at, (_, flags) in enumerate(others):
        masks |= np.where(flags, 1 << at, 0)
    distinct, codes = np.unique(masks, return_inverse=True)
    texts = [
        " ".join([gwp_set, *(n for at, (n, _) in enumerate(others) if mask >> at & 1)])
        for mask in distinct.tolist()
    ]
    return texts, codes
