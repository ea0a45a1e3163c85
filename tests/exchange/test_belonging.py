"""`footprint verify CREDENTIAL --with FILE`: files beside it, and copies that were changed."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from base64 import b64decode, b64encode, urlsafe_b64decode
from collections.abc import Callable, Sized
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
from footprint.exchange.untp_write import untp_document
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
    "untp": ("u.json", lambda document: exact_bytes(untp_document(document))),
    "aasx": ("a.aasx", aas_package),
}


#: A form that holds floats is bound by no hash.
OUTCOMES = {
    **dict.fromkeys(("pact", "catena-x", "aasx"), "signed"),
    **dict.fromkeys(("openepd", "untp"), "agrees"),
}


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


def put(place: str, name: str, value: Any) -> Callable[[Any], None]:
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


#: What the certificate does not state, and its hash binds: named by the form; and facts beside the
#: numbers, by their names.
UNSTATED: dict[str, tuple[Callable[[Any], None], str]] = {
    "a last digit": (more("fossilGhgEmissions", "1.00000000000001"), ""),
    "another id": (put("head", "id", "00000000-0000-4000-8000-000000000000"), ""),
    "deprecated": (put("head", "status", "Deprecated"), ""),
    "another boundary": (put("pcf", "boundaryProcessesDescription", "All of it."), ""),
    "another comment": (put("head", "comment", "All is well."), ""),
    "better data": (lambda document: document["pcf"]["dqi"].update(technologicalDQR="1"), ""),
    "another product id": (put("head", "productIds", ["urn:gtin:00012345600012"]), "product_ids"),
    "another description": (put("head", "productDescription", "The better one"), "description"),
    "another end of validity": (
        put("head", "validityPeriodEnd", "2027-02-01T00:00:00Z"),
        "validity",
    ),
    "another period": (put("pcf", "referencePeriodStart", "2025-02-01T00:00:00Z"), "period"),
    "another country": (put("pcf", "geographyCountrySubdivision", "CN-BJ"), "country"),
    "another company id": (
        put("head", "companyIds", ["urn:bpn:BPNL0000000OTHER"]),
        "company_ids",
    ),
}
BOUND = ("pact", "catena-x", "aasx")


@pytest.mark.parametrize("form", BOUND)
@pytest.mark.parametrize("name", UNSTATED)
def test_what_only_the_hash_binds_is_refused_too(name: str, form: str, issued: Path) -> None:
    document = pact(issued)
    change, called = UNSTATED[name]
    change(document)
    file, write = FORMS[form]
    found = belonging(view(issued), write(document), file)
    named = {"pact": "pact", "catena-x": "catena-x-9.0.0", "aasx": "pact"}
    assert (found.outcome, found.differs) == ("other", (called or named[form],))
    if not called:
        return
    old = {name: value for name, value in view(issued).items() if name != "documents"}
    found = belonging(old, write(document), file)
    assert (found.outcome, found.differs) == ("other", (called,)), "of before, without hashes"


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


#: A passport has no split: another one with the same total is the same passport.
CHANGED = [
    (name, form) for name in CHANGES for form in FORMS if (name, form) != ("another split", "untp")
]


@pytest.mark.parametrize(("name", "form"), CHANGED)
def test_a_changed_document_is_refused_and_named(name: str, form: str, issued: Path) -> None:
    change, named = CHANGES[name]
    document = pact(issued)
    change(document)
    file, write = FORMS[form]
    found = belonging(view(issued), write(document), file)
    assert found.outcome == "other"
    assert named in found.differs


def test_the_ways_are_forty() -> None:
    """Different ways over all forms; many of them in several forms each."""
    ways: tuple[Sized, ...] = (
        CHANGES,
        UNSTATED,
        PACKAGES,
        SIGNED,
        FACTS,
        TEXTS,
        WRAPPED,
        BUNDLED,
        ATTACHED,
    )
    assert sum(map(len, ways)) >= 40


KEPT = ("ext", "pact")
CLAIM = ("credentialSubject", "performanceClaim", 0)
#: Facts beside the numbers, in the two forms that no hash binds: the form, the place, what is put
#: there, and what is named.
FACTS: dict[str, tuple[str, tuple[str | int, ...], Any, str]] = {
    "openepd: another GTIN": ("openepd", (*KEPT, "productIds"), ["urn:gtin:1"], "product_ids"),
    "openepd: one more id": (
        "openepd",
        (*KEPT, "productIds"),
        ["urn:gtin:06900000000014", "urn:gtin:1"],
        "product_ids",
    ),
    "openepd: another company id": ("openepd", (*KEPT, "companyIds"), ["urn:a:b"], "company_ids"),
    "openepd: another period": (
        "openepd",
        (*KEPT, "referencePeriodStart"),
        "2024-01-01T00:00:00Z",
        "period",
    ),
    "openepd: a longer period": (
        "openepd",
        (*KEPT, "referencePeriodEnd"),
        "2027-01-01T00:00:00Z",
        "period",
    ),
    "openepd: a longer validity": ("openepd", ("valid_until",), "2035-01-01T00:00:00Z", "validity"),
    "openepd: a validity by its year": ("openepd", ("valid_until",), "2035", "validity"),
    "openepd: another total in all digits": (
        "openepd",
        (*KEPT, "pcfExcludingBiogenicUptake"),
        "0.1",
        "total",
    ),
    "openepd: other words": ("openepd", ("product_description",), "Better", "description"),
    "untp: another GTIN": (
        "untp",
        ("credentialSubject", "id"),
        "urn:gtin:00012345600012",
        "product_ids",
    ),
    "untp: another company id": (
        "untp",
        ("credentialSubject", "relatedParty", 0, "party", "id"),
        "urn:a:b",
        "company_ids",
    ),
    "untp: another country": (
        "untp",
        ("credentialSubject", "countryOfProduction", "countryCode"),
        "DE",
        "country",
    ),
    "untp: a longer validity": ("untp", ("validUntil",), "2035-01-01T00:00:00Z", "validity"),
    "untp: an earlier validity": ("untp", ("validFrom",), "2020-01-01T00:00:00Z", "validity"),
    "untp: another period": (
        "untp",
        (*CLAIM, "applicablePeriod", "startDate"),
        "2024-01-01",
        "period",
    ),
    "untp: another report": (
        "untp",
        (*CLAIM, "description"),
        "4.1444444137850463469 kg CO2e per one piece (C62), without biogenic uptake. "
        "Cradle to gate, IPCC AR4 GWP100.",
        "gwp_sets",
    ),
    "untp: another total in words": (
        "untp",
        (*CLAIM, "description"),
        "0.1 kg CO2e per one piece (C62), without biogenic uptake.",
        "words of the claim",
    ),
    "untp: another unit in words": (
        "untp",
        (*CLAIM, "description"),
        "4.1444444137850463469 kg CO2e per one kilogram (KGM), without biogenic uptake.",
        "words of the claim",
    ),
    "untp: other words": ("untp", ("credentialSubject", "description"), "Better", "description"),
}


@pytest.mark.parametrize("name", FACTS)
def test_facts_beside_the_numbers_are_compared(name: str, issued: Path) -> None:
    form, (*way, last), value, named = FACTS[name]
    document = json.loads(FORMS[form][1](pact(issued)))
    assert belonging(view(issued), json.dumps(document).encode(), "f.json").outcome == "agrees"
    holder = document
    for step in way:
        holder = holder[step]
    holder[last] = value
    found = belonging(view(issued), json.dumps(document).encode(), "f.json")
    assert (found.outcome, found.differs) == ("other", (named,))


def test_a_second_claim_counts_as_well(issued: Path) -> None:
    document = json.loads(FORMS["untp"][1](pact(issued)))
    claims = document["credentialSubject"]["performanceClaim"]
    claims.append(dict(claims[0], description="0.1 kg CO2e per one piece (C62), at last."))
    found = belonging(view(issued), json.dumps(document).encode(), "f.json")
    assert (found.outcome, found.differs) == ("other", ("words of the claim",))


def test_the_method_of_a_declaration_is_compared(issued: Path) -> None:
    document = json.loads(FORMS["openepd"][1](pact(issued)))
    document["impacts"] = {"IPCC AR5": document["impacts"].pop("Unknown LCIA")}
    found = belonging(view(issued), json.dumps(document).encode(), "f.json")
    assert (found.outcome, found.differs) == ("other", ("gwp_sets",))


#: What stands beside a document in a wrapper, and is neither looked at nor signed.
WRAPPED: dict[str, tuple[str, dict[str, Any]]] = {
    "a remark beside a document": ("data", {"remark": "as agreed"}),
    "another total beside a document": ("data", {"pcf": {"pcfExcludingBiogenicUptake": "0.1"}}),
    "a kind beside a document": ("data", {"type": "event", "links": []}),
    "a remark beside a certificate": ("certificate", {"remark": "as agreed"}),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_what_stands_beside_a_document_is_named(name: str, issued: Path) -> None:
    under, beside = WRAPPED[name]
    inside = pact(issued) if under == "data" else view(issued)
    alone = belonging(view(issued), json.dumps({under: inside}).encode(), "w.json")
    assert alone.outcome == "signed"
    found = belonging(view(issued), json.dumps({under: inside, **beside}).encode(), "w.json")
    assert (found.outcome, found.differs) == ("other", tuple(sorted(beside)))


def test_true_is_not_one_and_null_is_not_absent(issued: Path) -> None:
    text = view(issued)
    for change in ({"self_declared": 1}, {"claim_of_more": None}):
        data = json.dumps(text | change).encode()
        found = belonging(text, data, "certificate.json")
        assert (found.outcome, found.differs) == ("other", tuple(change))


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
    _, _, uncovered = found.says.partition("; not covered by it: ")
    assert {"contributions", "warnings", "provenance.bom"} <= set(uncovered.split(", "))
    assert not {"totals", "split", "product"} & set(uncovered.split(", "))
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


def with_files(issued: Path, cache: Path, asked: list[str | Path], *files: Path) -> dict[str, Any]:
    """What the command says of each file, and of each file inside of it."""
    done = run(cache, *asked, *(x for one in files for x in ("--with", one)), "--format", "json")
    found = {one["file"]: one for one in json.loads(done.stdout)["files"]}
    others = any(one["outcome"] == "other" for one in found.values())
    assert done.returncode == int(others), done.stdout
    return found


def test_a_file_is_what_it_holds_whatever_it_is_called(
    asked: list[str | Path], issued: Path, cache: Path, tmp_path: Path
) -> None:
    """A page in Chinese is compared in Chinese, whatever language its name tells of."""
    names = {
        "*.zh.pdf": ("certificate.en.pdf", "certificate", "CERTIFICATE.PDF", "证书.json"),
        "*.en.pdf": ("zh.pdf",),
        "*.label.zh.svg": ("label", "label.en.png"),
        "*.credential.jwt": ("credential.txt",),
        "report.html": ("report", "report.pdf"),
        "report.xlsx": ("report.zip",),
    }
    files: list[Path] = []
    for glob, called in names.items():
        source = next(one for one in issued.glob(glob) if not one.name.startswith("report.en"))
        for name in called:
            files.append(tmp_path / f"{len(files)}" / name)
            files[-1].parent.mkdir()
            shutil.copy(source, files[-1])
    found = with_files(issued, cache, asked, *files)
    assert {one["outcome"] for one in found.values()} == {"signed"}, found
    assert len(files) == 11


def base64_of(text: str) -> str:
    return b64encode(text.encode()).decode()


def renamed(document: Any) -> None:
    document["bom"]["base64"] = base64_of(
        b64decode(document["bom"]["base64"]).decode().replace("0.0", "0.00", 1)
    )


#: Ways to change one file or fact in a bundle whose certificate is the signed one, and what is
#: refused by its name.
BUNDLED: dict[str, tuple[Callable[[Any], None], set[str]]] = {
    "another bill of materials": (renamed, {"power-bank.csv", "bom"}),
    "a document more": (
        lambda d: d["documents"].append({"name": "x.json", "base64": base64_of("{}")}),
        {"x.json", "bom"},
    ),
    "a product file more": (
        lambda d: d.update(product_file={"name": "product.yaml", "base64": base64_of("a: 1")}),
        {"product.yaml"},
    ),
    "other lines": (lambda d: d["leaves"][1]["line"].update(quantity=9.0), {"leaves"}),
    "another certificate": (lambda d: d["certificate"].update(tier="x"), {"certificate", "bundle"}),
    "a credential of another text": (
        lambda d: d.update(credential=d["credential"][:-9] + "AAAAAAAAA"),
        {"credential"},
    ),
    "what is no bundle": (lambda d: d.pop("bom"), {""}),
}


def test_each_file_of_a_bundle_is_judged(
    asked: list[str | Path], issued: Path, cache: Path, tmp_path: Path
) -> None:
    """By its certificate alone every one of these was the signed one."""
    sound = issued / "bundle.json"
    found = with_files(issued, cache, asked, sound)
    wanted = {"certificate", "credential", "power-bank.csv", "bom", "rules", "footprint"}
    assert {f"bundle.json/{one}" for one in wanted} <= found.keys()
    assert {one["outcome"] for one in found.values()} == {"signed"}
    files = []
    for at, (change, _) in enumerate(BUNDLED.values()):
        document = json.loads(sound.read_text("utf-8"))
        change(document)
        files.append(tmp_path / f"b{at}.json")
        files[-1].write_text(json.dumps(document), "utf-8")
    found = with_files(issued, cache, asked, *files)
    for file, (name, (_, named)) in zip(files, BUNDLED.items(), strict=True):
        refused = {
            one.removeprefix(file.name).removeprefix("/")
            for one, finding in found.items()
            if one.startswith(file.name) and finding["outcome"] == "other"
        }
        assert named <= refused, (name, refused)


def test_a_certificate_with_another_credential_beside_it_is_refused(
    asked: list[str | Path], issued: Path, cache: Path, tmp_path: Path
) -> None:
    document = json.loads(bundle(issued).read_text("utf-8"))
    file = tmp_path / "c.json"
    file.write_text(json.dumps(document), "utf-8")
    found = with_files(issued, cache, asked, file)
    assert [one["outcome"] for one in found.values()] == ["signed", "signed"]
    file.write_text(json.dumps(document | {"credential": "ey.ey.ey"}), "utf-8")
    found = with_files(issued, cache, asked, file)
    assert found["c.json/credential"]["outcome"] == "other"


#: Files that are put into a package, and what is said of each.
ATTACHED: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "certificate.pdf": ("FP-*.zh.pdf", bytes, "signed"),
    "credential.jwt": ("*.credential.jwt", bytes, "signed"),
    "report.pdf": ("report.en.pdf", bytes, "signed"),
    "footprint.json": ("footprint.json", bytes, "signed"),
    "certificate.json": ("FP-*.json", bytes, "signed"),
    "changed.pdf": ("report.en.pdf", lambda data: data + b"%x", "other"),
    "changed.jwt": ("*.credential.jwt", flipped, "other"),
    "changed.json": ("footprint.json", lambda data: data.replace(b"4.14", b"0.14"), "other"),
    "other.pact.json": ("pact.json", lambda data: data.replace(b"4.14", b"0.14"), "other"),
    "bundle.json": ("bundle.json", bytes, ""),
    "photo.jpg": ("pact.json", lambda data: b"\xff\xd8\xff" + data, "unasked"),
    "inner.aasx": ("pact.json", lambda data: aas_package(json.loads(data)), "unasked"),
}


def test_each_file_attached_to_a_package_is_judged(
    asked: list[str | Path], issued: Path, cache: Path, tmp_path: Path
) -> None:
    attached = []
    for name, (glob, change, _) in ATTACHED.items():
        data = next(iter(sorted(issued.glob(glob)))).read_bytes()
        attached.append((name, "application/octet-stream", change(data)))
    file = tmp_path / "p.aasx"
    file.write_bytes(aas_package(pact(issued), attached))
    found = with_files(issued, cache, asked, file)
    assert found["p.aasx"]["outcome"] == "signed"
    for name, (_, _, outcome) in ATTACHED.items():
        if outcome:
            assert found[f"p.aasx/{name}"]["outcome"] == outcome, found[f"p.aasx/{name}"]
    assert found["p.aasx/bundle.json/power-bank.csv"]["outcome"] == "signed"
    plain = [one for one in asked if one not in ("--bundle", issued / "bundle.json")]
    assert with_files(issued, cache, plain, file)["p.aasx/report.pdf"]["outcome"] == "unasked"
