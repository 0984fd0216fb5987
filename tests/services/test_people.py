"""The door, choosing, stopping: what each act does, and to whom nothing happens."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from programme.errors import (
    NotYours,
)
from programme.kinds import Rules
from services import preferences, reach
from services.access import booking_for, family_of, reader_of
from storage import families
from storage.tables import booking, consent, family
from tests.cast import (
    AMINA_CHAT,
    DAN_CHAT,
    JOINED,
    RULES,
    YUSUF_CHAT,
    book_visit,
    local,
    move_in,
    reader,
)
from tests.services.enrolled import count, register

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
VISIT = local("2026-11-20T10:00")
EVE = local("2026-11-19T17:00")


async def test_a_stranger_is_nobody(db):
    await move_in(db)
    async with db.read() as tx:
        assert await reader_of(tx, DAN_CHAT) is None


async def test_a_parent_sees_the_bookings_of_their_own_family_only(db):
    mine = await move_in(db)
    theirs = await move_in(db, chats=(2001, None))
    own = await book_visit(db, mine.family_id, VISIT, JOINED)
    other = await book_visit(db, theirs.family_id, VISIT + timedelta(days=7), JOINED)
    amina = await reader(db, AMINA_CHAT)
    async with db.read() as tx:
        assert (await booking_for(tx, amina, own)).id == own
        said = set()
        for number in (other, 999, 0, -1):
            with pytest.raises(NotYours) as refusal:
                await booking_for(tx, amina, number)
            said.add(str(refusal.value))
    assert said == {"Not found."}  # nobody learns which


async def test_a_family_that_was_erased_is_not_there(db):
    await move_in(db)
    amina = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        await tx.exec_driver_sql("DELETE FROM family")
        with pytest.raises(NotYours):
            await family_of(tx, amina)


async def test_a_stop_returns_the_next_visit_which_stays(db):
    home = await move_in(db)
    later = await book_visit(db, home.family_id, VISIT + 60 * DAY, JOINED, 2)
    sooner = await book_visit(db, home.family_id, VISIT, JOINED, 1)
    amina = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        assert (await preferences.stop(tx, amina, JOINED + DAY)).id == sooner
    async with db.write() as tx:
        assert (await preferences.stop(tx, amina, VISIT)).id == later  # the first one has begun
        await tx.execute(update(booking).values(state="cancelled"))
        assert await preferences.stop(tx, amina, VISIT) is None
    assert await count(db, booking) == 2


async def test_one_parents_stop_is_theirs_alone(db, post):
    await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    async with db.write() as tx:
        await preferences.stop(tx, await _within(tx, AMINA_CHAT), JOINED + SECOND)
    assert await post.deliver() == {"sent": 1}
    assert post.push.chats == [YUSUF_CHAT]


async def test_who_takes_messages_up_again_gets_none_of_what_was_missed(db, post):
    home = await move_in(db)
    await post.deliver()
    await book_visit(db, home.family_id, VISIT, post.clock())
    async with db.write() as tx:
        await preferences.stop(tx, await _within(tx, AMINA_CHAT), post.clock())
    post.clock.set(EVE + timedelta(hours=1))
    await post.deliver()
    async with db.write() as tx:
        amina = await _within(tx, AMINA_CHAT)
        await preferences.resume(tx, amina, post.clock(), RULES)
    post.push.arrived.clear()
    await post.deliver()
    sent = [key for key, (state, _) in (await post.items()).items() if state == "sent"]
    assert sent == ["tip:1:gift_book:1", "visit:1:0:booked:1"]  # the visit itself is still news
    assert len(post.push.arrived) == 1
    post.clock.set(local("2026-11-20T07:30"))
    await post.deliver()
    assert len(post.push.arrived) == 2
    assert await count(db, consent) == 1


async def test_what_fell_due_during_a_stop_is_not_caught_up_after_an_outage_either(db, post):
    home = await move_in(db)
    await book_visit(db, home.family_id, VISIT, post.clock())
    post.clock.set(EVE - timedelta(hours=2))
    await post.deliver()
    post.push.arrived.clear()
    async with db.write() as tx:
        await preferences.stop(tx, await _within(tx, AMINA_CHAT), EVE - timedelta(hours=1))
    async with db.write() as tx:  # the planner has not run since
        amina = await _within(tx, AMINA_CHAT)
        await preferences.resume(tx, amina, EVE + timedelta(hours=1), RULES)
    post.clock.set(EVE + timedelta(hours=1))
    await post.deliver()
    assert post.push.arrived == []
    assert "visit:1:0:day-before:1" not in await post.items()


async def test_who_presses_resume_without_having_stopped_loses_nothing(db, post):
    await move_in(db)
    await post.plan()
    post.clock.forward(minutes=1)
    async with db.write() as tx:
        amina = await _within(tx, AMINA_CHAT)
        await preferences.resume(tx, amina, post.clock(), RULES)
    assert await post.deliver() == {"sent": 1}
    assert await count(db, consent) == 0


async def test_who_blocked_the_bot_and_comes_back_finds_everything_as_it_was(db, post):
    home = await move_in(db)
    await post.deliver()
    await book_visit(db, home.family_id, VISIT, post.clock())
    async with db.write() as tx:
        amina = await _within(tx, AMINA_CHAT)
        await reach.out_of_reach(tx, amina, post.clock(), RULES)
    assert await post.out_of_reach() == {home.amina: "blocked"}
    assert (await post.boxes())[-1] == ("dropped", "blocked")
    await post.deliver()
    assert len(post.push.arrived) == 1
    post.clock.set(EVE - SECOND)
    await post.deliver()
    async with db.write() as tx:
        amina = await _within(tx, AMINA_CHAT)
        await reach.within_reach(tx, amina, post.clock(), RULES)
        back = (await _within(tx, AMINA_CHAT)).guardian
    assert (back.id, back.language, back.active_since) == (home.amina, "so", JOINED)
    assert [rest.until for rest in back.rests] == [EVE - SECOND]
    post.clock.set(EVE)
    await post.deliver()
    # The news of the visit, which never reached her, and the reminder; no tip is replayed.
    assert len(post.push.arrived) == 3


async def test_language_fewer_and_eligibility_are_one_fact_each(db):
    home = await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    async with db.write() as tx:
        amina = await _within(tx, AMINA_CHAT)
        await preferences.set_language(tx, amina, "sv")
        await preferences.set_fewer(tx, amina, True)
        await preferences.set_eligible(tx, amina, True)
        [found] = await families.load(tx, [home.family_id])
        assert [(each.language, each.fewer) for each in found.guardians] == [
            ("sv", True),
            ("ar", False),
        ]
        assert (await tx.execute(select(family.c.eligible))).scalar() is True


async def test_nothing_is_sent_before_the_yes(db, post):
    await register(db)
    post.clock.set(JOINED + 30 * DAY)
    post.rules = Rules(quiet=None)
    assert await post.deliver() == {}
    assert post.push.attempts == []


async def _within(tx, chat_id):
    found = await reader_of(tx, chat_id)
    assert found is not None
    return found
