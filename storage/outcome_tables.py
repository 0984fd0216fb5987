"""The table of what staff ticked after a visit (mission H5); figures of it stand in `tally`."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table

from storage.columns import Instant
from storage.tables import metadata

visit_outcome = Table(
    "visit_outcome",
    metadata,
    Column("booking_id", ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True),
    # In whose figures it is counted, also when the family moves afterwards.
    Column("area_id", ForeignKey("area.id"), nullable=False, index=True),
    Column("centre_id", BigInteger),  # the same of its health centre, as in `family`
    Column("ticks", String(120), nullable=False, server_default=""),  # words of ours, by commas
    Column("offers", String(120), nullable=False, server_default=""),
    # What else was counted with this visit (a first one in time, all six …), by commas.
    Column("marks", String(120), nullable=False, server_default=""),
    Column("ticked_by", ForeignKey("staff.id", ondelete="SET NULL"), index=True),
    Column("ticked_at", Instant, nullable=False),
)
