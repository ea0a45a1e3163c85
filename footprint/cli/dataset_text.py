"""A dataset as text: what it says, from where, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from footprint.cli.tables import number
from footprint.source_hosts import source_mark


def dataset_text(document: dict[str, Any]) -> str:
    """`footprint data show` for people."""
    return "\n".join(_lines(document))


def _lines(doc: dict[str, Any]) -> Iterator[str]:
    yield from _head(doc)
    yield ""
    yield "kg CO2e per unit, by GWP set:"
    for gwp_set, values in doc["intensities_kg_co2e_per_unit"].items():
        parts = ", ".join(f"{name} {number(value)}" for name, value in values.items() if value)
        yield f"  {gwp_set}: {parts or '0'}"
    yield ""
    yield from _figures(doc)
    if doc["upstream"]:
        yield ""
        yield "Made of (share of the total):"
        yield from _tree(doc["upstream"], "  ")
    yield f"Inventory {doc['inventory']}"


def _head(doc: dict[str, Any]) -> Iterator[str]:
    yield f"{doc['id']}   {doc['name_en']} / {doc['name_zh']}"
    yield (
        f"per {doc['unit']}, {doc['location']}, {doc['year']}; {doc['kind'].replace('_', ' ')}, "
        f"{doc['boundary']}; "
        f"fits its name: {doc['technological']} (1 best, 5 worst); {doc['status']}"
    )
    for label, key in (("Includes", "includes"), ("Codes", "codes")):
        if doc[key]:
            yield f"{label}: {', '.join(doc[key])}"
    also = [*doc["synonyms_en"], *doc["synonyms_zh"]]
    if also:
        yield f"Also called: {', '.join(also)}"
    if doc["comment"]:
        yield f"Note: {doc['comment']}"
    if doc.get("lacks_en"):
        steps = zip(doc["lacks_en"], doc["lacks_zh"], strict=True)
        yield f"At least: lacks {'; '.join(f'{en} / {zh}' for en, zh in steps)}"
    if doc.get("screening"):
        yield "Screening: what it lacks could exceed its interval"


def _figures(doc: dict[str, Any]) -> Iterator[str]:
    part = doc["kind"] == "part"
    yield f"Recipe, per {doc['unit']}:" if part else "Figures as published:"
    for exchange in doc["exchanges"]:
        yield (
            f"  {exchange['input']}  {exchange['published_amount']:g} "
            f"{exchange['published_unit']}{_spread(exchange) if part else ''}"
            f"   [{exchange['source']}] {exchange['locator']}"
        )
        if exchange["comment"]:
            yield f"      {exchange['comment']}"
    if doc["check_value"] is not None:
        yield f"Checked against {doc['check_value']:g} ({doc['check_source']})"
    yield ""
    yield "Sources:"
    for source in doc["sources"]:
        checked = source["verification"].replace("_", " ")
        yield f"  [{source['id']}] {source['citation']}"
        mark = source_mark(source["url"] or "", "en")
        yield f"      {source['licence']}; {checked}; {source['url']}{mark}"


def _spread(exchange: dict[str, Any]) -> str:
    """How far an amount of a recipe may be off."""
    if exchange["gsd2"]:
        return f" (times or divided by {exchange['gsd2']:g})"
    if exchange["minimum"] is None or not exchange["amount"]:
        return ""
    scale = exchange["published_amount"] / exchange["amount"]
    return f" ({exchange['minimum'] * scale:.4g} to {exchange['maximum'] * scale:.4g})"


def _tree(rows: list[dict[str, Any]], indent: str) -> Iterator[str]:
    for row in rows:
        yield (
            f"{indent}{row['share']:6.1%}  {number(row['amount'])} {row['unit']} {row['dataset']}"
        )
        yield from _tree(row["upstream"], indent + "    ")
