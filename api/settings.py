"""Settings of the service, from the environment (`FOOTPRINT_...`) or given in code."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.services.terms import SURVEILLANCE_MONTHS


class Settings(BaseSettings):
    """Where things are kept and under which name and address certificates are issued.

    Each field is read from `FOOTPRINT_` and its name in capitals, for example
    `FOOTPRINT_STORE_DIR`. Raises `pydantic.ValidationError` for a value that cannot be used.
    """

    model_config = SettingsConfigDict(env_prefix="FOOTPRINT_", extra="forbid", frozen=True)

    store_dir: Path = Field(
        default_factory=lambda: user_data_path("footprint", appauthor=False),
        description="Folder with the signing keys, the first access token and the SQLite database.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="Such as postgresql://user@host/name. Left out: SQLite in the store.",
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("footprint", appauthor=False),
        description="Folder for the compiled inventory.",
    )
    base_url: str = Field(
        default="http://127.0.0.1:8000",
        description="Public address: every QR code has it, and the issuer's did:web is made of it.",
    )
    private_address: Literal["refuse", "draft", "allow"] = Field(
        default="refuse",
        description="What is issued while `base_url` is an address that others cannot reach "
        "(loopback, private network): nothing but drafts that were ordered as such (refuse), "
        "drafts only (draft), or certificates for the own network (allow).",
    )
    keys_dir: Path | None = Field(
        default=None,
        description="Folder with the private signing keys. Left out: `keys` in the store.",
    )
    seal_file: Path | None = Field(
        default=None,
        description="PKCS#12 file with a bought seal certificate and its RSA key. Left out: a "
        "self-signed one, made at the first start beside the signing keys.",
    )
    seal_password: SecretStr | None = Field(
        default=None, description="Password of `seal_file`; better in a file of its own."
    )
    seal_password_file: Path | None = Field(
        default=None, description="File whose first line is the password of `seal_file`."
    )
    four_eyes: bool = Field(
        default=False,
        description="Whether maker, checker and approver must be three people. Without it one "
        "person issues, and what is issued is self-declared.",
    )
    surveillance_months: int = Field(
        default=SURVEILLANCE_MONTHS,
        ge=1,
        le=120,
        description="Months between two surveillances. No scheme states an interval; this is ours.",
    )
    issuer_name: str = Field(default="footprint, own installation", min_length=1, max_length=200)
    issuer_name_zh: str = Field(default="footprint 自有部署", max_length=200)
    max_body_bytes: int = Field(
        default=10 * 1024 * 1024, gt=0, description="Largest request body, in bytes."
    )

    @field_validator("base_url")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("base_url must be an absolute http or https address")
        if parts.query or parts.fragment or parts.username or parts.password:
            raise ValueError("base_url must have no query, fragment or user name")
        return value.rstrip("/")

    def seal_secret(self) -> str:
        """The password of `seal_file`; empty when none is set. Raises OSError."""
        if self.seal_password_file is not None:
            return self.seal_password_file.read_text(encoding="utf-8").partition("\n")[0]
        return "" if self.seal_password is None else self.seal_password.get_secret_value()

    @property
    def database(self) -> str:
        """The SQLAlchemy address in use, with the driver named."""
        if self.database_url is None:
            return f"sqlite:///{(self.store_dir / 'footprint.sqlite3').as_posix()}"
        given = self.database_url.get_secret_value()
        for scheme in ("postgresql://", "postgres://"):
            if given.startswith(scheme):
                return "postgresql+psycopg://" + given.removeprefix(scheme)
        return given
