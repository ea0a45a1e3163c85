"""Identifiers of companies, products and classes: URNs, and the check digits inside some of them.

Sources: RFC 8141 (form of a URN); GS1 General Specifications, section 7.9 (check digits of GTIN and
GLN); CAS Registry (check digit of a CAS number).
"""

from __future__ import annotations

import re

from footprint.late_pattern import late_pattern

_URN = late_pattern(
    r"urn:(?P<space>[a-z0-9][a-z0-9-]{0,30}[a-z0-9]|[a-z0-9]):"
    r"(?P<name>(?:[a-z0-9\-._~!$&'()*+,;=:@/?#]|%[0-9a-f]{2})+)",
    re.IGNORECASE,
)
_GTIN_LENGTHS = frozenset((8, 12, 13, 14))
_GLN_LENGTH = 13
#: Classifications under the name that the PACT specification gives their URNs.
CLASSIFICATIONS = {"CPC": "un-cpc", "CAS": "cas"}
_CLASS_URN = "urn:pact:productclassification:"


def urn_fault(text: str) -> str:
    """What is wrong with a URN, or nothing."""
    if any(char.isspace() for char in text):
        return "has a blank; a URN has none"
    match = _URN.fullmatch(text)
    if match is None:
        return "is not a URN (urn:, a name space, a colon, and characters of ASCII)"
    space, name = match["space"].lower(), match["name"]
    if space == "gtin":
        return _digits_fault(name, _GTIN_LENGTHS, "a GTIN has 8, 12, 13 or 14 digits")
    if space == "gln":
        return _digits_fault(name, frozenset((_GLN_LENGTH,)), "a GLN has 13 digits")
    if text.lower().startswith(f"{_CLASS_URN}cas:"):
        return cas_fault(name.rpartition(":")[2])
    return ""


def _digits_fault(name: str, lengths: frozenset[int], says: str) -> str:
    if not (name.isascii() and name.isdigit() and len(name) in lengths):
        return f"is wrong: {says}"
    right = gs1_check_digit(name[:-1])
    return "" if name[-1] == right else f"has the check digit {name[-1]}; {right} would be right"


def gs1_check_digit(digits: str) -> str:
    """The last digit of a GTIN or GLN: weights 3 and 1 in turn, from the right."""
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def cas_fault(number: str) -> str:
    """What is wrong with a CAS number, or nothing."""
    match = re.fullmatch(r"([0-9]{2,7})-([0-9]{2})-([0-9])", number)
    if match is None:
        return "is wrong: a CAS number is such as 7439-89-6"
    digits = match[1] + match[2]
    right = sum(int(digit) * at for at, digit in enumerate(reversed(digits), start=1)) % 10
    return "" if int(match[3]) == right else f"has the check digit {match[3]}; {right} is right"


def classification_urn(code: str) -> str:
    """The URN of `LIST:code`; a URN as it is. Raises `ValueError` for an unknown list."""
    if code.casefold().startswith("urn:"):
        return code
    name, _, value = code.partition(":")
    if name not in CLASSIFICATIONS:
        raise ValueError(f"{name} has no known URN; known are {', '.join(CLASSIFICATIONS)}")
    return f"{_CLASS_URN}{CLASSIFICATIONS[name]}:{value}"
