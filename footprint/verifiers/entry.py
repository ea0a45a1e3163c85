"""An entry of the register of verifiers: who, accredited by whom, for what, and when."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, model_validator

from footprint.company_names import company_key
from footprint.documents.places import error_path, error_words
from footprint.faults import InputRefused, Where
from footprint.plain_yaml import NotPlainYamlError, load_plain_yaml
from footprint.rules.evidence import AssuranceLevel, VerifierKind
from footprint.rules.fields import Id, PlainDate, Strict, Words
from footprint.values.product import SubjectKind
from footprint.verifiers.faults import ENTRY_BROKEN

_Short = Annotated[Words, Field(max_length=200)]


class VerifierScope(Strict):
    """What a verifier is accredited for. Without schemes it is for all of them."""

    standards: Annotated[tuple[_Short, ...], Field(min_length=1, max_length=50)]
    subjects: Annotated[tuple[SubjectKind, ...], Field(min_length=1)]
    levels: Annotated[tuple[AssuranceLevel, ...], Field(min_length=1)]
    schemes: Annotated[tuple[Id, ...], Field(max_length=100)] = ()


class InterestConflict(Strict):
    """A company, by name or identifier, that the verifier cannot judge freely, and why. Without
    days it has always been so and still is."""

    party: _Short
    why: _Short
    since: PlainDate | None = None
    until: PlainDate | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it stands on a day."""
        began = self.since is None or self.since <= day
        return began and (self.until is None or day <= self.until)


class VerifierEntry(Strict):
    """A verifier as the register knows it. `body` accredits it under the number `accreditation`,
    which `source` lets anybody look up; `accredited_until` is the last day, None for no known end;
    `ids` are its own identifiers."""

    name: _Short
    name_zh: _Short | None = None
    ids: Annotated[tuple[_Short, ...], Field(max_length=20)] = ()
    kind: VerifierKind
    body: _Short
    accreditation: _Short
    source: Annotated[_Short, Field(pattern=r"^https://\S+$")]
    accredited_from: PlainDate
    accredited_until: PlainDate | None = None
    scope: VerifierScope
    conflicts: Annotated[tuple[InterestConflict, ...], Field(max_length=500)] = ()

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if self.kind == "self":
            raise ValueError("who verifies himself is no verifier; 'self' needs no entry")
        if self.accredited_until is not None and self.accredited_until < self.accredited_from:
            raise ValueError("'accredited_until' is before 'accredited_from'")
        return self

    def accredited_on(self, day: date) -> bool:
        """Whether the accreditation was in force on a day."""
        until = self.accredited_until
        return self.accredited_from <= day and (until is None or day <= until)

    def conflicts_with(self, companies: Iterable[str], day: date) -> list[InterestConflict]:
        """The conflicts with a company, known by its names (whatever the legal form) and
        identifiers, that hold on a day; to be that company oneself is one."""
        known = {_party_key(one) for one in companies}
        found = [one for one in self.conflicts if _party_key(one.party) in known]
        standing = [one for one in found if one.holds_on(day)]
        own = (self.name, self.name_zh or "", *self.ids)
        same = [name for name in own if name and _party_key(name) in known]
        if same:
            why = "the verifier is the company itself"
            standing.insert(0, InterestConflict(party=same[0], why=why))
        return standing

    def document(self) -> dict[str, Any]:
        """The entry as plain JSON values; what is not known is left out."""
        found: dict[str, Any] = self.model_dump(mode="json", exclude_none=True)
        return found


def _party_key(text: str) -> str:
    return folded_name(text) if text.casefold().startswith("urn:") else company_key(text)


def folded_name(text: str) -> str:
    """A name or identifier by its letters and digits alone, in one width and case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def entry_from_values(values: Mapping[str, Any], file: str = "verifier") -> VerifierEntry:
    """The entry in plain values. Raises InputRefused (VFR-001) with all that is wrong."""
    try:
        return VerifierEntry.model_validate(dict(values))
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise InputRefused(
            ENTRY_BROKEN.at(
                Where(file, column=error_path(one) or None),
                f"The value of '{error_path(one) or 'the entry'}' cannot be used.",
                error_words(one),
            )
            for one in details
        ) from None


def read_entry(text: str, file: str = "verifier") -> VerifierEntry:
    """The entry in a YAML (or JSON) text. Raises InputRefused (VFR-001)."""
    try:
        raw = load_plain_yaml(text)
    except NotPlainYamlError as error:
        raise ENTRY_BROKEN.refuse(f"The file is no plain YAML: {error}.", Where(file)) from None
    if not isinstance(raw, dict):
        raise ENTRY_BROKEN.refuse("The file is not a list of keys.", Where(file))
    return entry_from_values(raw, file)
