"""The tables of trust: what must vanish from phones, and what a parent writes to the team.

Both are emptied as soon as their work is done; neither is kept as a record.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.columns import Instant, Sealed
from storage.tables import Id, metadata

# A message on a phone that is to be deleted, or rewritten where it is too old for that. It belongs
# to nobody, so that it outlives an erasure: a row is gone as soon as the phone has obeyed.
clearing = Table(
    "clearing",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("said_at", Instant, nullable=False),  # its age decides: delete, or rewrite
    Column("at", Instant, nullable=False, index=True),  # not before
    Column("language", String(12)),  # of the neutral line; NULL: a person's own, only deleted
    Column("tries", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint("chat_id", "message_id"),
)

# What one parent wrote to the team, and the answer. The row is gone when the thread is closed.
thread = Table(
    "thread",
    metadata,
    Column("id", Id, primary_key=True),
    Column("family_id", ForeignKey("family.id", ondelete="CASCADE"), nullable=False, index=True),
    Column(
        "guardian_id", ForeignKey("guardian.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("asked_at", Instant, nullable=False, index=True),
    Column("text", Sealed, nullable=False),
    Column("answered_at", Instant, index=True),
    Column("answered_by", BigInteger),  # who of the staff
    Column("answer", Sealed),
    sqlite_autoincrement=True,  # its ids stand in keys of promises: never given out again
)

# How often a chat of nobody we know has opened links that open nothing; gone after a day.
guess = Table(
    "guess",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("since", Instant, nullable=False, index=True),
    Column("many", Integer, nullable=False),
)
