"""Whether a document of exchange belongs to a certificate: by its hash, or by what it states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from footprint.exchange.agreeing import stated_differences
from footprint.exchange.binding import form_of, said_hash
from footprint.exchange.exact_json import read_exactly
from footprint.exchange.faults import NOT_SIGNED
from footprint.exchange.read import read_supplier_document
from footprint.exchange.stated_facts import fact_differences, stated_facts
from footprint.exchange.untp_read import passport_of_token
from footprint.faults import InputRefused, Where

Outcome = Literal["signed", "agrees", "other", "unasked"]


@dataclass(frozen=True, slots=True)
class Belonging:
    """What is found of one file: `signed` bound by a hash, `agrees` in all that both state,
    `other` not the one, `unasked` what cannot be told so. `differs` names what is different.
    `says_zh` is the Chinese of a sentence that is no template."""

    file: str
    outcome: Outcome
    says: str
    differs: tuple[str, ...] = ()
    says_zh: str = ""

    def as_json(self) -> dict[str, object]:
        """The finding as `--format json` prints it."""
        code = NOT_SIGNED.code if self.outcome == "other" else ""
        return {
            "file": self.file,
            "outcome": self.outcome,
            "code": code,
            "says": self.says,
            "differs": list(self.differs),
        }


def differing(file: str, names: tuple[str, ...]) -> Belonging:
    """A file that is another one, by what is different in it."""
    return Belonging(file, "other", f"it differs in {', '.join(names)}", names)


def exchanged_belonging(view: Mapping[str, Any], data: bytes, file: str) -> Belonging:
    """Whether a document of exchange is one that was signed; one whose form the certificate does
    not bind can only agree with it. Never raises."""
    try:
        stated = read_supplier_document(data, file, Where(file))
    except InputRefused as refused:
        first = refused.problems[0]
        return Belonging(file, "other", f"it cannot be read: {first.code} {first.message}")
    document = _exact(data)
    form, bound = _bound_to(view, document)
    if form and said_hash(document) in bound:
        says = "what it says has the hash that was signed, to the last digit"
        return Belonging(file, "signed", says)
    try:
        facts = stated_facts(passport_of_token(data) or document, file)
        found = (*stated_differences(view, stated, file), *fact_differences(view, facts))
        names = tuple(dict.fromkeys(found))
    except InputRefused as refused:
        says = f"the certificate cannot be compared: {refused.problems[0].message}"
        return Belonging(file, "other", says)
    if names:
        return differing(file, names)
    if bound:
        message = f"what it says does not have the hash that was signed for {form}"
        return Belonging(file, "other", message, (form,))
    says = "all that it shares with the certificate is the same; no signed hash binds this file"
    return Belonging(file, "agrees", says)


def _bound_to(view: Mapping[str, Any], document: Any) -> tuple[str, frozenset[str]]:
    """The form of a JSON document, and the hashes that were signed for it."""
    form = form_of(document) if isinstance(document, Mapping) else ""
    bound = view.get("documents") or ()
    return form, frozenset(one["hash"] for one in bound if one["form"] == form)


def _exact(data: bytes) -> Any:
    """The document with exact numbers; None for what is no sound JSON. A PACT document may stand
    under `data`, alone."""
    try:
        found = read_exactly(data)
    except (ValueError, RecursionError):
        return None
    alone = isinstance(found, dict) and found.keys() == {"data"}
    return found["data"] if alone and isinstance(found["data"], dict) else found
