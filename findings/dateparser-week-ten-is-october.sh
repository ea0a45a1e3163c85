#!/usr/bin/env bash
# dateparser 1.5.0: the week 2025-W10, in March, is a day in October, and the reporting year 2024/25 the 25th of a month.
#
# Expected: of a time of a report the days that it means, or None, as the package gives for "FY2025" and "week 10 2025".
# 2025-W10 is the week from 3 March 2025 (ISO 8601-1, week date). Months are read in Thai, so that the year 2568 beside
# one is that of the Buddhist era, 2025.
# Happens: what is not understood is passed over, and the digits are put into some order. The weeks W01 to W12 are the
# months 1 to 12 of their year, the weeks W13 to W31 days of the month in which the program runs, later ones None.
# 2024/25 is the 25th of the current month, in 2024. "1 มีนาคม 2568" is in 2568, five centuries from now.
# Matters: plants state production and electricity per ISO week: March gets the electricity of October, and a week of
# spring moves with the month of the calculation. A certificate of a Thai supplier that ran out in 2025 is valid.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
PYTHONUTF8=1 "$work/venv/bin/python" -W ignore - <<'PY'
import sys
from datetime import date, datetime
from importlib.metadata import version

import dateparser


def read(text, today):
    day = dateparser.parse(text, settings={"RELATIVE_BASE": today})
    return day and day.date().isoformat()


print("dateparser", version("dateparser"), "- of a text, read in June and in December:")
june, december = datetime(2026, 6, 1), datetime(2026, 12, 1)
seen = {}
for text in ("FY2025", "week 10 2025", "2025-W05", "2025-W10", "2025-W14", "2025-W52", "2024/25", "1 มีนาคม 2568"):
    seen[text] = (read(text, june), read(text, december))
    print(f"  {text}: {seen[text][0]}, {seen[text][1]}")
print("2025-W10 begins on", date.fromisocalendar(2025, 10, 1))
sys.exit(0 if seen == {
    "FY2025": (None, None), "week 10 2025": (None, None), "2025-W05": ("2025-05-01",) * 2,
    "2025-W10": ("2025-10-01",) * 2, "2025-W14": ("2025-06-14", "2025-12-14"), "2025-W52": (None, None),
    "2024/25": ("2024-06-25", "2024-12-25"), "1 มีนาคม 2568": ("2568-03-01",) * 2} else 1)
PY
