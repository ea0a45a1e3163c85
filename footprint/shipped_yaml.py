"""Tables of words and facts that ship inside the package, as YAML."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

#: The compiled parser takes a tenth of the time of the other; it is in every wheel of PyYAML. Both
#: build plain values alone.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def shipped_yaml(package: str, *path: str) -> Any:
    """What stands in a file of a package (`footprint.matching`, `kinds.yaml`). Not remembered."""
    text = files(package).joinpath(*path).read_text("utf-8")
    return yaml.load(text, Loader=_LOADER)  # noqa: S506  # a safe one
