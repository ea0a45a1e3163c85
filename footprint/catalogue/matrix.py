"""Rows of the matrix: what each resolved key is per unit of its line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from footprint.catalogue.cells import Floats, Ints
from footprint.catalogue.datasets import Datasets, by_pair
from footprint.catalogue.flags import (
    ALONE,
    MATERIAL,
    PRODUCES,
    RAW,
    REFUSED,
    UNMADE,
    WEIGHED,
    bits,
)
from footprint.catalogue.found import Found, LinePlace, stage_number
from footprint.engine import faults
from footprint.engine.quality import temporal_rating
from footprint.engine.traits import UNKNOWN
from footprint.inventory.model import CATEGORIES, EXCLUDING_BIOGENIC
from footprint.values.line import STAGES, Stage

PARTS = 7
#: Stages that the fast way knows, as columns.
BY_STAGES: tuple[Stage, ...] = (
    *("material", "production", "packaging", "inbound_transport", "waste", "distribution"),
)
#: Columns of the matrix: parts of the split, CO2e without gases by set, stages, weights.
UNSPLIT = slice(PARTS, len(CATEGORIES))
BY_STAGE = slice(UNSPLIT.stop, UNSPLIT.stop + len(BY_STAGES))
WEIGHT, TECHNOLOGICAL, GEOGRAPHICAL, TEMPORAL = range(BY_STAGE.stop, BY_STAGE.stop + 4)
WIDTH = TEMPORAL + 1
_COLUMN = np.array(
    [BY_STAGES.index(stage) if stage in BY_STAGES else 0 for stage in STAGES], dtype=np.int64
)
_OUTSIDE = stage_number("distribution")


class Matrix:
    """Arrays over the rows: `dense` (rows, WIDTH) in kg CO2e per unit of the line, `flags`,
    `excluding` (kg CO2e per unit), `mass` (kg per unit), `completeness` and `problem`; `entry` is
    the column of the dataset, `inside` what counts to the total, in its units per unit of the
    line."""

    def __init__(self, datasets: Datasets, intensities: NDArray[np.float64]) -> None:
        self._datasets = datasets
        self._intensities = intensities
        self.dense: Floats = np.zeros((0, WIDTH))
        self.flags: Ints = np.zeros(0, dtype=np.int64)
        self.excluding: Floats = np.zeros(0)
        self.mass: Floats = np.zeros(0)
        self.completeness: Floats = np.zeros(0)
        self.problem: Ints = np.zeros(0, dtype=np.int64)
        self.entry: Ints = np.zeros(0, dtype=np.int64)
        self.inside: Floats = np.zeros(0)

    def add(
        self, found: Found, where: Ints, places: Sequence[LinePlace], *, transport: bool = False
    ) -> Ints:
        """Add keys, made at `places[where]`; returns their rows. Of what is transported only the
        way counts: its own flags are those of the line."""
        count = len(self.flags)
        named = found.entry >= 0
        entry = np.where(named, found.entry, 0)
        data = self._datasets
        by_place = by_pair(
            data.places[entry], where, lambda own, at: data.geography(own, places[at].name)
        )
        flags = found.flags | data.lacks[entry]
        if not transport:
            away = by_place[:, 1] * (found.worse == 0)
            flags = flags | _of_material(flags | data.flags[entry] | _of_stage(found.stage))
            flags = flags | np.where(away > 0, bits([faults.OTHER_COUNTRY.code]), 0)
        flags = np.where(named, flags, 0)
        flags = np.where(found.problem > 0, REFUSED, np.where(found.alone, ALONE, flags))
        temporal = by_pair(
            data.year[entry], where, lambda year, at: temporal_rating(year, places[at].period_end)
        )
        technological = np.minimum(data.technological[entry] + found.worse, UNKNOWN)
        ratings = np.stack((technological, by_place[:, 0], temporal[:, 0]), axis=1)
        dense, excluding = self._rows(found, entry, ratings)
        dense[~named], excluding[~named] = 0.0, 0.0
        self.dense = np.concatenate((self.dense, dense))
        self.excluding = np.concatenate((self.excluding, excluding))
        self.flags = np.concatenate((self.flags, flags))
        self.mass = np.concatenate((self.mass, np.where(named, found.mass, 0.0)))
        covered = np.where(named, data.completeness[entry], 0.0)
        self.completeness = np.concatenate((self.completeness, covered))
        self.problem = np.concatenate((self.problem, found.problem))
        self.entry = np.concatenate((self.entry, entry))
        inside = found.per_unit * (named & (found.stage != _OUTSIDE))
        self.inside = np.concatenate((self.inside, inside))
        return np.arange(count, len(self.flags))

    def _rows(self, found: Found, entry: Ints, ratings: Floats) -> tuple[Floats, Floats]:
        intensity = self._intensities[entry]
        excluding = intensity[:, list(EXCLUDING_BIOGENIC)].sum(axis=1)
        inside = found.stage != _OUTSIDE
        weight = np.abs(excluding) * inside
        dense = np.zeros((len(entry), WIDTH))
        dense[:, : UNSPLIT.stop] = intensity * inside[:, np.newaxis]
        dense[:, UNSPLIT] = np.abs(dense[:, UNSPLIT])
        dense[np.arange(len(entry)), BY_STAGE.start + _COLUMN[found.stage]] = excluding
        dense[:, WEIGHT] = weight
        dense[:, TECHNOLOGICAL:] = weight[:, np.newaxis] * ratings
        dense *= found.per_unit[:, np.newaxis]
        return dense, excluding * found.per_unit


def _of_stage(stage: Ints) -> Ints:
    told = {"material": WEIGHED | MATERIAL, "packaging": WEIGHED, "production": PRODUCES}
    found: Ints = np.array([told.get(one, 0) for one in STAGES])[stage]
    return found


def _of_material(flags: Ints) -> Ints:
    """With what is said of pieces of which only the material counts, where they are weighed."""
    raw = ((flags & RAW) != 0) & ((flags & WEIGHED) != 0)
    found: Ints = flags | raw * UNMADE
    return found
