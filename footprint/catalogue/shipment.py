"""What another machine needs to calculate parts of a catalogue, and parts as bytes there and back.

Nothing is read from a disk that both share: the compiled inventory goes once to each worker, under
its hash; the lines of a part and the suppliers' documents that they name go with the part, and its
results come back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa

from footprint.bom.supplier_files import Folder
from footprint.catalogue.decisions import SchemesAsked
from footprint.catalogue.gaps import Gaps
from footprint.catalogue.keys import Keys
from footprint.catalogue.part import PartResults, run_part
from footprint.catalogue.question import CatalogueQuestion
from footprint.catalogue.source import PartOf, read_part
from footprint.inventory.compiled import CompiledInventory, load_compiled
from footprint.inventory.union import unite, united_inventories
from footprint.uncertainty.ensemble import ensemble_file
from footprint.uncertainty.simulate import SimulationSettings
from footprint.version import __version__

#: Files of a compiled inventory besides its tables of numbers.
_TEXTS = ("manifest.json", "index.json", "inventory.json")
#: Libraries whose version can move the last digit of a result.
_LIBRARIES = ("numpy", "scipy", "pyarrow", "pint")


@dataclass(frozen=True, slots=True)
class Shipment:
    """The inventory (the files of each that it unites, by name) and the question, for a worker.

    `hash` is that of the inventory; `made_by` are versions that have to be the same over there.
    """

    hash: str
    made_by: Mapping[str, str]
    folders: tuple[Mapping[str, bytes], ...]
    gwp_set: str
    settings: SimulationSettings | None
    asked: SchemesAsked | None
    gaps: Gaps


@dataclass(frozen=True, slots=True)
class PartShipment:
    """A part of a catalogue as bytes: its lines (an Arrow stream), and the documents they name."""

    table: bytes
    first_row: int
    file: str
    documents: Mapping[str, bytes]


def versions_here() -> dict[str, str]:
    """Versions that results depend on: this program's, and those of the libraries below it."""
    return {"footprint": __version__} | {name: version(name) for name in _LIBRARIES}


def shipment_for(question: CatalogueQuestion, inventory: CompiledInventory) -> Shipment:
    """The shipment for a question. Draws of the background, if asked for, are there already."""
    return Shipment(
        inventory.hash,
        versions_here(),
        tuple(_files(part, question) for part in united_inventories(inventory)),
        question.gwp_set,
        question.settings,
        question.asked,
        question.gaps,
    )


def _files(inventory: CompiledInventory, question: CatalogueQuestion) -> dict[str, bytes]:
    names = [*_TEXTS, *(f"intensities-{one}.npy" for one in inventory.tables)]
    if question.draws is not None:
        drawn = ensemble_file(inventory, question.gwp_set, question.draws, question.seed)
        names.append(drawn.name)
    return {name: (inventory.folder / name).read_bytes() for name in names}


def keys_of_shipment(shipment: Shipment, folder: Path) -> Keys:
    """What a worker calculates with; the inventory's files are written into `folder` (new)."""
    places = []
    for at, files in enumerate(shipment.folders):
        place = folder / str(at)
        place.mkdir(parents=True)
        for name, data in files.items():
            (place / name).write_bytes(data)
        places.append(place)
    inventory = unite([load_compiled(place) for place in places])
    return Keys(inventory, shipment.gwp_set, shipment.settings, shipment.asked, shipment.gaps)


def part_shipment(question: CatalogueQuestion, part: PartOf) -> PartShipment:
    """A part with all that it names."""
    table = read_part(part)
    base = question.products
    beside = Folder(base if base.is_dir() else base.parent)
    named = set()
    if "supplier_pcf" in table.column_names:
        named = set(table.column("supplier_pcf").unique().to_pylist())
    documents = {name: beside[name] for one in named if one and (name := one.strip()) in beside}
    return PartShipment(_bytes(table), part.first_row, part.file, documents)


def run_shipped(part: PartShipment, keys: Keys) -> tuple[bytes, bytes]:
    """Results and refusals of a part, each as an Arrow stream."""
    made = run_part(_table(part.table), part.first_row, keys, part.documents, part.file)
    return _bytes(made.results), _bytes(made.refused)


def arrived(results: bytes, refused: bytes) -> PartResults:
    """What came back of a part."""
    return PartResults(_table(results), _table(refused))


def _bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _table(data: bytes) -> pa.Table:
    return pa.ipc.open_stream(data).read_all()
