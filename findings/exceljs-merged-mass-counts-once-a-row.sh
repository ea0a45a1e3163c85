#!/usr/bin/env bash
# exceljs 4.4.0 (npm): a mass in a cell merged over three rows is read three times, and a blank in a CSV file is 0.
#
# Expected: a merged range has one value, that of its upper left cell: no other is in the file, and what stands beneath
# is empty, as SheetJS reads it. And a mass that is a space in a CSV file is not stated.
# Happens: each cell of the range gives the value of the first one: 12 kg that three parts weigh together are 12 kg
# each, 36 in all, by `row.values` and `cell.value` alike. In the CSV reader, texts go through JavaScript's Number,
# which takes a space for 0 (an empty field is null), 0x10 for 16 and 12E5, a part number, for 1,200,000.
# Matters: in lists of parts the mass of a sub-assembly is merged beside its parts: they count it as often as there
# are rows. The missing mass is a zero that no check for "missing" finds. Skip cells whose `master` is another cell,
# and give the CSV reader a `map` of your own.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund exceljs@4.4.0 xlsx@0.18.5 >/dev/null
cat > probe.js <<'JS'
const ExcelJS = require("exceljs"), SheetJS = require("xlsx"), fs = require("fs");
const about = JSON.parse(fs.readFileSync("node_modules/exceljs/package.json"));
(async () => {
  const sheet = SheetJS.utils.aoa_to_sheet([["part", "kg"], ["frame", 12], ["lid"], ["hinge"]]);
  sheet["!merges"] = [{ s: { r: 1, c: 1 }, e: { r: 3, c: 1 } }];
  const made = SheetJS.utils.book_new();
  SheetJS.utils.book_append_sheet(made, sheet, "parts");
  SheetJS.writeFile(made, "parts.xlsx");
  const again = SheetJS.utils.sheet_to_json(SheetJS.readFile("parts.xlsx").Sheets.parts);
  const other = again.map((row) => row.kg ?? null);

  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile("parts.xlsx");
  const masses = [2, 3, 4].map((row) => book.getWorksheet("parts").getRow(row).values[2]);
  console.log("exceljs", about.version, "merged mass:", JSON.stringify(masses), "; SheetJS:", JSON.stringify(other));

  fs.writeFileSync("parts.csv", "part,kg\nframe,12\nlid, \nhinge,\nscrew,0x10\nbolt,12E5\n");
  const read = await new ExcelJS.Workbook().csv.readFile("parts.csv");
  const texts = [2, 3, 4, 5, 6].map((row) => read.getRow(row).getCell(2).value);
  console.log("12, a space, nothing, 0x10 and 12E5 of a CSV file:", JSON.stringify(texts));
  const asSeen = JSON.stringify([masses, other, texts]);
  process.exit(asSeen === "[[12,12,12],[12,null,null],[12,0,null,16,1200000]]" ? 0 : 1);
})();
JS
node probe.js
