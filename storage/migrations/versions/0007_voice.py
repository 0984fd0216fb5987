"""Recordings of pages, tips, the way in, and of the pieces that dates are joined from."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "recording",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("words", sa.String(64), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column(
            "staff_id",
            _ID,
            sa.ForeignKey("staff.id", name="fk_recording_staff_id", ondelete="SET NULL"),
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.String(200)),
        sa.Column("sound", sa.LargeBinary()),
        sa.Column("fault", sa.String(20)),
        sa.Column("told", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_recording"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_recording_staff_id", "recording", ["staff_id"])
    for name, columns, where in (
        ("stands", ["language", "key"], "stage = 'stands'"),
        ("open", ["id"], "stage <> 'stands'"),
    ):
        op.create_index(
            f"ix_recording_{name}",
            "recording",
            columns,
            unique=name == "stands",
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def downgrade() -> None:
    op.drop_table("recording")
