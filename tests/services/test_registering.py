"""A family is registered, and opens its link: who gets in, and what vanishes (B1)."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from programme.errors import (
    BirthInFuture,
    BirthTooLongAgo,
    FamilyRests,
    FarFromDue,
    NoSuchFamily,
    UnknownArea,
)
from programme.localtime import STOCKHOLM
from programme.people import Why
from services import enrolment, joining, links
from services.enrolment import LINK_LIVES
from services.joining import CONSENT_VERSION, Link, try_link
from storage import families, rests
from storage.rests import Whose
from storage.tables import child, consent, family, guardian, invite
from tests.cast import (
    AMINA_CHAT,
    BORN,
    DAN_CHAT,
    JOINED,
    RULES,
    YUSUF_CHAT,
    book_visit,
    local,
    reader,
)
from tests.services.enrolled import count, figures, register
from tests.services.enrolled import join as joins

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
VISIT = local("2026-11-20T10:00")
EVE = local("2026-11-19T17:00")


async def test_a_family_is_registered_with_one_child_and_one_link(db):
    made = await register(db)
    async with db.read() as tx:
        row = (await tx.execute(select(family))).one()
        assert (row.id, row.label, row.registered_at) == (made.family_id, "the red door", JOINED)
        assert (await tx.execute(select(child.c.born))).scalar() == BORN
        assert await try_link(tx, made.code, JOINED) is Link.GOOD
        assert made.code not in str((await tx.execute(select(invite))).all())
    assert await figures(db) == [("registered", None, None)]
    assert await count(db, guardian) == 0


async def test_codes_cannot_be_guessed(db):
    codes = {(await register(db)).code for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == 22 for code in codes)  # 128 bits
    assert all(code.replace("-", "").replace("_", "").isalnum() for code in codes)


async def test_a_parent_who_says_yes_is_a_guardian_from_then_on(db):
    made = await register(db)
    assert await joins(db, made.code) is Link.GOOD
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
    assert await figures(db) == [("registered", None, None), ("joined", None, "so")]


async def test_an_unknown_link_opens_nothing(db):
    await register(db)
    for code in ("", "x", "A" * 22, "' OR 1=1 --", "åäö"):
        assert await joins(db, code, DAN_CHAT) is Link.UNKNOWN
    assert await count(db, guardian) == 0


@pytest.mark.parametrize("chat", [DAN_CHAT, AMINA_CHAT])
async def test_a_used_link_lets_nobody_else_in_and_nobody_in_twice(db, chat):
    made = await register(db)
    await joins(db, made.code)
    assert await joins(db, made.code, chat, JOINED + DAY) is Link.USED
    assert await count(db, guardian) == 1
    assert await count(db, consent) == 1
    assert (await figures(db)).count(("joined", None, "so")) == 1


async def test_a_link_lives_thirty_days_to_the_second(db):
    made = await register(db)
    end = JOINED + LINK_LIVES
    assert timedelta(days=30) == LINK_LIVES
    async with db.read() as tx:
        assert await try_link(tx, made.code, end - SECOND) is Link.GOOD
        assert await try_link(tx, made.code, end) is Link.EXPIRED
    assert await joins(db, made.code, now=end) is Link.EXPIRED
    assert await count(db, guardian) == 0


async def test_of_many_who_open_one_link_at_once_one_gets_in(db):
    made = await register(db)
    results = await asyncio.gather(*(joins(db, made.code, 8000 + n) for n in range(20)))
    assert sorted(results) == [Link.GOOD] + [Link.USED] * 19
    assert await count(db, guardian) == 1


async def test_who_opens_a_link_between_anothers_look_and_use_leaves_no_trace(db, monkeypatch):
    # PostgreSQL lets two look before one uses: there `use` decides, not the look.
    made = await register(db)
    await joins(db, made.code)

    async def seen_good(*_args):
        return Link.GOOD

    monkeypatch.setattr(joining, "try_link", seen_good)
    assert await joins(db, made.code, DAN_CHAT) is Link.USED
    assert await count(db, guardian) == 1
    assert await count(db, consent) == 1


async def test_two_parents_have_two_links_and_two_languages(db):
    made = await register(db)
    async with db.write() as tx:
        second = await enrolment.new_link(tx, made.family_id, JOINED)
    await joins(db, made.code, AMINA_CHAT, language="so")
    await joins(db, second, YUSUF_CHAT, language="ar")
    amina, yusuf = await reader(db, AMINA_CHAT), await reader(db, YUSUF_CHAT)
    assert amina.family_id == yusuf.family_id
    assert (amina.guardian.language, yusuf.guardian.language) == ("so", "ar")


async def test_an_unknown_area_is_refused_with_the_names_there_are(db):
    with pytest.raises(UnknownArea, match=r"Hjalbo.*Hammarkullen, Hjällbo"):
        await register(db, area="Hjalbo")
    assert await count(db, family) == 0


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
        await register(db, born=born, now=local(now))
        return
    with pytest.raises(fault, match=str(born)):
        await register(db, born=born, now=local(now))
    assert await count(db, family) == 0


async def test_an_expected_child_may_be_registered_without_a_birth_date(db):
    made = await register(db, born=None, due=date(2027, 1, 24))
    async with db.read() as tx:
        row = (await tx.execute(select(child))).one()
    assert (row.family_id, row.born, row.tips_from) == (made.family_id, None, None)


async def test_a_no_keeps_a_count_and_nothing_of_the_person(db):
    made = await register(db)
    async with db.write() as tx:
        area = await joining.decline(tx, made.code, JOINED, STOCKHOLM)
        await joining.note_reason(tx, area, "time", JOINED, STOCKHOLM)
        await joining.note_reason(tx, 999, "time", JOINED, STOCKHOLM)
        assert await joining.decline(tx, "unknown", JOINED, STOCKHOLM) is None
    assert (await figures(db))[1:] == [
        ("declined_chat", None, None),
        ("reason_no_chat", None, "time"),
    ]
    assert await count(db, guardian) == 0


async def test_a_family_without_the_chat_is_the_same_record_without_a_link(db):
    async with db.write() as tx:
        number = await enrolment.register(
            tx, "Hjällbo", BORN, None, None, JOINED, STOCKHOLM, spoken="ti"
        )
        [found] = await families.load(tx, [number])
        assert (await tx.execute(select(family.c.spoken))).scalar() == "ti"
    assert [child.born for child in found.children] == [BORN]
    assert await count(db, invite) == 0
    assert await figures(db) == [("registered", None, None)]


async def test_birth_and_due_date_must_fit_each_other(db):
    for due in (BORN + 141 * DAY, BORN - 43 * DAY):
        with pytest.raises(FarFromDue, match="too far apart"):
            await register(db, due=due)
    assert await count(db, family) == 0
    await register(db, due=BORN + 140 * DAY)
    await register(db, due=BORN - 42 * DAY)
    assert await count(db, family) == 2


async def test_no_link_is_made_for_nobody_or_after_a_loss(db):
    made = await register(db)
    async with db.write() as tx:
        with pytest.raises(NoSuchFamily):
            await enrolment.new_link(tx, 999, JOINED)
        await rests.begin(tx, Whose(family_id=made.family_id), Why.LOSS, JOINED)
        with pytest.raises(FamilyRests):
            await enrolment.new_link(tx, made.family_id, JOINED)
    assert await count(db, invite) == 1


async def _purge(db, now):
    async with db.write() as tx:
        return await links.purge(tx, now, RULES)


async def test_an_unused_link_and_its_family_vanish_after_thirty_days_and_leave_a_count(db):
    await register(db)
    assert (await _purge(db, JOINED + 30 * DAY - SECOND)).families == 0
    assert await count(db, family) == 1

    assert await _purge(db, JOINED + 30 * DAY) == links.Purged(joiners=0, families=1, links=0)

    for table in (family, child, invite):
        assert await count(db, table) == 0
    assert await figures(db) == [("registered", None, None), ("link_unused", None, None)]


@pytest.mark.parametrize(
    "why", ["joined", "joined and erased", "imported", "booked", "a newer link", "no chat"]
)
async def test_a_family_that_anybody_joined_or_meets_stays(db, why):
    if why == "no chat":
        async with db.write() as tx:
            await enrolment.register(tx, "Hjällbo", BORN, None, None, JOINED, STOCKHOLM)
    else:
        made = await register(db)
    if why.startswith("joined"):
        await joins(db, made.code)
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
    assert await count(db, family) == 1
    assert "link_unused" not in {what for what, *_ in await figures(db)}


async def test_of_a_family_that_stays_only_unused_links_vanish(db):
    made = await register(db)
    async with db.write() as tx:
        await enrolment.new_link(tx, made.family_id, JOINED)
    await joins(db, made.code)

    assert (await _purge(db, JOINED + 30 * DAY)).links == 1

    assert await count(db, invite) == 1
    async with db.read() as tx:
        assert await try_link(tx, made.code, JOINED + 31 * DAY) is Link.USED
