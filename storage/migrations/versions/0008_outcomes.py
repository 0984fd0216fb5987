"""What staff tick after a visit."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLE = "visit_outcome"


def _key(name: str, to: str, gone: str | None = None, nullable: bool = False) -> sa.Column[int]:
    foreign = sa.ForeignKey(f"{to}.id", name=f"fk_{_TABLE}_{name}", ondelete=gone)
    return sa.Column(name, _ID, foreign, nullable=nullable)


def upgrade() -> None:
    op.create_table(
        _TABLE,
        _key("booking_id", "booking", "CASCADE"),
        _key("area_id", "area"),
        sa.Column("ticks", sa.String(120), nullable=False, server_default=""),
        sa.Column("offers", sa.String(120), nullable=False, server_default=""),
        _key("ticked_by", "staff", "SET NULL", nullable=True),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("booking_id", name=f"pk_{_TABLE}"),
    )
    for name in ("area_id", "ticked_by"):
        op.create_index(f"ix_{_TABLE}_{name}", _TABLE, [name])


def downgrade() -> None:
    op.drop_table(_TABLE)
