#!/usr/bin/env bash
# bw_temporalis 1.3.1: one year after the first of January 2024 is the last day of 2024.
#
# Expected: a process that is dated 2024-01-01 and has an emission one year later, timedelta64(1, "Y"), emits in
# 2025. The unit is kept as given: numpy has years in both kinds of time, and 2024 plus 1 year is 2025 there.
# Happens: all is brought to seconds, with 31,556,952 in each year (365.2425 days). 2024-01-01 plus one is
# 2024-12-31 05:49:12, as 2024 has 366 days; one month after 1 March is 31 March, 10:29. Counted by year, 2024 has
# the emissions of two years and the last year none.
# Matters: time-explicit inventories group by year to choose the background of that year (electricity of 2024 or
# 2025), and dates of whole years begin on the first of January. Add days, or date to the middle of a year.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bw_temporalis==1.3.1 bw2data==4.8 bw2calc==3.1.0
"$work/venv/bin/python" -W ignore - 2>/dev/null <<'PY'
import sys
from collections import Counter
from importlib.metadata import version

import numpy
from bw_temporalis import TemporalDistribution

print("bw_temporalis", version("bw_temporalis"))
start = TemporalDistribution(numpy.array(["2024"], dtype="datetime64[Y]"), numpy.array([1.0]))
yearly = TemporalDistribution(numpy.arange(4).astype("timedelta64[Y]"), numpy.ones(4))
dated = start * yearly
counted = Counter(str(date)[:4] for date in dated.date)
plain = [str(date) for date in numpy.datetime64("2024") + numpy.arange(4).astype("timedelta64[Y]")]
print("numpy:", *plain)
print("bw_temporalis:", *dated.date)
print("emissions by year:", dict(counted))
sys.exit(0 if plain == ["2024", "2025", "2026", "2027"] and counted["2024"] == 2 and "2027" not in counted
         and str(dated.date[1]) == "2024-12-31T05:49:12" else 1)
PY
