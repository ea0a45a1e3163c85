"""What UNTP 0.7.0 asks of a Digital Product Passport, as models of our own.

Source: UNTP 0.7.0, Digital Product Passport (UN/CEFACT, CC BY 4.0): what must be there, of which
kind, from which list. Where the published schema closes an object, unknown names are refused here
too; of what footprints do not need only the outermost form is looked at.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from footprint.exchange import untp_terms as terms
from footprint.late_pattern import late_pattern

_URI = late_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_REC20 = r"^[A-Z0-9]{2,3}$"


def _uri(text: str) -> str:
    if not _URI.fullmatch(text):
        raise ValueError("is no URI")
    return text


def _time(text: str) -> str:
    if len(text) < 20 or datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("is no time with an offset")
    return text


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


def _contexts(names: list[str]) -> list[str]:
    if tuple(names[:2]) != terms.UNTP_CONTEXTS or len({*names}) < len(names):
        raise ValueError("does not begin with the contexts of W3C and of UNTP 0.7.0, each once")
    return names


def _kinds(names: list[str]) -> list[str]:
    if not {"VerifiableCredential", terms.PASSPORT} <= {*names}:
        raise ValueError("does not name VerifiableCredential and DigitalProductPassport")
    return names


Uri = Annotated[str, AfterValidator(_uri)]
Moment = Annotated[str, AfterValidator(_time)]
Day = Annotated[str, AfterValidator(_day)]


class _Open(BaseModel):
    """What others may add to."""

    model_config = ConfigDict(extra="allow", strict=True, alias_generator=to_camel)


class _Closed(BaseModel):
    """What has no further names."""

    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


class UntpNamed(_Open):
    """Something with an address and a name: issuer, party, facility, scheme, metric, standard."""

    id: Uri
    name: str


class UntpStatus(_Closed):
    """The entry of a status list; its index is a number here."""

    type: Literal["BitstringStatusListEntry"]
    id: Uri | None = None
    status_purpose: Literal["refresh", "revocation", "suspension", "message"]
    status_list_index: Annotated[int, Field(ge=0)]
    status_list_credential: Uri


class UntpLink(_Closed):
    """A link, with a digest where it binds."""

    link_url: Annotated[Uri, Field(alias="linkURL")]
    link_name: str
    digest_multibase: str | None = None
    media_type: str | None = None
    link_type: str | None = None


class UntpMeasure(_Closed):
    """A number and its unit by a code of UN/ECE Recommendation 20."""

    value: Decimal | int
    unit: Annotated[str, Field(pattern=_REC20)]
    upper_tolerance: Decimal | int | None = None
    lower_tolerance: Decimal | int | None = None


class UntpPerformance(_Closed):
    """A claimed performance: a measure needs the metric that it measures."""

    metric: UntpNamed | None = None
    measure: UntpMeasure | None = None
    score: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _measured(self) -> UntpPerformance:
        if self.measure is not None and self.metric is None:
            raise ValueError("a measure without a metric")
        return self


class UntpTopic(_Closed):
    """What a claim is about."""

    type: list[str] | None = None
    id: Uri
    name: str
    definition: str | None = None


class UntpPeriod(_Closed):
    """A reference period with its last day."""

    start_date: Day
    end_date: Day
    period_information: str | None = None


class UntpClaim(_Open):
    """A claim of performance."""

    id: Uri
    name: str
    reference_criteria: list[UntpNamed]
    reference_standard: list[UntpNamed] = []
    claim_date: Day
    applicable_period: UntpPeriod | None = None
    claimed_performance: list[UntpPerformance]
    evidence: list[UntpLink] = []
    conformity_topic: list[UntpTopic]


class UntpClass(_Closed):
    """A class of product in a list of classes."""

    code: str
    name: str
    definition: str | None = None
    scheme_id: Uri
    scheme_name: str


class UntpCountry(_Closed):
    """A country by its code of ISO 3166."""

    country_code: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    country_name: str | None = None


class UntpProduct(UntpNamed):
    """The product that a passport is about."""

    id_scheme: UntpNamed
    id_granularity: Literal["model", "batch", "item"]
    product_category: list[UntpClass]
    produced_at_facility: UntpNamed
    country_of_production: UntpCountry
    characteristics: dict[str, Any] = {}
    performance_claim: list[UntpClaim] = []


class UntpPassport(_Open):
    """A Digital Product Passport 0.7.0, as a credential that is not signed yet or as signed."""

    context: Annotated[list[str], AfterValidator(_contexts), Field(alias="@context")]
    type: Annotated[list[str], AfterValidator(_kinds)]
    id: Uri
    issuer: UntpNamed
    valid_from: Moment
    valid_until: Moment | None = None
    name: str
    credential_status: UntpStatus | None = None
    credential_subject: UntpProduct
