"""Tables of words and facts that ship inside the package, as YAML."""

from __future__ import annotations

from importlib.resources import files
from typing import Any


def shipped_yaml(package: str, *path: str) -> Any:
    """What stands in a file of a package (`footprint.matching`, `kinds.yaml`). Not remembered."""
    import yaml  # noqa: PLC0415  15 ms that a command without such a table need not wait

    # The compiled parser takes a tenth of the time of the other; it is in every wheel of PyYAML.
    # Both build plain values alone.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files(package).joinpath(*path).read_text("utf-8")
    return yaml.load(text, Loader=loader)  # noqa: S506  # a safe one
