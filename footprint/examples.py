"""Where the examples are."""

from __future__ import annotations

from pathlib import Path

#: Raw exports as an ERP, a CAD program and a kitchen make them.
EXPORTS = ("fan-erp.xlsx", "lamp-cad.csv", "oat-bar-recipe.csv")


def examples_folder() -> Path:
    """The examples: packed into the command line's folder in a wheel, at the top of a checkout."""
    here = Path(__file__).parent
    packed = here / "cli" / "examples"
    return packed if packed.is_dir() else here.parent / "examples"
