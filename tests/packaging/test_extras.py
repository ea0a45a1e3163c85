"""Every library that the packages import is declared: by the base, or by the extra that it says."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from footprint.extras import EXTRAS, missing_extra
from footprint.proof.manifest import engine_manifest
from footprint.words.language import said

ROOT = Path(__file__).parents[2]
PACKAGES = ("footprint", "api", "label_templates", "lci_data")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
#: Modules that libraries of ours bring with them, by the library that we declare for it.
BROUGHT = {
    "markupsafe": "jinja2",
    "pydantic_core": "pydantic",
    "starlette": "fastapi",
    "typing_extensions": "pydantic",
}


def declared(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in requirements}


BASE = declared(PROJECT["dependencies"])
OF_EXTRA = {name: declared(texts) for name, texts in PROJECT["optional-dependencies"].items()}


def distribution(module: str) -> str:
    """The declared library that brings a module."""
    if module in BROUGHT:
        return BROUGHT[module]
    (name,) = set(packages_distributions()[module])
    return canonicalize_name(name)


def imported() -> Iterator[tuple[str, str]]:
    """(module of ours, outside module that it imports), also inside functions."""
    for path in (path for name in PACKAGES for path in (ROOT / name).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in {name.partition(".")[0] for name in names}:
                if name not in sys.stdlib_module_names and name not in PACKAGES:
                    yield str(path.relative_to(ROOT)), name


def test_what_is_imported_is_declared_where_the_extras_say() -> None:
    seen = {module for _, module in imported()}
    assert len(seen) > 30
    of = {module: extra for extra, modules in EXTRAS.items() for module in modules}
    wrong = {
        module: distribution(module)
        for module in seen
        if distribution(module) not in (OF_EXTRA[of[module]] if module in of else BASE)
    }
    assert not wrong


def test_an_extra_names_no_module_that_its_libraries_do_not_bring() -> None:
    named = {(extra, module) for extra, modules in EXTRAS.items() for module in modules}
    assert not {(e, m) for e, m in named if distribution(m) not in OF_EXTRA[e]}
    assert set(EXTRAS) | {"all"} == set(OF_EXTRA)
    assert set(EXTRAS) == set(Requirement(*PROJECT["optional-dependencies"]["all"]).extras)


def test_the_engine_imports_nothing_that_an_extra_brings() -> None:
    """Certificates, statements are signed; the service is a room of its own, commands lazy."""
    optional = {module for modules in EXTRAS.values() for module in modules}
    rooms = ("certificates", "verifiers", "cli", "catalogue")
    allowed = ("api/", "label_templates/", *(f"footprint/{one}/" for one in rooms))
    # Readers of what suppliers send are part of the engine; writers of what buyers ask are not.
    writers = tuple(
        f"footprint/exchange/{name}.py" for name in ("open_epd_write", "aas_write", "battery_shell")
    )
    lazy = {"footprint/brightway/project_process.py", *writers}
    found = [(path, m) for path, m in imported() if m in optional]
    assert found
    assert not [(p, m) for p, m in found if not p.startswith(allowed) and p not in lazy]
    engine = {f"footprint/{path}" for path in engine_manifest()["files"]}
    assert "footprint/exchange/read.py" in engine
    assert not [(p, m) for p, m in found if p in engine]


def test_the_refusal_says_what_to_install_in_both_languages() -> None:
    refused = missing_extra(ModuleNotFoundError("No module named 'typst'", name="typst"))
    assert refused is not None
    (problem,) = refused.problems
    for language in ("en", "zh"):
        spoken = said(problem, language)
        assert "pip install 'footprint-pcf[label]'" in spoken
        assert "\n" not in spoken
    assert "未安装 typst" in said(problem, "zh")


def test_a_module_below_a_library_counts_as_the_library() -> None:
    refused = missing_extra(ModuleNotFoundError("x", name="sqlalchemy.orm"))
    assert refused is not None
    assert "[serve]" in str(refused)


@pytest.mark.parametrize("name", ["footprint.nothing", "nobody_knows_this", None])
def test_another_missing_module_is_a_fault_of_the_program(name: str | None) -> None:
    assert missing_extra(ModuleNotFoundError("x", name=name)) is None
