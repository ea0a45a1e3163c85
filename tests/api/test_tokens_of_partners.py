"""Where a partner's server is asked for a token, and what counts as one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from api.partners.model import Partner
from api.partners.reach import Answer, Reach, Unreachable
from api.partners.tokens import TheirTokens

HOME = "https://auth.partner.example"
PARTNER = Partner(
    "p1", "default", "Steel Works", "c1", HOME, HOME, "we", datetime(2026, 11, 20, tzinfo=UTC)
)


@dataclass
class PartnerServer:
    """A partner's server: what it says of itself, and what it gives where it is asked."""

    document: Answer
    given: Answer = field(
        default_factory=lambda: _answer({"access_token": "t1", "expires_in": 3600})
    )
    asked: list[str] = field(default_factory=list)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        assert headers is None
        assert url == f"{HOME}/.well-known/openid-configuration"
        return self.document

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        assert headers["Authorization"].startswith("Basic ")
        # RFC 6749, section 4.4.2
        assert headers["Content-Type"] == "application/x-www-form-urlencoded"
        assert headers["Accept"] == "application/json"
        assert body == b"grant_type=client_credentials"
        self.asked.append(url)
        return self.given


def _answer(content: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(content).encode())


def _tokens(server: PartnerServer) -> TheirTokens:
    return TheirTokens(cast("Reach", server), lambda _: "secret")


NAMED = {"token_endpoint": f"{HOME}/oauth2/token"}


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (_answer(NAMED), "/oauth2/token"),
        (_answer(NAMED, 404), "/auth/token"),
        (_answer({"issuer": HOME}), "/auth/token"),
        (_answer({"token_endpoint": 7}), "/auth/token"),
        (_answer([NAMED]), "/auth/token"),
        (Answer(200, b"<html>"), "/auth/token"),
    ],
)
def test_the_token_is_asked_for_where_the_document_says_else_at_the_usual_path(
    document: Answer, path: str
) -> None:
    server = PartnerServer(document)
    tokens = _tokens(server)
    assert tokens.token(PARTNER) == "t1"
    assert tokens.token(PARTNER) == "t1"
    assert server.asked == [HOME + path]
    tokens.forget(PARTNER)
    assert tokens.token(PARTNER) == "t1"
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "given",
    [
        _answer({"access_token": "t1"}, 401),
        _answer({"token": "t1"}),
        _answer({"access_token": 1}),
        _answer({"access_token": "t1", "expires_in": "soon"}),
        _answer(["t1"]),
    ],
)
def test_what_is_no_token_is_told_as_unreachable(given: Answer) -> None:
    with pytest.raises(Unreachable):
        _tokens(PartnerServer(_answer(NAMED), given)).token(PARTNER)


def test_a_short_life_is_asked_for_again_each_time() -> None:
    server = PartnerServer(_answer(NAMED), _answer({"access_token": "t1", "expires_in": 5}))
    tokens = _tokens(server)
    assert [tokens.token(PARTNER) for _ in range(3)] == ["t1"] * 3
    assert len(server.asked) == 3
