"""Reading the evidence that a supplier writes: strictly, so that a misspelt key is never lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, ValidationError
from pydantic_core import ErrorDetails

from footprint.bom.model import DECLARED_UNITS
from footprint.engine.result import Boundary
from footprint.faults import InputRefused, Problem, Where
from footprint.rules import codes
from footprint.rules.decision import Tier
from footprint.rules.evidence import (
    ABSENT,
    Absent,
    AssuranceLevel,
    Audience,
    Credit,
    Document,
    Evidence,
    HeldTier,
    Reference,
    ReferenceName,
    SalesChannel,
    Verification,
    VerifierKind,
)
from footprint.rules.fields import (
    Id,
    Name,
    NotNegative,
    PlainDate,
    Positive,
    Strict,
    Words,
    place_of,
    words_of,
)
from footprint.rules.plain_yaml import NotPlainYamlError, load_plain_yaml

_PER = re.compile(r"(\d+(?:\.\d+)?) (.+)")
_T = TypeVar("_T")


def _absent(value: Any) -> Any:
    if value == "absent":
        return ABSENT
    raise ValueError("write `absent` for what is known not to exist")


def _per(value: str) -> str:
    found = _PER.fullmatch(value)
    if found is None or found[2] not in DECLARED_UNITS or Decimal(found[1]) <= 0:
        raise ValueError(f"write an amount and a unit, such as '1 piece'; units: {_UNITS}")
    return value


_UNITS = ", ".join(DECLARED_UNITS)
_Absent = Annotated[Absent, BeforeValidator(_absent), Tag("absent")]
_EITHER = Discriminator(lambda value: "absent" if value in ("absent", ABSENT) else "given")
_Per = Annotated[Words, AfterValidator(_per)]
_Url = Annotated[Words, Field(pattern=r"^https?://\S+$")]


_AbsentOrNumber = Annotated[_Absent | Annotated[Positive, Tag("given")], _EITHER]
_AbsentOrWords = Annotated[_Absent | Annotated[Words, Tag("given")], _EITHER]


class _Verification(Strict):
    by: Words | None = None
    kind: VerifierKind | None = None
    date: PlainDate | None = None
    level: AssuranceLevel | None = None


class _Reference(Strict):
    value: Positive
    per: _Per
    boundary: Boundary | None = None
    function: Words | None = None
    method: Words | None = None
    pcr: Words | None = None
    region: Words | None = None
    gwp_set: Words | None = None
    date: PlainDate | None = None
    earlier_value: _AbsentOrNumber | None = None
    units_sold: Positive | None = None


class _Document(Strict):
    date: PlainDate | None = None
    url: _Url | None = None


_AbsentOrReference = Annotated[_Absent | Annotated[_Reference, Tag("given")], _EITHER]
_AbsentOrDocument = Annotated[_Absent | Annotated[_Document, Tag("given")], _EITHER]


class _Credit(Strict):
    tonnes: Positive
    programme: Words | None = None
    vintage: Annotated[int, Field(strict=True, ge=1990, le=2200)] | None = None
    issuance: Literal["ex-post", "ex-ante"] | None = None
    retired_on: PlainDate | None = None
    serial: Words | None = None


class _HeldTier(Strict):
    scheme: Id
    tier: Tier
    number: Words | None = None
    valid_until: PlainDate | None = None


class _EvidenceFile(Strict):
    sales_channel: SalesChannel | None = None
    audience: Audience | None = None
    function: Words | None = None
    region: Words | None = None
    product_category: Words | None = None
    methods: tuple[Words, ...] | None = None
    pcr: _AbsentOrWords | None = None
    verification: _Verification | None = None
    references: dict[ReferenceName, _AbsentOrReference] = Field(default_factory=dict)
    plans: dict[Name, _AbsentOrDocument] = Field(default_factory=dict)
    publications: dict[Name, _AbsentOrDocument] = Field(default_factory=dict)
    credits: tuple[_Credit, ...] | None = None
    units_sold: NotNegative | None = None
    renewal: Annotated[bool, Field(strict=True)] | None = None
    tiers_held: tuple[_HeldTier, ...] | None = None


def read_evidence(text: str, file: str = "evidence") -> Evidence:
    """The evidence in a YAML (or JSON) text. An empty text is legal: then nothing is supplied.

    Reference values are kg CO2e, credits tonnes CO2e. Raises InputRefused with every problem:
    RUL-010 (not plain YAML), RUL-011 (unknown key, named), RUL-012 (a value that cannot be used).
    """
    try:
        raw = load_plain_yaml(text)
    except NotPlainYamlError as error:
        raise codes.EVIDENCE_UNREADABLE.refuse(f"{error}.", Where(file)) from None
    if raw is None:
        return Evidence()
    if not isinstance(raw, dict):
        raise codes.EVIDENCE_UNREADABLE.refuse("The file is not a list of keys.", Where(file))
    try:
        return _evidence(_EvidenceFile.model_validate(raw))
    except ValidationError as error:
        raise InputRefused(_problems(error, file)) from None


def _problems(error: ValidationError, file: str) -> list[Problem]:
    found: dict[tuple[str, str], Problem] = {}
    for detail in error.errors(include_url=False, include_input=False):
        problem = _problem(detail, file)
        found.setdefault((problem.code, str(problem.where)), problem)
    return list(found.values())


def _problem(detail: ErrorDetails, file: str) -> Problem:
    # "given" is the tag of "not absent", and no key of the file.
    place = ".".join(part for part in place_of(detail).split(".") if part != "given")
    where = Where(file, column=place.removesuffix(".[key]"))
    if detail["type"] == "extra_forbidden":
        return codes.EVIDENCE_UNKNOWN_KEY.at(
            where, f"The key '{place}' is not known.", "Correct its spelling or leave it out."
        )
    if place.endswith(".[key]"):
        name = str(detail["loc"][1])
        return codes.EVIDENCE_UNKNOWN_KEY.at(
            where, f"The key '{name}' is not known here.", f"{words_of(detail)}."
        )
    return codes.EVIDENCE_VALUE.at(
        where, f"The value of '{place}' cannot be used.", f"{words_of(detail)}."
    )


def _evidence(read: _EvidenceFile) -> Evidence:
    return Evidence(
        sales_channel=read.sales_channel,
        audience=read.audience,
        function=read.function,
        region=read.region,
        product_category=read.product_category,
        methods=read.methods,
        pcr=read.pcr,
        verification=_verification(read.verification),
        references=_frozen({k: _reference(v) for k, v in read.references.items()}),
        plans=_frozen({k: _document(v) for k, v in read.plans.items()}),
        publications=_frozen({k: _document(v) for k, v in read.publications.items()}),
        credits=None if read.credits is None else tuple(_credit(c) for c in read.credits),
        units_sold=read.units_sold,
        renewal=read.renewal,
        tiers_held=None if read.tiers_held is None else tuple(_held(t) for t in read.tiers_held),
    )


def _frozen(values: dict[Any, _T]) -> Mapping[Any, _T]:
    return MappingProxyType(values)


def _verification(read: _Verification | None) -> Verification | None:
    return None if read is None else Verification(read.by, read.kind, read.date, read.level)


def _reference(read: _Reference | Absent) -> Reference | Absent:
    if isinstance(read, Absent):
        return read
    amount, unit = read.per.split(" ", 1)
    return Reference(
        value_kg=read.value,
        per_amount=Decimal(amount),
        per_unit=unit,
        boundary=read.boundary,
        function=read.function,
        method=read.method,
        pcr=read.pcr,
        region=read.region,
        gwp_set=read.gwp_set,
        date=read.date,
        earlier_value_kg=read.earlier_value,
        units_sold=read.units_sold,
    )


def _document(read: _Document | Absent) -> Document | Absent:
    return read if isinstance(read, Absent) else Document(read.date, read.url)


def _credit(read: _Credit) -> Credit:
    return Credit(
        read.tonnes, read.programme, read.vintage, read.issuance, read.retired_on, read.serial
    )


def _held(read: _HeldTier) -> HeldTier:
    return HeldTier(read.scheme, read.tier, read.number, read.valid_until)
