"""A supplier's answers to what a tier still lacks, one at a time, as the evidence file has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from footprint.plain_yaml import load_plain_yaml
from footprint.rules.arguments import BoundaryOf, Method, TierSubject, Verified
from footprint.rules.book import Scheme
from footprint.values.decision import Citation, Decision, Trace

#: How a question is answered: by a word of a list, a text, a number, several words, or a record.
Form = Literal[
    "choice", "text", "number", "list", "verification", "document", "reference", "credits", "tiers"
]
_FORMS: dict[str, Form] = {
    "sales_channel": "choice", "audience": "choice", "unit_kind": "choice", "renewal": "choice",
    "function": "text", "region": "text", "product_code": "text", "product_category": "text",
    "named_boundary": "text", "pcr": "text", "units_sold": "number", "methods": "list",
    "verification": "verification", "plans": "document", "publications": "document",
    "references": "reference", "credits": "credits", "tiers_held": "tiers",
}  # fmt: skip
#: Maps of records by name: a question is about one of them.
_NAMED = frozenset(("plans", "publications", "references"))
#: What "does not exist" is written as; a question without it can only be answered or left open.
_NONE: dict[str, Any] = {
    "pcr": "absent", "plans": "absent", "publications": "absent", "references": "absent",
    "credits": [], "tiers_held": [], "verification": {"kind": "self"},
}  # fmt: skip
#: Fields that are whole numbers in the file, and those that are lists of records.
_WHOLE = frozenset(("vintage",))
_LISTS = frozenset(("credits", "tiers"))


@dataclass(frozen=True, slots=True)
class Ask:
    """What a tier lacks: `key` as the evidence file names it (`plans.commitment`), the form of its
    answer, whether it may be known not to exist, and the sentence of the rule that asks for it.
    `suggested` are words that the rule accepts."""

    key: str
    form: Form
    may_lack: bool
    says: str
    says_zh: str
    citation: Citation | None
    suggested: tuple[str, ...]

    @property
    def root(self) -> str:
        """The first part of the key."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """What is asked for, of a map of records; else the key."""
        return self.key.rpartition(".")[2]


def asks_of(decision: Decision, scheme: Scheme) -> tuple[Ask, ...]:
    """What the decision lacks and a person can answer, each once, in the order of the rules. What
    the footprint itself lacks is not among it."""
    found: dict[str, Ask] = {}
    for missing in decision.missing:
        key = question_key(missing)
        if not key or key in found:
            continue
        root = key.partition(".")[0]
        node = _asking(decision.trace, missing)
        found[key] = Ask(
            key,
            _FORMS[root],
            root in _NONE,
            "" if node is None else node.says,
            "" if node is None else node.says_zh,
            node.citations[0] if node is not None and node.citations else None,
            _suggested(root, scheme, decision),
        )
    return tuple(found.values())


def question_key(missing: str) -> str:
    """The question behind a missing entry: `plans.commitment.date` is about `plans.commitment`; ""
    where it is the footprint's own."""
    root, _, rest = missing.partition(".")
    if root not in _FORMS:
        return ""
    return f"{root}.{rest.partition('.')[0]}" if root in _NAMED else root


def _asking(trace: Trace, missing: str) -> Trace | None:
    """The innermost node that lacks an entry: its sentence is the rule's."""
    for child in trace.children:
        found = _asking(child, missing)
        if found is not None:
            return found
    return trace if missing in trace.missing else None


def _suggested(root: str, scheme: Scheme, decision: Decision) -> tuple[str, ...]:
    for parameter in scheme.parameters.values():
        value = parameter.at(decision.as_of)
        arguments = None if isinstance(value, str) else value.arguments
        if root == "methods" and isinstance(arguments, Method):
            return arguments.any
        if root == "product_category" and isinstance(arguments, TierSubject):
            return arguments.categories or ()
        if root == "named_boundary" and isinstance(arguments, BoundaryOf):
            return (arguments.named,) if arguments.named else ()
        if root == "verification" and isinstance(arguments, Verified):
            return arguments.any
    return ()


def evidence_in(text: str) -> dict[str, Any]:
    """The evidence of a YAML text as it is written; nothing for an empty one."""
    found = load_plain_yaml(text)
    return dict(found) if isinstance(found, dict) else {}


def evidence_text(evidence: Mapping[str, Any]) -> str:
    """The evidence as the YAML text of a file; "" where nothing was said."""
    said = {key: value for key, value in evidence.items() if value not in (None, {})}
    return yaml.safe_dump(_plain(said), allow_unicode=True, sort_keys=True) if said else ""


def _plain(value: Any) -> Any:
    """Numbers that were read as decimals are written as they stood there."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | bool | int | float) or value is None else str(value)


def answered(evidence: Mapping[str, Any], key: str, given: Mapping[str, str]) -> dict[str, Any]:
    """The evidence with an answer: `given` are the fields of its form, as texts. What they say is
    checked where the evidence is read. Credits and tiers are added to those said before."""
    root, _, name = key.partition(".")
    form = _FORMS[root]
    value: Any = {field: text.strip() for field, text in given.items() if text.strip()}
    value = {field: _whole(text) if field in _WHOLE else text for field, text in value.items()}
    if form in {"choice", "text", "number", "list"}:
        value = value.get("value", "")
    if root == "renewal":
        value = value == "yes"
    if form == "list":
        value = [one.strip() for one in value.replace("，", ",").split(",") if one.strip()]
    if form in _LISTS:
        before = evidence.get(root)
        value = [*(before if isinstance(before, list) else []), value]
    return _with(evidence, root, name, value)


def lacking(evidence: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The evidence with the answer that it does not exist."""
    root, _, name = key.partition(".")
    return _with(evidence, root, name, _NONE[root])


def not_yet(evidence: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The evidence without an answer: unknown stays unknown."""
    root, _, name = key.partition(".")
    return _with(evidence, root, name, None)


def said_in(evidence: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Every answer in the evidence that a form gives, by key."""
    found: list[tuple[str, Any]] = []
    for root, value in evidence.items():
        if root in _NAMED and isinstance(value, Mapping):
            found += [(f"{root}.{name}", one) for name, one in value.items()]
        elif root in _FORMS:
            found.append((root, value))
    return tuple(found)


def _with(evidence: Mapping[str, Any], root: str, name: str, value: Any) -> dict[str, Any]:
    said = dict(evidence)
    if root in _NAMED:
        inner = dict(said.get(root) or {})
        inner[name] = value
        value = {key: one for key, one in inner.items() if one is not None} or None
    said[root] = value
    return {key: one for key, one in said.items() if one is not None}


def _whole(text: str) -> int | str:
    return int(text) if text.isdecimal() and len(text) < 10 else text


def is_question(key: str) -> bool:
    """Whether a form has an answer to this."""
    root, _, name = key.partition(".")
    if root not in _FORMS:
        return False
    return bool(name) and "." not in name if root in _NAMED else not name
