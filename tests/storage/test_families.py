"""Families come back as they were written, and are found by plain dates."""

from datetime import timedelta

from sqlalchemy import event, select

from programme.kinds import Lane
from programme.people import (
    Area,
    BookingState,
    Child,
    Choice,
    Guardian,
    GuardianRole,
    Place,
    Rest,
    Role,
    StaffMember,
    Why,
)
from storage import areas, bookings, families, rests, staff
from storage.rests import Whose
from storage.tables import child, item, outbox
from tests.cast import BORN, JOINED, book_visit, local, many_families, move_in
from tests.storage.explaining import explained, reads_all

VISIT = local("2026-11-20T10:00")
DAY = timedelta(days=1)


async def _load(db, *ids):
    async with db.read() as tx:
        return await families.load(tx, ids)


async def test_a_family_comes_back_whole(db):
    home = await move_in(db, chats=(1001, 1002))
    booking_id = await book_visit(db, home.family_id, VISIT, JOINED)
    async with db.write() as tx:
        await families.set_guardian(
            tx, home.yusuf, fewer=True, quiet_days="46", role="other_parent"
        )
        whose = Whose(guardian_id=home.yusuf)
        rest = await rests.begin(tx, whose, Why.STOPPED, VISIT, by=home.yusuf)
        await rests.begin(tx, Whose(family_id=home.family_id), Why.AWAY, JOINED, VISIT)
    [family] = await _load(db, home.family_id)
    assert family.id == home.family_id
    assert family.children == (Child(id=home.child_id, born=BORN),)
    assert family.guardians == (
        Guardian(id=home.amina, language="so", active_since=JOINED),
        Guardian(
            id=home.yusuf,
            language="ar",
            active_since=JOINED,
            fewer=True,
            quiet_days=frozenset({4, 6}),
            role=GuardianRole.OTHER_PARENT,
            rests=(Rest(id=rest, why=Why.STOPPED, since=VISIT, by=home.yusuf),),
        ),
    )
    assert [(each.why, each.since, each.until) for each in family.rests] == [
        (Why.AWAY, JOINED, VISIT)
    ]
    assert family.area == Area(id=family.area.id)
    assert [member.name for member in family.staff] == ["Anna", "Bo"]
    [booking] = family.bookings
    assert (booking.id, booking.child_id, booking.visit) == (booking_id, home.child_id, 1)
    assert (booking.starts_at, booking.changed_at, booking.revision) == (VISIT, JOINED, 0)
    assert (booking.state, booking.place) == (BookingState.BOOKED, Place.HOME)
    assert [(who.name, who.role) for who in booking.staff] == [
        ("Anna", Role.NURSE),
        ("Bo", Role.PARENT_SUPPORTER),
    ]
    assert booking.answered is False


async def test_families_come_in_the_order_asked_for_and_one_that_is_not_there_is_empty(db):
    first, second = await move_in(db), await move_in(db, chats=(2001, None))
    found = await _load(db, second.family_id, 999, first.family_id)
    assert [family.id for family in found] == [second.family_id, 999, first.family_id]
    assert [bool(family.guardians) for family in found] == [True, False, True]


async def test_a_thousand_families_are_loaded_in_a_handful_of_statements(db):
    home = await move_in(db)
    count = 0
    async with db.read() as tx:

        @event.listens_for(tx.sync_connection, "before_cursor_execute")
        def counted(*_args):
            nonlocal count
            count += 1

        found = await families.load(tx, [home.family_id, *range(1000, 1000 + 2 * families.CHUNK)])
    assert len(found) == 1 + 2 * families.CHUNK
    assert count <= 1 + 3 * 19  # BEGIN, then nineteen questions for each 400 families


async def test_only_skipped_promises_count_as_skipped(db):
    home = await move_in(db)
    async with db.write() as tx:
        for n, state in enumerate(("skipped", "planned", "sent", "dropped")):
            await tx.execute(
                item.insert().values(
                    key=f"key{n}",
                    kind="tip",
                    family_id=home.family_id,
                    guardian_id=home.amina,
                    due_at=JOINED,
                    state=state,
                )
            )
    [family] = await _load(db, home.family_id)
    assert family.skipped == {"key0"}


async def test_an_answer_counts_for_the_revision_it_was_given_to(db):
    home = await move_in(db, chats=(1001, 1002))
    number = await book_visit(db, home.family_id, VISIT, JOINED)
    async with db.write() as tx:
        await bookings.note_answer(tx, number, 0, home.yusuf, Choice.YES, JOINED)
        await bookings.note_answer(tx, number, 0, home.yusuf, Choice.NO_THANKS, JOINED)
    [family] = await _load(db, home.family_id)
    assert family.bookings[0].answered
    await book_visit(db, home.family_id, VISIT + 3 * DAY, JOINED + DAY)
    [family] = await _load(db, home.family_id)
    assert (family.bookings[0].revision, family.bookings[0].answered) == (1, False)


async def test_the_first_moment_is_when_the_first_parent_joined(db):
    async with db.read() as tx:
        assert await families.first_moment(tx) is None
    await move_in(db, joined=JOINED + DAY)
    await move_in(db, joined=JOINED, chats=(2001, None))
    async with db.read() as tx:
        assert await families.first_moment(tx) == JOINED


async def test_a_chat_belongs_to_one_parent(db):
    home = await move_in(db)
    async with db.read() as tx:
        family_id, guardian, _ = await families.guardian_of_chat(tx, 1001)
        assert (family_id, guardian.id) == (home.family_id, home.amina)
        assert await families.guardian_of_chat(tx, 1099) is None


async def test_staff_are_those_of_the_familys_own_area(db):
    home = await move_in(db)
    async with db.write() as tx:
        here, there = await areas.find(tx, "Hjällbo"), await areas.find(tx, "Gårdsten")
        anna = await staff.add(tx, here, "Anna", Role.NURSE)
        await staff.add(tx, there, "Eva", Role.NURSE)
        assert await bookings.staff_in_area(tx, home.family_id) == [
            StaffMember(id=anna, name="Anna", role=Role.NURSE)
        ]


async def test_the_day_tips_count_from_is_kept_beside_its_facts(db):
    async with db.write() as tx:
        family_id = await families.register(tx, 1, None, JOINED)
        await families.add_child(tx, family_id, BORN, BORN + 30 * DAY)
        assert (await tx.execute(select(child.c.tips_from))).scalar() == BORN
    [family] = await _load(db, family_id)
    assert family.children[0].tips_from == BORN


async def test_erasing_a_family_takes_its_messages_along(db):
    home = await move_in(db)
    async with db.write() as tx:
        await tx.execute(
            outbox.insert().values(
                family_id=home.family_id,
                guardian_id=home.amina,
                lane=Lane.TIPS,
                due_at=JOINED,
                next_at=JOINED,
                state="waiting",
            )
        )
        await tx.exec_driver_sql("DELETE FROM family")
        assert (await tx.execute(select(outbox.c.id))).first() is None


async def test_a_family_is_found_by_indexes_whatever_it_has(db):
    homes = [await move_in(db), *await many_families(db, 300)]
    asked = [each.family_id for each in homes[:3]]
    plans = await explained(db, lambda tx: families.load(tx, asked))
    assert len(plans) == 4
    for table in ("family", "guardian", "child", "rest", "item", "outbox", "event", "booking"):
        assert not any(reads_all(plan, table) for plan in plans), table
