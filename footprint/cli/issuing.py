"""What `issue` and `demo` share: settings of a local store, and a certificate's files on disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from api.services.service import Service
from api.settings import Settings, refused_settings
from api.store.certificates import StoredCertificate
from footprint.bom.read import bytes_beside, bytes_of, mapping_beside, read_bom
from footprint.bom.supplier_files import Folder
from footprint.certificates.keys import did_document
from footprint.certificates.statuslist import PURPOSES, list_name
from footprint.certificates.view import view_from_document
from footprint.cli.output import WrongSettings
from footprint.engine.items import Basis
from footprint.recompute.inputs import Inputs
from label_templates.render import label_png, label_svg

LANGUAGES: tuple[Literal["en", "zh"], ...] = ("en", "zh")


def service_settings(store: Path | None, cache: Path) -> Settings:
    """Settings from the environment, with the folders given on the command line.

    Raises WrongSettings with a line for each setting that cannot be used.
    """
    try:
        given = Settings()
    except ValidationError as error:
        raise WrongSettings(refused_settings(error)) from None
    folders = {"cache": cache} | ({"store_dir": store} if store else {})
    return given.model_copy(update=folders)


def inputs_beside(path: Path, gwp_set: str, electricity: Basis) -> Inputs:
    """A bill of materials and the files beside it that belong to it, as `read_bom` takes them.

    Raises InputRefused with every problem of the files.
    """
    folder = Folder(path.parent)
    documents = {one.file: folder[one.file] for one in read_bom(path).suppliers}
    return Inputs(
        path.name,
        bytes_of(path),
        bytes_beside(path, ".product.yaml"),
        gwp_set,
        bytes_beside(path, ".site.yaml"),
        documents,
        electricity,
        mapping_beside(path),
    )


def try_folder(out: Path) -> None:
    """Make the folder and write in it, and leave no trace. Raises OSError when that cannot be."""
    is_new = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    probe = out / ".footprint-probe"
    probe.write_bytes(b"")
    probe.unlink()
    if is_new:
        out.rmdir()


def write_certificate(service: Service, certificate: StoredCertificate, out: Path) -> list[Path]:
    """Write everything that belongs to a certificate into `out`; returns the files.

    Beside the certificate: the issuer's DID document and the signed status lists as of now, with
    which anyone verifies it offline.
    """
    out.mkdir(parents=True, exist_ok=True)
    number = certificate.number
    view = view_from_document(certificate.view_content)
    bundle = {"credential": certificate.credential, "certificate": certificate.view_content}
    contents: dict[str, bytes] = {}
    for language in LANGUAGES:
        contents[f"{number}.{language}.pdf"] = service.register.file(certificate, language).pdf
        contents[f"{number}.label.{language}.svg"] = label_svg(view, language).encode()
        contents[f"{number}.label.{language}.png"] = label_png(view, language)
    contents[f"{number}.credential.jwt"] = certificate.credential.encode()
    contents[f"{number}.json"] = _readable(bundle)
    contents["issuer.did.json"] = _readable(
        did_document(service.issuer_did, service.published_keys)
    )
    for purpose in PURPOSES:
        name = list_name(purpose, certificate.status_list)
        contents[f"status-{name}.jwt"] = service.lists.named(name).token.encode()
    for name, content in contents.items():
        (out / name).write_bytes(content)
    return [out / name for name in contents]


def _readable(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
