#!/usr/bin/env bash
# SheetJS, xlsx 0.18.5 (npm), CSV files: a pipe of 3/4 is 36,954, a mass of 1,5 is 15, and 12,5 % are 1.25.
#
# Expected: a cell of a CSV file that is a number is read as one, and all else stays text: a size (3/4, 10-12-20), a part
# number (00471), an amount with the mark of another language (1,5), as "12 kg" and "1 200" do.
# Happens: 3/4 is a day of the year 2001 and comes as the number of that day, 36,954, of the type of a number; 10-12-20
# is one of 2020. Commas are left out wherever they stand: 1,5 is 15, 0,125 is 125, 12,5 % is 1.25, and 1.234,5 is
# 1.2345. 00471 is 471 and 12E5 1,200,000. With `raw: true` all of them stay as they are.
# Matters: lists of parts are dropped on a page as CSV or XLSX and read by one call. Those saved as CSV where the comma is
# decimal have ten or a thousand times the masses, inches are five-digit numbers, and none is missing.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund xlsx@0.18.5 >/dev/null
cat > probe.js <<'JS'
const SheetJS = require("xlsx");
const texts = ["12 kg", "1 200", "1.5", "3/4", "10-12-20", "1,5", "0,125", "1.234,5", "12,5 %", "00471", "12E5"];
const table = "size;amount\n" + texts.map((text) => `a;${text}`).join("\n");
const read = (options) => {
  const book = SheetJS.read(table, { type: "string", ...options });
  return SheetJS.utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { rawNumbers: true }).map((row) => row.amount);
};
const day = (value) => value > 30000 && value < 100000; // in some time zones with a part of a day
const seen = read({}).map((value) => (day(value) ? Math.round(value) : value));
console.log("xlsx", SheetJS.version, texts.map((text, at) => `"${text}" ${JSON.stringify(seen[at])}`).join(", "));
const asSeen = JSON.stringify(seen) ===
  JSON.stringify(["12 kg", "1 200", 1.5, 36954, 44116, 15, 125, 1.2345, 1.25, 471, 1200000]);
process.exit(asSeen && JSON.stringify(read({ raw: true })) === JSON.stringify(texts) ? 0 : 1);
JS
node probe.js
