"""Headings whose numbers are for many products: `Qty per 1000 pcs`, `Cons. / dozen`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from footprint.late_pattern import late_pattern
from footprint.reading.units import MASS, dimension, unit_of
from footprint.reading.vocabulary import fold

_WORDS = {
    "dozen": 12.0, "dozens": 12.0, "doz": 12.0, "dz": 12.0, "dutzend": 12.0, "douzaine": 12.0,
    "dozzina": 12.0, "dúzia": 12.0, "duzia": 12.0, "duzine": 12.0, "düzine": 12.0,
    "lusin": 12.0, "โหล": 12.0, "дюжину": 12.0, "dozijn": 12.0, "tucet": 12.0,
    "docena": 12.0, "tuzin": 12.0, "tá": 12.0, "打": 12.0, "ダース": 12.0,
    "hundred": 100.0, "hundert": 100.0, "百": 100.0, "백": 100.0,
    "thousand": 1000.0, "milheiro": 1000.0, "тыс": 1000.0, "ribu": 1000.0, "duizend": 1000.0,
    "millar": 1000.0, "millares": 1000.0, "migliaio": 1000.0, "millier": 1000.0,
    "tysiąc": 1000.0, "tysiac": 1000.0, "centinaio": 100.0, "centaine": 100.0,
    "พัน": 1000.0, "tausend": 1000.0, "tsd": 1000.0, "mille": 1000.0, "tys": 1000.0,
    "千": 1000.0, "천": 1000.0, "万": 10000.0, "萬": 10000.0, "만": 10000.0,
}  # fmt: skip
_MANY = "|".join(sorted(_WORDS, key=len, reverse=True))
_COUNTED = "件个個台套只隻支把双雙盒瓶条條本枚개대매"
_PER = late_pattern(
    rf"(?:(?<![a-z])(?:per|je|pro|für|fuer|for|pour|por|par|на|na|за|ต่อ|cho)(?![a-z])|/|／|每|毎)\s*"
    rf"(?:(?P<count>\d[\d., ]*\d|\d)|(?P<word>{_MANY})(?![a-z]))\s*\.?\s*"
    rf"(?P<of>[{_COUNTED}]|[^\W\d_]{{1,12}})?"
    rf"|^(?:单位|單位)?(?P<each>[百千万萬])\s*[{_COUNTED}]"
    rf"|(?P<before>\d+)\s*[{_COUNTED}]\s*(?:当たり|当り|あたり|当|當|당|分|份|분)",
    re.I,
)
OF = r"(?:(?<![a-z])(?:per|pro|je|par|por|na|w)\s+|/\s*|每)"
_CONTAINER = late_pattern(
    OF
    + r"(?P<of>pallet|palette|palet|paleta|bancale|plt|carton|karton|cartone|ctn|case|crate|tray|"
    r"panel|nutzen|shipper|display|托盘|托|栈板|棧板|箱|拼板|大板|パレット|ケース|팔레트|박스)(?![a-z])",
    re.I,
)
#: Inputs of a process for a tonne of product: `Input per tonne of product`, `kg/t`, 吨耗.
_TONNE = late_pattern(
    r"(?:(?<![a-z])(?:per|je|pro|par|por|na|na|за|на)\s+(?:metric\s+|1\s*)?|[/／]\s*|每)"
    r"(?:(?:tonnes?|tons?|tonnen?|tonelada|tonnellata|tonę|tonne|tấn|тонну|mt|t)(?![a-z])|[吨噸]|トン|톤)"
    r"(?:\s*(?:of\s+)?(?:finished\s+)?(?:products?|produkt|produit|producto|prodotto|产品|成品))?|^吨耗|^吨产品消耗",
    re.I,
)
#: What stands behind `per 100 g`.
_PRODUCT = late_pattern(
    r"^\s*(?:of\s+|de\s+)?(?:the\s+)?(?:finished\s+)?(?:products?|produkt|produit|producto|prodotto|produto|"
    r"fertigprodukt|产品|成品|製品)(?![a-z])",
    re.I,
)
#: Inputs for a kilogram of product: the product has to be named, for prices are per kilogram, too.
_KILO = late_pattern(
    r"(?:(?<![a-z])(?:per|je|pro|par|por|na)\s+|[/／]\s*|每)(?:1\s*)?(?:kg|kilogram|kilo|千克|公斤)\s*"
    r"(?:of\s+)?(?:finished\s+)?(?:products?|produkt|produit|producto|prodotto|产品|成品|製品|제품)",
    re.I,
)
_BATCH = late_pattern(
    r"(?:/|\b(?:per|pro|je|par|por|na|za)\b)\s*"
    r"(?:batch|lot|charge|ansatz|partia|partie|lote|lotto|mix|melange|mezcla|mischung)\b"
    r"|每批|每釜|批用量|批投入量|バッチ|배치"
)


#: A time in which many products are made: `Annual consumption`, `t/day`, 年用量.
_PERIOD = late_pattern(
    r"(?:/|\b(?:per|pro|je|par|por|na|al)\b)\s*(?:year|annum|yr|month|week|day|shift|hour|h|jahr|"
    r"monat|woche|tag|schicht|stunde|an|mois|jour|heure|ano|mes|dia|hora|anno|mese|giorno|ora|rok|"
    r"miesiac|dzien)\b"
    r"|\b(?:annual|yearly|monthly|weekly|daily|jahres\w*|monats\w*|tages\w*|annuel\w*|annu[oa]|anual|"
    r"mensual|mensuel\w*|roczn\w*|mensal|mensile|semanal|diari[oa]|monatlich\w*|jahrlich\w*|"
    r"taglich\w*|wochentlich\w*|miesieczn\w*|mesicn\w*)\b"
    r"|[年月日](?:用量|耗|消耗|需求)|每[年月日天]|[年月]間"
)
#: So many products at once are a batch; a heading with a larger number is about something else.
_MOST = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Many:
    """For how many products (or kg of product) a heading's numbers are, and the heading without."""

    amount: float
    unit: str
    rest: str


@lru_cache(maxsize=4096)
def many_in(text: str) -> Many | None:
    """What a heading's numbers are for, where that is not one product; else None."""
    match = _PER.search(text)
    if match is None:
        return _for_a_mass(text)
    word = match["count"] or match["before"]
    many = match["word"] or match["each"] or ""
    amount = float(re.sub(r"[., ]", "", word)) if word else _WORDS[many.casefold()]
    of = match["of"] or ""
    unit = unit_of(of) or "piece"
    end = match.end()
    if of and of not in _COUNTED and unit_of(of) is None and fold(of) not in _WORDS:
        end = match.start("of") if fold(of) in {"in", "w"} else end
    if not 1 < amount <= _MOST or dimension(unit) in {"length", "area", "volume"}:
        return _for_a_mass(text)  # `lb/1000 ft` is a mass per length
    rest = f"{text[: match.start()]} {_PRODUCT.sub(' ', text[end:])}"
    rest = re.sub(r"[(（\[]\s*[)）\]]", " ", rest)
    return Many(amount, unit if unit in MASS else "piece", " ".join(rest.split()).strip(" .,:-"))


def _for_a_mass(text: str) -> Many | None:
    match = _KILO.search(text)
    amount = 1.0 if match else 1000.0
    match = match or _TONNE.search(text)
    if match is None:
        return None
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    rest = re.sub(r"[(（\[]\s*[)）\]]", " ", rest)
    return Many(amount, "kg", " ".join(rest.split()).strip(" .,:-"))


def container_in(text: str) -> str:
    """The container in a heading or key (`pallet` in `Qty per pallet`), or ""."""
    match = _CONTAINER.search(text)
    return match["of"].casefold() if match else ""


@lru_cache(maxsize=4096)
def of_a_batch(heading: str) -> bool:
    """Whether the figures below a heading are for a batch whose size it does not name."""
    return bool(_BATCH.search(fold(heading)))


@lru_cache(maxsize=4096)
def of_a_time(heading: str) -> bool:
    """Whether the figures below a heading are those of a time, in which many are made."""
    return bool(_PERIOD.search(fold(heading)))
