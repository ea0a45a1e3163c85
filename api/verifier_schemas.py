"""Shapes of the register of verifiers and of statements."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from api.schemas import Asked, Shape
from footprint.rules.evidence import AssuranceLevel
from footprint.rules.fields import PlainDate
from footprint.values.product import SubjectKind

_Text = Annotated[str, Field(min_length=1, max_length=200)]
RegisteredKind = Literal[
    "third-party", "accredited-body", "registered-verifier", "scheme-operator", "certified-system"
]

VERIFIER_EXAMPLE: dict[str, Any] = {
    "name": "Example Verification Ltd",
    "kind": "registered-verifier",
    "body": "Example Accreditation Service",
    "accreditation": "V-0042",
    "source": "https://accreditation.example.org/register/V-0042",
    "accredited_from": "2024-01-01",
    "accredited_until": "2028-12-31",
    "scope": {
        "standards": ["ISO 14067:2018"],
        "subjects": ["product"],
        "levels": ["limited", "reasonable"],
    },
    "conflicts": [{"party": "Example Consulting Ltd", "why": "owned by the same group"}],
}


class ScopeBody(Asked):
    """What a verifier is accredited for."""

    standards: list[_Text] = Field(
        min_length=1, max_length=50, description="Standards, such as ISO 14067:2018."
    )
    subjects: list[SubjectKind] = Field(
        min_length=1, max_length=3, description="What may be verified."
    )
    levels: list[AssuranceLevel] = Field(
        min_length=1, max_length=2, description="Levels of assurance."
    )
    schemes: list[Annotated[str, Field(max_length=60)]] = Field(
        default_factory=list, max_length=100, description="Ids of schemes; none: all of them."
    )


class ConflictBody(Asked):
    """A company that the verifier cannot judge freely."""

    party: _Text = Field(description="Its name or an identifier.")
    why: _Text = Field(description="Why, such as: it advised the company.")
    since: PlainDate | None = Field(default=None, description="First day; null: always.")
    until: PlainDate | None = Field(default=None, description="Last day; null: still.")


class VerifierBody(Asked):
    """A verifier, with all its facts."""

    model_config = ConfigDict(json_schema_extra={"examples": [VERIFIER_EXAMPLE]})

    name: _Text = Field(description="Name, as it is printed.")
    name_zh: _Text | None = Field(default=None, description="Name in Chinese.")
    ids: list[_Text] = Field(
        default_factory=list, max_length=20, description="Identifiers of its own."
    )
    kind: RegisteredKind = Field(description="What it is to the schemes.")
    body: _Text = Field(description="Who accredits it.")
    accreditation: _Text = Field(description="The number of the accreditation.")
    source: Annotated[str, Field(max_length=200, pattern=r"^https://[!-~]+$")] = Field(
        description="Where anybody can look the accreditation up."
    )
    accredited_from: PlainDate = Field(description="First day of the accreditation.")
    accredited_until: PlainDate | None = Field(
        default=None, description="Last day; null: no end is known."
    )
    scope: ScopeBody = Field(description="What it covers.")
    conflicts: list[ConflictBody] = Field(
        default_factory=list, max_length=500, description="Conflicts of interest."
    )


_Coordinate = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]


class VerifierJwk(Asked):
    """An EC key on P-256 as a JWK (RFC 7518, section 6.2)."""

    kty: Literal["EC"] = Field(description="Kind of key.")
    crv: Literal["P-256"] = Field(description="Its curve.")
    x: _Coordinate = Field(description="First coordinate, 32 bytes in base64url.")
    y: _Coordinate = Field(description="Second coordinate, 32 bytes in base64url.")
    kid: _Text | None = Field(default=None, description="Its name; ours is its thumbprint.")
    use: Literal["sig"] | None = Field(default=None, description="What it is for.")
    alg: Literal["ES256"] | None = Field(default=None, description="How it signs.")
    key_ops: list[_Text] | None = Field(default=None, max_length=8, description="What it may do.")
    d: _Coordinate | None = Field(
        default=None, description="The private part is not wanted here; it is not kept."
    )


class VerifierKeyBody(Asked):
    """A public key, as a JWK (RFC 7517)."""

    jwk: VerifierJwk = Field(description="An EC key on P-256; no private part is kept.")


class VerifierKeyAnswer(Shape):
    """A public key of a verifier."""

    id: str = Field(description="Thumbprint of the key (RFC 7638).")
    jwk: dict[str, Any] = Field(description="The public key.")
    since: date = Field(description="Since when it is registered.")
    withdrawn_on: date | None = Field(description="Since when nothing that it signed counts.")


class VerifierAnswer(VerifierBody):
    """A verifier as the register publishes it. Save it to check statements offline."""

    id: str = Field(description="Id of the verifier.")
    keys: list[VerifierKeyAnswer] = Field(description="Its keys, oldest first.")


class VerifierPage(Shape):
    """A page of the register of verifiers, newest first."""

    verifiers: list[VerifierAnswer] = Field(description="Verifiers.")
    next: str | None = Field(description="Cursor of the next page; null at the end.")


class SubjectAnswer(Shape):
    """What a verifier signs about a footprint."""

    footprint_hash: str = Field(description="Hash of the public part of the footprint.")
    bom_commitment: str = Field(description="Commitment to the lines of the bill of materials.")
    subject: SubjectKind = Field(description="What it is of.")
    product: str = Field(description="Name of the product.")
    company: str = Field(description="Name of the company.")
    total_kg_co2e: str = Field(description="kg CO2e per declared unit, with all digits.")
    per: str = Field(description="The declared unit.")
    boundary: str = Field(description="System boundary.")
    gwp_set: str = Field(description="GWP set.")
    period_start: str = Field(description="First day of the data; may be empty.")
    period_end: str = Field(description="Last day of the data; may be empty.")


class StatementBody(Asked):
    """A statement that a verifier has signed."""

    footprint_id: Annotated[str, Field(max_length=64)] = Field(description="Id of the footprint.")
    statement: str = Field(description="The signed text, a compact JWS.")


class StatementAnswer(Shape):
    """A statement as it is held. `against` is empty while it can be relied on."""

    id: str = Field(description="Id of the statement.")
    number: str = Field(description="The verifier's number: evidence names it.")
    verifier: str = Field(description="Id of the verifier.")
    verifier_name: str = Field(description="Name of the verifier.")
    footprint_id: str = Field(description="Id of the footprint.")
    hash: str = Field(description="Hash of the signed text: certificates name it.")
    received_at: datetime = Field(description="When it was handed in (UTC).")
    withdrawn_at: datetime | None = Field(description="Since when it does not count.")
    withdrawn_why: str = Field(description="Why; may be empty.")
    against: list[str] = Field(description="What speaks against it today.")


class StatementPage(Shape):
    """A page of statements, newest first."""

    statements: list[StatementAnswer] = Field(description="Statements.")
    next: str | None = Field(description="Cursor of the next page; null at the end.")


class WithdrawalBody(Asked):
    """Why a statement does not count any more."""

    reason: Annotated[str, Field(min_length=1, max_length=1000)] = Field(
        description="As the verifier gives it."
    )
