"""Datasets are read when they are asked for, and are those that all at once would be."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from evidence import some

from footprint.inventory.compiled import CompiledInventory, load_compiled
from footprint.inventory.late import Late


def test_each_value_is_made_once_and_only_when_asked_for() -> None:
    asked: list[str] = []

    def made(text: str) -> str:
        asked.append(text)
        return text.upper()

    late = Late({"b": "two", "a": "one", "c": "three"}, made)
    assert (list(late), len(late), "a" in late, "x" in late, asked) == (
        ["b", "a", "c"], 3, True, False, [],
    )  # fmt: skip
    assert (late["a"], late["a"], late.get("x"), asked) == ("ONE", "ONE", None, ["one"])
    assert list(late.items()) == [("b", "TWO"), ("a", "ONE"), ("c", "THREE")]
    assert list(late.values()) == ["TWO", "ONE", "THREE"]
    assert late == {"a": "ONE", "b": "TWO", "c": "THREE"}
    assert sorted(asked) == ["one", "three", "two"]
    with pytest.raises(KeyError, match="x"):
        late["x"]


def test_one_dataset_by_itself_is_that_of_all(inventory: CompiledInventory) -> None:
    copied: CompiledInventory = pickle.loads(pickle.dumps(inventory))  # noqa: S301  our own bytes
    whole = dict(copied.datasets.items())
    assert list(whole) == list(inventory.datasets)
    for column, (name, entry) in enumerate(some(list(whole.items()))):
        assert (entry.id, entry.column) == (name, column)
        assert inventory.datasets[name] == entry


def test_an_index_of_before_says_the_same(inventory: CompiledInventory, tmp_path: Path) -> None:
    """Compiled imports of before hold each dataset as an object, with more than a line asks for."""
    for file in inventory.folder.iterdir():
        (tmp_path / file.name).symlink_to(file)
    index = json.loads((inventory.folder / "index.json").read_bytes())
    heads = {name: json.loads(text) | {"more": 1} for name, text in index["datasets"].items()}
    (tmp_path / "index.json").unlink()
    (tmp_path / "index.json").write_text(json.dumps(index | {"datasets": heads}), "utf-8")
    assert load_compiled(tmp_path).datasets == inventory.datasets
