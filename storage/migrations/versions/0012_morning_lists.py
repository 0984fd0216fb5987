"""The hour of each colleague's morning list."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    half_past_seven = sa.text("450")
    op.add_column("staff", sa.Column("morning", sa.Integer(), server_default=half_past_seven))


def downgrade() -> None:
    with op.batch_alter_table("staff") as staff:
        staff.drop_column("morning")
