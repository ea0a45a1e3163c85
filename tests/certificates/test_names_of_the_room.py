"""What the room of certificates names is what it says, whatever was loaded before."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType

import pytest
from evidence import some

from footprint import certificates


def test_no_name_of_the_room_is_that_of_a_module() -> None:
    for module in some(pkgutil.iter_modules(certificates.__path__)):
        import_module(f"footprint.certificates.{module.name}")
    for name in some(certificates.__all__):
        assert not isinstance(getattr(certificates, name), ModuleType), name
    assert set(certificates.__all__) == set(certificates._MODULES)


def test_a_name_that_the_room_does_not_have_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = certificates.nothing
