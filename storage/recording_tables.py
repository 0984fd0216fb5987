"""The table of recordings: public words in a colleague's voice, nothing about a family."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    false,
    text,
)

from storage.columns import Instant
from storage.tables import Id, metadata

# One recording of one text in one language, from the moment in which it is sent.
recording = Table(
    "recording",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(80), nullable=False),  # page:bvc, tip:gift_book, path:consent, day:5
    Column("language", String(12), nullable=False),
    Column("words", String(64), nullable=False),  # a hash of what is spoken: other words, no voice
    Column("stage", String(20), nullable=False),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL"), index=True),  # who spoke
    Column("made_at", Instant, nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("file_id", String(200)),  # where Telegram keeps it, until the sound is here
    Column("sound", LargeBinary),  # OGG with Opus, cleaned
    Column("fault", String(20)),
    Column("told", Boolean, nullable=False, server_default=false()),  # its speaker heard of it
    sqlite_autoincrement=True,  # its ids stand on buttons
)
_STANDS = "stage = 'stands'"
# One recording stands, whoever else keeps one at the same moment.
Index(
    "ix_recording_stands",
    recording.c.language,
    recording.c.key,
    unique=True,
    sqlite_where=text(_STANDS),
    postgresql_where=text(_STANDS),
)
# What is looked at every second is nearly always empty.
Index(
    "ix_recording_open",
    recording.c.id,
    sqlite_where=text("stage <> 'stands'"),
    postgresql_where=text("stage <> 'stands'"),
)
