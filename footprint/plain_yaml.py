"""Plain YAML: mappings, lists and scalars, each key once, no anchors, numbers kept as written.

PyYAML's safe loader lets the last of two equal keys win, follows aliases (a short text may then
stand for a very long one) and reads numbers as binary floats. Rules, evidence and the files
beside a table need none of it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from footprint.late_pattern import late_pattern
from footprint.printable import unprintable_in

#: More than any rule or evidence file needs; a limit so that hostile input stays cheap.
MAX_CHARACTERS = 400_000
#: Rules nest about ten deep. The compiled parser recurses in C, where too deep ends the process.
MAX_DEPTH = 50
_WHOLE_NUMBER = late_pattern(r"-?(0|[1-9]\d{0,29})")


class NotPlainYamlError(ValueError):
    """The text is not plain YAML; the message says what and where."""


@cache
def _loaders() -> tuple[Any, Any]:
    """The safe loader of the library, and ours. The compiled one reads the shipped rules nine times
    as fast; it is in every wheel of PyYAML."""
    import yaml  # noqa: PLC0415  15 ms that a command without such a file need not wait

    safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(safe):  # type: ignore[misc]  # one of two classes, both untyped
        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
            _refuse_equal_keys(key for key, _ in node.value if isinstance(key, yaml.ScalarNode))
            found: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
            return found

    Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
    Loader.add_constructor("tag:yaml.org,2002:int", _integer)
    return safe, Loader


def _refuse_equal_keys(keys: Iterable[Any]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key.value in seen:
            line = key.start_mark.line + 1
            raise NotPlainYamlError(f"line {line}: the key '{key.value}' is written twice")
        seen.add(key.value)


def _decimal(_: Any, node: Any) -> Decimal:
    try:
        value = Decimal(str(node.value))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise NotPlainYamlError(f"line {node.start_mark.line + 1}: '{node.value}' is not a number")
    return value


def _integer(_: Any, node: Any) -> int:
    # YAML 1.1 would read 010 as eight and 1:30 as ninety.
    if not _WHOLE_NUMBER.fullmatch(str(node.value)):
        raise NotPlainYamlError(f"'{node.value}' is not a plain number; put a text in quotes")
    return int(node.value)


def load_plain_yaml(text: str) -> Any:
    """The value that `text` stands for; decimals as `Decimal`, dates as `date`.

    Raises NotPlainYamlError for all else: broken syntax, equal keys, aliases, tags, deep nesting.
    """
    import yaml  # noqa: PLC0415  see _loaders

    if len(text) > MAX_CHARACTERS:
        raise NotPlainYamlError(f"longer than {MAX_CHARACTERS:,} characters")
    try:
        _refuse_aliases_and_depth(text)
        # A subclass of the safe loader: no tag can make it build anything but plain values.
        value = yaml.load(text, Loader=_loaders()[1])  # noqa: S506
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
    import yaml  # noqa: PLC0415  see _loaders

    depth = 0
    for event in yaml.parse(text, Loader=_loaders()[0]):
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
