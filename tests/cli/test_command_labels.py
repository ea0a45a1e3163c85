"""`footprint data`, `schemes`, `decide`, `issue`, `verify` and `demo` as commands."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from command import EXAMPLES, footprint


def test_data_list_shows_every_dataset_with_source_and_licence(cache: Path) -> None:
    rows = footprint("data", "list", "--format", "json", cache=cache).document["datasets"]
    assert len(rows) >= 60
    for row in rows:
        for field in ("source", "locator", "licence", "name_en", "name_zh"):
            assert row[field], (row["id"], field)


def test_data_list_finds_by_chinese_name(cache: Path) -> None:
    rows = footprint("data", "list", "--find", "瓦楞", "--format", "json", cache=cache).document
    assert "board-corrugated-recycled-cn" in [row["id"] for row in rows["datasets"]]


def test_data_show_prints_figures_sources_and_suppliers(cache: Path) -> None:
    result = footprint("data", "show", "electricity-grid-cn", cache=cache)
    assert result.status == 0
    assert "electricity-coal-cn" in result.out
    assert "Sources:" in result.out
    assert "Checked against 0.6205" in result.out
    unknown = footprint("data", "show", "electricity-grid-mars", cache=cache)
    assert (unknown.status, "INV-011" in unknown.err) == (1, True)


def test_schemes_are_listed_and_shown(cache: Path) -> None:
    rows = footprint("schemes", "list", "--format", "json", cache=cache).document["schemes"]
    names = [row["id"] for row in rows]
    assert {"uk-carbon-trust", "kr-keiti", "th-tgo", "au-climate-active"} <= set(names)
    shown = footprint("schemes", "show", "kr-keiti", "--format", "json", cache=cache).document
    assert shown["id"] == "kr-keiti"


@pytest.mark.parametrize(
    ("day", "verdict"), [("2026-09-26", "not_covered"), ("2026-09-27", "prohibited")]
)
def test_the_eu_forbids_offset_based_neutrality_from_its_day(
    day: str, verdict: str, cache: Path, tmp_path: Path
) -> None:
    evidence = tmp_path / "evidence.yaml"
    evidence.write_text(
        "audience: consumer\nsales_channel: b2c\n"
        "credits: [{tonnes: 10, programme: GS, vintage: 2022, retired_on: 2026-01-05}]\n"
    )
    document = footprint(
        "decide",
        EXAMPLES / "power-bank.csv",
        *("--scheme", "nz-toitu", "--tier", "neutral", "--evidence", evidence),
        *("--as-of", day, "--format", "json"),
        cache=cache,
    ).document
    (decision,) = document["decisions"]
    eu = next(market for market in decision["markets"] if market["market"] == "eu-2024-825")
    assert eu["verdict"] == verdict
    if verdict == "prohibited":
        assert any("2024/825" in citation["title"] for citation in eu["citations"])


def issue(out: Path, cache: Path) -> dict[str, object]:
    result = footprint(
        "issue",
        EXAMPLES / "t-shirt.xlsx",
        *("--scheme", "uk-carbon-trust", "--tier", "disclosure", "--months", "12"),
        *("--evidence", EXAMPLES / "t-shirt.evidence.yaml"),
        *("--store", out / "store", "--out", out / "files", "--format", "json"),
        cache=cache,
    )
    assert result.status == 0, result.err
    document: dict[str, object] = result.document
    return document


def test_a_certificate_is_issued_and_verified_and_a_forgery_is_refused(
    cache: Path, tmp_path: Path
) -> None:
    number = issue(tmp_path, cache)["number"]
    files = tmp_path / "files"
    keys = files / "issuer.did.json"
    lists = [x for path in sorted(files.glob("status-*")) for x in ("--status", path)]
    for name in (
        f"{number}.en.pdf",
        f"{number}.zh.pdf",
        f"{number}.json",
        f"{number}.credential.jwt",
        f"{number}.passport.jwt",
    ):
        result = footprint("verify", files / name, "--keys", keys, *lists, cache=cache)
        assert (result.status, "VALID" in result.out) == (0, True), (name, result.out)
    bundle = json.loads((files / f"{number}.json").read_text())
    last = date.fromisoformat(bundle["certificate"]["valid_until"])
    for moment, says in (
        (f"{last}T23:00:00", "GENUINE"),
        (f"{last + timedelta(days=1)}T07:00:00+08:00", "GENUINE"),  # 23:00 UTC of the last day
        (f"{last}T20:00:00-05:00", "EXPIRED"),  # 01:00 UTC of the day after
    ):
        asked = ("verify", files / f"{number}.credential.jwt", "--keys", keys, "--as-of", moment)
        assert says in footprint(*asked, cache=cache).out, moment
    bundle["certificate"]["product_name"] = "Another product"
    (files / "forged.json").write_text(json.dumps(bundle))
    forged = footprint("verify", files / "forged.json", "--keys", keys, *lists, cache=cache)
    assert (forged.status, "VER-011" in forged.out) == (1, True)
    stranger = issue(tmp_path / "stranger", cache)
    assert stranger["number"] != number
    other_keys = tmp_path / "stranger" / "files" / "issuer.did.json"
    refused = footprint("verify", files / f"{number}.en.pdf", "--keys", other_keys, cache=cache)
    assert (refused.status, "REFUSED" in refused.out) == (1, True)


def test_verify_asks_whose_keys_are_trusted(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jwt").write_text("x.y.z")
    result = footprint("verify", tmp_path / "a.jwt", cache=cache)
    assert (result.status, "VER-101" in result.err) == (1, True)


def test_a_tier_that_is_not_earned_is_not_certified(cache: Path, tmp_path: Path) -> None:
    result = footprint(
        "issue",
        EXAMPLES / "t-shirt.xlsx",
        *("--scheme", "th-tgo", "--tier", "reduction", "--out", tmp_path / "files"),
        *("--store", tmp_path / "store"),
        cache=cache,
    )
    assert (result.status, "API-501" in result.err) == (1, True)
    assert not (tmp_path / "files").exists()


def test_the_demo_keeps_the_whole_promise_and_refuses_foreign_folders(
    cache: Path, tmp_path: Path
) -> None:
    out = tmp_path / "demo"
    for _ in range(2):  # the second time it makes its own folder anew
        result = footprint("demo", "--out", out, cache=cache)
        assert result.status == 0, result.err
        assert result.out.count("genuine draft ") >= 3
        assert result.out.count("refused") >= 3
        assert "NOT REFUSED" not in result.out
        assert "at least 4.14 kg CO2e per 1 piece" in result.out  # the power bank's screws: steel
        assert "complete 0.557 kg CO2e per 1 piece" in result.out
    for name in ("biscuits", "t-shirt", "power-bank"):
        suffixes = {"".join(path.suffixes) for path in (out / name).iterdir()}
        assert {".en.pdf", ".zh.pdf", ".label.en.svg", ".label.zh.svg"} <= suffixes
        (label,) = (out / name).glob("*.label.en.svg")
        assert ">DRAFT<" in label.read_text("utf-8")
        (pdf,) = (out / name).glob("*.en.pdf")
        asked = ("verify", pdf, "--keys", out / name / "issuer.did.json")
        done = footprint(*asked, cache=cache)
        assert (done.status, "DRAFT: genuine, but not for use." in done.out) == (1, True)
        assert footprint(*asked, "--draft", cache=cache).status == 0
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("precious")
    refused = footprint("demo", "--out", tmp_path / "mine", cache=cache)
    assert refused.status == 1
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "precious"


def test_a_certificate_whose_files_cannot_be_written_is_not_issued(
    cache: Path, tmp_path: Path
) -> None:
    taken, store = tmp_path / "afile", tmp_path / "store"
    taken.write_text("x")
    done = footprint(
        *("issue", EXAMPLES / "t-shirt.xlsx", "--scheme", "uk-carbon-trust"),
        *("--tier", "disclosure", "--months", "12", "--out", taken, "--store", store),
        *("--evidence", EXAMPLES / "t-shirt.evidence.yaml"),
        cache=cache,
    )
    assert (done.status, "CLI-001" in done.err, "Traceback" in done.err) == (1, True, False)
    assert not store.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("issue", "x.csv", "--scheme", "a", "--tier", "b", "--out", "o", "--months", "1200000"),
        ("serve", "--port", "99999"),
    ],
)
def test_a_value_out_of_range_is_wrong_usage(arguments: tuple[str, ...], cache: Path) -> None:
    done = footprint(*arguments, cache=cache)
    assert (done.status, "Traceback" in done.err) == (2, False)
