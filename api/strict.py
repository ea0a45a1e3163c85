"""What a request may ask: query parameters that the OpenAPI document names, and printable texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from starlette.routing import Match

from api.faults import INVALID
from api.first_match import all_routes
from footprint.faults import Problem, Where
from footprint.nearest import nearest
from footprint.printable import shown, unprintable


def hint_for(name: str, known: Iterable[str]) -> str:
    """What to do about a name that is not known."""
    names = sorted(known)
    near = nearest(name, names)
    if near is not None:
        return f"Did you mean {near!r}?"
    return f"Known here: {', '.join(names)}." if names else "Leave it out; nothing is known here."


async def exact_query(request: Request) -> None:
    """Refuse query parameters that this address does not have, and texts with control characters.

    Without it `?gpw_set=AR5` would be answered with AR6, silently. Raises ServiceRefused API-002
    with every problem.
    """
    if not request.url.path.startswith("/v1/"):
        return  # chat programs append their own to the address of a public page
    known = _parameters(request.app, request.scope["route"].path, request.method)
    problems = [
        Problem(
            INVALID.code,
            f"There is no query parameter {shown(name[:40])!r} here.",
            Where(column=f"query.{shown(name[:40])}"),
            hint_for(name[:40], known),
        )
        for name in dict.fromkeys(request.query_params.keys())
        if name not in known
    ]
    texts = [
        *(("path", name, str(value)) for name, value in request.path_params.items()),
        *(("query", name, value) for name, value in request.query_params.multi_items()),
    ]
    for place, name, value in texts:
        character = unprintable(value)
        if character:
            problems.append(
                Problem(
                    INVALID.code,
                    f"The text holds the control character {character}.",
                    Where(column=f"{place}.{shown(name[:40])}"),
                    "Send it without control characters.",
                )
            )
    problems += _repeated(request, known)
    asked = request.query_params.get("lang")
    languages = known.get("lang", {}).get("enum")
    if asked is not None and languages and asked not in languages:
        says = f"There is no answer in {shown(asked[:40])!r} here."
        hint = f"Languages: {', '.join(languages)}."
        problems.append(Problem(INVALID.code, says, Where(column="query.lang"), hint))
    if problems:
        raise INVALID.refuse_all(problems)


def _repeated(request: Request, known: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    """A parameter that stands twice: of two limits or languages nobody knows which is meant."""
    counts = Counter(name for name, _ in request.query_params.multi_items())
    for name, count in counts.items():
        if count > 1 and name in known and not _is_list(known[name]):
            says = f"The query parameter {name!r} stands {count} times."
            yield Problem(INVALID.code, says, Where(column=f"query.{name}"), "Send it once.")


def members_beside(request: Request, place: Sequence[int | str]) -> list[str]:
    """The members that the OpenAPI document names for the object in which `place` lies, a path that
    begins with `body`; empty when it is none of its shapes."""
    document = request.app.openapi()
    operation = _operation(request.app, request.scope["route"].path, request.method)
    media = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    shape = _resolved(document, media.get("schema", {}))
    for step in place[1:-1]:
        inner = (
            shape.get("items") if isinstance(step, int) else shape.get("properties", {}).get(step)
        )
        shape = _resolved(document, inner or {})
    return sorted(shape.get("properties", {}))


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    for option in (schema, *schema.get("anyOf", [])):
        name = str(option.get("$ref", "")).rpartition("/")[2]
        if name:
            found: dict[str, Any] = document["components"]["schemas"].get(name, {})
            return found
        if "properties" in option or "items" in option:
            return dict(option)
    return schema


def methods_of(request: Request) -> list[str]:
    """Every method of the address of a request. Where a fixed address and one with a parameter fit
    (`/requests/digest`, `/requests/{id}`), the first that was declared is the address."""
    found: set[str] = set()
    address = None
    for route in all_routes(request.app.routes):
        match, _ = route.matches(request.scope)
        path = getattr(route, "path", None)
        if match is not Match.NONE and address in (None, path):
            address = path
            found |= getattr(route, "methods", None) or set()
    return sorted(found)


def _operation(app: FastAPI, path: str, method: str) -> dict[str, Any]:
    found: dict[str, Any] = app.openapi()["paths"].get(path, {}).get(method.lower(), {})
    return found


def _parameters(app: FastAPI, path: str, method: str) -> Mapping[str, Mapping[str, Any]]:
    """The query parameters that the OpenAPI document gives an operation: schemas by name."""
    parameters = _operation(app, path, method).get("parameters", [])
    return {one["name"]: one["schema"] for one in parameters if one["in"] == "query"}


def _is_list(schema: Mapping[str, Any]) -> bool:
    """Whether a parameter of this schema may stand several times."""
    return any(one.get("type") == "array" for one in (schema, *schema.get("anyOf", [])))
