"""The tables of activities and of who has signed up for them (mission E7-E11)."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.columns import Instant
from storage.tables import Id, metadata

# Something families can come to: a fathers' group, language training, open preschool on Tuesdays.
# When it is stands in its occasions, what it is called in its wordings.
activity = Table(
    "activity",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("made_by", ForeignKey("staff.id", ondelete="SET NULL"), index=True),
    Column("made_at", Instant, nullable=False),
    Column("place_id", ForeignKey("place.id", ondelete="SET NULL"), index=True),
    Column("link", String(200)),  # of a digital one
    Column("spoken", String(60), nullable=False, server_default=""),  # codes, by commas
    Column("interpreter", String(20)),  # woman, man, any: comes; NULL: none
    Column("interpreted", String(60), nullable=False, server_default=""),  # into these, by commas
    Column("for_whom", String(20), nullable=False),
    Column("months_from", Integer),  # a child's age; NULL: any
    Column("months_to", Integer),
    Column("childcare", Boolean, nullable=False, server_default=text("false")),
    Column("free", Boolean),  # NULL: nobody has said
    Column("signing_up", String(20), nullable=False),
    Column("picture", String(200)),  # Telegram's number of it: it is never fetched
    Column("checked_on", Date),
    Column("checked_by", ForeignKey("staff.id", ondelete="SET NULL"), index=True),
    Column("revision", Integer, nullable=False, server_default=text("0")),
    sqlite_autoincrement=True,  # its ids stand on buttons and in keys: never given out again
)

activity_area = Table(
    "activity_area",
    metadata,
    Column("activity_id", ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("area.id", ondelete="CASCADE"), primary_key=True, index=True),
)

# One time at which an activity takes place. A weekly one has as many as staff have planned.
occasion = Table(
    "occasion",
    metadata,
    Column("id", Id, primary_key=True),
    Column(
        "activity_id", ForeignKey("activity.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("starts_at", Instant, nullable=False, index=True),
    Column("minutes", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("revision", Integer, nullable=False, server_default=text("0")),
    Column("previous_starts_at", Instant),
    Column("changed_at", Instant, nullable=False, index=True),
    sqlite_autoincrement=True,  # its ids stand on buttons and in keys: never given out again
)

# The places there are, of one occasion or of a whole series. `taken` is a guarantee, not a sum:
# it is raised on a condition, so it never passes what there is, whoever signs up at once.
seats = Table(
    "seats",
    metadata,
    Column("id", Id, primary_key=True),
    Column(
        "activity_id", ForeignKey("activity.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    # NULL: one sign-up holds for all its occasions
    Column("occasion_id", ForeignKey("occasion.id", ondelete="CASCADE"), index=True),
    Column("capacity", Integer),  # people, grown-ups and children; NULL: no limit
    Column("taken", Integer, nullable=False, server_default=text("0")),
    CheckConstraint("taken >= 0 AND (capacity IS NULL OR taken <= capacity)", name="ck_seats_free"),
    sqlite_autoincrement=True,  # its ids stand on buttons
)

signup = Table(
    "signup",
    metadata,
    Column("id", Id, primary_key=True),
    Column("seats_id", ForeignKey("seats.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("family_id", ForeignKey("family.id", ondelete="CASCADE"), nullable=False, index=True),
    Column(
        "guardian_id", ForeignKey("guardian.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("adults", Integer, nullable=False),
    Column("children", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("asked_at", Instant, nullable=False),  # its turn on the waiting list
    Column("offered_at", Instant),  # a place was offered from the waiting list...
    Column("offered_until", Instant, index=True),  # ...and is held until then
    Column("changed_at", Instant, nullable=False, index=True),
    # Where and when a complete series was counted, 2027-03; empty: it is not.
    Column("series_area_id", ForeignKey("area.id"), index=True),
    Column("series_month", String(7)),
    sqlite_autoincrement=True,  # its ids stand on buttons and in keys: never given out again
)
# A parent stands once on the list of one thing, however often the button is pressed.
Index(
    "ix_signup_standing",
    signup.c.seats_id,
    signup.c.guardian_id,
    unique=True,
    sqlite_where=text("state IN ('in', 'waiting', 'offered')"),
    postgresql_where=text("state IN ('in', 'waiting', 'offered')"),
)

attendance = Table(
    "attendance",
    metadata,
    Column("signup_id", ForeignKey("signup.id", ondelete="CASCADE"), primary_key=True),
    Column("occasion_id", ForeignKey("occasion.id", ondelete="CASCADE"), primary_key=True),
    Column("came", Boolean, nullable=False),
    Column("marked_at", Instant, nullable=False),
    # In whose figures it is counted, also when the family moves afterwards; empty: in none.
    Column("area_id", ForeignKey("area.id"), index=True),
    Index("ix_attendance_occasion_id", "occasion_id"),
)

# A kind of activity that a parent wants to hear of.
follow = Table(
    "follow",
    metadata,
    Column("guardian_id", ForeignKey("guardian.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("since", Instant, nullable=False),
)

# Public words in one language: of a notice, or of an activity. One that is missing is asked of
# the area's translators; the first to take it has it, and a coordinator approves it.
wording = Table(
    "wording",
    metadata,
    Column("id", Id, primary_key=True),
    Column("notice_id", ForeignKey("notice.id", ondelete="CASCADE"), index=True),
    Column("activity_id", ForeignKey("activity.id", ondelete="CASCADE"), index=True),
    Column("language", String(12), nullable=False),
    Column("title", String(80), nullable=False, server_default=""),
    Column("body", Text, nullable=False, server_default=""),
    Column("state", String(20), nullable=False),
    Column("revision", Integer, nullable=False, server_default=text("0")),
    Column("asked_at", Instant, index=True),  # of the translators
    Column("taken_by", ForeignKey("staff.id", ondelete="SET NULL"), index=True),
    Column("given_at", Instant, index=True),
    Column("approved_by", ForeignKey("staff.id", ondelete="SET NULL"), index=True),
    UniqueConstraint("notice_id", "language"),
    UniqueConstraint("activity_id", "language"),
    sqlite_autoincrement=True,  # its ids stand on buttons and in keys: never given out again
)
