"""Sizes as bills of materials write them, read into the sizes of the part models.

Each reader takes a folded text (see `plain`) and gives the ids of sizes that it names, the
likeliest first, e.g. `m3x8`, `0402`, `soic-8`, `24awg`. Nothing is guessed: no size, no id.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from footprint.late_pattern import late_pattern

Reader = Callable[[str], tuple[str, ...]]

_N = r"\d+(?:\.\d+)?"
_THREAD_LENGTH = late_pattern(
    rf"(?<![a-z0-9])m\s?({_N})\s*(?:x\s*(0\.\d+|1(?:\.\d+)?|2(?:\.5)?))?\s*[x-]\s*({_N})(?![\d.])"
)
_THREAD = late_pattern(rf"(?<![a-z0-9])m\s?({_N})(?![\d.])")
_TAPPING = late_pattern(rf"(?<![a-z0-9.])(?:st|m)?\s?({_N})\s*x\s*({_N})(?![\d.])")
_PAIR = late_pattern(rf"(?<![0-9.])[dφø]?\s?({_N})\s*(?:mm)?\s*x\s*({_N})(?![\d.])")
_CHIP = late_pattern(r"(?<!\d)(01005|0201|0402|0603|0805|1206|1210|1812|2010|2512)(?!\d)")
_METRIC_CHIP = late_pattern(r"(?<!\d)(0603|1005|1608|2012|3216|3225)(?=\s*(?:metric|公制))")
_METRIC = {"0603": "0201", "1005": "0402", "1608": "0603", "2012": "0805", "3216": "1206"}
_INNER = {
    "2.2": "m2",
    "2.7": "m2p5",
    "3.2": "m3",
    "4.3": "m4",
    "5.3": "m5",
    "6.4": "m6",
    "8.4": "m8",
    "10.5": "m10",
}
_BEARING = late_pattern(
    r"(?<![a-z0-9])(?:s|mr)?(6\d{2,4})"
    r"(?:[- ]?(?:2?z{1,2}|2?rs\d?|dd|ll[bu]|open))?(?![a-z0-9])"
)
_PACKAGE = late_pattern(
    r"(?<![a-z])(soic|sop|so|tssop|lqfp|tqfp|vqfn|qfn|sot-?23)[- ]?(\d+)(w?)"
    r"(?:[-_ (]*(\d+)(?:\.0)?x(\d+)(?:\.0)?)?(?![a-z0-9])"
)
_DISCRETE = late_pattern(r"(?<![a-z])(sod-?123|sot-?23|sma|do-?214ac)(?![a-z0-9]|-\d)")
_POWER = late_pattern(r"(?<![a-z])to-?(220|252|251)|(?<![a-z])(dpak|ipak)(?![a-z])")
_AWG = late_pattern(r"(?<!\d)(\d{1,2})\s?awg|awg\s?(\d{1,2})(?!\d)")
_MM2 = late_pattern(rf"(?<![\d.])({_N})\s?(?:mm2|mm²|sqmm|平方)")
_INCH = late_pattern(rf"(?<![\d.])({_N})\s?(?:inch|in(?![a-z])|\"|''|寸|英寸)")
_GSM = late_pattern(
    r"(?<![\d.])(\d{2,3})\s?(?:gsm|g/m2|g/m²|克|g\s?(?=纸|双胶|铜版|白卡|paper|art ))"
)
_MICROMETRE = late_pattern(rf"(?<![\d.])({_N})\s?(um|μm|micron|微米|丝|c(?![a-z]))")
_SHEET = late_pattern(rf"(?<![\d.x])({_N})\s?(?:mm|毫米|厘)(?!\s*x)")


def folded_size(text: str) -> str:
    """Text folded: one width, lower case, one sign for times and for micro."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"(?<=\d)\s*[×*✕╳]\s*(?=\d)", "x", folded).replace("µ", "u").replace("μ", "u")


def _id(*numbers: str) -> str:
    return "x".join(f"{float(number):g}".replace(".", "p") for number in numbers)


def _thread_length(text: str) -> tuple[str, ...]:
    found = []
    for match in _THREAD_LENGTH.finditer(text):
        found.append(f"m{_id(match[1], match[3])}")
    return tuple(found)


def _thread(text: str) -> tuple[str, ...]:
    return tuple(f"m{_id(match[1])}" for match in _THREAD.finditer(text))


def _washer(text: str) -> tuple[str, ...]:
    """The thread, or the inner diameter that a washer of that thread has (ISO 7089)."""
    inner = [_INNER[m[0]] for m in re.finditer(_N, text) if m[0] in _INNER]
    return _thread(text) or tuple(inner)


def _tapping(text: str) -> tuple[str, ...]:
    return tuple(f"st{_id(match[1], match[2])}" for match in _TAPPING.finditer(text))


def _pair(text: str) -> tuple[str, ...]:
    return tuple(_id(match[1], match[2]) for match in _PAIR.finditer(text))


def _chip(text: str) -> tuple[str, ...]:
    """Size codes in inches, unless the text says that they are metric."""
    metric = [_METRIC[m[1]] for m in _METRIC_CHIP.finditer(text) if m[1] in _METRIC]
    return tuple(metric) or tuple(match[1] for match in _CHIP.finditer(text))


def _bearing(text: str) -> tuple[str, ...]:
    return tuple(match[1] for match in _BEARING.finditer(text))


def _package(text: str) -> tuple[str, ...]:
    found = []
    for match in _PACKAGE.finditer(text):
        family = {"sop": "soic", "so": "soic", "vqfn": "qfn", "sot23": "sot-23"}.get(
            match[1], match[1]
        )
        body = f"-{match[4]}x{match[5]}" if match[4] else ""
        found.append(f"{family}-{match[2]}{match[3]}{body}")
    return tuple(found)


def _discrete(text: str) -> tuple[str, ...]:
    names = [match[1].replace("-", "") for match in _DISCRETE.finditer(text)]
    return tuple("sma" if name == "do214ac" else name for name in names)


def _power(text: str) -> tuple[str, ...]:
    named = {"dpak": "to252", "ipak": "to251"}
    return tuple(f"to{m[1]}" if m[1] else named[m[2]] for m in _POWER.finditer(text))


def _wire(text: str) -> tuple[str, ...]:
    gauges = [f"awg{m[1] or m[2]}" for m in _AWG.finditer(text)]
    return (*gauges, *(f"{_id(m[1])}mm2" for m in _MM2.finditer(text)))


def _codes(*codes: str) -> Reader:
    pattern = re.compile(rf"(?<![\da-z])({'|'.join(codes)})(?![\d])")
    return lambda text: tuple(match[1] for match in pattern.finditer(text))


def _led(text: str) -> tuple[str, ...]:
    return (*_codes("2835", "3014", "3528", "5050")(text), *_chip(text))


def _inch(text: str) -> tuple[str, ...]:
    return tuple(f"{_id(match[1])}in" for match in _INCH.finditer(text))


def _gsm(text: str) -> tuple[str, ...]:
    return tuple(f"{match[1]}gsm" for match in _GSM.finditer(text))


def _micrometre(text: str) -> tuple[str, ...]:
    """Micrometres; 丝 and C are hundredths of a millimetre."""
    return tuple(
        f"{_id(str(float(m[1]) * (10 if m[2] in {'丝', 'c'} else 1)))}um"
        for m in _MICROMETRE.finditer(text)
    )


def _sheet(text: str) -> tuple[str, ...]:
    return tuple(f"{_id(match[1])}mm" for match in _SHEET.finditer(text))


def _motor(text: str) -> tuple[str, ...]:
    return ("nema17",) if re.search(r"nema\s?-?17|42\s?步进|42byg|42步进", text) else ()


def _alkaline(text: str) -> tuple[str, ...]:
    if re.search(r"(?<![a-z])aaa(?![a-z])|lr03|(?:七|7)号", text):
        return ("aaa",)
    return ("aa",) if re.search(r"(?<![a-z])aa(?![a-z])|lr6|(?:五|5)号", text) else ()


def _speaker(text: str) -> tuple[str, ...]:
    pairs = tuple(f"{pair}mm" for pair in _pair(text))
    return (*pairs, *(f"{_id(m[1])}mm" for m in re.finditer(rf"[dφø]?\s?({_N})\s?mm", text)))


def _nothing(_text: str) -> tuple[str, ...]:
    return ()


READERS: dict[str, Reader] = {
    "thread_length": _thread_length,
    "thread": _thread,
    "washer": _washer,
    "tapping": _tapping,
    "diameter_length": _pair,
    "chip": _chip,
    "bearing": _bearing,
    "package": _package,
    "discrete": _discrete,
    "power": _power,
    "wire": _wire,
    "crystal": _codes("2016", "2520", "3225", "5032", "7050"),
    "led": _led,
    "inch": _inch,
    "grammage": _gsm,
    "micrometre": _micrometre,
    "sheet": _sheet,
    "motor": _motor,
    "speaker": _speaker,
    "cell": _codes("18650", "21700"),
    "alkaline": _alkaline,
}


def reader(name: str) -> Reader:
    """The reader of a way of writing sizes; one that finds nothing if there is none."""
    return READERS.get(name, _nothing)
