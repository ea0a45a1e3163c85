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
from footprint.rules.words import exact_text, percent_beside

_BOUNDARY_ZH = {
    "cradle-to-gate": "从摇篮到大门",
    "cradle-to-grave": "从摇篮到坟墓",
    "organisation": "组织",
    "event": "活动",
}
_KIND_ZH = {
    "third-party": "独立第三方",
    "accredited-body": "获认可机构",
    "registered-verifier": "注册核查员或机构",
    "scheme-operator": "计划运营方",
    "certified-system": "经认证的内部体系",
    "self": "自行核查",
}


def boundary(asked: BoundaryOf, context: Context) -> Finding:
    """Whether the life-cycle stages covered suit the sales channel."""
    if asked.named is not None:
        return _named_boundary(asked.named, context)
    have = context.facts.boundary
    if context.facts.subject != "product":
        return passed("it states its own boundary", "其边界由自身说明")
    have_zh = _BOUNDARY_ZH[have]
    channel = context.evidence.sales_channel
    if channel is None:
        if asked.b2c and asked.b2b and have not in (*asked.b2c, *asked.b2b):
            return failed(
                f"{have} suits neither b2c nor b2b", f"{have_zh} 既不适用于 b2c 也不适用于 b2b"
            )
        if asked.b2c and asked.b2b and have in asked.b2c and have in asked.b2b:
            return passed(f"{have} suits b2c and b2b", f"{have_zh} 适用于 b2c 与 b2b")
        return not_supplied("sales_channel")
    accepted = asked.b2c if channel == "b2c" else asked.b2b
    if accepted is None:
        return unknown(
            f"no rule is known for the channel {channel}", f"渠道 {channel} 的规则尚不清楚"
        )
    if have in accepted:
        return passed(f"{have} suits {channel}", f"{have_zh} 适用于 {channel}")
    need = " or ".join(accepted)
    need_zh = "或".join(_BOUNDARY_ZH[name] for name in accepted)
    return failed(
        f"the footprint is {have}; {channel} needs {need}",
        f"足迹边界为{have_zh}；{channel} 须为{need_zh}",
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
    who, kind_zh = f" ({statement.by})" if statement.by else "", _KIND_ZH[statement.kind or "self"]
    if statement.confirmed:
        return passed(
            f"verified by: {statement.kind}{who}, signed statement {statement.statement} of {day}",
            f"经{kind_zh}核查{who}，已签名声明 {statement.statement}，{day}",
        )
    return passed(
        f"the supplier states a check on {day} by: {statement.kind}{who}",
        f"供应方称 {day} 由{kind_zh}核查{who}",
    )


def _statement_refusal(
    statement: Verification, asked: Verified, context: Context
) -> Finding | None:
    """Why a statement cannot serve, from what it says; None if nothing speaks against it."""
    kinds, kinds_zh = ", ".join(asked.any), "、".join(_KIND_ZH[kind] for kind in asked.any)
    if statement.kind is not None and statement.kind not in asked.any:
        return failed(
            f"the supplier states a check by: {statement.kind}; accepted: {kinds}",
            f"供应方所称核查方：{_KIND_ZH[statement.kind]}；接受：{kinds_zh}",
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
