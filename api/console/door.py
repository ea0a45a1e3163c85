"""Who may come in: the cookie of a session, and from where a form may be sent."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import Response

from api.faults import FOREIGN_FORM, NEEDS_HTTPS, UNKNOWN_PATH
from api.services.service import Service
from api.services.sessions import SESSION_LIFE
from footprint.canonical import bytes_hash

_LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
_SAFE = ("GET", "HEAD", "OPTIONS")


def cookie_name(service: Service) -> str:
    """The name of the session's cookie: with the installation's id, because cookies do not tell
    ports apart, and two installations on one machine would sign each other out."""
    settings = service.settings
    place = f"{settings.store_dir.absolute()}|{settings.base_url}"
    return f"__Host-footprint-{bytes_hash(place.encode()).removeprefix('sha256:')[:12]}"


def session_secret(request: Request, service: Service) -> str:
    """The secret of the session that a request names, or ""."""
    return request.cookies.get(cookie_name(service), "")


def may_sign_in(request: Request, service: Service) -> None:
    """A session's cookie is sent over https, or within this machine. Raises ServiceRefused
    API-105."""
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    if host not in _LOOPBACK and not service.settings.base_url.startswith("https:"):
        raise NEEDS_HTTPS.refuse(
            "This installation is reached without https: nobody can be signed in safely.",
            "Set FOOTPRINT_BASE_URL to its https address, or open it on the machine it runs on.",
        )


def give_session(answer: Response, service: Service, secret: str) -> None:
    """Let the browser keep a session."""
    answer.set_cookie(
        cookie_name(service),
        secret,
        max_age=int(SESSION_LIFE.total_seconds()),
        path="/",
        secure=True,
        httponly=True,
        samesite="strict",
    )


def take_session(answer: Response, service: Service) -> None:
    """Let the browser forget its session."""
    answer.delete_cookie(
        cookie_name(service), path="/", secure=True, httponly=True, samesite="strict"
    )


def room_cookie(service: Service) -> str:
    """The name of the cookie that opens an evidence room, and no other page."""
    return cookie_name(service).replace("__Host-footprint-", "__Host-footprint-room-")


def give_room(answer: Response, service: Service, secret: str, seconds: int) -> None:
    """Let the browser keep the way into a room."""
    answer.set_cookie(
        room_cookie(service),
        secret,
        max_age=seconds,
        path="/",
        secure=True,
        httponly=True,
        samesite="strict",
    )


def the_same_place(request: Request, service: Service) -> None:
    """Refuse what was not asked of this installation, and forms that others send.

    `Host` is the public address or this machine's own (another name that leads here could be
    anybody's page). A form comes from our own page: the browser says so in `Sec-Fetch-Site`, else
    in `Origin`. Raises ServiceRefused API-204, API-104.
    """
    host = request.headers.get("host", "")
    public = urlsplit(service.settings.base_url)
    if host != public.netloc and urlsplit(f"//{host}").hostname not in _LOOPBACK:
        raise UNKNOWN_PATH.refuse("This address is of another installation.")
    if request.method in _SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin", "")
    own = {f"{public.scheme}://{public.netloc}", f"{request.url.scheme}://{host}"}
    if site == "same-origin" or (site is None and origin in own):
        return
    raise FOREIGN_FORM.refuse(
        "This form was not sent from a page of this installation. Nothing was changed.",
        "Go back and press the button again.",
    )
