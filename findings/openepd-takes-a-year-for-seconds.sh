#!/usr/bin/env bash
# openepd 8.0.0: a validity of "2027" is half past midnight on the first day of 1970.
#
# One would expect: `valid_until`, a time in the form, takes "2027" for a year or refuses it, as it
# refuses "2027-05".
# What happens: digits alone are seconds since 1970 (milliseconds where there are many), as a text and
# as a number. "2027" is 1970-01-01 00:33:47, and "20270504", a day without dashes (ISO 8601 basic), is
# a day in August 1970. What is written again is the other time.
# Why it matters here: data sets of declarations state a year. Whoever reads them through the package
# finds every such declaration expired for decades, and whoever writes them again passes that on. Our
# reader takes the text itself: the last day of that year.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openepd==8.0.0
cat > "$folder/probe.py" <<'PY'
import json
from importlib.metadata import version

from openepd.model.epd import EpdV0


def valid_until(value):
    document = {"doctype": "openEPD", "declared_unit": {"qty": 1, "unit": "kg"},
                "valid_until": value}
    try:
        model = EpdV0.model_validate(document)
    except ValueError:
        return "refused"
    return json.loads(model.model_dump_json(exclude_none=True))["valid_until"]


print("openepd", version("openepd"), "pydantic", version("pydantic"))
found = {repr(value): valid_until(value)
         for value in ("2027", 2027, "20270504", "2027-05", "2027-05-04")}
for value, read in found.items():
    print(f"{value:>13} -> {read}")
assert found["'2027'"] == found["2027"] == "1970-01-01T00:33:47Z"
assert found["'20270504'"].startswith("1970-08-23")
assert found["'2027-05'"] == "refused"
assert found["'2027-05-04'"].startswith("2027-05-04")
PY
"$folder/venv/bin/python" "$folder/probe.py"
