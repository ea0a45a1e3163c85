"""Entity tags: a client that has the newest form of a document is told so, and sent nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response

from footprint.canonical import content_hash


def entity_tag(*parts: Any, weak: bool = False) -> str:
    """The ETag of a document that is decided by `parts` (JSON values). A weak one promises the
    same content, not the same bytes (RFC 9110, section 8.8.3)."""
    digest = content_hash(list(parts)).removeprefix("sha256:")[:32]
    return f'W/"{digest}"' if weak else f'"{digest}"'


def not_modified(request: Request, tag: str, headers: Mapping[str, str]) -> Response | None:
    """The answer 304 when the client has `tag` already (If-None-Match), else None."""
    asked = request.headers.get("if-none-match", "")
    known = {part.strip().removeprefix("W/") for part in asked.split(",")}
    if asked.strip() != "*" and tag.removeprefix("W/") not in known:
        return None
    return Response(status_code=304, headers={**headers, "ETag": tag})
