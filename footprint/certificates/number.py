"""Certificate numbers: FP-XXXX-XXXX-C, easy to read aloud, with a check character.

Eight characters of Crockford's base 32 (no I, L, O, U) hold 40 random bits, so that the order of
issue cannot be guessed. The check character is a weighted sum over the finite field of 32
elements, each position with its own weight. That finds every single wrong character and every
swap of two characters, near or far. ISO/IEC 7064 was not used: its check characters for letters
and digits include I, L, O and (in the pure system) `*`, which this alphabet leaves out on purpose.
"""

from __future__ import annotations

from footprint.certificates.faults import NUMBER_MALFORMED, NUMBER_MISTYPED

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "FP"
#: Random bytes that one number needs.
RANDOM_BYTES = 5
_LENGTH = 8
#: What people type for a digit: Crockford's decoding rule.
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
#: x^5 + x^2 + 1, primitive over the field of two elements.
_POLYNOMIAL = 0b100101


def make_number(random_bytes: bytes) -> str:
    """The certificate number made of exactly five random bytes.

    The caller draws them from a secure source, and draws again when the number is taken.
    Raises ValueError for another length.
    """
    if len(random_bytes) != RANDOM_BYTES:
        raise ValueError(f"a number needs {RANDOM_BYTES} random bytes, got {len(random_bytes)}")
    bits = int.from_bytes(random_bytes, "big")
    values = [bits >> 5 * place & 31 for place in reversed(range(_LENGTH))]
    return _written([*values, _check(values)])


def parse_certificate_number(text: str) -> str:
    """The number in its canonical form.

    Lower case, spaces, missing hyphens and the look-alikes O, I, L are accepted. Raises
    InputRefused: CER-006 when the form is wrong, CER-007 when the check character is.
    """
    bare = "".join(text.split()).replace("-", "").upper()
    body = bare.removeprefix(PREFIX).translate(_LOOK_ALIKE)
    if (
        not bare.startswith(PREFIX)
        or len(body) != _LENGTH + 1
        or any(character not in ALPHABET for character in body)
    ):
        raise NUMBER_MALFORMED.refuse(
            f"{text[:40]!r} is not a certificate number.",
            hint="A number looks like FP-XXXX-XXXX-X; copy it from the label or scan the code.",
        )
    *values, check = (ALPHABET.index(character) for character in body)
    if _check(values) != check:
        raise NUMBER_MISTYPED.refuse(
            f"The check character of {_written([*values, check])} is wrong: a character was "
            "mistyped or two were swapped.",
            hint="Compare the number with the certificate, character by character.",
        )
    return _written([*values, check])


def _check(values: list[int]) -> int:
    """The sum of value times weight, the weights being powers of the field's generator."""
    total = 0
    for value in values:
        total = (total ^ value) << 1
        if total & 32:
            total ^= _POLYNOMIAL
    return total


def _written(values: list[int]) -> str:
    body = "".join(ALPHABET[value] for value in values)
    return f"{PREFIX}-{body[:4]}-{body[4:8]}-{body[8]}"


def right_number(text: str) -> str:
    """The number with the check character that its other characters give, for somebody who
    mistyped it; "" where the text has not the form of a number."""
    bare = "".join(text.split()).replace("-", "").upper()
    body = bare.removeprefix(PREFIX).translate(_LOOK_ALIKE)
    if not bare.startswith(PREFIX) or len(body) != _LENGTH + 1 or set(body) - set(ALPHABET):
        return ""
    values = [ALPHABET.index(character) for character in body[:-1]]
    return _written([*values, _check(values)])
