"""Embedded emissions under the EU's border adjustment (CBAM), Regulation (EU) 2023/956.

Specific embedded emissions are those of the plant and of listed precursors, with direct and
indirect emissions apart. They are no product carbon footprint: no transport, no other materials.
So nothing here takes a footprint or gives one, and no number here may be called one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from types import MappingProxyType

from footprint.country_names import country_code
from footprint.faults import InputRefused, Where
from footprint.rules import faults
from footprint.rules.modules.cbam_law import CbamLaw, Goods, Sector, SectorEntry
from footprint.rules.modules.law import AnswerOfLaw, Reply, answer
from footprint.rules.places import union_places
from footprint.rules.words import EXACT, exact_text

#: Codes shorter than a heading say nothing that the annex could be compared with.
_LEAST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class GoodsScope:
    """Whether goods are in scope, and how they are counted if so."""

    answer: AnswerOfLaw
    sector: Sector | None = None
    goods: Goods | None = None


@dataclass(frozen=True, slots=True)
class Embedded:
    """Specific embedded emissions, t CO2e per `unit` of goods; `indirect` is None where indirect
    emissions do not count. This is not a product carbon footprint."""

    direct: Decimal
    indirect: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Precursor:
    """A listed input: how much of it (in its own unit) and its embedded emissions, t CO2e per unit.

    Leave out inputs that are not goods of Annex I, and those from exempt countries of origin.
    """

    cn: str
    amount: Decimal
    embedded: Embedded


def goods_scope_of(law: CbamLaw, cn_code: str, origin: str = "") -> GoodsScope:
    """Whether goods of a CN code are in scope (Annex I), with the country of origin if given.

    Unknown where the code is too short to decide, or where only a part of it is listed.
    """
    # Full-width digits are digits; other scripts' digits are refused, not left unfound. Tariffs
    # divide codes by blanks or points.
    wide = unicodedata.normalize("NFKC", cn_code)
    digits = "".join(char for char in wide if not char.isspace() and char != ".")
    if not (digits.isascii() and digits.isdigit()) or not _LEAST_DIGITS <= len(digits) <= 8:
        raise faults.CBAM_INPUT.refuse(f"'{cn_code}' is no CN code of four to eight digits.")
    country = country_code(origin)
    if origin and not country:
        raise faults.CBAM_INPUT.refuse(
            f"'{origin}' is no country.", hint="Give its code (ISO 3166) or its name, such as CN."
        )
    if country in union_places().members("EU"):
        says = f"goods originating in {country} are goods of the Union"
        return GoodsScope(answer(law.origins, "no", says, f"原产于 {country} 的货物是欧盟货物"))
    if country in law.origins.exempt:
        says = f"goods originating in {country} are outside the scope"
        return GoodsScope(answer(law.origins, "no", says, f"原产于 {country} 的货物不在范围"))
    for entry in law.sectors:
        for goods in entry.goods:
            reply = _covers(goods, digits)
            if reply != "no":
                return GoodsScope(_told(entry, goods, reply), entry.sector, goods)
    fact = law.sectors[0]
    return GoodsScope(answer(fact, "no", "not among the goods of Annex I", "不在附件一货物之列"))


def _covers(goods: Goods, digits: str) -> Reply:
    if any(digits.startswith(code) for code in goods.excluded):
        return "no"
    if digits.startswith(goods.cn):
        undecided = any(code.startswith(digits) for code in goods.excluded) or goods.only
        return "unknown" if undecided else "yes"
    return "unknown" if goods.cn.startswith(digits) else "no"


#: Chinese names of the sectors.
SECTOR_ZH: Mapping[Sector, str] = MappingProxyType(
    {
        "cement": "水泥",
        "electricity": "电力",
        "fertilisers": "化肥",
        "iron-and-steel": "钢铁",
        "aluminium": "铝",
        "hydrogen": "氢",
    }
)


def _told(entry: SectorEntry, goods: Goods, reply: Reply) -> AnswerOfLaw:
    if reply == "yes":
        return answer(
            entry, "yes", f"in scope: {entry.sector}", f"在范围内：{SECTOR_ZH[entry.sector]}"
        )
    if goods.only is not None:
        en, zh = goods.only.en, goods.only.zh
        return answer(entry, "unknown", f"in scope only: {en}", f"仅在范围内：{zh}")
    return answer(entry, "unknown", "give all eight digits of the code", "请提供八位编码")


def threshold_reached(law: CbamLaw, sector: Sector, tonnes_in_year: Decimal | None) -> AnswerOfLaw:
    """Whether an importer is above the mass threshold of a calendar year. Above it, all of the
    year counts. `tonnes_in_year`: net mass of all goods in scope but electricity and hydrogen."""
    fact = law.threshold
    least = exact_text(fact.tonnes)
    if sector in fact.not_for:
        return answer(fact, "yes", f"no threshold for {sector}", f"{sector} 无门槛")
    if tonnes_in_year is None:
        says = "the net mass imported in the year is needed"
        return answer(fact, "unknown", says, "须提供该年进口净重")
    if tonnes_in_year > fact.tonnes:
        return answer(fact, "yes", f"above {least} t in the year", f"当年超过 {least} t")
    return answer(fact, "no", f"not above {least} t in the year", f"当年未超过 {least} t")


def applies_on(law: CbamLaw, day: date) -> AnswerOfLaw:
    """Whether the definitive rules apply on a day."""
    since = law.application.since
    if day >= since:
        return answer(law.application, "yes", f"applies since {since}", f"自 {since} 起适用", since)
    return answer(law.application, "not_yet", f"applies from {since}", f"自 {since} 起适用", since)


def specific_embedded_emissions(
    law: CbamLaw,
    goods: Goods,
    activity_level: Decimal,
    direct_t: Decimal,
    indirect_t: Decimal | None = None,
    precursors: Iterable[Precursor] = (),
) -> Embedded:
    """SEE = (attributed emissions + sum of m x SEE of precursors) / activity level.

    Regulation (EU) 2023/956, Annex IV, 2 and 3, for direct and indirect emissions apart. The
    activity level is in the unit of the goods, emissions in t CO2e. Raises InputRefused (RUL-031)
    where indirect emissions count and are not given, here or for a precursor, or where a precursor
    is not among the goods of Annex I.
    """
    inputs = tuple(precursors)
    problems = tuple(_problems(law, goods, activity_level, indirect_t, inputs))
    if problems:
        raise InputRefused(faults.CBAM_INPUT.at(Where("goods"), text) for text in problems)
    with localcontext(EXACT):
        direct = direct_t + sum((p.amount * p.embedded.direct for p in inputs), Decimal(0))
        if goods.direct_only or indirect_t is None:
            return Embedded(direct / activity_level, None, goods.unit)
        indirect = indirect_t + sum(
            (p.amount * p.embedded.indirect for p in inputs if p.embedded.indirect is not None),
            Decimal(0),
        )
        return Embedded(direct / activity_level, indirect / activity_level, goods.unit)


def _problems(
    law: CbamLaw,
    goods: Goods,
    activity_level: Decimal,
    indirect_t: Decimal | None,
    precursors: tuple[Precursor, ...],
) -> Iterable[str]:
    if activity_level <= 0:
        yield "The activity level is above zero."
    if not goods.direct_only and indirect_t is None:
        yield "Indirect emissions count for these goods and are not given."
    for precursor in precursors:
        scope = goods_scope_of(law, precursor.cn)
        if scope.answer.reply != "yes" or scope.goods is None:
            yield f"'{precursor.cn}' is not a precursor of Annex I: {scope.answer.says}."
        elif (
            not goods.direct_only
            and not scope.goods.direct_only
            and precursor.embedded.indirect is None
        ):
            yield f"Indirect emissions of the precursor '{precursor.cn}' are not given."


def weighted_mean(lots: Iterable[tuple[Decimal, Embedded]]) -> Embedded:
    """The mean of precursors from several plants or years, weighted by amount (Implementing
    Regulation (EU) 2025/2547, recitals 27 and 28). All lots are in one unit and count alike."""
    known = tuple(lots)
    total = sum((amount for amount, _ in known), Decimal(0))
    units = {each.unit for _, each in known}
    apart = {each.indirect is None for _, each in known}
    if total <= 0 or len(units) != 1 or len(apart) != 1:
        raise faults.CBAM_INPUT.refuse(
            "Lots need amounts above zero, one unit, and the same parts."
        )
    with localcontext(EXACT):
        direct = sum((amount * each.direct for amount, each in known), Decimal(0)) / total
        shares = [(amount, each.indirect) for amount, each in known if each.indirect is not None]
        indirect = (
            sum((amount * value for amount, value in shares), Decimal(0)) / total
            if shares
            else None
        )
    return Embedded(direct, indirect, units.pop())


def marked_up(
    law: CbamLaw, default: Decimal, sector: Sector, year: int
) -> tuple[Decimal, AnswerOfLaw]:
    """A default value of the importer's table (t CO2e per unit) with the mark-up of the year.

    Raises InputRefused (RUL-031) for a year before the definitive period.
    """
    entry = next((e for e in reversed(law.mark_ups) if e.from_year <= year), None)
    if entry is None:
        raise faults.CBAM_INPUT.refuse(f"No mark-up is recorded for {year}.")
    share = entry.sectors.get(sector, entry.share)
    shown = exact_text(share * 100)
    told = answer(entry, "yes", f"mark-up of {shown} %", f"加成 {shown} %")
    with localcontext(EXACT):
        return default * (1 + share), told
