"""The morning list: planned for who is due, filled as it leaves, said once or not at all (H3)."""

from datetime import time, timedelta

import pytest

from programme.kinds import Kind
from services import availability, loss, mornings
from storage import areas, families, staff, threads
from storage.tables import item
from tests.cast import RULES, book_visit, local, move_in
from tests.colleagues import at_work
from tests.databases import ON_SQLITE

WEDNESDAY = "2026-11-04"  # the cast's child is four days old: its first visit should be booked
EARLY, HOUR = local(f"{WEDNESDAY}T06:00"), local(f"{WEDNESDAY}T07:30")


@pytest.fixture
async def anna(db, post):
    """At work; everything up to this morning is planned."""
    post.clock.set(EARLY)
    await post.plan()
    return await at_work(db, morning=450)


async def lists(db) -> list[tuple[str, str, str | None]]:
    async with db.read() as tx:
        rows = await tx.execute(
            item.select().where(item.c.kind == Kind.MORNING_LIST).order_by(item.c.id)
        )
        return [(row.key, row.state, row.reason) for row in rows]


def read(post) -> list[str]:
    return [each.text for each in post.push.arrived if "Your list for" in each.text]


async def test_it_comes_once_whatever_is_restarted_or_looked_at_twice(db, post, anna):
    await move_in(db)
    post.clock.set(HOUR)
    await post.plan()
    await post.plan()
    await post.deliver()
    post.new_sender()
    post.clock.forward(minutes=40)
    await post.deliver()
    [text] = read(post)
    assert "the red door" in text and "To book" in text
    post.clock.set(HOUR + timedelta(days=1))
    await post.deliver()
    assert [state for _, state, _ in await lists(db)][-2:] == ["sent", "sent"]


async def test_after_an_outage_todays_list_comes_until_noon_and_no_old_one(db, post, anna):
    await move_in(db)
    post.clock.set(local("2026-11-09T11:40"))  # since Wednesday nothing ran; it is Monday
    await post.deliver()
    assert len(read(post)) == 1
    post.clock.set(local("2026-11-10T12:01"))
    await post.deliver()
    assert len(read(post)) == 1
    assert [(state, why) for _, state, why in await lists(db)][-2:] == [
        ("sent", None),
        ("dropped", "too late"),
    ]


async def test_an_empty_list_is_not_sent_also_if_it_was_full_when_it_was_planned(db, post, anna):
    home = await move_in(db)
    post.clock.set(HOUR)
    await post.plan()
    await book_visit(db, home.family_id, local("2026-11-12T10:00"), EARLY)
    await post.deliver()
    post.new_sender()
    await post.deliver()
    assert read(post) == []
    told = (f"morning:{WEDNESDAY}:{anna.member.id}", "dropped", "nothing to tell")
    assert (await lists(db))[-1] == told


async def test_after_a_loss_the_family_is_not_in_it(db, post, anna):
    home = await move_in(db, chats=(1001, None))
    async with db.write() as tx:
        await threads.add(tx, home.family_id, home.amina, "?", EARLY)
        await loss.begin(tx, home.family_id, None, EARLY, RULES)
    post.clock.set(HOUR)
    await post.deliver()
    assert read(post) == []


@ON_SQLITE
async def test_another_areas_families_are_not_in_it(db, post, anna):
    async with db.write() as tx:
        other = next(each for each in await areas.names(tx) if each != "Hjällbo")
        family_id = await families.register(tx, await areas.find(tx, other), "blue gate", EARLY)
        await families.add_child(tx, family_id, local(WEDNESDAY + "T00:00").date(), None)
    post.clock.set(local("2026-11-09T07:30"))
    await post.deliver()
    assert read(post) == []


@ON_SQLITE
async def test_a_day_off_that_is_set_after_planning_holds_it_back(db, post, anna):
    await move_in(db)
    post.clock.set(HOUR)
    await post.plan()
    async with db.write() as tx:
        day = HOUR.date()
        await availability.add_days_off(tx, anna, anna.member.id, day, day, HOUR, RULES)
    await post.deliver()
    assert read(post) == []


@ON_SQLITE
async def test_the_chosen_hour_counts_from_now_on_and_never_means_never(db, post, anna):
    await move_in(db)
    post.clock.set(HOUR)
    await post.plan()
    async with db.write() as tx:
        await mornings.set_hour(tx, anna, time(9), HOUR, RULES)
    await post.deliver()
    assert read(post) == []
    post.clock.set(local(f"{WEDNESDAY}T09:00"))
    await post.deliver()
    assert len(read(post)) == 1
    async with db.write() as tx:
        await mornings.set_hour(tx, anna, None, post.clock(), RULES)
    post.clock.set(local("2026-11-06T11:00"))
    await post.deliver()
    assert len(read(post)) == 1


@ON_SQLITE
async def test_who_has_ended_gets_none(db, post, anna):
    await move_in(db)
    post.clock.set(HOUR)
    await post.plan()
    async with db.write() as tx:
        await staff.end(tx, anna.member.id, HOUR)
    await post.deliver()
    assert read(post) == []
