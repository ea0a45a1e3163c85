"""Addresses of other servers: which text is a plain https address of a host that has a name."""

from __future__ import annotations

from urllib.parse import urlsplit


def https_place(url: str) -> tuple[str, int] | None:
    """Host and port of an https address; None for anything else: another scheme, a user name, a
    fragment, a port that does not exist, or a host that no name server can be asked for (a label
    of more than 63 letters, RFC 1035 section 2.3.4, or an empty one)."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host.encode("idna")
    except ValueError:
        return None
    if parts.scheme != "https" or not host or parts.username or parts.fragment or port == 0:
        return None
    return host, port or 443
