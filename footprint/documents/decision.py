"""A decision as JSON: the published form, and back. The only writer and reader of it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from pydantic import TypeAdapter, ValidationError

from footprint.canonical_fast import plain_document
from footprint.documents.faults import DECISION_DOCUMENT
from footprint.documents.places import error_path, error_words
from footprint.faults import InputRefused, Where
from footprint.values.decision import Decision

_DECISION = TypeAdapter(Decision)
#: Members of a market's answer that are left out where there is nothing to say.
_SELDOM = ("because_of", "changes_on", "becomes")
#: What markets say of labels; left out where they say nothing.
_LABELS = ("own_label", "verified_label")
_SHORT_NAMES = ("scheme_short_name", "scheme_short_name_zh")


def decision_document(decision: Decision, evidence_hash: str = "") -> dict[str, Any]:
    """The decision as JSON: the fields of `Decision`, dates in ISO form, the trace nested.

    Only a scheme that has a short name has the members for it, and only a tier that claims more
    than the footprint has a `claim`. With the `evidence_hash` a
    certificate's hash of the decision binds the evidence to the last byte.
    """
    document = plain_document(decision)
    if not decision.scheme_short_name:
        for name in _SHORT_NAMES:
            del document[name]
    if decision.claim is None:
        del document["claim"]
    for name in _LABELS:
        if not document[name]:
            del document[name]
    if decision.ends is None:
        del document["ends"]
    for answer in chain(document["markets"], *(document.get(name, ()) for name in _LABELS)):
        for name in _SELDOM:
            if not answer[name]:
                del answer[name]
    return document | ({"evidence_hash": evidence_hash} if evidence_hash else {})


def decision_from_document(document: Mapping[str, Any]) -> Decision:
    """The decision that `decision_document` wrote. Raises InputRefused (RUL-024) otherwise."""
    members = {name: value for name, value in document.items() if name != "evidence_hash"}
    try:
        return _DECISION.validate_python(members, extra="forbid")
    except ValidationError as error:
        raise InputRefused(
            DECISION_DOCUMENT.at(
                Where("decision document", column=error_path(detail)), error_words(detail)
            )
            for detail in error.errors(include_url=False, include_input=False)
        ) from None
