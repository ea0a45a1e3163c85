"""A fact that is given twice is told once."""

from __future__ import annotations

import pytest

from footprint.bom.read import read_bom_bytes
from footprint.faults import InputRefused


@pytest.mark.parametrize("beside", ["2 kg", "2", "heavy"])
def test_a_mass_in_a_form_and_in_the_list_is_one_problem(beside: str) -> None:
    """However the one of the form is written: which of both is meant is the question."""
    text = b"# name: Lamp\n# mass: 1 kg\nname,quantity,unit\nSteel,1,kg\n"
    with pytest.raises(InputRefused) as refused:
        read_bom_bytes(text, "list.csv", f"mass: '{beside}'\n".encode())
    assert [problem.message for problem in refused.value.problems] == ["'mass' is given twice"]
