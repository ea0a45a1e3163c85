"""A name in the facts of an entry of the audit log may be replaced, and nothing else changed.

Revision: 0021
"""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_REFUSAL = "the audit log is append-only"
#: How the facts of an entry begin in which a name was replaced.
_ERASED = '{"erased":true,'
#: What stays as it is.
_KEPT = (
    *("sequence", "at", "tenant", "actor", "action", "subject"),
    *("previous", "hash", "digest"),
)


def upgrade() -> None:
    same = " AND ".join(f'NEW."{name}" = OLD."{name}"' for name in _KEPT)
    begins = f"substr(NEW.facts, 1, {len(_ERASED)}) = '{_ERASED}'"
    allowed = f"{same} AND OLD.digest <> '' AND {begins}"
    if op.get_bind().dialect.name == "sqlite":
        op.get_bind().exec_driver_sql("DROP TRIGGER audit_log_no_update")
        op.get_bind().exec_driver_sql(
            f"CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log WHEN NOT ({allowed}) "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )
        return
    bind = op.get_bind()
    bind.exec_driver_sql("DROP TRIGGER audit_log_append_only ON audit_log")
    bind.exec_driver_sql(
        "CREATE TRIGGER audit_log_append_only BEFORE DELETE OR TRUNCATE ON audit_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse()"
    )
    bind.exec_driver_sql(
        "CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log FOR EACH ROW "
        f"WHEN (NOT ({allowed})) EXECUTE FUNCTION audit_log_refuse()"
    )


def downgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        bind.exec_driver_sql("DROP TRIGGER audit_log_no_update")
        bind.exec_driver_sql(
            "CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )
        return
    bind.exec_driver_sql("DROP TRIGGER audit_log_no_update ON audit_log")
    bind.exec_driver_sql("DROP TRIGGER audit_log_append_only ON audit_log")
    bind.exec_driver_sql(
        "CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse()"
    )
