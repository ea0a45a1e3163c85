"""`footprint verify CREDENTIAL --with FILE`: files beside it, and copies that were changed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import forked
import pytest

from footprint.exchange.aas_write import aas_package
from footprint.exchange.belonging import belonging
from footprint.exchange.catena_x_write import catena_x_document
from footprint.exchange.exact_json import exact_bytes
from footprint.exchange.open_epd_write import open_epd_document

ROOT = Path(__file__).parents[2]
LINES = "  [{mark}] {file}: "


def run(cache: Path, *arguments: str | Path) -> Any:
    variables = {
        **os.environ,
        "FOOTPRINT_CACHE": str(cache),
        "FOOTPRINT_BASE_URL": "https://labels.example.com",
    }
    return forked.footprint([str(one) for one in arguments], variables, ROOT)


@pytest.fixture(scope="module")
def issued(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate and all that belongs to it."""
    folder = tmp_path_factory.mktemp("issued")
    table = folder / "power-bank.csv"
    shutil.copy(ROOT / "examples" / "power-bank.csv", table)
    text = table.read_text("utf-8")
    table.write_text(
        text.replace("urn:uscc:91441900EXAMPLE000", "urn:bpn:BPNL00000000EXMP"), "utf-8"
    )
    done = run(
        cache, "issue", table, "--scheme", "kr-keiti", "--tier", "low-carbon",
        "--evidence", ROOT / "examples" / "power-bank.evidence.yaml",
        "--store", folder / "store", "--out", folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for form, name in (("json", "footprint.json"), ("pact", "pact.json")):
        done = run(cache, "calculate", table, "--format", form, "--out", folder / name)
        assert done.returncode == 0, done.stderr
    return folder


def bundle(folder: Path) -> Path:
    (found,) = list(folder.glob("FP-*.json"))
    return found


def view(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(bundle(folder).read_text("utf-8"))["certificate"]
    return found


def pact(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "pact.json").read_text("utf-8"))
    return found


FORMS: dict[str, tuple[str, Callable[[Any], bytes]]] = {
    "pact": ("p.json", lambda document: json.dumps(document).encode()),
    "catena-x": ("c.json", lambda document: exact_bytes(catena_x_document(document))),
    "openepd": ("o.json", lambda document: json.dumps(open_epd_document(document)).encode()),
    "aasx": ("a.aasx", aas_package),
}


@pytest.mark.parametrize("form", FORMS)
def test_documents_of_the_same_footprint_agree(form: str, issued: Path) -> None:
    name, write = FORMS[form]
    found = belonging(view(issued), write(pact(issued)), name)
    assert (found.outcome, found.differs) == ("agrees", ())


def more(name: str, by: str = "1.001") -> Callable[[Any], None]:
    """A part that grew, with totals that still add up."""

    def change(document: Any) -> None:
        pcf = document["pcf"]
        grown = Decimal(pcf[name]) * Decimal(by)
        shift = grown - Decimal(pcf[name])
        pcf[name] = f"{grown:f}"
        for total in ("pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"):
            pcf[total] = f"{Decimal(pcf[total]) + shift:f}"

    return change


def moved(document: Any) -> None:
    """From fossil to land use change: the total stays."""
    pcf = document["pcf"]
    pcf["fossilGhgEmissions"] = f"{Decimal(pcf['fossilGhgEmissions']) - Decimal('0.5'):f}"
    change = Decimal(pcf.get("landUseChangeGhgEmissions", "0")) + Decimal("0.5")
    pcf["landUseChangeGhgEmissions"] = f"{change:f}"


def put(place: str, name: str, value: str) -> Callable[[Any], None]:
    return lambda document: (document if place == "head" else document["pcf"]).update({name: value})


#: Ways to change a PACT document before it is written in any form, and what is then named.
CHANGES: dict[str, tuple[Callable[[Any], None], str]] = {
    "more fossil": (more("fossilGhgEmissions"), "total"),
    "a tenth less": (more("fossilGhgEmissions", "0.9"), "total"),
    "a millionth less": (more("fossilGhgEmissions", "0.999999"), "total"),
    "another split": (moved, "fossil"),
    "another unit": (put("pcf", "declaredUnitOfMeasurement", "square meter"), "declared unit"),
    "twice the amount": (put("pcf", "declaredUnitAmount", "2"), "total"),
    "another mass": (put("pcf", "productMassPerDeclaredUnit", "0.2"), "mass_kg"),
    "another company": (put("head", "companyName", "Others"), "company"),
    "another product": (put("head", "productNameCompany", "Power bank 20,000 mAh"), "product"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_document_is_refused_and_named(name: str, form: str, issued: Path) -> None:
    change, named = CHANGES[name]
    document = pact(issued)
    change(document)
    file, write = FORMS[form]
    found = belonging(view(issued), write(document), file)
    assert found.outcome == "other"
    assert named in found.differs


def test_the_ways_are_forty() -> None:
    assert len(CHANGES) * len(FORMS) + len(TEXTS) >= 40


#: Members of the signed text that a copy may lie about.
TEXTS = ("total_kg_co2e", "company", "valid_until", "product_name", "tier", "number", "boundary")


@pytest.mark.parametrize("name", TEXTS)
def test_a_changed_text_is_refused_and_named(name: str, issued: Path) -> None:
    text = view(issued)
    data = json.dumps(text | {name: "another"}).encode()
    found = belonging(view(issued), data, "certificate.json")
    assert (found.outcome, found.differs) == ("other", (name,))
    same = belonging(view(issued), json.dumps(text).encode(), "certificate.json")
    assert same.outcome == "signed"


def test_the_footprint_document_is_bound_by_its_hash(issued: Path) -> None:
    document = json.loads((issued / "footprint.json").read_text("utf-8"))
    found = belonging(view(issued), json.dumps(document).encode(), "footprint.json")
    assert found.outcome == "signed"
    document["totals"]["excluding_biogenic_uptake_kg_co2e"] *= 0.999
    found = belonging(view(issued), json.dumps(document).encode(), "footprint.json")
    assert (found.outcome, found.differs) == ("other", ("footprint_hash",))


@pytest.mark.parametrize("data", [b"", b"{}", b"<a/>", b"PK\x03\x04x", b'{"type": "decision"}'])
def test_what_is_something_else_is_another_file(data: bytes, issued: Path) -> None:
    assert belonging(view(issued), data, "x").outcome == "other"


def test_the_command_says_it_of_each_file(issued: Path, cache: Path) -> None:
    lists = [x for path in sorted(issued.glob("status-*")) for x in ("--status", path)]
    labels = sorted(issued.glob("*.label.*.svg"))
    assert len(labels) == 2
    asked = ["verify", bundle(issued), "--keys", issued / "issuer.did.json", *lists]
    sound = [issued / "pact.json", issued / "footprint.json", *labels]
    done = run(cache, *asked, *(x for one in sound for x in ("--with", one)))
    assert done.returncode == 0, done.stdout
    for one, mark in zip(sound, ("==", "ok", "ok", "ok"), strict=True):
        assert LINES.format(mark=mark, file=one.name) in done.stdout
    forged = issued / "forged.svg"
    forged.write_bytes(labels[0].read_bytes().replace(b"</svg>", b" </svg>"))
    done = run(cache, *asked, "--with", forged, "--with", issued / "pact.json", "--format", "json")
    files = json.loads(done.stdout)["files"]
    assert done.returncode == 1
    assert [(one["outcome"], one["code"]) for one in files] == [
        ("other", "EXC-105"),
        ("agrees", ""),
    ]
