"""Where a request comes from, as limits and locks count it."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request

#: Whoever holds an IPv6 line has a network of this length, and 2^64 addresses to ask from.
IPV6_NETWORK = 64


def address_key(request: Request) -> str:
    """Who asks: an IPv4 address, or the network of an IPv6 one."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), IPV6_NETWORK), strict=False))
    return str(address)
