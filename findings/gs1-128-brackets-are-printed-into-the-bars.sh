#!/usr/bin/env bash
# python-barcode 0.16.1, zxing-cpp 3.1.1: brackets around GS1 identifiers become bars, unseen.
#
# One would expect: `gs1_128` takes `(01)06901234567892(3103)001250`, as GS1 prints it below the bars
# and as other writers of GS1 symbols take it, and encodes the identifiers without their brackets
# (GS1 General Specifications: brackets stand in the human readable text alone); or refuses them.
# What happens: the brackets are encoded as characters. Reading the symbol back with zxing-cpp does not
# show it: `text` is in the readable form with brackets for both, so the two symbols look the same.
# Only `bytes` differ, and a parser of what a scanner sends (biip) finds no GTIN and no weight.
# Why it matters here: a label with the weight of a product beside its certificate goes through tills
# and warehouses of others. A test that reads its own label back and compares the text passes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  python-barcode==0.16.1 pillow==13.0.0 numpy==2.4.6 zxing-cpp==3.1.1 biip==5.2.0
cat > "$folder/probe.py" <<'PY'
import io
from importlib.metadata import version

import barcode
import biip
import numpy as np
import zxingcpp
from barcode.writer import ImageWriter
from PIL import Image


def read_back(content):
    picture = io.BytesIO()
    barcode.get("gs1_128", content, writer=ImageWriter()).write(picture, {"write_text": False})
    (found,) = zxingcpp.read_barcodes(np.array(Image.open(picture).convert("L")))
    return found


def meant(found):
    """What a parser makes of what a scanner sends: the symbology identifier and the bytes."""
    read = biip.parse(found.symbology_identifier + found.bytes.decode("ascii"))
    message = read.gs1_message
    return {one.ai.ai: one.value for one in message.element_strings} if message else None


for name in ("python-barcode", "zxing-cpp", "biip"):
    print(name, version(name))
with_brackets = read_back("(01)06901234567892(3103)001250")
without = read_back("01069012345678923103001250")
for name, one in (("with brackets", with_brackets), ("without", without)):
    print(f"{name:>13}: text {one.text}, bytes {one.bytes.decode('ascii')}, parsed {meant(one)}")
assert with_brackets.text == without.text == "(01)06901234567892(3103)001250"
assert with_brackets.bytes == b"(01)06901234567892(3103)001250"
assert without.bytes == b"01069012345678923103001250"
assert meant(without) == {"01": "06901234567892", "3103": "001250"}
assert meant(with_brackets) is None
PY
"$folder/venv/bin/python" "$folder/probe.py"
