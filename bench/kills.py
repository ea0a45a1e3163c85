"""Kill -9 in a loop, 200 times on each database: nothing half-issued, reused or broken."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: How often each database is killed; `FOOTPRINT_KILLS=20` makes it shorter.
KILLS = int(os.environ.get("FOOTPRINT_KILLS", "200"))


def main() -> None:
    """Print how many certificates survived how many kills; stops at the first damage."""
    sys.path.insert(0, str(ROOT / "tests" / "api"))
    os.environ.setdefault("FOOTPRINT_CACHE", str(ROOT / ".cache" / "footprint"))
    from databases import database_address
    from kill_kit import run
    from pydantic import SecretStr
    from served import settings_for

    for kind in ("sqlite", "postgresql"):
        with (
            tempfile.TemporaryDirectory() as folder,
            database_address(kind, Path(folder)) as address,
        ):
            more = {"database_url": SecretStr(address)} if kind == "postgresql" else {}
            start = time.perf_counter()
            outcome = run(settings_for(Path(folder), **more), KILLS, seed=7)
            print(
                f"  {kind:<10} {outcome['kills']:4} kills in {time.perf_counter() - start:4.0f} s: "
                f"{outcome['certificates']} certificates, {outcome['acknowledged']} of them "
                f"acknowledged, {outcome['entries']} entries; whole, unique, intact",
                flush=True,
            )


if __name__ == "__main__":
    main()
