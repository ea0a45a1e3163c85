"""YAML files beside the table: plain mappings, without aliases that could stand for much more."""

from __future__ import annotations

from typing import Any

from footprint.faults import Fault, Where
from footprint.plain_yaml import NotPlainYamlError, load_plain_yaml


def read_sidecar(data: bytes, fault: Fault, where: Where) -> dict[str, Any]:
    """The mapping that the file holds; decimals as `Decimal`, whole numbers as `int`.

    Raises `InputRefused` with `fault` for anything else.
    """
    try:
        mapping = load_plain_yaml(data.decode("utf-8-sig"))
    except (NotPlainYamlError, UnicodeDecodeError) as error:
        message = f"the file is not plain YAML: {error}"
        raise fault.refuse(message, where) from None
    if not isinstance(mapping, dict):
        raise fault.refuse("the file is not 'key: value'", where)
    return mapping
