"""The waiting list moves: first come, whoever fits; offers that run out; nobody is passed (E7)."""

from datetime import timedelta

from sqlalchemy import update

from programme.activities import SignupState
from services import planning, signing_up, waiting_list
from services.access import reader_of
from services.preferences import stop
from services.signing_up import Outcome
from storage import seats, signups
from storage.tables import item, outbox
from tests.cast import RULES, local, many_families
from tests.gatherings import NOW, STARTS, adds_up, gathering, leave, press, states
from tests.rows import rows

IN, WAITING, OFFERED = SignupState.IN, SignupState.WAITING, SignupState.OFFERED
LEFT, EXPIRED = SignupState.LEFT, SignupState.EXPIRED


async def line(db, capacity=2, waiting=3, **facts):
    """A full list of one-person sign-ups in the chats 5000, 5001, …, the last ones in line."""
    await many_families(db, capacity + waiting)
    number, [place] = await gathering(db, capacity=capacity, **facts)
    ids = [
        (await press(db, 5000 + n, place, wait=True)).signup.id for n in range(capacity + waiting)
    ]
    return number, place, ids


async def move(db, now=NOW):
    made = await waiting_list.offer_free(db, now, RULES)
    await planning.plan(db, now, RULES)
    await adds_up(db)
    return made


async def answer(db, chat_id, number, yes=True, now=NOW):
    async with db.write() as tx:
        reader = await reader_of(tx, chat_id)
        offered = signing_up.offer_stamp((await signups.one(tx, number))[1])
        return await signing_up.answer_offer(tx, reader, number, offered, yes, now, RULES)


async def sent(db):
    """Every question that waits in the outbox has arrived."""
    async with db.write() as tx:
        await tx.execute(update(item).where(item.c.kind == "place_offered").values(state="sent"))
        await tx.execute(update(outbox).values(state="sent"))


async def test_nothing_moves_while_nothing_is_free(db):
    await line(db)
    assert await move(db) == 0


async def test_the_first_in_line_is_asked_and_a_letter_is_on_its_way(db):
    _, _, ids = await line(db)
    await leave(db, 5000, ids[0])
    assert await move(db) == 1
    assert await move(db) == 0  # the place is held
    assert list((await states(db)).values()) == [LEFT, IN, OFFERED, WAITING, WAITING]
    [letter] = [row for row in await rows(db, "item") if row.kind == "place_offered"]
    assert letter.state == "planned"


async def test_yes_is_a_place_and_no_goes_on_to_the_next(db):
    _, _, ids = await line(db)
    await leave(db, 5000, ids[0])
    await leave(db, 5001, ids[1])
    assert await move(db) == 2
    assert (await answer(db, 5002, ids[2])).outcome is Outcome.IN
    assert (await answer(db, 5003, ids[3], yes=False)).outcome is Outcome.LEFT
    assert await move(db) == 1
    assert list((await states(db)).values()) == [LEFT, LEFT, IN, LEFT, OFFERED]


async def test_who_needs_more_than_is_free_keeps_their_turn(db):
    await many_families(db, 4)
    _, [place] = await gathering(db, capacity=2)
    held = [(await press(db, 5000 + n, place)).signup.id for n in range(2)]
    await press(db, 5002, place, children=1, wait=True)
    await press(db, 5003, place, wait=True)
    await leave(db, 5000, held[0])
    assert await move(db) == 1
    assert list((await states(db)).values()) == [LEFT, IN, WAITING, OFFERED]
    await answer(db, 5003, 4, yes=False)
    await leave(db, 5001, held[1])
    assert await move(db) == 1
    assert list((await states(db)).values()) == [LEFT, LEFT, OFFERED, LEFT]


async def test_an_offer_that_runs_out_goes_on_to_the_next(db):
    _, _, ids = await line(db)
    await leave(db, 5000, ids[0])
    await move(db)
    await sent(db)
    until = (await rows(db, "signup"))[2].offered_until
    assert until == local("2026-11-04 12:00")
    assert await move(db, until - timedelta(seconds=1)) == 0
    assert await move(db, until) == 1
    assert list((await states(db)).values()) == [LEFT, IN, EXPIRED, OFFERED, WAITING]
    old = await answer(db, 5002, ids[2], now=until)
    assert old.outcome is Outcome.PASSED_ON


async def test_an_offer_that_nobody_was_told_of_is_none(db):
    _, _, ids = await line(db)
    await leave(db, 5000, ids[0])
    await move(db)
    until = (await rows(db, "signup"))[2].offered_until
    assert await move(db, until) == 1  # nothing was sent meanwhile: the same parent is asked again
    assert list((await states(db)).values()) == [LEFT, IN, OFFERED, WAITING, WAITING]


async def test_a_late_yes_counts_while_nobody_else_has_been_asked(db):
    _, _, ids = await line(db)
    await leave(db, 5000, ids[0])
    await move(db)
    late = (await rows(db, "signup"))[2].offered_until + timedelta(seconds=1)
    assert (await answer(db, 5002, ids[2], now=late)).outcome is Outcome.IN
    assert await move(db, late) == 0


async def test_an_old_button_does_not_answer_a_new_offer(db):
    _, _, ids = await line(db)
    await leave(db, 5000, ids[0])
    await move(db)
    async with db.write() as tx:
        reader = await reader_of(tx, 5002)
        met = await signing_up.answer_offer(tx, reader, ids[2], 1, False, NOW, RULES)
    assert met.outcome is Outcome.PASSED_ON
    assert (await states(db))[ids[2]] == OFFERED


async def test_who_reads_no_messages_is_passed_for_now_and_keeps_the_turn(db):
    _, _, ids = await line(db)
    async with db.write() as tx:
        await stop(tx, await reader_of(tx, 5002), NOW)
    await leave(db, 5000, ids[0])
    assert await move(db) == 1
    assert list((await states(db)).values()) == [LEFT, IN, WAITING, OFFERED, WAITING]


async def test_more_room_lets_the_list_move(db):
    number, _, _ = await line(db)
    async with db.write() as tx:
        await seats.set_capacity(tx, number, 4, NOW)
    assert await move(db) == 2
    assert list((await states(db)).values()) == [IN, IN, OFFERED, OFFERED, WAITING]


async def test_nobody_is_asked_so_late_that_they_could_not_answer(db):
    _, _, ids = await line(db)
    late = STARTS - timedelta(hours=2, minutes=30)
    await leave(db, 5000, ids[0], late)
    assert await move(db, late) == 0


async def test_an_offer_ends_two_hours_before_it_begins(db):
    _, _, ids = await line(db)
    now = STARTS - timedelta(hours=5)
    await leave(db, 5000, ids[0], now)
    assert await move(db, now) == 1
    assert (await rows(db, "signup"))[2].offered_until == STARTS - timedelta(hours=2)


async def test_a_question_at_night_is_asked_in_the_morning_and_held_a_day_from_then(db):
    _, _, ids = await line(db)
    night = local("2026-11-03 23:00")
    await leave(db, 5000, ids[0], night)
    assert await move(db, night) == 1
    assert (await rows(db, "signup"))[2].offered_until == local("2026-11-05 12:00")
    [letter] = [row for row in await rows(db, "outbox") if row.lane == 2]
    assert letter.next_at == local("2026-11-04 08:00")
