"""Lines for the yearly follow-up; a parent's yes to research, and what was written for it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    area = sa.ForeignKey("area.id", name="fk_note_area_id")
    staff = sa.ForeignKey("staff.id", name="fk_note_made_by", ondelete="SET NULL")
    op.create_table(
        "note",
        sa.Column("id", _ID, nullable=False),
        sa.Column("area_id", _ID, area, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("heading", sa.String(20), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("made_by", _ID, staff),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
        sqlite_autoincrement=True,
    )
    for name in ("area_id", "month", "made_by"):
        op.create_index(f"ix_note_{name}", "note", [name])
    op.create_table(
        "research_export",
        sa.Column("id", _ID, nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("made_by", sa.String(60), nullable=False),
        sa.Column("approval", sa.String(60), nullable=False),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_research_export"),
    )
    op.add_column("guardian", sa.Column("research_since", _INSTANT))


def downgrade() -> None:
    op.drop_column("guardian", "research_since")
    op.drop_table("research_export")
    op.drop_table("note")
