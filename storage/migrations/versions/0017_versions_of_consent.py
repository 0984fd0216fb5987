"""Who said yes to older words is found by an index: it is asked at every start."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_consent_version", "consent", ["version"])


def downgrade() -> None:
    op.drop_index("ix_consent_version", "consent")
