"""What schemathesis is told beside the OpenAPI document: how a valid request may be answered."""

from __future__ import annotations

from typing import Any

from schemathesis import Case, CheckContext, GenerationMode, Response, check
from schemathesis.core.failures import Failure

#: Codes that say that a request breaks its schema.
SCHEMA_CODES = ("API-001", "API-002")


@check
def valid_requests_are_understood(_ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """A request that fits the document is never told that it breaks its schema. What it asks for
    may be refused all the same: most bills of materials that chance writes name no dataset."""
    meta = case.meta
    if meta is None or meta.generation.mode is not GenerationMode.POSITIVE:
        return
    if response.status_code not in (400, 422):
        return
    code = response.json().get("code", "")
    if code in SCHEMA_CODES:
        raise Failure(
            operation=case.operation.label,
            title="A valid request was refused",
            message=response.text[:600],
        )
