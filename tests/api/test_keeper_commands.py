"""`keys`, `tokens`, `verify-audit`, `bundle`, `prove`, `recall`, `verify --bundle` as commands."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import forked
import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


@dataclass(frozen=True)
class Keeper:
    """An installation with one certificate, as its keeper sees it from the command line."""

    folder: Path
    cache: Path
    number: str

    def run(self, *arguments: str | Path, store: bool = True) -> subprocess.CompletedProcess[str]:
        extra = ["--store", str(self.folder / "store")] if store else []
        variables = {
            **os.environ,
            "FOOTPRINT_CACHE": str(self.cache),
            "FOOTPRINT_BASE_URL": "https://labels.example.com",
        }
        return forked.footprint([str(one) for one in (*arguments, *extra)], variables)

    def json(self, *arguments: str | Path) -> Any:
        done = self.run(*arguments, "--format", "json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def verify(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        keys = self.folder / "files" / "issuer.did.json"
        file = self.folder / "files" / f"{self.number}.credential.jwt"
        return self.run("verify", file, "--keys", keys, *arguments, store=False)


@pytest.fixture(scope="module")
def keeper(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Keeper:
    folder = tmp_path_factory.mktemp("keeper")
    made = Keeper(folder, cache, "")
    issued = made.json(
        "issue",
        EXAMPLES / "t-shirt.xlsx",
        *("--scheme", "uk-carbon-trust", "--tier", "disclosure", "--months", "12"),
        *("--evidence", EXAMPLES / "t-shirt.evidence.yaml", "--out", folder / "files"),
    )
    return Keeper(folder, cache, issued["number"])


def test_a_bundle_recomputes_to_the_last_digit(keeper: Keeper) -> None:
    bundle = keeper.folder / "bundle.json"
    assert keeper.run("bundle", keeper.number, "--out", bundle).returncode == 0
    done = keeper.verify("--bundle", bundle)
    assert done.returncode == 0, done.stdout
    assert "the same to the last digit" in done.stdout
    assert "GENUINE" in done.stdout
    chinese = keeper.verify("--bundle", bundle, "--lang", "zh")
    assert "逐位一致" in chinese.stdout


def test_a_flipped_byte_in_the_bundle_fails_and_names_the_part(keeper: Keeper) -> None:
    bundle = keeper.folder / "whole.json"
    keeper.run("bundle", keeper.number, "--out", bundle)
    content = json.loads(bundle.read_text())
    data = bytearray(base64.b64decode(content["bom"]["base64"]))
    data[len(data) // 2] ^= 1
    content["bom"]["base64"] = base64.b64encode(data).decode()
    forged = keeper.folder / "forged.json"
    forged.write_text(json.dumps(content))
    done = keeper.verify("--bundle", forged)
    assert (done.returncode, "VER-021" in done.stdout) == (1, True)
    assert "REFUSED" in done.stdout


def test_chosen_lines_are_proved_and_no_others(keeper: Keeper) -> None:
    bundle, proof = keeper.folder / "lines.json", keeper.folder / "proof.json"
    keeper.run("bundle", keeper.number, "--out", bundle)
    line = json.loads(bundle.read_text())["leaves"][1]["line"]["id"]
    assert keeper.run("prove", keeper.number, "--line", line, "--out", proof).returncode == 0
    pair = keeper.folder / "files" / f"{keeper.number}.json"
    keys = keeper.folder / "files" / "issuer.did.json"
    done = keeper.run("verify", pair, "--keys", keys, "--proof", proof, store=False)
    assert done.returncode == 0, done.stdout
    assert "Committed to, line" in done.stdout
    content = json.loads(proof.read_text())
    content["lines"][0]["leaf"]["line"]["quantity"] = 0.001
    proof.write_text(json.dumps(content))
    refused = keeper.run("verify", pair, "--keys", keys, "--proof", proof, store=False)
    assert (refused.returncode, "VER-029" in refused.stdout) == (1, True)


def test_keys_are_rotated_and_listed_and_old_certificates_still_verify(keeper: Keeper) -> None:
    before = keeper.json("keys", "list")["keys"]
    new = keeper.json("keys", "rotate")["signs"]
    after = keeper.json("keys", "list")["keys"]
    assert {key["id"] for key in after} == {key["id"] for key in before} | {new}
    assert [key["id"] for key in after if key["signs"]] == [new]
    assert keeper.verify().returncode == 0


def test_the_audit_log_is_recomputed(keeper: Keeper) -> None:
    report = keeper.json("verify-audit")
    assert report["intact"] is True
    assert report["entries"] >= 2
    done = keeper.run("verify-audit", "--head", __file__)
    assert (done.returncode, "CER-012" in done.stderr) == (1, True)


def test_tokens_carry_person_and_roles_and_are_shut_out(keeper: Keeper) -> None:
    made = keeper.run("tokens", "add", "--person", "Li Wei", "--role", "checker")
    secret = made.stdout.strip()
    assert secret.startswith("fpt_")
    listed = keeper.json("tokens", "list")["tokens"]
    (token,) = [row for row in listed if row["person"] == "Li Wei"]
    assert token["roles"] == ["checker"]
    assert secret not in json.dumps(listed)
    assert keeper.run("tokens", "revoke", token["id"]).returncode == 0
    assert keeper.run("tokens", "revoke", token["id"]).returncode == 1
    wrong = keeper.run("tokens", "add", "--person", "Li Wei", "--role", "king")
    assert wrong.returncode == 2


def test_a_recall_by_hash_reports_and_changes_nothing(keeper: Keeper) -> None:
    bundle = keeper.folder / "recall.json"
    keeper.run("bundle", keeper.number, "--out", bundle)
    own = json.loads(bundle.read_text())["inventory"]["hash"]
    report = keeper.json("recall", "--inventory", own, "--new", own)
    assert (report["certificates"], report["impacts"]) == (1, [])
    unknown = keeper.run("recall", "--inventory", own, "--new", "sha256:" + "0" * 64)
    assert (unknown.returncode, "API-507" in unknown.stderr) == (1, True)


def test_a_certificate_supersedes_another(keeper: Keeper) -> None:
    first = keeper.json(
        "issue",
        EXAMPLES / "biscuits.csv",
        *("--scheme", "th-tgo", "--tier", "disclosure"),
        *("--evidence", EXAMPLES / "biscuits.evidence.yaml", "--out", keeper.folder / "first"),
    )["number"]
    again = (
        "issue",
        EXAMPLES / "biscuits.csv",
        *("--scheme", "th-tgo", "--tier", "disclosure"),
        *("--evidence", EXAMPLES / "biscuits.evidence.yaml", "--out", keeper.folder / "second"),
    )
    refused = keeper.run(*again)
    assert (refused.returncode, "API-531" in refused.stderr) == (1, True), refused.stderr
    assert first in refused.stderr
    second = keeper.json(*again, "--replace")["number"]
    keeper.json(*again, "--replaces", second)
    lists = [
        x
        for path in sorted((keeper.folder / "second").glob("status-*"))
        for x in ("--status", path)
    ]
    keys = keeper.folder / "second" / "issuer.did.json"
    file = keeper.folder / "first" / f"{first}.json"
    done = keeper.run("verify", file, "--keys", keys, *lists, store=False)
    assert (done.returncode, "SUPERSEDED" in done.stdout) == (1, True), done.stdout
