#!/usr/bin/env bash
# js-quantities 1.8.0 (npm): 1,000 `sqft` are 1,000 m2; a square foot is 0.0929 m2.
#
# Expected: `sqft` is listed among the units and is an area, so that it converts as `ft2` does: 92.9 m2.
# Happens: the unit has the factor 1 to the base unit, which is the square metre: sqft in m2 gives the number back.
# `ft2` is right, and the package shows 1 sqft brought to base units as "1 ft2".
# Matters: floors, boards, leather and hides are sold per square foot. An area, and with it the burden of the
# material, is 10.8 times too high; the kind of the quantity ("area") is right, so that a check of it passes.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund js-quantities@1.8.0 >/dev/null
cat > probe.js <<'JS'
const Qty = require("js-quantities");
const about = require("fs").readFileSync("node_modules/js-quantities/package.json");
console.log("js-quantities", JSON.parse(about).version);
const said = Qty("1000 sqft"), squared = Qty("1000 ft2");
const wrong = said.to("m2").scalar, right = squared.to("m2").scalar;
console.log(`1000 sqft (${said.kind()}) = ${wrong} m2`);
console.log(`1000 ft2 (${squared.kind()}) = ${right.toFixed(4)} m2`);
process.exit(wrong === 1000 && Math.abs(right - 92.90304) < 1e-6 ? 0 : 1);
JS
node probe.js
