"""What a parent decides about their own messages: language, fewer, stop, take up again.

What one parent does here touches only their own messages (mission B7).
"""

from datetime import datetime

from programme.kinds import Rules
from programme.people import Booking, BookingState
from services.access import Reader, family_of
from services.enrolment import CONSENT_VERSION
from services.planning import catch_up
from storage import consents, families, outbox
from storage.database import Tx


async def set_language(tx: Tx, reader: Reader, language: str) -> None:
    """Everything from now on is in that language, what waits already as well."""
    await families.set_guardian(tx, reader.guardian.id, language=language)


async def set_eligible(tx: Tx, reader: Reader, eligible: bool) -> None:
    """The answer to the one question; staff can correct it (mission A2)."""
    await families.set_eligible(tx, reader.family_id, eligible)


async def set_fewer(tx: Tx, reader: Reader, fewer: bool) -> None:
    """Fewer: tips stay, strength ideas rest."""
    await families.set_guardian(tx, reader.guardian.id, fewer=fewer)


async def stop(tx: Tx, reader: Reader, now: datetime) -> Booking | None:
    """No more messages to this parent, as of this commit; the next booked visit, which stays."""
    await families.set_guardian(tx, reader.guardian.id, stopped_at=now)
    await outbox.drop_waiting(tx, reader.guardian.id, "stopped", now)
    family = await family_of(tx, reader)
    coming = [
        booking
        for booking in family.bookings
        if booking.state is BookingState.BOOKED and booking.starts_at > now
    ]
    return min(coming, key=lambda booking: booking.starts_at, default=None)


async def resume(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> None:
    """Messages are taken up again from now on; nothing is replayed. An old press is harmless."""
    if reader.guardian.stopped_at is None:
        return
    await families.set_guardian(tx, reader.guardian.id, stopped_at=None, active_since=now)
    await consents.note(tx, reader.guardian.id, CONSENT_VERSION, reader.guardian.language, now)
    await catch_up(tx, reader.family_id, now, rules)


async def out_of_reach(tx: Tx, reader: Reader, now: datetime) -> None:
    """The parent blocked the bot."""
    if reader.guardian.unreachable_since is None:
        await families.set_guardian(
            tx, reader.guardian.id, unreachable_since=now, unreachable_reason="blocked"
        )
        await outbox.drop_waiting(tx, reader.guardian.id, "blocked", now)


async def within_reach(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> None:
    """The parent is back: everything is as it was, nothing is replayed (mission B11)."""
    if reader.guardian.unreachable_since is not None:
        await families.set_guardian(
            tx, reader.guardian.id, unreachable_since=None, unreachable_reason=None
        )
        await catch_up(tx, reader.family_id, now, rules)
