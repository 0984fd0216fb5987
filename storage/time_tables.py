"""The tables of booking: when staff work, which times are held or taken, what is proposed.

No title of anybody's calendar, no address: times only.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.columns import Instant
from storage.tables import Id, metadata

# Areas that somebody works in besides their own.
staff_area = Table(
    "staff_area",
    metadata,
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("area.id", ondelete="CASCADE"), primary_key=True, index=True),
)

# Weekly working hours on the clocks of Stockholm, in minutes since midnight.
hours = Table(
    "hours",
    metadata,
    Column("id", Id, primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("weekday", Integer, nullable=False),  # Monday is 0
    Column("starts", Integer, nullable=False),
    Column("ends", Integer, nullable=False),
    UniqueConstraint("staff_id", "weekday", "starts"),
)

# Days off, and times taken by something else. Never what it is.
busy = Table(
    "busy",
    metadata,
    Column("id", Id, primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False, index=True),
    Column("source", String(20), nullable=False),  # own, ill, file, feed
)

# Up to three times that staff hold for a family to choose from.
proposal = Table(
    "proposal",
    metadata,
    Column("id", Id, primary_key=True),
    Column("family_id", ForeignKey("family.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("child_id", ForeignKey("child.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("visit", Integer, nullable=False),  # 0: not one of the six
    Column("meeting", String(20), nullable=False, server_default="visit"),
    Column("place", String(20), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("interpreter_wanted", Boolean, nullable=False, server_default=text("false")),
    Column("home", Integer),  # NULL: one home, or both
    Column("booking_id", ForeignKey("booking.id", ondelete="CASCADE"), index=True),  # to be moved
    Column("made_at", Instant, nullable=False),
    Column("made_by", BigInteger),  # staff; NULL: the command line
    Column("expires_at", Instant, nullable=False, index=True),
    Column("state", String(20), nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", BigInteger),  # the guardian who answered it
    sqlite_autoincrement=True,  # its ids stand in keys of promises: never given out again
)

slot = Table(
    "slot",
    metadata,
    Column("id", Id, primary_key=True),
    Column(
        "proposal_id", ForeignKey("proposal.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("starts_at", Instant, nullable=False),
    sqlite_autoincrement=True,  # its ids stand on buttons
)

slot_staff = Table(
    "slot_staff",
    metadata,
    Column("slot_id", ForeignKey("slot.id", ondelete="CASCADE"), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)

# THE guarantee against double booking: a person has a quarter of an hour once, or the insert fails.
quarter = Table(
    "quarter",
    metadata,
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("starts_at", Instant, primary_key=True),
    Column("booking_id", ForeignKey("booking.id", ondelete="CASCADE"), index=True),
    Column("slot_id", ForeignKey("slot.id", ondelete="CASCADE"), index=True),  # held for a family
    Column("held_until", Instant, index=True),  # NULL: booked
)

# What a parent asks staff for: to be called, a talk, a walk together, other times. No reason.
request = Table(
    "request",
    metadata,
    Column("id", Id, primary_key=True),
    Column("family_id", ForeignKey("family.id", ondelete="CASCADE"), nullable=False, index=True),
    Column(
        "guardian_id", ForeignKey("guardian.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("what", String(20), nullable=False),
    Column("visit", Integer),
    Column("made_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("done_by", BigInteger),  # who of the staff took care of it
    sqlite_autoincrement=True,  # its ids stand in keys of promises: never given out again
)
Index(
    "ix_request_open",
    request.c.family_id,
    sqlite_where=text("done_at IS NULL"),
    postgresql_where=text("done_at IS NULL"),
)

# A public link of an area, for paper on a wall. Only a hash, as with personal links.
poster = Table(
    "poster",
    metadata,
    Column("id", Id, primary_key=True),
    Column("area_id", ForeignKey("area.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
)
