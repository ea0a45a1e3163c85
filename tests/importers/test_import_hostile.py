"""Files that mean harm are refused, with a code and a place, before anything comes of them."""

from __future__ import annotations

import io
import json
import os
import struct
import zipfile
from pathlib import Path

import import_samples as samples
import pytest
from import_helpers import codes, refused, take

from footprint.importers import member as limits
from footprint.importers.report import Log

HIDDEN = "the content of a private file"
HEAD = '<?xml version="1.0" encoding="{}"?>\n'


def spold(prefix: str, name: str = "A") -> str:
    body = samples.spold1_file(
        samples.spold1(
            1,
            name,
            "CN",
            samples.spold1_exchange(1, name, 1, "kg", "o0")
            + samples.spold1_exchange(2, "Carbon dioxide, fossil", 1, "kg", "o4", category="air"),
        )
    )
    return prefix + body.partition("\n")[2]


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_the_harmless_file_that_the_others_are_made_of_is_read(tmp_path: Path) -> None:
    assert take(write(tmp_path / "a.xml", spold(HEAD.format("utf-8")))).report.totals.gases == 1


# --- XML -------------------------------------------------------------------------------------


def test_an_external_entity_reads_no_file(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt", HIDDEN)
    declared = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>\n'
    report = refused(write(tmp_path / "a.xml", spold(HEAD.format("utf-8") + declared, "&x;")))
    assert codes(report) == {"IMP-004"}
    assert HIDDEN not in json.dumps(report.as_json())


def test_an_entity_bomb_is_refused_unexpanded(tmp_path: Path) -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    bomb = spold(f"{HEAD.format('utf-8')}<!DOCTYPE a [{entities}]>\n", "&a9;")
    assert codes(refused(write(tmp_path / "a.xml", bomb))) == {"IMP-004"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_document_type_does_not_hide_in_another_encoding(encoding: str, tmp_path: Path) -> None:
    text = spold(HEAD.format("utf-16") + '<!DOCTYPE a [<!ENTITY x "y">]>\n', "&x;")
    path = write(tmp_path / "a.xml", text.encode(encoding))
    assert codes(refused(path, layout=None)) <= {"IMP-005", "IMP-006"}


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "unicode-escape", "utf-16"])
def test_an_xml_encoding_in_which_the_checks_would_be_blind_is_refused(
    encoding: str, tmp_path: Path
) -> None:
    report = refused(write(tmp_path / "a.xml", spold(HEAD.format(encoding))))
    assert codes(report) == {"IMP-005"}


def test_bytes_that_are_not_the_declared_encoding_are_refused(tmp_path: Path) -> None:
    data = spold(HEAD.format("utf-8"), "Kälte").encode("latin-1")
    assert codes(refused(write(tmp_path / "a.xml", data))) == {"IMP-001"}


def test_nul_bytes_are_refused(tmp_path: Path) -> None:
    data = spold(HEAD.format("utf-8")).encode() + b"\x00"
    assert codes(refused(write(tmp_path / "a.xml", data))) == {"IMP-005"}
    assert codes(refused(write(tmp_path / "a.csv", b"{SimaPro 9}\n\x00"))) == {"IMP-005"}


def test_a_single_line_of_ten_megabytes_is_refused(tmp_path: Path) -> None:
    line = "x" * 10_500_000
    report = refused(write(tmp_path / "a.xml", spold(HEAD.format("utf-8"), line)))
    assert codes(report) == {"IMP-001"}
    report = refused(write(tmp_path / "a.csv", f"{{SimaPro 9}}\n\nProcess\n\nProducts\n{line};kg"))
    assert codes(report) == {"IMP-002"}
    folder = tmp_path / "own"
    folder.mkdir()
    write(folder / "datasets.csv", samples.TEMPLATE_DATASETS)
    write(folder / "exchanges.csv", f"dataset,type\n{line}\n")
    assert codes(refused(folder)) == {"IMP-002"}


def test_xml_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    deep = "<a>" * 100_000
    path = write(
        tmp_path / "a.xml", f'<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold01">{deep}'
    )
    assert codes(refused(path)) == {"IMP-001"}


def test_json_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"processes/a.json": '{"exchanges":' + "[" * 200_000}
    assert codes(refused(samples.zip_of(tmp_path / "a.zip", files))) == {"IMP-001"}


def test_json_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"processes/a.json": '{"name": "Kälte"}'.encode("latin-1")}
    assert codes(refused(samples.zip_of(tmp_path / "a.zip", files))) == {"IMP-005"}


# --- archives --------------------------------------------------------------------------------


def raw_zip(path: Path, *members: zipfile.ZipInfo, content: bytes = b"x") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(member, content)
    return path


@pytest.mark.parametrize(
    "name", ["../a.xml", "a/../../b.xml", "/etc/a.xml", "C:\\a.xml", "a\\..\\b.xml"]
)
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str, tmp_path: Path) -> None:
    path = raw_zip(tmp_path / "a.zip", zipfile.ZipInfo(name))
    assert codes(refused(path)) == {"IMP-003"}
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_a_symbolic_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("processes/a.xml")
    link.external_attr = 0o120777 << 16
    assert codes(refused(raw_zip(tmp_path / "a.zip", link, content=b"/etc/passwd"))) == {"IMP-003"}


def test_a_symbolic_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    folder = samples.ecospold2(tmp_path)
    (folder / "link.spold").symlink_to(write(tmp_path / "secret.txt", HIDDEN))
    report = refused(folder)
    assert codes(report) == {"IMP-003"}
    assert [problem.where.file for problem in report.problems] == ["link.spold"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_in_a_folder_does_not_make_the_import_wait(tmp_path: Path) -> None:
    folder = samples.ecospold2(tmp_path)
    os.mkfifo(folder / "pipe.spold")
    assert codes(refused(folder)) == {"IMP-003"}


@pytest.mark.parametrize("name", ["inner.zip", "inner.7z", "b/inner.tar.gz", "data.zolca"])
def test_an_archive_inside_an_archive_is_refused(name: str, tmp_path: Path) -> None:
    assert codes(refused(raw_zip(tmp_path / "a.zip", zipfile.ZipInfo(name)))) == {"IMP-003"}


def test_an_archive_under_a_false_name_is_refused(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a", "b")
    member = zipfile.ZipInfo("processes/a.json")
    path = raw_zip(tmp_path / "a.zip", member, content=inner.getvalue())
    assert codes(refused(path)) == {"IMP-003"}


def test_a_zip_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    member = zipfile.ZipInfo("processes/a.json")
    member.compress_type = zipfile.ZIP_DEFLATED
    path = raw_zip(tmp_path / "a.zip", member, content=b" " * 50_000_000)
    assert path.stat().st_size < 100_000
    assert codes(refused(path)) == {"IMP-002"}


def test_a_workbook_that_is_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    member = zipfile.ZipInfo("xl/worksheets/sheet1.xml")
    member.compress_type = zipfile.ZIP_DEFLATED
    assert codes(refused(raw_zip(tmp_path / "a.xlsx", member, content=b" " * 50_000_000))) == {
        "IMP-002"
    }


def test_a_workbook_with_entities_is_refused(tmp_path: Path) -> None:
    path = samples.brightway_excel(tmp_path)
    with zipfile.ZipFile(path) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    sheet = files["xl/worksheets/sheet1.xml"]
    files["xl/worksheets/sheet1.xml"] = sheet.replace(
        b"<worksheet", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet', 1
    )
    hostile = samples.zip_of(tmp_path / "hostile.xlsx", dict(files))
    assert codes(refused(hostile)) == {"IMP-004"}


def declare_size(path: Path, size: int) -> None:
    """Write another unpacked size into the directory of a zip with one member."""
    data = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.index(magic) + offset
        data[at : at + 4] = struct.pack("<I", size)
    path.write_bytes(bytes(data))


def test_a_member_of_two_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    path = raw_zip(tmp_path / "a.zip", zipfile.ZipInfo("processes/a.json"), content=b"{}")
    declare_size(path, 2_147_483_648)
    report = refused(path)
    assert codes(report) == {"IMP-002"}
    assert "2,147,483,648" in report.problems[0].message


def test_a_member_that_is_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    path = raw_zip(
        tmp_path / "a.zip", zipfile.ZipInfo("processes/a.json"), content=b"{" + b" " * 99
    )
    declare_size(path, 2)
    assert codes(refused(path)) == {"IMP-001"}


def test_a_file_of_two_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    with path.open("wb") as file:
        file.truncate(2_147_483_648)  # a sparse file: it takes no room on the disk
    assert codes(refused(path)) == {"IMP-002"}


def test_too_many_members_and_too_much_in_total_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = samples.ilcd(tmp_path)
    monkeypatch.setattr(limits, "MAX_MEMBERS", 5)
    monkeypatch.setattr(limits, "MAX_TOTAL_BYTES", 1_000)
    report = refused(path)
    assert codes(report) == {"IMP-002"}
    assert len(report.problems) == 2


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    path = raw_zip(tmp_path / "a.zip", zipfile.ZipInfo("processes/a.json"))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[data.index(b"PK\x03\x04") + 6] |= 1
    path.write_bytes(bytes(data))
    assert codes(refused(path)) == {"IMP-003"}


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    member = zipfile.ZipInfo("processes/a.json")
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = raw_zip(tmp_path / "a.zip", member, member)
    assert codes(refused(path)) == {"IMP-003"}


# --- code in values --------------------------------------------------------------------------

CODE = (
    "__import__('os').system('touch hacked')",
    "(lambda: open('hacked', 'w'))()",
    'exec("import os")',
    "('CN', print(1))",
)


@pytest.mark.parametrize("text", CODE)
def test_a_location_with_python_code_in_it_is_refused(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    process = samples.openlca_process(
        "a",
        "A",
        [
            samples.openlca_exchange("coal", 1, "kg", version=2, incoming=False, ref=True),
            samples.openlca_exchange(
                "co2", 1, "kg", version=2, incoming=False, name="Carbon dioxide, fossil"
            ),
        ],
        location={"name": text},
    )
    files: dict[str, str | bytes] = {"processes/a.json": json.dumps(process)}
    path = samples.zip_of(tmp_path / "a.zip", files)
    assert codes(refused(path)) == {"IMP-017"}
    assert not (tmp_path / "hacked").exists()


FORMULAS = (
    "open('/etc/passwd').read()",
    "__import__('os').system('true')",
    "().__class__.__bases__",
    "9**9**9**9",
    "zeros(10**8)",
    "share.__class__",
    "(" * 5_000 + "1",
    "1+" * 5_000 + "1",
    "loop",
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_that_is_more_than_arithmetic_is_refused(formula: str, tmp_path: Path) -> None:
    text = samples.simapro_file(
        samples.simapro_process(
            {
                "Products": [f"A;kg;{formula};100;x;y;"],
                "Emissions to air": ["Carbon dioxide, fossil;;kg;1"],
                "Calculated parameters": ["loop;pool + 1;", "pool;loop;"],
            },
            "a",
        ),
        decimal=".",
    )
    report = refused(write(tmp_path / "a.csv", text))
    assert codes(report) == {"IMP-015"} or codes(report) == {"IMP-016"}
    assert "root:" not in json.dumps(report.as_json())


def test_a_workbook_formula_is_not_evaluated(tmp_path: Path) -> None:
    rows = samples.excel_activity(
        "A", "a", "kilogram", "CN", [["A", "a", "=1+1", "kilogram", None, "CN", "production"]]
    )
    path = samples.workbook(tmp_path / "a.xlsx", {"s": [["Database", "x"], [], *rows]})
    assert "IMP-015" in codes(refused(path))  # no value was stored beside the formula


def olca(tmp_path: Path, name: str, amount: object) -> Path:
    exchange = samples.openlca_exchange
    process = samples.openlca_process(
        "a",
        name,
        [
            exchange("coal", amount, "kg", version=2, incoming=False, ref=True, name=name),
            exchange("co2", 1, "kg", version=2, incoming=False, name="Carbon dioxide, fossil"),
        ],
    )
    files: dict[str, str | bytes] = {"processes/a.json": json.dumps(process)}
    return samples.zip_of(tmp_path / "a.zip", files)


def test_half_a_character_in_a_name_does_no_harm(tmp_path: Path) -> None:
    (dataset,) = take(olca(tmp_path, "goods \ud800", 1)).inventory.datasets.values()
    assert dataset.name_en == "goods ?"


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    report = refused(olca(tmp_path, "goods \x1b[2J", 0))
    assert report.problems
    assert all("\x1b" not in str(problem) for problem in report.problems)


def test_an_amount_that_overflows_per_unit_is_refused(tmp_path: Path) -> None:
    assert codes(refused(olca(tmp_path, "goods", 5e-324))) == {"IMP-015"}


def test_a_refused_import_names_every_place_and_writes_nothing(tmp_path: Path) -> None:
    path = samples.zip_of(tmp_path / "a.zip", {"../a.xml": "", "/b.xml": "", "c.zip": ""})
    report = refused(path)
    assert {problem.where.file for problem in report.problems} == {"../a.xml", "/b.xml", "c.zip"}
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_notices_are_counted_and_problems_kept_one_by_one() -> None:
    from footprint.faults import Where
    from footprint.importers import faults

    log = Log()
    for row in range(3):
        log.note(faults.NO_YEAR, Where("a", row), "no year")
        log.refuse(faults.BAD_AMOUNT, Where("a", row), "no amount")
    assert [(notice.count, notice.problem.where.row) for notice in log.notices] == [(3, 0)]
    assert len(log.problems) == 3
