"""Our reader of declarations beside the package lcax: `python -m bench.exchange_lcax PYTHON`.

PYTHON is an interpreter that has `lcax` (3.8.0 was compared), which is no dependency of ours. The
files are `exchange_declarations.DECLARATIONS`; what is compared is the total of A1 to A3 per unit.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.exchange_declarations import DECLARATIONS, TOTAL, ilcd_json
from footprint.exchange.read import read_supplier_document
from footprint.faults import Where

_PROBE = """
import json, lcax, sys
for line in sys.stdin:
    document = json.loads(line)
    try:
        found = json.loads(lcax.convert_ilcd(data=json.dumps(document)).dumps())
        print(json.dumps({"gwp": found["impacts"].get("gwp", {})}))
    except Exception as error:
        print(json.dumps({"error": str(error)[:80]}))
"""
#: Where lcax 3.8.0 is known to say something else, and why ours is right.
KNOWN = {
    "reference flow of 1,000 kg": "it leaves the amount of the reference flow out",
    "reference flow of 1,000 kg as the amount": "it leaves the amount of the reference flow out",
    "ten pieces": "it leaves the amount of the reference flow out",
    "A1-A2 and A3": "it takes A3 for the whole",
    "A1-A3 in a scenario beside the plain one": "the scenario that comes last replaces the value",
    "called in Norwegian": "it knows indicators by names of two languages",
}


def main() -> None:
    """Print each file with both totals; an error where they differ otherwise than is known."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        print("needs an interpreter with lcax: python -m bench.exchange_lcax PYTHON")
        return
    documents = {name: ilcd_json(**given) for name, (given, _) in DECLARATIONS.items()}
    documents["called in Norwegian"] = _renamed()
    lines = "\n".join(json.dumps(one) for one in documents.values())
    done = subprocess.run(
        [sys.argv[1], "-c", _PROBE], input=lines, capture_output=True, text=True, check=True
    )
    differ = set()
    for (name, document), line in zip(documents.items(), done.stdout.splitlines(), strict=True):
        ours = sum(_ours(document).values())
        theirs = json.loads(line).get("gwp", {}).get("a1a3")
        same = theirs is not None and abs(theirs - ours) <= 1e-6 * max(abs(ours), 1e-9)
        differ |= set() if same else {name}
        why = "" if same else f"   {KNOWN.get(name, 'UNKNOWN')}"
        print(f"{'same' if same else 'differ':<7}{ours:>12.6g} {theirs!s:>12}  {name}{why}")
    print(f"{len(documents) - len(differ)} of {len(documents)} the same")
    assert differ == set(KNOWN), differ ^ set(KNOWN)


def _ours(document: Any) -> dict[str, float]:
    data = json.dumps(document).encode()
    return dict(read_supplier_document(data, "epd.json", Where("epd.json")).parts)


def _renamed() -> Any:
    document = ilcd_json([(TOTAL, "A1-A3", "5")])
    (result,) = document["LCIAResults"]["LCIAResult"]
    method = result["referenceToLCIAMethodDataSet"]
    method["shortDescription"] = [{"value": "Globalt oppvarmingspotensial (totalt)", "lang": "no"}]
    return document


if __name__ == "__main__":
    main()
