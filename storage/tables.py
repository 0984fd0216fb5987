"""Every table, with the reason for what is not obvious. No address, no child's name, no number."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.columns import Instant, Sealed

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite gives out automatic ids only for INTEGER, PostgreSQL wants BIGINT for long-lived rows.
Id = BigInteger().with_variant(Integer, "sqlite")

area = Table(
    "area",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("employer", String(120)),  # who employs the parent supporter; families may ask
    Column("status", String(20), nullable=False, server_default="running"),
    Column("bokstart", Boolean, nullable=False, server_default=text("false")),  # visits with books
)

family = Table(
    "family",
    metadata,
    Column("id", Id, primary_key=True),
    Column("area_id", ForeignKey("area.id"), nullable=False, index=True),
    Column("label", Sealed),  # staff's own short word for the family
    Column("eligible", Boolean),  # the parent's answer to the one question; NULL: not asked yet
    Column("registered_at", Instant, nullable=False),
    Column("spoken", String(12)),  # the language an interpreter is wanted for, by its code
    Column("visits_ended_at", Instant),  # no thanks to all visits, or moved out of the programme
    Column("why_told_at", Instant),  # somebody has told why: it counts once, and is kept nowhere
    Column("left_at", Instant, index=True),  # moved out of the programme: goodbye is said once
    # Asked whether another area's team may take over; NULL once it is answered.
    Column("move_to", ForeignKey("area.id")),
    Column("move_asked_at", Instant, index=True),
    Column("split_at", Instant),  # two homes since then (mission B15)
    Column("protected", Boolean, nullable=False, server_default=text("false")),  # no chat at all
    Column("interpreter_wish", String(20)),  # woman, man, phone
    Column("waits_since", Instant, index=True),  # came by a poster: staff have not said yes
    # Which place is their health centre; NULL: the area has one, or nobody has said. Places are
    # never deleted, so it needs no foreign key (and SQLite no copy of the table).
    Column("centre_id", BigInteger),
    # The last parent asked to be forgotten: gone as soon as staff know that a visit is off.
    Column("forgotten_at", Instant, index=True),
    sqlite_autoincrement=True,  # its ids stand on staff's buttons: never given out again
)

child = Table(
    "child",
    metadata,
    Column("id", Id, primary_key=True),
    Column("family_id", ForeignKey("family.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("born", Date, index=True),
    Column("due", Date, index=True),
    Column("corrected", Boolean, nullable=False, server_default=text("false")),
    # The day tips count from, kept beside the facts it follows from: the planner's BETWEEN.
    Column("tips_from", Date, index=True),
    Column("came_home", Date, index=True),
    Column("silent", Boolean, nullable=False, server_default=text("false")),
    Column("followed_at", Instant),  # counted when the window of its last visit had closed
    sqlite_autoincrement=True,  # its ids stand in keys of promises: never given out again
)

guardian = Table(
    "guardian",
    metadata,
    Column("id", Id, primary_key=True),
    Column("family_id", ForeignKey("family.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("chat_id", BigInteger, unique=True),
    Column("language", String(12), nullable=False),
    Column("active_since", Instant, index=True),
    Column("fewer", Boolean, nullable=False, server_default=text("false")),
    Column("quiet_days", String(7), nullable=False, server_default=""),  # such as "46": Fri, Sun
    Column("role", String(20)),
    Column("spoken", String(12)),  # a language that is not one of ours, by its code
    Column("interpreter_wish", String(20)),  # woman, man, phone
    Column("home", Integer, nullable=False, server_default=text("1")),  # of two, if they are split
    Column("calendar", Boolean, nullable=False, server_default=text("false")),  # wants .ics files
    # Came by another parent's link: who gave it, when, and the name on the joiner's phone, which
    # is forgotten as soon as that parent has answered.
    Column("asked_by", BigInteger),
    Column("asked_at", Instant, index=True),
    Column("asked_name", Sealed),
    # The words of the consent have changed and this parent has not answered (mission B5).
    Column("consent_asked_at", Instant, index=True),
    Column("why_told_at", Instant),  # has told why they stopped, which is kept nowhere
    Column("research_since", Instant),  # their own yes to research (mission I6)
    sqlite_autoincrement=True,  # its ids stand in keys of promises: never given out again
)

# A time in which messages rest, kept after its end: what fell into it is never replayed.
# It belongs to a guardian, to a whole family, or to an area.
rest = Table(
    "rest",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guardian_id", ForeignKey("guardian.id", ondelete="CASCADE"), index=True),
    Column("family_id", ForeignKey("family.id", ondelete="CASCADE"), index=True),
    Column("area_id", ForeignKey("area.id", ondelete="CASCADE"), index=True),
    Column("why", String(20), nullable=False),
    Column("detail", String(40)),  # such as: blocked, gone
    Column("since", Instant, nullable=False, index=True),
    Column("until", Instant, index=True),
    Column("by_guardian", BigInteger),  # whose wish it was
    sqlite_autoincrement=True,  # its ids stand in keys of promises: never given out again
)

# Weeks in which an area has no visits; windows that fall there stretch (mission A15).
summer = Table(
    "summer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("area_id", ForeignKey("area.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
)

# What staff should hear of a family. `detail` is one of our own words, never a person's.
event = Table(
    "event",
    metadata,
    Column("id", Id, primary_key=True),
    Column("family_id", ForeignKey("family.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("what", String(20), nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Column("booking_id", ForeignKey("booking.id", ondelete="CASCADE"), index=True),
    Column("detail", String(20)),
    sqlite_autoincrement=True,  # its ids stand in keys of promises: never given out again
)

consent = Table(
    "consent",
    metadata,
    Column("id", Id, primary_key=True),
    Column(
        "guardian_id", ForeignKey("guardian.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("version", Integer, nullable=False, index=True),
    Column("language", String(12), nullable=False),  # the words the yes was given to
    Column("given_at", Instant, nullable=False),
)

invite = Table(
    "invite",
    metadata,
    Column("id", Id, primary_key=True),
    Column("family_id", ForeignKey("family.id", ondelete="CASCADE"), nullable=False, index=True),
    # Only a hash: who reads the database cannot join with it.
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("guardian_id", ForeignKey("guardian.id", ondelete="SET NULL"), index=True),
    Column("role", String(20)),  # what whoever joins by it is to the child, if staff said so
    Column("made_by", BigInteger),  # the parent who made it: their yes to the joiner is needed
    # A new phone: whoever joins by it is this guardian, in a new chat (mission B16).
    Column("renews_id", ForeignKey("guardian.id", ondelete="CASCADE"), index=True),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Id, primary_key=True),
    Column("area_id", ForeignKey("area.id"), nullable=False, index=True),
    Column("name", String(60), nullable=False),  # a first name, shown to families
    Column("role", String(20), nullable=False),
    Column("chat_id", BigInteger, unique=True),  # NULL: works without the chat
    Column("language", String(12), nullable=False, server_default="sv"),
    Column("link_hash", String(64), unique=True),  # a one-time link...
    Column("link_expires_at", Instant),  # ...that opens until then; NULL: it is used
    Column("ended_at", Instant),
    Column("confirmed_at", Instant, index=True),  # somebody last said that they work here
    Column("rests_since", Instant),  # let in no more, until somebody says that they are back
    Column("rests_why", String(20)),
    Column("travel", Integer, nullable=False, server_default=text("30")),  # minutes before a visit
    Column("debrief", Integer, nullable=False, server_default=text("15")),  # minutes after it
    Column("calendar", Boolean, nullable=False, server_default=text("false")),  # wants .ics files
    Column("feed_hash", String(64), unique=True),  # the address of their calendar feed
    Column("busy_url", Sealed),  # their own calendar's address: only times are read from it
    # The hour of the morning list, in minutes since midnight; NULL: none is wanted.
    Column("morning", Integer, server_default=text("450")),
)

booking = Table(
    "booking",
    metadata,
    Column("id", Id, primary_key=True),
    Column("family_id", ForeignKey("family.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("child_id", ForeignKey("child.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("visit", Integer, nullable=False),  # 0: not one of the six, see `meeting`
    Column("meeting", String(20), nullable=False, server_default="visit"),
    Column("starts_at", Instant, nullable=False, index=True),
    Column("minutes", Integer, nullable=False, server_default=text("60")),
    Column("previous_starts_at", Instant),
    Column("revision", Integer, nullable=False),  # rises with every change of time
    Column("changed_at", Instant, nullable=False, index=True),
    Column("changed_by", BigInteger),  # the guardian who wished it; NULL: staff
    Column("state", String(20), nullable=False),
    Column("place", String(20), nullable=False),
    Column("interpreter", Boolean, nullable=False),  # is booked
    Column("interpreter_wanted", Boolean, nullable=False, server_default=text("false")),
    Column("change", String(20), nullable=False, server_default="new"),  # what changed last
    Column("why", String(20)),  # why it was cancelled, by a word of ours
    Column("home", Integer),  # which of two homes it is with; NULL: one home, or both
    Column("made_by", BigInteger),  # staff; NULL: a parent, or the command line
)
# A visit of a child stands once, whoever books it: not a check before the insert, the insert.
Index(
    "ix_booking_standing",
    booking.c.child_id,
    booking.c.visit,
    unique=True,
    sqlite_where=text("state = 'booked' AND meeting = 'visit'"),
    postgresql_where=text("state = 'booked' AND meeting = 'visit'"),
)

booking_staff = Table(
    "booking_staff",
    metadata,
    Column("booking_id", ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)

answer = Table(
    "answer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("booking_id", ForeignKey("booking.id", ondelete="CASCADE"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column(
        "guardian_id", ForeignKey("guardian.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("choice", String(20), nullable=False),
    Column("answered_at", Instant, nullable=False),
    UniqueConstraint("booking_id", "revision", "guardian_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    # NULL: to staff, about their work and not about a family
    Column("family_id", ForeignKey("family.id", ondelete="CASCADE"), index=True),
    Column("guardian_id", ForeignKey("guardian.id", ondelete="CASCADE"), index=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), index=True),  # one of the two
    Column("lane", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("next_at", Instant, nullable=False),  # not before: the hour due, or a flood wait's end
    Column("any_hour_from", Instant),  # from here on it may leave at night: the visit is so close
    Column("state", String(20), nullable=False),
    Column("reason", String(80)),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("doubts", Integer, nullable=False, server_default=text("0")),
    Column("claimed_at", Instant),
    Column("ended_at", Instant),
    # Why it must not leave after all, though a sender has taken it: the last look sees this.
    Column("recalled", String(80)),
    # Of a notice: held back while that is paused.
    Column("notice_id", ForeignKey("notice.id", ondelete="SET NULL")),
    Column("action", String(20), nullable=False, server_default="say"),  # or edit, delete...
    Column("message_id", BigInteger),  # ...that message, which was said before
    sqlite_autoincrement=True,  # a sender knows its rows by number: never given out again
)
Index(
    "ix_outbox_notice_id",
    outbox.c.notice_id,
    outbox.c.state,
    sqlite_where=text("notice_id IS NOT NULL"),
    postgresql_where=text("notice_id IS NOT NULL"),
)
# A million sent rows must not slow down the few that wait, nor the hundred thousand of one notice
# each other: all of them are due at once, so their number says which is next.
Index(
    "ix_outbox_next",
    outbox.c.lane,
    outbox.c.next_at,
    outbox.c.id,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)
Index(
    "ix_outbox_sending",
    outbox.c.id,
    sqlite_where=text("state = 'sending'"),
    postgresql_where=text("state = 'sending'"),
)

item = Table(
    "item",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(80), nullable=False, unique=True),  # one promise, once, for ever
    Column("kind", String(20), nullable=False),
    # NULL: to staff, about their work and not about a family
    Column("family_id", ForeignKey("family.id", ondelete="CASCADE"), index=True),
    Column("guardian_id", ForeignKey("guardian.id", ondelete="CASCADE"), index=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), index=True),  # one of the two
    Column("due_at", Instant, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", String(80)),
    Column("voted", Boolean, nullable=False, server_default=text("false")),  # useful? not what
    Column("outbox_id", ForeignKey("outbox.id", ondelete="SET NULL"), index=True),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger),
    Column("state", String(20), nullable=False),
    Column("raw", Sealed),
    Column("answer", Sealed),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("received_at", Instant, nullable=False, index=True),
    Column("done_at", Instant),
    UniqueConstraint("bot_id", "update_id"),
)
Index(
    "ix_inbox_open",
    inbox.c.id,
    sqlite_where=text("state IN ('new', 'done')"),
    postgresql_where=text("state IN ('new', 'done')"),
)

conversation = Table(
    "conversation",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", String(80)),
    Column("data", Sealed),
    Column("updated_at", Instant, nullable=False, index=True),
)

said = Table(
    "said",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("purpose", String(20), nullable=False),
    Column("outbox_id", ForeignKey("outbox.id", ondelete="SET NULL"), index=True),
    Column("said_at", Instant, nullable=False, index=True),
    UniqueConstraint("chat_id", "message_id"),
)

tally = Table(
    "tally",
    metadata,
    Column("id", Id, primary_key=True),
    Column("area_id", ForeignKey("area.id"), nullable=False),
    Column("month", String(7), nullable=False),  # 2027-03: no day, no family
    Column("what", String(20), nullable=False),
    Column("visit", Integer),
    Column("detail", String(20)),
    Column("centre_id", BigInteger),  # as in `family`
    Index("ix_tally_area_id_month", "area_id", "month"),
)

memory = Table(
    "memory",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
