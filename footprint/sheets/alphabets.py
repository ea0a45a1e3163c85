"""How likely a text is in an alphabet of its own, Cyrillic or Thai, by its letters and what stands
beside them: letters of another alphabet within a word, and vowel signs on nothing, are the marks
of a text that was read in the wrong encoding."""

from __future__ import annotations

import re
from math import inf, log

from footprint.late_pattern import late_pattern

_ASCII = log(1 / 60)
_OUT_OF_PLACE = log(0.001)
#: The least share of plain letters and signs: Serbian has the fewest, nine in ten. Damaged UTF-8 of
#: Chinese names, read as Cyrillic, has half.
_PLAIN = 0.75
#: Fewer lists come in these encodings than in those of the neighbours that they are mistaken for.
_PRIOR = log(0.05)
#: Letters by their share (per thousand), from frequencies that are common knowledge; then those of
#: neighbours (Ukrainian, Belarusian, Bulgarian, Serbian), and signs that lists hold.
_CYRILLIC = dict.fromkeys("іїєґўјљњћџђѓќѕё", 0.1) | {
    entry[0]: float(entry[1:])
    for entry in (
        "о109 е85 а80 и74 н67 т63 с55 р47 в45 л44 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з16 б16 ч14 "
        "й12 х10 ж9 ш7 ю6 ц5 щ4 э3 ф3 ъ1"
    ).split()
}
_THAI = dict.fromkeys(map(chr, (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))), 2.0) | {
    entry[0]: float(entry[1:])
    for entry in (
        "า78 น65 ร63 อ52 ก50 เ45 ง43 ม38 ย34 ล34 ว34 ด30 ท30 ส28 ต27 ะ25 ป23 บ22 ค21 ห20 แ20 จ18 "
        "พ18 ช15 ข14 ใ13 ไ13 โ10 ่55 ้45 ั40 ี35 ิ32 ์22 ็12 ำ12 ุ22 ู20 ื18 ึ10"
    ).split()
}
#: Vowels and tones that are written on a consonant.
_ON_LETTERS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎ำ")
_SIGNS = frozenset("№«»°±µ·×–—…“”‘’•§©®\xa0")
#: Words of one letter; other lone letters are signs in another encoding: `Ø` as `Ш`.
_ALONE = frozenset("авикосуяАВИКОСУЯмМгГтТлЛ")


#: Words and units of lists of parts; each is worth a hundred to one, three at most.
_WORDS = late_pattern(
    r"(?<![а-яё])(?:шт|кг|мм|кол|поз|наим\w+|болт|гайка|шайба|винт|корпус|крышка|сталь|материал|масса|"
    r"количество|ед|изм|единица|номер|деталь|сборка|прим\w*)(?![а-яё])",
    re.I,
)


def cyrillic(text: str) -> float:
    """The logarithm of how likely the text is if its encoding is Windows-1251."""
    foreign = [char for char in text if not char.isascii()]
    if sum(map(_is_plain, foreign)) < _PLAIN * len(foreign):
        return -inf
    total = _PRIOR + log(100) * min(3, len({word.lower() for word in _WORDS.findall(text)}))
    padded = f" {text} "
    for before, char, after in zip(padded, padded[1:], padded[2:], strict=False):
        if char.isascii():
            total += _ASCII
        elif char in _SIGNS:
            total += log(0.05 / len(_SIGNS))
        else:
            total += log(
                0.0008 * _CYRILLIC.get(char.lower(), 0.02) * (1.0 if char.islower() else 0.2)
            )
            total += _beside(before, char, after)
    return total


def _is_plain(char: str) -> bool:
    return "а" <= char.lower() <= "я" or char in _SIGNS


def _beside(before: str, char: str, after: str) -> float:
    found = 0.0
    if (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()):
        found += _OUT_OF_PLACE
    if char.isupper() and before.islower():
        found += _OUT_OF_PLACE
    if not (before.isalpha() or after.isalpha() or char in _ALONE):
        found += _OUT_OF_PLACE
    return found


def thai(text: str) -> float:
    """The logarithm of how likely the text is if its encoding is Windows-874."""
    total, before = _PRIOR, " "
    for char in text:
        if char.isascii():
            total += _ASCII + (log(0.02) if char.isalpha() and before in _THAI else 0.0)
        elif char in _THAI:
            total += log(0.0006 * _THAI[char])
            if char in _ON_LETTERS and before not in _THAI:
                total += _OUT_OF_PLACE
            if before.isascii() and before.isalpha():
                total += log(0.02)
        else:
            total += log(0.001)
        before = char
    return total
