"""The closed list of locations: ISO 3166-1 countries, 3166-2 subdivisions, four named regions.

Free text never reaches bw2data, which evaluates locations that contain parentheses as Python.
"""

from __future__ import annotations

from footprint.late_pattern import late_pattern

#: ISO 3166-1 alpha-2 codes (officially assigned, ISO 3166/MA).
COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split()
)
#: Regions named by life-cycle inventories: global, rest of world, Europe, North America.
REGIONS = frozenset(("GLO", "RoW", "RER", "RNA"))
_SUBDIVISION = late_pattern(r"([A-Z]{2})-[A-Z0-9]{1,3}")


def is_location(text: str) -> bool:
    """Whether `text` is in the closed list. Subdivisions are checked by form and country."""
    if text in COUNTRIES or text in REGIONS:
        return True
    match = _SUBDIVISION.fullmatch(text)
    return match is not None and match[1] in COUNTRIES


def is_within(location: str, area: str) -> bool:
    """Whether `location` lies in `area`: the same place, or a subdivision of a country."""
    return location == area or location.startswith(area + "-")
