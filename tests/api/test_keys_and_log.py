"""Key rotation, key stores elsewhere, and the audit log against its signed head."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml
from databases import BOTH, database_address
from joserfc.jwk import ECKey
from pydantic import SecretStr
from served import EVIDENCE, own_bom, running, settings_for
from still_clock import NOON, StillClock

from api.opening import open_service, opened
from api.services.access import LOCAL
from api.services.issuer import Order
from api.services.service import Service
from api.store.certificates import StoredCertificate
from api.store.tables import audit_log
from footprint.certificates.keys import did_document, generate_key, key_id
from footprint.certificates.seal_keys import SealKey
from footprint.certificates.verify import verify_credential
from footprint.faults import InputRefused
from footprint.study import Inputs


@pytest.fixture(params=BOTH)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    with database_address(request.param, tmp_path) as address:
        settings = settings_for(tmp_path, database_url=SecretStr(address))
        with opened(settings, StillClock()) as service:
            yield service


def issue(service: Service) -> StoredCertificate:
    footprint = service.footprints.calculate(LOCAL, Inputs("bracket.csv", own_bom()))
    order = Order(footprint.id, "th-tgo", "disclosure", yaml.safe_dump(EVIDENCE))
    return service.certificates.issue(LOCAL, order)


def test_after_a_rotation_old_and_new_certificates_verify(service: Service) -> None:
    old = issue(service)
    new_key = service.keyring.rotate(LOCAL)
    new = issue(service)
    assert (old.key_id != new.key_id, new.key_id) == (True, new_key)
    assert service.register.verify(old).verdict == service.register.verify(new).verdict == "valid"
    listed = {key["id"]: key["signs"] for key in service.keyring.listed()}
    assert listed == {old.key_id: False, new.key_id: True}


def test_a_leaked_key_vouches_for_nothing_any_more(service: Service) -> None:
    old = issue(service)
    service.keyring.rotate(LOCAL, leaked=True)
    new = issue(service)
    keys = did_document(service.issuer_did, service.keyring.jwks)
    assert verify_credential(old.credential, keys, NOON).codes == ("VER-005",)
    assert verify_credential(new.credential, keys, NOON).verdict == "genuine"
    leaked = {key["id"]: bool(key["leaked_at"]) for key in service.keyring.listed()}
    assert leaked == {old.key_id: True, new.key_id: False}


def test_every_rotation_is_in_the_public_log(service: Service) -> None:
    new = service.keyring.rotate(LOCAL)
    told = [(entry["action"], entry["subject"]) for entry in service.log.entries(0, 10)]
    assert ("key.rotated", new) in told


def test_a_running_service_uses_a_key_that_another_process_made(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    with running(settings) as site:
        before = site.certificate()
        with opened(settings, StillClock()) as other:
            new = other.keyring.rotate(LOCAL)
        after = site.certificate()
        keys = site.visitor.get("/.well-known/jwks.json").json()
        assert new in {key["kid"] for key in keys["keys"]}
        assert after["verification"]["verdict"] == "valid"
        number = before["number"]
        again = site.visitor.get(f"/v1/certificates/{number}").json()
        assert again["verification"]["verdict"] == "valid"


def test_keys_are_where_the_setting_says_and_nowhere_else(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, keys_dir=tmp_path / "elsewhere")
    with opened(settings, StillClock()) as service:
        issue(service)
        service.keyring.rotate(LOCAL)
    names = sorted(path.name for path in (tmp_path / "elsewhere").iterdir())
    assert names == ["seal-0001.pem", "signing-0001.jwk.json", "signing-0002.jwk.json"]
    assert not (settings.store_dir / "keys").exists()


class Vault:
    """A key store of somebody else's."""

    def __init__(self) -> None:
        self.keys = [generate_key()]

    def owned(self) -> tuple[ECKey, ...]:
        return tuple(self.keys)

    def add(self, key: ECKey) -> None:
        self.keys.append(key)


class SealVault:
    """A seal store of somebody else's."""

    def __init__(self) -> None:
        self.kept: list[SealKey] = []

    def current(self) -> SealKey | None:
        return self.kept[-1] if self.kept else None

    def add(self, seal: SealKey, *, first: bool) -> None:
        if not (first and self.kept):
            self.kept.append(seal)


def test_a_key_store_of_another_kind_can_be_given(tmp_path: Path) -> None:
    vault, seals = Vault(), SealVault()
    service = open_service(settings_for(tmp_path), StillClock(), key_store=vault, seal_store=seals)
    try:
        assert issue(service).key_id == key_id(vault.keys[0])
        service.keyring.rotate(LOCAL)
        assert issue(service).key_id == key_id(vault.keys[1])
        assert [service.seals.active] == seals.kept
    finally:
        service.close()
    assert not (tmp_path / "store" / "keys").exists()


def test_no_private_key_is_in_the_database(tmp_path: Path) -> None:
    with opened(settings_for(tmp_path), StillClock()) as service:
        issue(service)
        secret = service.keyring.active.as_dict(private=True)["d"]
    stored = b"".join(path.read_bytes() for path in (tmp_path / "store").glob("*.sqlite3*"))
    assert str(secret).encode() not in stored


def test_the_log_holds_every_head_that_was_signed_before(service: Service) -> None:
    _, _, first = service.log.head()
    issue(service)
    _, _, second = service.log.head()
    service.keyring.rotate(LOCAL)
    for head in (first, second):
        assert service.log.check(head).intact


@pytest.mark.parametrize("trigger", ["audit_log_no_delete"])
def test_entries_cut_off_the_end_are_noticed_by_the_signed_head(
    tmp_path: Path, trigger: str
) -> None:
    with opened(settings_for(tmp_path), StillClock()) as service:
        issue(service)
        _, _, head = service.log.head()
        with service.database.writing() as uow:  # as someone would who owns the file
            uow.connection.execute(sa.text(f"DROP TRIGGER {trigger}"))
            newest = sa.select(sa.func.max(audit_log.c.sequence)).scalar_subquery()
            uow.connection.execute(sa.delete(audit_log).where(audit_log.c.sequence == newest))
        assert service.log.check().intact  # the chain alone cannot know
        with pytest.raises(InputRefused, match="CER-012"):
            service.log.check(head)


def test_a_log_written_anew_is_noticed_by_the_signed_head(tmp_path: Path) -> None:
    with opened(settings_for(tmp_path), StillClock()) as service:
        issue(service)
        _, _, head = service.log.head()
        with service.database.writing() as uow:
            uow.connection.execute(sa.text("DROP TRIGGER audit_log_no_delete"))
            uow.connection.execute(sa.delete(audit_log))
        issue(service)
        assert service.log.check().intact
        with pytest.raises(InputRefused, match="CER-012"):
            service.log.check(head)


def test_a_head_that_is_not_ours_is_refused(service: Service) -> None:
    for head in ("", "x.y.z", issue(service).credential):
        with pytest.raises(InputRefused, match="CER-012"):
            service.log.check(head)
