"""Decisions of a catalogue are those of its products one by one."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
from catalogue_tables import rows_of, table_of
from evidence import some
from test_part import each_alone
from typer.testing import CliRunner

from footprint.canonical_fast import canonical_bytes
from footprint.catalogue.decisions import SchemesAsked, decision_column
from footprint.catalogue.keys import Keys
from footprint.catalogue.one import bom_of
from footprint.catalogue.part import run_part
from footprint.catalogue.summary import catalogue_summary
from footprint.cli.main import application
from footprint.documents.footprint import footprint_document
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.rules import load_rules
from footprint.study import DecidedQuestion, decision_on

DAY = date(2026, 11, 20)


def test_each_is_what_a_single_product_gets(inventory: CompiledInventory) -> None:
    rows, rules = rows_of(inventory, 12, 41, dirty=0.1), load_rules()
    schemes = tuple(sorted(rules.schemes))[:2]
    keys = Keys(inventory, "AR6", asked=SchemesAsked(schemes, "", DAY))
    part = run_part(table_of(rows), 2, keys)
    plain = run_part(table_of(rows), 2, Keys(inventory, "AR6"))
    columns = [*map(decision_column, schemes)]
    assert part.results.num_rows == plain.results.num_rows
    assert part.refused.column("product").unique() == plain.refused.column("product").unique()
    for result in some(part.results.to_pylist()):
        own = [
            {name: value for name, value in row.items() if value not in (None, "")}
            | {"row": at + 2}
            for at, row in enumerate(rows)
            if row["product"] == result["product"]
        ]
        made = calculate(bom_of(result["product"], [{"name": "", **row} for row in own]), inventory)
        document = json.loads(canonical_bytes(footprint_document(made)))
        for scheme, column in zip(schemes, columns, strict=True):
            said = dict(pair.split(":") for pair in result[column].split())
            assert said == {
                tier: decision_on(document, DecidedQuestion(scheme, tier, DAY, ""), rules)[
                    0
                ].verdict
                for tier in rules.scheme(scheme).tiers
            }
    told = catalogue_summary(part.results).decisions
    assert set(told) == set(schemes)
    for counts in told.values():
        assert sum(counts.values()) % part.results.num_rows == 0


def test_an_unknown_scheme_is_refused_before_anything_is_calculated(
    inventory: CompiledInventory, cache: Path, tmp_path: Path
) -> None:
    path = tmp_path / "p.parquet"
    pq.write_table(table_of(rows_of(inventory, 2, 1)), path)
    asked = [
        "catalogue",
        "run",
        str(path),
        "-o",
        str(tmp_path / "r.parquet"),
        "--cache",
        str(cache),
    ]
    done = CliRunner().invoke(application(), [*asked, "--decide", "no-such-scheme"])
    assert isinstance(done.exception, InputRefused | SystemExit)
    assert not (tmp_path / "r.parquet").exists()


def test_the_manifest_says_what_decisions_rest_on(
    inventory: CompiledInventory, cache: Path, tmp_path: Path
) -> None:
    path, scheme = tmp_path / "p.parquet", sorted(load_rules().schemes)[0]
    pq.write_table(table_of(rows_of(inventory, 3, 1)), path)
    asked = [
        "catalogue",
        "run",
        str(path),
        "-o",
        str(tmp_path / "r.parquet"),
        "--cache",
        str(cache),
    ]
    more = ["--decide", scheme, "--as-of", "2026-11-20", "--processes", "1"]
    done = CliRunner().invoke(application(), [*asked, *more])
    assert done.exit_code == 1, done.output  # one product is refused
    manifest = json.loads((tmp_path / "r.manifest.json").read_text())
    assert (manifest["schemes"], manifest["as_of"]) == ([scheme], "2026-11-20")
    assert manifest["rules"] == load_rules().hash
    assert decision_column(scheme) in pq.read_schema(tmp_path / "r.parquet").names
    assert manifest["products"] == len(each_alone(rows_of(inventory, 3, 1), inventory, "AR6")[0])
