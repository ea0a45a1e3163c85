#!/usr/bin/env bash
# basyx-python-sdk 2.2.0: a small xs:decimal is written with an exponent, which xs:decimal has not.
#
# One would expect: a property of the type xs:decimal is written as XML Schema spells decimals, since
# the type exists so that no float and no exponent comes in.
# What happens: `Decimal("0.0000001")` is written as `1E-7`. Another reader of the same metamodel
# (aas-core3.0 1.1.4) finds that the value does not fit its type.
# Why it matters here: the total of a footprint is an xs:decimal (IDTA 02023, PcfCO2eq). That of a
# screw per gram is that small, and the package would be refused by the buyer's program.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  basyx-python-sdk==2.2.0 aas-core3.0==1.1.4
cat > "$folder/probe.py" <<'PY'
import json
from decimal import Decimal
from importlib.metadata import version

import aas_core3.jsonization as core_json
from aas_core3 import verification
from basyx.aas import model
from basyx.aas.adapter.json import AASToJsonEncoder


def written(text):
    total = model.Property("PcfCO2eq", model.datatypes.Decimal, Decimal(text))
    return json.loads(json.dumps(total, cls=AASToJsonEncoder))


print("basyx-python-sdk", version("basyx-python-sdk"), "aas-core3.0", version("aas-core3.0"))
for text in ("0.000001", "0.0000001"):
    document = written(text)
    errors = [error.cause for error in verification.verify(core_json.property_from_jsonable(document))]
    print(text, "is written as", document["value"], "and found wrong:", errors)
assert written("0.000001")["value"] == "0.000001"
assert written("0.0000001")["value"] == "1E-7"
assert any("valid" in cause.lower() or "consistent" in cause.lower() for cause in errors), errors
PY
"$folder/venv/bin/python" "$folder/probe.py"
