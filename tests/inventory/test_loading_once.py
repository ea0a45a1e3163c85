"""A compiled inventory is read once, and again as soon as one of its files is another."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from footprint.faults import InputRefused
from footprint.inventory import build
from footprint.inventory.compiled import _FILES, CompiledInventory, load_compiled


@pytest.fixture
def folder(inventory: CompiledInventory, tmp_path: Path) -> Path:
    return Path(shutil.copytree(inventory.folder, tmp_path / "inventory"))


def test_the_same_files_are_the_same_inventory(folder: Path) -> None:
    assert load_compiled(folder) is load_compiled(folder)


@pytest.mark.parametrize("name", _FILES)
def test_a_file_that_another_took_the_place_of_is_read(folder: Path, name: str) -> None:
    before = load_compiled(folder)
    copy = folder / "beside"
    copy.write_bytes((folder / name).read_bytes())
    copy.replace(folder / name)
    assert load_compiled(folder) is not before


def test_another_table_of_the_same_size_is_seen(folder: Path) -> None:
    before = load_compiled(folder).tables["AR6"].sum()
    file = folder / "intensities-AR6.npy"
    table = np.load(file)
    np.save(folder / "new.npy", table * 2)
    (folder / "new.npy").replace(file)
    assert load_compiled(folder).tables["AR6"].sum() == pytest.approx(2 * before)


@pytest.mark.parametrize("name", _FILES)
def test_a_file_that_is_gone_is_refused_though_it_was_read_before(folder: Path, name: str) -> None:
    load_compiled(folder)
    (folder / name).unlink()
    with pytest.raises(InputRefused) as refused:
        load_compiled(folder)
    assert refused.value.problems[0].code == "INV-012"


@pytest.fixture
def quick_build(inventory: CompiledInventory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that takes no ten seconds: the same files as ever."""

    def make(folder: Path, _root: Path | None) -> dict[str, str]:
        shutil.copytree(inventory.folder, folder, dirs_exist_ok=True)
        return {"hash": inventory.hash}

    monkeypatch.setattr(build, "_run_build", make)


@pytest.mark.usefixtures("quick_build")
def test_versions_that_share_a_cache_leave_each_others_inventories_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = build.ensure_compiled(tmp_path)
    (ours.folder / "mark").touch()
    monkeypatch.setattr(build, "COMPILED_FORM", "another")
    others = build.ensure_compiled(tmp_path)
    assert build.rebuild(tmp_path).folder == others.folder != ours.folder
    assert others.hash == ours.hash
    monkeypatch.undo()
    assert (build.ensure_compiled(tmp_path).folder / "mark").exists()


@pytest.mark.usefixtures("quick_build")
def test_a_compiled_folder_that_is_not_whole_is_made_again(tmp_path: Path) -> None:
    folder = build.ensure_compiled(tmp_path).folder
    (folder / "manifest.json").unlink()
    assert build.ensure_compiled(tmp_path).folder == folder
    assert (folder / "manifest.json").is_file()
