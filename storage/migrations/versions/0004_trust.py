"""Trust: what must vanish from phones, threads with the team, renewed consent, erasure in steps.

What was said is looked up by chat from now on: a safe exit needs it all at once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def _owner(name: str) -> sa.Column[int]:
    key = sa.ForeignKey(
        f"{name.removesuffix('_id')}.id", name=f"fk_thread_{name}", ondelete="CASCADE"
    )
    return sa.Column(name, _ID, key, nullable=False)


def upgrade() -> None:
    op.create_table(
        "clearing",
        sa.Column("id", _ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("said_at", _INSTANT, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("language", sa.String(12)),
        sa.Column("tries", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.PrimaryKeyConstraint("id", name="pk_clearing"),
        sa.UniqueConstraint("chat_id", "message_id", name="uq_clearing_chat_id_message_id"),
    )
    op.create_index("ix_clearing_at", "clearing", ["at"])
    op.create_table(
        "thread",
        sa.Column("id", _ID, nullable=False),
        _owner("family_id"),
        _owner("guardian_id"),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answered_at", _INSTANT),
        sa.Column("answered_by", sa.BigInteger()),
        sa.Column("answer", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_thread"),
        sqlite_autoincrement=True,
    )
    for name in ("family_id", "guardian_id", "asked_at", "answered_at"):
        op.create_index(f"ix_thread_{name}", "thread", [name])
    for table, name in _WAITING:
        with op.batch_alter_table(table) as changed:
            changed.add_column(sa.Column(name, _INSTANT))
        op.create_index(f"ix_{table}_{name}", table, [name])


# The words of the consent changed and the parent has not answered; the last parent asked to be
# forgotten, and staff must hear of the visit first.
_WAITING = (("guardian", "consent_asked_at"), ("family", "forgotten_at"))


def downgrade() -> None:
    for table, name in _WAITING:
        op.drop_index(f"ix_{table}_{name}", table_name=table)
        with op.batch_alter_table(table) as changed:
            changed.drop_column(name)
    op.drop_table("thread")
    op.drop_table("clearing")
