"""What the published schemas of UNTP 0.7.0 ask for, described in our own words as JSON Schema.

Read in the Digital Product Passport and the Conformity Credential (UN/CEFACT, CC BY 4.0): which
names must be there, of which kind, from which lists, and which objects are closed.
`bench.exchange_untp` checks against the files themselves.
"""

from __future__ import annotations

from typing import Any

import jsonschema

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
ADDRESS: Schema = {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9+.-]*:\\S+$"}
DAY: Schema = {"type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\d$"}
TIME: Schema = {"type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$"}
NUMBER: Schema = {"type": "number"}


def holding(needed: str, closed: bool = False, **members: Schema) -> Schema:
    return {
        "type": "object",
        "properties": members,
        "required": needed.split(),
        "additionalProperties": not closed,
    }


def listed(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def one_of(words: str) -> Schema:
    return {"enum": words.split()}


def kind(name: str) -> Schema:
    return {"type": "array", "items": TEXT, "contains": {"const": name}}


def called(name: str) -> Schema:
    """An object with an address and a name that says what it is."""
    return holding("id name", type=kind(name), id=ADDRESS, name=TEXT)


LINK = holding(
    "linkURL linkName",
    closed=True,
    linkURL=ADDRESS,
    linkName=TEXT,
    digestMultibase=TEXT,
    mediaType=TEXT,
    linkType=TEXT,
)
MEASURE = holding(
    "value unit",
    closed=True,
    value=NUMBER,
    upperTolerance=NUMBER,
    lowerTolerance=NUMBER,
    unit={"type": "string", "pattern": "^[A-Z0-9]{2,3}$"},
)
SCORE = holding("code", closed=True, code=TEXT, rank={"type": "integer"}, definition=TEXT)
PERFORMANCE = holding(
    "", closed=True, metric=called("PerformanceMetric"), measure=MEASURE, score=SCORE
) | {"dependentRequired": {"measure": ["metric"]}}
TOPIC = holding(
    "id name",
    closed=True,
    type=kind("ConformityTopic"),
    id=ADDRESS,
    name=TEXT,
    definition=TEXT,
)
STATUS = holding(
    "type statusPurpose statusListIndex statusListCredential",
    closed=True,
    type=one_of("BitstringStatusListEntry"),
    id=ADDRESS,
    statusPurpose=one_of("refresh revocation suspension message"),
    statusListIndex={"type": "integer", "minimum": 0},
    statusListCredential=ADDRESS,
)
COUNTRY = holding("countryCode", closed=True, countryCode=TEXT, countryName=TEXT)
PERIOD = holding(
    "startDate endDate", closed=True, startDate=DAY, endDate=DAY, periodInformation=TEXT
)
CLASS = holding(
    "code name schemeId schemeName",
    closed=True,
    code=TEXT,
    name=TEXT,
    definition=TEXT,
    schemeId=ADDRESS,
    schemeName=TEXT,
)
ROLES = one_of(
    "owner producer manufacturer processor remanufacturer recycler operator serviceProvider "
    "inspector certifier logisticsProvider carrier consignor consignee importer exporter "
    "distributor retailer brandOwner regulator"
)
CLAIM = holding(
    "id name referenceCriteria claimDate claimedPerformance conformityTopic",
    type=kind("Claim"),
    id=ADDRESS,
    name=TEXT,
    description=TEXT,
    referenceCriteria=listed(called("Criterion")),
    referenceRegulation=listed(called("Regulation")),
    referenceStandard=listed(called("Standard")),
    claimDate=DAY,
    applicablePeriod=PERIOD,
    claimedPerformance=listed(PERFORMANCE),
    evidence=listed(LINK),
    conformityTopic=listed(TOPIC),
)
PRODUCT = holding(
    "id name idScheme idGranularity productCategory producedAtFacility countryOfProduction",
    type=kind("Product"),
    id=ADDRESS,
    name=TEXT,
    description=TEXT,
    idScheme=called("IdentifierScheme"),
    idGranularity=one_of("model batch item"),
    productCategory=listed(CLASS),
    producedAtFacility=called("Facility"),
    countryOfProduction=COUNTRY,
    characteristics={"type": "object"},
    relatedParty=listed(holding("role party", closed=True, role=ROLES, party=called("Party"))),
    dimensions=holding("", weight=MEASURE, volume=MEASURE),
    performanceClaim=listed(CLAIM),
)
ASSESSMENT = holding(
    "id name assessmentCriteria assessmentDate assessedPerformance conformityTopic",
    type=kind("ConformityAssessment"),
    id=ADDRESS,
    name=TEXT,
    assessmentCriteria=listed(called("Criterion")),
    assessmentDate=DAY,
    assessedPerformance=listed(PERFORMANCE),
    assessedProduct=listed(
        holding("product", product=called("Product"), idVerifiedByCAB={"type": "boolean"})
    ),
    specifiedCondition=listed(TEXT),
    evidence=listed(LINK),
    conformityTopic=listed(TOPIC),
    conformance={"type": "boolean"},
)
ATTESTATION = holding(
    "id name assessorLevel assessmentLevel attestationType issuedToParty referenceScheme",
    type=kind("ConformityAttestation"),
    id=ADDRESS,
    name=TEXT,
    assessorLevel=one_of("self commercial buyer membership unspecified 3rdParty hybrid"),
    assessmentLevel=one_of(
        "authority-benchmark authority-mandate authority-globalmra authority-peer "
        "authority-extended-mra scheme-self scheme-cab no-endorsement"
    ),
    attestationType=one_of(
        "certification declaration inspection testing verification validation calibration"
    ),
    issuedToParty=called("Party"),
    referenceScheme=called("ConformityScheme"),
    profileScore=SCORE,
    conformityCertificate=LINK,
    auditableEvidence=LINK,
    conformityAssessment=listed(ASSESSMENT),
)
CONTEXTS: Schema = {
    "type": "array",
    "prefixItems": [
        {"const": "https://www.w3.org/ns/credentials/v2"},
        {"const": "https://vocabulary.uncefact.org/untp/0.7.0/context/"},
    ],
    "items": TEXT,
    "minItems": 2,
    "uniqueItems": True,
}


def credential(of: str, subject: Schema) -> Schema:
    schema = holding(
        "@context id issuer validFrom name credentialSubject",
        type={"allOf": [kind(of), kind("VerifiableCredential")]},
        id=ADDRESS,
        issuer=called("CredentialIssuer"),
        validFrom=TIME,
        validUntil=TIME,
        name=TEXT,
        credentialStatus=STATUS,
        credentialSubject=subject,
    )
    schema["properties"]["@context"] = CONTEXTS
    return schema


PASSPORT = credential("DigitalProductPassport", PRODUCT)
CONFORMITY = credential("DigitalConformityCredential", ATTESTATION)


def breaches(document: object, schema: Schema) -> list[str]:
    """What a document does against these rules, by the place."""
    validator = jsonschema.Draft202012Validator(schema)
    return [f"{one.json_path}: {one.message}" for one in validator.iter_errors(document)]
