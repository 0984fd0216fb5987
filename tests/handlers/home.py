"""A parent who has joined, perhaps with a visit; the other parent; what delivery brings."""

from datetime import datetime

from services.delivery import Sender
from services.planning import plan
from storage import families
from tests.cast import JOINED, RULES, book_visit, local
from tests.colleagues import at_work
from tests.fakes import FakePush, Said
from tests.handlers.phone import Lotsen, Phone

FOUR = ("sv", "ar", "so", "en")
STARTS = local("2026-11-09T10:30")
NEXT_STARTS = local("2026-12-30T10:30")


async def a_parent(lotsen: Lotsen, code: str = "en") -> tuple[Phone, int]:
    """Somebody who has joined, and the family's id."""
    phone = lotsen.phone()
    await phone.join(code)
    [guardian] = await lotsen.rows("guardian", chat_id=phone.id)
    return phone, guardian.family_id


async def with_visit(
    lotsen: Lotsen, code: str = "en", starts_at: datetime = STARTS
) -> tuple[Phone, int]:
    """The same with visit 1 booked; the booking's id."""
    phone, family_id = await a_parent(lotsen, code)
    return phone, await book_visit(lotsen.db, family_id, starts_at, JOINED)


async def the_other_parent(lotsen: Lotsen, family_id: int, code: str = "ar") -> Phone:
    """A second parent of that family, who reads messages already."""
    phone = lotsen.phone()
    async with lotsen.db.write() as tx:
        await families.add_guardian(tx, family_id, phone.id, code, JOINED)
    return phone


async def anna(lotsen: Lotsen) -> int:
    """The chat of the nurse, who reads English."""
    await at_work(lotsen.db)
    return 2001


async def delivered(lotsen: Lotsen, at: datetime | None = None) -> list[Said]:
    """What is pushed when everything due is planned and sent, at that time or now."""
    if at:
        lotsen.clock.set(at)
    push = FakePush()
    await plan(lotsen.db, lotsen.clock.now(), RULES)
    sender = Sender(lotsen.db, push, lotsen.languages, RULES, 5000, lotsen.clock.now)
    await sender.drain()
    return push.arrived


async def counted(lotsen: Lotsen, *kinds: str) -> list[tuple[str, int | None, str | None]]:
    """The figures of those kinds, in order of counting: what, visit, detail."""
    return [(r.what, r.visit, r.detail) for r in await lotsen.rows("tally") if r.what in kinds]


def labels(message: object) -> list[str]:
    """The words on a message's buttons."""
    return [label for label, _ in message.buttons]


def data(message: object) -> list[str]:
    """What a message's buttons send."""
    return [sent for _, sent in message.buttons]
