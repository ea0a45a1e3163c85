"""From linked datasets to an `Inventory` of our own model, with ids and a source record."""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from footprint.faults import Where
from footprint.importers import faults
from footprint.importers.allocate import Single
from footprint.importers.completeness import with_completeness
from footprint.importers.link import InputLink, InputLinks, InputNode
from footprint.importers.measures import Measures
from footprint.importers.neutral import Elementary, Emission, Input, Process, ProcessProduct
from footprint.importers.places import place
from footprint.importers.report import Log
from footprint.inventory.model import Dataset, Exchange, Flow, Inventory, SourceRecord

#: Stands for a year that a file does not state: so old that its temporal rating is the worst.
NO_YEAR = 1900
#: Letters of the product and of the place in an id.
_LONGEST = 50
_LONGEST_PLACE = 12


@dataclass(frozen=True, slots=True)
class ImportOrigin:
    """Where an import comes from: its name, the file, its layout and SHA-256."""

    name: str
    file: str
    layout: str
    sha256: str


def make_nodes(
    singles: Iterable[Single], name: str, measures: Measures, log: Log
) -> list[InputNode]:
    """Give every dataset its id and unit. Two of the same identity are a problem (IMP-008)."""
    nodes: dict[str, InputNode] = {}
    for single in singles:
        where = Where(single.process.file, column=single.process.name[:80])
        factor, unit = measures.unit(single.product.unit, where)
        node = InputNode(dataset_id(name, single), single, unit, factor)
        if node.id in nodes:
            message = f"{single.product.name[:80]!r} has the same identity as another product"
            log.refuse(faults.DUPLICATE, where, message, "Leave one of them out.")
            continue
        nodes[node.id] = node
        log.of(single.process.file).datasets += 1
    return list(nodes.values())


def dataset_id(name: str, single: Single) -> str:
    """`NAME-words-of-the-product-place-12345678`: the words for people, the digits (of a hash of
    the file's own identity) so that an id never depends on what else is in the file."""
    parts = (
        name,
        _slug(single.product.name)[:_LONGEST].strip("-"),
        _slug(single.process.location)[:_LONGEST_PLACE].strip("-"),
        hashlib.sha256(single.product.native.encode()).hexdigest()[:8],
    )
    return "-".join(part for part in parts if part)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def assemble(
    nodes: Sequence[InputNode],
    links: InputLinks,
    origin: ImportOrigin,
    flows: Mapping[str, Flow],
    gwp: Mapping[str, Mapping[str, float]],
    log: Log,
) -> Inventory:
    """The inventory of linked datasets, with the shipped flows and their factors."""
    datasets = {}
    cut = 0
    for node in sorted(nodes, key=lambda node: node.id):
        left_out = links.cut_off.get(node.id, [])
        cut += len(left_out)
        datasets[node.id] = _dataset(node, links.links[node.id], left_out, origin, gwp, log)
    unread = {node.id: len(node.single.process.unread) for node in nodes}
    missing = {name: len(links.cut_off.get(name, [])) + unread[name] for name in datasets}
    datasets = with_completeness(datasets, missing)
    source = source_record(origin, len(datasets), cut, max(d.year for d in datasets.values()))
    return Inventory(
        sources={origin.name: source},
        flows=dict(flows),
        gwp={name: dict(values) for name, values in gwp.items()},
        datasets=datasets,
    )


def source_record(origin: ImportOrigin, datasets: int, cut: int, year: int) -> SourceRecord:
    """The source of an import. What was cut off stands in the citation, and so in every result."""
    incomplete = f"; {cut} inputs without a supplier are cut off" if cut else ""
    return SourceRecord(
        id=origin.name,
        producer="imported by the user",
        citation=f"{origin.file} ({origin.layout}, {datasets} datasets){incomplete}",
        title=origin.file,
        edition="",
        year=year,
        url="",
        licence="that of the imported file; for its owner's use only",
        redistributable="no",
        attribution="",
        accessed="",
        verification="imported",
        taken_from=origin.file,
        files={origin.file: origin.sha256},
    )


def _dataset(
    node: InputNode,
    links: list[InputLink],
    cut_off: list[str],
    origin: ImportOrigin,
    gwp: Mapping[str, Mapping[str, float]],
    log: Log,
) -> Dataset:
    process, product = node.single.process, node.single.product
    where = Where(process.file, column=process.name[:80])
    exchanges = [_technosphere(link, process, origin) for link in links]
    for emission in process.emissions:
        without = [name for name, values in gwp.items() if emission.flow not in values]
        if without:
            message = f"{emission.flow} has no factor in {', '.join(without)}: it counts as 0 there"
            log.note(faults.UNMAPPED_GAS, where, message)
    for emission in process.emissions:
        scale = node.single.part(emission.written) / node.factor
        if scale != 0.0:
            exchanges.append(_biosphere(emission, scale, process, origin))
    if not all(math.isfinite(exchange.amount) for exchange in exchanges):
        message = f"an amount of {process.name[:80]!r} per unit of its product is not finite"
        log.refuse(faults.BAD_AMOUNT, where, message)
    lacking = bool(cut_off or process.unread)
    if not exchanges and not lacking:
        message = f"{process.name[:80]!r} has neither inputs nor greenhouse gases"
        log.note(faults.WITHOUT_BURDEN, where, message, "Its footprint is zero.")
    if process.year is None:
        log.note(faults.NO_YEAR, where, "no year is stated; the data counts as old")
    name, name_zh = _names(process, product)
    return Dataset(
        id=node.id,
        name_en=name,
        name_zh=name_zh,
        unit=node.unit,
        location=place(process.location, log, where),
        year=NO_YEAR if process.year is None else process.year,
        kind="aggregated" if process.aggregated else "unit_process",
        activity="treatment" if node.sign < 0 else "transformation",
        boundary="gate-to-gate" if lacking else "cradle-to-gate",
        source=origin.name,
        locator=f"{process.file}: {product.native}",
        synonyms_en=() if product.name in {name, ""} else (product.name,),
        synonyms_zh=() if product.name_zh in {name_zh, ""} else (product.name_zh,),
        technological=5 if lacking else 2,
        status="cut_off" if lacking else "imported",
        comment=_comment(process, cut_off),
        exchanges=tuple(exchanges),
    )


def _names(process: Process, product: ProcessProduct) -> tuple[str, str]:
    """English and Chinese names: the product, and the process where it is called otherwise. A
    language that the file does not have shows the other one."""
    english = process.name or product.name
    if product.name and product.name.casefold() not in english.casefold():
        english = f"{product.name} | {english}"
    return english, process.name_zh or product.name_zh or english


def _comment(process: Process, cut_off: list[str]) -> str:
    parts = [process.comment] if process.comment else []
    if cut_off:
        parts.append("Cut off: " + "; ".join(dict.fromkeys(cut_off)))
    if process.unread:
        parts.append("Not read: " + "; ".join(process.unread))
    if process.left_out:
        parts.append("Not counted: " + "; ".join(process.left_out))
    return " ".join(parts)


def _technosphere(link: InputLink, process: Process, origin: ImportOrigin) -> Exchange:
    written = link.written
    return _exchange(
        "technosphere", link.supplier, link.amount, written, link.scale, process, origin
    )


def _biosphere(
    emission: Emission, scale: float, process: Process, origin: ImportOrigin
) -> Exchange:
    per_written = scale * emission.kilograms / emission.written.amount
    amount = emission.kilograms * scale
    return _exchange(
        "biosphere", emission.flow, amount, emission.written, per_written, process, origin
    )


def _exchange(
    kind: str,
    name: str,
    amount: float,
    written: Input | Elementary,
    scale: float,
    process: Process,
    origin: ImportOrigin,
) -> Exchange:
    """An exchange of `amount`; `scale` turns what the file writes of it into its unit."""
    spread = written.spread.scaled(scale)
    return Exchange(
        kind=kind,
        input=name,
        amount=amount,
        source=origin.name,
        locator=f"{process.file}: {written.name}",
        published_amount=written.amount,
        published_unit=written.unit,
        gsd2=spread.gsd2,
        minimum=spread.minimum,
        maximum=spread.maximum,
        comment=written.comment,
        distribution=spread.kind,
        centre=spread.centre,
        sd=spread.sd,
    )
