#!/usr/bin/env bash
# duckdb 2.0.1: of a table kg;l with decimal commas the masses are 0, even if it is told that the comma is decimal.
#
# Expected: a file with the heading kg;l and rows like 0,125;1,5 has two columns, all the more with
# decimal_separator=',' (a sign cannot both separate columns and be decimal). Texts like 10-12-20 stay texts.
# Happens: each row has two commas and only one semicolon, so that the file is cut at the commas: three columns without
# names, the first of them 0 in every row, the last the digit after a comma; the heading is skipped. With a column of
# names before the two it is right. Sizes of 10-12-20 are days in 2010.
# Matters: exports of scales and meters are such files. A sum over the first column is 0 and one over the last some
# number of litres; no error, no warning. State delim, header and the types of the columns.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1
cd "$work"
venv/bin/python - <<'PY'
import datetime
import pathlib
import sys

import duckdb


def read(text, options=""):
    pathlib.Path("table.csv").write_text(text)
    table = duckdb.sql(f"select * from read_csv('table.csv'{options})")
    return table.columns, table.fetchall()


MASSES = "kg;l\n0,125;1,5\n0,25;2,5\n"
told = read(MASSES, ", decimal_separator=','")
fully = read(MASSES, ", decimal_separator=',', delim=';'")
named = read("part;kg;l\nlid;0,125;1,5\npin;0,25;2,5\n", ", decimal_separator=','")
sizes = read("size;kg\n10-12-20;1\n10-11-20;2\n")
print("duckdb", duckdb.__version__, "- kg;l with the mark stated:", told)
print("  delimiter stated too:", fully, "; with names:", named)
print("  sizes:", sizes)
sys.exit(0 if told == (["column0", "column1", "column2"], [(0, "125;1", 5), (0, "25;2", 5)])
         and fully == (["kg", "l"], [(0.125, 1.5), (0.25, 2.5)]) and named[1][0] == ("lid", 0.125, 1.5)
         and sizes[1][0] == (datetime.date(2010, 12, 20), 1) else 1)
PY
