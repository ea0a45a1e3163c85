"""A name as pieces: English words and grade numbers whole, Chinese as overlapping pairs.

Each piece carries the features by which it can be recognised in another name. Chinese needs no
tokenizer: known words (shapes, colours, jargon) are taken out, and what lies between them is
compared by pairs of characters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from footprint.late_pattern import late_pattern
from footprint.matching.lexicon import Kind, Lexicon, is_chinese, lexicon, stem

_WORD = late_pattern(r"[\u3400-\u9fff]+|\d+#|[^\W_\u3400-\u9fff]+(?:\.[^\W_\u3400-\u9fff]+)*")
#: Spread for looks: 螺 丝. A blank between longer words separates them.
_SPREAD = late_pattern(
    r"(?<![\u3400-\u9fff])([\u3400-\u9fff])\s+(?=[\u3400-\u9fff](?:\s|[^\u3400-\u9fff]|$))"
)
#: What comes after it says how or what for: a bracket, a comma, a blank beside Chinese, "for".
_BREAK = late_pattern(
    r"[,;:()\[\]、。，；：]|(?<=[\u3400-\u9fff])\s|\s(?=[\u3400-\u9fff])|(?<![a-z])for(?![a-z])"
)
_GRADE_WORD = late_pattern(
    r"(?<![a-z])[a-z]+[-\s]grade(?![a-z])|[\u3400-\u9fff]{1,2}级(?![\u3400-\u9fff])"
)
#: The number of a maker's type after a hyphen: PM-200, S-65.
_TYPE_NUMBER = late_pattern(r"(?<=[a-z])-\d+[a-z0-9]*")
_TYRE = late_pattern(r"\d{3}\s*/\s*\d{2}\s*z?r\s*\d{2}")
_DIGIT = late_pattern(r"\d")
_NUMBER = r"\d+(?:\.\d+)?"
_LENGTH = r"(?:mm|cm|m|\")?"
_SIDE = rf"(?:[mφødrlwht]\s*=?\s*)?{_NUMBER}\s*{_LENGTH}"
_UNITS = (
    "mm2|mm|cm|dm|um|μm|nm|mil|gsm|g/m2|g/㎡|kg|mg|ml|cc|oz|mah|ah|wh|kwh|kv|mv|ma|kw|mw|khz|mhz|ghz|hz|"
    "microns?|mic|cl|kohm|ohm|ω|kω|pf|nf|uf|μf|mh|uh|℃|°c|inch|mpa|v|w|m|g|"
    "毫米|厘米|公斤|千克|毫升|英寸|层|片|孔|芯|股|码|只|个|支|张|克|升|米|寸|伏|安|瓦|度|目|丝|色|毫安|位|路|口"
)
_GLASS_FILLED = late_pattern(
    r"(?:gf|玻纤|玻璃纤维)\s*(\d{1,2})%?|(\d{1,2})%?\s*(?:gf|玻纤|玻璃纤维)(?!\s*\d)"
)
_TONNES = late_pattern(rf"(?<![a-z0-9.])({_NUMBER})\s*(?:tons?|tonnes?|t|吨)(?![a-z0-9])")
_NUMBERED = late_pattern(r"(\d+)\s*(?:#|号)")
_SIZES = late_pattern(
    rf"(?<![a-z0-9.]){_SIDE}(?:\s*[x×*]\s*{_SIDE})+"
    rf"|[φø]\s*{_NUMBER}\s*{_LENGTH}|(?<![a-z0-9])[tlwhd]\s*=\s*{_NUMBER}\s*{_LENGTH}"
    rf"|(?<![a-z0-9])[tm]\d{{1,2}}\.\d+|(?<![a-z0-9])m\d{{1,2}}(?![a-z0-9.])"
    rf"|(?<![a-z0-9.])±?{_NUMBER}\s*(?:{_UNITS})(?![a-z0-9])|(?<![a-z0-9.]){_NUMBER}\s*%"
    # One or two digits only: 316L is a steel, 2L a bottle.
    r"|(?<![a-z0-9.])\d{1,2}(?:\.\d+)?\s*[lafhk](?![a-z0-9])|(?<![a-z0-9.])[125]\d0+\s+l(?![a-z0-9])"
    r"|(?<![a-z0-9.])\d+\.\d{1,2}(?![a-z0-9.])"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a name: its kind, its share of a word, and what to find it by ("" = nothing).

    `late`: it comes after the thing itself was named (how, what for). `head`: it ends a Chinese
    word and says what the thing is.
    """

    kind: Kind
    share: float
    feature: str
    late: bool = False
    head: bool = False


def normal(text: str, lexicon: Lexicon) -> str:
    """Text with one spelling for what is written in several ways, and without sizes."""
    plain = lexicon.plain(text)
    if not plain.isascii():
        plain = _SPREAD.sub(r"\1", plain)
    numbers = _DIGIT.search(plain) is not None
    if numbers:
        if "/" in plain:
            plain = _TYRE.sub(" ", plain)
        if "gf" in plain or "玻" in plain:
            plain = _GLASS_FILLED.sub(lambda match: f" gf{match[1] or match[2]} ", plain)
        plain = _TYPE_NUMBER.sub(" ", lexicon.grade_prefix.sub(r"\1", plain))
    if "grade" in plain or "级" in plain:
        plain = _GRADE_WORD.sub(" ", plain)
    plain = lexicon.same.sub(lambda found: _spelled(found, lexicon), plain)
    if not numbers:
        return plain
    if "#" in plain or "号" in plain:
        plain = _NUMBERED.sub(r" \1# ", plain)
    plain = _TONNES.sub(r" \1t ", plain)
    return _SIZES.sub(" ", plain)


def _spelled(found: str, lexicon: Lexicon) -> str:
    """The usual spelling, as a word of its own where it is English."""
    meant = lexicon.meant[found]
    return meant if is_chinese(found[0]) else f" {meant} "


def pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of a text that `normal` has prepared, in its order."""
    found: list[Piece] = []
    named = False
    start = 0
    for stop in (*_BREAK.finditer(text), None):
        segment = text[start : stop.start()] if stop else text[start:]
        here: list[Piece] = []
        for word in _WORD.findall(segment):
            read = _remembered if len(word) <= _LONGEST else _read
            here += read(word, late=named)
        found += here
        named = named or any(piece.kind in {"core", "code"} for piece in here)
        if stop:
            named = named or stop[0] == "for"
            start = stop.end()
    return tuple(found)


def _read(word: str, *, late: bool) -> tuple[Piece, ...]:
    """The pieces of an English word or a Chinese run."""
    words = lexicon()
    found = _chinese(word, words) if is_chinese(word[0]) else [_latin(word, words)]
    return tuple(replace(piece, late=True) for piece in found) if late else tuple(found)


#: Most words of a list stand in several of its lines.
_remembered = lru_cache(maxsize=8192)(_read)
#: Longer ones are no words, and not remembered.
_LONGEST = 40


def _latin(word: str, lexicon: Lexicon) -> Piece:
    if not word.isalpha() and any(char.isdigit() for char in word):
        return Piece(lexicon.kinds.get(word) or _kind_of_number(word, lexicon), 1.0, word)
    stemmed = stem(word)
    if len(word) == 1:
        return Piece("stop", 1.0, word)
    return Piece(lexicon.kinds.get(stemmed, "core"), 1.0, stemmed)


def _kind_of_number(word: str, lexicon: Lexicon) -> Kind:
    if word.isdigit() and len(word) < 3:
        return "stop"
    return "code" if lexicon.grade.fullmatch(word) else "part_number"


def _chinese(run: str, lexicon: Lexicon) -> list[Piece]:
    """Words that are known whole; what lies between them as overlapping pairs of characters."""
    found: list[Piece] = []
    start = at = 0
    while at < len(run):
        length = _known(run, at, lexicon)
        if not length:
            at += 1
            continue
        found += _unknown(run, start, at, found, lexicon)
        word = run[at : at + length]
        found.append(Piece(lexicon.kinds[word], 1.0, word))
        at += length
        start = at
    return found + _unknown(run, start, len(run), found, lexicon)


def _known(run: str, at: int, lexicon: Lexicon) -> int:
    """The length of the longest known word that starts here; 0 if none does."""
    for length in range(min(lexicon.longest, len(run) - at), 1, -1):
        if run[at : at + length] in lexicon.kinds:
            return length
    return 0


def _unknown(run: str, start: int, end: int, before: list[Piece], lexicon: Lexicon) -> list[Piece]:
    """A stretch without known words: a core, and endings that tell its shape (冷轧 + 板).

    What is left without endings must be a word, so 胶带 stays whole. The last pair of a longer core
    is its head: 花生酱 is a paste. A metal after a shape is another thing: 弹簧钢 is no spring.
    """
    last = end
    while last > start and run[last - 1] in lexicon.endings:
        last -= 1
    if last - start == 1 and run[start] not in lexicon.single:
        last = end
    core = run[start:last]
    endings = [Piece("form", 0.5, char) for char in run[last:end]]
    if len(core) == 1:
        meant = lexicon.single_means.get(core, core)
        alone = _stands_alone(run, start, end, before, lexicon)
        return [Piece("core", 1.0, meant if alone else ""), *endings]
    pairs = [core[at : at + 2] for at in range(len(core) - 1)]
    share = len(core) / 2 / max(1, len(pairs))
    heads = (len(pairs) > 1 and at == len(pairs) - 1 for at in range(len(pairs)))
    return [
        Piece("core", share, pair, head=head) for pair, head in zip(pairs, heads, strict=True)
    ] + endings


def _stands_alone(run: str, at: int, end: int, before: list[Piece], lexicon: Lexicon) -> bool:
    """Whether one character is a word by itself: a metal, unless a shape comes before it; what
    stands beside a family (废塑料) or between words that say nothing (生产用水)."""
    if run[at] in lexicon.single:
        return not before or before[-1].kind != "form"
    following = _known(run, end, lexicon) if end < len(run) else 0
    if following:
        return lexicon.kinds[run[end : end + following]] == "generic"
    return all(piece.kind == "stop" for piece in before)
