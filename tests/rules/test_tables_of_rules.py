"""The tables behind decisions: words in both languages, orders, kinds; and comparisons at the edge.

Chinese and English words are written out as docs/zh and the laws' official terms have them.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, get_args

import pytest
from evidence import some
from rulekit import evidence, facts

from footprint.rules import answers, claim, glance, markets, nesting, registries, words
from footprint.rules.answers import answered, lacking
from footprint.rules.evidence import ReferenceName, VerifierKind
from footprint.rules.evidence_schema import _NOT_CREDITS, EvidenceFile
from footprint.rules.explain import _MARKS, _WORDS
from footprint.rules.journey import chain, progress
from footprint.rules.limits import TOLERANCE, as_good_as, at_most, lower
from footprint.rules.modules import battery, battery_reply, procurement, reply_text
from footprint.rules.predicates import PREDICATES, comparison, fairness, quantification, stated
from footprint.rules.predicates.finding import Context, Finding


def _zh(table: Any) -> dict[str, str]:
    return {name: getattr(word, "zh", word) for name, word in table.items()}


def _en(table: Any) -> dict[str, str]:
    return {name: word.en for name, word in table.items()}


# Words ------------------------------------------------------------------------------------------

CHINESE: list[tuple[Any, dict[str, str]]] = [
    (
        words.TIER_WORDS,
        {
            "disclosure": "碳足迹披露", "reduction": "减碳", "low-carbon": "低碳",
            "neutral": "碳中和",
        },
    ),
    (words.SUBJECT_WORDS, {"product": "产品", "organisation": "组织", "event": "活动"}),
    (
        words.ASPECT_WORDS,
        {
            "function": "功能", "boundary": "边界", "method": "方法", "pcr": "产品种类规则",
            "region": "地区", "product_code": "产品编码",
        },
    ),
    (
        words.UNIT_ZH,
        {
            "liter": "升", "kilogram": "千克", "cubic meter": "立方米", "kilowatt hour": "千瓦时",
            "megajoule": "兆焦", "ton kilometer": "吨公里", "square meter": "平方米",
            "piece": "件", "hour": "小时", "megabit second": "兆比特秒",
        },
    ),
    (
        quantification._BOUNDARIES,
        {
            "cradle-to-gate": "从摇篮到大门", "cradle-to-grave": "从摇篮到坟墓",
            "organisation": "组织", "event": "活动",
        },
    ),
    (
        quantification._KINDS,
        {
            "third-party": "独立第三方", "accredited-body": "获认可机构",
            "registered-verifier": "注册核查员或机构", "scheme-operator": "计划运营方",
            "certified-system": "经认证的内部体系", "self": "自行核查",
        },
    ),
    (
        stated._KIND_ZH,
        {"functional": "功能单位", "declared": "声明单位", "smallest-sales-unit": "最小销售单位"},
    ),
    (
        nesting.VERDICT_WORDS,
        {
            "allowed": "允许", "conditional": "有条件允许", "prohibited": "禁止",
            "not_covered": "未涉及", "unknown": "未知",
        },
    ),
    (markets.AUDIENCE_WORDS, {"consumer": "消费者", "business": "企业"}),
    (markets.NATURE_WORDS, {"law": "法", "standard": "自愿性标准", "guide": "指南"}),
    (
        markets._BOUNDARY,
        {
            "cradle-to-gate": "从摇篮到大门", "cradle-to-grave": "从摇篮到坟墓",
            "organisation": "按该组织所述边界", "event": "按该活动所述边界",
        },
    ),
    (
        chain.STEP_WORDS,
        {
            "quantify": "摸清家底", "plan": "规划管理", "reduce": "实施减排", "offset": "抵消中和",
            "disclose": "信息披露",
        },
    ),
    (
        progress.LEVERS,
        {"management": "管理降碳", "structure": "结构降碳", "technology": "技术降碳"},
    ),
    (
        battery._DUTY_WORDS,
        {"declaration": "碳足迹声明", "class": "碳足迹性能等级", "maximum": "碳足迹最大限值"},
    ),
    (
        claim._MARGIN_WORDS,
        {
            "supported": "超出所述不确定度", "within-uncertainty": "处于不确定度范围内",
            "not-stated": "未说明可信程度",
        },
    ),
    (
        fairness.REFERENCE_WORDS,
        {
            "previous": "上一次足迹", "previous_certified": "上一次认证足迹",
            "base_year": "基准年", "baseline_certified": "认证基线",
            "market_dominant": "市场主流产品", "reference_group": "参照组",
            "category_mean_6y": "同类产品六年均值", "category_quantile": "同类产品分位值",
            "announced_benchmark": "已公布的基准值", "fossil_comparator": "化石参照物",
            "purchase_limit": "采购限值",
        },
    ),
    (
        reply_text.KEYS_ZH,
        {
            "law": "法律", "name": "名称", "about": "说明", "as_of": "日期", "facts": "条目数",
            "stale_facts": "久未查阅的条目数", "category": "类别", "covered": "是否涵盖",
            "duties": "义务", "declared": "申报值", "kg_co2e_per_kwh": "每千瓦时 kg CO2e",
            "by_stage": "按阶段", "declaration": "声明", "must_hold": "须包含", "key": "键",
            "says": "内容", "lacks": "尚缺", "class": "性能等级", "maximum": "最大限值",
            "passport": "护照", "battery_category": "电池类别", "battery_model": "电池型号",
            "manufacturer": "制造商", "manufacturing_place": "制造地",
            "carbon_footprint_kg_co2e_per_kwh": "碳足迹（每千瓦时 kg CO2e）",
            "carbon_footprint_by_stage": "碳足迹（按阶段）",
            "carbon_footprint_performance_class": "碳足迹性能等级",
            "declaration_of_conformity": "符合性声明", "public_study": "公开研究报告",
            "raw-material": "原材料", "production": "生产", "distribution": "分销",
            "end-of-life": "寿命终止", "reply": "答复", "since": "起始日", "confidence": "可信度",
            "sources": "来源", "title": "标题", "article": "条款", "url": "网址",
            "host": "页面性质", "applies": "是否适用", "scope": "范围", "sector": "行业",
            "not_a_footprint": "提示", "unit": "单位", "gases": "气体",
            "indirect_counts": "间接排放是否计入", "threshold": "门槛", "actual": "实际值",
            "direct_t_co2e": "直接排放（t CO2e）", "indirect_t_co2e": "间接排放（t CO2e）",
            "per": "每", "default": "默认值", "value": "数值", "year": "年份", "source": "来源",
            "with_mark_up": "加成后", "mark_up": "加成", "update_within_months": "更新期限（月）",
            "shown": "展示方式", "climate": "气候分项", "ratio": "比值", "points": "点数",
            "keeps": "是否符合限值", "value_kg_co2e": "产品数值（kg CO2e）",
            "limit_kg_co2e": "限值（kg CO2e）", "reasons": "理由", "verdict": "判定",
            "missing": "未提供", "changes": "最小改变", "subject": "对象", "kind": "类型",
            "rule": "规则", "reduce_first": "须先减排", "scheme": "计划", "at": "当前步骤",
            "next": "下一步", "steps": "步骤", "step": "步骤", "day": "日期", "progress": "进展",
            "kg": "kg CO2e", "goal_kg": "目标（kg CO2e）",
            "percent_below_base": "低于基准年（%）", "on_path": "是否达标", "levers": "降碳手段",
            "management": "管理降碳", "structure": "结构降碳", "technology": "技术降碳",
            "measures": "措施数", "saved_kg": "减少量（kg CO2e/年）",
        },
    ),
    (
        reply_text._WORDS_ZH,
        {
            "yes": "是", "no": "否", "not_yet": "尚未", "unknown": "未知", "pass": "通过",
            "fail": "未通过", "official": "官方", "publisher": "发布者",
            "secondary": "非原始页面", "product": "产品", "organisation": "组织", "event": "活动",
            "H": "高", "M": "中", "L": "低",
        },
    ),
]  # fmt: skip
#: The English of each is its name, or begins with one of its words.
ENGLISH = [
    words.TIER_WORDS, words.SUBJECT_WORDS, words.ASPECT_WORDS, chain.STEP_WORDS, progress.LEVERS,
    markets.AUDIENCE_WORDS, markets.NATURE_WORDS, fairness.REFERENCE_WORDS, markets._BOUNDARY,
]  # fmt: skip


@pytest.mark.parametrize(("table", "expected"), CHINESE)
def test_chinese_words_stand_with_what_they_mean(table: Any, expected: dict[str, str]) -> None:
    assert _zh(table) == expected


@pytest.mark.parametrize("table", ENGLISH)
def test_english_words_are_the_names_that_are_written(table: Any) -> None:
    for name, said in _en(table).items():
        spelt = {"pcr": "product category rule", "category_mean_6y": "six-year category mean"}
        plain = spelt.get(name, name).replace("_", " ")
        plain = plain.replace("previous certified", "previous certified footprint")
        plain = plain.replace("baseline certified", "certified baseline")
        if name not in {"market_dominant", "purchase_limit"}:
            assert plain.replace("-", " ") in said.replace("-", " "), (name, said)
    others = fairness.REFERENCE_WORDS
    assert others["market_dominant"].en == "the market-dominant product"
    assert others["purchase_limit"].en == "the limit of the purchase"


def test_english_words_that_say_more_than_the_name() -> None:
    assert _en(nesting.VERDICT_WORDS) == {
        "allowed": "allowed",
        "conditional": "allowed under conditions",
        "prohibited": "prohibited",
        "not_covered": "not covered",
        "unknown": "unknown",
    }
    assert _en(battery._DUTY_WORDS) == {
        "declaration": "a carbon footprint declaration",
        "class": "a carbon footprint performance class",
        "maximum": "a maximum carbon footprint",
    }
    assert _en(claim._MARGIN_WORDS) == {
        "supported": "more than the stated uncertainty",
        "within-uncertainty": "within uncertainty",
        "not-stated": "how sure is not stated",
    }


def test_the_words_of_explanations_in_both_languages() -> None:
    assert _MARKS == {"pass": "✓", "fail": "✗", "unknown": "?"}
    english = {
        "pass": "pass", "fail": "fail", "unknown": "unknown", "allowed": "allowed",
        "conditional": "allowed under conditions", "prohibited": "prohibited",
        "not_covered": "not covered", "consumer": "to consumers", "business": "to businesses",
        "claim": "Claim", "ends": "Holds at most until", "missing": "Not supplied",
        "confirm": "Confirm first", "markets": "Where it may be said", "wording": "may say",
        "source": "source", "low": "unconfirmed", "changes": "Smallest changes",
        "lifts": "lifts the tier", "statistics": "Beside the letter of the scheme",
    }  # fmt: skip
    chinese = {
        "pass": "通过", "fail": "不通过", "unknown": "未知", "allowed": "允许",
        "conditional": "有条件允许", "prohibited": "禁止", "not_covered": "未涉及",
        "consumer": "面向消费者", "business": "面向企业", "claim": "声明", "ends": "最迟有效至",
        "missing": "未提供", "confirm": "须先核实", "markets": "何处可以使用",
        "wording": "可用表述", "source": "来源", "low": "未经确认", "changes": "最小改变",
        "lifts": "即可取得该等级", "statistics": "方案条文之外",
    }  # fmt: skip
    assert {"en": english, "zh": chinese} == _WORDS


def test_members_of_a_reply_whose_values_are_words_of_a_list() -> None:
    listed = {"reply", "keeps", "verdict", "host", "on_path", "kind", "confidence"}
    assert listed == reply_text._LISTED
    for name in some(sorted(listed)):
        assert list(reply_text.reply_lines({name: "yes"}, True)) == [
            f"{_zh(reply_text.KEYS_ZH)[name]}：是"
        ]


def test_places_at_a_glance_are_led_in_by_their_verdict() -> None:
    assert glance._LEADS == (
        ("allowed", "May be shown", "可以使用"),
        ("conditional", "May be shown under conditions", "有条件使用"),
        ("prohibited", "May not be shown", "不得使用"),
        ("unknown", "Not known", "尚不清楚"),
        ("not_covered", "No rule speaks about it", "无规定涉及"),
    )
    assert (glance._AUDIENCES) == {
        "consumer": ("consumers", "消费者"),
        "business": ("businesses", "企业"),
    }
    assert set(markets._AUDIENCES) == {"consumer", "business"}
    assert nesting._STRICT == ("prohibited", "unknown", "conditional", "allowed", "not_covered")


# Evidence and answers ---------------------------------------------------------------------------

#: Members of an evidence file by the form in which they are asked for.
FORMS = {
    "choice": "sales_channel audience unit_kind renewal",
    "text": "function region product_code product_category named_boundary pcr",
    "number": "units_sold",
    "list": "methods",
    "verification": "verification",
    "document": "plans publications",
    "reference": "references",
    "credits": "credits",
    "tiers": "tiers_held",
}


def test_each_member_is_asked_for_in_its_form() -> None:
    expected = {name: form for form, names in FORMS.items() for name in names.split()}
    assert expected == answers._FORMS
    assert set(expected) <= set(EvidenceFile.model_fields)
    assert {"plans", "publications", "references"} == answers._NAMED
    assert {"credits", "tiers"} == answers._LISTS


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("pcr", {"pcr": "absent"}),
        ("plans.path", {"plans": {"path": "absent"}}),
        ("publications.report", {"publications": {"report": "absent"}}),
        ("references.previous", {"references": {"previous": "absent"}}),
        ("credits", {"credits": []}),
        ("tiers_held", {"tiers_held": []}),
        ("verification", {"verification": {"kind": "self"}}),
    ],
)
def test_what_does_not_exist_is_written_in_its_own_way(key: str, written: Any) -> None:
    assert lacking({}, key) == written
    EvidenceFile.model_validate(written)
    assert set(answers._NONE) == {
        *("pcr", "plans", "publications", "references", "credits", "tiers_held", "verification")
    }


@pytest.mark.parametrize(
    ("key", "given", "written"),
    [
        ("renewal", {"value": "yes"}, {"renewal": True}),
        ("renewal", {"value": "no"}, {"renewal": False}),
        ("audience", {"value": "business"}, {"audience": "business"}),
        ("function", {"value": " yes "}, {"function": "yes"}),
        ("methods", {"value": "ISO 14067， PAS 2050,"}, {"methods": ["ISO 14067", "PAS 2050"]}),
        ("plans.path", {"date": "2026-01-01"}, {"plans": {"path": {"date": "2026-01-01"}}}),
    ],
)
def test_an_answer_is_written_where_it_belongs(key: str, given: Any, written: Any) -> None:
    assert answered({}, key, given) == written


def test_credits_and_tiers_are_added_to_those_before() -> None:
    first = answered({}, "credits", {"tonnes": "1"})
    assert len(answered(first, "credits", {"tonnes": "2"})["credits"]) == 2


def test_what_is_no_credit_is_refused_for_its_own_reason() -> None:
    reason = {
        "allowance": "permit to emit",
        "avoided-emission": "spares",
        "green-power": "electricity",
    }
    assert set(_NOT_CREDITS) == set(reason)
    assert all(reason[kind] in says for kind, says in _NOT_CREDITS.items())


# Comparisons ------------------------------------------------------------------------------------


def test_values_of_the_product_itself_are_never_younger_than_it() -> None:
    own = {"previous", "previous_certified", "base_year", "baseline_certified"}
    assert own == fairness._OWN
    assert set(fairness.REFERENCE_WORDS) == set(get_args(ReferenceName))
    assert set(quantification._KINDS) == set(get_args(VerifierKind))


def test_each_aspect_is_compared_with_its_own_side() -> None:
    aspects = {"function", "boundary", "method", "pcr", "region", "product_code"}
    assert set(fairness._SAME) == aspects == set(words.ASPECT_WORDS)
    assert {
        **{name: name for name in ("function", "pcr", "region", "product_code")},
        "method": "methods",
    } == fairness._OWN_SIDE


@pytest.mark.parametrize("aspect", ["function", "boundary", "pcr", "region", "product_code"])
def test_an_aspect_agrees_where_it_and_only_it_is_the_same(aspect: str) -> None:
    names = ("function", "boundary", "pcr", "region", "product_code")
    own = {name: f"own {name}" for name in names}
    context: Any = SimpleNamespace(evidence=SimpleNamespace(**own), facts=SimpleNamespace(**own))
    other = {name: f"other {name}" for name in names}
    alike: Any = SimpleNamespace(**other | {aspect: own[aspect]})
    apart: Any = SimpleNamespace(**own | {aspect: other[aspect]})
    compare = fairness._SAME[aspect]  # type: ignore[index]
    assert compare(alike, context) is True
    assert compare(apart, context) is False


def test_metrics_and_predicates_have_their_own_functions() -> None:
    assert {name: one.__name__ for name, one in comparison._METRICS.items()} == {
        "intensity": "_intensity", "absolute": "_absolute"
    }  # fmt: skip
    spelt = {"credits": "programmes"}
    for name, predicate in some(PREDICATES.items()):
        functions = [
            getattr(predicate, one.name)
            for one in dataclasses.fields(predicate)
            if getattr(getattr(predicate, one.name), "__name__", "").islower()
        ]
        assert [one.__name__ for one in functions] == [spelt.get(name, name)]
    assert dict(procurement._PREDICATE) == {
        "limit": "below", "checked": "verified", "primary": "primary_data"
    }  # fmt: skip


def test_a_limit_is_kept_up_to_the_noise_and_no_further() -> None:
    limit = Decimal(2)
    edge = limit + TOLERANCE * limit
    assert as_good_as(edge, limit)
    assert at_most(edge, limit)
    assert not as_good_as(edge + Decimal("1e-20"), limit)
    assert not at_most(edge + Decimal("1e-20"), limit)
    below = limit - TOLERANCE * limit
    assert not lower(below, limit)
    assert lower(below - Decimal("1e-20"), limit)
    assert not lower(limit, limit)


def _finding(value: str, *, strict: bool, day: str = "2024-12-31", **more: Any) -> Finding:
    reference = {"value": value, "per": "1 piece", "boundary": "cradle-to-grave", "gwp_set": "AR6",
                 "function": "boil", "date": day}  # fmt: skip
    raw = {"function": "boil", "references": {"previous": reference}}
    asked = {"ref": "previous", "by": 0, "same": ["function"], "strict": strict} | more
    predicate = PREDICATES["below"]
    arguments = predicate.arguments.model_validate(asked)
    return predicate.check(arguments, Context(facts(), evidence(raw), "scheme", date(2026, 6, 30)))


@pytest.mark.parametrize(
    ("value", "says", "verdicts"),
    [
        ("4", "50.00 % below the previous footprint", ("pass", "pass")),
        ("2", "equal to the previous footprint", ("pass", "fail")),
        ("1.6", "25.00 % above the previous footprint", ("fail", "fail")),
    ],
)
def test_a_comparison_says_below_or_above(value: str, says: str, verdicts: Any) -> None:
    found = [_finding(value, strict=strict) for strict in (False, True)]
    assert tuple(one.verdict for one in found) == verdicts
    assert all(one.says.en.startswith(says) for one in found), found[0].says.en


@pytest.mark.parametrize(
    ("day", "months", "verdict"),
    [
        ("2025-12-31", 12, "pass"),
        ("2024-12-31", 12, "pass"),
        ("2024-12-31", 11, "fail"),
        ("2024-12-30", 12, "fail"),
    ],
)
def test_a_reference_is_near_enough_to_the_end_of_the_data(
    day: str, months: int, verdict: str
) -> None:
    assert _finding("4", strict=False, day=day, within_months=months).verdict == verdict


# Journeys, laws and registries ------------------------------------------------------------------


def test_what_comes_before_each_step() -> None:
    assert dict(chain.BEFORE) == {
        "quantify": (),
        "plan": ("quantify",),
        "reduce": ("quantify", "plan"),
        "offset": ("quantify", "plan"),
        "disclose": ("quantify",),
    }
    assert dict(chain.BEFORE_LABEL) == {
        "disclosure": (),
        "reduction": ("plan", "reduce"),
        "low-carbon": (),
        "neutral": ("plan", "offset"),
    }


def test_a_step_says_which_steps_it_waits_for() -> None:
    day = date(2026, 1, 1)
    begun = chain.Chain(False).take(chain.TakenStep("quantify", day))
    objection = begun.objection(chain.TakenStep("reduce", day))
    assert objection is not None
    assert (objection.en, objection.zh) == ("before it comes: plan", "此前须先完成：规划管理")
    assert (
        begun.take(chain.TakenStep("plan", day)).objection(chain.TakenStep("reduce", day)) is None
    )
    assert begun.next_steps == ("quantify", "plan", "disclose")


def test_stages_of_a_battery_are_those_of_annex_ii() -> None:
    assert battery.STAGES == ("raw-material", "production", "distribution", "end-of-life")
    assert dict(battery.STAGE_OF) == {
        **dict.fromkeys(("material", "inbound_transport", "packaging"), "raw-material"),
        **dict.fromkeys(("production", "direct_emission", "waste"), "production"),
        "distribution": "distribution",
        "end_of_life": "end-of-life",
        "use": None,
    }
    assert battery_reply._DUTIES == ("declaration", "class", "maximum")


@pytest.mark.parametrize(
    ("one", "other"), [("0", "o"), ("1", "l"), ("i", "l"), ("rn", "m"), ("vv", "w")]
)
def test_names_that_look_the_same_are_told_apart_by_nobody(one: str, other: str) -> None:
    assert (one, other) in registries._SAME_TO_THE_EYE
    assert len(registries._SAME_TO_THE_EYE) == 5
