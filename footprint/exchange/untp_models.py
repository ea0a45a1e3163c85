"""What UNTP 0.7.0 asks of a Digital Product Passport, as models of our own.

Source: UNTP 0.7.0, Digital Product Passport (UN/CEFACT, CC BY 4.0): what must be there, of which
kind, from which list. Where the published schema closes an object, unknown names are refused here
too; of what footprints do not need only the outermost form is looked at.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from footprint.exchange import untp_terms as terms

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
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

    model_config = ConfigDict(extra="allow", strict=True)


class _Closed(BaseModel):
    """What has no further names."""

    model_config = ConfigDict(extra="forbid", strict=True)


class UntpNamed(_Open):
    """Something with an address and a name: issuer, party, facility, scheme, metric, standard."""

    id: Uri
    name: str


class UntpStatus(_Closed):
    """The entry of a status list; its index is a number here."""

    type: Literal["BitstringStatusListEntry"]
    id: Uri | None = None
    statusPurpose: Literal["refresh", "revocation", "suspension", "message"]
    statusListIndex: Annotated[int, Field(ge=0)]
    statusListCredential: Uri


class UntpLink(_Closed):
    """A link, with a digest where it binds."""

    linkURL: Uri
    linkName: str
    digestMultibase: str | None = None
    mediaType: str | None = None
    linkType: str | None = None


class UntpMeasure(_Closed):
    """A number and its unit by a code of UN/ECE Recommendation 20."""

    value: Decimal | int
    unit: Annotated[str, Field(pattern=_REC20)]
    upperTolerance: Decimal | int | None = None
    lowerTolerance: Decimal | int | None = None


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

    startDate: Day
    endDate: Day
    periodInformation: str | None = None


class UntpClaim(_Open):
    """A claim of performance."""

    id: Uri
    name: str
    referenceCriteria: list[UntpNamed]
    referenceStandard: list[UntpNamed] = []
    claimDate: Day
    applicablePeriod: UntpPeriod | None = None
    claimedPerformance: list[UntpPerformance]
    evidence: list[UntpLink] = []
    conformityTopic: list[UntpTopic]


class UntpClass(_Closed):
    """A class of product in a list of classes."""

    code: str
    name: str
    definition: str | None = None
    schemeId: Uri
    schemeName: str


class UntpCountry(_Closed):
    """A country by its code of ISO 3166."""

    countryCode: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    countryName: str | None = None


class UntpProduct(UntpNamed):
    """The product that a passport is about."""

    idScheme: UntpNamed
    idGranularity: Literal["model", "batch", "item"]
    productCategory: list[UntpClass]
    producedAtFacility: UntpNamed
    countryOfProduction: UntpCountry
    characteristics: dict[str, Any] = {}
    performanceClaim: list[UntpClaim] = []


class UntpPassport(_Open):
    """A Digital Product Passport 0.7.0, as a credential that is not signed yet or as signed."""

    context: Annotated[list[str], AfterValidator(_contexts), Field(alias="@context")]
    type: Annotated[list[str], AfterValidator(_kinds)]
    id: Uri
    issuer: UntpNamed
    validFrom: Moment
    validUntil: Moment | None = None
    name: str
    credentialStatus: UntpStatus | None = None
    credentialSubject: UntpProduct

