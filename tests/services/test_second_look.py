"""The look just before sending: facts may have changed while a message waited."""

from datetime import date, timedelta

from sqlalchemy import select

from programme.kinds import Lane
from programme.news import News
from programme.people import Role, Why
from storage import areas, events, rests, staff
from storage.rests import Whose
from storage.tables import item, outbox
from tests.cast import AMINA_CHAT, AREA, JOINED, YUSUF_CHAT, local, move_in

DAY = timedelta(days=1)
ANNA_CHAT = 3001
FIVE_MONTHS = date(2026, 6, 1)


async def _anna(db):
    async with db.write() as tx:
        number = await staff.add(tx, await areas.find(tx, AREA), "Anna", Role.NURSE)
        await staff.change(tx, number, chat_id=ANNA_CHAT, morning=None)


async def _rest(db, why, at, until=None, **whose):
    by = whose.pop("by", None)
    async with db.write() as tx:
        await rests.begin(tx, Whose(**whose), why, at, until, by=by)


async def test_a_digest_that_an_outage_made_late_comes_on_the_next_day(post):
    await move_in(post.db, born=FIVE_MONTHS)
    post.clock.set(JOINED + DAY * 2)
    assert await post.deliver() == {"sent": 1}
    assert (await post.items())["digest:1"] == ("sent", None)


async def test_a_late_digest_and_a_late_tip_are_one_message(post):
    await move_in(post.db, born=date(2026, 7, 3))  # four months old on the day after joining
    post.clock.set(local("2026-11-04T12:00"))
    assert await post.deliver() == {"sent": 2}
    assert set((await post.items()).values()) == {("folded", "late: in one digest")}
    assert len(post.push.arrived) == 1


async def test_a_digest_is_of_no_use_after_a_week(post):
    await move_in(post.db, born=FIVE_MONTHS)
    post.clock.set(JOINED + DAY * 9)
    assert (await post.deliver()).get("sent") is None
    assert (await post.items())["digest:1"] == ("dropped", "too late")


async def test_after_a_loss_staff_hear_only_of_the_loss_though_other_news_waited(post):
    await _anna(post.db)
    home = await move_in(post.db, born=None)
    post.clock.set(local("2026-11-06T19:00"))  # a Friday evening
    async with post.db.write() as tx:
        await events.note(tx, home.family_id, News.BACK, local("2026-11-06T17:59"))
    await post.plan()
    assert await post.states() == ["waiting"]
    sunday = local("2026-11-08T12:00")
    await _rest(post.db, Why.LOSS, sunday, family_id=home.family_id)
    async with post.db.write() as tx:
        await events.note(tx, home.family_id, News.LOSS, sunday)
    post.clock.set(local("2026-11-09T07:00"))
    assert await post.deliver() == {"sent": 1, "dropped": 1}
    assert post.push.chats == [ANNA_CHAT]
    assert (await post.items())["staff:news:1:1"] == ("dropped", "rests")
    assert (await post.items())["staff:news:2:1"] == ("sent", None)


async def test_the_note_that_the_family_is_away_reaches_the_other_parent_in_the_rest(post):
    home = await move_in(post.db, born=None, chats=(AMINA_CHAT, YUSUF_CHAT))
    post.clock.set(local("2026-11-06T12:00"))
    family = {"family_id": home.family_id, "by": home.amina}
    await _rest(post.db, Why.AWAY, post.clock(), local("2026-12-01T00:00"), **family)
    assert await post.deliver() == {"sent": 1}
    assert post.push.chats == [YUSUF_CHAT]


async def test_who_stopped_while_that_note_waited_does_not_get_it(post):
    home = await move_in(post.db, born=None, chats=(AMINA_CHAT, YUSUF_CHAT))
    post.clock.set(local("2026-11-06T12:00"))
    family = {"family_id": home.family_id, "by": home.amina}
    await _rest(post.db, Why.AWAY, post.clock(), local("2026-12-01T00:00"), **family)
    await post.plan()
    post.clock.forward(minutes=5)
    await _rest(post.db, Why.STOPPED, post.clock(), guardian_id=home.yusuf)
    assert await post.deliver() == {"dropped": 1}
    assert post.push.attempts == []


async def test_after_a_loss_that_note_does_not_leave_either(post):
    home = await move_in(post.db, born=None, chats=(AMINA_CHAT, YUSUF_CHAT))
    post.clock.set(local("2026-11-06T12:00"))
    family = {"family_id": home.family_id, "by": home.amina}
    await _rest(post.db, Why.AWAY, post.clock(), local("2026-12-01T00:00"), **family)
    await post.plan()
    post.clock.forward(minutes=5)
    await _rest(post.db, Why.LOSS, post.clock(), family_id=home.family_id)
    assert await post.deliver() == {"dropped": 1}
    assert (await post.items())[f"away:1:{home.yusuf}"] == ("dropped", "rests")
    assert post.push.attempts == []


async def _said(db, home, *hours):
    """Tips that this parent was sent at those hours."""
    async with db.write() as tx:
        for n, hour in enumerate(hours):
            facts = {"family_id": home.family_id, "guardian_id": home.amina, "due_at": hour}
            message = facts | {"lane": Lane.TIPS, "next_at": hour, "ended_at": hour}
            box = await tx.execute(
                outbox.insert().values(message | {"state": "sent"}).returning(outbox.c.id)
            )
            promise = {"key": f"tip:1:{n}:1", "kind": "tip", "outbox_id": box.scalar_one()}
            await tx.execute(item.insert().values(facts | promise | {"state": "sent"}))


async def test_a_fourth_tip_within_seven_days_waits_for_the_first_day_with_room(post):
    """The plan knows what should have been said, this look knows what was."""
    home = await move_in(post.db, joined=local("2026-10-31T09:00"))
    await _said(post.db, home, *(local(f"2026-11-0{day}T10:00") for day in (1, 2, 3)))
    assert await post.deliver() == {"postponed": 1}  # on the 4th
    async with post.db.read() as tx:
        waits = select(outbox.c.next_at).where(outbox.c.state == "waiting")
        assert list((await tx.execute(waits)).scalars()) == [local("2026-11-08T10:00")]
    post.clock.set(local("2026-11-08T10:00"))
    await post.deliver()
    assert (await post.items())["tip:1:gift_book:1"] == ("sent", None)


async def test_a_third_tip_within_seven_days_leaves(post):
    home = await move_in(post.db, joined=local("2026-10-31T09:00"))
    await _said(post.db, home, *(local(f"2026-11-0{day}T10:00") for day in (1, 3)))
    assert await post.deliver() == {"sent": 1}


async def test_two_messages_of_one_day_are_two_of_the_three(post):
    """A notice may have come on a tip's day; a third tip of the week is then the fourth message."""
    home = await move_in(post.db, joined=local("2026-10-31T09:00"))
    of_one_day = (local("2026-11-02T10:00"), local("2026-11-02T14:00"))
    await _said(post.db, home, *of_one_day, local("2026-11-03T10:00"))
    assert await post.deliver() == {"postponed": 1}
