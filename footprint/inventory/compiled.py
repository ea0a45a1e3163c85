"""A compiled inventory: immutable arrays and an index, read from a folder with numpy alone.

Nothing here imports bw2data or bw2calc (2-5 s): serving and calculating need only the intensities.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from footprint.faults import InputRefused
from footprint.inventory import faults
from footprint.inventory.excerpt import excerpt
from footprint.inventory.late import Late
from footprint.inventory.model import CATEGORIES, DEFAULT_GWP_SET, GWP_SETS

_Excerpt = TypeVar("_Excerpt")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line needs to know of a dataset. `column` is its place in the intensity tables.

    `codes` are its codes in trade and chemistry, such as `HS:720917`; `status` is `cut_off` for an
    imported dataset that lacks some of its inputs, and `completeness` then says how many of all
    that stand behind it are there (0 to 1).
    `kind` is `part` for a part model: `lacks_en`
    and `lacks_zh` name the steps that are missing from it, `screening` says that they could exceed
    its interval, `places` where its inputs come from.
    """

    id: str
    column: int
    name_en: str
    name_zh: str
    synonyms: tuple[str, ...]
    unit: str
    location: str
    year: int
    boundary: str
    source: str
    uses: tuple[str, ...]
    technological: int
    density_kg_per_l: float | None
    grammage_kg_per_m2: float | None
    mass_kg_per_unit: float | None
    codes: tuple[str, ...] = ()
    status: str = "reviewed"
    completeness: float = 1.0
    kind: str = ""
    lacks_en: tuple[str, ...] = ()
    lacks_zh: tuple[str, ...] = ()
    screening: bool = False
    places: tuple[str, ...] = ()

    @property
    def cut(self) -> bool:
        """Whether inputs were cut off at its import: its own, or those of what it is made of."""
        return self.completeness < 1.0 or self.status == "cut_off"


@dataclass(frozen=True, slots=True)
class Substance:
    """An elementary flow that a direct emission can name. `gwp` is kg CO2e per kg, by GWP set."""

    id: str
    names: tuple[str, ...]
    category: str
    aircraft: bool
    gwp: dict[str, float | None]


@dataclass(frozen=True)
class CompiledInventory:
    """Datasets by id, intensities per GWP set (categories, datasets), kg CO2e per dataset unit."""

    folder: Path
    hash: str
    datasets: Mapping[str, Entry]
    substances: dict[str, Substance]
    sources: dict[str, dict[str, Any]]
    tables: dict[str, NDArray[np.float64]]

    def entry(self, name: str) -> Entry:
        """The dataset with this id. Raises `InputRefused` (INV-011) if there is none."""
        try:
            return self.datasets[name]
        except KeyError:
            raise faults.UNKNOWN_DATASET.refuse(
                f"no dataset {name!r} in this inventory", hint="See: footprint data list"
            ) from None

    def table(self, gwp_set: str) -> NDArray[np.float64]:
        """Intensities under a GWP set. Raises `InputRefused` (INV-013) for an unknown set."""
        if gwp_set not in self.tables:
            raise faults.UNKNOWN_GWP_SET.refuse(
                f"GWP set {gwp_set!r} is not one of {', '.join(self.tables)}"
            )
        return self.tables[gwp_set]

    def intensity(self, name: str, gwp_set: str = DEFAULT_GWP_SET) -> dict[str, float]:
        """kg CO2e per unit of a dataset, by category."""
        column = self.table(gwp_set)[:, self.entry(name).column]
        return dict(zip(CATEGORIES, column.tolist(), strict=True))

    @cached_property
    def remembered(self) -> dict[Hashable, Any]:
        """What was found out about lines and datasets (`footprint.engine.known`), and what was
        published of a dataset (`excerpts`)."""
        return {}

    @cached_property
    def _rows(self) -> dict[str, NDArray[np.float64]]:
        return {}

    def rows(self, gwp_set: str) -> NDArray[np.float64]:
        """The table turned over, (datasets, categories): a dataset's numbers beside each other.

        Raises `InputRefused` (INV-013) for an unknown set.
        """
        if gwp_set not in self._rows:
            self._rows[gwp_set] = np.ascontiguousarray(self.table(gwp_set).T)
        return self._rows[gwp_set]

    @cached_property
    def by_name(self) -> dict[str, tuple[Entry, ...]]:
        """Datasets by their names and synonyms in both languages, folded (`fold_name`)."""
        found: dict[str, dict[str, Entry]] = {}
        for entry in self.datasets.values():
            for name in (entry.name_en, entry.name_zh, *entry.synonyms):
                found.setdefault(fold_name(name), {})[entry.id] = entry
        return {name: tuple(entries.values()) for name, entries in found.items()}

    def substance(self, name: str) -> Substance | None:
        """The elementary flow with this id, or the only one with this name or formula."""
        if name in self.substances:
            return self.substances[name]
        wanted = fold_name(name)
        found = [s for s in self.substances.values() if wanted in map(fold_name, s.names)]
        return found[0] if len(found) == 1 else None

    def document(self) -> dict[str, Any]:
        """The whole inventory behind the tables: every exchange as published and as calculated."""
        document: dict[str, Any] = json.loads((self.folder / "inventory.json").read_bytes())
        return document

    def published(self, names: Collection[str]) -> dict[str, dict[str, Any]]:
        """What `document` says of these datasets, without those that it does not have."""
        found = excerpt(self.folder / "inventory.json", names)
        if any(name in self.datasets and name not in found for name in names):
            whole = self.document()["datasets"]  # written by another hand: not as canonical JSON
            found = {name: whole[name] for name in names if name in whole}
        return found

    def excerpts(
        self, kind: str, names: Iterable[str], made: Callable[[str, dict[str, Any]], _Excerpt]
    ) -> dict[str, _Excerpt]:
        """What `made` takes out of what was published of each of these datasets, by name, without
        those that are not here. It is remembered by `kind`: nothing is decoded a second time."""
        known = self.remembered
        found: dict[str, _Excerpt] = {}
        lacking = []
        for name in names:
            one = known.get((kind, name))
            if one is not None:
                found[name] = one
            elif name in self.datasets:
                lacking.append(name)
        for name, document in self.published(lacking).items() if lacking else ():
            found[name] = known[kind, name] = made(name, document)
        return found


#: What is read of a compiled inventory.
_FILES = ("manifest.json", "index.json", *map("intensities-{}.npy".format, GWP_SETS))


def fold_name(name: str) -> str:
    """A name without case, blanks and width: what two spellings of one name have in common."""
    if name.isascii():  # as most names are: five times as fast
        return name.lower().translate(_NO_LETTERS)
    import unicodedata

    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in folded if char.isalnum() or char in "%+")


#: Characters of ASCII that a folded name leaves out.
_NO_LETTERS = {at: None for at in range(128) if not (chr(at).isalnum() or chr(at) in "%+")}


def load_compiled(folder: Path) -> CompiledInventory:
    """A compiled inventory, read once for as long as its files are the same (half a second).

    Raises `InputRefused` (INV-012) if a part is missing.
    """
    try:
        stamps = tuple(_stamp(folder / name) for name in _FILES)
    except OSError as error:
        raise _unreadable(folder, error) from error
    return _load(folder, stamps)


def _stamp(file: Path) -> tuple[int, ...]:
    """What changes when a file is written anew, or another takes its place."""
    found = file.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _unreadable(folder: Path, error: Exception) -> InputRefused:
    return faults.NOT_COMPILED.refuse(
        f"{folder} cannot be read: {error}", hint="Run: footprint data build"
    )


@lru_cache(maxsize=4)
def _load(folder: Path, _stamps: tuple[tuple[int, ...], ...]) -> CompiledInventory:
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        index = json.loads((folder / "index.json").read_bytes())
        tables = {
            # A plain array over the mapped file: picking columns of a memmap takes 4 times longer.
            name: np.asarray(
                np.load(folder / f"intensities-{name}.npy", mmap_mode="r", allow_pickle=False)
            )
            for name in GWP_SETS
        }
    except (OSError, ValueError) as error:
        raise _unreadable(folder, error) from error
    if manifest["categories"] != list(CATEGORIES):
        raise faults.NOT_COMPILED.refuse(f"{folder} was compiled by another version")
    given = {name: (column, head) for column, (name, head) in enumerate(index["datasets"].items())}
    substances = {
        name: Substance(
            name,
            (flow["name_en"], flow["name_zh"], flow["formula"]),
            flow["category"],
            flow["aircraft"],
            flow["gwp"],
        )
        for name, flow in index["flows"].items()
    }
    return CompiledInventory(
        folder, manifest["hash"], Late(given, _entry), substances, index["sources"], tables
    )


def _entry(given: tuple[int, str | dict[str, Any]]) -> Entry:
    """A dataset of its column and what the index says of it: JSON as a text, which is read for
    the datasets that somebody asks for alone, or as it stood in the indexes of before."""
    column, text = given
    head = json.loads(text) if isinstance(text, str) else text
    values = {key: head[key] for key in Entry.__dataclass_fields__ if key in head}
    values |= {
        "column": column,
        "synonyms": (*head["synonyms_en"], *head["synonyms_zh"]),
        "uses": tuple(head["uses"]),
        "codes": tuple(head["codes"]),
        **{key: tuple(head.get(key, ())) for key in ("lacks_en", "lacks_zh", "places")},
    }
    return Entry(**values)
