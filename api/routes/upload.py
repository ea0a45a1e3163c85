"""Read an uploaded bill of materials: as a form's files, or as the body itself."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from api.bom_examples import CSV_EXAMPLES, JSON_EXAMPLES
from api.faults import INVALID, MALFORMED, REFUSED, WRONG_MEDIA, ServiceRefused
from api.job_schemas import BomOrder
from api.strict import hint_for
from footprint.faults import Where
from footprint.printable import shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Media types of bodies that are the file itself, and the name such a file gets.
RAW_TYPES = {"text/csv": "bom.csv", XLSX: "bom.xlsx"}
JSON = "application/json"
MAX_NAME_LENGTH = 200
#: Suppliers' documents in one request.
MAX_DOCUMENTS = 100
#: Fields of the form of which there is one.
_SINGLE = ("file", "product", "site", "matches", "mapping")
_FIELDS = (*_SINGLE, "document")

_BINARY = {"type": "string", "contentMediaType": "application/octet-stream"}
#: The request body for OpenAPI, which cannot be derived from a function that reads two forms.
OPENAPI_BODY: dict[str, Any] = {
    "required": True,
    "description": "The bill of materials: a form with the field `file` and the files that belong "
    "to it, or the file alone as the body.",
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "additionalProperties": False,
                "properties": {
                    "file": {**_BINARY, "description": "CSV or XLSX; its name tells which."},
                    "product": {**_BINARY, "description": "YAML with facts of the product."},
                    "site": {**_BINARY, "description": "YAML with a year of the site."},
                    "matches": {**_BINARY, "description": "YAML with datasets chosen before."},
                    "mapping": {**_BINARY, "description": "YAML with answers about columns."},
                    "document": {
                        "type": "array",
                        "items": _BINARY,
                        "maxItems": MAX_DOCUMENTS,
                        "description": "Suppliers' footprints, under the names that the lines give "
                        "in the column supplier_pcf: PACT, our certificates, Catena-X, openEPD, "
                        "ILCD+EPD (zip), asset administration shells, UNTP product passports.",
                    },
                },
            }
        },
        "text/csv": {"schema": {"type": "string"}, "examples": CSV_EXAMPLES},
        JSON: {
            "schema": {"$ref": f"#/components/schemas/{BomOrder.__name__}"},
            "examples": JSON_EXAMPLES,
        },
        XLSX: {"schema": {"type": "string", "contentMediaType": XLSX}},
    },
}


@dataclass(frozen=True, slots=True)
class Upload:
    """The bytes of a file and the name it came with, without any folder; and what belongs to it."""

    data: bytes
    name: str
    product_file: bytes | None = None
    site_file: bytes | None = None
    documents: dict[str, bytes] = field(default_factory=dict)
    matches_file: bytes | None = None
    mapping_file: bytes | None = None


async def uploaded(request: Request) -> Upload:
    """The uploaded files. Raises ServiceRefused API-302 for another media type, API-002 for a form
    without exactly one `file`, with two of what there is one of, or with other fields."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type in RAW_TYPES:
        return Upload(await request.body(), RAW_TYPES[media_type])
    if media_type == JSON:
        return await run_in_threadpool(_of_json, await request.body())
    if media_type != "multipart/form-data":
        raise WRONG_MEDIA.refuse(
            f"A bill of materials cannot be sent as {media_type[:60] or 'a body without a type'}.",
            f"Send multipart/form-data with the field `file`, or one of: "
            f"{', '.join((*RAW_TYPES, JSON))}.",
        )
    async with request.form(max_files=MAX_DOCUMENTS + len(_SINGLE), max_fields=1) as form:
        return await _of_form(form.multi_items())


def _of_json(body: bytes) -> Upload:
    """A body of JSON as the files it stands for; the bill of materials is kept as JSON, too.

    Raises RequestValidationError as the framework does for any other body."""
    try:
        order = BomOrder.model_validate(json.loads(body))
    except ValidationError as error:
        errors = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(errors) from None
    except (ValueError, RecursionError):
        raise MALFORMED.refuse("The body is not sound JSON.") from None
    given = order.model_dump(mode="json", exclude_none=True)
    table = {"product": given["product"], "lines": given["lines"]}
    site = None if order.site is None else json.dumps(order.site, ensure_ascii=False).encode()
    documents = {
        base_name(name): json.dumps(document).encode() for name, document in order.documents.items()
    }
    return Upload(json.dumps(table, ensure_ascii=False).encode(), "bom.json", None, site, documents)


async def _of_form(entries: list[tuple[str, UploadFile | str]]) -> Upload:
    single: dict[str, tuple[str, bytes]] = {}
    documents: dict[str, bytes] = {}
    for field_name, value in entries:
        if field_name == "processes":
            raise INVALID.refuse(
                "The service does not take own processes.",
                "Calculate the process as a product of its own with --format pact, "
                "and send that file as a document named in supplier_pcf.",
                where=Where(column="body.processes"),
            )
        if field_name not in _FIELDS:
            raise INVALID.refuse(
                f"There is no form field {shown(field_name[:40])!r} here.",
                hint_for(field_name[:40], _FIELDS),
                where=Where(column=f"body.{shown(field_name[:40])}"),
            )
        if not isinstance(value, UploadFile):
            raise _refused(f"{field_name!r} is a text and no file")
        name, data = base_name(value.filename or "bom"), await value.read()
        if field_name == "document":
            if name in documents:
                raise REFUSED.refuse(
                    f"Two documents have the name {name!r}.",
                    "Name each as the lines name it in supplier_pcf.",
                    where=Where(column="body.document"),
                )
            documents[name] = data
        elif field_name in single:
            raise _refused(f"the field {field_name!r} stands twice")
        else:
            single[field_name] = (name, data)
    if "file" not in single:
        raise _refused("there is no file in the field 'file'")
    name, data = single["file"]
    product, site, matches, mapping = (
        single[part][1] if part in single else None for part in _SINGLE[1:]
    )
    return Upload(data, name, product, site, documents, matches, mapping)


def _refused(says: str) -> ServiceRefused:
    return INVALID.refuse(
        f"The form cannot be used: {says}.",
        "Send multipart/form-data, for example: curl -F file=@bom.csv -F document=@supplier.json",
        where=Where(column="body.file"),
    )


def base_name(name: str) -> str:
    """The name of a file as sent, without any folder and without what cannot be shown."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in base if char.isprintable())[-MAX_NAME_LENGTH:] or "bom"
