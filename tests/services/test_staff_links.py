"""One link, one colleague: who is invited, comes in once, and is cut off with one command."""

import asyncio
from datetime import timedelta

import pytest

from programme.errors import NoSuchColleague, NotYours, UnknownArea
from programme.people import Role
from services import access, loss, planning, staff_links, staff_view
from services.joining import Link
from storage import outbox, staff
from tests.cast import AREA, DAN_CHAT, JOINED, RULES, book_visit, local, move_in
from tests.colleagues import ANNA_CHAT, BO_CHAT, at_work
from tests.rows import rows

OURS = ("sv", "ar", "so", "en")


async def invite(db, name="Anna", role=Role.NURSE, area=AREA, now=JOINED):
    async with db.write() as tx:
        return await staff_links.invite(tx, area, name, role, now)


async def open_link(db, code, chat_id=ANNA_CHAT, now=JOINED):
    async with db.write() as tx:
        return await staff_links.open_link(tx, code, chat_id, "sv", now)


async def test_a_link_opens_once_and_ties_the_chat(db):
    code = await invite(db)
    opened = await open_link(db, code)
    assert (opened.link, opened.area) == (Link.GOOD, AREA)
    assert opened.colleague.member.role is Role.NURSE
    assert (await open_link(db, code, BO_CHAT)).link is Link.USED
    assert [row.chat_id for row in await rows(db, "staff")] == [ANNA_CHAT]


async def test_only_a_hash_of_the_link_is_kept(db):
    code = await invite(db)
    [row] = await rows(db, "staff")
    assert len(code) >= 22
    assert code not in str(row)


async def test_a_link_lives_for_fourteen_days(db):
    code = await invite(db)
    late = JOINED + timedelta(days=14)
    assert (await open_link(db, code, now=late)).link is Link.EXPIRED
    assert (await open_link(db, code, now=late - timedelta(seconds=1))).link is Link.GOOD


async def test_the_same_name_again_is_the_same_person_and_the_old_link_dies(db):
    old = await invite(db)
    new = await invite(db, role=Role.COORDINATOR)
    assert (await open_link(db, old)).link is Link.UNKNOWN
    assert (await open_link(db, new)).colleague.member.role is Role.COORDINATOR
    assert len(await rows(db, "staff")) == 1
    assert await invite(db, area="Gårdsten")
    assert len(await rows(db, "staff")) == 2


async def test_a_new_link_moves_a_colleague_to_a_new_phone(db):
    await open_link(db, await invite(db))
    await open_link(db, await invite(db), BO_CHAT)
    async with db.read() as tx:
        assert await access.colleague_of(tx, ANNA_CHAT) is None
        assert await access.colleague_of(tx, BO_CHAT)


async def test_of_two_phones_one_comes_in(db):
    code = await invite(db)
    came = await asyncio.gather(open_link(db, code), open_link(db, code, BO_CHAT))
    assert sorted(each.link for each in came) == [Link.GOOD, Link.USED]


async def test_an_unknown_code_opens_nothing(db):
    assert (await open_link(db, "nonsense")).link is Link.UNKNOWN


async def test_an_area_that_is_not_there_is_named(db):
    with pytest.raises(UnknownArea):
        await invite(db, area="Atlantis")


async def test_who_has_ended_is_cut_off_at_once_and_the_visits_are_listed(db):
    anna = await at_work(db)
    home = await move_in(db)
    await book_visit(db, home.family_id, local("2026-11-20T10:00"), JOINED)
    await book_visit(db, home.family_id, local("2026-11-04T10:00"), JOINED, number=2)
    async with db.write() as tx:
        await loss.begin(tx, home.family_id, None, JOINED, RULES)
    await planning.plan(db, JOINED, RULES)
    now = local("2026-11-10T09:00")
    async with db.write() as tx:
        coming = await staff_links.end(tx, AREA, "Anna", now, RULES)
    assert [(each.family_id, each.visit) for each in coming] == [(home.family_id, 1)]
    async with db.read() as tx:
        assert await access.colleague_of(tx, ANNA_CHAT) is None
        assert await staff_links.listed(tx, AREA) == [
            each for each in await staff_links.listed(tx) if each.member.name == "Bo"
        ]
    waited = await rows(db, "outbox", staff_id=anna.member.id)
    assert [(row.state, row.reason) for row in waited] == [("dropped", "ended")]
    with pytest.raises(NoSuchColleague):
        async with db.write() as tx:
            await staff_links.end(tx, AREA, "Anna", now, RULES)


async def test_an_unused_link_of_who_has_ended_opens_nothing(db):
    code = await invite(db)
    async with db.write() as tx:
        await staff_links.end(tx, AREA, "Anna", JOINED, RULES)
    assert (await open_link(db, code)).link is Link.UNKNOWN


async def test_who_comes_back_under_the_same_name_is_somebody_new(db):
    await open_link(db, await invite(db))
    async with db.write() as tx:
        await staff_links.end(tx, AREA, "Anna", JOINED, RULES)
    await open_link(db, await invite(db))
    assert [row.ended_at is None for row in await rows(db, "staff")] == [False, True]


# --- the door ----------------------------------------------------------------------------------


async def test_staff_see_families_of_their_own_area_only(db):
    anna = await at_work(db)
    bo = await at_work(db, "Bo", Role.PARENT_SUPPORTER, BO_CHAT, area="Gårdsten")
    home = await move_in(db)
    async with db.write() as tx:
        found = await access.family_for_staff(tx, anna, home.family_id, JOINED)
        assert found.id == home.family_id
        for who, number in ((bo, home.family_id), (anna, 999), (anna, -1)):
            with pytest.raises(NotYours):
                await access.family_for_staff(tx, who, number, JOINED)
        assert await staff_view.all_families(tx, bo, JOINED) == []
        assert await staff_view.to_phone(tx, bo, JOINED, RULES, OURS) == []
        assert await staff_view.answers(tx, bo, JOINED) == []


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.ADMINISTRATOR])
async def test_who_does_not_meet_families_sees_none(db, role):
    nobody = await at_work(db, "Tom", role, 2003)
    home = await move_in(db)
    async with db.write() as tx:
        for look in (
            access.family_for_staff(tx, nobody, home.family_id, JOINED),
            staff_view.all_families(tx, nobody, JOINED),
            staff_view.answers(tx, nobody, JOINED),
            staff_view.to_phone(tx, nobody, JOINED, RULES, OURS),
        ):
            with pytest.raises(NotYours):
                await look


async def test_a_parent_is_no_colleague(db):
    await move_in(db, chats=(DAN_CHAT, None))
    async with db.read() as tx:
        assert await access.colleague_of(tx, DAN_CHAT) is None


async def test_letters_to_who_has_ended_do_not_leave(post):
    anna = await at_work(post.db)
    home = await move_in(post.db)
    async with post.db.write() as tx:
        await loss.begin(tx, home.family_id, None, post.clock(), RULES)
    await post.plan()
    async with post.db.write() as tx:
        await staff.end(tx, anna.member.id, post.clock())
        await outbox.drop_waiting(tx, (None, anna.member.id), "ended", post.clock())
    await post.deliver()
    assert post.push.attempts == []
