"""Two acts on one family at the same time: as if one had come after the other."""

import asyncio
from functools import partial

from programme.people import Choice
from services import access, preferences
from services.answering import Standing, answer
from services.booking import book
from storage.database import Database, Tx
from tests.cast import AMINA_CHAT, JOINED, RULES, book_visit, local, move_in, reader
from tests.rows import rows
from tests.services.conftest import TIP_DAY

VISIT = local("2026-11-20T10:00")
LONG = 0.3  # longer than anybody takes who waits for nobody


async def _one_in_the_middle_of_the_other(db: Database, first, second):
    """What `second` returns, begun after `first` has done everything and not committed."""
    inside, go_on = asyncio.Event(), asyncio.Event()

    async def act() -> None:
        async with db.write() as tx:
            await first(tx)
            inside.set()
            await go_on.wait()

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(act())
        await inside.wait()
        other = tasks.create_task(second())
        await asyncio.wait({other}, timeout=LONG)
        go_on.set()
    return other.result()


async def test_one_visit_that_two_book_at_once_is_one_booking_with_the_later_time(db):
    home = await move_in(db)
    times = [local(f"2026-11-20T{hour}:00") for hour in range(10, 16)]
    await asyncio.gather(*(book_visit(db, home.family_id, at, JOINED) for at in times))
    [booking] = await rows(db, "booking")
    assert booking.revision == len(times) - 1


async def test_an_answer_while_the_visit_is_being_moved_is_no_answer_to_the_new_time(db):
    home = await move_in(db)
    booking = await book_visit(db, home.family_id, VISIT, JOINED)

    async def moves(tx: Tx) -> None:
        later = local("2026-11-23T10:00")
        await book(tx, home.family_id, 1, later, ["Anna"], JOINED, RULES)

    async def answers():
        async with db.write() as tx:
            amina = await access.reader_of(tx, AMINA_CHAT)
            return await answer(tx, amina, booking, 0, Choice.YES, JOINED, RULES)

    found = await _one_in_the_middle_of_the_other(db, moves, answers)
    assert found.standing is Standing.CHANGED
    assert await rows(db, "answer") == []


async def test_who_acts_sees_what_the_other_has_just_done(db):
    await move_in(db)

    async def looks():
        async with db.write() as tx:
            return await access.reader_of(tx, AMINA_CHAT)

    found = await _one_in_the_middle_of_the_other(db, _turns_to_arabic, looks)
    assert found.guardian.language == "ar"


async def test_who_only_looks_waits_for_nobody(db):
    await move_in(db)
    look = partial(reader, db, AMINA_CHAT)
    found = await _one_in_the_middle_of_the_other(db, _turns_to_arabic, look)
    assert found.guardian.language == "so"


async def _turns_to_arabic(tx: Tx) -> None:
    await preferences.set_language(tx, await access.reader_of(tx, AMINA_CHAT), "ar")


async def test_after_a_stop_is_committed_nothing_leaves_that_was_claimed_meanwhile(db, post):
    await move_in(db)
    await post.plan()

    async def stops(tx: Tx) -> None:
        await preferences.stop(tx, await access.reader_of(tx, AMINA_CHAT), TIP_DAY)

    await _one_in_the_middle_of_the_other(db, stops, post.sender.drain)
    assert post.push.attempts == []
