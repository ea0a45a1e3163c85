"""Single datasets out of the document of an inventory: the same as decoding the whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from evidence import some

from footprint.canonical import canonical_json
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.excerpt import excerpt
from footprint.inventory.union import UnitedInventory


def written(folder: Path, datasets: dict[str, Any]) -> Path:
    file = folder / "inventory.json"
    file.write_bytes(canonical_json({"datasets": datasets, "flows": {"pedigree": {"a": 1}}}))
    return file


def dataset(size: int = 1, **more: Any) -> dict[str, Any]:
    return {"comment": "铝" * size, "exchanges": [{"amount": 1.5}], **more}


def test_the_datasets_of_the_shipped_inventory_are_those_of_its_document(
    inventory: CompiledInventory,
) -> None:
    whole = inventory.document()["datasets"]
    names = sorted(whole)
    for chosen in some([names[:3], names[-3:], names[::400], [names[7], names[2]]]):
        assert inventory.published(chosen) == {name: whole[name] for name in chosen}
    assert inventory.published([]) == {}
    assert inventory.published(["no-such-dataset"]) == {}


def test_a_member_of_another_object_is_no_dataset(tmp_path: Path) -> None:
    file = written(tmp_path, {"a": dataset(pedigree={"x": 1}), "pedigree": dataset(3)})
    assert excerpt(file, ["pedigree"]) == {"pedigree": dataset(3)}
    assert excerpt(written(tmp_path, {"a": dataset(pedigree={"x": 1})}), ["pedigree"]) == {}


def test_what_a_text_quotes_is_no_dataset(tmp_path: Path) -> None:
    says = '"b":{"exchanges":[]}'
    file = written(tmp_path, {"a": dataset(note=says), "b": dataset(2)})
    assert excerpt(file, ["b", "a"]) == {"a": dataset(note=says), "b": dataset(2)}


@pytest.mark.parametrize("size", [1, 5_000, 5_461, 5_462, 50_000])
def test_a_dataset_may_be_of_any_length(tmp_path: Path, size: int) -> None:
    file = written(tmp_path, {"a": dataset(size), "b": dataset()})
    assert excerpt(file, ["a", "b"]) == {"a": dataset(size), "b": dataset()}


def test_a_document_of_another_hand_is_read_as_a_whole(
    inventory: CompiledInventory, tmp_path: Path
) -> None:
    name = next(iter(inventory.datasets))
    (tmp_path / "inventory.json").write_text(json.dumps({"datasets": {name: dataset()}}, indent=1))
    other = CompiledInventory(tmp_path, "sha256:0", {name: inventory.entry(name)}, {}, {}, {})
    assert other.published([name]) == {name: dataset()}


def test_united_inventories_say_what_their_parts_say(
    inventory: CompiledInventory, tmp_path: Path
) -> None:
    (first, second), parts = list(inventory.datasets)[:2], []
    for at, name in enumerate((first, second)):
        folder = tmp_path / str(at)
        folder.mkdir()
        written(folder, {name: dataset(at + 1)})
        known = {name: inventory.entry(name)}
        parts.append(CompiledInventory(folder, f"sha256:{at}", known, {}, {}, {}))
    datasets = {**parts[0].datasets, **parts[1].datasets}
    both = UnitedInventory(tmp_path, "sha256:9", datasets, {}, {}, {}, parts=tuple(parts))
    assert both.published([second, first]) == {first: dataset(1), second: dataset(2)}
    assert both.published([second]) == {second: dataset(2)}
