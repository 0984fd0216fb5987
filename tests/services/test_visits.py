"""What becomes of a booked visit, and who hears of it."""

from datetime import timedelta

import pytest

from programme.errors import (
    FamilyAway,
    FamilyRests,
    NothingBooked,
    NotYours,
    OfficesClosed,
    VisitAhead,
)
from programme.kinds import Kind, Rules
from programme.news import News
from programme.people import BookingState, Choice, Why
from services import visits
from services.answering import answer
from services.planning import plan
from services.red_days import is_red
from storage import rests
from storage.items import NO_LONGER_DUE
from storage.rests import Whose
from tests.cast import (
    AMINA_CHAT,
    DAN_CHAT,
    JOINED,
    RULES,
    YUSUF_CHAT,
    book_visit,
    local,
    move_in,
    reader,
)
from tests.rows import rows

VISIT = local("2026-11-20T10:00")
NOW = local("2026-11-12T12:00")
DAY = timedelta(days=1)
ABOUT_VISITS = {each for each in Kind if each.value.startswith("visit_")} - {Kind.VISIT_OFFER}
ABOUT_VISITS |= {Kind.DAY_BEFORE, Kind.SAME_MORNING}


@pytest.fixture
async def home(db):
    """Both parents, one visit, and all is planned until now."""
    found = await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    await book_visit(db, found.family_id, VISIT, JOINED + timedelta(hours=1))
    await plan(db, NOW, RULES)
    return found


async def _heard(db, guardian: int) -> list[str]:
    """What one parent is promised about visits from now on."""
    found = await rows(db, "item", guardian_id=guardian)
    kept = [row for row in found if row.reason != NO_LONGER_DUE and row.due_at >= NOW]
    return [row.kind for row in kept if row.kind in ABOUT_VISITS]


async def test_a_cancelled_visit_is_told_to_both_and_takes_its_reminders_along(db, home):
    async with db.write() as tx:
        await visits.cancel(tx, home.family_id, 1, NOW, RULES)
    await plan(db, VISIT + DAY, RULES)
    assert await _heard(db, home.amina) == [Kind.VISIT_CANCELLED]
    assert await _heard(db, home.yusuf) == [Kind.VISIT_CANCELLED]


async def test_a_visit_that_is_done_says_nothing_more(db, home):
    async with db.write() as tx:
        await visits.done(tx, home.family_id, 1, VISIT, RULES)
        with pytest.raises(NothingBooked):
            await visits.cancel(tx, home.family_id, 1, VISIT, RULES)
    await plan(db, VISIT + DAY, RULES)
    assert await _heard(db, home.amina) == []


@pytest.mark.parametrize("became", [visits.done, visits.missed])
async def test_what_became_of_a_visit_cannot_be_told_before_its_hour(db, home, became):
    async with db.write() as tx:
        with pytest.raises(VisitAhead, match="lies ahead"):
            await became(tx, home.family_id, 1, VISIT - timedelta(minutes=1), RULES)
    assert [row.state for row in await rows(db, "booking")] == ["booked"]
    assert await rows(db, "tally", what="visit_done") == []


async def test_only_this_visit_is_told_to_the_other_parent_and_not_to_who_said_it(db, home):
    amina = await reader(db, AMINA_CHAT)
    [booked] = await rows(db, "booking")
    async with db.write() as tx:
        await visits.decline(tx, amina, booked.id, NOW, RULES)
        await visits.decline(tx, amina, booked.id, NOW, RULES)
    await plan(db, VISIT + DAY, RULES)
    assert await _heard(db, home.amina) == []
    assert await _heard(db, home.yusuf) == [Kind.VISIT_OFF]
    assert len(await rows(db, "tally", what="visit_declined")) == 1


async def test_a_no_thanks_taken_back_lets_the_visit_stand_and_tells_the_other_parent(db, home):
    amina = await reader(db, AMINA_CHAT)
    [booked] = await rows(db, "booking")
    async with db.write() as tx:
        await visits.decline(tx, amina, booked.id, NOW, RULES)
    async with db.write() as tx:
        stands = await visits.take_back(tx, amina, booked.id, NOW + timedelta(minutes=1), RULES)
        assert stands.state is BookingState.BOOKED
    await plan(db, VISIT + DAY, RULES)
    reminders = [Kind.DAY_BEFORE, Kind.SAME_MORNING]
    assert await _heard(db, home.amina) == reminders
    assert await _heard(db, home.yusuf) == [Kind.VISIT_BOOKED, *reminders]


async def test_a_visit_that_is_over_cannot_be_taken_back(db, home):
    amina = await reader(db, AMINA_CHAT)
    [booked] = await rows(db, "booking")
    async with db.write() as tx:
        await visits.decline(tx, amina, booked.id, NOW, RULES)
        assert await visits.take_back(tx, amina, booked.id, VISIT + DAY, RULES) is None


async def test_nobody_declines_another_familys_visit(db, home):
    await move_in(db, chats=(DAN_CHAT, None))
    dan = await reader(db, DAN_CHAT)
    [booked] = await rows(db, "booking")
    async with db.write() as tx:
        with pytest.raises(NotYours):
            await visits.decline(tx, dan, booked.id, NOW, RULES)


async def test_no_to_all_visits_ends_offers_and_leaves_tips(db, home):
    amina = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        await visits.end_all(tx, amina, NOW, RULES)
        await visits.end_all(tx, amina, NOW, RULES)
    await plan(db, NOW + 120 * DAY, RULES)
    assert await _heard(db, home.amina) == []
    assert await _heard(db, home.yusuf) == [Kind.VISIT_OFF]
    later = [row for row in await rows(db, "item") if row.due_at > NOW]
    assert not [row for row in later if row.kind == Kind.VISIT_OFFER]
    assert [row for row in later if row.kind == Kind.TIP]
    assert [row.what for row in await rows(db, "event")] == [News.ENDED]


async def test_no_to_all_visits_can_be_taken_back_as_if_it_had_not_been(db, home):
    amina = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        await visits.end_all(tx, amina, NOW, RULES)
        await visits.take_back_end(tx, amina, NOW + timedelta(minutes=2), RULES)
    await plan(db, NOW + 60 * DAY, RULES)
    assert Kind.DAY_BEFORE in await _heard(db, home.amina)
    offers = [row.kind for row in await rows(db, "item") if row.due_at > VISIT]
    assert Kind.VISIT_OFFER in offers
    assert await rows(db, "event") == []


async def test_a_second_tap_on_the_same_answer_counts_nothing_and_tells_nobody_again(db, home):
    amina = await reader(db, AMINA_CHAT)
    [booked] = await rows(db, "booking")
    async with db.write() as tx:
        for choice in (Choice.YES, Choice.YES, Choice.OTHER_TIME):
            await answer(tx, amina, booked.id, 0, choice, NOW, RULES)
    counted = [(row.what, row.detail) for row in await rows(db, "tally") if "answer" in row.what]
    assert counted == [("answered", "other_time")]
    answers = [row for row in await rows(db, "event") if row.what == News.ANSWERED]
    assert [row.detail for row in answers] == ["yes", "other_time"]


@pytest.mark.parametrize("day", ["2026-12-24T10:00", "2026-11-21T10:00", "2026-11-22T10:00"])
async def test_no_visit_is_booked_on_a_red_day_an_eve_or_a_weekend(db, home, day):
    with pytest.raises(OfficesClosed):
        await book_visit(db, home.family_id, local(day), NOW, 2, Rules(is_red=is_red))


async def test_no_visit_is_booked_while_the_family_is_away_or_rests(db, home):
    whose = Whose(family_id=home.family_id)
    async with db.write() as tx:
        await rests.begin(tx, whose, Why.AWAY, NOW, NOW + 10 * DAY)
    with pytest.raises(FamilyAway):
        await book_visit(db, home.family_id, NOW + 4 * DAY, NOW)
    async with db.write() as tx:
        await rests.begin(tx, whose, Why.LOSS, NOW)
    with pytest.raises(FamilyRests):
        await book_visit(db, home.family_id, NOW + 14 * DAY, NOW)


async def test_who_books_again_has_changed_their_mind_about_all_visits(db, home):
    amina = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        await visits.end_all(tx, amina, NOW, RULES)
    await book_visit(db, home.family_id, VISIT + 3 * DAY, NOW, 2)
    async with db.read() as tx:
        assert (await rows(db, "family"))[0].visits_ended_at is None
