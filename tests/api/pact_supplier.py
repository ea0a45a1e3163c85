"""A supplier's system, written from the protocol's description alone: it knows nothing of ours.

It gives tokens, lists its footprints in pages, reads one, and takes events; what it answers to a
request is sent by whoever plays it, as a client of ours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pact_buyer import TOKEN, Receiver, _Handler

#: Documents of a page.
PAGE = 2


def document(
    pcf: str, product: str, fossil: str = "2.5", of_pcf: Any = None, **more: Any
) -> dict[str, Any]:
    """A footprint of a kilogram of something, sound by all rules of the data model."""
    pcf_part = {
        "declaredUnitOfMeasurement": "kilogram",
        "declaredUnitAmount": "1",
        "productMassPerDeclaredUnit": "1",
        "referencePeriodStart": "2025-01-01T00:00:00Z",
        "referencePeriodEnd": "2026-01-01T00:00:00Z",
        "geographyCountry": "CN",
        "pcfExcludingBiogenicUptake": fossil,
        "pcfIncludingBiogenicUptake": fossil,
        "fossilCarbonContent": "0",
        "biogenicCarbonContent": "0",
        "fossilGhgEmissions": fossil,
        "landUseChangeGhgEmissions": "0",
        "biogenicCO2Uptake": "0",
        "biogenicNonCO2Emissions": "0",
        "packagingEmissionsIncluded": False,
        "ccsTechnologicalCO2CaptureIncluded": False,
        "ipccCharacterizationFactors": ["AR6"],
        "crossSectoralStandards": ["ISO14067"],
        "exemptedEmissionsPercent": "0",
        "primaryDataShare": "40",
    }
    return {
        "id": pcf,
        "specVersion": "3.0.3",
        "created": "2026-02-01T00:00:00Z",
        "status": "Active",
        "validityPeriodStart": "2026-01-01T00:00:00Z",
        "validityPeriodEnd": "2028-12-31T00:00:00Z",
        "companyName": "Steel Works",
        "companyIds": ["urn:uuid:51131fb5-42a2-4267-a402-0ecfeefa1619"],
        "productDescription": "Cold-rolled coil",
        "productIds": [product],
        "productNameCompany": "Coil 1.2 mm",
        "pcf": pcf_part | (of_pcf or {}),
    } | more


@dataclass
class SupplierServer(Receiver):
    """The supplier's server. `listed` is what it has; `asked` are the queries of its list."""

    listed: list[dict[str, Any]] = field(default_factory=list)
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    link_to: str = ""

    def __enter__(self) -> SupplierServer:
        super().__enter__()
        handler = type("Handler", (_SupplierHandler,), {"receiver": self})
        self.server.RequestHandlerClass = handler
        return self


class _SupplierHandler(_Handler):
    def do_GET(self) -> None:  # noqa: N802 - as the library names it
        server: Any = self.receiver
        parts = urlsplit(self.path)
        if not parts.path.startswith("/3/footprints"):
            super().do_GET()
            return
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self._answer(401, {"code": "TokenExpired", "message": "no token"})
            return
        one = parts.path.removeprefix("/3/footprints").strip("/")
        if one:
            found = [each for each in server.listed if each["id"] == one]
            if found:
                self._answer(200, {"data": found[0]})
            else:
                self._answer(404, {"code": "NotFound", "message": "none"})
            return
        self._list(server, parse_qs(parts.query))

    def _list(self, server: Any, query: dict[str, list[str]]) -> None:
        server.asked.append(query)
        wanted = query.get("productId")
        found = [
            each
            for each in server.listed
            if wanted is None or set(each["productIds"]) & set(wanted)
        ]
        start = int(query.get("offset", ["0"])[0])
        text = json.dumps({"data": found[start : start + PAGE]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        if start + PAGE < len(found):
            base = server.link_to or server.address
            more = "".join(f"&productId={one}" for one in wanted or [])
            link = f"{base}/3/footprints?offset={start + PAGE}{more}"
            self.send_header("Link", f'<{link}>; rel="next"')
        self.end_headers()
        self.wfile.write(text)
