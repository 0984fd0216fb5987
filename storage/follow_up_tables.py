"""Tables of the yearly follow-up: lines without names, and which tables left the house."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from storage.columns import Instant, Sealed
from storage.tables import Id, metadata

# A coordinator's line under a heading of the template (mission I8); about no family.
note = Table(
    "note",
    metadata,
    Column("id", Id, primary_key=True),
    Column("area_id", ForeignKey("area.id"), nullable=False, index=True),
    Column("month", String(7), nullable=False, index=True),  # which year's follow-up it is for
    Column("heading", String(20), nullable=False),
    Column("line", Sealed, nullable=False),
    Column("made_by", ForeignKey("staff.id", ondelete="SET NULL"), index=True),
    Column("made_at", Instant, nullable=False),
    sqlite_autoincrement=True,  # its ids stand on staff's buttons: never given out again
)

# Every time rows were written for researchers: kept for good, with nothing of any family.
research_export = Table(
    "research_export",
    metadata,
    Column("id", Id, primary_key=True),
    Column("made_at", Instant, nullable=False),
    Column("made_by", String(60), nullable=False),  # who was signed in on the machine
    Column("approval", String(60), nullable=False),  # the number of the ethics approval
    Column("families", Integer, nullable=False),  # how many rows it has
    Column("left_out", Integer, nullable=False),  # so that nobody can be told apart
)
