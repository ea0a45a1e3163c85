"""Settings: read from the environment, checked, and silent about secrets."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from api.settings import Settings


def test_settings_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FOOTPRINT_STORE_DIR", str(tmp_path))
    monkeypatch.setenv("FOOTPRINT_BASE_URL", "https://labels.example.com/carbon/")
    monkeypatch.setenv("FOOTPRINT_ISSUER_NAME_ZH", "例证机构")
    monkeypatch.setenv("FOOTPRINT_CACHE", str(tmp_path / "cache"))
    settings = Settings()
    assert settings.store_dir == tmp_path
    assert settings.cache == tmp_path / "cache"
    assert settings.base_url == "https://labels.example.com/carbon"
    assert settings.issuer_name_zh == "例证机构"


def test_without_an_address_the_database_is_a_file_in_the_store(tmp_path: Path) -> None:
    assert Settings(store_dir=tmp_path).database == f"sqlite:///{tmp_path}/footprint.sqlite3"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_is_reached_through_psycopg(scheme: str) -> None:
    settings = Settings(database_url=SecretStr(f"{scheme}://u:p@host/db"))
    assert settings.database == "postgresql+psycopg://u:p@host/db"


def test_the_password_of_the_database_is_not_shown() -> None:
    settings = Settings(database_url=SecretStr("postgresql://u:hidden-word@host/db"))
    assert "hidden-word" not in repr(settings)
    assert "hidden-word" not in settings.model_dump_json()


@pytest.mark.parametrize(
    "address",
    ["labels.example.com", "ftp://x", "https://", "https://u:p@x", "https://x/?a=1", "https://x#y"],
)
def test_an_address_that_no_code_could_lead_to_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="base_url"):
        Settings(base_url=address)


def test_an_unknown_setting_in_code_is_refused() -> None:
    with pytest.raises(ValidationError, match="colour"):
        Settings.model_validate({"colour": "green"})
