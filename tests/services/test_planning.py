"""The planner plans what the timeline says, however raggedly it runs and whatever happens."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from programme.localtime import on_the_clock
from programme.people import BookingState
from programme.plan import everyones
from services import planning
from services.booking import book
from services.enrolment import new_link
from services.joining import join
from services.planning import plan
from storage import families, items, memory
from storage.database import Database
from storage.tables import booking, child, item, outbox
from tests.cast import AMINA_CHAT, BORN, JOINED, RULES, book_visit, local, many_families, move_in
from tests.effort import tries

START = local("2026-11-01T00:00")
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
VISIT = local("2026-11-20T10:00")
MONTH_ENDS = [date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31), date(2026, 2, 28)]


async def _items(db: Database) -> dict[str, tuple]:
    async with db.read() as tx:
        columns = (item.c.key, item.c.due_at, item.c.state, item.c.outbox_id)
        # What a later fact took away, such as the offer of a visit that is booked by now, is gone.
        kept = item.c.reason.is_distinct_from(items.NO_LONGER_DUE)
        found = [tuple(row) for row in await tx.execute(select(*columns).where(kept))]
    assert len({row[0] for row in found}) == len(found)
    return {row[0]: row[1:] for row in found}


async def _timeline(db: Database, since, until) -> dict[str, tuple]:
    """What the rules say, by the facts as they are in the end."""
    async with db.read() as tx:
        numbers = range(1, 1 + ((await tx.exec_driver_sql("SELECT max(id) FROM family")).scalar()))
        found = await families.load(tx, list(numbers))
    return {
        letter.key: letter.due_at
        for family in found
        for letter in everyones(family, since, until, RULES)
    }


async def _current(db: Database) -> set[str]:
    """The beginnings of the keys of bookings as they stand."""
    async with db.read() as tx:
        rows = await tx.execute(select(booking.c.id, booking.c.revision, booking.c.state))
        return {
            f"visit:{row.id}:{row.revision}:" for row in rows if row.state == BookingState.BOOKED
        }


# ---- what happens, as hypothesis draws it


@st.composite
def stories(draw):
    """Families by birth, and what happens at which second: parents join, visits are booked."""
    births = draw(
        st.lists(
            st.sampled_from(MONTH_ENDS) | st.dates(date(2025, 6, 1), date(2026, 10, 31)),
            min_size=1,
            max_size=3,
        )
    )
    seconds = st.integers(0, 60 * 86400)
    acts = [("join", n, draw(seconds), parent) for n in range(len(births)) for parent in range(2)]
    for _ in range(draw(st.integers(0, 5))):
        family = draw(st.integers(0, len(births) - 1))
        ahead = draw(st.integers(60, 6 * 86400))
        acts.append(("book", family, draw(seconds), (draw(st.integers(1, 2)), ahead)))
    gaps = draw(
        st.lists(
            st.integers(1, 90) | st.integers(1800, 90000) | st.integers(86400, 10 * 86400),
            min_size=4,
            max_size=30,
        )
    )
    restart = draw(st.integers(0, len(gaps) - 1))
    early = draw(st.sampled_from([0, 0, 0, 1, 3]))  # seconds by which an act's clock is behind
    return births, sorted(acts, key=lambda act: act[2]), gaps, restart, early


async def _act(db: Database, ids: list[int], act, now) -> None:
    what, which, _, value = act
    async with db.write() as tx:
        if what == "join":
            code = await new_link(tx, ids[which], now)
            await join(tx, code, 7000 + 2 * which + value, "sv", now, RULES)
        else:
            number, ahead = value
            starts_at = now + timedelta(seconds=ahead)
            while not RULES.is_working_day(on_the_clock(starts_at).date()):
                starts_at += DAY
            await book(tx, ids[which], number, starts_at, [f"Anna {which} {number}"], now, RULES)


async def _live(db: Database, reopen: Callable[[], Database], story) -> None:
    births, acts, gaps, restart, early = story
    ids = []
    async with db.write() as tx:
        for born in births:
            ids.append(await families.register(tx, 1, None, START))
            await families.add_child(tx, ids[-1], born, None)
    clock, waiting = START, list(acts)
    for n, gap in enumerate([*gaps, 62 * 86400]):
        until = clock + timedelta(seconds=gap)
        while waiting and START + timedelta(seconds=waiting[0][2]) <= until:
            act = waiting.pop(0)
            moment = max(START + timedelta(seconds=act[2]), clock)
            await _act(db, ids, act, moment - timedelta(seconds=early))
        clock = until
        await plan(db, clock, RULES)
        if n == restart:
            await db.close()
            db = reopen()
    end = planning._after(clock)
    await _compare(db, end)
    before = await _items(db)
    again = await plan(db, clock, RULES)
    assert (again.planned, again.dropped, again.backwards) == (0, 0, False)
    assert await _items(db) == before
    await db.close()


async def _compare(db: Database, end) -> None:
    promised, expected = await _items(db), await _timeline(db, START - DAY, end)
    current = await _current(db)
    # A booking that was moved has left promises at its older revision: those may be there.
    standing = {
        key: at
        for key, (at, *_) in promised.items()
        if not key.startswith("visit:") or any(key.startswith(each) for each in current)
    }
    assert standing == expected
    states = {state for _, state, _ in promised.values()}
    assert states <= {items.ItemState.PLANNED, items.ItemState.DROPPED}
    assert all((box is None) == (state == "dropped") for _, state, box in promised.values())


@settings(
    max_examples=tries(6, 60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=stories())
def test_what_was_planned_is_the_timeline(new_database, open_at, story):
    url = new_database()
    asyncio.run(_live(open_at(url), lambda: open_at(url), story))


# ---- one by one


async def test_at_first_planning_goes_back_to_when_the_first_parent_joined(db):
    await move_in(db)
    done = await plan(db, JOINED + 3 * DAY, RULES)
    assert set(await _items(db)) == {"tip:1:gift_book:1"}
    assert done.planned == 1


async def test_an_empty_programme_plans_nothing_and_complains_of_nothing(db):
    done = await plan(db, JOINED, RULES)
    assert (done.planned, done.dropped, done.backwards) == (0, 0, False)


async def test_what_is_due_this_very_second_is_planned(db):
    await move_in(db)
    at = local("2026-11-04T10:00")
    await plan(db, at - SECOND, RULES)
    assert await _items(db) == {}
    assert (await plan(db, at, RULES)).planned == 1


async def test_time_before_what_is_planned_plans_nothing_and_says_so(db):
    await move_in(db)
    await plan(db, JOINED + 9 * DAY, RULES)
    before = await _items(db)
    done = await plan(db, JOINED + 2 * DAY, RULES)
    assert done.backwards
    assert (done.planned, done.dropped) == (0, 0)
    assert await _items(db) == before


async def test_where_nothing_is_due_nothing_is_written(db):
    await move_in(db)
    await plan(db, JOINED + 3 * DAY, RULES)

    async def remembered():
        async with db.read() as tx:
            return await memory.recall_instant(tx, memory.WATERMARK)

    before = await remembered()
    await plan(db, JOINED + 3 * DAY + timedelta(minutes=20), RULES)
    assert await remembered() == before
    await plan(db, JOINED + 3 * DAY + timedelta(minutes=70), RULES)
    assert await remembered() > before


async def test_after_three_weeks_down_what_is_too_late_is_dropped_and_the_rest_is_sent(db):
    home = await move_in(db)
    await plan(db, JOINED, RULES)
    await book_visit(db, home.family_id, VISIT, JOINED)
    late = local("2026-11-26T12:00")
    done = await plan(db, late, RULES)
    states = {key: state for key, (_, state, _) in (await _items(db)).items()}
    assert states == {
        "tip:1:gift_book:1": "dropped",
        "visit:1:0:booked:1": "planned",  # planned at once, by the act itself
        "visit:1:0:day-before:1": "dropped",
        "visit:1:0:same-morning:1": "dropped",
        "strength:1:skin_and_voice:1": "planned",
    }
    assert (done.planned, done.dropped) == (1, 3)


async def test_many_families_are_planned_in_chunks_and_none_is_left_out(db, monkeypatch):
    monkeypatch.setattr(planning, "CHUNK", 7)
    homes = await many_families(db, 30)
    done = await plan(db, local("2026-11-04T10:00"), RULES)
    assert done.planned == len(homes)
    assert len(await _items(db)) == len(homes)


async def test_the_sender_is_told_of_each_chunk_as_soon_as_it_is_committed(db, monkeypatch):
    monkeypatch.setattr(planning, "FIRST", 2)
    monkeypatch.setattr(planning, "CHUNK", 5)
    await many_families(db, 12)
    await plan(db, JOINED, RULES)
    real, told, seen = planning._plan_families, [], []

    async def watched(*args):
        seen.append((len(told), len(await _items(db))))
        await real(*args)

    monkeypatch.setattr(planning, "_plan_families", watched)
    await plan(db, local("2026-11-04T10:00"), RULES, lambda: told.append(True))
    assert seen == [(0, 0), (1, 2), (2, 7)]


async def test_a_planner_that_dies_between_chunks_goes_on_where_it_was(db, monkeypatch):
    monkeypatch.setattr(planning, "FIRST", 5)
    monkeypatch.setattr(planning, "CHUNK", 5)
    await many_families(db, 12)
    await plan(db, JOINED, RULES)
    real, calls = planning._plan_families, 0

    async def dies(*args):
        nonlocal calls
        calls += 1
        if calls == 2:
            raise RuntimeError("killed")
        await real(*args)

    monkeypatch.setattr(planning, "_plan_families", dies)
    at = local("2026-11-04T10:00")
    with pytest.raises(RuntimeError):
        await plan(db, at, RULES)
    assert len(await _items(db)) == 5
    monkeypatch.setattr(planning, "_plan_families", real)
    assert (await plan(db, at + timedelta(minutes=1), RULES)).planned == 7
    assert len(await _items(db)) == 12


@pytest.mark.parametrize("behind", [timedelta(microseconds=1), SECOND, timedelta(minutes=3)])
async def test_an_act_whose_clock_is_behind_the_planner_loses_nothing(db, behind):
    home = await move_in(db)
    now = local("2026-11-19T16:59:59")
    await plan(db, now + behind, RULES)
    await book_visit(db, home.family_id, VISIT, now)
    await plan(db, now + timedelta(hours=20), RULES)
    assert {"visit:1:0:booked:1", "visit:1:0:day-before:1", "visit:1:0:same-morning:1"} <= set(
        await _items(db)
    )


async def test_an_act_that_commits_while_the_planner_runs_loses_nothing(db, monkeypatch):
    home = await move_in(db)
    await plan(db, JOINED, RULES)
    now = JOINED + timedelta(hours=5)
    real = planning._find
    looked = 0

    async def slow_find(tx, *args):
        nonlocal looked
        found = await real(tx, *args)
        looked += 1
        if looked == 1:  # the planner has looked the families up and not yet planned them
            await book_visit(db, home.family_id, VISIT, now - SECOND)
        return found

    monkeypatch.setattr(planning, "_find", slow_find)
    await plan(db, now, RULES)
    assert looked == 1
    monkeypatch.setattr(planning, "_find", real)
    await plan(db, now + timedelta(hours=2), RULES)
    assert "visit:1:0:booked:1" in await _items(db)


async def test_news_of_the_night_is_planned_in_the_morning_by_windows_of_any_size(db):
    home = await move_in(db)
    night = local("2026-11-10T23:10")
    await plan(db, night - timedelta(minutes=5), RULES)
    await book_visit(db, home.family_id, VISIT, night)
    for minutes in (1, 10, 200, 455, 465, 466, 471):
        await plan(db, night + timedelta(minutes=minutes), RULES)
    due_at, _, box = (await _items(db))["visit:1:0:booked:1"]
    assert due_at == night
    async with db.read() as tx:
        at = (await tx.execute(select(outbox.c.next_at).where(outbox.c.id == box))).scalar()
    assert at == local("2026-11-11T07:00")


async def test_a_parent_who_joins_between_two_windows_gets_what_is_due_from_then_on(db):
    home = await move_in(db)
    now = local("2026-11-04T09:59:30")
    await plan(db, now, RULES)
    async with db.write() as tx:
        code = await new_link(tx, home.family_id, now)
        await join(tx, code, 1002, "ar", now + timedelta(seconds=20), RULES)
    await plan(db, now + timedelta(minutes=1), RULES)
    assert set(await _items(db)) == {"tip:1:gift_book:1", "tip:1:gift_book:2"}


async def test_a_corrected_birth_date_is_one_row_and_moves_all_that_is_to_come(db):
    home = await move_in(db)
    await plan(db, JOINED, RULES)
    born = BORN - timedelta(days=30)
    async with db.write() as tx:
        await tx.execute(update(child).values(born=born, tips_from=born))
    end = JOINED + timedelta(days=90)
    await plan(db, end, RULES)
    expected = await _timeline(db, JOINED, planning._after(end))
    assert {key: at for key, (at, *_) in (await _items(db)).items()} == expected
    assert home.amina == 1


async def test_the_next_letter_is_the_first_hour_after_now_at_which_something_is_due(db):
    home = await move_in(db)
    await book_visit(db, home.family_id, VISIT, JOINED)
    far = JOINED + timedelta(days=60)
    moments = []
    after = JOINED
    for _ in range(4):
        after = await planning.next_letter(db, after, far, RULES)
        moments.append(after)
    assert moments == [
        local("2026-11-04T10:00"),
        local("2026-11-19T17:00"),
        local("2026-11-20T07:30"),
        local("2026-11-20T10:00"),
    ]
    assert await planning.next_letter(db, JOINED, JOINED + SECOND, RULES) is None


async def test_merged_letters_make_one_message_for_each_parent(db):
    home = await move_in(db, born=date(2026, 9, 10), chats=(AMINA_CHAT, 1002))
    await plan(db, local("2026-11-04T10:00"), RULES)  # what they missed comes in a digest
    before = set(await _items(db))
    at = local("2026-11-10T10:00")
    await plan(db, at - timedelta(minutes=1), RULES)
    await book_visit(db, home.family_id, VISIT, at)
    await plan(db, at, RULES)
    found = {key: each for key, each in (await _items(db)).items() if key not in before}
    boxes = {box for _, _, box in found.values()}
    assert len(found) == 4
    assert len(boxes) == 2
