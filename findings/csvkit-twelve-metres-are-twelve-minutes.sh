#!/usr/bin/env bash
# csvkit 2.2.0 (agate 1.14.2): a length of 12 m is 0:12:00, twelve minutes, and one piece is True.
#
# Expected: a table that is sorted, or written as JSON, has the cells that it had. Types are guessed, but "12 m" of a
# parts list is no number, so that it stays a text, as "12 mm" does; pieces are numbers, whether they are 1 or 2.
# Happens: a column in which each cell has a number and m, h, s, d or w is a column of durations: cables of 12 m and
# 1.5 m become 0:12:00 and 0:01:30, csvstat adds them up to 0:15:30, and a bag of 5 d is 5 days. A column of ones
# (or of ones and zeros) is one of truth values, so that its sum is gone. "2.5 %" is the number 2.5.
# Matters: which type a column has depends on all of its cells: one "12 mm" or one part that is used twice, and all
# stays. The same export is sound in one month and has minutes for metres in the next. Call with --no-inference.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2
cd "$work"
cat > cables.csv <<'CSV'
part,length,pieces,recycled
feeder,12 m,1,2.5 %
jumper,1.5 m,1,10 %
patch,2 m,1,5 %
CSV
sed 's/^patch,2 m,1/patch,2000 mm,2/' cables.csv > mixed.csv
"$work/venv/bin/csvsort" -c part cables.csv > sorted.csv
"$work/venv/bin/csvstat" -c length --sum cables.csv > sum.txt
"$work/venv/bin/csvsort" -c part mixed.csv > kept.csv
"$work/venv/bin/csvsort" --no-inference -c part cables.csv > plain.csv
"$work/venv/bin/python" - <<'PY'
import csv
import sys
from importlib.metadata import version

print("csvkit", version("csvkit"), "agate", version("agate"))
rows = {name: list(csv.DictReader(open(f"{name}.csv"))) for name in ("cables", "sorted", "kept", "plain")}
for given, got in zip(rows["cables"], rows["sorted"], strict=True):
    print(given["part"], {field: (given[field], got[field]) for field in given if given[field] != got[field]})
total = open("sum.txt").read().strip()
print("sum of 12 m, 1.5 m and 2 m:", total)
print("with one cell of 2000 mm and one of 2 pieces:", [(row["length"], row["pieces"]) for row in rows["kept"]])
minutes = [row["length"] for row in rows["sorted"]] == ["0:12:00", "0:01:30", "0:02:00"] and total == "0:15:30"
truth = {row["pieces"] for row in rows["sorted"]} == {"True"}
kept = [(row["length"], row["pieces"]) for row in rows["kept"]] == [("12 m", "1"), ("1.5 m", "1"), ("2000 mm", "2")]
sys.exit(0 if minutes and truth and kept and rows["plain"] == rows["cables"] else 1)
PY
