"""One small economy, written in the layout of every producer.

Coal and electricity need each other; wood takes CO2 from the air and is sawn with electricity that
is given in MJ. Every layout has its own ways: units, identities, compartments, other pollutants.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

#: kg CO2e (AR6) per unit without biogenic CO2, in closed form: c = 0.05 e + 0.01 CH4 (per kg of
#: coal), e = 0.4 c + 0.9 CO2 + 0.00001 N2O (per kWh), wood = 0.1 e (0.36 MJ are 0.1 kWh).
_METHANE, _LAUGHING_GAS = 29.8, 273.0
ELECTRICITY = (0.4 * 0.01 * _METHANE + 0.9 + 0.00001 * _LAUGHING_GAS) / (1.0 - 0.4 * 0.05)
COAL = 0.05 * ELECTRICITY + 0.01 * _METHANE
WOOD = 0.1 * ELECTRICITY
UPTAKE = -1.8

UUIDS = {
    name: f"{number:08d}-0000-4000-8000-000000000000"
    for number, name in enumerate(
        "mine plant mill coal electricity wood co2 ch4 n2o so2 co2-in-air mass energy".split(), 1
    )
}


def zip_of(path: Path, files: dict[str, str | bytes]) -> Path:
    """A zip with these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path
