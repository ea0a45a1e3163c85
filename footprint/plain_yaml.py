"""Plain YAML: mappings, lists and scalars, each key once, no anchors, numbers kept as written.

PyYAML's safe loader lets the last of two equal keys win, follows aliases (a short text may then
stand for a very long one) and reads numbers as binary floats. Rules, evidence and the files
beside a table need none of it.
"""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from footprint.late_pattern import late_pattern
from footprint.printable import unprintable_in

#: More than any rule or evidence file needs; a limit so that hostile input stays cheap.
MAX_CHARACTERS = 400_000
#: Rules nest about ten deep. The compiled parser recurses in C, where too deep ends the process.
MAX_DEPTH = 50
_WHOLE_NUMBER = late_pattern(r"-?(0|[1-9]\d{0,29})")
#: The compiled parser reads the shipped rules nine times as fast; it is in every wheel of PyYAML.
_SAFE_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NotPlainYamlError(ValueError):
    """The text is not plain YAML; the message says what and where."""


class _Loader(_SAFE_LOADER):  # type: ignore[misc]  # one of two classes, both untyped
    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                continue
            if key_node.value in seen:
                line = key_node.start_mark.line + 1
                raise NotPlainYamlError(f"line {line}: the key '{key_node.value}' is written twice")
            seen.add(key_node.value)
        found: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return found


def _decimal(_: _Loader, node: yaml.ScalarNode) -> Decimal:
    try:
        value = Decimal(str(node.value))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise NotPlainYamlError(f"line {node.start_mark.line + 1}: '{node.value}' is not a number")
    return value


def _integer(_: _Loader, node: yaml.ScalarNode) -> int:
    # YAML 1.1 would read 010 as eight and 1:30 as ninety.
    if not _WHOLE_NUMBER.fullmatch(str(node.value)):
        raise NotPlainYamlError(f"'{node.value}' is not a plain number; put a text in quotes")
    return int(node.value)


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
_Loader.add_constructor("tag:yaml.org,2002:int", _integer)


def load_plain_yaml(text: str) -> Any:
    """The value that `text` stands for; decimals as `Decimal`, dates as `date`.

    Raises NotPlainYamlError for all else: broken syntax, equal keys, aliases, tags, deep nesting.
    """
    if len(text) > MAX_CHARACTERS:
        raise NotPlainYamlError(f"longer than {MAX_CHARACTERS:,} characters")
    try:
        _refuse_aliases_and_depth(text)
        # A subclass of the safe loader: no tag can make it build anything but plain values.
        value = yaml.load(text, Loader=_Loader)  # noqa: S506
    except NotPlainYamlError:
        raise
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise NotPlainYamlError(" ".join(str(error).split())) from None
    found = unprintable_in(value)
    if found:
        place, character = found
        raise NotPlainYamlError(f"{place or 'the text'} holds the control character {character}")
    return value


def _refuse_aliases_and_depth(text: str) -> None:
    """Read the events alone first: a flat loop, whatever the text holds."""
    depth = 0
    for event in yaml.parse(text, Loader=_SAFE_LOADER):
        if isinstance(event, yaml.events.AliasEvent):
            raise NotPlainYamlError(f"aliases are not allowed: *{event.anchor}")
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise NotPlainYamlError(f"tags are not allowed: {tag}")
        if isinstance(event, yaml.events.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.events.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise NotPlainYamlError(f"nested more than {MAX_DEPTH} deep")
