"""What schemathesis is told beside the OpenAPI document: how a valid request may be answered."""

from __future__ import annotations

from typing import Any

from schemathesis import Case, CheckContext, GenerationMode, HookContext, Response, check, hook
from schemathesis.core.failures import Failure
from schemathesis.core.parameters import ParameterLocation

#: Codes that say that a request breaks its schema.
SCHEMA_CODES = ("API-001", "API-002")

#: Suppliers' documents and site data are whatever JSON others wrote: no schema can say that no text
#: at any depth of them holds a control character, which is refused all the same.
FREE = ("Value error, documents.", "Value error, site.")


@check
def valid_requests_are_understood(_ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """A request that fits the document is never told that it breaks its schema. What it asks for
    may be refused all the same: most bills of materials that chance writes name no dataset."""
    meta = case.meta
    if meta is None or meta.generation.mode is not GenerationMode.POSITIVE:
        return
    if response.status_code not in (400, 422):
        return
    document = response.json()
    if document.get("detail", "").startswith(FREE):
        return
    if document.get("code", "") in SCHEMA_CODES:
        raise Failure(
            operation=case.operation.label,
            title="A valid request was refused",
            message=response.text[:600],
        )


@hook
def filter_case(_context: HookContext, case: Case[Any]) -> bool:
    """Whether a case is sent. A body of `text/csv` is a string, and what schemathesis sends as one
    that is none is the same bytes in the end: every text is a table, if only of one column. Whether
    the table can be read is said by the job that reads it, after the answer."""
    meta = case.meta
    if meta is None or case.media_type != "text/csv":
        return True
    negative = [kind for kind, one in meta.components.items() if one.mode.is_negative]
    return negative != [ParameterLocation.BODY]
