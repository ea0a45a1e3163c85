"""Whether the address in a code leads somewhere for the people who scan it."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

#: Names that never resolve in public: RFC 6761 (localhost, test, invalid), RFC 6762 (local),
#: RFC 8375 (home.arpa), and internal, which ICANN set aside for private use in 2024.
_PRIVATE_NAMES = ("localhost", "local", "internal", "home.arpa", "test", "invalid", "lan", "home")


def is_private_address(base_url: str) -> bool:
    """Whether only this computer or its own network can reach `base_url`.

    Loopback, private, link-local and other addresses that are not global (IANA's registries, as the
    standard library keeps them); names without a dot; names set aside for private use.
    """
    host = (urlsplit(base_url).hostname or "").rstrip(".").casefold()
    try:
        return not ip_address(host.partition("%")[0]).is_global
    except ValueError:
        pass
    if "." not in host:
        return True
    return any(host.endswith(f".{name}") for name in _PRIVATE_NAMES)
