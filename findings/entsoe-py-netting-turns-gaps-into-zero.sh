#!/usr/bin/env bash
# entsoe-py 0.8.1, nett=True: hours in which no generation was reported are 0 MW, and a storage that pumps generates.
#
# Expected: `nett` is "to condense generation and consumption of a plant into a nett number". An hour that is not
# in the document stays missing, as it does without it; a storage that only takes power is negative.
# Happens: generation and consumption are filled with 0 before they are subtracted. Three hours of coal that were not
# reported are NaN without `nett` and 0 MW with it, as soon as any type of plant has a consumption. Where all that
# is asked for consumes (pumped storage or batteries by night), the heading that says so is dropped as redundant:
# with `nett` and without it, 80 MW taken are +80, like generation.
# Matters: the mix of an hour is the factor of the electricity used in it. Hours without their coal (500 of 600 MW)
# look like clean ones, and a mean over the year is too low; nothing is left that a check for gaps would find.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check entsoe-py==0.8.1
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

from entsoe.parsers import parse_generation

COAL, STORAGE = "B05", "B10"


def series(kind, hours, megawatts, takes=False):
    end = "out" if takes else "in"
    points = "".join(f"<Point><position>{place + 1}</position><quantity>{megawatts}</quantity></Point>"
                     for place in range(len(hours)))
    return (f"<TimeSeries><{end}BiddingZone_Domain.mRID>10Y</{end}BiddingZone_Domain.mRID><curveType>A01</curveType>"
            f"<MktPSRType><psrType>{kind}</psrType></MktPSRType><Period><timeInterval>"
            f"<start>2026-01-01T{hours[0]:02}:00Z</start><end>2026-01-01T{hours[-1] + 1:02}:00Z</end></timeInterval>"
            f"<resolution>PT60M</resolution>{points}</Period></TimeSeries>")


def read(*parts, nett):
    root = "GL_MarketDocument"
    return parse_generation(f'<?xml version="1.0"?><{root}>{"".join(parts)}</{root}>', nett=nett)


day = range(6)
coal = (series(COAL, day[:2], 500), series(COAL, day[5:], 500))
given, taken = series(STORAGE, day, 100), series(STORAGE, day, 80, takes=True)
print("entsoe-py", version("entsoe-py"))
gross = read(*coal, given, taken, nett=False)[("Fossil Hard coal", "Actual Aggregated")]
net = read(*coal, given, taken, nett=True)
alone = read(*coal, given, nett=True)["Fossil Hard coal"]
print("coal, reported in hours 0, 1 and 5:", gross.tolist())
print("the same with nett=True:", net["Fossil Hard coal"].tolist())
print("with nett=True, and no plant that takes power:", alone.tolist())
pumping = {nett: read(taken, nett=nett)["Hydro Pumped Storage"].iloc[0] for nett in (False, True)}
print("a storage that takes 80 MW, alone, without nett and with it:", [float(value) for value in pumping.values()])
print("the same beside the coal, with nett:", read(*coal, taken, nett=True)["Hydro Pumped Storage"].iloc[0])
as_seen = gross.isna().sum() == 3 and net["Fossil Hard coal"].tolist() == [500, 500, 0, 0, 0, 500]
sys.exit(0 if as_seen and alone.isna().sum() == 3 and pumping == {False: 80, True: 80} else 1)
PY
