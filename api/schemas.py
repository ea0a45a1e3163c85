"""The shapes of requests and answers. Strict: an unknown member is an error, not ignored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, model_validator

from footprint.certificates.number import make_number
from footprint.printable import unprintable_in
from footprint.values.decision import Tier

_EXAMPLE_HASH = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
EXAMPLE_FOOTPRINT = "6f1c2c9e-6d0e-4f5b-9a43-0d2f7a6f1b77"
#: A number whose check character is right: it can be copied from the documentation.
EXAMPLE_NUMBER = make_number(bytes.fromhex("39e74b8bed"))


class Shape(BaseModel):
    """Base of all shapes: frozen, and closed to members that are not named."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Asked(Shape):
    """Base of what is sent: texts without control characters and half characters, on every database
    alike. Tabs and ends of lines are none."""

    @model_validator(mode="before")
    @classmethod
    def _printable(cls, value: Any) -> Any:
        try:
            found = unprintable_in(value)
        except RecursionError:
            raise ValueError("it is nested too deeply") from None
        if found:
            raise ValueError(f"{found[0] or 'the text'} holds the control character {found[1]}")
        return value


class ProblemItem(Shape):
    """One thing that is wrong, and where."""

    code: str = Field(description="Stable code.", examples=["BOM-012"])
    message: str = Field(description="What is wrong.")
    hint: str = Field(description="What to do about it; may be empty.")
    file: str = Field(description="File the problem is in; empty for none.")
    row: int | None = Field(description="Row as a spreadsheet counts, from 1.")
    column: str | None = Field(description="Column, or the path of a member in a JSON body.")


class ProblemDocument(BaseModel):
    """An error (RFC 9457). Further members may follow, such as `decision` with API-501."""

    type: str = Field(description="Address of the kind of problem, relative to the service.")
    title: str = Field(description="The kind of problem, in the language asked for.")
    status: int = Field(description="HTTP status.", examples=[422])
    detail: str = Field(description="The first problem.")
    code: str = Field(description="Stable code of the kind.", examples=["API-003"])
    problems: list[ProblemItem] = Field(description="Everything that is wrong.")


class ProblemKind(Shape):
    """A kind of error that this service can answer with."""

    code: str = Field(description="Stable code.")
    status: int = Field(description="HTTP status it comes with.")
    title: str = Field(description="Title in English.")
    title_zh: str = Field(description="Title in simplified Chinese.")


class FootprintAnswer(Shape):
    """A stored footprint."""

    id: str = Field(description="Id of the footprint (UUID).", examples=[EXAMPLE_FOOTPRINT])
    created_at: datetime = Field(description="When it was calculated (UTC).")
    file: str = Field(description="Name of the file it was made from.", examples=["kettle.csv"])
    file_hash: str = Field(
        description="SHA-256 of the file, byte for byte. The hash of the lines read from it is "
        "`footprint.provenance.bom`; a certificate has `bom_commitment`, which is salted.",
        examples=[_EXAMPLE_HASH],
    )
    document_hash: str = Field(
        description="SHA-256 of `footprint` as canonical JSON (RFC 8785).", examples=[_EXAMPLE_HASH]
    )
    footprint: dict[str, Any] = Field(
        description="The published document of the result: product, declared unit, totals and "
        "stages in kg CO2e per declared unit, contributions, coverage, quality, sources, warnings."
    )


class CertificateOrder(Asked):
    """What certificate is wanted, and what supports it."""

    footprint_id: str = Field(description="Id of one of your footprints.", max_length=64)
    scheme: str = Field(description="Id of the scheme whose rules are applied.", max_length=64)
    tier: Tier = Field(description="Tier of the scheme.")
    evidence: Annotated[
        dict[str, Any] | str,
        WithJsonSchema(
            {"anyOf": [{"$ref": "#/components/schemas/EvidenceFile"}, {"type": "string"}]}
        ),
    ] = Field(
        default="",
        description="The evidence: an object, or the YAML text of an evidence file. Numbers that "
        "must keep more than 15 digits are sent as YAML text.",
    )
    months: int | None = Field(
        default=None,
        ge=1,
        le=120,
        description="Term in months. Left out, the term that the scheme sets.",
    )
    replaces: str | None = Field(
        default=None,
        max_length=64,
        description="Number of one of your certificates that this one supersedes.",
    )
    replace: bool = Field(
        default=False,
        description="Let it supersede your certificate in force for the same product, scheme and "
        "tier and a period that overlaps. Without it such an order is refused (API-531).",
    )
    draft: bool = Field(
        default=False,
        description="Mark it as a draft, not for use, on label, page and PDF. An address that "
        "others cannot reach issues nothing else, unless its operator set otherwise.",
    )


class StatusChange(Asked):
    """A new status of a certificate."""

    status: Literal["issued", "reinstated", "suspended", "revoked"] = Field(
        description="`suspended` is lifted by `reinstated` (or `issued`); `revoked` is final."
    )
    reason: str = Field(
        description="Why; shown to everyone.", min_length=1, max_length=500, examples=["Recall"]
    )


class StatusAnswer(Shape):
    """What the register says about a certificate now."""

    state: str = Field(
        description="issued, not_yet_valid, expired, suspended, revoked, superseded, draft, or "
        "invalid where a check failed.",
        examples=["issued"],
    )
    asked_at: datetime = Field(description="When this was answered (UTC).")
    since: datetime | None = Field(description="Since when (UTC).")
    reason: str = Field(description="Why it changed; may be empty.")
    superseded_by: str | None = Field(description="Number of the certificate that replaced it.")


class HistoryItem(Shape):
    """Something that happened to a certificate."""

    event: str = Field(
        description="issued, suspended, reinstated, revoked, superseded or surveyed."
    )
    at: datetime = Field(description="When (UTC).")
    reason: str = Field(description="Why; may be empty.")


class ObjectionAnswer(Shape):
    """An objection to a certificate, in public."""

    id: str = Field(description="Id of the objection (UUID).")
    at: datetime = Field(description="When it was raised (UTC).")
    by_reader: bool = Field(description="Whether a reader without a token raised it.")
    party: str = Field(description="Who objects; empty for a reader, who is not named in public.")
    ground: str = Field(
        description="falsification or other: as it was raised, and once answered as it was judged."
    )
    text: str = Field(
        description="What is held against the certificate; a reader's is empty until the answer."
    )
    state: str = Field(description="open, upheld or rejected.")
    answer: str = Field(description="What came of it; empty while open.")
    answered_at: datetime | None = Field(description="When it was answered (UTC).")


class Dates(Shape):
    """What is due when."""

    renewal_due: date = Field(description="Last day of the term, as the scheme's rules set it.")
    surveillance_due: date | None = Field(
        description="Day by which the holder is to be looked at again; null when none is left."
    )
    surveillance_overdue: bool = Field(description="Whether that day has passed.")
    surveillance_rule: str = Field(
        description="Where the interval comes from: this register's own, not a scheme's."
    )


class FileAnswer(Shape):
    """A file of the certificate."""

    url: str = Field(description="Where it is.")
    sha256: str | None = Field(
        description="SHA-256 of the file as first made; null until somebody asks for it.",
        examples=[_EXAMPLE_HASH],
    )


class CertificateAnswer(Shape):
    """A certificate, as everyone may see it."""

    number: str = Field(description="Number of the certificate.", examples=[EXAMPLE_NUMBER])
    subject: str = Field(description="product, organisation or event.", examples=["product"])
    status: StatusAnswer
    dates: Dates
    history: list[HistoryItem] = Field(description="What happened to it, oldest first.")
    objections: list[ObjectionAnswer] = Field(
        description="The first objections, oldest first, at most 20."
    )
    objections_url: str = Field(description="Where all objections are, page by page.")
    replaces: str | None = Field(description="Number of the certificate that it superseded.")
    valid_from: date = Field(description="First day of the term (UTC).")
    valid_until: date = Field(description="Last day of the term (UTC).")
    certificate: dict[str, Any] = Field(
        description="Everything that page, label and PDF show; kg CO2e per declared unit as "
        "decimal text with all digits."
    )
    credential: str = Field(description="The signed credential (compact JWS, `vc+jwt`, ES256).")
    verification: dict[str, Any] = Field(
        description="The service's own check of the credential, check by check."
    )
    page: str = Field(description="The page for people.")
    labels: dict[str, str] = Field(description="Addresses of the label, by language.")
    files: dict[str, FileAnswer] = Field(description="The PDF certificates, by language.")


class Health(Shape):
    """The service is up, and what it calculates with."""

    status: Literal["ok"] = Field(description="Always `ok`; a failure is a problem document.")
    version: str = Field(description="Version of the engine.")
    inventory: str = Field(description="Hash of the compiled inventory.")
    rules: str = Field(description="Hash of the rule book.")
