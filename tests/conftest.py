"""Fixtures that all rooms share, and the switch that accepts new golden files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from footprint.inventory.build import ensure_compiled
from footprint.inventory.compiled import CompiledInventory

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="Write golden files and snapshots anew instead of comparing with them.",
    )


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def cache() -> Path:
    """The folder of compiled inventories: the one that `make` uses, or one inside the checkout."""
    return Path(os.environ.get("FOOTPRINT_CACHE", ROOT / ".cache" / "footprint"))


@pytest.fixture(scope="session")
def inventory(cache: Path) -> CompiledInventory:
    return ensure_compiled(cache)
