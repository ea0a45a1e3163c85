#!/usr/bin/env bash
# convert-units 2.3.4 (npm): 1 `t` is 907 kg; the tonne is `mt`, which elsewhere is a thousandth of it.
#
# Expected: `t` is the symbol of the tonne, 1,000 kg: it is one of the units accepted for use with the SI (SI
# brochure, table 8), and pint, udunits, mathjs, js-quantities and `convert` take it so.
# Happens: `t` is the US short ton of 2,000 pounds, 907.184 kg, and `mt` is the tonne. Described, they are "Ton"
# and "Metric Tonne". In mathjs 15.2.0 `t` is 1,000 kg and `mt` a millitonne, 1 kg. Lengths and masses of the two
# systems are joined by a rounded factor, so that a mile is 1,609.34395 m.
# Matters: a page that converts with one package and a server with another differ by 9 % for `t`, and by a factor
# of 1,000 for `mt`. Nothing fails: both know both symbols as masses.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund convert-units@2.3.4 mathjs@15.2.0 >/dev/null
cat > probe.js <<'JS'
const convert = require("convert-units"), math = require("mathjs");
for (const name of ["convert-units", "mathjs"])
  console.log(name, JSON.parse(require("fs").readFileSync(`node_modules/${name}/package.json`)).version);
const seen = {};
for (const unit of ["t", "mt"]) {
  seen[unit] = [convert(1).from(unit).to("kg"), math.unit(1, unit).toNumber("kg")];
  console.log(`1 ${unit}: ${seen[unit][0]} kg (${convert().describe(unit).singular}), mathjs ${seen[unit][1]} kg`);
}
const mile = convert(1).from("mi").to("m");
console.log("1 mi:", mile, "m");
process.exit(Math.abs(seen.t[0] - 907.184) < 0.01 && seen.t[1] === 1000 && Math.abs(seen.mt[0] - 1000) < 1e-6
  && Math.abs(seen.mt[1] - 1) < 1e-9 && Math.abs(mile - 1609.344) > 1e-5 ? 0 : 1);
JS
node probe.js
