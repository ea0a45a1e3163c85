"""Which region of the United Nations a country lies in.

Source: United Nations Statistics Division, Standard Country or Area Codes for Statistical Use
(M49), geographic regions. TW has no code of its own there; by its place it is Eastern Asia. AQ lies
in no region.
"""

from __future__ import annotations

from footprint.locations import COUNTRIES

_SUBREGIONS = {
    "Northern Africa": "DZ EG EH LY MA SD TN",
    "Sub-Saharan Africa": (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW IO KE KM LR LS MG ML MR MU MW "
        "MZ NA NE NG RE RW SC SH SL SN SO SS ST SZ TD TF TG TZ UG YT ZA ZM ZW"
    ),
    "Central Asia": "KG KZ TJ TM UZ",
    "Eastern Asia": "CN HK JP KP KR MN MO TW",
    "South-eastern Asia": "BN ID KH LA MM MY PH SG TH TL VN",
    "Southern Asia": "AF BD BT IN IR LK MV NP PK",
    "Western Asia": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    "Eastern Europe": "BG BY CZ HU MD PL RO RU SK UA",
    "Northern Europe": "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
    "Southern Europe": "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA",
    "Western Europe": "AT BE CH DE FR LI LU MC NL",
    "Northern America": "BM CA GL PM US",
    "Latin America and the Caribbean": (
        "AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM "
        "KN KY LC MF MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI"
    ),
    "Australia and New Zealand": "AU CC CX HM NF NZ",
    "Melanesia": "FJ NC PG SB VU",
    "Micronesia": "FM GU KI MH MP NR PW UM",
    "Polynesia": "AS CK NU PF PN TK TO TV WF WS",
}
_REGIONS = {
    "Africa": ("Northern Africa", "Sub-Saharan Africa"),
    "Americas": ("Northern America", "Latin America and the Caribbean"),
    "Asia": (
        *("Central Asia", "Eastern Asia", "South-eastern Asia", "Southern Asia", "Western Asia"),
    ),
    "Europe": ("Eastern Europe", "Northern Europe", "Southern Europe", "Western Europe"),
    "Oceania": ("Australia and New Zealand", "Melanesia", "Micronesia", "Polynesia"),
}
_OF_COUNTRY = {code: name for name, codes in _SUBREGIONS.items() for code in codes.split()}
#: Beside the regions of the United Nations, those that Catena-X knows.
EVERYWHERE = frozenset(("Global", "Several"))


def subregion_of(country: str) -> str | None:
    """The subregion that an ISO 3166-1 code lies in; None where there is none, as for AQ."""
    return _OF_COUNTRY.get(country)


def region_holds(region: str, country: str) -> bool:
    """Whether a country lies in a region or subregion; everything lies in the whole world."""
    if region in EVERYWHERE:
        return True
    subregion = _OF_COUNTRY.get(country)
    return region == subregion or subregion in _REGIONS.get(region, ())


def is_country(code: str) -> bool:
    """Whether `code` is an officially assigned ISO 3166-1 alpha-2 code."""
    return code in COUNTRIES
