"""Compiled inventories of this installation, by their hash."""

from __future__ import annotations

import re
from pathlib import Path

from api.faults import UNKNOWN_INVENTORY
from footprint.inventory.build import compiled_store
from footprint.inventory.compiled import CompiledInventory, load_compiled

_HASH = re.compile(r"(?:sha256:)?([0-9a-f]{32,64})")


def compiled_inventory(cache: Path, name: str) -> CompiledInventory:
    """The inventory with this content hash in the cache folder.

    Raises ServiceRefused API-507 when it was not compiled here, InputRefused (INV-012) when a part
    of it is missing.
    """
    found = _HASH.fullmatch(name)
    folder = compiled_store(cache) / found[1][:32] if found else None
    if folder is None or not (folder / "manifest.json").is_file():
        raise UNKNOWN_INVENTORY.refuse(
            f"No inventory {name[:80]!r} was compiled here.",
            "`footprint data build` compiles one; a certificate names the hash of its own.",
        )
    return load_compiled(folder)
