#!/usr/bin/env bash
# trimesh 5.2.0: the volume of a scene counts each part in the size in which it was drawn, not as it is placed.
#
# Expected: a 3MF file places a cube of 10 mm with a transformation that doubles it. The scene is 20 mm wide
# and its volume 8,000 mm3, as its docstring says: the sum over every instanced geometry.
# Happens: `volume` and `area` of the scene are 1,000 mm3 and 600 mm2; the number of instances counts, their
# scale does not; `extents` of the same scene says 20 mm, and `to_mesh().volume` 8,000. An object of the type
# "support" (by the core specification of 3MF no part of the model) is counted, and after a change to inches
# `mass` keeps the density per mm3: 7.85 g of steel weigh 0.0005 g.
# Matters: masses of printed and modelled parts are volume times density. An exporter that writes inches as a
# scaled item makes the part 16,387 times lighter, without a message.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  trimesh==5.2.0 numpy==2.4.6 scipy==1.17.1 lxml==6.1.3 networkx
"$work/venv/bin/python" -W ignore - <<'PY'
import io
import sys
import zipfile
from importlib.metadata import version

import trimesh

CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
cube = trimesh.creation.box((10, 10, 10))
corners = "".join('<vertex x="{}" y="{}" z="{}"/>'.format(*corner) for corner in cube.vertices)
faces = "".join('<triangle v1="{}" v2="{}" v3="{}"/>'.format(*face) for face in cube.faces)
MESH = f"<mesh><vertices>{corners}</vertices><triangles>{faces}</triangles></mesh>"


def scene(items, kinds=("model",)):
    """A 3MF file with cubes of 10 mm, read by trimesh."""
    objects = "".join(f'<object id="{at}" type="{kind}">{MESH}</object>' for at, kind in enumerate(kinds, 1))
    model = (f'<?xml version="1.0"?><model unit="millimeter" xmlns="{CORE}"><resources>{objects}</resources>'
             f"<build>{items}</build></model>")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("3D/3dmodel.model", model)
        archive.writestr("[Content_Types].xml", (
            f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/>'
            "</Types>"))
        archive.writestr("_rels/.rels", (
            f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" '
            'Target="/3D/3dmodel.model" Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/>'
            "</Relationships>"))
    file.seek(0)
    return trimesh.load(file, file_type="3mf")


print("trimesh", version("trimesh"))
seen = {}
for name, found in {
    "as drawn": scene('<item objectid="1"/>'),
    "doubled": scene('<item objectid="1" transform="2 0 0 0 2 0 0 0 2 0 0 0"/>'),
    "with support": scene('<item objectid="1"/><item objectid="2"/>', ("model", "support")),
}.items():
    seen[name] = (round(found.volume), round(found.to_mesh().volume), round(max(found.extents)))
    print(f"  {name}: volume {seen[name][0]} mm3, of its mesh {seen[name][1]} mm3, width {seen[name][2]} mm")
steel = trimesh.creation.box((10, 10, 10))
steel.units, steel.density = "mm", 7.85e-3
before = steel.mass
after = steel.convert_units("inch").mass
print(f"  10 mm of steel: {before:.4g} g, after convert_units to inches {after:.4g} g")
as_seen = {"as drawn": (1000, 1000, 10), "doubled": (1000, 8000, 20), "with support": (2000, 2000, 10)}
sys.exit(0 if seen == as_seen and after < before / 16000 else 1)
PY
