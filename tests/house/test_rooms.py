"""The rooms of the house: arrows only down, no circles, late imports listed, every room named."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("footprint", "api", "label_templates", "lci_data")
MODULES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))


def contracts(folder: Path) -> tuple[int, str]:
    """Exit status and output of the import contracts, for the tree in `folder`."""
    tool = Path(sys.executable).with_name("lint-imports")
    command = [str(tool), "--no-cache", "--config", str(folder / "pyproject.toml")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_no_room_and_no_module_is_part_of_a_circle() -> None:
    status, says = contracts(ROOT)
    assert status == 0, says
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    needs = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    assert len(needs) > 500
    TopologicalSorter(needs).prepare()  # raises CycleError, with the circle


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rooms")
    for name in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__", "*.csv", "*.yaml", "*.json")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


#: Where a line is added, and what it is: in a function, for types alone, at the top.
CIRCLES = {
    "of rooms, in a function": (
        "footprint/values/line.py",
        "\n\ndef late() -> None:\n    import footprint.engine.calculate\n",
        "footprint.values.line -> footprint.engine.calculate",
    ),
    "of rooms, for types": (
        "footprint/bom/tree.py",
        "\nimport typing\n\nif typing.TYPE_CHECKING:\n    import footprint.pact.model\n",
        "footprint.bom.tree -> footprint.pact.model",
    ),
    "of modules in one room": (
        "footprint/engine/masses.py",
        "\nimport footprint.engine.calculate\n",
        "No rooms and no modules import each other in a circle BROKEN",
    ),
    "of the service": (
        "api/settings.py",
        "\nimport api.services.service\n",
        "api.settings -> api.services.service",
    ),
}


@pytest.mark.parametrize("name", CIRCLES)
def test_a_made_up_circle_breaks_the_contract(name: str, copied: Path) -> None:
    file, added, expected = CIRCLES[name]
    path = copied / file
    sound = path.read_text("utf-8")
    path.write_text(sound + added, "utf-8")
    try:
        status, says = contracts(copied)
    finally:
        path.write_text(sound, "utf-8")
    assert status != 0
    assert expected in says


#: Imports inside functions, outside the command line: each saves time where it is not needed.
LATE = {
    ("api/services/issuer.py", "footprint.certificates.seal"): "pyHanko: half a second",
    ("api/workers/kinds.py", "footprint.catalogue.question"): "Arrow: 0.1 s",
    ("api/workers/kinds.py", "footprint.catalogue.run"): "Arrow: 0.1 s",
    ("footprint/bom/read.py", "footprint.site.share"): "pydantic: 0.1 s",
    ("footprint/certificates/standing.py", "footprint.certificates.seal_check"): "pyHanko",
    ("footprint/certificates/verify_file.py", "footprint.certificates.seal_check"): "pyHanko",
    ("footprint/engine/items.py", "footprint.engine.screening"): "seldom asked for",
    ("footprint/engine/known.py", "footprint.matching.stages"): "the words of kinds: 20 ms",
    ("footprint/bom/lines_read.py", "footprint.starter.model"): "a word list: 5 ms",
    ("footprint/bom/supplier_files.py", "footprint.exchange.read"): "readers of documents: 20 ms",
    ("footprint/engine/resolve.py", "footprint.matching.facts"): "the matcher's index: 0.2 s",
    ("footprint/engine/resolve.py", "footprint.matching.match"): "the matcher's index: 0.2 s",
    ("footprint/engine/resolve.py", "footprint.matching.part_models"): "the matcher's index",
    ("footprint/engine/resolve.py", "footprint.matching.query"): "the matcher's index: 0.2 s",
    ("footprint/engine/resolve.py", "footprint.matching.refuse"): "the matcher's index: 0.2 s",
    ("footprint/exchange/belonging_packages.py", "footprint.exchange.aas_write"): "the extra aas",
    ("footprint/exchange/checks.py", "footprint.exchange.open_epd_write"): "the extra epd",
    ("footprint/exchange/forms.py", "footprint.exchange.aas_write"): "the extra aas",
    ("footprint/exchange/forms.py", "footprint.exchange.catena_x_write"): "pydantic: 0.1 s",
    ("footprint/exchange/forms.py", "footprint.exchange.open_epd_write"): "the extra epd",
    ("footprint/exchange/forms.py", "footprint.exchange.untp_write"): "not with every form",
    ("footprint/exchange/read.py", "footprint.exchange.aas_supplier"): "lxml",
    ("footprint/exchange/read.py", "footprint.exchange.catena_x_supplier"): "pydantic: 0.1 s",
    ("footprint/exchange/read.py", "footprint.exchange.epd_documents"): "lxml",
    ("footprint/inventory/attribution.py", "footprint.inventory.read"): "reading is not serving",
    ("footprint/inventory/compile.py", "footprint.inventory.lca"): "bw2calc: a second",
    ("footprint/inventory/compile.py", "footprint.inventory.packages"): "bw_processing",
    ("footprint/matching/score.py", "footprint.matching.spelling"): "rapidfuzz: 50 ms",
    ("footprint/sheets/open.py", "footprint.sheets.ods"): "lxml",
    ("footprint/sheets/open.py", "footprint.sheets.xls"): "xlrd",
    ("footprint/sheets/open.py", "footprint.sheets.xlsx"): "openpyxl: 0.1 s",
    ("label_templates/report/forms.py", "label_templates.report.html"): "Jinja: 40 ms",
    ("label_templates/report/forms.py", "label_templates.report.pdf"): "typst: 50 ms",
    ("label_templates/report/forms.py", "label_templates.report.workbook"): "openpyxl: 50 ms",
}


def is_module(name: str) -> bool:
    return (ROOT / (name.replace(".", "/") + ".py")).is_file()


def late_imports(path: Path) -> set[str]:
    """Modules of this project that a file imports inside a function."""
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    inside = [node for function in functions for node in ast.walk(function)]
    names = {
        f"{node.module}.{alias.name}" if is_module(f"{node.module}.{alias.name}") else node.module
        for node in inside
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    names |= {a.name for node in inside if isinstance(node, ast.Import) for a in node.names}
    return {name for name in names if name.split(".")[0] in PACKAGES}


def test_imports_inside_functions_are_listed_with_what_they_save() -> None:
    found = {
        (str(path.relative_to(ROOT)), name)
        for path in MODULES
        if not path.is_relative_to(ROOT / "footprint" / "cli")  # the whole front door starts late
        for name in late_imports(path)
    }
    assert found == set(LATE)
    assert all(LATE.values())


def test_contributing_names_every_room() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8") + (
        ROOT / "docs" / "architecture.md"
    ).read_text("utf-8")
    rooms = {
        str(path.parent.relative_to(ROOT))
        for path in MODULES
        if path.name == "__init__.py"
        and path.parent.parent in {ROOT / "footprint", ROOT / "api", ROOT / "label_templates"}
    }
    assert len(rooms) > 20
    unnamed = {room for room in rooms if not re.search(rf"\b{Path(room).name}/", page)}
    assert not unnamed
