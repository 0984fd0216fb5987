"""The tables of looks: who of the staff has opened which family, and whether that was unusual."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.columns import Instant, Sealed
from storage.tables import Id, metadata

# One colleague has opened one family. Looks of one hour for one reason are one row. It goes with
# the family, and with the parent to whom alone it is told.
look = Table(
    "look",
    metadata,
    Column("id", Id, primary_key=True),
    Column("family_id", ForeignKey("family.id", ondelete="CASCADE"), nullable=False),
    Column("staff_id", BigInteger, nullable=False),  # 0: whoever runs Lotsen
    Column("at", Instant, nullable=False),
    Column("hour", BigInteger, nullable=False),  # of `at`, since 1970
    Column("seen", String(20), nullable=False),
    Column("why", String(20), nullable=False),
    # It was on their own list, or they said why: for some time that is not asked again.
    Column("given", Boolean, nullable=False, server_default=text("false")),
    Column("words", Sealed),  # the colleague's own reason
    Column("guardian_id", ForeignKey("guardian.id", ondelete="CASCADE"), index=True),  # only told
    Column("home", Integer),  # only told to this one of two homes
    UniqueConstraint("family_id", "staff_id", "hour", "seen", "why"),
    Index("ix_look_staff_id_at", "staff_id", "at"),
)

# One colleague has opened a list of an area with staff's own words for its families, that day.
list_look = Table(
    "list_look",
    metadata,
    Column("area_id", ForeignKey("area.id", ondelete="CASCADE"), primary_key=True),
    Column("staff_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True, index=True),
)

# On that day one colleague opened unusually many families; told to administrators once.
unusual_look = Table(
    "unusual_look",
    metadata,
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("families", Integer, nullable=False),
    Column("others", Integer, nullable=False),  # of them, those on somebody else's list
)
