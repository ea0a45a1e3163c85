"""The tables behind the service hold what its documentation says: no row is missing or misplaced.

Most are held against another statement of the same thing: the codes of refusals, the columns of the
store, the routes of docs/routes.md, the texts of a protocol. The rest are written out.
"""

from __future__ import annotations

import dataclasses
import errno
import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from evidence import some
from served import settings_for
from sqlalchemy.exc import OperationalError

from api import bom_examples, evidence_says, faults
from api.app import create_app
from api.faults import ServiceFault
from api.first_match import all_routes
from api.headers import SECURITY_HEADERS
from api.jobs import model as job_model
from api.jobs import payload
from api.language import best_of, preferred
from api.metrics import Metrics
from api.openapi import operations
from api.partners import errors, events, filters, host, registry, second
from api.partners.model import CREATED, FULFILLED, PUBLISHED, REJECTED
from api.problems import _BY_STATUS
from api.rates import UNCOUNTED
from api.request_log import _METHODS
from api.routes import catalogues as catalogue_routes
from api.routes import certificate_upload, laws, pact_tokens, readings, upload
from api.scopes import LEAST, needed_scope
from api.services import (
    catalogues,
    decisions,
    history,
    lifecycle,
    people,
    recalls,
    rooms,
    rows,
    statuslists,
    tokens,
    variants,
)
from api.store.audit import AuditEntry
from api.store.certificates import StoredCertificate
from api.store.personal import SIGNED
from api.store.tables import metadata
from api.store.tenants import ALL_ROLES, ROLES
from api.store.trouble import trouble_of
from api.verifier_schemas import VERIFIER_EXAMPLE
from api.workers.kinds import KINDS
from footprint.certificates.lifecycle import KeptStatus, Role
from footprint.certificates.view import CertificateView
from footprint.study import Inputs

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def openapi(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    app = create_app(settings_for(tmp_path_factory.mktemp("tables")))
    document: dict[str, Any] = app.openapi()
    return document


# What the description says ----------------------------------------------------------------------


def _status_of() -> dict[str, int]:
    """The HTTP status of each code, as docs/errors.md lists them."""
    text = (DOCS / "errors.md").read_text("utf-8")
    return {code: int(status) for code, status in re.findall(r"(API-\d+) .*\(HTTP (\d+)\)", text)}


#: Codes that only pages answer.
OF_PAGES = {"API-104", "API-105"}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 415, 429, 500, 503])
def test_the_description_names_the_codes_of_a_status(status: int, openapi: dict[str, Any]) -> None:
    known = _status_of()
    sentences = {
        operation["responses"][str(status)]["description"]
        for path, _, operation in operations(openapi)
        if path.startswith("/v1/") and str(status) in operation["responses"]
    }
    (sentence,) = sentences
    named = set(re.findall(r"API-\d+", sentence))
    assert named
    assert {known[code] for code in named} == {status}
    missing = {code for code, its in known.items() if its == status} - named - OF_PAGES
    # A job's own failure is told in the job, and what has no method has no operation.
    assert missing <= {"API-603"}


def test_what_was_refused_is_listed_in_the_problems(openapi: dict[str, Any]) -> None:
    for path, method, operation in some(operations(openapi)):
        if path.startswith("/v1/"):
            assert {"422", "429", "500", "503"} <= set(operation["responses"]), (path, method)
            assert "`problems`" in operation["responses"]["422"]["description"]


def test_every_operation_of_ours_takes_the_language_of_messages(openapi: dict[str, Any]) -> None:
    ours = [one for path, _, one in operations(openapi) if path.startswith("/v1/")]
    messages = []
    for operation in some(ours):
        (lang,) = [one for one in operation["parameters"] if one["name"] == "lang"]
        assert (lang["in"], lang["required"]) == ("query", False)
        if lang["schema"] == {"type": "string", "enum": ["en", "zh"]}:
            assert "Accept-Language" in lang["description"]
            messages.append(operation)
    assert len(messages) > 0.8 * len(ours)  # labels and reports speak more languages


def test_documents_have_their_own_forms(openapi: dict[str, Any]) -> None:
    schemas = openapi["components"]["schemas"]
    assert "totals" in schemas["FootprintDocument"]["properties"]
    assert "verdict" in schemas["DecisionDocument"]["properties"]
    assert "$schema" not in schemas["DecisionDocument"]


def test_what_is_no_text_is_described_as_bytes(openapi: dict[str, Any]) -> None:
    answers = [
        (media, content.get("schema"))
        for path in openapi["paths"].values()
        for operation in path.values()
        for answer in operation.get("responses", {}).values()
        for media, content in answer.get("content", {}).items()
    ]
    bytes_ = {"type": "string", "format": "binary"}
    packed = [schema for media, schema in answers if "zip" in media or "asset" in media]
    assert packed == [bytes_] * len(packed)
    assert len(packed) >= 2


def test_scopes_are_said_of_what_needs_a_token(openapi: dict[str, Any]) -> None:
    for path, method, operation in some(operations(openapi)):
        secured = {"HTTPBearer": []} in operation.get("security", [])
        says = re.search(r"Needs a token with the scope `([^`]+)`", operation["description"])
        assert bool(says) == secured, (path, method)
        if says:
            assert says[1] == needed_scope(method.upper(), path)
            assert "403" in operation["responses"]


def test_every_group_of_routes_is_described_and_used(openapi: dict[str, Any]) -> None:
    used = {tag for _, _, operation in operations(openapi) for tag in operation["tags"]}
    described = [tag["name"] for tag in openapi["tags"]]
    assert set(described) == used
    assert len(described) == len(used)
    assert all(tag["description"] for tag in openapi["tags"])


def test_every_route_of_the_documentation_is_served(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path))
    text = (DOCS / "routes.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `(GET|POST|PUT|PATCH|DELETE) ([^`]+)`", text, re.MULTILINE))
    served = {
        (method, getattr(route, "path", ""))
        for route in all_routes(app.routes)
        for method in getattr(route, "methods", None) or ()
    }
    assert len(documented) > 150
    assert documented - served == set()


def test_examples_are_in_the_language_that_they_are_listed_under() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    for examples in (
        bom_examples.CSV_EXAMPLES,
        bom_examples.JSON_EXAMPLES,
        bom_examples.CERTIFICATE_EXAMPLES,
    ):
        assert set(examples) == {"english", "chinese"}
        for part in ("summary", "value"):
            assert not chinese.search(str(examples["english"][part]))
            assert chinese.search(str(examples["chinese"][part]))


#: A word of the sentence by which each member of an evidence file is explained.
EXPLAINED = {
    "sales_channel": "b2c", "audience": "see the claim", "function": "does", "region": "Where",
    "product_code": "HS", "product_category": "scheme names", "methods": "standards",
    "pcr": "category rules", "verification": "Who verified the footprint", "references": "compare",
    "plans": "Plans", "publications": "published", "credits": "Carbon credits",
    "units_sold": "sold in the period", "renewal": "renewed", "tiers_held": "holds already",
    "unit_kind": "stated per", "named_boundary": "verifier confirmed",
    "probability_of_reduction": "How probable", "tonnes": "Tonnes", "programme": "Programme",
    "kind": "Kind: ", "vintage": "Year", "issuance": "issued after or before",
    "retired_on": "Day on which", "serial": "first to last", "registry": "Registry",
    "beneficiary": "For whom", "reason": "Why", "date": "Day.", "url": "public can read",
    "scheme": "Id of a scheme", "tier": "Tier of", "number": "Number of the certificate",
    "valid_until": "Last day", "reference": "Kind of reference", "at_least": "Reduction in",
    "probability": "that it was reached", "draws": "draws", "value": "kg CO2e per `per`",
    "per": "1 piece", "boundary": "Boundary of", "method": "Method by", "gwp_set": "AR6",
    "earlier_value": "announced before", "quantile": "quantile", "chosen": "among years",
    "history": "by year", "source": "written", "interval": "lies in; used", "low": "Lower",
    "high": "Upper", "share": "lies in it", "decided_by": "`probability`",
    "least_probability": "0.95", "by": "Who verified.", "level": "assurance",
    "statement": "signed statement",
}  # fmt: skip
SHAPED = {
    "Absent": "not to exist", "CreditEntry": "credits", "DocumentEntry": "plan or publication",
    "IntervalEntry": "interval", "HeldTierEntry": "tier that", "ProbabilityEntry": "probability",
    "ReferenceEntry": "compare", "VerificationEntry": "verification",
    "EvidenceFile": "may be left out",
}  # fmt: skip


def test_each_member_of_the_evidence_is_explained() -> None:
    found = evidence_says.evidence_shapes()
    assert set(found) == set(SHAPED)
    for name, shape in found.items():
        assert SHAPED[name] in shape["description"]
        for member, schema in shape.get("properties", {}).items():
            assert EXPLAINED[member] in schema["description"], member
    assert set(EXPLAINED) == {
        member for shape in found.values() for member in shape.get("properties", ())
    }


#: A word of the sentence that explains each field of a form of `POST /v1/readings`.
ANSWERS = {
    "map": "heading means", "unit": "lines that have none", "sheet": "sheet to read",
    "header_row": "Row of the headings", "variant": "column of quantities",
    "product": "product to take", "decimal": "Decimal mark", "base": "how many products",
    "mass_unit": "masses", "length_unit": "lengths", "loss": "losses", "name": "Name of",
}  # fmt: skip


def test_each_answer_about_a_file_is_described_and_has_its_form(openapi: dict[str, Any]) -> None:
    body = openapi["paths"]["/v1/readings"]["post"]["requestBody"]
    fields = body["content"]["multipart/form-data"]["schema"]["properties"]
    assert set(fields) == {"file", "mapping", *ANSWERS}
    for name, words in ANSWERS.items():
        assert words in fields[name]["description"], name
        assert (fields[name]["type"] == "array") == (name == "map")
    assert fields["decimal"]["enum"] == ["", "point", "comma", ".", ","]
    assert fields["loss"]["enum"] == ["", "percent", "share"]
    rows = re.compile(fields["header_row"]["pattern"])
    assert [bool(rows.match(text)) for text in ("", "1", "0", "00", "12", "1.5", "x")] == [
        *(True, True, True, False, True, False, False)
    ]
    base = re.compile(fields["base"]["pattern"])
    assert base.match("2.5")
    assert base.match("")
    assert not base.match("x")
    assert {"header_row", "base"} == readings._NUMBERS


# HTTP -------------------------------------------------------------------------------------------


def test_browsers_are_told_to_trust_nothing() -> None:
    assert SECURITY_HEADERS == {
        "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def test_refusals_of_the_framework_have_the_fault_of_their_status() -> None:
    assert set(_BY_STATUS) == {400, 404, 405, 413, 415}
    assert {status: fault.status for status, fault in _BY_STATUS.items()} == {
        status: status for status in _BY_STATUS
    }
    assert _BY_STATUS[404].code == "API-204"
    every = [one for one in vars(faults).values() if isinstance(one, ServiceFault)]
    assert {one.code: one.status for one in some(every)} == _status_of()


def test_what_is_not_counted_and_which_methods_are_logged() -> None:
    assert set(UNCOUNTED) == {"/healthz", "/readyz"}
    assert {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} == _METHODS


def test_durations_are_counted_in_their_classes() -> None:
    metrics = Metrics()
    metrics.count("GET", "/v1/footprints", 200, 7.0)
    text = metrics.text().decode()
    counts = {
        float(limit): float(count)
        for limit, count in re.findall(r'request_seconds_bucket\{le="([^"]+)".*\} (\S+)', text)
    }
    limits = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, float("inf")]
    assert counts == {limit: float(limit > 7) for limit in limits}


@pytest.mark.parametrize("tag", ["zh-TW", "zh-HK", "zh-MO", "zh-Hant", "zh-Hant-TW"])
def test_readers_of_traditional_chinese_get_it_where_it_is_spoken(tag: str) -> None:
    assert best_of(("en", "zh", "zh-Hant"), None, tag) == "zh-Hant"
    assert best_of(("en", "zh"), None, tag) == "zh"
    assert preferred(tag, None) == "zh"
    assert preferred(None, tag) == "zh"


def test_messages_are_in_two_languages() -> None:
    assert [preferred(asked, None) for asked in ("en", "zh", "de", None)] == [
        "en",
        "zh",
        "en",
        "en",
    ]
    assert preferred(None, "de, zh;q=0.5, en;q=0.4") == "zh"
    assert preferred(None, "zh;q=0.4, en;q=0.4") == "zh"  # of equals the first one


def test_types_of_files_have_the_names_that_tell_their_form() -> None:
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert {"text/csv": "bom.csv", spreadsheet: "bom.xlsx"} == upload.RAW_TYPES
    assert set(upload._SINGLE) == {"file", "product", "site", "matches", "mapping"}
    assert set(upload._FIELDS) == {*upload._SINGLE, "document"}
    form = upload.OPENAPI_BODY["content"]["multipart/form-data"]["schema"]["properties"]
    assert set(form) == set(upload._FIELDS)
    assert certificate_upload._NAMES == {
        "application/pdf": "certificate.pdf",
        "application/json": "certificate.json",
        "application/vc+jwt": "certificate.jwt",
    }
    assert set(certificate_upload.OPENAPI_FILE["content"]) == set(certificate_upload._NAMES)
    parquet = "application/vnd.apache.parquet"
    assert {"text/csv": "products.csv", parquet: "products.parquet"} == catalogue_routes._NAMES
    assert set(catalogue_routes._TABLE["content"]) == set(catalogue_routes._NAMES)
    assert set(catalogue_routes._DONE) == {200, 401, 404, 409, 422, 429, 500, 503}
    assert parquet in catalogue_routes._DONE[200]["content"]
    assert catalogues.FILES == {
        "results": "results.parquet",
        "refused": "results.refused.parquet",
        "manifest": "results.manifest.json",
    }
    assert pact_tokens._NEVER_STORED == {"Cache-Control": "no-store", "Pragma": "no-cache"}
    assert {"as_of", "footprint_id", "evidence"} == laws._OURS


def test_a_body_of_a_request_has_the_parts_of_openapi() -> None:
    for body in (
        *(readings._BODY, upload.OPENAPI_BODY, certificate_upload.OPENAPI_FILE),
        catalogue_routes._TABLE,
    ):
        assert body["required"] is True
        assert isinstance(body["description"], str)
        assert isinstance(body["content"], dict)


def test_an_example_of_a_reading_adds_up() -> None:
    example = readings._EXAMPLE
    (line,) = example["lines"]
    assert line["quantity"] * line["unit_mass_kg"] == line["mass_kg"] == example["total_mass_kg"]
    assert (example["file"], example["sheet"], example["header_row"]) == ("lamp.csv", None, 1)
    assert example["columns"][0]["header"] == "Gewicht"
    assert example["facts"] == {}
    empty = ("assumed", "asks", "problems", "notes")
    assert [example[name] for name in empty] == [[], [], [], []]


def test_an_example_of_a_verifier_says_each_thing_in_its_place() -> None:
    example = VERIFIER_EXAMPLE
    assert example["source"].startswith("https://")
    assert example["accredited_from"] < example["accredited_until"]
    assert "Verification" in example["name"]
    assert "Accreditation" in example["body"]
    assert example["kind"] == "registered-verifier"
    assert example["accreditation"] == "V-0042"
    assert example["scope"]["levels"] == ["limited", "reasonable"]
    assert example["conflicts"][0]["why"]


# Partners ---------------------------------------------------------------------------------------


def test_errors_of_the_protocol_have_its_codes() -> None:
    # PACT Technical Specifications v3.0.3, error codes; what it has no code for is a bad request.
    codes = {
        400: "BadRequest", 401: "TokenExpired", 403: "AccessDenied", 404: "NotFound",
        405: "NotImplemented", 413: "BadRequest", 422: "BadRequest", 429: "BadRequest",
        501: "NotImplemented", 500: "InternalError", 503: "InternalError",
    }  # fmt: skip
    assert {status: errors.PactRefused(status, "").code for status in codes} == codes
    assert errors._STATUS == {413: 400, 415: 400, 422: 400}
    paths = {"/3/footprints": True, "/2/events": True, "/auth/token": True, "/v1/x": False}
    assert {path: errors.speaks_pact(path) for path in paths} == paths


def test_filters_of_the_protocol_have_their_names() -> None:
    assert filters.TEXTS == {
        "productId": "products",
        "companyId": "companies",
        "geography": "geographies",
        "classification": "classifications",
        "status": "statuses",
    }
    assert filters.TIMES == {
        "validOn": "valid_on", "validAfter": "valid_after", "validBefore": "valid_before"
    }  # fmt: skip
    at = [("productId", "x" * 500)] * 100
    assert filters.wanted_from_query(at).products == ("x" * 500,)
    for much in ([*at, at[0]], [("productId", "x" * 501)]):
        with pytest.raises(filters.FilterError, match="holds too much"):
            filters.wanted_from_query(much)
    given = filters.wanted_from_query([(name, name) for name in filters.TEXTS])
    assert given.statuses == ("status",)
    assert given.geographies == ("geography",)


EVENT = {
    "type": REJECTED, "specversion": "1.0", "id": "1", "source": "//a",
    "time": "2026-01-01T00:00:00Z", "data": {"requestEventId": "r", "error": {"code": "x"}},
}  # fmt: skip


@pytest.mark.parametrize(("name", "most"), [("id", 500), ("source", 2_000)])
def test_a_text_of_an_event_may_be_so_long(name: str, most: int) -> None:
    events._check_text({name: "x" * most}, name, most)
    with pytest.raises(events.EventError, match=f"{name} is longer than {most}"):
        events._check_text({name: "x" * (most + 1)}, name, most)
    assert events.event_in(json.dumps(EVENT | {name: "x" * most}).encode())
    with pytest.raises(events.EventError, match=f"{name} is longer than {most}"):
        events.event_in(json.dumps(EVENT | {name: "x" * (most + 1)}).encode())


def test_texts_of_events_and_what_each_type_asks_for() -> None:
    assert events._TEXTS == {
        "type": 200, "specversion": 10, "id": 500, "source": 2_000, "time": 40
    }  # fmt: skip
    uuid = "6f8a1c1e-7d5f-4c3f-9a39-3a4d4f1f0a11"
    good: dict[str, dict[str, Any]] = {
        CREATED: {"productId": ["urn:x:1"]},
        FULFILLED: {"requestEventId": "r", "pfs": [{"id": uuid}]},
        REJECTED: {"requestEventId": "r", "error": {"code": "NotFound"}},
        PUBLISHED: {"pfIds": [uuid]},
    }
    for kind, data in good.items():
        wanted = events.wanted_by({"type": kind, "data": data})
        assert (wanted is not None) == (kind == CREATED)
        for other, foreign in good.items():
            if kind not in (CREATED, other):
                with pytest.raises(events.EventError):
                    events.wanted_by({"type": kind, "data": foreign})


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"type": "org.example"}, "type is none of"),
        ({"specversion": "0.3"}, "specversion is not"),
        ({"source": "a b"}, "source is no URI"),
        ({"time": "noon"}, "time is no date"),
        ({"data": []}, "data is missing"),
        ({"id": ""}, "id is missing"),
        ({"id": 5}, "id is missing"),
        ({"id": "a\u0007"}, "control character"),
    ],
)
def test_an_event_that_is_none_is_refused_for_its_reason(wrong: Any, says: str) -> None:
    assert events.event_in(json.dumps(EVENT).encode()) == EVENT
    with pytest.raises(events.EventError, match=says):
        events.event_in(json.dumps(EVENT | wrong).encode())


@pytest.mark.parametrize(
    ("second_type", "kind", "data"),
    [
        ("ProductFootprintRequest.Fulfilled.v1", FULFILLED, {"pfs": [{"id": "{uuid}"}]}),
        ("ProductFootprintRequest.Rejected.v1", REJECTED, {"error": {"code": "NotFound"}}),
        ("ProductFootprint.Published.v1", PUBLISHED, {"pfIds": ["{uuid}"]}),
        ("ProductFootprintRequest.Created.v1", CREATED, {"pf": {"productIds": ["urn:x:1"]}}),
    ],
)
def test_events_of_the_second_version_are_those_of_the_third(
    second_type: str, kind: str, data: dict[str, Any]
) -> None:
    body = json.dumps(
        EVENT
        | {"type": f"org.wbcsd.pathfinder.{second_type}", "data": {"requestEventId": "r"} | data}
    ).replace("{uuid}", "6f8a1c1e-7d5f-4c3f-9a39-3a4d4f1f0a11")
    assert second._second_event(body.encode())["type"] == kind


@pytest.mark.parametrize("places", [second._PLACES, host._PLACES])
def test_a_place_is_the_closest_one(places: tuple[str, ...]) -> None:
    assert places == (
        *("geographyCountrySubdivision", "geographyCountry", "geographyRegionOrSubregion"),
    )


def test_what_each_kind_of_partner_may_do() -> None:
    both = {"footprints:read", "events:write"}
    assert {kind: set(one) for kind, one in registry._NEEDED.items()} == {
        "buyer": both, "supplier": {"events:write"}, "both": both
    }  # fmt: skip
    hour = 3600
    assert registry.TOKEN_LIFE.total_seconds() == hour
    assert registry.OLD_SECRET_LIFE.total_seconds() == 24 * hour


# Scopes and people ------------------------------------------------------------------------------

#: Words of addresses under /v1 by the scope that they need (docs/operating.md).
AREAS = {
    "footprints": "footprints catalogues readings jobs matches schemes decisions journeys laws "
    "disclosures",
    "certificates": "applications certificates recalls statements",
    "requests": "requests evidence campaigns",
    "partners": "partners publications events webhooks supplier-requests supplier-footprints",
    "admin": "sign-ins locks people verifiers",
}
NOTHING_KEPT = {"readings", "decisions", "laws", "journeys", "disclosures"}


@pytest.mark.parametrize("area", AREAS)
def test_each_address_needs_the_scope_of_its_area(area: str) -> None:
    for word in AREAS[area].split():
        reads = area if area == "admin" else f"{area}:read"
        writes = reads if area == "admin" or word in NOTHING_KEPT else f"{area}:write"
        for method, scope in (("GET", reads), ("HEAD", reads), ("POST", writes)):
            assert needed_scope(method, f"/v1/{word}/{{id}}") == scope
            assert needed_scope(method, f"/v1/{word}") == scope
    assert needed_scope("POST", "/v1/certificates/{number}/proofs") == "certificates:read"


def test_a_token_has_the_least_unless_more_is_asked_for() -> None:
    areas = set(AREAS) - {"admin"}
    assert set(LEAST) == {"sign-in", *(f"{area}:read" for area in areas)}
    assert set(tokens.TERMS) == {1, 30, 90, 365}
    assert set(rooms.ROOM_TERMS) == {7, 30, 90}


def test_roles_and_what_each_may() -> None:
    assert ROLES == ("maker", "checker", "approver")
    assert set(ALL_ROLES) == {*ROLES, "owner"} == set(get_args(Role))
    may = {"maker": "make", "checker": "check", "approver": "approve", "owner": "say who"}
    assert set(people._NEEDED) == set(may)
    assert all(people._NEEDED[role].startswith(may[role]) for role in ALL_ROLES)


# Certificates and the log -----------------------------------------------------------------------


def _entry(action: str, facts: str = "{}") -> AuditEntry:
    values: dict[str, Any] = dict.fromkeys((f.name for f in dataclasses.fields(AuditEntry)), "")
    return AuditEntry(**(values | {"action": action, "facts": facts, "subject": "S"}))


@pytest.mark.parametrize(
    ("step", "action", "wanted", "status"),
    [
        ("reinstate", "certificate.reinstated", ("reinstated", "issued"), "issued"),
        ("suspend", "certificate.suspended", ("suspended",), "suspended"),
        ("revoke", "certificate.revoked", ("revoked",), "revoked"),
    ],
)
def test_a_step_its_action_and_what_it_makes(
    step: Any, action: str, wanted: Any, status: KeptStatus
) -> None:
    assert lifecycle._ACTION[step] == action
    assert {one for one, its in lifecycle._STEPS.items() if its == step} == set(wanted)
    assert rows.status_after(_entry(action)) == status
    assert rows.status_after(_entry("certificate.status", f'{{"to":"{status}"}}')) == status


def test_actions_of_certificates() -> None:
    assert rows.status_after(_entry("certificate.issued")) == "issued"
    assert rows.status_after(_entry("certificate.superseded")) == "superseded"
    changes = ("suspended", "reinstated", "revoked", "superseded", "status")
    assert set(rows.STATUS_ACTIONS) == {f"certificate.{one}" for one in changes}
    told = ("issued", "suspended", "reinstated", "revoked", "superseded", "surveyed")
    assert {f"certificate.{one}": one for one in told} == history._TOLD


def test_whose_subject_is_public() -> None:
    public = ("certificate.issued", "objection.raised", "key.made", "seal.made", "verifier.added")
    assert {_entry(action).public_subject for action in public} == {"S"}
    private = ("token.made", "person.added", "room.opened", "footprint.calculated")
    assert {_entry(action).public_subject for action in private} == {""}


def test_columns_of_a_certificate_are_held_against_what_was_signed_and_logged() -> None:
    columns = {one.name for one in dataclasses.fields(StoredCertificate)}
    shown = {one.name for one in dataclasses.fields(CertificateView)}
    assert {
        **{name: name for name in ("number", "scheme", "tier", "status_list", "status_index")},
        "product": "product_name",
        "company": "company",
        "inventory": "inventory_hash",
        "rules": "rules_hash",
    } == rows._IN_VIEW
    assert set(rows._IN_VIEW) <= columns
    assert set(rows._IN_VIEW.values()) <= shown
    assert set(rows._LOGGED) == {"footprint", "maker", "checker", "approver", "replaces"}
    assert set(rows._HASHED) == {"evidence", "view", "credential"}
    assert {*rows._LOGGED, *rows._HASHED} <= columns


def test_lists_of_statuses_and_orders_of_what_is_worst() -> None:
    assert statuslists._STATUSES_OF == {
        "revocation": ("revoked", "superseded"),
        "suspension": ("suspended",),
        "refresh": ("superseded",),
    }
    assert recalls._ORDER["suspend"] < recalls._ORDER["reissue"] < recalls._ORDER["none"]
    assert decisions._WORST == ("no", "unknown")
    assert set(rooms._UNDECIDED) == {"draft", "returned", "submitted"}
    assert variants.THRESHOLDS == (0.0, 0.05)


# The store and the jobs -------------------------------------------------------------------------


def test_names_are_looked_for_wherever_people_sign() -> None:
    signed = {one.table.name: (one.key, set(one.names)) for one in SIGNED}
    eyes = {"maker", "checker", "approver"}
    assert signed == {
        "staff": ("id", {"name"}),
        "access_tokens": ("id", {"person", "name"}),
        "applications": ("id", eyes),
        "certificates": ("number", eyes),
        "matches": ("line", {"chosen_by"}),
        "versions": ("id", {"by"}),
        "variants": ("id", {"by"}),
        "company_evidence": ("id", {"made_by"}),
        "buyer_cases": ("id", {"worker"}),
        "answer_packs": ("id", {"made_by"}),
        "room_grants": ("id", {"created_by"}),
        "findings": ("id", {"answered_by"}),
    }
    names = {"maker", "checker", "approver", "chosen_by", "made_by", "answered_by", "created_by"}
    found = {t.name for t in metadata.sorted_tables if names & set(t.columns.keys())}
    assert found <= set(signed)


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("database or disk is full", "the disk is full"),
        ("database is locked", "another program"),
        ("attempt to write a readonly database", "it cannot be written"),
        ("cannot execute in a read-only transaction", "it cannot be written"),
        ("file is not a database", "no database"),
        ("database disk image is malformed", "damaged"),
        ("disk I/O error", "fails or is full"),
        ("unable to open database file", "cannot be opened"),
        ("anything else", "cannot be used: the database cannot be used"),
    ],
)
def test_trouble_of_a_database_is_told_in_words(message: str, says: str) -> None:
    refused = trouble_of(OperationalError("", {}, Exception(message)), "store")
    assert refused is not None
    assert says in refused.problems[0].message


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EROFS, "it cannot be written"),
        (errno.EIO, "fails or is full"),
        (errno.EPERM, None),
    ],
)
def test_trouble_of_a_disk_is_told_in_words(number: int, says: str | None) -> None:
    refused = trouble_of(OSError(number, "x"), "store")
    assert (refused is None) == (says is None)
    if refused is not None:
        assert str(says) in refused.problems[0].message


def test_a_job_is_open_until_it_ended_and_keeps_all_its_files() -> None:
    assert set(job_model.OPEN) == {"waiting", "running"}
    files = {
        one.name for one in dataclasses.fields(Inputs) if one.type in ("bytes", "bytes | None")
    }
    assert set(payload._FILES) == files
    assert {name: getattr(kind, "__name__", "") for name, kind in KINDS.items()} == {
        "footprint": "calculate_footprint", "catalogue": "calculate_catalogue"
    }  # fmt: skip
