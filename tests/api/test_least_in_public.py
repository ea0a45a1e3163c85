"""A certified total that lacks something says "at least" wherever a stranger meets its number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from served import Site, own_bom, running, settings_for


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("least"))) as served:
        yield served


@pytest.fixture(scope="module")
def number(site: Site) -> str:
    """A certificate on a bracket with screws, whose model lacks steps of their making."""
    table = own_bom().decode().rstrip("\n")
    columns = next(row for row in table.split("\n") if not row.startswith("#")).split(",")
    screw = {"name": "Screw", "quantity": "0.01", "unit": "kg", "dataset": "part-screw-steel"}
    bom = f"{table}\n{','.join(screw.get(one, '') for one in columns)}\n".encode()
    return str(site.certificate(footprint_id=site.footprint(bom=bom))["number"])


@pytest.mark.parametrize(("language", "least"), [("en", "at least"), ("zh", "至少")])
def test_register_page_and_check_of_a_file_say_it(
    site: Site, number: str, language: str, least: str
) -> None:
    (row,) = site.visitor.get(f"/register.json?q={number}").json()
    assert row["partial"]
    shown = f"{least} {row['shown_amount']} {row['shown_unit']} "
    assert shown in site.visitor.get(f"/register?q={number}&lang={language}").text
    page = site.visitor.get(f"/verify/{number}?lang={language}").text
    assert shown in page
    pdf = site.visitor.get(f"/v1/certificates/{number}/certificate.pdf").content
    origin = {"Origin": str(site.visitor.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    checked = site.visitor.post(
        f"/verify?lang={language}", files={"file": ("one.pdf", pdf)}, headers=origin
    )
    assert shown in checked.text


def test_a_purchaser_is_told_that_the_value_is_not_all_of_it(site: Site, number: str) -> None:
    def asked(one: str) -> tuple[bool, list[str]]:
        said = site.visitor.get(f"/v1/certificates/{one}/purchase").json()
        return said["complete"], said["lacks"]

    assert asked(number) == (False, ["part_steps"])
    assert asked(str(site.certificate()["number"])) == (True, [])


def test_the_register_as_a_table_has_no_python_in_it(site: Site, number: str) -> None:
    said = site.visitor.get(f"/register.csv?q={number}").text.removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(said))
    (entry,) = site.visitor.get(f"/register.json?q={number}").json()
    assert (row["partial"], row["failed"]) == ("true", "; ".join(entry["failed"]))
    assert row["not_for"] == "; ".join(entry["not_for"])


def test_the_address_of_a_page_is_as_good_as_its_number(site: Site, number: str) -> None:
    for typed in (number, f"https://labels.example/verify/{number}?lang=zh", f"x/verify/{number}/"):
        found = site.visitor.get("/verify", params={"number": typed}, follow_redirects=False)
        assert found.status_code == 303
        assert found.headers["Location"].startswith(f"/verify/{number}?")
    (row,) = site.visitor.get("/register.json", params={"q": f"http://a/verify/{number}"}).json()
    assert row["number"] == number


def test_what_is_signed_says_what_lacks(site: Site, number: str) -> None:
    document = site.visitor.get(f"/v1/certificates/{number}").json()
    assert document["certificate"]["lacks"] == ["part_steps"]


def test_a_complete_one_says_nothing(site: Site) -> None:
    number = site.certificate()["number"]
    (row,) = site.visitor.get(f"/register.json?q={number}").json()
    assert not row["partial"]
    page = site.visitor.get(f"/verify/{number}?lang=en").text
    assert f"at least {row['shown_amount']}" not in page
    assert ", at least" not in page
    document = site.visitor.get(f"/v1/certificates/{number}").json()
    assert "lacks" not in document["certificate"]
