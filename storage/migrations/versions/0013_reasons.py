"""That somebody has told why they stopped; the reason itself is kept with nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_TABLES = ("family", "guardian")


def upgrade() -> None:
    for name in _TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("why_told_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    for name in _TABLES:
        with op.batch_alter_table(name, table_kwargs={"sqlite_autoincrement": True}) as table:
            table.drop_column("why_told_at")
