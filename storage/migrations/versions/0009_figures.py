"""What was counted with an outcome, an attendance or a series, and where: to take back the same."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NEVER_AGAIN = {"sqlite_autoincrement": True}  # ids that stand on buttons are not given out again
_AREAS: tuple[tuple[str, str, dict[str, bool]], ...] = (
    ("attendance", "area_id", {}),
    ("signup", "series_area_id", _NEVER_AGAIN),
)


def upgrade() -> None:
    with op.batch_alter_table("visit_outcome") as table:
        table.add_column(sa.Column("marks", sa.String(120), nullable=False, server_default=""))
    with op.batch_alter_table("signup") as table:
        table.add_column(sa.Column("series_month", sa.String(7)))
    for name, column, kept in _AREAS:
        with op.batch_alter_table(name, table_kwargs=kept) as table:
            table.add_column(sa.Column(column, _ID))
            table.create_foreign_key(f"fk_{name}_{column}", "area", [column], ["id"])
        op.create_index(f"ix_{name}_{column}", name, [column])
    _mark_families()


def _mark_families() -> None:
    """Of each family in which the other parent takes part, the first such visit counted it."""
    op.execute(
        sa.text(
            "UPDATE visit_outcome SET marks = 'other_parent_family' WHERE booking_id IN ("
            "SELECT MIN(o.booking_id) FROM visit_outcome o JOIN booking b ON b.id = o.booking_id "
            "WHERE ',' || o.ticks || ',' LIKE '%,other_parent,%' GROUP BY b.family_id)"
        )
    )


def downgrade() -> None:
    for name, column, kept in _AREAS:
        op.drop_index(f"ix_{name}_{column}", name)
        with op.batch_alter_table(name, table_kwargs=kept) as table:
            table.drop_constraint(f"fk_{name}_{column}", type_="foreignkey")
            table.drop_column(column)
    with op.batch_alter_table("signup", table_kwargs=_NEVER_AGAIN) as table:
        table.drop_column("series_month")
    with op.batch_alter_table("visit_outcome") as table:
        table.drop_column("marks")
