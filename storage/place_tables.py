"""The tables of places and of editions: public words only, nothing about a family."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text, text

from storage.columns import Instant
from storage.tables import Id, metadata

# A place families can go to. What it is called and when it is open stands in its editions.
place = Table(
    "place",
    metadata,
    Column("id", Id, primary_key=True),
    Column("checked_on", Date),  # NULL: nobody has checked it
    Column("checked_by", ForeignKey("staff.id", ondelete="SET NULL"), index=True),
    Column("ended_at", Instant),  # it is no more; kept for its history
    sqlite_autoincrement=True,  # its ids stand on buttons and in keys: never given out again
)

# Whose families find it first, and whose staff look after it. None: everybody's.
place_area = Table(
    "place_area",
    metadata,
    Column("place_id", ForeignKey("place.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("area.id", ondelete="CASCADE"), primary_key=True, index=True),
)

# One edition of something public that staff write: draft, second pair of eyes, published, kept.
edition = Table(
    "edition",
    metadata,
    Column("id", Id, primary_key=True),
    Column("what", String(20), nullable=False),  # place, page
    Column("key", String(80), nullable=False),  # a place's number, a page's code
    Column("language", String(12), nullable=False, server_default=""),  # empty: all of them at once
    Column("body", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("author_id", ForeignKey("staff.id", ondelete="SET NULL"), index=True),  # NULL: a file
    Column("reviewer_id", ForeignKey("staff.id", ondelete="SET NULL"), index=True),
    Column("made_at", Instant, nullable=False),
    Column("published_at", Instant),
    Index("ix_edition_what_key", "what", "key"),
    sqlite_autoincrement=True,  # its ids stand on buttons
)
# One edition stands, and one is being written, whoever else begins at the same moment.
for _name, _states in (
    ("published", "state = 'published'"),
    ("open", "state IN ('draft', 'review')"),
):
    Index(
        f"ix_edition_{_name}",
        edition.c.what,
        edition.c.key,
        edition.c.language,
        unique=True,
        sqlite_where=text(_states),
        postgresql_where=text(_states),
    )
