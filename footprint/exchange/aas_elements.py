"""Elements of an asset administration shell, read from JSON or XML of the metamodel 3.

Only what a reader of values needs: names, meanings, values. A package may hold either form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from footprint.exchange.exact_json import read_exactly
from footprint.exchange.faults import NOT_A_DOCUMENT
from footprint.exchange.package import unpacked
from footprint.faults import Where
from footprint.sheets.xml import UnsafeXml, local, read_sheet_xml

_CHILDREN = ("submodelElements", "value", "statements")


@dataclass(frozen=True, slots=True)
class AasElement:
    """A submodel or an element: its meaning, its text or what it holds."""

    name: str
    meaning: str
    text: str
    text_id: str
    inside: tuple[AasElement, ...]
    id: str = ""

    def named(self, name: str) -> AasElement | None:
        """The element of that idShort inside."""
        return next((one for one in self.inside if one.name == name), None)

    def text_of(self, name: str) -> str:
        """The text of the element of that idShort inside, or empty."""
        found = self.named(name)
        return "" if found is None else found.text


def submodels_of(data: bytes, file: str) -> list[AasElement]:
    """All submodels in a package. Raises `InputRefused` (EXC-001) where a part is not sound."""
    found: list[AasElement] = []
    for name, content in unpacked(data, file, ".json", ".xml").items():
        if name.startswith(("aasx/files/", "_rels/", "[Content_Types]")) or "/_rels/" in name:
            continue
        try:
            is_json = name.lower().endswith(".json")
            found += _from_json(content) if is_json else _from_xml(content)
        except (ValueError, RecursionError, UnsafeXml, etree.XMLSyntaxError) as error:
            message = f"{name} is not sound: {str(error)[:80]}"
            raise NOT_A_DOCUMENT.refuse(message, Where(file)) from None
    return found


def _from_json(content: bytes) -> Iterator[AasElement]:
    document = read_exactly(content)
    submodels = document.get("submodels") if isinstance(document, Mapping) else None
    for one in submodels if isinstance(submodels, list) else ():
        if isinstance(one, Mapping):
            yield _element(one)


def _element(item: Mapping[str, Any]) -> AasElement:
    children: list[Any] = next(
        (item[one] for one in _CHILDREN if isinstance(item.get(one), list)), []
    )
    value = item.get("value")
    return AasElement(
        name=str(item.get("idShort") or ""),
        meaning=_key(item.get("semanticId")),
        text=value if isinstance(value, str) else "",
        text_id=_key(item.get("valueId")),
        inside=tuple(_element(one) for one in children if isinstance(one, Mapping)),
        id=str(item.get("id") or ""),
    )


def _key(reference: Any) -> str:
    """The last key of a reference: what it points at."""
    keys = reference.get("keys") if isinstance(reference, Mapping) else None
    if not isinstance(keys, list) or not keys or not isinstance(keys[-1], Mapping):
        return ""
    return str(keys[-1].get("value") or "")


def _from_xml(content: bytes) -> Iterator[AasElement]:
    root = read_sheet_xml(content)
    for one in root.iter():
        if local(one.tag) == "submodel":
            yield _xml_element(one)


def _xml_element(element: Any) -> AasElement:
    parts = {local(one.tag): one for one in element}
    holder = next((parts[one] for one in _CHILDREN if one in parts and len(parts[one])), None)
    value = parts.get("value")
    return AasElement(
        name=_plain(parts.get("idShort")),
        meaning=_xml_key(parts.get("semanticId")),
        text=_plain(value) if value is not None and not len(value) else "",
        text_id=_xml_key(parts.get("valueId")),
        inside=() if holder is None else tuple(map(_xml_element, holder)),
        id=_plain(parts.get("id")),
    )


def _plain(element: Any) -> str:
    return "" if element is None else (element.text or "")


def _xml_key(element: Any) -> str:
    if element is None:
        return ""
    values = [one for one in element.iter() if local(one.tag) == "value"]
    return _plain(values[-1]) if values else ""
