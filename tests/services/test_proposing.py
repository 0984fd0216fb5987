"""Staff hold times for a family; what they do is taken, enforced, counted and told (D3-D7)."""

from datetime import date, timedelta

import pytest

from programme.errors import (
    NobodyToCome,
    NothingBooked,
    NotYours,
    OutsideWindow,
    SlotTaken,
    TimeInPast,
    TooManyTimes,
)
from programme.kinds import Kind
from programme.news import News
from programme.people import (
    BookingState,
    Change,
    Choice,
    Meeting,
    Place,
    ProposalState,
    Slot,
)
from programme.plan import everyones
from programme.reasons import Asked, CancelReason, WindowReason
from services import requests, visits
from services.access import family_for_staff
from services.answering import answer
from services.booking import book_slot
from services.changing import change_people, change_place
from services.proposing import HELD, Times, expire, propose, withdraw
from services.slots import free_slots
from storage import areas, availability, bookings, families, staff_areas
from tests.cast import AMINA_CHAT, RULES, YUSUF_CHAT, local, move_in, reader
from tests.colleagues import at_work
from tests.rows import rows
from tests.working_hours import proposed, team

NOW = local("2026-11-02 09:00")
BORN = date(2026, 9, 1)  # visit 2: until 15 December
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def home(db):
    return await move_in(db, born=BORN, chats=(AMINA_CHAT, YUSUF_CHAT))


@pytest.fixture
async def people(db, home):
    return await team(db)


@pytest.fixture
async def anna(db, people):
    return await at_work(db)


async def family_of(db, home):
    async with db.read() as tx:
        [family] = await families.load(tx, [home.family_id])
    return family


async def times(db, home, count=3, **how):
    async with db.read() as tx:
        [family] = await families.load(tx, [home.family_id])
        return await free_slots(tx, family, 2, NOW, RULES, limit=count, **how)


async def booked(db, home, anna, **how):
    [slot] = await times(db, home, 1)
    async with db.write() as tx:
        await book_slot(tx, anna, home.family_id, 2, slot, NOW, RULES, **how)
    return (await family_of(db, home)).bookings[0]


def letters(family, since, until):
    return everyones(family, since, until, RULES)


# ---- holding times


async def test_three_times_are_held_and_both_parents_hear_at_once(db, home, people, anna):
    slots = await times(db, home)
    async with db.write() as tx:
        made = await propose(tx, anna, home.family_id, Times(visit=2, slots=slots), NOW, RULES)
    assert [slot.starts_at for slot in made.slots] == [slot.starts_at for slot in slots]
    assert made.expires_at == min(NOW + HELD, made.slots[-1].starts_at)
    assert made.made_by == anna.member.id
    assert len(await rows(db, "quarter")) == 3 * 14
    told = letters(await family_of(db, home), NOW, NOW + HOUR)
    assert {each.guardian_id for each in told if each.kind is Kind.TIMES_PROPOSED} == {
        home.amina,
        home.yusuf,
    }
    assert [row.what for row in await rows(db, "tally")] == ["proposed"]


@pytest.mark.parametrize("travel", [30, 60, 0])
async def test_three_times_on_one_day_leave_the_same_two_their_way_and_their_talk(
    db, home, people, travel
):
    async with db.write() as tx:
        await availability.set_margins(tx, people[0], travel, 15)
    one_day = date(2026, 11, 10)
    slots = await times(db, home, first=one_day, last=one_day)
    assert len(slots) == 3
    async with db.write() as tx:
        made = await propose(tx, None, home.family_id, Times(visit=2, slots=slots), NOW, RULES)
    assert len(made.slots) == 3
    taken = [(row.staff_id, row.starts_at) for row in await rows(db, "quarter")]
    assert len(taken) == len(set(taken)) >= 3 * 10


async def test_proposing_again_takes_the_place_of_what_was_proposed(db, home, people):
    first = await proposed(db, home.family_id, 2, NOW)
    async with db.write() as tx:
        slots = [Slot(starts_at=first.slots[0].starts_at, staff=first.slots[0].staff)]
        await propose(tx, None, home.family_id, Times(visit=2, slots=slots), NOW, RULES)
    states = [each.state for each in (await family_of(db, home)).proposals]
    assert states == [ProposalState.WITHDRAWN, ProposalState.OPEN]
    assert len(await rows(db, "quarter")) == 14


async def test_a_time_that_is_taken_is_not_proposed_and_nothing_has_changed(db, home, people):
    visit = await booked(db, home, None)
    other = await move_in(db, born=BORN, chats=(7001, None))
    before = [await rows(db, name) for name in ("proposal", "slot", "quarter", "tally")]
    free = await times(db, other, 1)
    taken = Slot(starts_at=visit.starts_at, staff=visit.staff)
    async with db.write() as tx:
        with pytest.raises(SlotTaken):
            await propose(
                tx, None, other.family_id, Times(visit=2, slots=[*free, taken]), NOW, RULES
            )
    assert [await rows(db, name) for name in ("proposal", "slot", "quarter", "tally")] == before


@pytest.mark.parametrize("count", [0, 4])
async def test_one_to_three_times_are_proposed(db, home, people, count):
    slots = await times(db, home, count) if count else []
    async with db.write() as tx:
        with pytest.raises(TooManyTimes):
            await propose(tx, None, home.family_id, Times(visit=2, slots=slots), NOW, RULES)


async def test_nobody_to_come_a_time_in_the_past_and_another_area_are_refused(db, home, people):
    [slot] = await times(db, home, 1)
    far = await at_work(db, "Cia", chat_id=2003, area=await _elsewhere(db))
    for colleague, wrong, error in (
        (None, Slot(starts_at=slot.starts_at, staff=()), NobodyToCome),
        (None, Slot(starts_at=NOW, staff=slot.staff), TimeInPast),
        (far, slot, NotYours),
    ):
        async with db.write() as tx:
            with pytest.raises(error):
                await propose(
                    tx, colleague, home.family_id, Times(visit=2, slots=[wrong]), NOW, RULES
                )
    assert await rows(db, "quarter") == []


async def _elsewhere(db):
    async with db.write() as tx:
        await areas.add(tx, "Elsewhere", None, "running")
    return "Elsewhere"


async def test_who_works_in_the_area_besides_their_own_has_its_families(db, home, people):
    far = await at_work(db, "Cia", chat_id=2003, area=await _elsewhere(db))
    async with db.write() as tx:
        [area] = [each.id for each in await areas.listed(tx) if each.name == "Hjällbo"]
        await staff_areas.add(tx, far.member.id, [area])
    far = await at_work(db, "Cia", chat_id=2003, area="Elsewhere")
    assert far.areas[0] == far.area_id and area in far.areas
    async with db.write() as tx:
        assert (await family_for_staff(tx, far, home.family_id, NOW)).id == home.family_id


async def test_withdrawn_and_expired_times_are_free_and_staff_hear_that_nobody_chose(
    db, home, people
):
    made = await proposed(db, home.family_id, 2, NOW)
    async with db.write() as tx:
        await expire(tx, made.expires_at - HOUR)
    assert len(await rows(db, "quarter")) == 14  # those that have begun are not held any more
    async with db.write() as tx:
        await expire(tx, made.expires_at)
    assert await rows(db, "quarter") == []
    told = letters(await family_of(db, home), made.expires_at, made.expires_at + DAY)
    unanswered = [each for each in told if getattr(each, "what", None) is News.UNANSWERED]
    assert {each.staff_id for each in unanswered} == set(people)
    again = await proposed(db, home.family_id, 2, made.expires_at)
    async with db.write() as tx:
        await withdraw(tx, None, again.id, made.expires_at, RULES)
    assert await rows(db, "quarter") == []


# ---- the age window


async def test_another_age_needs_a_reason_which_is_counted(db, home, people):
    late = {"first": date(2026, 12, 16), "last": date(2026, 12, 18)}
    [slot] = await times(db, home, 1, **late)
    async with db.write() as tx:
        with pytest.raises(OutsideWindow):
            await book_slot(tx, None, home.family_id, 2, slot, NOW, RULES)
        with pytest.raises(OutsideWindow):
            await propose(tx, None, home.family_id, Times(visit=2, slots=[slot]), NOW, RULES)
        why = WindowReason.LATE
        await book_slot(tx, None, home.family_id, 2, slot, NOW, RULES, override=why)
    counted = [(row.what, row.detail) for row in await rows(db, "tally")]
    assert counted == [("family_yes", None), ("booked", None), ("outside_window", "late")]


# ---- changes


async def test_people_and_place_change_and_answers_stay(db, home, people, anna):
    visit = await booked(db, home, anna)
    amina = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        await answer(tx, amina, visit.id, 0, Choice.YES, NOW, RULES)
        await change_place(tx, anna, home.family_id, visit.id, Place.BVC, NOW, RULES)
        await change_people(tx, anna, home.family_id, visit.id, [people[1]], NOW, RULES)
        kept = await bookings.answer_of(tx, visit.id, 2, home.amina)
    changed = (await family_of(db, home)).bookings[0]
    assert kept is Choice.YES
    assert (changed.revision, changed.change, changed.place) == (2, Change.PEOPLE, Place.BVC)
    assert (changed.id, changed.starts_at) == (visit.id, visit.starts_at)
    assert {row.staff_id for row in await rows(db, "quarter")} == {people[1]}


async def test_a_new_time_asks_again_and_keeps_the_booking(db, home, people, anna):
    visit = await booked(db, home, anna)
    amina = await reader(db, AMINA_CHAT)
    [slot] = await times(db, home, 1, first=date(2026, 11, 10))
    async with db.write() as tx:
        await answer(tx, amina, visit.id, 0, Choice.YES, NOW, RULES)
        await book_slot(tx, anna, home.family_id, 2, slot, NOW, RULES)
        assert await bookings.answer_of(tx, visit.id, 1, home.amina) is None
    moved = (await family_of(db, home)).bookings[0]
    assert (moved.id, moved.revision, moved.change) == (visit.id, 1, Change.TIME)
    assert moved.sequence > visit.sequence
    assert len(await rows(db, "quarter")) == 14


async def test_a_move_onto_a_taken_time_changes_nothing(db, home, people):
    visit = await booked(db, home, None)
    other = await move_in(db, born=BORN, chats=(7001, None))
    theirs = await booked(db, other, None)
    before = await rows(db, "quarter")
    async with db.write() as tx:
        with pytest.raises(SlotTaken):
            taken = Slot(starts_at=theirs.starts_at, staff=theirs.staff)
            await book_slot(tx, None, home.family_id, 2, taken, NOW, RULES)
    assert await rows(db, "quarter") == before
    assert (await family_of(db, home)).bookings[0] == visit


async def test_both_staff_hear_of_each_change_but_not_who_made_it(db, home, people, anna):
    visit = await booked(db, home, anna)

    async def heard():
        family = await family_of(db, home)
        told = letters(family, NOW, NOW + HOUR)
        return {(each.staff_id, each.what) for each in told if each.kind is Kind.STAFF_NEWS}

    bo = people[1]
    assert await heard() == {(bo, News.VISIT_BOOKED)}
    async with db.write() as tx:
        await change_place(tx, anna, home.family_id, visit.id, Place.BVC, NOW, RULES)
    assert await heard() == {(bo, News.VISIT_CHANGED)}
    async with db.write() as tx:
        await change_people(tx, anna, home.family_id, visit.id, [people[0]], NOW, RULES)
    assert await heard() == {(bo, News.RELIEVED)}
    async with db.write() as tx:
        why, cancelled = CancelReason.ILL, BookingState.CANCELLED
        await visits.settle(tx, anna, home.family_id, visit.id, cancelled, NOW, RULES, why)
    assert (bo, News.VISIT_CANCELLED) not in await heard()  # no longer Bo's
    assert await rows(db, "quarter") == []
    assert ("visit_cancelled", "ill") in [(r.what, r.detail) for r in await rows(db, "tally")]


async def test_missed_asks_both_parents_about_a_new_time(db, home, people, anna):
    visit = await booked(db, home, anna)
    after = visit.starts_at + HOUR
    async with db.write() as tx:
        await visits.settle(tx, anna, home.family_id, visit.id, BookingState.MISSED, after, RULES)
        with pytest.raises(NothingBooked):
            await visits.settle(tx, anna, home.family_id, visit.id, BookingState.DONE, after, RULES)
    told = letters(await family_of(db, home), after, after + HOUR)
    missed = [each.guardian_id for each in told if each.kind is Kind.VISIT_MISSED]
    assert sorted(missed) == sorted([home.amina, home.yusuf])


async def test_what_is_none_of_the_six_stands_beside_them(db, home, people, anna):
    await booked(db, home, anna)
    async with db.write() as tx:
        [family] = await families.load(tx, [home.family_id])
        for meeting in (Meeting.EXTRA, Meeting.WALK, Meeting.TALK, Meeting.CALL):
            [slot] = await free_slots(tx, family, 0, NOW, RULES, meeting=meeting, limit=1)
            await book_slot(tx, anna, family.id, 0, slot, NOW, RULES, meeting=meeting)
    family = await family_of(db, home)
    assert {each.meeting for each in family.bookings} == set(Meeting)
    assert len({each.id for each in family.bookings}) == 5
    assert all(each.visit == 0 for each in family.bookings if each.meeting is not Meeting.VISIT)


async def test_a_visit_declined_and_wanted_again_takes_its_time_back_or_says_it_cannot(
    db, home, people
):
    visit = await booked(db, home, None)
    amina = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        await visits.decline(tx, amina, visit.id, NOW, RULES)
        assert await visits.take_back(tx, amina, visit.id, NOW, RULES)
        await visits.decline(tx, amina, visit.id, NOW, RULES)
    other = await move_in(db, born=BORN, chats=(7001, None))
    async with db.write() as tx:
        slot = Slot(starts_at=visit.starts_at, staff=visit.staff)
        await book_slot(tx, None, other.family_id, 2, slot, NOW, RULES)
        assert await visits.take_back(tx, amina, visit.id, NOW, RULES) is None


# ---- what a parent asks for


async def test_a_request_is_the_staff_s_once_and_done_once(db, home, people, anna):
    amina = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        for _ in range(2):
            await requests.ask(tx, amina, Asked.CALL, NOW, RULES)
        [waiting] = await requests.open_of(tx, anna, NOW)
        assert (waiting.what, waiting.language) == (Asked.CALL, "so")
        assert await requests.done(tx, anna, waiting.id, NOW, RULES)
        assert not await requests.done(tx, anna, waiting.id, NOW, RULES)
        assert await requests.open_of(tx, anna, NOW) == []
        with pytest.raises(NotYours):
            await requests.done(tx, anna, 999, NOW, RULES)
