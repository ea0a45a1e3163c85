"""A reading as JSON: the form that `footprint read --format json` and the service print."""

from __future__ import annotations

from typing import Any

from footprint.reading.model import Reading, ReadLine, Remark

#: Meanings that are shown by a wider name: a column of fitted parts tells those that are not.
_SHOWN = {
    "fitted": "dnp",
    "head": "parent",
    "head_name": "other",
    "lot_size": "other",
    "valid_from": "date",
    "valid_to": "date",
    "by_product": "other",
    "fixed_quantity": "other",
    "status": "other",
    "gross_quantity": "other",
}


def reading_document(reading: Reading) -> dict[str, Any]:
    """The reading as plain data. Quantities are per direct assembly (`parent_row`), masses in kg of
    the whole line in `base_quantity` products."""
    facts: dict[str, Any] = dict(reading.facts)
    if "mass_kg" in facts:
        facts["mass_kg"] = float(facts["mass_kg"])
    document: dict[str, Any] = {
        "file": reading.file,
        "sheet": reading.sheet,
        "header_row": reading.header_row,
        "columns": [
            {
                "index": one.index,
                "header": one.header,
                "means": _SHOWN.get(one.means, one.means),
                "unit": one.unit,
            }
            for one in reading.columns
        ],
        "facts": facts,
        "lines": sorted(
            [_line(line) for line in reading.lines]
            + [
                {"row": one.row, "skip": True, "reason": one.reason, "text": one.text}
                for one in reading.skipped
            ],
            key=lambda row: int(str(row["row"])),
        ),
        "assumed": [_remark(one) for one in reading.assumed],
        "asks": [_remark(one) | {"blocking": one.blocking} for one in reading.asks],
        "total_mass_kg": reading.total_mass_kg,
        "decimal_mark": reading.decimal or None,
        "fingerprint": reading.fingerprint,
    }
    if reading.base is not None:
        document["base_quantity"] = {"quantity": reading.base[0], "unit": reading.base[1]}
    return document


def _line(line: ReadLine) -> dict[str, Any]:
    row: dict[str, Any] = {
        "row": line.row,
        "skip": False,
        "name": line.name,
        "quantity": line.quantity,
        "unit": line.unit,
        "parent_row": line.parent_row,
        "assembly": line.assembly,
        "match": line.match,
    }
    optional = {
        "loss": line.loss,
        "level": line.level,
        "unit_mass_kg": line.unit_mass_kg,
        "mass_kg": line.mass_kg,
        "mass_basis": line.mass_basis or None,
        "mass_formula": line.mass_formula or None,
        "mass_range_kg": list(line.mass_range_kg) if line.mass_range_kg else None,
        "variants": line.variants,
        "material": line.texts.get("material") or None,
        "specification": line.specification or None,
        "name_en": line.texts.get("name_en") or None,
        "name_zh": line.texts.get("name_zh") or None,
        "id": line.texts.get("id") or None,
        "section": line.section or None,
    }
    return row | {key: value for key, value in optional.items() if value is not None}


def _remark(one: Remark) -> dict[str, Any]:
    return {
        "about": one.about,
        "kind": one.kind,
        "rows": None if one.rows is None else list(one.rows),
        "value": dict(one.values) or one.kind,
    }
