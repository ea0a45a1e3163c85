"""How the number was made: boundary, method, verification, age of the data."""

from __future__ import annotations

from footprint.rules.arguments import BoundaryOf, DataAge, Method, PrimaryData, Verified
from footprint.rules.evidence import ABSENT, Verification
from footprint.rules.predicates.finding import (
    Context,
    Finding,
    add_months,
    failed,
    not_supplied,
    not_understood,
    passed,
    unknown,
)
from footprint.rules.synonyms import accepts
from footprint.rules.words import Bilingual, exact_text, percent_beside

_BOUNDARIES = {
    "cradle-to-gate": Bilingual("from cradle to gate", "从摇篮到大门"),
    "cradle-to-grave": Bilingual("from cradle to grave", "从摇篮到坟墓"),
    "organisation": Bilingual("an organisation", "组织"),
    "event": Bilingual("an event", "活动"),
}
_CHANNELS = {
    "b2c": Bilingual("sales to consumers", "面向消费者的销售"),
    "b2b": Bilingual("sales to businesses", "面向企业的销售"),
}
_KINDS = {
    "third-party": Bilingual("an independent third party", "独立第三方"),
    "accredited-body": Bilingual("an accredited body", "获认可机构"),
    "registered-verifier": Bilingual("a registered verifier", "注册核查员或机构"),
    "scheme-operator": Bilingual("the scheme's operator", "计划运营方"),
    "certified-system": Bilingual("a certified system", "经认证的内部体系"),
    "self": Bilingual("the supplier itself", "自行核查"),
}


def boundary(asked: BoundaryOf, context: Context) -> Finding:
    """Whether the life-cycle stages covered suit the sales channel."""
    if asked.named is not None:
        return _named_boundary(asked.named, context)
    have = context.facts.boundary
    if context.facts.subject != "product":
        return passed("it states its own boundary", "其边界由自身说明")
    reach, channel = _BOUNDARIES[have], context.evidence.sales_channel
    if channel is None:
        if asked.b2c and asked.b2b and have not in (*asked.b2c, *asked.b2b):
            return failed(
                f"{reach.en} suits sales neither to consumers nor to businesses",
                f"{reach.zh}既不适用于面向消费者的销售，也不适用于面向企业的销售",
            )
        if asked.b2c and asked.b2b and have in asked.b2c and have in asked.b2b:
            return passed(
                f"{reach.en} suits sales to consumers and to businesses",
                f"{reach.zh}适用于面向消费者和面向企业的销售",
            )
        return not_supplied("sales_channel")
    sold, accepted = _CHANNELS[channel], asked.b2c if channel == "b2c" else asked.b2b
    if accepted is None:
        return unknown(f"no rule is known for {sold.en}", f"{sold.zh}的规则尚不清楚")
    if have in accepted:
        return passed(f"{reach.en} suits {sold.en}", f"{reach.zh}适用于{sold.zh}")
    need = " or ".join(_BOUNDARIES[name].en for name in accepted)
    need_zh = "或".join(_BOUNDARIES[name].zh for name in accepted)
    return failed(
        f"the footprint reaches {reach.en}; {sold.en} need {need}",
        f"足迹边界为{reach.zh}；{sold.zh}须为{need_zh}",
    )


def _named_boundary(wanted: str, context: Context) -> Finding:
    given = context.evidence.named_boundary
    if given is None:
        return not_supplied("named_boundary")
    understood = accepts("boundaries", given, (wanted,))
    if understood:
        return passed(f"confirmed: {given}", f"已确认：{given}")
    if understood is None:
        return not_understood(given, wanted)
    return failed(f"confirmed: {given}; needed: {wanted}", f"已确认：{given}；须为：{wanted}")


def primary_data(asked: PrimaryData, context: Context) -> Finding:
    """Whether enough of the footprint, by absolute contribution, rests on primary data."""
    have = context.facts.primary_share
    if have is None:
        return not_supplied("footprint.quality.primary_data_share")
    need = f"{exact_text(asked.at_least * 100)} %"
    shown = percent_beside(have, asked.at_least, strict=False)
    says = f"{shown} from primary data; at least {need} is needed"
    says_zh = f"初级数据占 {shown}；至少须 {need}"
    return passed(says, says_zh) if have >= asked.at_least else failed(says, says_zh)


def method(asked: Method, context: Context) -> Finding:
    """Whether an accepted standard was followed, and a product category rule where demanded."""
    methods, pcr = context.evidence.methods, context.evidence.pcr
    if methods is not None:
        understood = [accepts("standards", given, asked.any) for given in methods]
        if True not in understood:
            have, need = ", ".join(methods) or "-", ", ".join(asked.any)
            if None in understood:
                return not_understood(have, need)
            return failed(f"followed: {have}; accepted: {need}", f"采用：{have}；接受：{need}")
        if pcr is ABSENT and asked.pcr == "required":
            return failed(
                "a product category rule is required and none exists",
                "必须有产品种类规则，但并不存在",
            )
    missing = [] if methods is not None else ["methods"]
    if asked.pcr != "not_asked" and pcr is None:
        missing.append("pcr")
    if missing:
        if asked.pcr == "required" and pcr is ABSENT:
            return failed(
                "a product category rule is required and none exists",
                "必须有产品种类规则，但并不存在",
            )
        return not_supplied(*missing)
    followed = ", ".join(methods or ())
    return passed(f"followed: {followed}", f"采用：{followed}")


def verified(asked: Verified, context: Context) -> Finding:
    """Whether an accepted kind of verifier checked the footprint, after the end of its period and
    recently enough."""
    statement = context.evidence.verification
    if statement is None:
        return not_supplied("verification")
    refusal = _statement_refusal(statement, asked, context)
    if refusal is not None:
        return refusal
    day = statement.date
    missing = [f"verification.{name}" for name in ("kind", "date") if not getattr(statement, name)]
    if asked.level is not None and statement.level is None:
        missing.append("verification.level")
    if context.facts.period_end is None:
        missing.append("footprint.product.period_end")
    if missing:
        return not_supplied(*missing)
    who, kind = f" ({statement.by})" if statement.by else "", _KINDS[statement.kind or "self"]
    if statement.confirmed:
        return passed(
            f"verified by {kind.en}{who}, signed statement {statement.statement} of {day}",
            f"经{kind.zh}核查{who}，已签名声明 {statement.statement}，{day}",
        )
    return passed(
        f"the supplier states a check on {day} by {kind.en}{who}",
        f"供应方称 {day} 由{kind.zh}核查{who}",
    )


def _statement_refusal(
    statement: Verification, asked: Verified, context: Context
) -> Finding | None:
    """Why a statement cannot serve, from what it says; None if nothing speaks against it."""
    kinds = ", ".join(_KINDS[kind].en for kind in asked.any)
    kinds_zh = "、".join(_KINDS[kind].zh for kind in asked.any)
    if statement.kind is not None and statement.kind not in asked.any:
        return failed(
            f"the supplier states a check by {_KINDS[statement.kind].en}; accepted: {kinds}",
            f"供应方所称核查方：{_KINDS[statement.kind].zh}；接受：{kinds_zh}",
        )
    if asked.level == "reasonable" and statement.level == "limited":
        return failed(
            "reasonable assurance is needed, limited was given", "须合理保证，现为有限保证"
        )
    day = statement.date
    if day is not None and day > context.as_of:
        return failed(
            f"the statement is dated {day}, in the future", f"核查声明日期 {day} 晚于判定日"
        )
    end = context.facts.period_end
    if day is not None and end is not None and day < end:
        return failed(
            f"the statement is dated {day}, before the data end on {end}",
            f"核查声明日期 {day} 早于数据截止日 {end}",
        )
    if day is not None and asked.every_months is not None:
        until = add_months(day, asked.every_months)
        if until < context.as_of:
            return failed(
                f"the statement of {day} is older than {asked.every_months} months",
                f"{day} 的核查声明已超过 {asked.every_months} 个月",
            )
    return None


def data_age(asked: DataAge, context: Context) -> Finding:
    """Whether the footprint's period ended recently enough."""
    end = context.facts.period_end
    if end is None:
        return not_supplied("footprint.product.period_end")
    if add_months(end, asked.max_months) < context.as_of:
        return failed(
            f"the data end on {end}, more than {asked.max_months} months ago",
            f"数据截至 {end}，已超过 {asked.max_months} 个月",
        )
    return passed(
        f"the data end on {end}, at most {asked.max_months} months ago",
        f"数据截至 {end}，不超过 {asked.max_months} 个月",
    )
