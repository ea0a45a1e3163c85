#!/usr/bin/env bash
# jsonld 9.0.0 (npm): the number 4e-7 is "0" in the text that is signed; PyLD 3.3.0 signs another text.
#
# Expected: a number with a fraction becomes an xsd:double of all its digits (JSON-LD 1.1 API, object to RDF
# conversion): 4e-7 is "4.0E-7". A proof over canonical RDF is made of these lines, so that all readers have the same.
# Happens: jsonld asks whether the number has a point when it is written as text. 1.5e-7 has; 4e-7 has none, is taken
# for whole, and becomes "0" of xsd:integer, or of xsd:decimal where the context says so. PyLD writes "4.0E-7". A
# decimal of 10.5 is "1.05E1" in both, which xsd:decimal does not know. Texts stay as they are.
# Matters: the footprint of a screw of 0.2 g is 4e-7 t. It is signed as 0, a database that is filled from the lines has 0,
# and what a Python program signed with it no JavaScript one accepts, while the next figure, of two digits, passes. State
# figures as texts.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund jsonld@9.0.0 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check PyLD==3.3.0
cat > documents.json <<'JSON'
[{"co2": 1.5e-7}, {"co2": 4e-7}, {"co2": 0}, {"total": 4e-7}, {"total": 10.5}, {"total": "0.0000004"}]
JSON
cat > context.json <<'JSON'
{"co2": "https://example.org/co2",
 "total": {"@id": "https://example.org/total", "@type": "http://www.w3.org/2001/XMLSchema#decimal"}}
JSON
cat > probe.js <<'JS'
const fs = require("fs"), jsonld = require("jsonld");
const read = (name) => JSON.parse(fs.readFileSync(name));
(async () => {
  const lines = [];
  for (const document of read("documents.json")) {
    const whole = { "@context": read("context.json"), "@id": "https://example.org/screw", ...document };
    const text = await jsonld.canonize(whole, { algorithm: "RDFC-1.0", format: "application/n-quads" });
    lines.push(text.split(" ")[2].replace("http://www.w3.org/2001/XMLSchema#", ""));
  }
  fs.writeFileSync("lines.json", JSON.stringify(lines));
  console.log("jsonld", read("node_modules/jsonld/package.json").version, lines.join(" "));
})();
JS
node probe.js
venv/bin/python - <<'PY'
import json
import sys
from importlib.metadata import version

from pyld import jsonld

lines = []
for document in json.load(open("documents.json")):
    whole = {"@context": json.load(open("context.json")), "@id": "https://example.org/screw", **document}
    text = jsonld.normalize(whole, {"algorithm": "URDNA2015", "format": "application/n-quads"})
    lines.append(text.split(" ")[2].replace("http://www.w3.org/2001/XMLSchema#", ""))
print("PyLD", version("PyLD"), *lines)
theirs = json.load(open("lines.json"))
same = [one == other for one, other in zip(theirs, lines)]
sys.exit(0 if theirs[1] == theirs[2] == '"0"^^<integer>' and theirs[3] == '"0"^^<decimal>'
         and lines[1] == '"4.0E-7"^^<double>' and theirs[4] == '"1.05E1"^^<decimal>'
         and same == [True, False, True, False, True, True] else 1)
PY
