"""Booking by chat: working hours, taken quarters, proposals, requests, posters, two homes.

Visits that are booked already take their quarters of an hour, so that nothing is booked over them.
"""

from datetime import timedelta
from typing import Any, Literal

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)

# Ids that stand in keys of promises or on buttons: SQLite must not give the last one out again.
_NEVER_AGAIN = {"sqlite_autoincrement": True}

_TABLES = (
    "poster",
    "request",
    "quarter",
    "slot_staff",
    "slot",
    "proposal",
    "busy",
    "hours",
    "staff_area",
)
_TRAVEL, _VISIT, _DEBRIEF = (timedelta(minutes=n) for n in (30, 60, 15))
_QUARTER = timedelta(minutes=15)


def _owner(table: str, name: str, nullable: bool = False, cascade: bool = True) -> sa.Column[int]:
    key = sa.ForeignKey(
        f"{name.removesuffix('_id')}.id",
        name=f"fk_{table}_{name}",
        ondelete="CASCADE" if cascade else None,
    )
    return sa.Column(name, _ID, key, nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.text("false"))


def _number(name: str, default: int | None = None, nullable: bool = False) -> sa.Column[int]:
    server = None if default is None else sa.text(str(default))
    return sa.Column(name, sa.Integer(), nullable=nullable, server_default=server)


def _word(name: str, default: str | None = None, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(20), nullable=nullable, server_default=default)


def _index(table: str, *names: str) -> None:
    for name in names:
        op.create_index(f"ix_{table}_{name}", table, [name])


def upgrade() -> None:
    _new_columns()
    _staff_tables()
    _proposal_tables()
    _link_tables()
    _take_quarters()


def _new_columns() -> None:
    with op.batch_alter_table("staff") as table:
        table.add_column(_number("travel", 30))
        table.add_column(_number("debrief", 15))
        table.add_column(_flag("calendar"))
        table.add_column(sa.Column("feed_hash", sa.String(64)))
        table.add_column(sa.Column("busy_url", sa.Text()))
        table.create_unique_constraint("uq_staff_feed_hash", ["feed_hash"])
    # Numbers of families stand on staff buttons: an erased one must not come back as another.
    rebuilt: Literal["always", "never"] = "never"
    if op.get_bind().dialect.name == "sqlite":
        rebuilt = "always"
    with op.batch_alter_table("family", recreate=rebuilt, table_kwargs=_NEVER_AGAIN) as table:
        table.add_column(sa.Column("split_at", _INSTANT))
        table.add_column(_flag("protected"))
        table.add_column(_word("interpreter_wish", nullable=True))
        table.add_column(sa.Column("waits_since", _INSTANT))
    _index("family", "waits_since")
    with op.batch_alter_table("guardian", table_kwargs=_NEVER_AGAIN) as table:
        table.add_column(_word("interpreter_wish", nullable=True))
        table.add_column(_number("home", 1))
        table.add_column(_flag("calendar"))
    with op.batch_alter_table("booking") as table:
        table.add_column(_word("meeting", "visit"))
        table.add_column(_number("minutes", 60))
        table.add_column(_flag("interpreter_wanted"))
        table.add_column(_word("change", "new"))
        table.add_column(_word("why", nullable=True))
        table.add_column(_number("home", nullable=True))
        table.add_column(sa.Column("made_by", sa.BigInteger()))
    standing = sa.text("state = 'booked' AND meeting = 'visit'")
    op.create_index(
        "ix_booking_standing",
        "booking",
        ["child_id", "visit"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def _staff_tables() -> None:
    op.create_table(
        "staff_area",
        _owner("staff_area", "staff_id"),
        _owner("staff_area", "area_id"),
        sa.PrimaryKeyConstraint("staff_id", "area_id", name="pk_staff_area"),
    )
    _index("staff_area", "area_id")
    op.create_table(
        "hours",
        sa.Column("id", _ID, nullable=False),
        _owner("hours", "staff_id"),
        _number("weekday"),
        _number("starts"),
        _number("ends"),
        sa.PrimaryKeyConstraint("id", name="pk_hours"),
        sa.UniqueConstraint(
            "staff_id", "weekday", "starts", name="uq_hours_staff_id_weekday_starts"
        ),
    )
    op.create_table(
        "busy",
        sa.Column("id", _ID, nullable=False),
        _owner("busy", "staff_id"),
        sa.Column("starts_at", _INSTANT, nullable=False),
        sa.Column("ends_at", _INSTANT, nullable=False),
        _word("source"),
        sa.PrimaryKeyConstraint("id", name="pk_busy"),
    )
    _index("busy", "staff_id", "ends_at")


def _proposal_tables() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", _ID, nullable=False),
        _owner("proposal", "family_id"),
        _owner("proposal", "child_id"),
        _number("visit"),
        _word("meeting", "visit"),
        _word("place"),
        _number("minutes"),
        _flag("interpreter_wanted"),
        _number("home", nullable=True),
        _owner("proposal", "booking_id", nullable=True),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("made_by", sa.BigInteger()),
        sa.Column("expires_at", _INSTANT, nullable=False),
        _word("state"),
        sa.Column("ended_at", _INSTANT),
        sa.Column("ended_by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        **_NEVER_AGAIN,
    )
    _index("proposal", "family_id", "child_id", "booking_id", "expires_at")
    op.create_table(
        "slot",
        sa.Column("id", _ID, nullable=False),
        _owner("slot", "proposal_id"),
        sa.Column("starts_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_slot"),
        **_NEVER_AGAIN,
    )
    _index("slot", "proposal_id")
    op.create_table(
        "slot_staff",
        _owner("slot_staff", "slot_id"),
        _owner("slot_staff", "staff_id", cascade=False),
        _number("position"),
        sa.PrimaryKeyConstraint("slot_id", "staff_id", name="pk_slot_staff"),
    )
    _index("slot_staff", "staff_id")
    op.create_table(
        "quarter",
        _owner("quarter", "staff_id"),
        sa.Column("starts_at", _INSTANT, nullable=False),
        _owner("quarter", "booking_id", nullable=True),
        _owner("quarter", "slot_id", nullable=True),
        sa.Column("held_until", _INSTANT),
        sa.PrimaryKeyConstraint("staff_id", "starts_at", name="pk_quarter"),
    )
    _index("quarter", "booking_id", "slot_id", "held_until")


def _link_tables() -> None:
    op.create_table(
        "request",
        sa.Column("id", _ID, nullable=False),
        _owner("request", "family_id"),
        _owner("request", "guardian_id"),
        _word("what"),
        _number("visit", nullable=True),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("done_at", _INSTANT),
        sa.Column("done_by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_request"),
        **_NEVER_AGAIN,
    )
    _index("request", "family_id", "guardian_id")
    waiting = sa.text("done_at IS NULL")
    op.create_index(
        "ix_request_open",
        "request",
        ["family_id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_table(
        "poster",
        sa.Column("id", _ID, nullable=False),
        _owner("poster", "area_id"),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("ended_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_poster"),
        sa.UniqueConstraint("code_hash", name="uq_poster_code_hash"),
    )
    _index("poster", "area_id")


def _take_quarters() -> None:
    """Two visits may stand over each other from before: the first keeps what both would take."""
    booking = sa.table(
        "booking", sa.column("id"), sa.column("starts_at", Instant()), sa.column("state")
    )
    who = sa.table("booking_staff", sa.column("booking_id"), sa.column("staff_id"))
    bind = op.get_bind()
    found = bind.execute(
        sa.select(booking.c.id, who.c.staff_id, booking.c.starts_at)
        .join(who, who.c.booking_id == booking.c.id)
        .where(booking.c.state == "booked")
        .order_by(booking.c.id)
    ).all()
    taken: dict[tuple[int, Any], int] = {}
    for row in found:
        at = row.starts_at - _TRAVEL
        at -= (at - at.replace(minute=0, second=0, microsecond=0)) % _QUARTER
        while at < row.starts_at + _VISIT + _DEBRIEF:
            taken.setdefault((row.staff_id, at), row.id)
            at += _QUARTER
    quarter = sa.table(
        "quarter", sa.column("staff_id"), sa.column("starts_at", Instant()), sa.column("booking_id")
    )
    rows = [{"staff_id": s, "starts_at": at, "booking_id": b} for (s, at), b in taken.items()]
    if rows:
        bind.execute(quarter.insert(), rows)


def downgrade() -> None:
    for name in _TABLES:
        op.drop_table(name)
    op.drop_index("ix_booking_standing", table_name="booking")
    with op.batch_alter_table("booking") as table:
        for name in (
            "meeting",
            "minutes",
            "interpreter_wanted",
            "change",
            "why",
            "home",
            "made_by",
        ):
            table.drop_column(name)
    with op.batch_alter_table("guardian", table_kwargs=_NEVER_AGAIN) as table:
        for name in ("interpreter_wish", "home", "calendar"):
            table.drop_column(name)
    op.drop_index("ix_family_waits_since", table_name="family")
    with op.batch_alter_table("family") as table:
        for name in ("split_at", "protected", "interpreter_wish", "waits_since"):
            table.drop_column(name)
    with op.batch_alter_table("staff") as table:
        table.drop_constraint("uq_staff_feed_hash", type_="unique")
        for name in ("travel", "debrief", "calendar", "feed_hash", "busy_url"):
            table.drop_column(name)
