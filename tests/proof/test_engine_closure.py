"""The engine manifest vouches for just what a footprint and a decision can depend on."""

from __future__ import annotations

import ast
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

from footprint.canonical import content_hash
from footprint.proof.closure import closure_of
from footprint.proof.manifest import engine_manifest, manifest_of

PACKAGE = Path(__file__).parents[2] / "footprint"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("engine") / "footprint"
    return Path(shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__")))


def module_name(file: str) -> str:
    parts = ["footprint", *file.removesuffix(".py").split("/")]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_the_closure_is_what_syntax_trees_say() -> None:
    graph = grimp.build_graph("footprint", include_external_packages=True, cache_dir=None)
    wanted = graph.find_upstream_modules("footprint.study") | {"footprint.study"}
    found = {module_name(file) for file in closure_of(PACKAGE, "study").modules}
    ours = {name for name in wanted if name.split(".")[0] == "footprint"}
    packages = {".".join(name.split(".")[:end]) for name in ours for end in range(1, 5)}
    assert len(ours) > 150
    assert ours <= found <= ours | packages
    libraries = wanted - ours - set(sys.stdlib_module_names)
    assert set(engine_manifest()["libraries"]) == libraries
    assert {"numpy", "yaml"} <= libraries
    assert "pint" not in libraries  # it defines the table of units, which is data of the closure


def opened_by(path: Path) -> Iterator[str]:
    """The rooms whose data files a module opens, by its syntax tree."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        first = node.args[0]
        opens = ast.unparse(node.func) in {"files", "resources.files", "shipped_yaml"}
        if opens and isinstance(first, ast.Constant):
            yield str(first.value)


def test_the_data_files_are_those_that_its_modules_open() -> None:
    closure = closure_of(PACKAGE, "study")
    rooms = {room for file in closure.modules for room in opened_by(PACKAGE / file)}
    assert len(rooms) > 4
    wanted = set()
    for room in rooms:
        if room.split(".")[0] == "footprint":
            folder = PACKAGE.parent / room.replace(".", "/")
            inside = folder.glob("*.*") if room == "footprint" else folder.rglob("*.*")
            wanted |= {str(path.relative_to(PACKAGE)) for path in inside}
    apart = ("rules/data/schemes/", "rules/data/markets/")
    data = {name for name in wanted if name.endswith((".yaml", ".json", ".txt", ".csv"))}
    assert {name for name in data if not name.startswith(apart)} == set(closure.data)
    assert {"units.txt", "matching/kinds.yaml", "rules/data/registries.yaml"} <= set(closure.data)


def edited(path: Path) -> Iterator[None]:
    """The file with another byte at its end, for a while."""
    sound = path.read_bytes()
    path.write_bytes(sound + b"#\n")
    yield
    path.write_bytes(sound)


def test_every_edit_inside_is_seen_and_none_outside(copied: Path) -> None:
    sound = content_hash(manifest_of(copied))
    inside = set(closure_of(copied, "study").files)
    files = {
        str(path.relative_to(copied))
        for path in copied.rglob("*")
        if path.is_file() and path.suffix in {".py", ".yaml", ".txt", ".json", ".csv", ".md"}
    }
    assert len(inside) > 200
    assert len(files - inside) > 150
    for name in sorted(inside):
        for _ in edited(copied / name):
            assert content_hash(manifest_of(copied)) != sound, name
    for name in files - inside:
        (copied / name).write_bytes((copied / name).read_bytes() + b"#\n")
    assert content_hash(manifest_of(copied)) == sound


def test_a_new_import_widens_what_is_vouched_for(copied: Path) -> None:
    assert "nearest.py" not in closure_of(copied, "study").modules
    path = copied / "engine" / "years.py"
    sound = path.read_bytes()
    path.write_bytes(sound + b"\n\ndef late() -> None:\n    from footprint import nearest\n")
    try:
        assert "nearest.py" in closure_of(copied, "study").modules
    finally:
        path.write_bytes(sound)


def test_the_manifest_names_its_files_by_room() -> None:
    files = engine_manifest()["files"]
    assert {"study.py", "engine/calculate.py", "bom/read.py", "supplier/pact.py"} <= set(files)
    assert not any(name.startswith(("cli/", "certificates/", "report/")) for name in files)
