"""Names of companies without their legal form: one company however people write the form."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from footprint.certificates.same_order import product_keys
from footprint.company_names import company_key

FORMS = (
    ("Example {}", "Ltd|LTD.|Limited|Co., Ltd.|Co.,Ltd|Company Limited|Co|PLC|Pty Ltd|Pte. Ltd."),
    ("Example {}", "Inc|Inc.|Incorporated|Corp.|Corporation|LLC|L.L.C.|LLP|Private Limited"),
    ("Example {}", "GmbH|G.m.b.H.|GmbH & Co. KG|AG|UG (haftungsbeschränkt)|KG|SE|e.K."),
    ("Example {}", "S.A.|SA|S. A.|Société Anonyme|SOCIETE ANONYME|SARL|S.à r.l.|SAS|S.p.A.|S.r.l."),
    (
        "Example {}",
        "S.A. de C.V.|S.L.|Ltda.|B.V.|N.V.|A/S|AS|ApS|AB|Oy|Oyj|Sp. z o.o.|s.r.o.|d.o.o.",
    ),
    ("Example {}", "A.Ş.|Sdn. Bhd.|Ｌｔｄ．|K.K.|株式会社|(株)|㈱|有限公司|股份有限公司|주식회사"),
    ("{} Example", "PT|ООО|株式会社|㈱|주식회사|(주)|บริษัท|Công ty TNHH"),
    ("Example, {}", "Inc.|S.A.|Co., Ltd."),
)
NAMES = [name.format(form) for name, forms in FORMS for form in forms.split("|")]


@pytest.mark.parametrize("name", NAMES)
def test_the_legal_form_makes_no_other_company(name: str) -> None:
    assert company_key(name) == "example"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("宁波示例金属有限公司", "宁波示例金属股份有限公司"),
        ("宁波示例金属有限公司", "宁波示例金属 有限责任公司"),
        ("㈱サンプル", "サンプル株式会社"),
        ("บริษัท ตัวอย่าง จำกัด (มหาชน)", "ตัวอย่าง จำกัด"),
        ("Works (Shenzhen) Co., Ltd", "Works Shenzhen Limited"),
    ],
)
def test_two_writings_of_one_company_are_one(one: str, other: str) -> None:
    assert company_key(one) == company_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lisa Ltd", "Li"),
        ("Example 1 Ltd", "Example 2 Ltd"),
        ("Example Works Ltd", "Example Ltd"),
        ("宁波示例有限公司", "上海示例有限公司"),
        ("宁波示例集团有限公司", "宁波示例有限公司"),
        ("Company A", "Company B"),
        ("Co., Ltd.", ""),
        ("Müller GmbH", "Moller GmbH"),
    ],
)
def test_other_names_stay_other_companies(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)


@example("Co., Ltd.")
@example("有限公司")
@given(st.text(max_size=30))
def test_a_name_with_a_letter_never_loses_all_of_it(name: str) -> None:
    key = company_key(name)
    assert bool(key) >= any(char.isalnum() and char.isascii() for char in name)
    assert not any(char.isspace() for char in key)


def test_the_list_says_where_the_forms_are_defined() -> None:
    lists = json.loads((files("footprint") / "legal_forms.json").read_text("utf-8"))
    assert lists["source"]["href"].startswith("https://www.gleif.org/")
    for name in ("words", "leading", "scripts"):
        assert len(lists[name]) == len(set(lists[name])) > 10


def test_the_same_order_is_seen_through_another_legal_form() -> None:
    old = product_keys([], "Bolt", "Example Co., Ltd.")
    assert product_keys([], "bolt", "EXAMPLE Limited").sought & old.known
    assert not product_keys([], "bolt", "Example Works Ltd").sought & old.known
