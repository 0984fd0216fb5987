"""A promise is made once; it can be skipped, wanted after all, voted on, given up for a while."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from programme.letters import TipLetter
from programme.parcels import parcels
from programme.people import Role
from storage import areas, claims, items, outbox, packing, staff
from storage.items import ItemState
from storage.outbox import State
from storage.tables import item
from storage.tables import outbox as table
from tests.cast import AREA, JOINED, RULES, local, move_in

TEN = local("2026-11-04T10:00")
KEY = "tip:1:gift_book:1"


def letter(home, at=TEN, key=KEY):
    return TipLetter(
        key=key,
        at=at,
        not_after=at + timedelta(days=14),
        family_id=home.family_id,
        guardian_id=home.amina,
        child_id=home.child_id,
        code="gift_book",
    )


async def _plan(db, one, now=TEN):
    async with db.write() as tx:
        return await packing.plan(tx, parcels([one], RULES), now)


async def _state(db, key=KEY):
    async with db.read() as tx:
        row = (await tx.execute(select(item).where(item.c.key == key))).first()
    return row and (row.state, row.reason)


async def _messages(db):
    async with db.read() as tx:
        return list((await tx.execute(select(table.c.state).order_by(table.c.id))).scalars())


async def _set(db, state, reason):
    async with db.write() as tx:
        [promise] = (await tx.execute(select(item.c.id))).scalars()
        await items.end_item(tx, promise, state, reason)


# ---- once and for ever, but for what a fact took away


@pytest.mark.parametrize("reason", [*items.GIVEN_UP])
async def test_what_was_given_up_is_promised_again_when_it_is_due_again(db, reason):
    home = await move_in(db)
    await _plan(db, letter(home))
    await _set(db, ItemState.DROPPED, reason)
    later = letter(home, TEN + timedelta(days=2))
    assert await _plan(db, later, later.at) == (1, 0)
    assert await _state(db) == (ItemState.PLANNED, None)
    assert await _messages(db) == ["waiting", "waiting"]
    async with db.read() as tx:
        assert (await tx.execute(select(item.c.due_at))).scalar() == later.due_at


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (ItemState.DROPPED, "too late"),
        (ItemState.DROPPED, "in doubt"),
        (ItemState.DROPPED, "nobody there"),
        (ItemState.SENT, None),
        (ItemState.FOLDED, "late: in one digest"),
        (ItemState.SKIPPED, None),
        (ItemState.PLANNED, None),
    ],
)
async def test_nothing_else_is_ever_promised_again(db, state, reason):
    home = await move_in(db)
    await _plan(db, letter(home))
    await _set(db, state, reason)
    assert await _plan(db, letter(home, TEN + timedelta(days=2))) == (0, 0)
    assert await _state(db) == (state, reason)
    assert len(await _messages(db)) == 1


async def test_what_a_fact_takes_away_is_found_while_it_may_still_leave(db):
    home = await move_in(db)
    await _plan(db, letter(home))
    async with db.write() as tx:
        [waits] = await items.underway(tx, home.family_id)
        assert (waits.promise.key, waits.taken) == (KEY, False)
        await claims.claim(tx, [waits.outbox_id], TEN)
        [flies] = await items.underway(tx, home.family_id)
        assert flies.taken
        await items.give_up(tx, [flies.promise.id])
        assert await items.underway(tx, home.family_id) == []
        assert [each.key for each in await items.given_up(tx, home.family_id)] == [KEY]
    assert await _state(db) == (ItemState.DROPPED, items.NO_LONGER_DUE)


# ---- skip, and want it after all


async def test_a_skip_takes_the_key_before_it_is_promised(db):
    home = await move_in(db)
    async with db.write() as tx:
        await items.skip(tx, letter(home))
    assert await _plan(db, letter(home)) == (0, 0)
    assert (await _state(db))[0] == ItemState.SKIPPED
    assert await _messages(db) == []


async def test_a_skip_takes_away_what_waits_and_leaves_what_was_sent(db):
    home = await move_in(db)
    await _plan(db, letter(home))
    async with db.write() as tx:
        await items.skip(tx, letter(home))
        assert await items.underway(tx, home.family_id) == []
    assert (await _state(db))[0] == ItemState.SKIPPED
    await _set(db, ItemState.SENT, None)
    async with db.write() as tx:
        await items.skip(tx, letter(home))
    assert (await _state(db))[0] == ItemState.SENT


async def test_only_whoever_skipped_it_can_want_it_after_all(db):
    home = await move_in(db, chats=(1001, 1002))
    async with db.write() as tx:
        await items.skip(tx, letter(home))
        await items.unskip(tx, KEY, home.yusuf)
    assert (await _state(db))[0] == ItemState.SKIPPED
    async with db.write() as tx:
        await items.unskip(tx, KEY, home.amina)
    assert await _state(db) is None
    assert await _plan(db, letter(home)) == (1, 0)


# ---- useful?


@pytest.mark.parametrize("state", list(ItemState))
async def test_a_vote_counts_once_and_only_for_what_was_sent(db, state):
    home = await move_in(db, chats=(1001, 1002))
    await _plan(db, letter(home))
    await _set(db, state, None)
    said = state in {ItemState.SENT, ItemState.FOLDED}
    async with db.write() as tx:
        assert not await items.vote(tx, KEY, home.yusuf)
        assert await items.vote(tx, KEY, home.amina) is said
        assert not await items.vote(tx, KEY, home.amina)
        assert not await items.vote(tx, "tip:1:screens:1", home.amina)


# ---- recalled between claim and wire


async def _taken(db, home):
    await _plan(db, letter(home))
    async with db.write() as tx:
        [message] = await claims.next_waiting(tx, TEN, [2], ())
        await claims.claim(tx, [message.id], TEN)
    return message


async def _look(db, message):
    async with db.read() as tx:
        return (await claims.last_look(tx, [message])).get(message.id)


async def test_a_message_that_nobody_recalled_may_leave(db):
    assert await _look(db, await _taken(db, await move_in(db))) is None


async def test_a_message_that_was_recalled_must_not_leave_and_another_may(db):
    home = await move_in(db)
    message, before = await _taken(db, home), db.recalls
    async with db.write() as tx:
        await outbox.recall(tx, [message.id + 1], "no longer due")
    assert (await _look(db, message), db.recalls) == (None, before)
    async with db.write() as tx:
        await outbox.recall(tx, [message.id], "no longer due")
        assert db.recalls == before  # not before the commit
    assert (await _look(db, message), db.recalls) == ("no longer due", before + 1)


async def test_a_recall_that_is_rolled_back_was_none(db):
    message, before = await _taken(db, await move_in(db)), db.recalls
    with pytest.raises(ZeroDivisionError):
        async with db.write() as tx:
            await outbox.recall(tx, [message.id], "no longer due")
            _ = 1 / 0
    assert (await _look(db, message), db.recalls) == (None, before)


async def test_a_family_is_dropped_whole_but_for_its_letters_to_staff(db):
    home = await move_in(db, chats=(1001, 1002))
    await _plan(db, letter(home))
    his = TipLetter(**{**vars(letter(home)), "key": "tip:1:gift_book:2", "guardian_id": home.yusuf})
    await _plan(db, his)
    async with db.write() as tx:
        await tx.execute(table.update().where(table.c.id == 2).values(state=State.SENDING))
        anna = await staff.add(tx, await areas.find(tx, AREA), "Anna", Role.NURSE)
        to_anna = {"family_id": home.family_id, "staff_id": anna, "lane": 1, "state": "waiting"}
        await tx.execute(table.insert().values(**to_anna, due_at=TEN, next_at=TEN))
        assert await outbox.drop_family(tx, home.family_id, items.LOSS, TEN) == 1
        rows = await tx.execute(select(table.c.state, table.c.recalled).order_by(table.c.id))
        assert [tuple(row) for row in rows] == [
            ("dropped", None),
            ("sending", items.LOSS),
            ("waiting", None),
        ]
    assert await _state(db) == (ItemState.DROPPED, items.LOSS)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"state": State.WAITING}, "ended by another"),
        ({"state": State.SENT}, "ended by another"),
        (None, "forgotten"),
    ],
)
async def test_a_message_that_is_not_in_our_hands_any_more_must_not_leave(db, facts, reason):
    message = await _taken(db, await move_in(db))
    async with db.write() as tx:
        if facts:
            await tx.execute(table.update().values(**facts))
        else:
            await tx.execute(table.delete())
    assert await _look(db, message) == reason


async def test_a_message_does_not_leave_to_a_chat_that_is_the_parents_no_more(db):
    home = await move_in(db)
    message = await _taken(db, home)
    async with db.write() as tx:
        await tx.exec_driver_sql("UPDATE guardian SET chat_id = 4001")
    assert await _look(db, message) == "chat changed"


async def test_what_is_tried_again_has_forgotten_its_recall(db):
    message = await _taken(db, await move_in(db))
    async with db.write() as tx:
        await outbox.recall(tx, [message.id], "no longer due")
        await outbox.again(tx, message.id, TEN, "no longer due")
        [again] = await claims.next_waiting(tx, JOINED + timedelta(days=9), [2], ())
    assert (again.id, again.recalled) == (message.id, None)
