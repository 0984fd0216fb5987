"""Which message is next is found by an index also where a hundred thousand are due at once."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    _replace("ix_outbox_waiting", "ix_outbox_next", ["lane", "next_at", "id"])


def downgrade() -> None:
    _replace("ix_outbox_next", "ix_outbox_waiting", ["lane", "next_at"])


def _replace(old: str, new: str, columns: list[str]) -> None:
    op.create_index(new, "outbox", columns, sqlite_where=WAITING, postgresql_where=WAITING)
    op.drop_index(old, "outbox")
