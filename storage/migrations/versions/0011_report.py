"""For the report: whose health centre it is, and which children have been followed to the end."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("family", "tally"):
        op.add_column(name, sa.Column("centre_id", sa.BigInteger()))
    op.add_column("child", sa.Column("followed_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("child", "followed_at")
    for name in ("tally", "family"):
        op.drop_column(name, "centre_id")
