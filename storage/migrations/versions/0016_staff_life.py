"""How somebody of the staff is let in: confirmed, resting; and links that were only guessed."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_COLUMNS = ("confirmed_at", "rests_since", "rests_why")


def upgrade() -> None:
    for name in _COLUMNS:
        kind = sa.String(20) if name == "rests_why" else _INSTANT
        op.add_column("staff", sa.Column(name, kind))
    op.create_index("ix_staff_confirmed_at", "staff", ["confirmed_at"])
    op.create_table(
        "guess",
        sa.Column("chat_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_guess"),
    )
    op.create_index("ix_guess_since", "guess", ["since"])


def downgrade() -> None:
    op.drop_table("guess")
    op.drop_index("ix_staff_confirmed_at", "staff")
    with op.batch_alter_table("staff") as staff:
        for name in _COLUMNS:
            staff.drop_column(name)
