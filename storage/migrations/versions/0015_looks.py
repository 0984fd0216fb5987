"""Who of the staff has opened which family, why, and on which days that was unusual."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def _owner(table: str, name: str, nullable: bool = False) -> sa.Column[int]:
    owner = name.removesuffix("_id")
    key = sa.ForeignKey(f"{owner}.id", name=f"fk_{table}_{name}", ondelete="CASCADE")
    return sa.Column(name, _ID, key, nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "look",
        sa.Column("id", _ID, nullable=False),
        _owner("look", "family_id"),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("hour", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.String(20), nullable=False),
        sa.Column("why", sa.String(20), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("words", sa.Text()),
        _owner("look", "guardian_id", nullable=True),
        sa.Column("home", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_look"),
        sa.UniqueConstraint(
            *("family_id", "staff_id", "hour", "seen", "why"),
            name="uq_look_family_id_staff_id_hour_seen_why",
        ),
    )
    op.create_index("ix_look_guardian_id", "look", ["guardian_id"])
    op.create_index("ix_look_staff_id_at", "look", ["staff_id", "at"])
    op.create_table(
        "list_look",
        _owner("list_look", "area_id"),
        sa.Column("staff_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("area_id", "staff_id", "day", name="pk_list_look"),
    )
    op.create_index("ix_list_look_day", "list_look", ["day"])
    op.create_table(
        "unusual_look",
        _owner("unusual_look", "staff_id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "day", name="pk_unusual_look"),
    )
    op.create_index("ix_unusual_look_at", "unusual_look", ["at"])


def downgrade() -> None:
    for name in ("unusual_look", "list_look", "look"):
        op.drop_table(name)
