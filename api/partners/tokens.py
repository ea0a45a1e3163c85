"""Tokens that partners' servers give us, as OAuth 2 clients of theirs: each asked for once."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import quote_plus

from api.partners.model import Partner
from api.partners.reach import Reach, Unreachable

_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
#: A token is not used in its last seconds: it would end on the way.
_MARGIN = 30
#: Seconds for which the place of a token endpoint is remembered, as long as it gives tokens.
ENDPOINT_LIFE = 3600.0


@dataclass
class _Known:
    """What is known of one partner's server; its lock lets one ask while the others wait."""

    lock: Lock = field(default_factory=Lock)
    token: str = ""
    token_until: float = 0.0
    endpoint: str = ""
    endpoint_until: float = 0.0


@dataclass
class TheirTokens:
    """Tokens of partners' servers, kept in memory until they end."""

    reach: Reach
    secret_of: Callable[[Partner], str]
    _known: dict[str, _Known] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def token(self, partner: Partner) -> str:
        """A token that counts. Raises Unreachable, and OSError for a secret that is not there."""
        known = self._of(partner)
        with known.lock:
            if time.monotonic() >= known.token_until:
                self._renew(known, partner)
            return known.token

    def forget(self, partner: Partner) -> None:
        """The partner's server refused its own token: the next one is asked for anew."""
        known = self._of(partner)
        with known.lock:
            known.token_until = 0.0

    def _of(self, partner: Partner) -> _Known:
        with self._lock:
            # A partner who moved, or gave us another id, is another place to ask.
            key = f"{partner.id} {partner.auth_url} {partner.their_client_id}"
            return self._known.setdefault(key, _Known())

    def _renew(self, known: _Known, partner: Partner) -> None:
        pair = f"{quote_plus(partner.their_client_id)}:{quote_plus(self.secret_of(partner))}"
        basic = base64.b64encode(pair.encode()).decode()
        if time.monotonic() >= known.endpoint_until:
            known.endpoint = self._token_endpoint(partner)
            known.endpoint_until = time.monotonic() + ENDPOINT_LIFE
        url = known.endpoint
        try:
            answer = self.reach.post(
                url, _FORM | {"Authorization": f"Basic {basic}"}, b"grant_type=client_credentials"
            )
            if answer.status != 200:
                raise Unreachable(f"{url} gave no token, but status {answer.status}")
            content = answered_object(answer.body, url)
            given, life = content.get("access_token"), content.get("expires_in", 60)
            if not isinstance(given, str) or not isinstance(life, int | float):
                raise Unreachable(f"{url} gave no token")
        except Unreachable:
            known.endpoint_until = 0.0  # it may have moved
            raise
        known.token = given
        known.token_until = time.monotonic() + max(0.0, float(life) - _MARGIN)

    def _token_endpoint(self, partner: Partner) -> str:
        """Where the partner's OpenID document says, else the path that the protocol names."""
        usual = f"{partner.auth_url}/auth/token"
        answer = self.reach.get(f"{partner.auth_url}/.well-known/openid-configuration")
        if answer.status != 200:
            return usual
        try:
            named = answered_object(answer.body, partner.auth_url).get("token_endpoint")
        except Unreachable:
            return usual
        return named if isinstance(named, str) else usual


def answered_object(body: bytes, url: str) -> dict[str, object]:
    """The JSON object in an answer. Raises Unreachable for anything else."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise Unreachable(f"{url} answered with no JSON object")
    return content
