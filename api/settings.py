"""Settings of the service, from the environment (`FOOTPRINT_...`) or given in code."""

from __future__ import annotations

import re
from pathlib import Path, PurePath
from typing import Literal
from urllib.parse import urlsplit

from limits import parse_many
from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from footprint.certificates.terms import SURVEILLANCE_MONTHS

#: What SQLAlchemy takes apart; the value itself may hold a password and is not shown.
_DATABASE = re.compile(r"(postgres(ql)?(\+psycopg)?|sqlite)://\S*$")


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
        "person issues.",
    )
    surveillance_months: int = Field(
        default=SURVEILLANCE_MONTHS,
        ge=1,
        le=120,
        description="Months between two surveillances. No scheme states an interval; this is ours.",
    )
    issuer_name: str = Field(
        default="footprint, own installation",
        min_length=1,
        max_length=200,
        description="Name of the issuer on certificates.",
    )
    issuer_name_zh: str = Field(
        default="footprint 自有部署", max_length=200, description="The same in Chinese."
    )
    max_body_bytes: int = Field(
        default=10 * 1024 * 1024, gt=0, description="Largest request body, in bytes."
    )
    catalogue_max_bytes: int = Field(
        default=2 * 1024 * 1024 * 1024,
        gt=0,
        description="Largest table of a catalogue, in bytes; it is written to the store as it "
        "comes.",
    )

    workers: int = Field(
        default=1,
        ge=1,
        le=64,
        description="Processes that answer on the port. With more than one, one more does what is "
        "to be done once. Not on Windows.",
    )
    job_workers: int = Field(
        default=1, ge=0, le=64, description="Jobs done at a time, each by a process of its own."
    )
    job_lines: int = Field(
        default=2_000,
        ge=0,
        description="Lines from which on a bill of materials is answered as a job.",
    )
    job_lease_seconds: float = Field(
        default=15.0,
        ge=0.5,
        le=3600,
        description="After how many seconds without a sign of life another process takes a job.",
    )
    rate_per_address: str = Field(
        default="1200/minute",
        description="Requests of one address, such as 100/second; several, divided by `;`.",
    )
    rate_per_token: str = Field(
        default="1200/minute", description="Requests with one access token, in the same words."
    )
    rate_objections_per_address: str = Field(
        default="5/hour",
        description="Objections of one address that come without a token, in the same words.",
    )
    rate_objections_per_certificate: str = Field(
        default="20/hour",
        description="Objections without a token to one certificate, in the same words.",
    )

    lock_failures: int = Field(
        default=10,
        ge=3,
        le=1000,
        description="After how many failed sign-ins of one address, or with one client id, it is "
        "locked out.",
    )
    lock_minutes: int = Field(
        default=15,
        ge=1,
        le=1440,
        description="How long that lasts, and how long a failure is remembered.",
    )

    keep_sign_ins_days: int = Field(
        default=180, ge=1, le=3650, description="For how many days it is kept who signed in."
    )
    keep_invitations_days: int = Field(
        default=30,
        ge=7,
        le=3650,
        description="After how many days somebody is forgotten who was invited and never came.",
    )
    log: Literal["plain", "json", "off"] = Field(
        default="plain",
        description="How each request is written to stderr: a line of words, a line of JSON, or "
        "not at all. Never an address, a query or a header: secrets may stand there.",
    )
    metrics_token: SecretStr | None = Field(
        default=None,
        description="With which bearer token `/metrics` may be read. Left out: there are none.",
    )
    ready_disk_mb: int = Field(
        default=200,
        ge=0,
        description="Below how many free megabytes in the store `/readyz` says no.",
    )

    partner_private_hosts: str = Field(
        default="",
        description="Hosts of partners that may have private addresses, divided by commas; events "
        "go to public addresses only otherwise.",
    )
    partner_authorities: Path | None = Field(
        default=None,
        description="PEM file of certificate authorities that partners' servers may use beside the "
        "system's.",
    )

    pact_version_two: bool = Field(
        default=False,
        description="Whether version 2.3 of the PACT protocol is served beside version 3.",
    )
    reminder_days: str = Field(
        default="7,1",
        pattern=r"^\d{1,3}(,\d{1,3})*$",
        description="Days before the date of a buyer's request on which webhooks are reminded, "
        "divided by commas; once more when it is over.",
    )

    @field_validator("database_url")
    @classmethod
    def _database_address(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _DATABASE.match(value.get_secret_value()):
            raise ValueError("it is no address such as postgresql://user@host/name")
        return value

    @field_validator(
        "rate_per_address",
        "rate_per_token",
        "rate_objections_per_address",
        "rate_objections_per_certificate",
    )
    @classmethod
    def _rates(cls, value: str) -> str:
        try:
            parse_many(value)
        except ValueError:
            raise ValueError(f"{value!r} is no rate such as 100/second or 1200/minute") from None
        return value

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
    def days_of_reminders(self) -> tuple[int, ...]:
        """`reminder_days` as numbers."""
        return tuple(int(one) for one in self.reminder_days.split(","))

    @property
    def keys_folder(self) -> Path:
        """Where private keys are, and secrets that are kept like them."""
        return self.keys_dir or self.store_dir / "keys"

    @property
    def catalogues_folder(self) -> Path:
        """Where tables of catalogues are, and what came of them."""
        return self.store_dir / "catalogues"

    @property
    def database(self) -> str:
        """The SQLAlchemy address in use, with the driver named."""
        if self.database_url is None:
            return sqlite_address(self.store_dir)
        given = self.database_url.get_secret_value()
        for scheme in ("postgresql://", "postgres://"):
            if given.startswith(scheme):
                return "postgresql+psycopg://" + given.removeprefix(scheme)
        return given


def sqlite_address(store: PurePath) -> str:
    """The SQLAlchemy address of the embedded database in a folder."""
    return f"sqlite:///{(store / 'footprint.sqlite3').as_posix()}"


def refused_settings(error: ValidationError) -> list[str]:
    """What is wrong with each setting, by the name of its variable; never its value."""
    found = error.errors(include_input=False, include_url=False)
    pairs = [("_".join(map(str, one["loc"])).upper(), one["msg"]) for one in found]
    return [f"FOOTPRINT_{name}: {says.removeprefix('Value error, ')}" for name, says in pairs]
