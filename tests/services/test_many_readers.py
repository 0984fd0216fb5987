"""A notice to very many is written a piece at a time: no statement grows with how many they are,
and whatever happens between two pieces, everybody gets it once or nobody more does (decision 57).
"""

import asyncio

import pytest
from sqlalchemy import event

from programme.notices import NoticeState
from programme.people import Role, Why
from services import correcting, notice_work, sending
from services.sending import Dropped
from storage import areas, audiences, families, notice_rows, rests
from storage import notice_work as bookmarks
from storage.notice_work import Work
from storage.rests import Whose
from tests.cast import AREA, RULES, local, many_families
from tests.colleagues import at_work
from tests.services.mended import NEW, OLD, phones
from tests.services.noticed import CORRECTED, a_notice, ledger, reword, stands, state

NOW = local("2026-11-12T10:30")  # a day without a tip for the cast's child
ALL = [5000, 5001, 5002, 5003, 5004]


@pytest.fixture
async def eva(post, monkeypatch):
    """A coordinator in a place where two of anything are very many."""
    monkeypatch.setattr(audiences, "CHUNK", 2)
    monkeypatch.setattr(notice_rows, "AT_ONCE", 2)
    post.clock.set(NOW)
    return await at_work(post.db, "Eva", Role.COORDINATOR, 2003)


@pytest.fixture
async def begun(post, eva):
    """A notice to five, of whom two are written."""
    homes = await many_families(post.db, 5)
    number = await a_notice(post.db, NOW)
    async with post.db.write() as tx:
        await sending.schedule(tx, eva, number, None, NOW, RULES)
    assert await notice_work.freeze(post.db, number, NOW, RULES) == 2
    return number, homes


async def act(post, what, *about):
    async with post.db.write() as tx:
        return await what(tx, *about)


async def go_on(post) -> int:
    return await sending.start_due(post.db, post.clock(), RULES)


async def drain(post):
    await post.sender.drain()
    return sorted(post.push.chats)


async def test_no_statement_is_about_more_rows_than_a_piece(post, eva, begun):
    number, _ = begun
    written = []

    def note(conn, cursor, statement, parameters, context, executemany):
        if statement.startswith(("INSERT INTO item", "INSERT INTO outbox", "UPDATE item")):
            written.append(cursor.rowcount)

    engine = post.db._writer.sync_engine
    event.listen(engine, "after_cursor_execute", note)
    try:
        assert await go_on(post) == 3
        assert await drain(post) == ALL
        written.clear()
        await act(post, correcting.correct, eva, number, NOW)
        await go_on(post)
        assert sum(written) == 10
        await act(post, correcting.recall, eva, number, NOW)
        await go_on(post)
    finally:
        event.remove(engine, "after_cursor_execute", note)
    assert max(written) == 2
    await post.sender.drain()
    assert phones(post) == {}


async def test_killed_between_two_pieces_it_goes_on_and_nobody_is_twice_or_forgotten(
    post, begun, monkeypatch
):
    number, _ = begun
    assert await drain(post) == [5000, 5001]
    await sending.finish(post.db, NOW)
    assert await state(post.db, number) is NoticeState.SENDING  # though everybody written has it
    with monkeypatch.context() as killed:
        killed.setattr(
            bookmarks, "move", None
        )  # in the midst of a piece: its rows are gone with it
        with pytest.raises(TypeError):
            await go_on(post)
    assert len(await ledger(post.db, number)) == 2
    async with post.db.write() as tx:  # moves behind: looked at twice, written once
        await bookmarks.put(tx, Work.READERS, number, after=0)
        area = await areas.find(tx, AREA)
        late = await families.register(tx, area, None, NOW)
        await families.add_guardian(tx, late, 5009, "so", local("2026-11-12T11:00"))
    post.clock.set(local("2026-11-12T12:00"))
    assert await go_on(post) == 3
    assert await drain(post) == ALL  # and not who joined after it had begun to leave
    await sending.finish(post.db, NOW)
    assert await state(post.db, number) is NoticeState.DONE


@pytest.mark.parametrize("how", [sending.stop, correcting.recall])
async def test_stopped_or_recalled_between_two_pieces_nobody_else_is_written(post, eva, begun, how):
    number, _ = begun
    await act(post, how, eva, number, NOW)
    assert await go_on(post) == 0
    assert await drain(post) == []
    assert (await stands(post.db, number)).dropped == 2


async def test_paused_between_two_pieces_the_list_is_made_and_held(post, eva, begun):
    number, _ = begun
    await act(post, sending.pause, eva, number, NOW)
    assert await go_on(post) == 3
    assert await drain(post) == []
    await act(post, sending.resume, eva, number, NOW)
    assert await drain(post) == ALL


async def test_who_stops_between_two_pieces_gets_nothing(post, begun):
    number, homes = begun
    later = local("2026-11-12T10:31")
    post.clock.set(later)
    async with post.db.write() as tx:
        await rests.begin(tx, Whose(guardian_id=homes[0].amina), Why.STOPPED, later)
        await rests.begin(tx, Whose(family_id=homes[3].family_id), Why.LOSS, later)
    await go_on(post)
    assert await drain(post) == [5001, 5002, 5004]
    assert (await stands(post.db, number)).dropped_by_reason == {Dropped.RESTS: 2}


async def test_corrected_between_two_pieces_everybody_has_the_new_words(post, eva, begun):
    number, _ = begun
    await drain(post)
    await reword(post.db, number, CORRECTED)
    assert (await act(post, correcting.correct, eva, number, NOW)).phones == 2
    await go_on(post)
    assert await drain(post) == ALL
    assert len(post.push.edited) == 2
    assert all(NEW in text for [text] in phones(post).values())


async def test_a_correction_goes_on_after_a_kill_and_edits_each_phone_once(post, eva, begun):
    number, _ = begun
    await go_on(post)
    await drain(post)
    await reword(post.db, number, CORRECTED)
    assert (await act(post, correcting.correct, eva, number, NOW)).phones == 5  # of which two now
    await post.sender.drain()
    assert len(post.push.edited) == 2
    async with post.db.write() as tx:  # looked at twice, edited once
        await bookmarks.put(tx, Work.EDIT, number)
    await asyncio.gather(go_on(post), go_on(post))
    await post.sender.drain()
    assert len(post.push.edited) == 5
    assert all(OLD not in text for [text] in phones(post).values())


async def test_of_a_stopped_notice_the_figures_are_right_before_all_is_written(post, eva, begun):
    number, _ = begun
    await go_on(post)
    await act(post, sending.stop, eva, number, NOW)
    for _ in range(2):
        stood = await stands(post.db, number)
        assert (stood.waiting, stood.dropped_by_reason) == (0, {Dropped.STOPPED: 5})
        await go_on(post)
    assert await drain(post) == []


async def test_two_processes_write_one_list_and_everybody_is_on_it_once(post, begun):
    number, _ = begun
    assert sum(await asyncio.gather(*[go_on(post) for _ in range(3)])) == 3
    assert len(await ledger(post.db, number)) == 5
