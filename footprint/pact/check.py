"""A strict check of PACT v3 documents: form, sums, presence, sets, dates, identifiers.

The published schema lets much pass that breaks a receiver (two of its patterns are not anchored,
and a later one has none); this check is our own and says of every finding where it is and why.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from footprint.faults import Problem, Where
from footprint.pact import faults
from footprint.pact.faults import REMARK
from footprint.pact.model import ProductFootprint
from footprint.pact.remarks import REMARKS
from footprint.pact.rules import CHECKS
from footprint.sound_json import read_sound

#: A list of documents as a host sends it is some megabytes.
MAX_BYTES = 100_000_000
_UNKNOWN = "extra_forbidden"
_IDENTIFIERS = frozenset(("companyIds", "productIds", "productClassifications"))


def check_pact(data: bytes, file: str) -> list[Problem]:
    """All that is wrong or remarkable in a file: one document, a list, an answer or an event.

    An answer has its documents under `data`, a fulfilled request under `data.pfs`.
    """
    if len(data) > MAX_BYTES:
        message = f"{len(data):,} bytes; the limit is {MAX_BYTES:,}"
        return [faults.NOT_A_DOCUMENT.at(Where(file), message)]
    try:
        content = read_sound(data)
    except (ValueError, RecursionError) as error:
        return [faults.NOT_A_DOCUMENT.at(Where(file), f"it is not sound JSON: {str(error)[:120]}")]
    documents = list(_documents(content))
    if not documents:
        hint = "Give a ProductFootprint, or an answer that holds some."
        return [faults.NOT_A_DOCUMENT.at(Where(file), "it holds no ProductFootprint", hint)]
    beside = [
        REMARK.at(Where(file, column=name), "stands beside the document, and nobody will read it")
        for name in _beside(content)
    ]
    return beside + [
        problem for path, document in documents for problem in check_document(document, file, path)
    ]


def _beside(content: Any) -> list[str]:
    """What a wrapper holds beside its documents; an event has names of its own."""
    if not isinstance(content, dict) or not content.keys() & {"data", "pfs"} or "pcf" in content:
        return []
    event = _EVENT if "type" in content else frozenset()
    return sorted(content.keys() - {"data", "pfs"} - event)


#: Attributes of an event (CloudEvents 1.0, section 3.1 and 3.2).
_EVENT = frozenset(
    ("type", "specversion", "id", "source", "time", "subject", "datacontenttype", "dataschema")
)


def is_fault(problem: Problem) -> bool:
    """Whether a finding makes the document wrong; the others are remarks."""
    return problem.code != REMARK.code


def check_document(document: Mapping[str, Any], file: str = "", path: str = "") -> list[Problem]:
    """All that is wrong or remarkable in one ProductFootprint, as parsed from JSON."""
    version = document.get("specVersion")
    if isinstance(version, str) and version.partition(".")[0] in {"1", "2"}:
        message = f"specVersion is {version!r}; only version 3 is checked"
        return [faults.NOT_A_DOCUMENT.at(Where(file, column=path or None), message)]
    problems = [
        faults.FORM.at(
            Where(file, column=path + name), "is null; a property without a value is left out"
        )
        for name in _nulls(document)
    ]
    values = _without_nulls(document)
    try:
        model = ProductFootprint.model_validate(values)
    except ValidationError as error:
        items = error.errors()
        problems += [_form(item, file, path) for item in items]
        if any(item["type"] != _UNKNOWN for item in items):
            return problems
        model = _without(values, [item["loc"] for item in items])
    return [*problems, *rule_findings(model, file, path)]


def rule_findings(model: ProductFootprint, file: str = "", path: str = "") -> list[Problem]:
    """What the rules across properties find in a document of sound form."""
    return [
        fault.at(Where(file, column=path + column), message, hint)
        for check in (*CHECKS, *REMARKS)
        for fault, column, message, hint in check(model)
    ]


def _without(values: Any, places: Sequence[tuple[str | int, ...]]) -> ProductFootprint:
    """The document without the properties at these places, which the model does not know."""
    for *way, last in places:
        holder = values
        for step in way:
            holder = holder[step]
        del holder[last]
    return ProductFootprint.model_validate(values)


def _form(item: ErrorDetails, file: str, path: str) -> Problem:
    where = Where(file, column=path + _path(item["loc"]))
    if item["type"] == _UNKNOWN:
        return REMARK.at(where, "is no property of version 3.0.3, and nobody will read it")
    if item["type"] == "missing":
        return faults.FORM.at(where, "is missing; the data model requires it")
    says = item["msg"].removeprefix("Value error, ").removeprefix("Input ")
    value = json.dumps(item["input"], ensure_ascii=False, default=str)
    shown = value if len(value) <= 60 else f"{value[:57]}..."
    fault = (
        faults.IDENTIFIER
        if item["loc"][0] in _IDENTIFIERS and len(item["loc"]) > 1
        else faults.FORM
    )
    if item["type"] in _WORDS:
        says = _WORDS[item["type"]].format(**item.get("ctx", {}))
    return fault.at(where, f"{shown} {says}")


#: In the words of this field what pydantic says in those of Python.
_WORDS = {
    "string_type": 'is no text; numbers are written as texts, such as "1.5"',
    "bool_type": "is neither true nor false",
    "too_short": "is empty; leave the property out instead",
    "string_too_short": "is empty",
    "string_pattern_mismatch": "does not have the form {pattern}",
    "literal_error": "is none of {expected}",
}


def _path(steps: Sequence[str | int]) -> str:
    text = ""
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")


def _documents(content: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(content, list):
        for at, item in enumerate(content):
            yield from _documents(item, f"{path}[{at}]")
    elif isinstance(content, dict):
        inner = content.get("data", content.get("pfs"))
        if "pcf" in content or ("specVersion" in content and "type" not in content):
            yield (f"{path}." if path else ""), content
        elif isinstance(inner, dict | list):
            name = "data" if "data" in content else "pfs"
            yield from _documents(inner, f"{path}.{name}" if path else name)


def _nulls(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            here = f"{path}.{name}" if path else name
            yield from [here] if inner is None else _nulls(inner, here)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            here = f"{path}[{at}]"
            yield from [here] if inner is None else _nulls(inner, here)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_nulls(v) for name, v in value.items() if v is not None}
    return [_without_nulls(v) for v in value] if isinstance(value, list) else value
