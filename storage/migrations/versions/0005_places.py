"""Places with their hours, and editions of what staff write for everybody."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)
_NEVER_AGAIN = {"sqlite_autoincrement": True}  # ids that stand on buttons are not given out again


def _staff(table: str, name: str) -> sa.Column[int]:
    key = sa.ForeignKey("staff.id", name=f"fk_{table}_{name}", ondelete="SET NULL")
    return sa.Column(name, _ID, key)


def upgrade() -> None:
    op.create_table(
        "place",
        sa.Column("id", _ID, nullable=False),
        sa.Column("checked_on", sa.Date()),
        _staff("place", "checked_by"),
        sa.Column("ended_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_place"),
        **_NEVER_AGAIN,
    )
    op.create_index("ix_place_checked_by", "place", ["checked_by"])
    op.create_table(
        "place_area",
        *(
            sa.Column(
                f"{name}_id",
                _ID,
                sa.ForeignKey(f"{name}.id", name=f"fk_place_area_{name}_id", ondelete="CASCADE"),
                nullable=False,
            )
            for name in ("place", "area")
        ),
        sa.PrimaryKeyConstraint("place_id", "area_id", name="pk_place_area"),
    )
    op.create_index("ix_place_area_area_id", "place_area", ["area_id"])
    _editions()


def _editions() -> None:
    op.create_table(
        "edition",
        sa.Column("id", _ID, nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("language", sa.String(12), nullable=False, server_default=""),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        _staff("edition", "author_id"),
        _staff("edition", "reviewer_id"),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("published_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
        **_NEVER_AGAIN,
    )
    for name in ("author_id", "reviewer_id"):
        op.create_index(f"ix_edition_{name}", "edition", [name])
    op.create_index("ix_edition_what_key", "edition", ["what", "key"])
    for name, states in (
        ("published", "state = 'published'"),
        ("open", "state IN ('draft', 'review')"),
    ):
        op.create_index(
            f"ix_edition_{name}",
            "edition",
            ["what", "key", "language"],
            unique=True,
            sqlite_where=sa.text(states),
            postgresql_where=sa.text(states),
        )


def downgrade() -> None:
    for name in ("edition", "place_area", "place"):
        op.drop_table(name)
