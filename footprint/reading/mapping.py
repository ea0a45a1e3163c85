"""A saved mapping: a user's answers about one layout of file, found again by its headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from footprint.faults import InputRefused, Where
from footprint.plain_yaml import NotPlainYamlError, load_plain_yaml
from footprint.reading import faults
from footprint.reading.options import ReadingOptions
from footprint.reading.units import per_of, unit_of
from footprint.reading.vocabulary import fold, load

_TEXTS = (
    "unit",
    "sheet",
    "variant",
    "product",
    "decimal",
    "mass_unit",
    "length_unit",
    "loss",
    "name",
)
_MEANINGS_BEYOND = frozenset(
    "other variant_quantity head excluded mpn mass_per name_en name_zh device".split()
)
_DECIMAL = {"point": ".", "comma": ",", ".": ".", ",": ","}


def meanings() -> frozenset[str]:
    """Every meaning that a column can be given."""
    return frozenset(load("columns")) | _MEANINGS_BEYOND


def column_answer(text: str, where: Where) -> tuple[str, tuple[str, str | None]]:
    """`Gewicht=unit_mass:g` as heading, meaning and unit. Raises `InputRefused` (BOM-046)."""
    heading, mark, answer = text.rpartition("=")
    means, _, unit = answer.partition(":")
    if not mark or not heading.strip():
        raise _wrong(f"{text!r} is not HEADING=meaning", where)
    return heading.strip(), _answer(means.strip(), unit.strip() or None, where)


def _answer(means: str, unit: str | None, where: Where) -> tuple[str, str | None]:
    if means not in meanings():
        near = ", ".join(sorted(meanings() & set(_COMMON)))
        raise _wrong(f"{means!r} is no meaning of a column", where, f"Such as: {near}.")
    if unit is not None and unit != "%" and unit_of(unit) is None and per_of(unit) is None:
        raise _wrong(f"the unit {unit!r} is unknown", where)
    per = per_of(unit) if unit else None
    return means, per.text if per else "%" if unit == "%" else unit_of(unit) if unit else None


_COMMON = (
    "name quantity unit id level parent material spec unit_mass line_mass loss length width "
    "thickness areal_mass linear_mass designators note other"
).split()


def _wrong(message: str, where: Where, hint: str = "") -> InputRefused:
    return faults.BAD_MAPPING.refuse(message, where, hint)


def options_from(data: bytes, file: str) -> ReadingOptions:
    """The options in the bytes of a mapping file. Raises `InputRefused` (BOM-046)."""
    where = Where(file)
    try:
        document = load_plain_yaml(data.decode("utf-8-sig"))
    except (NotPlainYamlError, UnicodeDecodeError) as error:
        raise _wrong(f"the file is not plain YAML: {error}", where) from None
    if not isinstance(document, dict):
        raise _wrong("the file is not 'key: value'", where)
    return options_of(document, where)


def options_of(document: Mapping[str, Any], where: Where) -> ReadingOptions:
    """The options in a mapping of answers, as `NAME.mapping.yaml` and the service hold them."""
    known = {*_TEXTS, "columns", "header_row", "base", "rows", "fingerprint"}
    unknown = sorted(set(document) - known)
    if unknown:
        raise _wrong(f"{unknown[0]!r} is not known", where, f"Known: {', '.join(sorted(known))}.")
    columns = document.get("columns") or {}
    if not isinstance(columns, Mapping):
        raise _wrong("columns is not 'heading: meaning'", where)
    answers = {}
    for heading, answer in columns.items():
        means, _, unit = str(answer).partition(":")
        answers[str(heading)] = _answer(means.strip(), unit.strip() or None, where)
    texts = {key: str(document[key]) for key in _TEXTS if document.get(key) not in (None, "")}
    return ReadingOptions(
        columns=answers,
        header_row=_whole(document.get("header_row"), where),
        base=_positive(document.get("base"), where),
        rows=_rows(document.get("rows"), where),
        **checked(texts, where),  # type: ignore[arg-type]  # checked word by word
    )


def checked(texts: dict[str, str], where: Where) -> dict[str, str]:
    """Answers in words, each among those that it may be. Raises `InputRefused` (BOM-046)."""
    found = dict(texts)
    if "decimal" in found:
        if found["decimal"] not in _DECIMAL:
            raise _wrong(f"decimal {found['decimal']!r} is not point or comma", where)
        found["decimal"] = _DECIMAL[found["decimal"]]
    if found.get("loss", "share") not in {"share", "percent"}:
        raise _wrong(f"loss {found['loss']!r} is not percent or share", where)
    for key in ("unit", "mass_unit", "length_unit"):
        if key in found and unit_of(found[key]) is None:
            raise _wrong(f"the unit {found[key]!r} is unknown", where)
        if key in found:
            found[key] = str(unit_of(found[key]))
    return found


def _whole(value: object, where: Where) -> int | None:
    if value is None:
        return None
    if type(value) is int and value >= 0:
        return value
    hint = "Rows count from 1; 0 where the list has no row of headings."
    raise _wrong(f"header_row {value!r} is not a row number", where, hint)


def _rows(value: object, where: Where) -> tuple[int, ...]:
    if value is None:
        return ()
    if isinstance(value, list) and all(type(one) is int and one > 0 for one in value):
        return tuple(sorted(set(value)))
    raise _wrong(f"rows {value!r} is not a list of row numbers from 1", where)


def _positive(value: object, where: Where) -> float | None:
    if value is None:
        return None
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and value > 0:
        return float(value)
    raise _wrong(f"base {value!r} is not a number above zero", where)


def mapping_bytes(options: ReadingOptions, fingerprint: str) -> bytes:
    """The options as the YAML of a mapping file; the fingerprint is that of the headings."""
    document: dict[str, Any] = {"fingerprint": fingerprint}
    if options.columns:
        document["columns"] = {
            heading: means if unit is None else f"{means}:{unit}"
            for heading, (means, unit) in options.columns.items()
        }
    for key in (*_TEXTS, "header_row", "base"):
        value = getattr(options, key)
        if value not in (None, ""):
            document[key] = value
    if options.rows:
        document["rows"] = list(options.rows)
    import yaml  # noqa: PLC0415  15 ms of every command

    text: str = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
    return text.encode()


def fingerprint_in(data: bytes) -> str:
    """The fingerprint that a mapping file names, or ""; a file that is none has none."""
    try:
        document = load_plain_yaml(data.decode("utf-8-sig"))
    except (NotPlainYamlError, UnicodeDecodeError):
        return ""
    return str(document.get("fingerprint", "")) if isinstance(document, dict) else ""


def with_answers(saved: ReadingOptions, given: ReadingOptions) -> ReadingOptions:
    """Answers of now over saved ones."""
    changes: dict[str, Any] = {
        key: value
        for key in (*_TEXTS, "header_row", "base")
        if (value := getattr(given, key)) not in (None, "")
    }
    columns = {fold(heading): (heading, answer) for heading, answer in _both(saved, given)}
    rows = tuple(sorted({*saved.rows, *given.rows}))
    return replace(saved, columns=dict(columns.values()), rows=rows, **changes)


def _both(
    saved: ReadingOptions, given: ReadingOptions
) -> Iterable[tuple[str, tuple[str, str | None]]]:
    yield from saved.columns.items()
    yield from given.columns.items()
