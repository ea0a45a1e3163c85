"""Greenhouse gases under the names that producers give them."""

from __future__ import annotations

import pytest

from footprint.importers.flows import recognised_flow
from footprint.importers.neutral import Elementary

AIR = ("Emissions to air", "unspecified")


def seen(name: str, place: tuple[str, ...] = AIR, cas: str = "") -> tuple[str, str]:
    found = recognised_flow(Elementary("", name, place, 1.0, "kg", cas=cas))
    return found.verdict, found.flow


@pytest.mark.parametrize(
    ("names", "flow"),
    [
        (
            ("Methane, tetrafluoro-, CFC-14", "CFC-14", "FC-14", "R-14", "PFC-14", "R14", "CF4"),
            "cf4",
        ),
        (
            ("Methane, tetrafluoro-", "Tetrafluoromethane", "Carbon tetrafluoride", "四氟化碳"),
            "cf4",
        ),
        (("Ethane, hexafluoro-, HFC-116", "FC-116", "CFC-116", "R116", "Perfluoroethane"), "c2f6"),
        (("Methane, chlorodifluoro-, HCFC-22", "R-22", "R22", "Freon 22", "HCFC 22"), "hcfc-22"),
        (("Methane, difluoro-, HFC-32", "R-32", "R32", "HFC 32"), "hfc-32"),
        (("Ethane, 1,1,1,2-tetrafluoro-, HFC-134a", "R134a", "HFC134a", "R-134a"), "hfc-134a"),
        (("Ethane, pentafluoro-, HFC-125", "R125", "Pentafluoroethane (R-125)"), "hfc-125"),
        (("Ethane, 1,1-difluoro-, HFC-152a", "R-152a"), "hfc-152a"),
        (("Ethane, 1,1-dichloro-1-fluoro-, HCFC-141b", "R-141b"), "hcfc-141b"),
        (("Methane, trifluoro-, HFC-23", "R-23", "HFC-23"), "hfc-23"),
        (("Methane, trichlorofluoro-, CFC-11", "CFC-11", "R-11", "Freon 11"), "cfc-11"),
        (("Methane, bromotrifluoro-, Halon 1301", "Halon-1301"), "halon-1301"),
        (("Cyclobutane, octafluoro-, PFC-C318", "PFC-C318", "R-C318"), "c4f8"),
        (("Methane, dichloro-, HCC-30", "Methylene chloride", "Dichloromethane"), "ch2cl2"),
        (("Methane, tetrachloro-, R-10", "Methane, tetrachloro-", "Carbon tetrachloride"), "ccl4"),
        (("Chloroform", "Methane, trichloro-"), "chcl3"),
        (("Ethene, tetrachloro-", "Tetrachloroethylene"), "c2cl4"),
        (("Ethane", "Ethane, in air"), "c2h6"),
        (("Nitrous oxide (laughing gas) [Inorganic emissions to air]", "Laughing gas"), "n2o"),
    ],
)
def test_a_gas_has_many_names(names: tuple[str, ...], flow: str) -> None:
    assert {name: seen(name) for name in names} == dict.fromkeys(names, ("counted", flow))


@pytest.mark.parametrize(
    ("name", "verdict", "flow"),
    [
        ("Carbon dioxide [Inorganic emissions to air]", "assumed", "co2-fossil"),
        ("Carbon dioxide (biotic) [Inorganic emissions to air]", "counted", "co2-biogenic"),
        ("Methane (biotic) [Organic emissions to air (group VOC)]", "counted", "ch4-biogenic"),
        ("Methane [Organic emissions to air (group VOC)]", "assumed", "ch4-fossil"),
        ("Carbon dioxide [Inorganic emissions to fresh water]", "other", ""),
    ],
)
def test_a_compartment_in_brackets_behind_the_name_counts(
    name: str, verdict: str, flow: str
) -> None:
    assert seen(name, ()) == (verdict, flow)


@pytest.mark.parametrize(
    "name", ["R-410A", "R404A", "CFC-999", "Halon 1202", "Methane, dibromo-, Halon-1002", ""]
)
def test_what_may_be_a_gas_and_has_no_factor_is_never_passed_over(name: str) -> None:
    assert seen(name) == ("unmapped", "")


@pytest.mark.parametrize("name", ["Carbon-14", "Radon-222", "Sulfur dioxide", "Benzene, chloro-"])
def test_other_pollutants_are_no_gases(name: str) -> None:
    assert seen(name) == ("other", "")


@pytest.mark.parametrize(
    ("names", "flow"),
    [
        (("CO₂, fossil", "Fossil CO2", "CO2-fossil", "carbon-dioxide, fossil"), "co2-fossil"),
        (("Kohlendioxid, fossil", "dioxyde de carbone, fossile"), "co2-fossil"),
        (("Carbon dioxide (CO2), fossil", "CO2 (non-biogenic)"), "co2-fossil"),
        (("Carbon dioxide, non-renewable", "CO2, excl. biogenic", "CO2，非生物"), "co2-fossil"),
        (("Biogenic CO2", "CO2 biogenic", "CO2_bio", "bio-CO2", "CO2 (biomass)"), "co2-biogenic"),
        (("Kohlendioxid, biogen", "dioxyde de carbone (biogénique)"), "co2-biogenic"),
        (("Methane, non-fossil", "non-fossil CH₄", "甲烷，生物"), "ch4-biogenic"),
        (("Methan, fossil", "Fossil methane"), "ch4-fossil"),
        (("Lachgas", "N₂O", "protoxyde d'azote", "Nitrous oxide (N2O)"), "n2o"),
        (("SF₆", "Sulfur hexafluoride (SF6)"), "sf6"),
    ],
)
def test_subscripts_languages_and_the_place_of_the_origin_make_no_difference(
    names: tuple[str, ...], flow: str
) -> None:
    assert {name: seen(name) for name in names} == dict.fromkeys(names, ("counted", flow))


@pytest.mark.parametrize(
    "name",
    [
        "Carbon dioxide, fossil and biogenic",
        "CO2 (incl. biogenic)",
        "Carbon dioxide, biogenic/fossil",
        "Kohlendioxid",
        "CO₂",
        "Carbon dioxide (abiotic)",
    ],
)
def test_a_gas_of_both_origins_or_of_none_that_is_said_counts_as_fossil_and_is_noticed(
    name: str,
) -> None:
    assert seen(name) == ("assumed", "co2-fossil")


@pytest.mark.parametrize(
    "name",
    [
        "Natural gas",
        "Biogas",
        "GHG",
        "HFCs, unspecified",
        "CO2bio",
        "CO2-eq",
        "Refrigerant",
        "R744",
    ],
)
def test_words_that_hold_a_gas_are_suspects(name: str) -> None:
    assert seen(name) == ("unmapped", "")
    assert seen(name, ("resource", "in ground")) == ("other", "")


@pytest.mark.parametrize("name", ["NMVOC", "Non-methane volatile organic compounds", "Methanol"])
def test_what_only_sounds_like_a_gas_is_none(name: str) -> None:
    assert seen(name) == ("other", "")
