"""What the service can refuse, each with a stable code, an HTTP status, and a title in en and zh.

Codes: 0xx the request itself, 1xx access, 2xx unknown things, 3xx size and format, 4xx idempotency,
5xx certificates, 6xx jobs, 7xx rate limits, 9xx our own failure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from footprint.faults import InputRefused, Problem, Where


@dataclass(frozen=True, slots=True)
class ServiceFault:
    """A kind of refusal by the service. `status` is the HTTP status it is answered with."""

    code: str
    status: int
    title: str
    title_zh: str

    def refuse(
        self,
        message: str,
        hint: str = "",
        *,
        where: Where | None = None,
        details: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> ServiceRefused:
        """An exception with this one problem; the caller raises it. What it says is said in Chinese
        by `api/words_zh.yaml`."""
        problem = Problem(self.code, message, where or Where(), hint)
        return ServiceRefused(self, [problem], details, headers)

    def refuse_all(self, problems: Iterable[Problem]) -> ServiceRefused:
        """An exception with all of these problems; the caller raises it."""
        return ServiceRefused(self, problems)


class ServiceRefused(InputRefused):
    """The service refuses; `fault` says how, `details` are further members of the answer,
    `headers` headers of it."""

    def __init__(
        self,
        fault: ServiceFault,
        problems: Iterable[Problem],
        details: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.fault = fault
        self.details = dict(details or {})
        self.headers = dict(headers or {})
        super().__init__(problems)


MALFORMED = ServiceFault("API-001", 400, "The request cannot be read", "无法读取请求")
INVALID = ServiceFault("API-002", 422, "The request breaks its schema", "请求不符合接口定义")
REFUSED = ServiceFault("API-003", 422, "The input was refused", "输入被拒绝")
UNAUTHORIZED = ServiceFault("API-101", 401, "A valid access token is needed", "需要有效的访问令牌")
LINK_USED = ServiceFault("API-103", 410, "The link was used already", "该链接已使用")
FOREIGN_FORM = ServiceFault("API-104", 403, "The form came from another place", "表单来自其他页面")
NEEDS_HTTPS = ServiceFault("API-105", 403, "Signing in needs https", "登录需要 https")
FORBIDDEN = ServiceFault("API-102", 403, "The token may not do this", "令牌无此权限")
UNKNOWN_FOOTPRINT = ServiceFault("API-201", 404, "No such footprint", "没有此碳足迹")
UNKNOWN_CERTIFICATE = ServiceFault("API-202", 404, "No such certificate", "没有此证书")
UNKNOWN_LIST = ServiceFault("API-203", 404, "No such status list", "没有此状态列表")
UNKNOWN_PATH = ServiceFault("API-204", 404, "Nothing is found at this address", "此地址无内容")
WRONG_METHOD = ServiceFault("API-205", 405, "This address has no such method", "此地址不支持该方法")
UNKNOWN_APPLICATION = ServiceFault("API-206", 404, "No such application", "没有此申请")
UNKNOWN_JOB = ServiceFault("API-208", 404, "No such job", "没有此任务")
UNKNOWN_DRAFT = ServiceFault("API-209", 404, "No such draft", "没有此草稿")
STALE_DRAFT = ServiceFault("API-403", 409, "The draft was changed meanwhile", "草稿已被更改")
UNKNOWN_PARTNER = ServiceFault("API-210", 404, "No such partner", "没有此合作方")
UNKNOWN_ASK = ServiceFault("API-211", 404, "Nothing was asked under this id", "没有此询问")
UNKNOWN_REQUEST = ServiceFault("API-212", 404, "No such request or evidence", "没有此请求或证据")
STALE_CASE = ServiceFault("API-406", 409, "The request was changed meanwhile", "请求已被更改")
CASE_STATE = ServiceFault(
    "API-516", 409, "The state of the request does not allow this", "请求的状态不允许此操作"
)
UNKNOWN_CAMPAIGN = ServiceFault(
    "API-213", 404, "No such campaign or supplier", "没有此活动或供应商"
)
UNKNOWN_WEBHOOK = ServiceFault("API-214", 404, "No such open webhook", "没有此可用的网络回调")
LINK_WITHDRAWN = ServiceFault("API-106", 410, "The link was withdrawn", "该链接已撤回")
UNKNOWN_PERSON = ServiceFault("API-221", 404, "No such person", "没有此人员")
UNKNOWN_TOKEN = ServiceFault("API-222", 404, "No such token", "没有此令牌")
UNKNOWN_LOCK = ServiceFault("API-224", 404, "No such lock", "没有此锁定")
UNKNOWN_VERIFIER = ServiceFault("API-226", 404, "No such verifier or key", "没有此核查机构或密钥")
UNKNOWN_STATEMENT = ServiceFault("API-227", 404, "No such statement", "没有此核查声明")
UNKNOWN_PLAN = ServiceFault("API-232", 404, "No such plan of surveillance", "没有此监督抽样计划")
UNKNOWN_FINDING = ServiceFault("API-223", 404, "No such open finding", "没有此未关闭的发现项")
UNKNOWN_OBJECTION = ServiceFault("API-207", 404, "No such open objection", "没有此待处理异议")
TOO_LARGE = ServiceFault("API-301", 413, "The request body is too large", "请求内容过大")
WRONG_MEDIA = ServiceFault("API-302", 415, "The media type is not supported", "不支持的媒体类型")
KEY_REUSED = ServiceFault(
    "API-401", 422, "The idempotency key was used for another request", "该幂等键已用于另一请求"
)
KEY_INVALID = ServiceFault("API-402", 400, "The idempotency key is not usable", "幂等键无效")
NOT_EARNED = ServiceFault(
    "API-501", 422, "The rules do not grant this certificate", "规则不支持颁发此证书"
)
NO_TERM = ServiceFault(
    "API-502", 422, "The term of the certificate is not settled", "证书有效期未确定"
)
STATUS_FINAL = ServiceFault("API-503", 409, "The status cannot change this way", "状态不能如此变更")
VERIFIER_UNNAMED = ServiceFault("API-504", 422, "The verifier is not named", "未注明核查机构")
FOUR_EYES = ServiceFault(
    "API-505",
    403,
    "Maker, checker and approver are different people",
    "制作、审核和批准须为不同人员",
)
NO_COMMITMENT = ServiceFault(
    "API-506", 409, "The certificate cannot be recomputed", "该证书无法重新计算"
)
UNKNOWN_INVENTORY = ServiceFault("API-507", 422, "No such inventory here", "没有此清单数据库")
BAD_CURSOR = ServiceFault("API-508", 422, "The page cannot be continued", "无法继续该分页")
NO_REPORT = ServiceFault(
    "API-509", 409, "The footprint cannot be calculated again", "该碳足迹无法重新计算"
)
CREDITS_SPENT = ServiceFault(
    "API-510", 409, "A carbon credit stands behind another certificate", "碳信用已用于另一证书"
)
OBJECTIONS_FULL = ServiceFault(
    "API-514", 409, "Too many open objections of one party", "同一方的未决异议过多"
)
FINDING_OPEN = ServiceFault("API-523", 409, "A major finding is not closed", "有未关闭的重大发现项")
STATEMENT_REFUSED = ServiceFault(
    "API-524", 422, "The verifier's statement cannot be relied on", "核查声明不可采信"
)
NO_BENCHMARK = ServiceFault(
    "API-527", 409, "The certificate is in no benchmark", "该证书不在任何基准统计中"
)
KEY_TAKEN = ServiceFault("API-525", 409, "The key is registered already", "该密钥已登记")
STATEMENT_HELD = ServiceFault(
    "API-526", 409, "The verifier used the number for another statement", "该声明编号已用于另一声明"
)
SAME_ORDER = ServiceFault(
    "API-531", 409, "A certificate of the same order is in force", "同一订单已有有效证书"
)
CREDITS_RESERVED = ServiceFault(
    "API-532", 409, "A carbon credit is held by another draft", "碳信用已被另一草稿占用"
)
ALREADY_PUBLISHED = ServiceFault(
    "API-515", 409, "The footprint was published before", "该碳足迹此前已发布"
)
TOO_MANY_JOBS = ServiceFault("API-601", 429, "Too many jobs wait already", "等待中的任务过多")
JOB_OVER = ServiceFault("API-602", 409, "The job has ended", "任务已结束")
CATALOGUE_OPEN = ServiceFault(
    "API-604", 409, "The catalogue has no tables now", "目录目前没有结果表"
)
JOB_LOST = ServiceFault("API-603", 500, "The job could not be done", "任务无法完成")
TOO_FAST = ServiceFault("API-701", 429, "Too many requests", "请求过于频繁")
LOCKED_OUT = ServiceFault("API-702", 429, "Too many failed sign-ins", "登录失败次数过多")
NOT_SOUND = ServiceFault(
    "API-511", 409, "The certificate fails its own checks", "证书未通过自身核验"
)
NO_ADDRESS = ServiceFault(
    "API-512",
    422,
    "The address of the certificate leads nowhere for others",
    "证书地址他人无法访问",
)
ADDRESS_DIFFERS = ServiceFault(
    "API-513", 422, "The base address names another port", "基础地址与端口不一致"
)
NO_WORKERS = ServiceFault(
    "API-528", 422, "Several processes cannot share a port here", "此系统不支持多个进程共用端口"
)
FAILED = ServiceFault("API-901", 500, "The service failed", "服务出错")
BUSY = ServiceFault("API-902", 503, "The database cannot be used now", "数据库暂不可用")

#: Everything above, in the order of the codes: what `/v1/problems` lists.
ALL_FAULTS = tuple(
    sorted(
        (value for value in globals().values() if isinstance(value, ServiceFault)),
        key=lambda fault: fault.code,
    )
)
