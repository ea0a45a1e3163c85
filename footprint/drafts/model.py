"""A draft as a value: the file as it came, and everything that a person said about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import yaml

from footprint.bom.choices import BY_SUPPLIER, Choice, Key, choices_text, merged, read_choices
from footprint.canonical import bytes_hash, canonical_json
from footprint.reading.mapping import mapping_bytes, options_from
from footprint.reading.options import ReadingOptions
from footprint.study import Inputs

#: Facts of the product that a draft asks for, as `NAME.product.yaml` names them.
FACTS = (
    "name", "declared_unit", "country", "reference_period", "mass", "company", "company_ids",
    "product_ids",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """A file with its name; `options` are answers about its columns, `facts` about the product
    (`FACTS`), `choices` datasets for its lines. `remembered` are the keys of choices that were made
    for an earlier file; `later` those of lines that are left out for now. `last` says by which page
    and in which place of its order the last choice was made. `documents` are suppliers' footprints
    that choices name (`supplier:NAME`)."""

    file: str
    data: bytes
    options: ReadingOptions = field(default_factory=ReadingOptions)
    facts: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    remembered: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    last: str = ""
    documents: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def inputs(self) -> Inputs:
        """The files that the footprint is made from: calculated from them it comes out the same."""
        product = (
            yaml.safe_dump(dict(self.facts), allow_unicode=True, sort_keys=True).encode()
            if self.facts
            else None
        )
        return Inputs(
            self.file,
            self.data,
            product_file=product,
            documents=self.documents,
            matches_file=choices_text(self.choices).encode() if self.choices else None,
            mapping_file=self.mapping,
        )

    @property
    def mapping(self) -> bytes | None:
        """The answers about columns as the file that keeps them; None without any."""
        return None if self.options == ReadingOptions() else mapping_bytes(self.options, "")

    def with_choice(self, choice: Choice) -> Draft:
        """The draft with a choice, which replaces that for the same kind of line."""
        key = line_key(choice.key)
        return replace(
            self,
            choices=tuple(merged(self.choices, [choice])),
            remembered=self.remembered - {key},
            later=self.later - {key},
        )._tidy()

    def with_document(self, name: str, data: bytes) -> Draft:
        """The draft with a supplier's footprint that a choice can name."""
        return replace(self, documents={**self.documents, name: data})

    def _tidy(self) -> Draft:
        """The draft without the documents that no choice names any more."""
        named = {one.dataset.removeprefix(BY_SUPPLIER) for one in self.choices}
        kept = {name: data for name, data in self.documents.items() if name in named}
        return replace(self, documents=kept)

    def without_choice(self, key: str) -> Draft:
        """The draft without the choice for a kind of line."""
        kept = tuple(one for one in self.choices if line_key(one.key) != key)
        return replace(
            self, choices=kept, remembered=self.remembered - {key}, later=self.later - {key}
        )._tidy()

    def put_off(self, key: str) -> Draft:
        """The draft with a kind of line left out for now."""
        without = self.without_choice(key)
        return replace(without, later=without.later | {key})

    def choice_for(self, key: str) -> Choice | None:
        """The choice for a kind of line."""
        return next((one for one in self.choices if line_key(one.key) == key), None)


def line_key(key: Key) -> str:
    """A short name of a kind of line: what its choices are kept by, as 16 hexadecimal digits."""
    return bytes_hash(canonical_json(list(key))).removeprefix("sha256:")[:16]


def content_of(draft: Draft) -> str:
    """Facts and choices as JSON; `draft_from` reads it."""
    document = {
        "facts": dict(draft.facts),
        "choices": [
            {
                "name": one.name,
                "unit": one.unit,
                "dataset": one.dataset,
                "by": one.by,
                "day": one.day.isoformat(),
                "material": one.material,
                "specification": one.specification,
                "mass_kg": one.mass_kg,
            }
            for one in draft.choices
        ],
        "remembered": sorted(draft.remembered),
        "later": sorted(draft.later),
        "last": draft.last,
    }
    return json.dumps(document, ensure_ascii=False)


def draft_from(
    file: str,
    data: bytes,
    mapping: bytes | None,
    content: str,
    documents: Mapping[str, bytes],
) -> Draft:
    """The draft that `content_of` and `Draft.mapping` were made of."""
    said: dict[str, Any] = json.loads(content)
    return Draft(
        file,
        data,
        ReadingOptions() if mapping is None else options_from(mapping, file),
        said["facts"],
        tuple(Choice(**{**one, "day": date.fromisoformat(one["day"])}) for one in said["choices"]),
        frozenset(said["remembered"]),
        frozenset(said["later"]),
        said["last"],
        documents,
    )


def draft_of(given: Inputs) -> Draft:
    """The draft whose `inputs` are these files: to go on from what was kept.

    Raises InputRefused (BOM codes) for files that no draft made.
    """
    facts = yaml.safe_load(given.product_file) if given.product_file else {}
    return Draft(
        given.file,
        given.data,
        ReadingOptions()
        if given.mapping_file is None
        else options_from(given.mapping_file, given.file),
        {name: str(said) for name, said in facts.items()},
        tuple(read_choices(given.matches_file, given.file)) if given.matches_file else (),
        documents=given.documents,
    )
