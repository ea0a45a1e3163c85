#!/usr/bin/env bash
# quantities 0.16.4: 1 kg and 10 g in one array are 11 kg.
#
# Expected: quantities carry their units, so that 1 kg + 10 g is 1.01 kg, as it is when they are added. Where they are
# put into one array they are converted, as astropy, unyt and pint do it, or refused.
# Happens: Quantity([1 kg, 10 g], "kg") is [1, 10] kg, while Quantity(10 g, "kg") is 0.01 kg. numpy's sum, mean and max of
# a list of quantities, and concatenate, hstack and append of two arrays, leave the units out: 11, dimensionless. 20
# degrees Celsius in kelvin are 20 K.
# Matters: masses come one by one, in the unit of each row, and are collected into an array before they are summed. Grams
# count as kilograms, in a package that was chosen so that this cannot happen. Convert each before it joins.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check quantities==0.16.4 numpy==2.3.3 astropy==8.0.2 \
    unyt==3.2.0 pint==0.25.3
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

import astropy.units
import numpy as np
import pint
import quantities as pq
import unyt

frame, label = 1 * pq.kg, 10 * pq.g
added = float(frame + label)
both = pq.Quantity([frame, label], "kg")
single = float(pq.Quantity(label, "kg"))
print("quantities", version("quantities"), "- added:", added, "kg; one array:", both, "; one alone:", single)
summed = float(np.sum([frame, label]))
joined = np.concatenate([[1.0] * pq.kg, [10.0] * pq.g])
warm = (20 * pq.degC).rescale("K")
print("  numpy's sum:", summed, "; concatenate:", joined, "; 20 degC:", warm)
theirs = [astropy.units.Quantity([1 * astropy.units.kg, 10 * astropy.units.g]).value.tolist(),
          unyt.unyt_array([unyt.unyt_quantity(1, "kg"), unyt.unyt_quantity(10, "g")]).tolist()]
units = pint.UnitRegistry()
theirs.append(np.concatenate([[1.0] * units.kg, [10.0] * units.g]).magnitude.tolist())
print("  astropy, unyt and pint in kg:", theirs)
sys.exit(0 if added == 1.01 and both.tolist() == [1, 10] and both.dimensionality.string == "kg" and single == 0.01
         and summed == 11 and joined.tolist() == [1, 10] and joined.dimensionality.string == "dimensionless"
         and float(warm) == 20 and theirs == [[1, 0.01]] * 3 else 1)
PY
