"""In which health centre's figures a visit is, also when the family's is corrected afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("visit_outcome") as table:
        table.add_column(sa.Column("centre_id", sa.BigInteger()))
    op.execute(
        sa.text(
            "UPDATE visit_outcome SET centre_id = (SELECT f.centre_id FROM booking b "
            "JOIN family f ON f.id = b.family_id WHERE b.id = visit_outcome.booking_id)"
        )
    )


def downgrade() -> None:
    with op.batch_alter_table("visit_outcome") as table:
        table.drop_column("centre_id")
