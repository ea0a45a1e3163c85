"""`python -m footprint.inventory.seal [FOLDER]`: write the SHA-256 of each figure file anew.

For authors, after a meant change of a file in `lci_data/`. Only the `files:` part at the end of
each `source.yaml` is rewritten.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path


def seal(root: Path) -> int:
    """Seal every folder below `root`; returns how many sidecars changed."""
    changed = 0
    for sidecar in sorted(root.glob("*/source.yaml")):
        lines = [
            f"  {file.name}: {hashlib.sha256(file.read_bytes()).hexdigest()}"
            for file in sorted(sidecar.parent.glob("*.csv"))
        ]
        old = sidecar.read_text("utf-8")
        head = re.split(r"^files:", old, maxsplit=1, flags=re.MULTILINE)[0]
        block = "files:\n" + "\n".join(lines) if lines else "files: {}"
        new = f"{head.rstrip()}\n{block}\n"
        if new != old:
            sidecar.write_text(new, "utf-8")
            changed += 1
    return changed


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("lci_data")
    sys.stdout.write(f"{seal(folder)} sidecars changed\n")
