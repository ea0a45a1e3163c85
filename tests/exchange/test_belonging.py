"""`footprint verify CREDENTIAL --with FILE`: files beside it, and copies that were changed."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from base64 import urlsafe_b64decode
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import forked
import pytest

from footprint.certificates.digest import hash_multihash
from footprint.certificates.jose import sign
from footprint.certificates.keys import generate_key
from footprint.exchange.aas_write import aas_package
from footprint.exchange.belonging import belonging
from footprint.exchange.catena_x_write import catena_x_document
from footprint.exchange.exact_json import exact_bytes
from footprint.exchange.open_epd_write import open_epd_document
from footprint.exchange.read import read_supplier_document
from footprint.faults import InputRefused, Where

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


#: A form that holds floats is bound by no hash.
OUTCOMES = {"pact": "signed", "catena-x": "signed", "openepd": "agrees", "aasx": "signed"}


@pytest.mark.parametrize("form", FORMS)
def test_documents_of_the_same_footprint_are_the_signed_ones(form: str, issued: Path) -> None:
    name, write = FORMS[form]
    found = belonging(view(issued), write(pact(issued)), name)
    assert (found.outcome, found.differs) == (OUTCOMES[form], ())
    later = pact(issued) | {"created": "2027-05-06T07:08:09Z"}
    assert belonging(view(issued), write(later), name).outcome == OUTCOMES[form]


@pytest.mark.parametrize("form", FORMS)
def test_a_certificate_of_before_binds_no_document_and_agrees(form: str, issued: Path) -> None:
    old = {name: value for name, value in view(issued).items() if name != "documents"}
    name, write = FORMS[form]
    assert belonging(old, write(pact(issued)), name).outcome == "agrees"
    document = pact(issued)
    more("fossilGhgEmissions")(document)
    found = belonging(old, write(document), name)
    assert (found.outcome, found.differs[0]) == ("other", "total")


def test_the_certificate_names_what_it_binds(issued: Path) -> None:
    forms = [one["form"] for one in view(issued)["documents"]]
    assert forms == ["pact", "catena-x-9.0.0", "pact", "catena-x-9.0.0"]
    token = next(issued.glob("*.credential.jwt")).read_text("ascii")
    part = token.split(".")[1]
    payload = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    (assessment,) = payload["credentialSubject"]["conformityAssessment"]
    linked = {one["digestMultibase"] for one in assessment["evidence"]}
    assert {hash_multihash(one["hash"]) for one in view(issued)["documents"]} <= linked


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


#: What the certificate does not state, and its hash binds: named by the form.
UNSTATED: dict[str, Callable[[Any], None]] = {
    "a last digit": more("fossilGhgEmissions", "1.00000000000001"),
    "another id": put("head", "id", "00000000-0000-4000-8000-000000000000"),
    "deprecated": put("head", "status", "Deprecated"),
    "another product id": lambda document: document.update(productIds=["urn:gtin:00012345600012"]),
    "another description": put("head", "productDescription", "The better one"),
    "another end of validity": put("head", "validityPeriodEnd", "2027-02-01T00:00:00Z"),
    "another period": put("pcf", "referencePeriodStart", "2025-02-01T00:00:00Z"),
    "another boundary": put("pcf", "boundaryProcessesDescription", "All of it."),
    "another comment": put("head", "comment", "All is well."),
    "better data": lambda document: document["pcf"]["dqi"].update(technologicalDQR="1"),
}
BOUND = ("pact", "catena-x", "aasx")


@pytest.mark.parametrize("form", BOUND)
@pytest.mark.parametrize("name", UNSTATED)
def test_what_only_the_hash_binds_is_refused_too(name: str, form: str, issued: Path) -> None:
    document = pact(issued)
    UNSTATED[name](document)
    file, write = FORMS[form]
    found = belonging(view(issued), write(document), file)
    named = {"pact": "pact", "catena-x": "catena-x-9.0.0", "aasx": "pact"}
    assert (found.outcome, found.differs) == ("other", (named[form],))


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The package with other files in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return buffer.getvalue()


def swapped(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new)

    return change


#: Ways to change a package around the PACT document in it, which stays the signed one.
PACKAGES: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "another report": (swapped("aasx/files/report.pdf", b"one", b"two"), "package"),
    "a file more": (lambda files: files.update({"aasx/files/x.txt": b"x"}), "package"),
    "another phase": (swapped("aasx/data.json", b'"A1-A3"', b'"A1-A4"'), "package"),
    "another name of the shell": (
        swapped("aasx/data.json", b"ProductWith", b"Productwith"),
        "package",
    ),
    "another expiry": (swapped("aasx/data.json", b"ExpirationDate", b"Expirationdate"), "package"),
    "written again": (lambda files: None, "package"),
}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_is_drawn_again_byte_by_byte(name: str, issued: Path) -> None:
    data = aas_package(pact(issued), [("report.pdf", "application/pdf", b"%PDF one")])
    sound = belonging(view(issued), data, "a.aasx")
    assert (sound.outcome, sound.says.endswith("attached: report.pdf")) == ("signed", True)
    change, named = PACKAGES[name]
    found = belonging(view(issued), repacked(data, change), "a.aasx")
    assert (found.outcome, found.differs) == ("other", (named,))


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
    assert len(UNSTATED) * len(BOUND) + len(PACKAGES) + len(SIGNED) >= 40


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


def flipped(data: bytes) -> bytes:
    """One character of the signature changed."""
    head, _, signature = data.rpartition(b".")
    return head + b"." + (b"A" if signature[:1] != b"A" else b"B") + signature[1:]


def resigned(data: bytes) -> bytes:
    """The same words under the key of a stranger."""
    part = data.split(b".")[1]
    payload = json.loads(urlsafe_b64decode(part + b"=" * (-len(part) % 4)))
    return sign(payload, "did:web:labels.example.com", generate_key()).encode()


def swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(old, new, 1)


#: Ways to change what was signed or drawn beside the text, by the files they are done to.
SIGNED: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "a flipped passport": ("*.passport.jwt", flipped, "VER-006"),
    "a passport of a stranger": ("*.passport.jwt", resigned, "VER-005"),
    "a flipped credential": ("*.credential.jwt", flipped, "VER-006"),
    "a credential of a stranger": ("*.credential.jwt", resigned, "VER-005"),
    "half a credential": ("*.credential.jwt", lambda data: data[: len(data) // 2], "VER-001"),
    "a blank in a label": ("*.label.en.svg", swap(b"</svg>", b" </svg>"), "label"),
    "another number on a label": ("*.label.zh.svg", swap(b"FP-", b"FP_"), "label"),
    "a label as another picture": ("*.label.en.png", lambda data: data + b"x", "label"),
    "a page with more behind it": ("FP-*.en.pdf", lambda data: data + b"%x", ""),
    "a page that was changed": ("FP-*.zh.pdf", swap(b"/Pages/Count 4", b"/Pages/Count 3"), ""),
    "another report": ("report.html", swap(b"</html>", b" </html>"), "report"),
    "a report of another day": ("report.en.pdf", swap(b"2026-01-31", b"2026-01-30"), "report"),
    "a workbook that was saved again": (
        "report.xlsx",
        lambda data: repacked(data, lambda _: None),
        "report",
    ),
}


@pytest.fixture(scope="module")
def asked(issued: Path, cache: Path) -> list[str | Path]:
    """The command that verifies the certificate, with reports beside it and its bundle."""
    for form in ("html", "en.pdf", "xlsx"):
        done = run(
            cache, "calculate", issued / "power-bank.csv", "--date", "2026-01-31",
            "--format", form.removeprefix("en."), "--out", issued / f"report.{form}",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    number = view(issued)["number"]
    done = run(
        cache, "bundle", number, "--store", issued / "store", "--out", issued / "bundle.json"
    )
    assert done.returncode == 0, done.stderr
    lists = [x for path in sorted(issued.glob("status-*")) for x in ("--status", path)]
    keys = ("--keys", issued / "issuer.did.json")
    return ["verify", bundle(issued), *keys, *lists, "--bundle", issued / "bundle.json"]


def test_all_that_was_signed_or_drawn_is_found_again(
    asked: list[str | Path], issued: Path, cache: Path
) -> None:
    files = sorted({path for glob, _, _ in SIGNED.values() for path in issued.glob(glob)})
    assert len(files) == 10
    done = run(cache, *asked, *(x for one in files for x in ("--with", one)), "--format", "json")
    found = {one["file"]: one["outcome"] for one in json.loads(done.stdout)["files"]}
    assert found == dict.fromkeys((one.name for one in files), "signed"), done.stdout
    assert done.returncode == 0


def test_all_that_was_changed_is_refused_and_named(
    asked: list[str | Path], issued: Path, cache: Path, tmp_path: Path
) -> None:
    forged = []
    for at, (glob, change, _) in enumerate(SIGNED.values()):
        (source,) = issued.glob(glob)
        file = tmp_path / f"{at:02}{''.join(source.suffixes[-2:])}"
        file.write_bytes(change(source.read_bytes()))
        assert file.read_bytes() != source.read_bytes(), glob
        forged.append(file)
    done = run(cache, *asked, *(x for one in forged for x in ("--with", one)), "--format", "json")
    found = json.loads(done.stdout)["files"]
    assert done.returncode == 1
    for name, (_, _, named), one in zip(SIGNED, SIGNED.values(), found, strict=True):
        assert (one["outcome"], one["code"]) == ("other", "EXC-105"), (name, one)
        assert one["differs"], name
        assert not named or named in one["differs"], (name, one)


def test_the_command_says_it_of_each_file(issued: Path, cache: Path) -> None:
    lists = [x for path in sorted(issued.glob("status-*")) for x in ("--status", path)]
    labels = sorted(issued.glob("*.label.*.svg"))
    assert len(labels) == 2
    plain = ["verify", bundle(issued), "--keys", issued / "issuer.did.json", *lists]
    sound = [issued / "pact.json", issued / "footprint.json", *labels]
    done = run(cache, *plain, *(x for one in sound for x in ("--with", one)))
    assert done.returncode == 0, done.stdout
    for one, mark in zip(sound, ("ok", "ok", "ok", "ok"), strict=True):
        assert LINES.format(mark=mark, file=one.name) in done.stdout
    forged = issued / "forged.svg"
    forged.write_bytes(labels[0].read_bytes().replace(b"</svg>", b" </svg>"))
    done = run(cache, *plain, "--with", forged, "--with", issued / "pact.json", "--format", "json")
    files = json.loads(done.stdout)["files"]
    assert done.returncode == 1
    assert [(one["outcome"], one["code"]) for one in files] == [
        ("other", "EXC-105"),
        ("signed", ""),
    ]


def test_a_name_that_stands_twice_is_no_signed_document(issued: Path) -> None:
    """Readers disagree on which of two counts: the first says 0.1, the last what was signed."""
    file, write = FORMS["pact"]
    sound = write(pact(issued))
    doubled = sound.replace(b'"pcfExcl', b'"pcfExcludingBiogenicUptake": "0.1", "pcfExcl', 1)
    assert doubled != sound
    assert belonging(view(issued), doubled, file).outcome == "other"
    with pytest.raises(InputRefused, match="SUP-001"):
        read_supplier_document(doubled, file, Where(file))
