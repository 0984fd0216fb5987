"""The tables of notices: what a coordinator tells many families at once (mission E1-E6, E12).

Who has got one stands in the outbox, one row for each reader.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, text

from storage.columns import Instant
from storage.tables import Id, metadata

notice = Table(
    "notice",
    metadata,
    Column("id", Id, primary_key=True),
    Column("state", String(20), nullable=False),
    Column("made_by", ForeignKey("staff.id", ondelete="SET NULL"), index=True),
    Column("made_at", Instant, nullable=False),
    Column("urgent", Boolean, nullable=False, server_default=text("false")),
    # What it announces: its words are the activity's then, and the hours come from its occasions.
    Column("activity_id", ForeignKey("activity.id", ondelete="CASCADE"), index=True),
    Column("occasion_id", ForeignKey("occasion.id", ondelete="SET NULL"), index=True),
    Column("picture", String(200)),  # Telegram's number of it: it is never fetched
    # For whom: every condition that is set must hold.
    Column("languages", String(60), nullable=False, server_default=""),  # codes, by commas
    Column("months_from", Integer),
    Column("months_to", Integer),
    Column("expecting", Boolean, nullable=False, server_default=text("false")),
    Column("fathers", Boolean, nullable=False, server_default=text("false")),
    Column("first_child", Boolean, nullable=False, server_default=text("false")),
    Column("follows", String(20)),  # only who wants to hear of this kind of activity
    Column("signed_up", Boolean, nullable=False, server_default=text("false")),  # for its activity
    Column("send_at", Instant, index=True),
    Column("frozen_at", Instant),  # when it was decided who gets it
    Column("finished_at", Instant),
    Column("revision", Integer, nullable=False, server_default=text("0")),  # rises with corrections
    Column("corrected_at", Instant),
    Column("recalled_at", Instant),
    # The one message that shows the coordinator how far the sending is.
    Column("progress_chat", BigInteger),
    Column("progress_message", BigInteger),
    Column("progress_at", Instant),
    sqlite_autoincrement=True,  # its ids stand on buttons and in keys: never given out again
)

notice_area = Table(
    "notice_area",
    metadata,
    Column("notice_id", ForeignKey("notice.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("area.id", ondelete="CASCADE"), primary_key=True, index=True),
)
