"""A dataset as text: what it says, from where, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from footprint.cli.dataset_words import words_in
from footprint.cli.tables import number
from footprint.source_hosts import source_mark
from footprint.words.language import Language


def dataset_text(document: dict[str, Any], language: Language = "en") -> str:
    """`footprint data show` for people. Names, comments and citations stay as they are given."""
    return "\n".join(_lines(document, words_in(language), language))


def _lines(doc: dict[str, Any], words: Mapping[str, str], language: Language) -> Iterator[str]:
    yield from _head(doc, words)
    yield ""
    yield words["intensities"]
    for gwp_set, values in doc["intensities_kg_co2e_per_unit"].items():
        parts = ", ".join(
            f"{words.get(name, name)} {number(value)}" for name, value in values.items() if value
        )
        yield f"  {gwp_set}: {parts or '0'}"
    yield ""
    yield from _figures(doc, words, language)
    if doc["upstream"]:
        yield ""
        yield words["made of"]
        yield from _tree(doc["upstream"], "  ")
    yield f"{words['inventory']} {doc['inventory']}"


def _head(doc: dict[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    yield f"{doc['id']}   {doc['name_en']} / {doc['name_zh']}"
    facts = {name: _said(doc[name], words) for name in ("kind", "boundary", "status")}
    yield words["head"].format(
        unit=doc["unit"],
        location=doc["location"],
        year=doc["year"],
        fits=doc["technological"],
        **facts,
    )
    for key in ("includes", "codes"):
        if doc[key]:
            yield words[key].format(text=", ".join(doc[key]))
    also = [*doc["synonyms_en"], *doc["synonyms_zh"]]
    if also:
        yield words["also"].format(text=", ".join(also))
    if doc["comment"]:
        yield words["note"].format(text=doc["comment"])
    if doc.get("lacks_en"):
        steps = zip(doc["lacks_en"], doc["lacks_zh"], strict=True)
        yield words["lacks"].format(text="; ".join(f"{en} / {zh}" for en, zh in steps))
    if doc.get("screening"):
        yield words["screening"]


def _figures(doc: dict[str, Any], words: Mapping[str, str], language: Language) -> Iterator[str]:
    part = doc["kind"] == "part"
    yield words["recipe"].format(unit=doc["unit"]) if part else words["figures"]
    for exchange in doc["exchanges"]:
        yield (
            f"  {exchange['input']}  {exchange['published_amount']:g} "
            f"{exchange['published_unit']}{_spread(exchange, words) if part else ''}"
            f"   [{exchange['source']}] {exchange['locator']}"
        )
        if exchange["comment"]:
            yield f"      {exchange['comment']}"
    if doc["check_value"] is not None:
        value = f"{doc['check_value']:g}"
        yield words["checked"].format(value=value, source=doc["check_source"])
    yield ""
    yield words["sources"]
    for source in doc["sources"]:
        checked = _said(source["verification"], words)
        yield f"  [{source['id']}] {source['citation']}"
        mark = source_mark(source["url"] or "", language)
        yield f"      {source['licence']}; {checked}; {source['url']}{mark}"


def _said(key: str, words: Mapping[str, str]) -> str:
    """What people call a value of a dataset."""
    return words.get(key, key.replace("_", " "))


def _spread(exchange: dict[str, Any], words: Mapping[str, str]) -> str:
    """How far an amount of a recipe may be off."""
    if exchange["gsd2"]:
        return words["factor"].format(gsd2=exchange["gsd2"])
    if exchange["minimum"] is None or not exchange["amount"]:
        return ""
    scale = exchange["published_amount"] / exchange["amount"]
    return words["range"].format(low=exchange["minimum"] * scale, high=exchange["maximum"] * scale)


def _tree(rows: list[dict[str, Any]], indent: str) -> Iterator[str]:
    for row in rows:
        yield (
            f"{indent}{row['share']:6.1%}  {number(row['amount'])} {row['unit']} {row['dataset']}"
        )
        yield from _tree(row["upstream"], indent + "    ")
