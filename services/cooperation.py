"""What cooperation gave children and families, in figures that may be shown (mission I4)."""

from collections.abc import Sequence
from datetime import date

from programme.cooperation import Cooperation
from services import reports
from storage.database import Tx


async def of(tx: Tx, areas: Sequence[int], today: date) -> Cooperation:
    """The figures of these areas together, of months that do not change any more."""
    return Cooperation(await reports.read(tx, today), areas)
