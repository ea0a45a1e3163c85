"""The JSON Schemas of the published documents, as they lie in the package."""

from __future__ import annotations

from importlib import resources


def schema_text(name: str) -> str:
    """The JSON Schema of `footprint`, `decision` or `bom`. Raises FileNotFoundError for another."""
    folder = resources.files("footprint.documents") / "published"
    return (folder / f"{name}.schema.json").read_text("utf-8")
