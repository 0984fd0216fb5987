"""Promises are made once, messages are taken once, and the few that wait are found at once."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from programme.kinds import Lane
from programme.parcels import parcels
from programme.plan import due
from storage import claims, families, items, outbox, packing
from storage.outbox import ItemState, State
from storage.tables import item
from storage.tables import outbox as table
from tests.cast import JOINED, RULES, book_visit, local, many_families, move_in
from tests.databases import ON_POSTGRESQL, ON_SQLITE
from tests.storage.explaining import explained, reads_all

VISIT = local("2026-11-20T10:00")
EVE = local("2026-11-19T17:00")
LANES = list(Lane)


async def _letters(db, family_id, since, until):
    async with db.read() as tx:
        [family] = await families.load(tx, [family_id])
    return [
        letter
        for guardian in family.guardians
        for letter in due(family, guardian, since, until, RULES)
    ]


async def _plan(db, letters, now):
    async with db.write() as tx:
        return await packing.plan(tx, parcels(letters, RULES), now)


async def _states(db):
    async with db.read() as tx:
        rows = await tx.execute(select(item.c.key, item.c.state, item.c.reason))
        return {row.key: (row.state, row.reason) for row in rows}


async def _put(db, home, **facts):
    """A row in the outbox as it is."""
    return (await _put_all(db, [home], **facts))[0]


async def _put_all(db, homes, **facts):
    boxes = []
    async with db.write() as tx:
        for home in homes:
            usual = {
                "family_id": home.family_id,
                "guardian_id": home.amina,
                "lane": Lane.TIPS,
                "due_at": JOINED,
                "next_at": JOINED,
                "state": State.WAITING,
            }
            row = await tx.execute(table.insert().values(usual | facts).returning(table.c.id))
            boxes.append(row.scalar_one())
    return boxes


async def test_planning_the_same_letters_twice_makes_one_message(db):
    home = await move_in(db)
    await book_visit(db, home.family_id, VISIT, JOINED)
    letters = await _letters(db, home.family_id, JOINED, VISIT)
    first = await _plan(db, letters, JOINED)
    assert first == (len(letters), 0)
    assert await _plan(db, letters, JOINED) == (0, 0)
    async with db.read() as tx:
        messages = (await tx.execute(select(table.c.id))).all()
    assert len(messages) == len(parcels(letters, RULES))


async def test_what_is_too_late_already_is_dropped_with_its_reason_and_makes_no_message(db):
    home = await move_in(db)
    await book_visit(db, home.family_id, VISIT, JOINED)
    letters = await _letters(db, home.family_id, EVE, EVE + timedelta(seconds=1))
    late = local("2026-11-19T20:00:01")
    assert await _plan(db, letters, late) == (0, 1)
    assert list((await _states(db)).values()) == [(ItemState.DROPPED, "too late")]
    async with db.read() as tx:
        assert (await tx.execute(select(table.c.id))).first() is None


async def test_at_its_last_moment_a_letter_is_not_too_late(db):
    home = await move_in(db)
    await book_visit(db, home.family_id, VISIT, JOINED)
    letters = await _letters(db, home.family_id, EVE, EVE + timedelta(seconds=1))
    assert await _plan(db, letters, local("2026-11-19T20:00")) == (1, 0)
    assert list((await _states(db)).values()) == [(ItemState.PLANNED, None)]


async def test_many_letters_at_once_are_all_kept(db):
    homes = await many_families(db, 45)
    letters = []
    for home in homes:
        letters += await _letters(db, home.family_id, JOINED, JOINED + timedelta(days=120))
    planned, dropped = await _plan(db, letters, JOINED)
    assert (planned, dropped) == (len(letters), 0)
    assert len(await _states(db)) == len(letters)


async def _two_of_one_hour(db, home):
    """Two visits are booked for her in the same hour."""
    now = local("2026-11-10T12:05")
    for number, minute in ((1, 5), (2, 40)):
        at = local(f"2026-11-10T12:{minute:02}")
        await book_visit(db, home.family_id, VISIT + timedelta(days=2 + number), at, number)
    first, second = await _letters(db, home.family_id, now, now + timedelta(minutes=50))
    return first, second


async def test_a_letter_of_the_same_hour_joins_the_message_that_waits(db):
    home = await move_in(db)
    letters = await _two_of_one_hour(db, home)
    for letter in letters:
        await _plan(db, [letter], letter.at)
    async with db.read() as tx:
        [box] = (await tx.execute(select(table.c.id))).scalars()
        assert [each.key for each in await items.promises(tx, box)] == [x.key for x in letters]


async def _carried(tx):
    rows = await tx.execute(
        select(item.c.outbox_id, item.c.key).where(item.c.outbox_id.is_not(None))
    )
    found = {}
    for box, key in rows:
        found.setdefault(box, set()).add(key)
    return sorted(found.values(), key=sorted)


@ON_SQLITE
async def test_what_is_planned_at_once_travels_as_if_it_came_parcel_by_parcel(db):
    """After an outage: the digest of yesterday is late, the offer of yesterday is not."""
    home = await move_in(db, born=date(2026, 9, 1))
    now = local("2026-11-04T13:00")
    letters = await _letters(db, home.family_id, local("2026-11-03T00:00"), now)
    found, ways = parcels(letters, RULES, now), []
    for groups in [found], [[each] for each in found]:
        async with db.write() as tx:
            for group in groups:
                await packing.plan(tx, group, now)
            ways.append(await _carried(tx))
            await tx.rollback()
    assert len(found) == 2
    assert ways[0] == ways[1] == [{letter.key for letter in letters}]


@ON_POSTGRESQL
async def test_a_message_that_a_sender_is_just_taking_is_not_joined_nor_waited_for(db):
    home = await move_in(db)
    first, second = await _two_of_one_hour(db, home)
    await _plan(db, [first], first.at)
    async with db.write() as sender, asyncio.timeout(5):
        await sender.execute(table.update().values(state=State.SENDING))
        await _plan(db, [second], second.at)
    async with db.read() as tx:
        boxes = (await tx.execute(select(table.c.id).order_by(table.c.id))).scalars().all()
        carried = [[each.key for each in await items.promises(tx, box)] for box in boxes]
    assert carried == [[first.key], [second.key]]


@pytest.mark.parametrize("together", [True, False])
async def test_the_nearest_of_the_visits_in_a_message_decides_whether_it_may_leave_at_night(
    db, together
):
    home = await move_in(db)
    now = local("2026-11-10T19:30")
    near = local("2026-11-11T09:00")
    await book_visit(db, home.family_id, local("2026-11-16T10:00"), now, 1)
    await book_visit(db, home.family_id, near, now + timedelta(minutes=1), 2)
    letters = await _letters(db, home.family_id, now, now + timedelta(minutes=2))
    for group in [letters] if together else [[letter] for letter in letters]:
        await _plan(db, group, now)
    async with db.read() as tx:
        assert list((await tx.execute(select(table.c.any_hour_from))).scalars()) == [
            near - timedelta(hours=18)
        ]


@pytest.mark.parametrize(
    "facts",
    [
        {"state": State.SENDING},
        {"state": State.SENT},
        {"doubts": 1},
        {"lane": Lane.TIPS},
        {"next_at": local("2026-11-10T13:00")},
    ],
)
async def test_a_letter_joins_no_message_on_its_way_in_doubt_postponed_or_in_another_lane(
    db, facts
):
    home = await move_in(db)
    at = local("2026-11-10T12:05")
    await book_visit(db, home.family_id, VISIT, at)
    usual = {"lane": Lane.VISITS, "due_at": local("2026-11-10T12:01")}
    other = await _put(db, home, **(usual | facts))
    await _plan(db, await _letters(db, home.family_id, at, at + timedelta(seconds=1)), at)
    async with db.read() as tx:
        assert await items.promises(tx, other) == []


async def test_an_open_lane_goes_first_and_then_whoever_waits_longest(db):
    home = await move_in(db)
    minute = timedelta(minutes=1)
    tip = await _put(db, home, next_at=JOINED - minute)
    late = await _put(db, home, lane=Lane.VISITS, next_at=JOINED)
    early = await _put(db, home, lane=Lane.VISITS, next_at=JOINED - minute)
    twin = await _put(db, home, lane=Lane.VISITS, next_at=JOINED)
    order = []
    async with db.write() as tx:
        while found := await claims.next_waiting(tx, JOINED, LANES, ()):
            order.append(found[0].id)
            assert await claims.claim(tx, [found[0].id], JOINED)
    assert order == [early, late, twin, tip]


async def test_of_several_at_once_each_reader_gets_the_first_that_is_theirs(db):
    home, other = await move_in(db), (await many_families(db, 1))[0]
    minute = timedelta(minutes=1)
    late = await _put(db, home, lane=Lane.VISITS, next_at=JOINED)
    early = await _put(db, home, lane=Lane.VISITS, next_at=JOINED - minute)
    theirs = await _put(db, other)
    async with db.write() as tx:
        found = [each.id for each in await claims.next_waiting(tx, JOINED, LANES, (), 5)]
        assert found == [early, theirs]
        assert await claims.claim(tx, [*found, late], JOINED) == {early, theirs, late}
        assert await claims.claim(tx, found, JOINED) == set()


async def test_nothing_leaves_before_its_time_in_a_closed_lane_or_to_who_is_busy(db):
    home = await move_in(db)
    box = await _put(db, home, lane=Lane.VISITS)
    async with db.read() as tx:

        async def found(now=JOINED, lanes=LANES, busy=()):
            waiting = await claims.next_waiting(tx, now, lanes, busy)
            return waiting[0].id if waiting else None

        assert await found() == box
        assert await found(now=JOINED - timedelta(microseconds=1)) is None
        assert await found(lanes=[Lane.TIPS]) is None
        assert await found(lanes=[]) is None
        assert await found(busy={(home.amina, None)}) is None
        assert await found(busy={(home.amina + 1, None), (None, home.amina)}) == box


async def test_news_of_a_near_visit_passes_a_closed_lane_from_its_hour_on(db):
    home = await move_in(db)
    urgent = JOINED + timedelta(hours=2)
    box = await _put(db, home, lane=Lane.VISITS, any_hour_from=urgent)
    async with db.read() as tx:
        before = urgent - timedelta(microseconds=1)
        assert await claims.next_waiting(tx, before, [], ()) == []
        assert [each.id for each in await claims.next_waiting(tx, urgent, [], ())] == [box]


@pytest.mark.parametrize("most", [1, 7])
async def test_two_senders_take_two_hundred_messages_each_exactly_once(db, most):
    homes = await many_families(db, 200)
    boxes = await _put_all(db, homes)
    taken: list[int] = []
    too_late = 0

    async def sender() -> None:
        nonlocal taken, too_late
        while True:
            async with db.read() as tx:  # looks first, so that both see the same
                found = await claims.next_waiting(tx, JOINED, LANES, (), most)
            if not found:
                return
            await asyncio.sleep(0)
            async with db.write() as tx:
                ours = await claims.claim(tx, [each.id for each in found], JOINED)
            taken += ours
            too_late += len(found) - len(ours)

    await asyncio.gather(sender(), sender())
    assert sorted(taken) == boxes
    assert too_late > 0  # there was a race
    async with db.read() as tx:
        tries = set((await tx.execute(select(table.c.tries))).scalars())
    assert tries == {1}


async def test_only_what_waits_can_be_taken(db):
    home = await move_in(db)
    for state in State:
        box = await _put(db, home, state=state)
        async with db.write() as tx:
            ours = await claims.claim(tx, [box], JOINED)
            assert ours == ({box} if state is State.WAITING else set())


async def test_ending_a_message_ends_the_promises_that_are_still_planned(db):
    home = await move_in(db, chats=(1001, 1002))
    await book_visit(db, home.family_id, VISIT, JOINED)
    letters = await _letters(db, home.family_id, EVE, EVE + timedelta(seconds=1))
    await _plan(db, letters, EVE)
    async with db.write() as tx:
        [mine] = await claims.next_waiting(tx, EVE, LANES, ())
        assert await outbox.end(tx, mine.id, State.SENT, None, EVE) == 1
        assert await outbox.end(tx, mine.id, State.SENT, None, EVE) == 0
        [other] = await claims.next_waiting(tx, EVE, LANES, ())
        assert await outbox.end(tx, other.id, State.FAILED, "broken", EVE) == 1
        assert await claims.next_waiting(tx, EVE, LANES, ()) == []
    assert sorted((await _states(db)).values(), key=str) == [
        (ItemState.DROPPED, "broken"),
        (ItemState.SENT, None),
    ]


async def test_dropping_what_waits_touches_one_parent_and_recalls_what_is_on_its_way(db):
    home = await move_in(db, chats=(1001, 1002))
    waits = await _put(db, home)
    flies = await _put(db, home, state=State.SENDING)
    others = await _put(db, home, guardian_id=home.yusuf)
    async with db.write() as tx:
        await outbox.drop_waiting(tx, (home.amina, None), "stopped", JOINED)
        rows = await tx.execute(select(table.c.id, table.c.state, table.c.reason, table.c.recalled))
        assert {row.id: (row.state, row.reason, row.recalled) for row in rows} == {
            waits: (State.DROPPED, "stopped", None),
            flies: (State.SENDING, None, "stopped"),  # the last look before the wire sees it
            others: (State.WAITING, None, None),
        }


async def test_the_next_moment_is_the_first_of_those_that_wait(db):
    home = await move_in(db)
    async with db.read() as tx:
        assert await outbox.next_moment(tx) is None
    await _put(db, home, next_at=JOINED - timedelta(days=1), state=State.SENT)
    await _put(db, home, next_at=JOINED + timedelta(days=1))
    async with db.read() as tx:
        assert await outbox.next_moment(tx) == JOINED + timedelta(days=1)


async def test_what_leaves_next_is_found_by_the_index_of_those_that_wait(db):
    home = await move_in(db)
    await _put_all(db, [home] * 300, state=State.SENT)
    await _put(db, home)
    [found] = await explained(db, lambda tx: claims.next_waiting(tx, JOINED, LANES, ()))
    assert "ix_outbox_next" in found
    [left] = await explained(db, claims.left_sending)
    assert "ix_outbox_sending" in left
    [moment] = await explained(db, outbox.next_moment)
    assert "ix_outbox_next" in moment
    assert not any(reads_all(plan, "outbox") for plan in (found, left, moment))


async def test_the_readers_of_one_notice_are_not_sorted_anew_for_each_message(db):
    """All are due at the same moment: at 100,000 on PostgreSQL six a second left."""
    home = await move_in(db)
    await _put_all(db, [home] * 300)
    [found] = await explained(db, lambda tx: claims.next_waiting(tx, JOINED, LANES, ()))
    assert "Sort" not in found
    assert "TEMP B-TREE" not in found
