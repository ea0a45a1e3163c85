#!/usr/bin/env bash
# Expected: PACT v3 writes numbers as texts of the pattern ^[+-]?\d+(\.\d+)?$, and whether a text fits a
# pattern does not depend on the validator: JSON Schema's patterns are those of ECMA-262, where \d is 0 to 9
# and $ is the end of the text.
# What happens: four validators in wide use give three different verdicts. Python's `re`, on which jsonschema
# rests, takes every Unicode digit for \d and lets $ stand before a last line feed; fastjsonschema mends the
# second only, and so does pydantic (Rust's regex knows Unicode digits); jsonschema-rs follows ECMA-262.
# Why it matters: full-width digits are what a Chinese or Japanese input method types, and a line feed is what
# a copied cell ends with. Such a document passes at the sender and is refused by the buyer's host, or, since
# Python's Decimal reads full-width digits too, is taken for the number it looks like by one side alone.
# A pattern for exchange says [0-9], and a check of one's own is not left to a validator.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    jsonschema==4.26.0 jsonschema-rs==0.61.2 fastjsonschema==2.22.3 pydantic==2.14.4
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version
from typing import Annotated

import fastjsonschema
import jsonschema
import jsonschema_rs
from pydantic import Field, TypeAdapter, ValidationError

PATTERN = r"^[+-]?\d+(\.\d+)?$"
SCHEMA = {"type": "string", "pattern": PATTERN}
compiled = fastjsonschema.compile(SCHEMA)
adapter = TypeAdapter(Annotated[str, Field(pattern=PATTERN)])


def fits(validate, text):
    try:
        return validate(text) is not False
    except (jsonschema.ValidationError, fastjsonschema.JsonSchemaException, ValidationError):
        return False


VALIDATORS = {
    "jsonschema": lambda text: jsonschema.validate(text, SCHEMA),
    "jsonschema-rs": lambda text: jsonschema_rs.is_valid(SCHEMA, text),
    "fastjsonschema": compiled,
    "pydantic": adapter.validate_python,
}
SEEN = {
    "12.5": (True, True, True, True),
    "12.5\n": (True, False, False, False),
    "\uff11\uff12.\uff15": (True, False, True, True),  # full-width digits
    "12,5": (False, False, False, False),
}
print(*(f"{name} {version(name)}" for name in VALIDATORS), sep=", ")
same = True
for text, seen in SEEN.items():
    found = tuple(fits(validate, text) for validate in VALIDATORS.values())
    print(f"{text!r}:", ", ".join(f"{n} {'takes' if f else 'refuses'} it" for n, f in zip(VALIDATORS, found)))
    same = same and found == seen
sys.exit(0 if same else 1)
PYTHON
