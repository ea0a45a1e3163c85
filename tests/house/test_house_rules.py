"""The rules of the house, kept by machine: directions, purity, room sizes, codes, words."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("footprint", "api", "label_templates", "lci_data")
MODULES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def within(path: Path, *rooms: str) -> bool:
    return any(path.is_relative_to(ROOT / room) for room in rooms)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_downwards_only(path: Path) -> None:
    names = set(imports(path))
    tops = {name.split(".")[0] for name in names}
    if within(path, "footprint") and not within(path, "footprint/cli"):
        assert not tops & {"api", "label_templates", "fastapi", "jinja2", "typst", "sqlalchemy"}
        assert not tops & {"socket", "requests", "httpx", "http"}
        assert "urllib.request" not in names
    if within(path, "label_templates"):
        assert not tops & {"api", "fastapi", "sqlalchemy", "socket", "httpx"}
    if within(path, "api", "label_templates"):
        assert not any(name.startswith("footprint.cli") for name in names)
    if tops & {"bw2data", "bw2io"}:
        assert within(path, "footprint/brightway")
        assert path.name.endswith("_process.py"), "its current project is global to a process"
    if "bw2calc" in tops:  # imports bw2data, which writes where it is imported
        assert path.name.endswith("_process.py") or path == ROOT / "footprint/inventory/lca.py"


#: Calls that read the clock or the environment, or draw random numbers.
IMPURE = re.compile(
    r"datetime\.now|datetime\.utcnow|date\.today|time\.time\(|os\.getenv|os\.environ\.get|"
    r"environ\[[^\]]*\](?!\s*=)|random\.random|uuid4|token_bytes"
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_engine_reads_no_clock_and_no_environment(path: Path) -> None:
    if within(path, "footprint", "label_templates") and not within(path, "footprint/cli"):
        assert not IMPURE.search(path.read_text("utf-8"))


#: Lines of a module: the median, the 90th percentile, the longest. What grows beyond them is split
#: along concepts that a reader would name.
MEDIAN, NINE_IN_TEN, LONGEST = 107, 217, 320


def lengths() -> dict[str, int]:
    """Lines of every module; the folders of data have none that says anything."""
    return {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in MODULES
        if not within(path, "lci_data")
    }


def test_rooms_are_small() -> None:
    sizes = lengths()
    assert len(sizes) > 700
    longest = {name: size for name, size in sizes.items() if size > NINE_IN_TEN}
    assert statistics.median(sizes.values()) <= MEDIAN
    assert statistics.quantiles(sizes.values(), n=10)[8] <= NINE_IN_TEN, f"split some: {longest}"
    large = {name: size for name, size in longest.items() if size > LONGEST}
    assert not large, f"split these: {large}"


def test_functions_are_short() -> None:
    long = {}
    for path in MODULES:
        if "migrations" in path.parts:
            continue  # a migration states a whole schema at once
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > 60:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert not long


def public(node: ast.stmt) -> bool:
    return isinstance(
        node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    ) and not node.name.startswith("_")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_and_every_public_function_is_explained(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    if "migrations" in path.parts or not tree.body:
        return
    assert ast.get_docstring(tree), "the module has no docstring"
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and public(node)
        and not ast.get_docstring(node)
        and len(node.body) > 1  # a single statement says itself
    ]
    assert not silent


def faults() -> Iterator[tuple[str, str, str]]:
    """(code, what it means, module) of every kind of problem that the code defines."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                values = [a.value for a in node.args if isinstance(a, ast.Constant)]
                texts = [str(value) for value in values if isinstance(value, str | int)]
                if node.func.id == "Fault" and len(texts) >= 2:
                    yield texts[0], texts[1], str(path.relative_to(ROOT))
                if node.func.id == "ServiceFault" and len(texts) >= 3:
                    yield texts[0], f"{texts[2]} (HTTP {texts[1]})", str(path.relative_to(ROOT))


def test_every_code_means_one_thing() -> None:
    codes = [code for code, _, _ in faults()]
    assert len(codes) == len(set(codes))


def test_codes_are_defined_in_the_faults_of_their_room_and_written_nowhere_else() -> None:
    assert {where for _, _, where in faults() if not where.endswith("/faults.py")} == set()
    written = [
        (str(path.relative_to(ROOT)), node.lineno, node.value)
        for path in MODULES
        if path.name != "faults.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[A-Z]{3}-\d{3}", node.value)
    ]
    examples = {("api/schemas.py", "API-003"), ("api/schemas.py", "BOM-012")}  # of the document
    assert {(where, code) for where, _, code in written} == examples


def test_every_code_is_explained_in_the_docs(update_golden: bool) -> None:
    rows = sorted(f"| {code} | {says} |" for code, says, _ in faults())
    page = ROOT / "docs" / "errors.md"
    head = page.read_text("utf-8").split("|---|---|\n")[0] + "|---|---|\n"
    expected = head + "\n".join(rows) + "\n"
    if update_golden:
        page.write_text(expected, "utf-8")
    assert page.read_text("utf-8") == expected, "make golden writes docs/errors.md anew"


WORDS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def test_nothing_is_left_undone_without_saying() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if WORDS.search(line)
    ]
    assert not found
