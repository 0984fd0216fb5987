"""Activities with sign-up, for tests: a fathers' group in Hjällbo with so many places."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from programme.activities import ActivityKind, ForWhom, SigningUp, Words
from programme.notices import WordingState
from programme.seats import is_a_party
from services import signing_up
from services.access import reader_of
from services.signing_up import Met
from storage import activities, areas, seats, wordings
from storage.activity_tables import signup
from storage.database import Database
from storage.wordings import Of
from tests.cast import AREA, JOINED, RULES, local
from tests.rows import rows

STARTS = local("2026-11-12 17:30")  # a Thursday, ten days after everybody has joined
NOW = JOINED + timedelta(days=1)
TITLES = {
    "en": "Fathers' group",
    "sv": "Pappagrupp",
    "ar": "مجموعة الآباء",
    "so": "Kooxda aabayaasha",
}


async def gathering(
    db: Database,
    capacity: int | None = 5,
    starts: Sequence[datetime] = (STARTS,),
    signing: SigningUp = SigningUp.ONCE,
    state: str = "open",
) -> tuple[int, list[int]]:
    """The activity's number and those of its seats."""
    async with db.write() as tx:
        area_id = await areas.find(tx, AREA)
        number = await activities.add(
            tx,
            [area_id],
            kind=ActivityKind.FATHERS,
            state=state,
            made_at=JOINED,
            for_whom=ForWhom.EVERYBODY,
            signing_up=signing,
        )
        for language, title in TITLES.items():
            approved = WordingState.APPROVED
            words = Words(title, title)
            await wordings.write(tx, Of(activity_id=number), language, words, state=approved)
        for each in starts:
            await activities.add_occasion(tx, number, each, 90, JOINED)
        await seats.set_capacity(tx, number, capacity, JOINED)
        theirs = (await seats.of_activities(tx, [number])).get(number, [])
    return number, [each.id for each in theirs]


async def press(
    db: Database,
    chat_id: int,
    seats_id: int,
    adults: int = 1,
    children: int = 0,
    now: datetime = NOW,
    wait: bool = False,
) -> Met:
    """The parent in that chat signs up."""
    assert is_a_party(adults, children)
    async with db.write() as tx:
        reader = await reader_of(tx, chat_id)
        return await signing_up.sign_up(
            tx, reader, seats_id, adults, children, now, RULES, wait=wait
        )


async def leave(db: Database, chat_id: int, number: int, now: datetime = NOW) -> Met:
    """The parent in that chat does not come after all."""
    async with db.write() as tx:
        reader = await reader_of(tx, chat_id)
        return await signing_up.cancel(tx, reader, number, now, RULES)


async def states(db: Database) -> dict[int, str]:
    """What has become of each sign-up, by its number."""
    return {row.id: row.state for row in await rows(db, "signup")}


async def adds_up(db: Database) -> None:
    """What the counter says is what stands: always, whatever has happened."""
    async with db.read() as tx:
        every = (await tx.execute(signup.select())).all()
    for row in await rows(db, "seats"):
        held = [
            each.adults + each.children
            for each in every
            if each.seats_id == row.id and each.state in {"in", "offered"}
        ]
        assert row.taken == sum(held)
        assert row.capacity is None or row.taken <= row.capacity
