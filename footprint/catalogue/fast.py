"""The results of all plain products of one part: one sparse product with the matrix of keys."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from footprint.bom.faults import ZERO_QUANTITY
from footprint.catalogue import keys as k
from footprint.catalogue.cells import Flags, Floats, Ints
from footprint.catalogue.columns import RESULTS, WORST
from footprint.catalogue.flags import AT_LEAST, bits, merged, words
from footprint.catalogue.keys import Keys
from footprint.catalogue.lines import Lines
from footprint.engine import faults
from footprint.engine.warnings import MASS_TOLERANCE
from footprint.gwp_sources import READINGS
from footprint.inventory.model import CATEGORIES, SPLIT

Records = NDArray[np.void]


def fast_results(lines: Lines, keys: Keys, first_row: int) -> pa.Table:
    """The results of the products of a part that are neither refused nor calculated alone.

    Marks as `alone`, too, those for which the fast way does not know enough: a line is transported
    whose mass is unknown, or the product has no burden that could weigh its ratings.
    """
    known = keys.records
    mass = np.where(np.isnan(lines.unit_mass), known["mass"][lines.key], lines.unit_mass)
    factor = np.where(known["per_mass"][lines.key], lines.unit_mass, 1.0)
    amount = lines.tree.gross * factor
    legs = lines.legs
    tonne_km = (lines.tree.gross * mass)[legs.row] / 1000.0 * legs.km
    lines.alone[lines.number[legs.row[np.isnan(tonne_km)]]] = True
    tonne_km = np.nan_to_num(tonne_km)
    shape = (len(lines.starts), keys.count)
    bounds = np.append(lines.starts, len(lines.key))
    sums = csr_matrix((amount, lines.key, bounds), shape=shape) @ known["dense"]
    if len(legs.row):
        ends = np.searchsorted(legs.row, bounds)
        sums += csr_matrix((tonne_km, legs.key, ends), shape=shape) @ known["dense"]
    lines.alone |= (sums[:, k.WEIGHT] == 0.0) & ~lines.refused
    kept = ~(lines.alone | lines.refused)
    burden = amount * known["excluding"][lines.key]
    if len(legs.row):
        own = tonne_km * known["excluding"][legs.key]
        burden += np.bincount(legs.row, own, minlength=len(burden))
    totals = _masses(lines, known, mass) | _sums(sums)
    found: dict[str, Any] = {**totals, **_said(lines, keys, known, sums, totals)}
    found |= _worst(lines, burden, first_row)
    leaves = np.add.reduceat((~lines.tree.is_assembly).astype(np.int32), lines.starts)
    done = np.add.reduceat(
        np.where(lines.tree.is_assembly, 0.0, known["completeness"][lines.key]), lines.starts
    )
    names = pa.array(lines.product.words).take(pa.array(lines.product.codes[lines.starts]))
    found |= {
        "product": names,
        "file": pa.array([""] * len(lines.starts)),
        "row": lines.starts + first_row,
        "lines": leaves,
        "coverage_lines": done / np.maximum(leaves, 1),
    }
    nothing = np.zeros(len(lines.starts))
    arrays = [pa.array(found.get(name, nothing)) for name in RESULTS.names]
    table = pa.Table.from_arrays(arrays, names=RESULTS.names).cast(RESULTS)
    return table.filter(pa.array(kept))


def _sums(sums: Floats) -> dict[str, Floats]:
    """The columns that are sums, and the ratings, which are means weighted by burden."""
    found = {name: sums[:, at] for at, name in enumerate((*SPLIT, "aircraft"))}
    excluding = sum(found[name] for name in ("fossil", "biogenic_non_co2"))
    excluding = excluding + found["land_use_change"] + found["land_management"]
    stages = {name: sums[:, k.BY_STAGE.start + at] for at, name in enumerate(k.STAGES)}
    outbound = stages.pop("distribution")
    with np.errstate(invalid="ignore", divide="ignore"):
        ratings = {
            name: np.clip(sums[:, at] / sums[:, k.WEIGHT], 1.0, 5.0)
            for name, at in (
                ("technological", k.TECHNOLOGICAL),
                ("geographical", k.GEOGRAPHICAL),
                ("temporal", k.TEMPORAL),
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


def _masses(lines: Lines, known: Records, mass: Floats) -> dict[str, Floats]:
    """Masses of each product in kg, under names with a dot, and the coverage by mass."""
    weighed = known["weighed"][lines.key]
    weight = np.where(weighed, lines.tree.net * np.nan_to_num(mass), 0.0)

    def total(values: Floats) -> Floats:
        found: Floats = np.add.reduceat(values, lines.starts)
        return found

    whole = total(weight)
    covered = total(weight * known["completeness"][lines.key])
    with np.errstate(invalid="ignore", divide="ignore"):
        coverage = np.where(whole > 0.0, covered / whole, 1.0)
    return {
        "coverage_mass": coverage,
        ".whole": whole,
        ".material": total(np.where(known["material"][lines.key], weight, 0.0)),
        ".screening": total(np.where(known["screening"][lines.key], weight, 0.0)),
        ".unknown": total((weighed & np.isnan(mass)).astype(float)),
    }


def _said(
    lines: Lines, keys: Keys, known: Records, sums: Floats, found: dict[str, Floats]
) -> dict[str, Any]:
    """Warnings, completeness, boundary and the GWP sets that a result rests on."""
    at = lines.starts
    flags = known["flags"][lines.key]
    flags |= np.where((lines.quantity == 0.0), bits([ZERO_QUANTITY.code]), 0)
    masks = merged(flags, at)
    if len(lines.legs.row):
        np.bitwise_or.at(masks, lines.number[lines.legs.row], known["flags"][lines.legs.key])

    def mark(products: Flags, code: str) -> None:
        masks[products] |= bits([code])

    unknown, material = found[".unknown"] > 0, found[".material"]
    own = lines.product_mass[at]
    mark(unknown, faults.UNKNOWN_MASS.code)
    apart = np.abs(material - own) > MASS_TOLERANCE * own
    mark(~np.isnan(own) & ~unknown & apart, faults.MASS_BALANCE.code)
    mark(~np.logical_or.reduceat(known["produces"][lines.key], at), faults.NO_PROCESS.code)
    excluding = found["excluding_biogenic_uptake_kg_co2e"]
    used = _sets(sums, keys.gwp_set)
    mark(np.array([" " in sets for sets in used]) & (excluding != 0.0), faults.MIXED_GWP.code)
    least = np.where(masks & AT_LEAST, "at least", "complete")
    return {
        "warnings": pa.array(words(masks)),
        "completeness": least,
        "gwp_sets": pa.array(used),
        "boundary": pa.array(["cradle-to-gate"] * len(at)),
    }


def _sets(sums: Floats, gwp_set: str) -> list[str]:
    """The GWP sets of each product: the one asked for, then others of its sources."""
    names = [name.removeprefix("unsplit_") for name in CATEGORIES[k.UNSPLIT]]
    own = {gwp_set, READINGS.get(gwp_set, "")}
    used = [(name, sums[:, k.UNSPLIT.start + at] != 0.0) for at, name in enumerate(names)]
    masks = np.zeros(len(sums), dtype=np.int64)
    others = sorted((name, flags) for name, flags in used if name not in own)
    for at, (_, flags) in enumerate(others):
        masks |= np.where(flags, 1 << at, 0)
    texts = {
        mask: " ".join([gwp_set, *(n for at, (n, _) in enumerate(others) if mask >> at & 1)])
        for mask in np.unique(masks).tolist()
    }
    return [texts[mask] for mask in masks.tolist()]


def _worst(lines: Lines, burden: Floats, first_row: int) -> dict[str, Any]:
    """The lines that add most to each product, with what they add; assemblies add nothing."""
    left = np.where(lines.tree.is_assembly, -np.inf, burden)
    ids = pa.array(lines.line.words)
    found: dict[str, Any] = {}
    for rank in range(1, WORST + 1):
        most = np.maximum.reduceat(left, lines.starts)
        hits = np.flatnonzero(left == most[lines.number])
        first: Ints = hits[np.searchsorted(hits, lines.starts)]
        none = np.isneginf(most)
        names = ids.take(pa.array(lines.line.codes[first], mask=none))
        if "" in lines.line.words:  # lines without an id are called by their row
            rows = pc.binary_join_element_wise(
                "row-", pa.array(first + first_row).cast("string"), ""
            )
            names = pc.if_else(pc.equal(names, ""), rows, names)
        found[f"worst_{rank}"] = names
        found[f"worst_{rank}_kg_co2e"] = pa.array(most, mask=none)
        left[first] = -np.inf
    return found
