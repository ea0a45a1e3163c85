"""YAML files beside the table: plain mappings, without aliases that could stand for much more."""

from __future__ import annotations

from typing import Any

import yaml

from footprint.faults import Fault, Where

MAX_BYTES = 1_000_000
MAX_DEPTH = 20


def read_sidecar(data: bytes, fault: Fault, where: Where) -> dict[str, Any]:
    """The mapping that the file holds. Raises `InputRefused` with `fault` for anything else."""
    if len(data) > MAX_BYTES:
        raise fault.refuse(f"{len(data):,} bytes; the limit is {MAX_BYTES:,}", where)
    try:
        _check(data)
        mapping = yaml.safe_load(data)
    except (yaml.YAMLError, ValueError) as error:
        message = f"the file is not plain YAML: {' '.join(str(error).split())}"
        raise fault.refuse(message, where) from None
    if not isinstance(mapping, dict):
        raise fault.refuse("the file is not 'key: value'", where)
    return mapping


def _check(data: bytes) -> None:
    """Read the events alone: aliases multiply, and depth ends the process, before any value is
    made."""
    depth = 0
    for event in yaml.parse(data, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.events.AliasEvent):
            raise ValueError(f"aliases are not allowed: *{event.anchor}")
        depth += isinstance(event, yaml.events.CollectionStartEvent)
        depth -= isinstance(event, yaml.events.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ValueError(f"nested more than {MAX_DEPTH} deep")
