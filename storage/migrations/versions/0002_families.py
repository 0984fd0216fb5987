"""Rests, two parents, staff in the chat, moving, away, summers, and what staff hear.

A parent's stop and being out of reach become rests: a rest keeps its end, so that nothing that
fell into it is ever replayed.
"""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)

# Ids that stand in keys of promises: SQLite would give the last one out again after a delete.
_NEVER_AGAIN = {"sqlite_autoincrement": True}

# Lanes have moved: staff come between visits and tips.
_LANES_UP = "UPDATE outbox SET lane = lane + 1 WHERE lane >= 1"
_LANES_DOWN = "UPDATE outbox SET lane = lane - 1 WHERE lane >= 2"


def _owner(table: str, name: str, nullable: bool = True) -> sa.Column[int]:
    key = sa.ForeignKey(
        f"{name.removesuffix('_id')}.id", name=f"fk_{table}_{name}", ondelete="CASCADE"
    )
    return sa.Column(name, _ID, key, nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.text("false"))


def _index(table: str, *names: str) -> None:
    for name in names:
        op.create_index(f"ix_{table}_{name}", table, [name])


def _no_index(table: str, *names: str) -> None:
    for name in names:
        op.drop_index(f"ix_{table}_{name}", table_name=table)


def upgrade() -> None:
    _new_tables()
    _people_up()
    _staff_up()
    op.execute(_LANES_UP)


def _new_tables() -> None:
    op.create_table(
        "rest",
        sa.Column("id", _ID, nullable=False),
        _owner("rest", "guardian_id"),
        _owner("rest", "family_id"),
        _owner("rest", "area_id"),
        sa.Column("why", sa.String(20), nullable=False),
        sa.Column("detail", sa.String(40)),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("until", _INSTANT),
        sa.Column("by_guardian", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_rest"),
        **_NEVER_AGAIN,
    )
    _index("rest", "guardian_id", "family_id", "area_id", "since", "until")
    op.create_table(
        "summer",
        sa.Column("id", _ID, nullable=False),
        _owner("summer", "area_id", nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_summer"),
    )
    _index("summer", "area_id")
    op.create_table(
        "event",
        sa.Column("id", _ID, nullable=False),
        _owner("event", "family_id", nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        _owner("event", "booking_id"),
        sa.Column("detail", sa.String(20)),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        **_NEVER_AGAIN,
    )
    _index("event", "family_id", "at", "booking_id")


def _people_up() -> None:
    with op.batch_alter_table("booking") as table:
        table.add_column(sa.Column("changed_by", sa.BigInteger()))
    rebuilt: Literal["always", "never"] = "never"
    if op.get_bind().dialect.name == "sqlite":
        rebuilt = "always"
    with op.batch_alter_table("child", recreate=rebuilt, table_kwargs=_NEVER_AGAIN) as table:
        table.add_column(sa.Column("came_home", sa.Date()))
        table.add_column(_flag("silent"))
    _index("child", "born", "due", "came_home")
    with op.batch_alter_table("family") as table:
        table.add_column(sa.Column("spoken", sa.String(12)))
        table.add_column(sa.Column("visits_ended_at", _INSTANT))
        table.add_column(sa.Column("left_at", _INSTANT))
        table.add_column(sa.Column("move_to", _ID))
        table.add_column(sa.Column("move_asked_at", _INSTANT))
        table.create_foreign_key("fk_family_move_to", "area", ["move_to"], ["id"])
    _index("family", "left_at", "move_asked_at")
    _rests_from_columns()
    with op.batch_alter_table("guardian", recreate=rebuilt, table_kwargs=_NEVER_AGAIN) as table:
        quiet = sa.Column("quiet_days", sa.String(7), nullable=False, server_default="")
        table.add_column(quiet)
        table.add_column(sa.Column("role", sa.String(20)))
        table.add_column(sa.Column("spoken", sa.String(12)))
        table.add_column(sa.Column("asked_by", sa.BigInteger()))
        table.add_column(sa.Column("asked_at", _INSTANT))
        table.add_column(sa.Column("asked_name", sa.Text()))
        for name in ("unreachable_reason", "unreachable_since", "stopped_at"):
            table.drop_column(name)
    _index("guardian", "asked_at")
    with op.batch_alter_table("invite") as table:
        table.add_column(sa.Column("role", sa.String(20)))
        table.add_column(sa.Column("made_by", sa.BigInteger()))
        table.add_column(sa.Column("renews_id", _ID))
        table.create_foreign_key(
            "fk_invite_renews_id", "guardian", ["renews_id"], ["id"], ondelete="CASCADE"
        )
    _index("invite", "renews_id")


def _rests_from_columns() -> None:
    op.execute(
        "INSERT INTO rest (guardian_id, why, since) "
        "SELECT id, 'stopped', stopped_at FROM guardian WHERE stopped_at IS NOT NULL"
    )
    op.execute(
        "INSERT INTO rest (guardian_id, why, detail, since) "
        "SELECT id, 'unreachable', unreachable_reason, unreachable_since "
        "FROM guardian WHERE unreachable_since IS NOT NULL"
    )


def _staff_up() -> None:
    with op.batch_alter_table("staff") as table:
        table.add_column(sa.Column("chat_id", sa.BigInteger()))
        language = sa.Column("language", sa.String(12), nullable=False, server_default="sv")
        table.add_column(language)
        table.add_column(sa.Column("link_hash", sa.String(64)))
        table.add_column(sa.Column("link_expires_at", _INSTANT))
        table.add_column(sa.Column("ended_at", _INSTANT))
        table.create_unique_constraint("uq_staff_chat_id", ["chat_id"])
        table.create_unique_constraint("uq_staff_link_hash", ["link_hash"])
    for name in ("item", "outbox"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("staff_id", _ID))
            table.create_foreign_key(
                f"fk_{name}_staff_id", "staff", ["staff_id"], ["id"], ondelete="CASCADE"
            )
            table.alter_column("guardian_id", existing_type=_ID, nullable=True)
            if name == "item":
                table.add_column(_flag("voted"))
            else:
                table.add_column(sa.Column("recalled", sa.String(80)))
        _index(name, "staff_id")


def downgrade() -> None:
    _staff_down()
    _people_down()
    for name in ("event", "summer", "rest"):
        op.drop_table(name)


def _staff_down() -> None:
    for name, extra in (("item", "voted"), ("outbox", "recalled")):
        op.execute(f"DELETE FROM {name} WHERE guardian_id IS NULL")
        _no_index(name, "staff_id")
        with op.batch_alter_table(name) as table:
            table.drop_constraint(f"fk_{name}_staff_id", type_="foreignkey")
            table.drop_column("staff_id")
            table.drop_column(extra)
            table.alter_column("guardian_id", existing_type=_ID, nullable=False)
    op.execute(_LANES_DOWN)
    with op.batch_alter_table("staff") as table:
        table.drop_constraint("uq_staff_chat_id", type_="unique")
        table.drop_constraint("uq_staff_link_hash", type_="unique")
        for name in ("chat_id", "language", "link_hash", "link_expires_at", "ended_at"):
            table.drop_column(name)


def _people_down() -> None:
    _no_index("invite", "renews_id")
    with op.batch_alter_table("invite") as table:
        table.drop_constraint("fk_invite_renews_id", type_="foreignkey")
        for name in ("role", "made_by", "renews_id"):
            table.drop_column(name)
    _no_index("guardian", "asked_at")
    with op.batch_alter_table("guardian") as table:
        for name in ("quiet_days", "role", "spoken", "asked_by", "asked_at", "asked_name"):
            table.drop_column(name)
        table.add_column(sa.Column("stopped_at", _INSTANT))
        table.add_column(sa.Column("unreachable_since", _INSTANT))
        table.add_column(sa.Column("unreachable_reason", sa.String(40)))
    _columns_from_rests()
    _no_index("family", "left_at", "move_asked_at")
    with op.batch_alter_table("family") as table:
        table.drop_constraint("fk_family_move_to", type_="foreignkey")
        for name in ("spoken", "visits_ended_at", "left_at", "move_to", "move_asked_at"):
            table.drop_column(name)
    _no_index("child", "born", "due", "came_home")
    with op.batch_alter_table("child") as table:
        table.drop_column("came_home")
        table.drop_column("silent")
    with op.batch_alter_table("booking") as table:
        table.drop_column("changed_by")


def _columns_from_rests() -> None:
    """Whoever rests for any reason must not be written to by the older program either."""
    op.execute(
        "UPDATE guardian SET stopped_at = (SELECT min(since) FROM rest WHERE until IS NULL "
        "AND why <> 'unreachable' "
        "AND (rest.guardian_id = guardian.id OR rest.family_id = guardian.family_id))"
    )
    op.execute(
        "UPDATE guardian SET unreachable_since = (SELECT min(since) FROM rest "
        "WHERE until IS NULL AND why = 'unreachable' AND rest.guardian_id = guardian.id)"
    )
    op.execute(
        "UPDATE guardian SET unreachable_reason = (SELECT min(detail) FROM rest "
        "WHERE until IS NULL AND why = 'unreachable' AND rest.guardian_id = guardian.id)"
    )
