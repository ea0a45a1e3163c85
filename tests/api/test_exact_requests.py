"""Misspelt names, hidden characters and other languages: refused, named, and said in Chinese."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from databases import BOTH, database_address
from pydantic import BaseModel, SecretStr, ValidationError
from served import BOM, EVIDENCE, Site, codes, running, settings_for

import api
from api.schemas import Asked
from api.words import kinds, translated

CSV = {"Content-Type": "text/csv"}
HIDDEN = ["\x00", "\x1b[31m", "\x07", "\x9b", "\ud800"]


@pytest.fixture(scope="module", params=BOTH)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("exact")
    with database_address(request.param, folder) as address:
        more: dict[str, Any] = {}
        if request.param == "postgresql":
            more["database_url"] = SecretStr(address)
        with running(settings_for(folder, **more)) as served:
            yield served


def _below(kind: type[BaseModel]) -> set[str]:
    return {kind.__name__} | {name for sub in kind.__subclasses__() for name in _below(sub)}


def test_every_body_is_of_the_kind_that_refuses_control_characters(site: Site) -> None:
    """One shape that was written without it let U+0085 in."""
    bodies = {
        str(media["schema"].get("$ref", "")).rpartition("/")[2]
        for operations in site.visitor.get("/openapi.json").json()["paths"].values()
        for operation in operations.values()
        for kind, media in operation.get("requestBody", {}).get("content", {}).items()
        if kind == "application/json"
    }
    assert "MatchOrder" in bodies
    assert bodies - {""} <= _below(Asked)


def _kinds_of_body(kind: type[BaseModel] = Asked) -> Iterator[type[BaseModel]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds_of_body(below)


def _refuses(kind: type[BaseModel], member: str, value: Any) -> bool:
    with pytest.raises(ValidationError) as refused:
        kind.model_validate({member: value})
    return any(error["loc"][0] == member for error in refused.value.errors())


def test_a_number_is_no_day_and_no_amount_is_larger_than_documented(site: Site) -> None:
    """`0` was 1970-01-01: seconds since then. `10**15 + 1` was taken though 10**15 is the most."""
    days, amounts = 0, 0
    shapes = site.visitor.get("/openapi.json").json()["components"]["schemas"]
    for kind in _kinds_of_body():
        for member, shape in shapes.get(kind.__name__, {}).get("properties", {}).items():
            if '"date"' in json.dumps(shape):
                days += 1
                wrong = [0, "0", 1.5, True, "20261231", "2026-12-31T00:00:00"]
                assert all(_refuses(kind, member, value) for value in wrong), (kind, member)
            if str(10**15) in json.dumps(shape) and shape.get("type") != "object":
                amounts += 1
                assert _refuses(kind, member, 10**15 + 1), (kind, member)
                assert _refuses(kind, member, f"{10**15}.1"), (kind, member)
    assert days > 5
    assert amounts > 10
    for day in ("0", "86400", "20261231"):
        answer = site.visitor.get(f"/v1/schemes?as_of={day}")
        assert (answer.status_code, codes(answer)[0]) == (422, "API-002"), day


@pytest.mark.parametrize(
    ("address", "column", "near"),
    [
        ("/v1/register?prodct=x", "query.prodct", "product"),
        ("/v1/register?statsu=issued", "query.statsu", "status"),
        ("/v1/log?limt=5", "query.limt", "limit"),
        ("/v1/problems?langg=zh", "query.langg", "lang"),
        ("/v1/footprints?curser=x", "query.curser", "cursor"),
    ],
)
def test_a_misspelt_parameter_is_refused_and_the_nearest_named(
    site: Site, address: str, column: str, near: str
) -> None:
    answer = site.client.get(address)
    assert (answer.status_code, codes(answer)) == (422, ["API-002", "API-002"])
    (problem,) = answer.json()["problems"]
    assert problem["column"] == column
    assert problem["hint"] == f"Did you mean {near!r}?"


def test_a_parameter_that_stands_twice_is_refused(site: Site) -> None:
    """The last one counted, silently: one of two answers that somebody asked for."""
    for address in ("/v1/register?limit=1&limit=2", "/v1/log?after=1&after=2"):
        answer = site.visitor.get(address)
        assert (answer.status_code, codes(answer)) == (422, ["API-002", "API-002"])
        assert "stands 2 times" in answer.json()["problems"][0]["message"]
    both = site.visitor.get("/v1/register?product=x&product=y", headers={"Accept-Language": "zh"})
    assert "出现了 2 次" in both.json()["problems"][0]["message"]


def test_gwp_is_no_name_for_gwp_set(site: Site) -> None:
    answer = site.client.post("/v1/footprints?gwp=AR5", content=BOM.encode(), headers=CSV)
    assert answer.json()["problems"][0]["hint"] == "Did you mean 'gwp_set'?"


def test_a_name_that_is_near_nothing_is_told_what_there_is(site: Site) -> None:
    (problem,) = site.visitor.get("/v1/log?zzzzzzzz=1").json()["problems"]
    assert problem["hint"] == "Known here: after, lang, limit."


def test_what_chat_programs_append_does_not_close_the_public_page(site: Site) -> None:
    number = site.certificate()["number"]
    assert site.visitor.get(f"/verify/{number}?utm_source=chat&fbclid=x").status_code == 200
    assert site.visitor.get("/healthz?probe=1").status_code == 200


@pytest.mark.parametrize(("field", "near"), [("flie", "file"), ("documnet", "document")])
def test_a_misspelt_form_field_is_refused_and_the_nearest_named(
    site: Site, field: str, near: str
) -> None:
    answer = site.client.post("/v1/footprints", files={field: ("a.csv", BOM.encode())})
    assert codes(answer)[0] == "API-002"
    assert answer.json()["problems"][0]["hint"] == f"Did you mean {near!r}?"


def test_a_misspelt_member_is_refused_and_the_nearest_named(site: Site) -> None:
    order = site.order() | {"evidnce": EVIDENCE}
    (problem,) = site.client.post("/v1/certificates", json=order).json()["problems"]
    assert (problem["column"], problem["hint"]) == ("body.evidnce", "Did you mean 'evidence'?")
    line = {"name": "x", "quantity": 1, "unit": "kg", "datset": "y"}
    body = {"product": {"name": "x"}, "lines": [line]}
    (problem,) = site.client.post("/v1/footprints", json=body).json()["problems"]
    assert problem["column"] == "body.lines.0.datset"
    assert problem["hint"] == "Did you mean 'dataset'?"


# Hidden characters


def _send(site: Site, address: str, body: Any) -> Any:
    headers = {"Content-Type": "application/json"}
    return site.client.post(address, content=json.dumps(body).encode(), headers=headers)


@pytest.mark.parametrize("hidden", HIDDEN, ids=ascii)
def test_hidden_characters_are_refused_where_they_enter(site: Site, hidden: str) -> None:
    text = f"Some{hidden}body"
    number = site.certificate()["number"]
    order = site.order()
    line = {"name": text, "quantity": 1, "unit": "kg"}
    asked = [
        ("/v1/certificates", order | {"evidence": EVIDENCE | {"function": text}}),
        ("/v1/certificates", order | {"evidence": {text: 1}}),
        ("/v1/certificates", order | {"evidence": f"function: {json.dumps(text)}"}),
        ("/v1/applications", order | {"evidence": EVIDENCE | {"function": text}}),
        (f"/v1/certificates/{number}/objections", {"party": text, "text": "x"}),
        (f"/v1/certificates/{number}/status", {"status": "suspended", "reason": text}),
        (f"/v1/certificates/{number}/proofs", {"lines": [text]}),
        ("/v1/footprints", {"product": {"name": text}, "lines": [line]}),
        ("/v1/footprints", {"product": {"name": "x"}, "lines": [line]}),
        ("/v1/recalls", {"old_inventory": text, "new_inventory": "x"}),
        ("/v1/recalls", {text: "x"}),
    ]
    for address, body in asked:
        answer = _send(site, address, body)
        assert answer.status_code == 422, (address, body, answer.text)
        assert codes(answer)[0] in ("API-002", "API-003")


@pytest.mark.parametrize("hidden", ["%00", "%1B", "%C2%9B"])
def test_hidden_characters_in_addresses_are_refused(site: Site, hidden: str) -> None:
    for address in (
        f"/v1/footprints/a{hidden}b",
        f"/v1/jobs/a{hidden}b",
        f"/v1/applications/a{hidden}b",
        f"/v1/register?product=a{hidden}b",
        f"/v1/status/a{hidden}b",
        f"/v1/certificates/a{hidden}b",
    ):
        answer = site.client.get(address)
        assert (answer.status_code, codes(answer)[0]) == (422, "API-002"), address


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\x9b"], ids=ascii)
def test_hidden_characters_in_files_are_refused_with_their_row(site: Site, hidden: str) -> None:
    table = BOM.replace("Electricity", f"Elec{hidden}tricity").encode()
    answer = site.client.post("/v1/footprints", content=table, headers=CSV)
    assert codes(answer) == ["API-003", "BOM-002"]
    assert answer.json()["problems"][0]["row"] == len(BOM.splitlines())
    product = f'name: "A\\u{ord(hidden):04x}B"'.encode()
    files = {"file": ("a.csv", BOM.encode()), "product": ("p.yaml", product)}
    answer = site.client.post("/v1/footprints", files=files)
    assert codes(answer) == ["API-003", "BOM-019"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"evidence": "sales_channel: [b2b"}, "RUL-010"),
        ({"evidence": {"sales_chanel": "b2b"}}, "RUL-011"),
        ({"evidence": {"sales_channel": "b2x"}}, "RUL-012"),
        ({"scheme": "no-such"}, "RUL-020"),
        ({"scheme": "th-tgo", "tier": "neutral"}, "RUL-021"),
        ({"months": 120}, "API-502"),
        ({"evidence": {"verification": {"kind": "third-party"}}}, "API-504"),
        (
            {"evidence": EVIDENCE | {"verification": {"kind": "third-party", "by": "A\u202eB"}}},
            "CER-003",
        ),
    ],
)
def test_a_draft_is_read_when_it_is_made(site: Site, change: dict[str, Any], code: str) -> None:
    answer = site.client.post("/v1/applications", json=site.order() | change)
    assert answer.status_code == 422, answer.text
    assert code in codes(answer)


def test_a_draft_may_wait_for_its_evidence(site: Site) -> None:
    answer = site.client.post("/v1/applications", json=site.order(evidence={}))
    assert answer.status_code == 201, answer.text


def test_evidence_without_end_is_refused_early(site: Site) -> None:
    evidence = {"methods": ["m" * 1000] * 5000}
    answer = site.client.post("/v1/certificates", json=site.order(evidence=evidence))
    assert codes(answer)[0] == "API-002"


# Languages


@pytest.mark.parametrize(
    "how", [{"params": {"lang": "zh"}}, {"headers": {"Accept-Language": "zh"}}]
)
def test_details_and_hints_are_in_the_language_asked_for(site: Site, how: dict[str, Any]) -> None:
    answer = site.client.get("/v1/jobs/x", **how)
    problem = answer.json()["problems"][0]
    assert answer.json()["detail"] == "您的任务中没有 'x'。"
    assert problem["hint"] == "请使用 202 应答中给出的编号。"
    assert answer.headers["Content-Language"] == "zh"


def test_a_language_that_is_none_is_refused(site: Site) -> None:
    assert codes(site.client.get("/v1/jobs?lang=de"))[0] == "API-002"
    answer = site.client.get("/v1/log?lang=de")
    assert codes(answer)[0] == "API-002"
    assert answer.json()["problems"][0]["hint"] == "Languages: en, zh."


def _refusals() -> Iterator[str]:
    """Every sentence that the service refuses with, with {0}, {1} for what is filled in."""
    own = {
        name
        for name, value in vars(__import__("api.faults", fromlist=["x"])).items()
        if type(value).__name__ == "ServiceFault"
    }
    for path in Path(api.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "refuse"
                and ast.unparse(node.func.value).rpartition(".")[2] in own
            ):
                for argument in node.args[:2]:
                    text = _template(argument)
                    if text:
                        yield text


def _template(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if not isinstance(node, ast.JoinedStr):
        return ""
    parts = iter(range(10))
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else f"<{next(parts)}>"
        for part in node.values
    )


#: Built from parts elsewhere, so that no sentence of theirs stands in the source.
_IN_THE_WAY = "<0> is <1> until <2>, for the same product, <3>, <4>, and a period that overlaps."
BUILT = ("<0>.", _IN_THE_WAY)


@pytest.mark.parametrize("state", ["in force", "suspended and may be in force again"])
def test_each_state_of_what_is_in_the_way_has_its_own_sentence(state: str) -> None:
    assert translated(_IN_THE_WAY.replace("<1>", state)) is not None


def test_every_sentence_of_the_service_has_a_chinese_one() -> None:
    found = [text for text in _refusals() if text not in BUILT]
    assert len(found) > 60
    assert [text for text in found if translated(text) is None] == []


def test_every_code_of_a_file_has_a_chinese_name() -> None:
    page = (Path(api.__file__).parents[1] / "docs" / "errors.md").read_text("utf-8")
    codes_there = {
        line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")
    }
    wanted = {
        code
        for code in codes_there
        if code.startswith(("BOM-", "ENG-", "SUP-", "CER-", "RPT-", "LNT-", "PAC-", "UNC-"))
    }
    assert wanted <= set(kinds())
    assert all(yaml.safe_dump(name) for name in kinds().values())
