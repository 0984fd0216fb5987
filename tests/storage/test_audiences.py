"""Everybody a notice could be for, as they stand in the tables."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.activities import ActivityKind, ForWhom, SigningUp
from programme.audience import LeftOut, Person, left_out
from programme.notices import Audience, Notice, NoticeState
from programme.people import GuardianRole, Why
from storage import activities, areas, audiences, families, rests
from storage.activity_tables import follow, seats, signup
from storage.rests import Whose
from storage.tables import item, outbox
from tests.cast import JOINED, RULES, move_in

NOW = JOINED + timedelta(days=10)


async def _hjallbo(tx) -> Audience:
    return Audience(areas=(await areas.find(tx, "Hjällbo"),), languages=("so",))


async def _people(db, activity_id=None) -> list[Person]:
    async with db.read() as tx:
        everybody = audiences.people(tx, await _hjallbo(tx), activity_id, NOW)
        return [each async for each in everybody]


async def test_both_parents_are_found_with_their_family(db):
    home = await move_in(db, chats=(1001, 1002))
    async with db.write() as tx:
        await families.set_guardian(tx, home.yusuf, role=GuardianRole.OTHER_PARENT)
        await families.set_family(tx, home.family_id, eligible=True)
    amina, yusuf = await _people(db)
    assert (amina.guardian_id, amina.language, amina.role) == (home.amina, "so", None)
    assert (yusuf.language, yusuf.role, yusuf.eligible) == ("ar", "other_parent", True)
    assert (yusuf.active_since, yusuf.in_chat) == (JOINED, True)
    assert [each.born for each in yusuf.children] == [date(2026, 10, 31)]


async def test_a_family_that_nobody_has_joined_is_one_person_without_a_number(db):
    async with db.write() as tx:
        area = (await _hjallbo(tx)).areas[0]
        family_id = await families.register(tx, area, None, JOINED)
    [found] = await _people(db)
    assert (found.guardian_id, found.family_id, found.in_chat) == (0, family_id, False)


async def test_only_the_asked_areas_and_nobody_who_has_left_or_is_not_let_in(db):
    home = await move_in(db)
    async with db.write() as tx:
        far = await areas.find(tx, "Gårdsten")
        for facts in ({"left_at": NOW}, {"waits_since": NOW}, {"area_id": far}):
            area = (await _hjallbo(tx)).areas[0]
            family_id = await families.register(tx, area, None, JOINED)
            await families.set_family(tx, family_id, **facts)
    assert [each.family_id for each in await _people(db)] == [home.family_id]


@pytest.mark.parametrize("whose", ["guardian_id", "family_id"])
async def test_a_rest_of_the_parent_or_of_the_family_is_theirs_while_it_covers(db, whose):
    home = await move_in(db, chats=(1001, 1002))
    owner = home.amina if whose == "guardian_id" else home.family_id
    async with db.write() as tx:
        its = Whose(**{whose: owner})
        await rests.begin(tx, its, Why.PAUSED, JOINED, NOW)  # over
        await rests.begin(tx, its, Why.AWAY, NOW, NOW + timedelta(days=3))
    amina, yusuf = await _people(db)
    assert [each.why for each in amina.rests] == [Why.AWAY]
    assert len(yusuf.rests) == (whose == "family_id")


async def test_a_pause_of_the_area_is_known(db):
    await move_in(db)
    async with db.write() as tx:
        area = (await _hjallbo(tx)).areas[0]
        await rests.begin(tx, Whose(area_id=area), Why.PAUSED, JOINED)
    [found] = await _people(db)
    assert found.area_paused


async def test_who_follows_what_and_who_has_a_place(db):
    home = await move_in(db, chats=(1001, 1002))
    async with db.write() as tx:
        number = await activities.add(
            tx,
            (await _hjallbo(tx)).areas,
            kind=ActivityKind.FATHERS,
            state="open",
            made_at=JOINED,
            for_whom=ForWhom.FATHERS,
            signing_up=SigningUp.ONCE,
        )
        await tx.execute(
            follow.insert().values(guardian_id=home.yusuf, kind="fathers", since=JOINED)
        )
        made = seats.insert().values(activity_id=number).returning(seats.c.id)
        seats_id = (await tx.execute(made)).scalar_one()
        for guardian_id, state in ((home.amina, "waiting"), (home.yusuf, "in")):
            await tx.execute(
                signup.insert().values(
                    seats_id=seats_id,
                    family_id=home.family_id,
                    guardian_id=guardian_id,
                    adults=1,
                    children=0,
                    state=state,
                    asked_at=JOINED,
                    changed_at=JOINED,
                )
            )
    amina, yusuf = await _people(db, number)
    assert (amina.signed_up, yusuf.signed_up) == (False, True)
    assert (amina.follows, yusuf.follows) == (frozenset(), {ActivityKind.FATHERS})
    assert not any(each.signed_up for each in await _people(db))


async def test_what_came_in_the_last_week_is_known_as_sending_knows_it(db):
    home = await move_in(db)
    sent = [("tip", "sent", days) for days in (1, 3, 5, 8)]  # the last one is out of the week
    sent += [("day_before", "sent", 2), ("tip", "failed", 2)]
    async with db.write() as tx:
        for number, (kind, state, days) in enumerate(sent):
            at = NOW - timedelta(days=days)
            whose = {"family_id": home.family_id, "guardian_id": home.amina}
            box = outbox.insert().values(
                lane=2, due_at=at, next_at=at, ended_at=at, state=state, **whose
            )
            carrier = (await tx.execute(box.returning(outbox.c.id))).scalar_one()
            ended = "sent" if state == "sent" else "dropped"
            promised = item.insert().values(
                key=f"k{number}", kind=kind, due_at=at, state=ended, outbox_id=carrier, **whose
            )
            await tx.execute(promised)
        audience = await _hjallbo(tx)
    [found] = await _people(db)
    assert found.capped_lately == tuple(NOW - timedelta(days=days) for days in (5, 3, 1))
    notice = Notice(id=1, state=NoticeState.DRAFT, audience=audience)
    assert left_out(notice, found, NOW, RULES) is LeftOut.WEEK_FULL
    assert left_out(replace(notice, urgent=True), found, NOW, RULES) is None


async def test_more_families_than_one_chunk_holds_are_each_found_once(db, monkeypatch):
    monkeypatch.setattr(audiences, "CHUNK", 2)
    homes = [await move_in(db, chats=(1100 + n, None)) for n in range(5)]
    found = await _people(db)
    assert [each.family_id for each in found] == [each.family_id for each in homes]
