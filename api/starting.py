"""What a service says when it starts: everything that a wrong setting would have made different."""

from __future__ import annotations

from api.services.service import Service
from api.store.tenants import all_tokens
from footprint.printable import shown


def starting_lines(service: Service) -> list[str]:
    """Base address, issuer, four eyes, store, people and limits, a line each; no secret."""
    settings = service.settings
    address = service.database.engine.url.render_as_string(hide_password=True)
    four_eyes = (
        "on: maker, checker and approver are three people"
        if settings.four_eyes
        else "off: one person can issue"
    )
    lines = [
        f"Base URL: {settings.base_url}",
        f"Issuer: {settings.issuer_name} ({service.issuer_did})",
        f"Four eyes: {four_eyes}",
        f"Store: {settings.store_dir}, database {address}",
        f"People: {_people(service)}",
        f"Limits: {settings.rate_per_address} for an address, {settings.rate_per_token} for a "
        f"token; {settings.job_workers} jobs at a time",
    ]
    return [shown(line) for line in lines]


def _people(service: Service) -> str:
    with service.database.reading() as uow:
        tokens = [one for one in all_tokens(uow) if one.revoked_at is None]
    roles: dict[str, set[str]] = {}
    for one in tokens:
        if one.person:
            roles.setdefault(one.person, set()).update(one.roles.split(","))
    named = [f"{person} ({', '.join(sorted(have))})" for person, have in sorted(roles.items())]
    nameless = sum(not one.person for one in tokens)
    if nameless:
        named.append(f"{nameless} access tokens that name nobody")
    return "; ".join(named) or "nobody has an access token"
