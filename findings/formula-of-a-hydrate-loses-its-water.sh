#!/usr/bin/env bash
# chempy 0.10.2, periodictable 2.1.0, pymatgen 2026.10.24, chemicals 1.5.2: Na2CO3.10H2O weighs 125.6 g per mole.
#
# Expected: a dot, the way in which data sheets and catalogues type hydrates and clays, joins two formulas: soda
# crystals Na2CO3.10H2O are 286.14 g/mol, as molmass 2026.1.8 says. Or the text is refused, as each of these packages
# has a spelling of its own for it.
# Happens: the dot is a decimal point. There are 4.1 atoms of oxygen (3.10, and one of a single water): 125.60 g/mol.
# Gypsum CaSO4.2H2O has 157.35 instead of 172.17, kaolinite Al2O3.2SiO2.2H2O 186.46 instead of 258.16. With the
# typographic dot of CaSO4·2H2O, chempy is right, chemicals gives 218.15, the others refuse.
# Matters: the carbon of a raw material is per its molar mass. 1 kg of soda crystals gives off 0.154 kg CO2 in
# an acid or a glass furnace, and 0.350 kg by these masses; nothing says that a formula was read in part.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check chempy==0.10.2 periodictable==2.1.0 \
  pymatgen==2026.10.24 chemicals==1.5.2 molmass==2026.1.8
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

import chempy
import molmass
import periodictable
from chemicals.elements import molecular_weight, nested_formula_parser
from pymatgen.core import Composition

readers = {
    "chempy": lambda text: chempy.Substance.from_formula(text).mass,
    "periodictable": lambda text: periodictable.formula(text).mass,
    "pymatgen": lambda text: float(Composition(text).weight),
    "chemicals": lambda text: molecular_weight(nested_formula_parser(text)),
    "molmass": lambda text: molmass.Formula(text).mass,
}


def mass(name, text):
    try:
        return round(readers[name](text), 1)
    except Exception as error:
        return type(error).__name__


print({name: version(name) for name in readers})
seen = {}
for text in ("Na2CO3.10H2O", "CaSO4.2H2O", "Al2O3.2SiO2.2H2O", "CaSO4·2H2O"):
    seen[text] = {name: mass(name, text) for name in readers}
    print(text, seen[text])
right = {"Na2CO3.10H2O": 286.1, "CaSO4.2H2O": 172.2, "Al2O3.2SiO2.2H2O": 258.2}
wrong = {"Na2CO3.10H2O": {125.6}, "CaSO4.2H2O": {157.3, 157.4}, "Al2O3.2SiO2.2H2O": {186.5}}
soda = seen["Na2CO3.10H2O"]
given_off = {name: round(44.009 / soda[name], 3) for name in ("molmass", "chempy")}
print("kg CO2 of 1 kg of soda crystals:", given_off)
as_seen = all(seen[text][name] in wrong[text] for text in wrong for name in readers if name != "molmass")
as_seen = as_seen and all(seen[text]["molmass"] == right[text] for text in right)
sys.exit(0 if as_seen and seen["CaSO4·2H2O"]["chemicals"] == 218.2 else 1)
PY
