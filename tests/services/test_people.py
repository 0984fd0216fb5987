"""Joining, choosing, stopping: what each act does, and to whom nothing happens."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from programme.errors import (
    BirthInFuture,
    BirthTooLongAgo,
    FamilyRests,
    FarFromDue,
    NoSuchFamily,
    NotYours,
    UnknownArea,
)
from programme.kinds import Rules
from programme.localtime import STOCKHOLM
from programme.people import Why
from services import enrolment, joining, links, preferences, reach
from services.access import booking_for, family_of, reader_of
from services.enrolment import LINK_LIVES, register_family
from services.joining import CONSENT_VERSION, Link, join, try_link
from storage import families, rests
from storage.rests import Whose
from storage.tables import booking, child, consent, family, guardian, invite, tally
from tests.cast import (
    AMINA_CHAT,
    BORN,
    DAN_CHAT,
    JOINED,
    RULES,
    YUSUF_CHAT,
    book_visit,
    local,
    move_in,
    reader,
)

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
VISIT = local("2026-11-20T10:00")
EVE = local("2026-11-19T17:00")


async def _register(db, now=JOINED, **facts):
    usual = {"area": "Hjällbo", "born": BORN, "due": None, "label": "the red door"}
    async with db.write() as tx:
        return await register_family(tx, **(usual | facts), now=now, zone=STOCKHOLM)


async def _join(db, code, chat=AMINA_CHAT, now=JOINED, language="so"):
    async with db.write() as tx:
        return await join(tx, code, chat, language, now, RULES)


async def _count(db, table) -> int:
    async with db.read() as tx:
        return (await tx.execute(select(func.count()).select_from(table))).scalar()


async def _figures(db) -> list[tuple]:
    async with db.read() as tx:
        rows = await tx.execute(select(tally.c.what, tally.c.visit, tally.c.detail))
        return [tuple(row) for row in rows]


# ---- the link


async def test_a_family_is_registered_with_one_child_and_one_link(db):
    made = await _register(db)
    async with db.read() as tx:
        row = (await tx.execute(select(family))).one()
        assert (row.id, row.label, row.registered_at) == (made.family_id, "the red door", JOINED)
        assert (await tx.execute(select(child.c.born))).scalar() == BORN
        assert await try_link(tx, made.code, JOINED) is Link.GOOD
        assert made.code not in str((await tx.execute(select(invite))).all())
    assert await _figures(db) == [("registered", None, None)]
    assert await _count(db, guardian) == 0


async def test_codes_cannot_be_guessed(db):
    codes = {(await _register(db)).code for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == 22 for code in codes)  # 128 bits
    assert all(code.replace("-", "").replace("_", "").isalnum() for code in codes)


async def test_a_parent_who_says_yes_is_a_guardian_from_then_on(db):
    made = await _register(db)
    assert await _join(db, made.code) is Link.GOOD
    who = await reader(db, AMINA_CHAT)
    assert who.family_id == made.family_id
    assert (who.guardian.language, who.guardian.active_since) == ("so", JOINED)
    async with db.read() as tx:
        yes = (await tx.execute(select(consent))).one()
        assert (yes.guardian_id, yes.version, yes.language, yes.given_at) == (
            who.guardian.id,
            CONSENT_VERSION,
            "so",
            JOINED,
        )
        used = (await tx.execute(select(invite))).one()
        assert (used.used_at, used.guardian_id) == (JOINED, who.guardian.id)
    assert await _figures(db) == [("registered", None, None), ("joined", None, "so")]


async def test_an_unknown_link_opens_nothing(db):
    await _register(db)
    for code in ("", "x", "A" * 22, "' OR 1=1 --", "åäö"):
        assert await _join(db, code, DAN_CHAT) is Link.UNKNOWN
    assert await _count(db, guardian) == 0


@pytest.mark.parametrize("chat", [DAN_CHAT, AMINA_CHAT])
async def test_a_used_link_lets_nobody_else_in_and_nobody_in_twice(db, chat):
    made = await _register(db)
    await _join(db, made.code)
    assert await _join(db, made.code, chat, JOINED + DAY) is Link.USED
    assert await _count(db, guardian) == 1
    assert await _count(db, consent) == 1
    assert (await _figures(db)).count(("joined", None, "so")) == 1


async def test_a_link_lives_thirty_days_to_the_second(db):
    made = await _register(db)
    end = JOINED + LINK_LIVES
    assert timedelta(days=30) == LINK_LIVES
    async with db.read() as tx:
        assert await try_link(tx, made.code, end - SECOND) is Link.GOOD
        assert await try_link(tx, made.code, end) is Link.EXPIRED
    assert await _join(db, made.code, now=end) is Link.EXPIRED
    assert await _count(db, guardian) == 0


async def test_of_many_who_open_one_link_at_once_one_gets_in(db):
    made = await _register(db)
    results = await asyncio.gather(*(_join(db, made.code, 8000 + n) for n in range(20)))
    assert sorted(results) == [Link.GOOD] + [Link.USED] * 19
    assert await _count(db, guardian) == 1


async def test_who_opens_a_link_between_anothers_look_and_use_leaves_no_trace(db, monkeypatch):
    # PostgreSQL lets two look before one uses: there `use` decides, not the look.
    made = await _register(db)
    await _join(db, made.code)

    async def seen_good(*_args):
        return Link.GOOD

    monkeypatch.setattr(joining, "try_link", seen_good)
    assert await _join(db, made.code, DAN_CHAT) is Link.USED
    assert await _count(db, guardian) == 1
    assert await _count(db, consent) == 1


async def test_two_parents_have_two_links_and_two_languages(db):
    made = await _register(db)
    async with db.write() as tx:
        second = await enrolment.new_link(tx, made.family_id, JOINED)
    await _join(db, made.code, AMINA_CHAT, language="so")
    await _join(db, second, YUSUF_CHAT, language="ar")
    amina, yusuf = await reader(db, AMINA_CHAT), await reader(db, YUSUF_CHAT)
    assert amina.family_id == yusuf.family_id
    assert (amina.guardian.language, yusuf.guardian.language) == ("so", "ar")


async def test_an_unknown_area_is_refused_with_the_names_there_are(db):
    with pytest.raises(UnknownArea, match=r"Hjalbo.*Hammarkullen, Hjällbo"):
        await _register(db, area="Hjalbo")
    assert await _count(db, family) == 0


@pytest.mark.parametrize(
    ("born", "now", "fault"),
    [
        ("2026-11-03", "2026-11-02T12:00", BirthInFuture),
        ("2026-11-02", "2026-11-02T00:00", None),
        ("2026-11-03", "2026-11-02T23:30", BirthInFuture),  # Stockholm's day, not UTC's
        ("2026-07-02", "2026-07-02T00:30", None),  # UTC is still at the first of July
        ("2023-10-02", "2026-11-02T12:00", BirthTooLongAgo),  # 37 months
        ("2023-11-01", "2026-11-02T12:00", BirthTooLongAgo),
        ("2023-11-02", "2026-11-02T12:00", None),
        ("2024-02-29", "2027-02-28T12:00", None),
        ("0026-10-31", "2026-11-02T12:00", BirthTooLongAgo),
    ],
)
async def test_a_birth_date_lies_in_the_last_36_months_by_stockholms_calendar(db, born, now, fault):
    born = date.fromisoformat(born)
    if fault is None:
        await _register(db, born=born, now=local(now))
        return
    with pytest.raises(fault, match=str(born)):
        await _register(db, born=born, now=local(now))
    assert await _count(db, family) == 0


async def test_an_expected_child_may_be_registered_without_a_birth_date(db):
    made = await _register(db, born=None, due=date(2027, 1, 24))
    async with db.read() as tx:
        row = (await tx.execute(select(child))).one()
    assert (row.family_id, row.born, row.tips_from) == (made.family_id, None, None)


async def test_a_no_keeps_a_count_and_nothing_of_the_person(db):
    made = await _register(db)
    async with db.write() as tx:
        area = await joining.decline(tx, made.code, JOINED, STOCKHOLM)
        await joining.note_reason(tx, area, "no_time", JOINED, STOCKHOLM)
        await joining.note_reason(tx, 999, "no_time", JOINED, STOCKHOLM)
        assert await joining.decline(tx, "unknown", JOINED, STOCKHOLM) is None
    assert (await _figures(db))[1:] == [
        ("declined_chat", None, None),
        ("reason_no_chat", None, "no_time"),
    ]
    assert await _count(db, guardian) == 0


async def test_a_family_without_the_chat_is_the_same_record_without_a_link(db):
    async with db.write() as tx:
        number = await enrolment.register(
            tx, "Hjällbo", BORN, None, None, JOINED, STOCKHOLM, spoken="ti"
        )
        [found] = await families.load(tx, [number])
        assert (await tx.execute(select(family.c.spoken))).scalar() == "ti"
    assert [child.born for child in found.children] == [BORN]
    assert await _count(db, invite) == 0
    assert await _figures(db) == [("registered", None, None)]


async def test_birth_and_due_date_must_fit_each_other(db):
    for due in (BORN + 141 * DAY, BORN - 43 * DAY):
        with pytest.raises(FarFromDue, match="too far apart"):
            await _register(db, due=due)
    assert await _count(db, family) == 0
    await _register(db, due=BORN + 140 * DAY)
    await _register(db, due=BORN - 42 * DAY)
    assert await _count(db, family) == 2


async def test_no_link_is_made_for_nobody_or_after_a_loss(db):
    made = await _register(db)
    async with db.write() as tx:
        with pytest.raises(NoSuchFamily):
            await enrolment.new_link(tx, 999, JOINED)
        await rests.begin(tx, Whose(family_id=made.family_id), Why.LOSS, JOINED)
        with pytest.raises(FamilyRests):
            await enrolment.new_link(tx, made.family_id, JOINED)
    assert await _count(db, invite) == 1


# ---- what nobody has used


async def _purge(db, now):
    async with db.write() as tx:
        return await links.purge(tx, now, RULES)


async def test_an_unused_link_and_its_family_vanish_after_thirty_days_and_leave_a_count(db):
    await _register(db)
    assert (await _purge(db, JOINED + 30 * DAY - SECOND)).families == 0
    assert await _count(db, family) == 1

    assert await _purge(db, JOINED + 30 * DAY) == links.Purged(joiners=0, families=1, links=0)

    for table in (family, child, invite):
        assert await _count(db, table) == 0
    assert await _figures(db) == [("registered", None, None), ("link_unused", None, None)]


@pytest.mark.parametrize(
    "why", ["joined", "joined and erased", "imported", "booked", "a newer link", "no chat"]
)
async def test_a_family_that_anybody_joined_or_meets_stays(db, why):
    if why == "no chat":
        async with db.write() as tx:
            await enrolment.register(tx, "Hjällbo", BORN, None, None, JOINED, STOCKHOLM)
    else:
        made = await _register(db)
    if why.startswith("joined"):
        await _join(db, made.code)
    if why == "joined and erased":
        async with db.write() as tx:
            await tx.exec_driver_sql("DELETE FROM guardian")
    if why == "imported":
        async with db.write() as tx:
            await families.add_guardian(tx, made.family_id, AMINA_CHAT, "so", JOINED)
    if why == "booked":
        await book_visit(db, made.family_id, VISIT, JOINED)
    if why == "a newer link":
        async with db.write() as tx:
            await enrolment.new_link(tx, made.family_id, JOINED + DAY)

    purged = await _purge(db, JOINED + 30 * DAY)

    assert purged.families == 0
    assert await _count(db, family) == 1
    assert "link_unused" not in {what for what, *_ in await _figures(db)}


async def test_of_a_family_that_stays_only_unused_links_vanish(db):
    made = await _register(db)
    async with db.write() as tx:
        await enrolment.new_link(tx, made.family_id, JOINED)
    await _join(db, made.code)

    assert (await _purge(db, JOINED + 30 * DAY)).links == 1

    assert await _count(db, invite) == 1
    async with db.read() as tx:
        assert await try_link(tx, made.code, JOINED + 31 * DAY) is Link.USED


# ---- the guarded door


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


# ---- choices


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
    assert await _count(db, booking) == 2


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
    assert await _count(db, consent) == 1


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
    assert await _count(db, consent) == 0


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
    await _register(db)
    post.clock.set(JOINED + 30 * DAY)
    post.rules = Rules(quiet=None)
    assert await post.deliver() == {}
    assert post.push.attempts == []


async def _within(tx, chat_id):
    found = await reader_of(tx, chat_id)
    assert found is not None
    return found
