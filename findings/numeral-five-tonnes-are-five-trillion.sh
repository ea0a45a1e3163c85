#!/usr/bin/env bash
# numeral 2.0.6 (npm): "5 t" is 5,000,000,000,000, "1e3" is 13, and "1,5" is 15.
#
# Expected: numeral("1,234.5 kg") is the number in front of the unit, 1,234.5, or null where a text is none; abbreviations
# like k and m are read where they stand directly at the number, as the package writes them: 5k.
# Happens: the letters k, m, b and t at the end of a text mean thousand, million, billion and trillion, whatever stood
# there as a unit: 5 t of steel are 5e12, 12 m of cable 12,000,000; 5 kg, 5 mm and 12 km are right. All that is no
# digit is left out: 1e3 is 13 (1.5e-3 is right), 6 M8, six screws, is 68, and 1,5, a decimal comma, is 15. 12:30 is 750.
# Matters: a table on a page mixes kg and t, mm and m. One unit is a million million times the other, and where the texts
# have exponents or commas the number is wrong by a factor that looks like an amount. No value is null.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund numeral@2.0.6 >/dev/null
cat > probe.js <<'JS'
const numeral = require("numeral");
const texts = ["1,234.5 kg", "5 kg", "5 t", "12 km", "12 m", "1.5e-3", "1e3", "6 M8", "1,5", "0,125"];
const seen = texts.map((text) => numeral(text).value());
console.log("numeral", numeral.version, texts.map((text, at) => `"${text}" ${seen[at]}`).join(", "));
process.exit(JSON.stringify(seen) === "[1234.5,5,5000000000000,12,12000000,0.0015,13,68,15,125]" ? 0 : 1);
JS
node probe.js
