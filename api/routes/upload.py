"""Read an uploaded bill of materials: as a form's files, or as the body itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile

from api.faults import INVALID, WRONG_MEDIA, ServiceRefused
from footprint.faults import Where

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Media types of bodies that are the file itself, and the name such a file gets.
RAW_TYPES = {"text/csv": "bom.csv", XLSX: "bom.xlsx"}
MAX_NAME_LENGTH = 200
#: Suppliers' documents in one request.
MAX_DOCUMENTS = 100
#: Fields of the form of which there is one.
_SINGLE = ("file", "product", "site", "matches")

_EXAMPLE = """\
# name: Wall bracket
# declared_unit: 1 piece
# mass: 0.5 kg
# reference_period: 2025
id,name,quantity,unit,dataset,stage
1,Cold-rolled steel,0.55,kg,steel-cold-rolled-cn,material
2,Electricity,0.8,kWh,electricity-grid-cn,production
"""

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
                "properties": {
                    "file": {**_BINARY, "description": "CSV or XLSX; its name tells which."},
                    "product": {**_BINARY, "description": "YAML with facts of the product."},
                    "site": {**_BINARY, "description": "YAML with a year of the site."},
                    "matches": {**_BINARY, "description": "YAML with datasets chosen before."},
                    "document": {
                        "type": "array",
                        "items": _BINARY,
                        "maxItems": MAX_DOCUMENTS,
                        "description": "Suppliers' footprints, under the names that the lines give "
                        "in the column supplier_pcf.",
                    },
                },
            }
        },
        "text/csv": {
            "schema": {"type": "string"},
            "example": _EXAMPLE,
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


async def uploaded(request: Request) -> Upload:
    """The uploaded files. Raises ServiceRefused API-302 for another media type, API-002 for a form
    without exactly one `file`, with two of what there is one of, or with other fields."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type in RAW_TYPES:
        return Upload(await request.body(), RAW_TYPES[media_type])
    if media_type != "multipart/form-data":
        raise WRONG_MEDIA.refuse(
            f"A bill of materials cannot be sent as {media_type[:60] or 'a body without a type'}.",
            f"Send multipart/form-data with the field `file`, or one of: {', '.join(RAW_TYPES)}.",
        )
    async with request.form(max_files=MAX_DOCUMENTS + len(_SINGLE), max_fields=1) as form:
        return await _of_form(form.multi_items())


async def _of_form(entries: list[tuple[str, UploadFile | str]]) -> Upload:
    single: dict[str, tuple[str, bytes]] = {}
    documents: dict[str, bytes] = {}
    for field_name, value in entries:
        if not isinstance(value, UploadFile) or field_name not in (*_SINGLE, "document"):
            raise _refused(f"{field_name[:40]!r} is no file that belongs to a bill of materials")
        name, data = _base_name(value.filename or "bom"), await value.read()
        if field_name == "document":
            if name in documents:
                raise _refused(f"two documents have the name {name!r}")
            documents[name] = data
        elif field_name in single:
            raise _refused(f"the field {field_name!r} stands twice")
        else:
            single[field_name] = (name, data)
    if "file" not in single:
        raise _refused("there is no file in the field 'file'")
    name, data = single["file"]
    product, site, matches = (single[part][1] if part in single else None for part in _SINGLE[1:])
    return Upload(data, name, product, site, documents, matches)


def _refused(says: str) -> ServiceRefused:
    return INVALID.refuse(
        f"The form cannot be used: {says}.",
        "Send multipart/form-data, for example: curl -F file=@bom.csv -F document=@supplier.json",
        where=Where(column="body.file"),
    )


def _base_name(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in base if char.isprintable())[-MAX_NAME_LENGTH:] or "bom"
