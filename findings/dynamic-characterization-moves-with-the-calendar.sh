#!/usr/bin/env bash
# dynamic_characterization 1.4.3: the GWP of 1 kg CO2 emitted in 2020 is above 1, and rises with the day of calculation.
#
# Expected: with a fixed horizon of 100 years, counted "from the time of the functional unit" (docstring of
# characterize; the approach of Levasseur, doi 10.1021/es9030003), 1 kg CO2 emitted at that time is 1 kg CO2e.
# Happens: the function is told no functional unit. What is not said begins at the moment of the import of the
# package, so that the horizon of 2020 is 100 years and the time since then: 1.055 kg at the end of 2026. What is
# emitted after 100 years still counts. A server that runs for a year has another result than one started today.
# Matters: a figure that was certified is another one when it is recalculated with the same versions and data, by
# about 0.8 % a year, without a message. State time_horizon_start. bw_timex does; a call of one's own need not.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dynamic_characterization==1.4.3 bw2data==4.8
"$work/venv/bin/python" -W ignore - 2>/dev/null <<'PY'
import sys
from datetime import datetime
from importlib.metadata import version

import pandas
from dynamic_characterization import characterize
from dynamic_characterization.ipcc_ar6 import characterize_co2

print("dynamic_characterization", version("dynamic_characterization"))


def gwp(emitted, **options):
    row = {"date": pandas.Timestamp(emitted), "amount": 1.0, "flow": 1, "activity": 2}
    done = characterize(pandas.DataFrame([row]), metric="GWP", characterization_functions={1: characterize_co2},
                        time_horizon=100, fixed_time_horizon=True, **options)
    return float(done.amount.sum())


stated = gwp("2020-01-01", time_horizon_start=datetime(2020, 1, 1))
today = gwp("2020-01-01")
older = gwp("2010-01-01")
late = gwp("2120-06-01"), gwp("2120-06-01", time_horizon_start=datetime(2020, 1, 1))
print(f"1 kg CO2 of 2020, horizon from 2020: {stated:.4f} kg CO2e; start not stated: {today:.4f}")
print(f"1 kg CO2 of 2010, start not stated: {older:.4f}")
print(f"1 kg CO2 of June 2120, start not stated: {late[0]:.4f}; horizon from 2020: {late[1]:.4f}")
sys.exit(0 if abs(stated - 1) < 0.01 and older > today + 0.05 > stated + 0.08 and late[0] > 0.03 > late[1] else 1)
PY
